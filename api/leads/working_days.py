"""Days on which offices in the Netherlands work: not in the weekend and not on a public holiday."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

TIME_ZONE = ZoneInfo("Europe/Amsterdam")

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


def local_day(at: int) -> date:
    """The day in the Netherlands at a second since 1970."""
    return datetime.fromtimestamp(at, TIME_ZONE).date()


def first_second(day: date) -> int:
    """The second since 1970 at which a day begins in the Netherlands."""
    return int(datetime.combine(day, time(), TIME_ZONE).timestamp())


def latest_start(end: date, number: int) -> date:
    """The last day of which at least so many working days have come after it, up to and with `end`."""
    day = end
    while number > 0:
        number -= is_working_day(day)
        day -= timedelta(days=1)
    return day
