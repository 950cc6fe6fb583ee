"""The report without anybody asking: from the command line, and every eight weeks."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine

from analytics.figures import Figures
from analytics.periods import last_closed
from api.reports.__main__ import main
from api.reports.schedule import ReportSchedule
from api.reports.service import Reports
from api.settings import BadSettings
from knowledge.base import Knowledge
from tests.api.made_reports import engine_in
from tests.api.pages_on_paper import read_pdf
from tests.api.released import STAGES, publish

TODAY = date(2026, 11, 26)
FORMS = ("pdf", "xlsx", "zip")
NAMES = {f"2026-10-12-rapport-2026-10.{form}" for form in FORMS}


def noon(day: date) -> int:
    return int(datetime.combine(day, time(12)).timestamp())


def release(engine: Engine, month_id: str = "2026-10") -> None:
    publish(engine, "werkgroep", month_id, totals={"tot_nu": 60}, tables={"tot_nu/fase": STAGES})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = engine_in(tmp_path)
    yield found
    found.dispose()


class TestEveryEightWeeks:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "reports"

    @pytest.fixture
    def schedule(self, engine: Engine, knowledge: Knowledge, folder: Path) -> ReportSchedule:
        return ReportSchedule(Reports(engine, knowledge, Figures(engine, knowledge), folder), lambda _: True, folder)

    def test_newest_report_is_written_once(self, engine: Engine, schedule: ReportSchedule, folder: Path) -> None:
        release(engine)
        assert schedule.sweep(noon(TODAY)) == 3
        assert names(folder) == NAMES
        written = {path: path.read_bytes() for path in folder.iterdir()}
        release(engine, "2026-11")
        assert schedule.sweep(noon(TODAY + timedelta(days=7))) == 0
        assert {path: path.read_bytes() for path in folder.iterdir()} == written

    def test_after_eight_weeks_there_is_another(self, engine: Engine, schedule: ReportSchedule, folder: Path) -> None:
        release(engine)
        schedule.sweep(noon(TODAY))
        release(engine, "2026-11")
        assert schedule.sweep(noon(TODAY + timedelta(weeks=8))) == 3
        assert names(folder) == NAMES | {f"2026-12-07-rapport-2026-11.{form}" for form in FORMS}

    @pytest.mark.parametrize("day", ["2026-03-02", "2027-02-01", "2027-03-29", "2028-01-03", "2028-02-28"])
    def test_release_that_is_being_made_is_waited_for(
        self, engine: Engine, schedule: ReportSchedule, folder: Path, day: str
    ) -> None:
        today = date.fromisoformat(day)
        due = last_closed(today)
        release(engine, due.previous.id)
        assert schedule.sweep(noon(today)) == 0
        release(engine, due.id)
        assert schedule.sweep(noon(today)) == 3
        assert names(folder) == {f"{day}-rapport-{due.id}.{form}" for form in FORMS}

    @pytest.mark.parametrize(("days", "tried", "written"), [(6, True, 0), (7, False, 0), (7, True, 3)])
    def test_release_that_cannot_be_made_is_waited_for_a_week(
        self, engine: Engine, knowledge: Knowledge, folder: Path, *, days: int, tried: bool, written: int
    ) -> None:
        release(engine, "2026-01")
        reports = Reports(engine, knowledge, Figures(engine, knowledge), folder)
        schedule = ReportSchedule(reports, lambda _: tried, folder)
        assert schedule.sweep(noon(date(2026, 3, 2) + timedelta(days=days))) == written

    def test_without_a_release_nothing_is_written(self, schedule: ReportSchedule, folder: Path) -> None:
        assert schedule.sweep(noon(TODAY)) == 0
        assert names(folder) == set()

    def test_what_was_broken_off_is_finished(self, engine: Engine, schedule: ReportSchedule, folder: Path) -> None:
        release(engine)
        schedule.sweep(noon(TODAY))
        (folder / "2026-10-12-rapport-2026-10.xlsx").unlink()
        (folder / ".2026-10-12-rapport-2026-10.xlsx").write_bytes(b"half")
        assert schedule.sweep(noon(TODAY)) == 1
        assert names(folder) == NAMES

    def test_what_was_broken_off_is_of_the_same_month_when_there_is_a_newer_one(
        self, engine: Engine, schedule: ReportSchedule, folder: Path
    ) -> None:
        release(engine)
        schedule.sweep(noon(TODAY))
        (folder / "2026-10-12-rapport-2026-10.xlsx").unlink()
        release(engine, "2026-11")
        assert schedule.sweep(noon(TODAY)) == 1
        assert names(folder) == NAMES

    def test_report_is_compared_with_the_one_that_was_written_and_not_with_the_one_that_was_due(
        self, engine: Engine, schedule: ReportSchedule, folder: Path
    ) -> None:
        for month_id in ("2026-08", "2026-09"):
            release(engine, month_id)
        folder.mkdir()
        (folder / "2026-10-12-rapport-2026-08.pdf").write_bytes(b"was late")
        release(engine, "2026-11")
        schedule.sweep(noon(date(2026, 12, 7)))
        text = read_pdf((folder / "2026-12-07-rapport-2026-11.pdf").read_bytes())
        assert text.says("Het vorige rapport was van de vergadering vanaf 12 oktober 2026.")
        assert text.says("Daarin staan de cijfers tot en met augustus 2026.")

    def test_folder_that_cannot_be_made_keeps_nothing_else_waiting(
        self, engine: Engine, schedule: ReportSchedule, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        release(engine)
        folder.write_text("a file is in the way")
        with caplog.at_level(logging.ERROR):
            assert schedule.sweep(noon(TODAY)) == 0
        assert "could not be written" in caplog.text
        folder.unlink()
        assert schedule.sweep(noon(TODAY)) == 3

    def test_only_the_product_can_open_the_folder(self, engine: Engine, schedule: ReportSchedule, folder: Path) -> None:
        release(engine)
        schedule.sweep(noon(TODAY))
        assert folder.stat().st_mode & 0o077 == 0


class TestCommand:
    @pytest.fixture(autouse=True)
    def settings(self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", str(engine.url))
        monkeypatch.setenv("REPORTS_FOLDER", str(tmp_path / "standard"))

    def test_writes_every_form_and_says_where(
        self, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        release(engine)
        assert main(["2026-10", "--map", str(tmp_path / "out")]) == 0
        assert names(tmp_path / "out") == {f"rapport-2026-10.{form}" for form in FORMS}
        assert capsys.readouterr().out.split() == [str(tmp_path / "out" / f"rapport-2026-10.{form}") for form in FORMS]

    def test_without_a_folder_it_is_that_of_the_settings(self, engine: Engine, tmp_path: Path) -> None:
        release(engine)
        assert main(["2026-10"]) == 0
        assert len(names(tmp_path / "standard")) == 3

    def test_total_of_today_is_under_the_threshold_that_is_set(
        self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(engine, "werkgroep", "2026-10", totals={"tot_nu": None}, tables={}, threshold=10)
        monkeypatch.setenv("STAFF_THRESHOLD", "15")
        monkeypatch.setenv("PUBLIC_THRESHOLD", "15")
        assert main(["2026-10"]) == 0
        with ZipFile(tmp_path / "standard/rapport-2026-10.xlsx") as workbook:
            sheets = [workbook.read(name).decode() for name in workbook.namelist() if name.endswith(".xml")]
        assert any("Minder dan 15 van de 250." in sheet for sheet in sheets)

    def test_threshold_that_is_not_safe(self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        release(engine)
        monkeypatch.setenv("STAFF_THRESHOLD", "4")
        with pytest.raises(BadSettings, match="STAFF_THRESHOLD: geef minstens 5"):
            main(["2026-10"])
        assert names(tmp_path / "standard") == set()

    def test_month_without_a_release(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["2026-10"]) == 1
        assert "Van 2026-10 zijn er geen cijfers." in capsys.readouterr().err
        assert names(tmp_path / "standard") == set()

    def test_what_is_no_month(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["oktober"])
        assert "'oktober' is geen maand" in capsys.readouterr().err

    def test_folder_that_cannot_be_written_to(
        self, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        release(engine)
        (tmp_path / "file").write_text("")
        assert main(["2026-10", "--map", str(tmp_path / "file")]) == 1
        assert "niet te schrijven" in capsys.readouterr().err

    def test_database_that_cannot_be_used(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////nergens/x.db")
        assert main(["2026-10"]) == 1
        assert "De gegevens zijn niet te gebruiken: " in capsys.readouterr().err
