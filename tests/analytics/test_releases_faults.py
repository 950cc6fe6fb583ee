"""Releases when something goes wrong: nothing half made, nothing made twice, and the reason said in plain words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from analytics import releases
from analytics.database import migrate, open_database
from analytics.periods import Month
from analytics.releases import Refused, Releases
from analytics.rounding_secret import rounding_secret
from knowledge.base import Knowledge
from tests.analytics.desk import DECEMBER, LATER, MIXED, NOVEMBER, OTHER_SECRET, SECRET, Desk, firms, stops

TODAY = date(2026, 11, 26)
NOW = int(datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp())
A_DAY = 24 * 60 * 60


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """With records of October and November."""
    desk.add(firms(30, **MIXED), stops(12), firms(30, NOVEMBER, start=100, **MIXED))
    return desk


def with_file(desk: Desk, folder: Path) -> Releases:
    """Releases whose secret lies in a file."""
    return Releases(desk.engine, desk.knowledge, partial(rounding_secret, "", folder))


class TestBrokenOff:
    def fail(self, *_: Any, **__: Any) -> None:
        raise OSError("the power is cut")

    def test_between_counting_and_storing_nothing_is_left(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        def cut(session: Session, *rest: Any) -> None:
            take(session, *rest)
            session.flush()
            self.fail()

        take = releases.take
        with monkeypatch.context() as broken:
            broken.setattr(releases, "take", cut)
            with pytest.raises(OSError, match="power"):
                filled.make("2026-10")
        assert filled.is_untouched()
        assert filled.make("2026-10") == ["2026-10"]
        assert filled.staff().totals["maand"] == 30

    def test_with_one_audience_stored_nothing_is_left(self, filled: Desk) -> None:
        with filled.engine.begin() as connection:
            refuse = "create trigger refuse before insert on publication when new.id like 'werkgroep/%' "
            connection.execute(text(refuse + "begin select raise(fail, 'the disk is full'); end"))
        with pytest.raises(SQLAlchemyError, match="the disk is full"):
            filled.make("2026-10")
        assert filled.is_untouched()

    def test_month_that_was_finished_stays(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        filled.make("2026-10")
        before = filled.stored()
        monkeypatch.setattr(releases, "build", self.fail)
        with pytest.raises(OSError, match="power"):
            filled.make("2026-12")
        assert filled.stored() == before

    def test_records_that_keep_coming_in(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        build, number = releases.build, iter(range(1000, 2000))

        def busy(*given: Any, **named: Any) -> Any:
            made = build(*given, **named)
            filled.add(firms(1, start=next(number)))
            return made

        with monkeypatch.context() as coming_in:
            coming_in.setattr(releases, "build", busy)
            with pytest.raises(Refused, match="Probeer het later weer"):
                filled.make("2026-10")
        assert filled.is_untouched()
        filled.make("2026-10")
        assert filled.staff().totals["maand"] == 35

    def test_record_that_comes_in_meanwhile_counts_too(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        build, late = releases.build, [firms(1, start=1000)]

        def once(*given: Any, **named: Any) -> Any:
            made = build(*given, **named)
            if late:
                filled.add(late.pop())
            return made

        monkeypatch.setattr(releases, "build", once)
        filled.make("2026-10")
        assert filled.staff().totals["maand"] == 31
        assert filled.periods()["record-1000"] == "2026-10"


class TestTwoAtOnce:
    def make_at_once(self, desk: Desk, number: int = 4) -> None:
        with ThreadPoolExecutor(number) as pool:
            made = [one for months in pool.map(lambda _: desk.make("2026-11"), range(number)) for one in months]
        assert sorted(made) == ["2026-10", "2026-11"]  # each by one of them
        assert desk.ids() == ["publiek/2026-10", "publiek/2026-11", "werkgroep/2026-10", "werkgroep/2026-11"]
        assert desk.staff("2026-11").totals == {"maand": 30, "tot_nu": 60}

    def test_month_that_somebody_else_made_meanwhile_is_not_counted_again(
        self, filled: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def late(*, make: bool) -> bytes:
            filled.make("2026-10")
            monkeypatch.setattr(releases, "build", lambda *_: pytest.fail("it was counted again"))
            return SECRET

        assert Releases(filled.engine, filled.knowledge, late).make(Month(2026, 10), LATER) == []
        assert filled.staff().totals["maand"] == 30

    def test_sqlite(self, filled: Desk) -> None:
        self.make_at_once(filled)

    @pytest.fixture
    def on_postgresql(self, postgresql: str, knowledge: Knowledge) -> Iterator[Desk]:
        migrate(postgresql)
        engine = open_database(postgresql)
        yield Desk(engine, knowledge)
        engine.dispose()

    def test_postgresql_and_the_same_figures_as_sqlite(self, filled: Desk, on_postgresql: Desk) -> None:
        on_postgresql.add(firms(30, **MIXED), stops(12), firms(30, NOVEMBER, start=100, **MIXED))
        self.make_at_once(on_postgresql)
        filled.make("2026-11")
        assert on_postgresql.stored() == filled.stored()
        assert on_postgresql.periods() == filled.periods()


class TestSecret:
    def test_other_secret_makes_nothing_more_in_a_year_that_was_begun(self, filled: Desk) -> None:
        filled.make("2026-10")
        before = filled.stored()
        filled.secret = OTHER_SECRET
        with pytest.raises(Refused) as refused:
            filled.make("2026-11")
        for words in ("Oude cijfers blijven staan", "Zet het oude geheim terug", "ROUNDING_SECRET", "januari 2027"):
            assert words in str(refused.value)
        assert filled.stored() == before
        assert filled.periods()["record-100"] is None
        filled.secret = SECRET
        assert filled.make("2026-11") == ["2026-11"]

    def test_new_year_goes_on_with_another_secret(self, filled: Desk) -> None:
        filled.make("2026-10")
        before = filled.stored("2026-10")
        filled.add(firms(12, "2027-W02", start=500, **MIXED))
        filled.secret = OTHER_SECRET
        assert filled.make("2027-01") == ["2027-01"]
        assert filled.stored("2026-10") == before
        # What had no release is counted now.
        assert filled.staff("2027-01").totals == {"maand": 42, "tot_nu": 42}
        assert filled.make("2027-02") == ["2027-02"]

    def test_old_secret_is_of_no_use_after_the_new_one(self, filled: Desk) -> None:
        filled.make("2026-10")
        filled.secret = OTHER_SECRET
        filled.make("2027-01")
        filled.secret = SECRET
        with pytest.raises(Refused, match="niet dat waarmee de cijfers van 2027"):
            filled.make("2027-02")

    def test_file_is_made_for_the_first_release_and_never_again(self, filled: Desk, tmp_path: Path) -> None:
        folder = tmp_path / "secrets"
        made = with_file(filled, folder)
        assert made.make(Month(2026, 10), TODAY)
        (folder / "rounding").unlink()
        before = filled.stored()
        for wanted in (Month(2026, 11), Month(2027, 2)):
            with pytest.raises(Refused, match=r"rounding: het geheim voor het afronden is weg.*Zet het bestand terug"):
                made.make(wanted, date(2027, 6, 1))
        assert not (folder / "rounding").exists()
        assert filled.stored() == before
        assert made.make(Month(2026, 10), TODAY) == []  # what is there needs no secret

    def test_file_that_cannot_be_read(self, filled: Desk, tmp_path: Path) -> None:
        (tmp_path / "rounding").write_text("geheim")
        with pytest.raises(Refused, match="kunnen niet worden afgerond"):
            with_file(filled, tmp_path).make(Month(2026, 10), TODAY)
        assert filled.is_untouched()

    def test_secret_is_not_in_what_is_stored(self, filled: Desk) -> None:
        filled.make("2026-10")
        assert SECRET.hex() not in str(filled.stored())
        assert len({str(row[2]) for row in filled.stored()}) == 2  # the decisions of each audience


class TestSweep:
    """What happens by itself, while the product runs."""

    def test_due_is_made_once_a_day(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        made = filled.releases
        assert made.sweep(NOW) == 0
        assert filled.ids() == ["publiek/2026-10", "werkgroep/2026-10"]
        calls: list[object] = []
        monkeypatch.setattr(made, "make", lambda *given: calls.append(given) or [])
        made.sweep(NOW + 60)
        assert calls == []
        made.sweep(NOW + A_DAY)
        assert len(calls) == 1

    def test_next_month_follows_when_it_is_over(self, filled: Desk) -> None:
        made = filled.releases
        for day in range(6):
            made.sweep(NOW + day * A_DAY)
        assert [one for one in filled.ids() if "werkgroep" in one] == ["werkgroep/2026-10", "werkgroep/2026-11"]

    def test_nothing_was_ever_recorded(self, desk: Desk, tmp_path: Path) -> None:
        with_file(desk, tmp_path / "secrets").sweep(NOW)
        assert desk.ids() == []
        assert not (tmp_path / "secrets").exists()

    def test_what_cannot_be_made_is_in_the_log_once_a_day(self, filled: Desk, caplog: pytest.LogCaptureFixture) -> None:
        filled.make("2026-10")
        made = Desk(filled.engine, filled.knowledge, OTHER_SECRET).releases
        for moment in (NOW + 5 * A_DAY, NOW + 5 * A_DAY + 60):
            assert made.sweep(moment) == 0
        assert [one.message for one in caplog.records if "Zet het oude geheim terug" in one.message] == [
            caplog.messages[0]
        ]

    def test_database_that_is_away_is_tried_again(self, filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        made = filled.releases

        def away(*_: Any) -> None:
            raise OperationalError("update", {}, Exception("away"))

        with monkeypatch.context() as broken:
            broken.setattr(releases, "take", away)
            with pytest.raises(OperationalError):
                made.sweep(NOW)
        made.sweep(NOW + 60)
        assert "werkgroep/2026-10" in filled.ids()

    def test_records_are_written_while_a_release_is_counted(
        self, filled: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build = releases.build

        def meanwhile(*given: Any, **named: Any) -> Any:
            made = build(*given, **named)
            filled.add(firms(1, DECEMBER, start=900))  # fails when the database is kept
            return made

        monkeypatch.setattr(releases, "build", meanwhile)
        filled.releases.sweep(NOW)
        assert len(filled.ids()) == 2
        assert filled.periods()["record-900"] is None
