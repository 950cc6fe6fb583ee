"""Proving once more, of everything that was published, that nobody can work out what is hidden in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from analytics.at_events import AtEvent, at_events
from analytics.audit import Outcome, allowed_before, audit, components
from analytics.build import of_releases
from analytics.gate import OF_FIRMS
from analytics.known import lowest, rules_of_events, rules_of_matching
from analytics.linear import Sheet
from analytics.menu import AUDIENCES, STAFF
from analytics.models import Publication
from analytics.periods import Month, month
from analytics.published import EVENT, Reader
from analytics.tally import apart, kept
from analytics.true_counts import TrueCounts
from knowledge.base import Knowledge


@dataclass(frozen=True)
class Verdict:
    """What the audit finds in a year, for who sees what an audience sees."""

    year: int
    audience: str
    outcome: Outcome


def verify(engine: Engine, knowledge: Knowledge) -> list[Verdict]:
    """Audit all releases of each year together; for staff with the figures of events."""
    with Session(engine) as session:
        identifiers = session.scalars(select(Publication.id).where(of_releases())).all()
        years = sorted({month(identifier.partition("/")[2]).year for identifier in identifiers})
        return [verdict for year in years for verdict in _of_year(session, knowledge, year)]


def _of_year(session: Session, knowledge: Knowledge, year: int) -> Iterator[Verdict]:
    tallies = kept(session, Month(year, 12).of_year)
    events = at_events(session, knowledge, list(tallies))
    day = date(year, 12, 31)
    reader = Reader(knowledge, tallies, events)
    true = reader.true if _reckoned_with_firms(session, year, events) else TrueCounts()
    records = {period: tally.total.records for period, tally in tallies.items()}
    rules = list(rules_of_matching(knowledge, day, tallies, events))
    for audience in AUDIENCES:
        sheets: list[Sheet] = list(reader.releases(session, year, audience))
        known = rules
        if audience == STAFF:
            sheets += reader.events(session, day)
            known = [*rules, *rules_of_events(tallies, events, lowest(sheets))]
        prove = partial(_prove, reader, records=records, apart=apart(tallies), rules=known, true=true)
        found = (prove(those, but=allowed_before(those, prove)) for those in components(sheets))
        yield Verdict(year, audience, sum(found, Outcome()))


def _reckoned_with_firms(session: Session, year: int, events: Iterable[AtEvent]) -> bool:
    """Whether all figures of a year were proven for who is one of the firms; those of older versions were not."""
    these = of_releases(year) | Publication.id.in_([f"{EVENT}/{event.code}" for event in events])
    for decisions in session.scalars(select(Publication.decisions).where(these)):
        proofs = decisions.get("controle", [])
        if not all(OF_FIRMS in proof for proof in (proofs if isinstance(proofs, list) else [proofs])):
            return False
    return True


def _prove(reader: Reader, sheets: Sequence[Sheet], **known: Any) -> Outcome:
    return audit(reader.with_unnamed(sheets), **known)
