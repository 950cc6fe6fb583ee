"""What was counted of network events: exact numbers, not fit to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from analytics.counting import copied, counting, crossed, mentions_of_initiatives
from analytics.dimensions import Dimension, dimensions
from analytics.disclosure import Count
from analytics.due import last_released
from analytics.linear import Codes
from analytics.menu import INITIATIVES
from analytics.models import Referral
from analytics.periods import Month
from analytics.tally import Key, Tally
from knowledge.base import Knowledge

ELSEWHERE = "elders"  # in place of a month, of records that no release of the year has counted

_Values = dict[tuple[object, ...], Count]  # by the values of the columns of _COUNTED
_COUNTED = ("fase", "sector", "grootte", "plaats", "hulpvraag", "aanbod", "kanaal", "site")


@dataclass(frozen=True)
class AtEvent:
    """The records of one event that count: how many of each month, also ELSEWHERE, and what they have in common."""

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
    """The events of which some records are counted in these months, up to the last release or the one being made."""
    last = making.id if making else last_released(session)
    when = Referral.period
    # Comparing and not asking for null: of the two, only this lets SQLite begin where the events are in the index.
    wanted = and_(Referral.event > "", when.in_(months), when <= last, counting(knowledge.sites))
    found: dict[str, dict[str, int]] = {}
    counted = select(Referral.event, when, func.count()).where(wanted).group_by(Referral.event, when)
    for code, month, records in session.execute(counted):
        found.setdefault(str(code), {})[str(month)] = records
    dividing = [dimensions(knowledge)[name] for name in _COUNTED]
    columns = [Referral.event, *(dimension.column for dimension in dividing)]
    values: dict[str, _Values] = {code: {} for code in found}
    with copied(session, and_(Referral.event.in_(found), counting(knowledge.sites)), columns) as copy:
        for (event, *those), number in crossed(session, true(), columns, copy).items():
            values[str(event)][tuple(those)] = number
        mentions = {code: mentions_of_initiatives(session, copy.c.event == code, copy) for code in sorted(found)}
    return [_event(code, found[code], dividing, values[code], mentions[code]) for code in sorted(found)]


def _event(
    code: str,
    records: Mapping[str, int],
    dividing: Sequence[Dimension],
    found: _Values,
    mentions: Mapping[str, Count],
) -> AtEvent:
    tables: dict[str, dict[Key, Count]] = {name: {} for name in _COUNTED}
    for values, counted in found.items():
        for dimension, value in zip(dividing, values, strict=True):
            key = (dimension.levels[0].of(value), "")
            tables[dimension.id][key] = tables[dimension.id].get(key, Count()) + counted
    tables[INITIATIVES] = {(name, ""): counted for name, counted in mentions.items()}
    others = sum(counted.records for counted in found.values()) - sum(records.values())
    return AtEvent(code, {**records, **({ELSEWHERE: others} if others else {})}, Tally(tables))
