"""Months, quarters and years as figures use them: of whole ISO weeks, because a record knows its week and no day.

A week belongs to the month that its Thursday lies in, as ISO 8601 does with years. So every week is in one month, and
a month has four or five weeks.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_THURSDAY = 4  # day of the ISO week


@dataclass(frozen=True, order=True)
class Month:
    """A month. Its id is "2026-11"."""

    year: int
    number: int

    @property
    def id(self) -> str:
        """How it is stored."""
        return f"{self.year}-{self.number:02}"

    @property
    def quarter(self) -> str:
        """Id of its quarter, "2026-K4"."""
        return f"{self.year}-K{(self.number + 2) // 3}"

    @property
    def ends_quarter(self) -> bool:
        """Whether it is the last of its quarter."""
        return self.number % 3 == 0

    @property
    def ends_year(self) -> bool:
        """Whether it is the last of its year."""
        return self.number == 12

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def of_quarter(self) -> tuple["Month", ...]:
        """The months of its quarter up to and including itself."""
        first = self.number - (self.number - 1) % 3
        return tuple(Month(self.year, number) for number in range(first, self.number + 1))

    @property
    def of_year(self) -> tuple["Month", ...]:
        """The months of its year up to and including itself."""
        return tuple(Month(self.year, number) for number in range(1, self.number + 1))

    @property
    def last_day(self) -> date:
        """The last day of the calendar month."""
        return date(self.next.year, self.next.number, 1) - timedelta(days=1)

    @property
    def last_week(self) -> str:
        """The last ISO week of the month, "2026-W48"."""
        last_thursday = self.last_day - timedelta(days=(self.last_day.isoweekday() - _THURSDAY) % 7)
        return week_of(last_thursday)

    def closed(self, today: date) -> bool:
        """Whether its last week is over."""
        return week_of(today) > self.last_week


def week_of(day: date) -> str:
    """The ISO week of a day, "2026-W48". The last days of December may lie in week 1 of the next year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def last_closed(today: date) -> Month:
    """The last month of which all weeks are over."""
    return month_of(week_of(today)).previous


def month_of(week: str) -> Month:
    """The month that an ISO week belongs to. Raises ValueError for what is no week."""
    thursday = date.fromisoformat(f"{week}-{_THURSDAY}")
    return Month(thursday.year, thursday.month)


def month(identifier: str) -> Month:
    """The month with an id. Raises ValueError when there is no such month."""
    if not _MONTH.fullmatch(identifier):
        raise ValueError(f"no month: {identifier}")
    year, number = identifier.split("-")
    return Month(int(year), int(number))
