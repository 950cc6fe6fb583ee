"""When the working group meets, and the months that its reports are of."""

from collections.abc import Iterator
from datetime import date, timedelta

from analytics.periods import Month, last_closed

EIGHT_WEEKS = timedelta(weeks=8)
FIRST = date(2026, 1, 5)  # a Monday from which the eight weeks are counted


def started(today: date) -> date:
    """The first day of the eight weeks that a day is in."""
    return today - (today - FIRST) % EIGHT_WEEKS


def reported_before(month: Month) -> Month:
    """The month that the last report before that of a month should have been of.

    Eight weeks are one or two months, so the days of the meetings tell and no number of months does.
    """
    return next(reported for reported in _reported(started(month.next.next.last_day)) if reported < month)


def _reported(day: date) -> Iterator[Month]:
    """The months of the reports of a day and of those before, eight weeks apart."""
    while True:
        yield last_closed(day)
        day -= EIGHT_WEEKS
