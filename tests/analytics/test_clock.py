"""The clock is believed when something happened in the days that it tells, and figures are not made on a wrong one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from analytics.clock import doubt
from analytics.models import Publication
from analytics.periods import week_of
from tests.analytics.desk import Desk, firms, stops

TODAY = date(2026, 11, 26)


def days_ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=one) for one in days]


def record(desk: Desk, days: Sequence[date]) -> None:
    for number, day in enumerate(days):
        desk.add(firms(1, week_of(day), start=100 * number))


def moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12).timestamp())


def months(desk: Desk) -> list[str]:
    return [one.partition("/")[2] for one in desk.ids() if one.startswith("werkgroep")]


@pytest.mark.parametrize(
    ("signs", "believed"),
    [
        ((), True),  # nothing ever happened
        ((3,), True),  # it has just begun
        ((100, 60, 20), True),
        ((55,), True),
        ((80,), False),
        ((400, 380, 90), False),
        ((200, 10, 5), False),  # records after the jump are no proof of it
        ((200, 40, 20), True),  # but weeks of them are
        ((200, 190, 0), False),
    ],
)
def test_gap_makes_today_doubtful(desk: Desk, signs: tuple[int, ...], believed: bool) -> None:
    record(desk, days_ago(*signs))
    assert (doubt(desk.engine, TODAY) is None) == believed


def test_conversation_that_stopped_is_a_sign_too(desk: Desk) -> None:
    record(desk, days_ago(200))
    for day in days_ago(50, 10):
        desk.add(stops(1, week_of(day)))
    assert doubt(desk.engine, TODAY) is None


def test_what_is_dated_after_today_is_no_sign(desk: Desk) -> None:
    record(desk, days_ago(80, -300))
    assert doubt(desk.engine, TODAY) is not None


def test_figures_of_every_month_keep_a_quiet_site_going(desk: Desk) -> None:
    record(desk, days_ago(300))
    with Session(desk.engine) as session, session.begin():
        for number, day in enumerate(days_ago(90, 59, 28)):
            session.add(Publication(id=f"x/{number}", made_on=day, threshold=5, base=5, decisions={}))
    assert doubt(desk.engine, TODAY) is None


class TestSweep:
    def test_clock_that_jumps_makes_nothing_and_goes_on_when_it_is_set_right(
        self, desk: Desk, caplog: pytest.LogCaptureFixture
    ) -> None:
        record(desk, days_ago(60, 50, 40, 30, 20, 10))
        releases = desk.releases
        releases.sweep(moment(TODAY))
        assert months(desk)[-1] == "2026-10"
        assert releases.swept(TODAY)
        assert not releases.swept(TODAY + timedelta(days=1))
        before = desk.stored()
        releases.sweep(moment(date(2027, 11, 26)))
        desk.add(firms(3, "2027-W47", start=5000))
        desk.releases.sweep(moment(date(2027, 11, 27)))
        assert desk.stored() == before
        assert "make release MAAND=2027-10" in caplog.text
        assert "Volgens de klok is het 2027-11-26" in caplog.text
        desk.releases.sweep(moment(date(2026, 12, 1)))
        assert months(desk)[-1] == "2026-11"

    def test_quiet_site_has_its_figures_every_month(self, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
        record(desk, days_ago(40))
        for days in range(0, 300, 3):
            desk.releases.sweep(moment(TODAY + timedelta(days=days)))
        assert len(months(desk)) == 11
        assert "klok" not in caplog.text

    def test_after_a_long_time_off_somebody_or_four_weeks_of_use_set_it_going(self, desk: Desk) -> None:
        record(desk, days_ago(60, 40))
        desk.releases.sweep(moment(TODAY))
        later = TODAY + timedelta(days=120)
        for week in range(6):
            day = later + timedelta(weeks=week)
            desk.add(firms(1, week_of(day), start=1000 + week))
            desk.releases.sweep(moment(day))
            assert (months(desk)[-1] > "2026-10") == (week >= 4)

    def test_by_hand_it_can_always_be_done(self, desk: Desk) -> None:
        record(desk, days_ago(200))
        desk.releases.sweep(moment(TODAY))
        assert months(desk) == []
        assert desk.make("2026-10", TODAY)[-1] == "2026-10"
