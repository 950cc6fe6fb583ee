"""When the questions about a year can be answered, and when they are asked."""

from datetime import date

FIRST_YEAR = 2026  # before it nobody was asked
_LAST_DAY = (3, 1)  # month and day of the year after
_ASKED_FROM = (12, 1)  # month and day of the year itself


def last_day(year: int) -> date:
    """Until when, that day included, the answers about a year can be changed."""
    return date(year + 1, *_LAST_DAY)


def is_open(year: int, today: date) -> bool:
    """Whether the answers about a year can be changed today: from its first day on, so that firms can be added."""
    return year >= FIRST_YEAR and date(year, 1, 1) <= today <= last_day(year)


def open_years(today: date) -> tuple[int, ...]:
    """The years of which the answers can be changed today, the oldest first."""
    return tuple(year for year in (today.year - 1, today.year) if is_open(year, today))


def asked_year(today: date) -> int | None:
    """The year about which owners are asked today; None when it is not the season."""
    return next((year for year in open_years(today) if today >= date(year, *_ASKED_FROM)), None)
