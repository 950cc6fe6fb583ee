"""The tables of an event pass the same proof as releases, beside those that have counted its records."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.at_events import at_events
from analytics.counting import counting
from analytics.disclosure import Rules
from analytics.drafts import Draft
from analytics.due import last_released
from analytics.gate import Gate
from analytics.known import lowest, rules_of_events, rules_of_matching
from analytics.linear import Key
from analytics.menu import STAFF, Scope
from analytics.models import Referral
from analytics.periods import Month, month
from analytics.published import EVENT, Reader
from analytics.tally import apart, kept
from knowledge.base import Knowledge

Tables = Mapping[str, Mapping[Key, int | None]]


def pass_gate(session: Session, knowledge: Knowledge, code: str, tables: Tables, rules: Rules) -> list[Gate]:
    """The gates that have let the tables of an event through, one for each year that has counted some of its records.

    A table that would give something away beside the releases of that year and its other events is left out; that of a
    later year has only what the one before let through. None when no release has counted any of its records: then those
    that will are proven beside this.
    """
    wanted = select(Referral.period).where(
        Referral.event == code, Referral.period <= last_released(session), counting(knowledge.sites)
    )
    years = sorted({month(str(period)).year for period in session.scalars(wanted.distinct())})
    drafts: Sequence[Draft] = [
        Draft(name, Scope(EVENT, ()), (name,), (), values) for name, values in tables.items() if values
    ]
    gates = []
    for year in years:
        gate = _gate(session, knowledge, code, Month(year, 12), rules)
        gate.settle(drafts)
        drafts = list(gate.drafts.values())
        gates.append(gate)
    return gates


def _gate(session: Session, knowledge: Knowledge, code: str, last: Month, rules: Rules) -> Gate:
    tallies = kept(session, last.of_year)
    events = at_events(session, knowledge, list(tallies))
    reader, this = Reader(knowledge, tallies, events), next(event for event in events if event.code == code)
    matching = rules_of_matching(knowledge, last.last_day, tallies, events)
    earlier = [*reader.releases(session, last.year, STAFF), *reader.events(session, last.last_day)]
    return Gate(
        publication=f"{EVENT}/{code}",
        earlier=earlier,
        records={period: tally.total.records for period, tally in tallies.items()},
        apart=apart(tallies),
        sheet=lambda draft: reader.of_event(this, draft.id, draft.values, rules, last.last_day),
        coarser=lambda draft: draft,  # it is at the coarsest level
        complete=reader.with_unnamed,
        rules=[*matching, *rules_of_events(tallies, events, lowest(earlier, rules))],
        true=reader.true,
    )
