"""What was counted of network events: exact numbers, not fit to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from analytics.counting import counting, crossed, mentions_of_initiatives
from analytics.dimensions import dimensions
from analytics.disclosure import Count
from analytics.linear import Codes
from analytics.menu import INITIATIVES
from analytics.models import Referral
from analytics.periods import Month
from analytics.tally import Key, Tally
from knowledge.base import Knowledge

ELSEWHERE = "elders"  # in place of a month, of records that no release of the year has counted

_COUNTED = ("fase", "grootte", "plaats", "hulpvraag", "kanaal", "site")


@dataclass(frozen=True)
class AtEvent:
    """The records of one event: how many each month has counted, ELSEWHERE among them, and what they have in common."""

    code: str
    records: Mapping[str, int]
    tally: Tally

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.records.values())

    def codes(self, dimension: str) -> Codes:
        """The codes that any of them has."""
        return frozenset(code for code, _ in self.tally.of(dimension))


def at_events(
    session: Session, knowledge: Knowledge, months: Sequence[str], making: Month | None = None
) -> list[AtEvent]:
    """The events of which some records are counted in these months, or will be in the one that is being made."""
    counted_here = Referral.period.in_(months)
    here: ColumnElement[bool] = counted_here
    if making:
        here = or_(counted_here, and_(Referral.period.is_(None), Referral.week <= making.last_week))
    when = func.coalesce(Referral.period, making.id if making else None)
    wanted = and_(Referral.event.is_not(None), here, counting(knowledge.sites))
    found: dict[str, dict[str, int]] = {}
    counted = select(Referral.event, when, func.count()).where(wanted).group_by(Referral.event, when)
    for code, month, records in session.execute(counted):
        found.setdefault(str(code), {})[month] = records
    return [_event(session, knowledge, code, found[code]) for code in sorted(found)]


def _event(session: Session, knowledge: Knowledge, code: str, records: Mapping[str, int]) -> AtEvent:
    where = Referral.event == code
    known = [dimensions(knowledge)[name] for name in _COUNTED]
    tables: dict[str, dict[Key, Count]] = {name: {} for name in _COUNTED}
    found = crossed(session, where, known)
    for values, counted in found.items():
        for dimension, value in zip(known, values, strict=True):
            key = (dimension.levels[0].of(value), "")
            tables[dimension.id][key] = tables[dimension.id].get(key, Count()) + counted
    mentions = mentions_of_initiatives(session, where)
    tables[INITIATIVES] = {(name, ""): counted for name, counted in mentions.items()}
    others = sum(counted.records for counted in found.values()) - sum(records.values())
    return AtEvent(code, {**records, **({ELSEWHERE: others} if others else {})}, Tally(tables))
