"""Working days in the Netherlands: holidays, the turn of a year, and the nights on which the clock changes."""

from datetime import date, timedelta

import pytest

from api.leads.working_days import first_second, is_working_day, latest_start, local_day, working_days
from tests.api.lead_office import at


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # new year
        date(2026, 4, 3),  # Good Friday, which the law on terms counts as a holiday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 4, 27),  # King's Day
        date(2025, 4, 26),  # King's Day, a day early because of the Sunday
        date(2025, 5, 5),  # Liberation Day, once in five years
        date(2026, 5, 14),  # Ascension Day
        date(2026, 5, 25),  # Whit Monday
        date(2026, 12, 25),
        date(2028, 12, 26),
        date(2026, 11, 28),  # a Saturday
        date(2026, 11, 29),  # a Sunday
    ],
)
def test_nobody_works(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 5),  # Liberation Day of a year in between
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2026, 4, 28),
        date(2026, 11, 26),
    ],
)
def test_offices_work(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), 0),
        (date(2026, 11, 26), date(2026, 11, 30), 2),  # over a weekend
        (date(2026, 11, 28), date(2026, 11, 30), 1),  # from a Saturday
        (date(2026, 12, 24), date(2026, 12, 28), 1),  # over Christmas
        (date(2026, 12, 30), date(2027, 1, 4), 2),  # over the turn of the year
        (date(2026, 4, 2), date(2026, 4, 7), 1),  # over Easter
        (date(2025, 5, 2), date(2025, 5, 6), 1),  # over a Liberation Day that counts
        (date(2026, 5, 4), date(2026, 5, 6), 2),  # over one that does not
        (date(2026, 11, 27), date(2026, 11, 26), 0),  # the clock went back
    ],
)
def test_working_days_between(start: date, end: date, number: int) -> None:
    assert working_days(start, end) == number


def test_latest_start_is_the_last_day_of_which_enough_have_passed() -> None:
    for offset in range(400):
        today = date(2026, 3, 1) + timedelta(days=offset)
        for number in (2, 5, 10):
            found = latest_start(today, number)
            assert working_days(found, today) >= number > working_days(found + timedelta(days=1), today)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29 01:59", date(2026, 3, 29)),  # the night that summer time begins
        ("2026-03-29 23:59", date(2026, 3, 29)),
        ("2026-10-25 23:59", date(2026, 10, 25)),  # and ends
        ("2026-07-01 00:30", date(2026, 7, 1)),  # still the day before in UTC
        ("2026-12-31 23:59", date(2026, 12, 31)),
        ("2027-01-01 00:30", date(2027, 1, 1)),
    ],
)
def test_day_is_that_of_the_netherlands(moment: str, day: date) -> None:
    assert local_day(at(moment)) == day


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 25), date(2026, 10, 26)])
def test_day_begins_at_midnight_there(day: date) -> None:
    assert local_day(first_second(day)) == day
    assert local_day(first_second(day) - 1) == day - timedelta(days=1)
