"""Months of whole weeks: every week is in one of them, also around new year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods import Month, month, month_of, week_of

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
MONTHS = st.builds(Month, st.integers(2020, 2060), st.integers(1, 12))


@given(MONTHS)
def test_weeks_of_a_month_end_where_those_of_the_next_begin(one: Month) -> None:
    monday = date.fromisoformat(f"{one.last_week}-1")
    assert month_of(one.last_week) == one
    assert month_of(week_of(monday + timedelta(weeks=1))) == one.next


@given(MONTHS)
def test_month_has_four_or_five_weeks(one: Month) -> None:
    last, before = (date.fromisoformat(f"{month.last_week}-1") for month in (one, one.previous))
    assert (last - before).days // 7 in (4, 5)


@given(DAYS)
def test_year_of_the_month_is_that_of_the_week(day: date) -> None:
    week = week_of(day)
    assert month_of(week).year == int(week[:4])


@given(MONTHS)
def test_before_and_after(one: Month) -> None:
    assert one.next.previous == one == one.previous.next
    assert one.previous < one < one.next
    assert one.id < one.next.id
    assert month(one.id) == one


@given(MONTHS, DAYS)
def test_month_is_over_after_the_sunday_of_its_last_week(one: Month, day: date) -> None:
    sunday = date.fromisoformat(f"{one.last_week}-7")
    assert one.closed(day) == (day > sunday)


@pytest.mark.parametrize(
    ("day", "week", "month_id"),
    [
        (date(2025, 12, 28), "2025-W52", "2025-12"),
        (date(2025, 12, 29), "2026-W01", "2026-01"),
        (date(2026, 1, 1), "2026-W01", "2026-01"),
        (date(2026, 9, 30), "2026-W40", "2026-10"),  # a Wednesday: Thursday is in October
        (date(2026, 12, 31), "2026-W53", "2026-12"),
        (date(2027, 1, 1), "2026-W53", "2026-12"),
        (date(2027, 1, 3), "2026-W53", "2026-12"),
        (date(2027, 1, 4), "2027-W01", "2027-01"),
    ],
)
def test_day_at_an_edge(day: date, week: str, month_id: str) -> None:
    assert (week_of(day), month_of(week).id) == (week, month_id)


def test_year_of_53_weeks() -> None:
    december = Month(2026, 12)
    assert (december.last_week, december.last_day) == ("2026-W53", date(2026, 12, 31))
    assert not december.closed(date(2027, 1, 3))
    assert december.closed(date(2027, 1, 4))


def test_quarter_and_year() -> None:
    november, december = Month(2026, 11), Month(2026, 12)
    assert november.quarter == december.quarter == "2026-K4"
    assert [one.id for one in november.of_quarter] == ["2026-10", "2026-11"]
    assert len(november.of_year) == 11
    assert (november.ends_quarter, december.ends_quarter, december.ends_year) == (False, True, True)
    assert Month(2026, 9).ends_quarter
    assert not Month(2026, 9).ends_year


@pytest.mark.parametrize("wrong", ["", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "november", "2026-K4"])
def test_what_is_no_month(wrong: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        month(wrong)


@pytest.mark.parametrize("wrong", ["2026-W54", "2027-W53", "2026-48", "onbekend"])
def test_what_is_no_week(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        month_of(wrong)
