"""The figures of one network event: made once, after it is closed, and never made again.

Counted are the referrals that name the event, one for each firm that finished the scan there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.counting import at_levels, crossed, mentions_of_initiatives
from analytics.dimensions import FITS, Level, dimensions
from analytics.disclosure import BASE, FOR_STAFF, Count, Setting, derivable, mentions, table, total
from analytics.menu import INITIATIVES, TOTAL
from analytics.models import Publication, PublishedCell, Referral
from knowledge.base import Knowledge
from knowledge.matching import SHOWN_AT_MOST

OFFER = "aanbod"
SHOWN, HIDDEN, MERGED = "getoond", "te_klein", "samengevoegd"
_TABLES = ("fase", "sector", "grootte", "hulpvraag", OFFER)


@dataclass(frozen=True)
class Row:
    """A category and its published value; None when it is hidden."""

    code: str
    value: int | None


@dataclass(frozen=True)
class Summary:
    """What was published of an event. `tables` lacks what may not be shown; nothing in it says why."""

    made_on: date
    threshold: int
    total: int | None
    tables: Mapping[str, tuple[Row, ...]]


def live_total(engine: Engine, code: str) -> int | None:
    """How many firms an event has reached so far; None below the threshold."""
    with Session(engine) as session:
        records = session.scalar(select(func.count()).select_from(Referral).where(Referral.event == code))
    return total(FOR_STAFF, records or 0)


def read_summary(engine: Engine, code: str) -> Summary | None:
    """What was published of an event, or None when nothing was yet."""
    with Session(engine) as session:
        publication = session.get(Publication, _identifier(code))
        if publication is None:
            return None
        whole, tables = None, dict[str, tuple[Row, ...]]()
        for cell in publication.cells:
            if cell.table == TOTAL:
                whole = cell.value
            elif cell.status != MERGED:
                tables[cell.table] = (*tables.get(cell.table, ()), Row(cell.row, cell.value))
        return Summary(publication.made_on, publication.threshold, whole, tables)


def published_totals(engine: Engine) -> dict[str, Summary]:
    """What was published of every event, by its code, without its tables."""
    # By their ids: SQLite reads the cells of every release otherwise.
    of_events = select(Publication.id).where(Publication.id.startswith(_identifier("")))
    asked = (
        select(Publication.id, Publication.made_on, Publication.threshold, PublishedCell.value)
        .join(PublishedCell, PublishedCell.publication == Publication.id)
        .where(Publication.id.in_(of_events), PublishedCell.table == TOTAL)
    )
    with Session(engine) as session:
        found = session.execute(asked)
        return {
            identifier.removeprefix(_identifier("")): Summary(made_on, threshold, whole, {})
            for identifier, made_on, threshold, whole in found
        }


def ever_published(engine: Engine) -> bool:
    """Whether any figures were made before, and so with a secret that has to be there still."""
    with Session(engine) as session:
        return session.scalar(select(Publication.id).limit(1)) is not None


def published_events(engine: Engine) -> frozenset[str]:
    """The codes of the events whose figures were made."""
    with Session(engine) as session:
        found = session.scalars(select(Publication.id).where(Publication.id.startswith(_identifier(""))))
        return frozenset(identifier.removeprefix(_identifier("")) for identifier in found)


def publish_event(engine: Engine, knowledge: Knowledge, secret: bytes, code: str, today: date) -> Summary:
    """Make the figures of an event and keep them; when they were made before, those are given and nothing changes.

    The event has to be closed, so that no record comes in any more. Raises SQLAlchemyError when the database cannot
    take it; then nothing is kept.
    """
    published = read_summary(engine, code)
    if published:
        return published
    try:
        with Session(engine) as session, session.begin():
            session.add(_publication(session, knowledge, secret, code, today))
    except IntegrityError:
        pass  # somebody else made them at the same moment: theirs count
    published = read_summary(engine, code)
    assert published
    return published


def _identifier(code: str) -> str:
    return f"evenement/{code}"


def _publication(session: Session, knowledge: Knowledge, secret: bytes, code: str, today: date) -> Publication:
    rules, here = FOR_STAFF, Referral.event == code
    known = dimensions(knowledge)
    found = crossed(session, here, [known[name] for name in _TABLES])
    records = sum(count.records for count in found.values())
    cells, decisions = [_cell(TOTAL, "", total(rules, records))], {}
    if total(rules, records) is not None:
        lowest_with_offer = 0
        for place, name in enumerate(_TABLES):
            # The coarsest level, which is fit for the few firms of one event.
            counts = _counts(found, place, known[name].levels[-1])
            verdict = table(rules, secret, counts)
            if verdict.reason:
                decisions[name] = verdict.reason
                cells += [_cell(name, row, None, MERGED) for row in counts]
            cells += [_cell(name, row, value) for row, value in verdict.values.items()]
            if name == OFFER and verdict.values:
                lowest_with_offer = derivable(rules, records, verdict.values)[FITS].low
        setting = Setting(records, _offered(knowledge), SHOWN_AT_MOST, lowest_with_offer)
        verdict = mentions(rules, secret, mentions_of_initiatives(session, here), setting)
        if verdict.reason:
            decisions[INITIATIVES] = verdict.reason
        cells += [_cell(INITIATIVES, row, value) for row, value in verdict.values.items()]
    for position, cell in enumerate(cells):
        cell.position = position
    return Publication(
        id=_identifier(code), made_on=today, threshold=rules.threshold, base=BASE, decisions=decisions, cells=cells
    )


def _cell(name: str, row: str, value: int | None, status: str | None = None) -> PublishedCell:
    status = status or (HIDDEN if value is None else SHOWN)
    return PublishedCell(table=name, row=row, column="", value=value, status=status)


def _counts(found: Mapping[tuple[object, ...], Count], place: int, level: Level) -> dict[str, Count]:
    """The records by one of the things that they are counted by."""
    single: dict[tuple[object, ...], Count] = {}
    for values, count in found.items():
        single[values[place],] = single.get((values[place],), Count()) + count
    return {row: count for (row,), count in at_levels(single, [level]).items()}


def _offered(knowledge: Knowledge) -> int:
    """How many initiatives a firm can be referred to."""
    return sum(initiative.verwijst for initiative in knowledge.catalogue)
