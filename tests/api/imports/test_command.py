"""`make import`: looks first, imports when told so, and its exit code tells how it went."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.database import migrate, open_database
from api.imports.__main__ import main
from knowledge.base import Knowledge
from tests.api.imports.files import Hall, csv_file, intake, xlsx_file

NOW = date.today()


@pytest.fixture
def hall(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Hall:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate(url)
    return Hall(open_database(url), knowledge, NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "intakes.csv"
    path.write_bytes(csv_file([intake(Datum=NOW), intake(Datum=NOW, Plaats="Utrecht")]))
    return path


def test_looks_and_records_nothing(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([hall.event.code.lower(), str(file)]) == 0
    told = capsys.readouterr().out
    assert "Rijen: 2 goed" in told
    assert "Er is nog niets ingelezen. Met --inlezen worden het er: 2." in told
    assert hall.count() == 0


def test_imports_when_told_so_and_once(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([hall.event.code, str(file), "--inlezen"]) == 0
    assert "Ingelezen: 2 rijen." in capsys.readouterr().out
    assert main([hall.event.code, str(file), "--inlezen"]) == 0
    assert "2 al eerder ingelezen" in (told := capsys.readouterr().out)
    assert "Ingelezen: 0 rijen." in told
    assert hall.count() == 2


def test_good_rows_are_in_when_others_are_wrong(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [intake(Datum=NOW), intake(Datum=NOW, Plaats="Atlantis"), intake(Datum="ooit")]
    file.write_bytes(xlsx_file(rows))
    assert main([hall.event.code, str(file), "--inlezen"]) == 1
    told = capsys.readouterr().out
    assert 'rij 3, Plaats: "Atlantis": We vinden deze plaats niet.' in told
    assert 'rij 4, Datum: "ooit"' in told
    assert hall.count() == 1


@pytest.mark.parametrize("content", [b"", b"niets van dit alles", b"PK\x03\x04", b" " * 6_000_000])
def test_file_that_cannot_be_read(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    file.write_bytes(content)
    assert main([hall.event.code, str(file), "--inlezen"]) == 2
    assert capsys.readouterr().err.strip()
    assert hall.count() == 0


def test_unknown_event(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["NERGENS-1", str(file)]) == 2
    assert "NERGENS-1 bestaat niet" in capsys.readouterr().err


def test_closed_event(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hall.events.close(hall.event.code, NOW)
    assert main([hall.event.code, str(file), "--inlezen"]) == 2
    assert "afgesloten" in capsys.readouterr().err
    assert hall.count() == 0


def test_missing_file_is_named(hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([hall.event.code, str(tmp_path / "weg.csv")]) == 2
    assert "weg.csv" in capsys.readouterr().err


def test_database_that_cannot_be_used(
    hall: Hall, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nergens/x.db")
    assert main([hall.event.code, str(file)]) == 2
    assert "database" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["leeg.xlsx", "leeg.csv"])
def test_template_is_written(hall: Hall, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    assert main(["--sjabloon", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    assert hall.look(path.read_bytes()).rows == []


@pytest.mark.parametrize("arguments", [[], ["ZEIST-4K7"]])
def test_half_a_command_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "code van het evenement" in capsys.readouterr().err


def test_intake_of_tomorrow_is_wrong(hall: Hall, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(csv_file([intake(Datum=NOW + timedelta(days=1))]))
    assert main([hall.event.code, str(file), "--inlezen"]) == 1
    assert "nog niet geweest" in capsys.readouterr().out
    assert hall.count() == 0
