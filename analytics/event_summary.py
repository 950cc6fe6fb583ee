"""The figures of one network event: made once, after it is closed, and never made again.

Counted are the referrals that name the event, one for each firm that finished the scan there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, get_args

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.disclosure import BASE, FOR_STAFF, Count, Setting, derivable, mentions, table, total
from analytics.models import Publication, PublishedCell, Referral, ReferredInitiative
from knowledge.base import Knowledge
from knowledge.catalogue import StageId, Theme
from knowledge.intake import OPEN
from knowledge.matching import SHOWN_AT_MOST
from knowledge.sectors import Sections

TOTAL, INITIATIVES, OFFER = "totaal", "initiatief", "aanbod"
FITS, NOTHING = "passend", "geen"
OTHER_SECTORS = "overig"
SIZES = {"1": "1-9", "2-9": "1-9", "10-49": "10-49", "50-249": "50+", "250+": "50+", OPEN: OPEN}
SHOWN, HIDDEN, MERGED = "getoond", "te_klein", "samengevoegd"


class _Traits(NamedTuple):
    """What the records of a group have in common."""

    stage: str
    section: str  # of SBI 2025
    size_class: str
    question: str
    nothing_fits: bool


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
    asked = (
        select(Publication.id, Publication.made_on, Publication.threshold, PublishedCell.value)
        .join(PublishedCell, PublishedCell.publication == Publication.id)
        .where(Publication.id.startswith(_identifier("")), PublishedCell.table == TOTAL)
    )
    with Session(engine) as session:
        found = session.execute(asked)
        return {
            identifier.removeprefix(_identifier("")): Summary(made_on, threshold, whole, {})
            for identifier, made_on, threshold, whole in found
        }


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
    rules = FOR_STAFF
    groups = _groups(session, code)
    records = sum(count.records for count in groups.values())
    cells, decisions = [_cell(TOTAL, "", total(rules, records))], {}
    if total(rules, records) is not None:
        lowest_with_offer = 0
        for name, categories, category in _menu(knowledge.sectors.sections):
            verdict = table(rules, secret, _counts(groups, categories, category))
            if verdict.reason:
                decisions[name] = verdict.reason
                cells += [_cell(name, row, None, MERGED) for row in categories]
            cells += [_cell(name, row, value) for row, value in verdict.values.items()]
            if name == OFFER and verdict.values:
                lowest_with_offer = derivable(rules, records, verdict.values)[FITS].low
        setting = Setting(records, _offered(knowledge), SHOWN_AT_MOST, lowest_with_offer)
        verdict = mentions(rules, secret, _initiatives(session, code), setting)
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


def _menu(sections: Sections) -> Iterator[tuple[str, tuple[str, ...], Callable[[_Traits], str]]]:
    """The tables of an event: name, categories in the order in which they are shown, and which a group belongs to.

    The sectors are those of the seed by their section in SBI 2025, and all others together.
    """
    seed = {sector.sbi2025: name for name, sector in sections.seed.items()}
    yield "fase", get_args(StageId), lambda traits: traits.stage
    yield "sector", (*seed.values(), OTHER_SECTORS), lambda traits: seed.get(traits.section, OTHER_SECTORS)
    yield "grootte", tuple(dict.fromkeys(SIZES.values())), lambda traits: SIZES[traits.size_class]
    yield "hulpvraag", get_args(Theme), lambda traits: traits.question
    yield OFFER, (FITS, NOTHING), lambda traits: NOTHING if traits.nothing_fits else FITS


def _groups(session: Session, code: str) -> dict[_Traits, Count]:
    """The records of an event, counted by what they have in common, in one statement and so at one moment."""
    traits = (Referral.stage, Referral.sbi2025, Referral.size_class, Referral.question, Referral.nothing_fits)
    counted = select(*traits, func.count(), func.sum(Referral.rounding_key))
    rows = session.execute(counted.where(Referral.event == code).group_by(*traits))
    return {_Traits(*row[:-2]): Count(row[-2], int(row[-1])) for row in rows}


def _counts(
    groups: Mapping[_Traits, Count], categories: tuple[str, ...], category: Callable[[_Traits], str]
) -> dict[str, Count]:
    counts = dict.fromkeys(categories, Count())
    for traits, count in groups.items():
        counts[category(traits)] += count
    return counts


def _initiatives(session: Session, code: str) -> dict[str, Count]:
    """How many firms were referred to each initiative, each firm once, in the order of their ids."""
    each_firm_once = (
        select(ReferredInitiative.initiative, Referral.id, Referral.rounding_key)
        .join(Referral, Referral.id == ReferredInitiative.referral_id)
        .where(Referral.event == code)
        .distinct()
        .subquery()
    )
    name = each_firm_once.c.initiative
    counted = select(name, func.count(), func.sum(each_firm_once.c.rounding_key)).group_by(name).order_by(name)
    return {initiative: Count(records, int(keys)) for initiative, records, keys in session.execute(counted)}


def _offered(knowledge: Knowledge) -> int:
    """How many initiatives a firm can be referred to."""
    return sum(initiative.verwijst for initiative in knowledge.catalogue)
