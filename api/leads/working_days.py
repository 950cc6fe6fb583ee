"""Days on which offices in the Netherlands work: not in the weekend and not on a public holiday."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_SATURDAY = 5


@lru_cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def working_days(start: date, end: date) -> int:
    """How many working days come after `start`, up to and with `end`; 0 when it is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))
