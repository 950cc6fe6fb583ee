"""The figures of one network event: made once, after it is closed, and never made again.

Counted are the referrals that name the event, one for each firm that finished the scan there. What came in at a site
that does not count is not among them. An event of such a site is a demonstration: it shows what came in there, on its
own page, and is in no other figure.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.counting import at_event, at_levels, crossed, mentions_of_initiatives
from analytics.dimensions import FITS, Level, dimensions
from analytics.disclosure import BASE, FOR_STAFF, Count, Rules, Setting, Verdict, derivable, mentions, table, total
from analytics.event_gate import pass_gate
from analytics.menu import INITIATIVES, TOTAL
from analytics.models import Publication, PublishedCell, Referral
from analytics.published import DEMONSTRATION, all_published, nothing_new
from analytics.tally import Moved
from knowledge.base import Knowledge
from knowledge.matching import SHOWN_AT_MOST
from knowledge.site_folder import Sites

OFFER = "aanbod"
SHOWN, HIDDEN, MERGED = "getoond", "te_klein", "samengevoegd"
_TRIES = 5
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


def live_total(engine: Engine, sites: Sites, code: str, rules: Rules, *, demonstration: bool = False) -> int | None:
    """How many firms an event has reached so far; None below the threshold."""
    here = at_event(sites, code, demonstration=demonstration)
    with Session(engine) as session:
        records = session.scalar(select(func.count()).select_from(Referral).where(here))
    return total(rules, records or 0)


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


def publish_event(
    engine: Engine,
    knowledge: Knowledge,
    secret: bytes,
    code: str,
    today: date,
    *,
    rules: Rules = FOR_STAFF,
    demonstration: bool = False,
) -> Summary:
    """Make the figures of an event and keep them; when they were made before, those are given and nothing changes.

    The event has to be closed, so that no record comes in any more. What would give something away beside the releases
    that have counted its records is left out. Raises SQLAlchemyError when the database cannot take it, and
    analytics.tally.Moved when other figures kept being made meanwhile; then nothing is kept.
    """
    for _ in range(_TRIES):
        published = read_summary(engine, code)
        if published:
            return published
        with Session(engine) as session:
            before = all_published(session)
            made = _publication(session, knowledge, secret, code, today, rules=rules, demonstration=demonstration)
        # Proving takes long and writes nothing, so that nobody has to wait for the database.
        with suppress(IntegrityError, Moved), Session(engine) as session, session.begin():
            session.add(made)
            session.flush()
            nothing_new(session, before | {made.id})
    raise Moved


def _identifier(code: str) -> str:
    return f"evenement/{code}"


def _publication(
    session: Session,
    knowledge: Knowledge,
    secret: bytes,
    code: str,
    today: date,
    *,
    rules: Rules,
    demonstration: bool,
) -> Publication:
    here = at_event(knowledge.sites, code, demonstration=demonstration)
    known = dimensions(knowledge)
    found = crossed(session, here, [known[name].column for name in _TABLES])
    records = sum(count.records for count in found.values())
    cells, decisions = [_cell(TOTAL, "", total(rules, records))], dict[str, Any]()
    if total(rules, records) is not None:
        counts = {
            # The coarsest level, which is fit for the few firms of one event.
            name: _counts(found, place, known[name].levels[-1])
            for place, name in enumerate(_TABLES)
        }
        verdicts = {name: table(rules, secret, counts[name]) for name in _TABLES}
        offer = verdicts[OFFER].values
        lowest_with_offer = derivable(rules, records, offer)[FITS].low if offer else 0
        setting = Setting(records, _offered(knowledge), SHOWN_AT_MOST, lowest_with_offer)
        verdicts[INITIATIVES] = mentions(rules, secret, mentions_of_initiatives(session, here), setting)
        decisions = {name: verdict.reason for name, verdict in verdicts.items() if verdict.reason}
        if not demonstration:  # no release has counted anything of one
            left_out, decisions["controle"] = _proven(session, knowledge, code, verdicts, rules)
            decisions |= left_out
        for name, verdict in verdicts.items():
            if name in decisions:
                cells += [_cell(name, row, None, MERGED) for row in counts.get(name, ())]
            else:
                cells += [_cell(name, row, value) for row, value in verdict.values.items()]
    if demonstration:
        decisions[DEMONSTRATION] = True
    for position, cell in enumerate(cells):
        cell.position = position
    return Publication(
        id=_identifier(code), made_on=today, threshold=rules.threshold, base=BASE, decisions=decisions, cells=cells
    )


def _proven(
    session: Session, knowledge: Knowledge, code: str, verdicts: Mapping[str, Verdict], rules: Rules
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Which tables give something away beside what was published, and why; and what the proof looked at, by year."""
    tables = {name: {(row, ""): value for row, value in verdict.values.items()} for name, verdict in verdicts.items()}
    gates = pass_gate(session, knowledge, code, tables, rules)
    left_out = {draft.id: draft.reason for gate in gates for draft in gate.drafts.values() if not draft.values}
    return left_out, [gate.proof for gate in gates]


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
