"""What can be wrong with a copy, or where it goes: each is told in Dutch with a remedy, and nothing changes."""

import json
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api.backup.__main__ import main
from api.backup.errors import BackupFault
from api.backup.postgresql import PostgreSQL
from tests.api.test_backup import Machine, machine
from tests.product.running import free_port

__all__ = ["machine"]


def change(copy: Path, **fields: Any) -> None:
    """Write other things in what a copy says of itself."""
    manifest = copy / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | fields))


def test_folder_without_a_copy_is_refused(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    (machine.folder / "leeg").mkdir()
    assert machine.restore(machine.folder / "leeg") == 1
    assert "hier staat geen kopie" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"form": 99}, "nieuwere versie van het product"),
        ({"revision": "9999"}, "nieuwere versie van het product"),
        ({"database": "PostgreSQL"}, "alleen terug in dezelfde soort database"),
        ({"counts": {"referral": 7}}, "referral. Zet een andere kopie terug"),
    ],
)
def test_copy_that_does_not_fit_is_refused(
    machine: Machine, capsys: pytest.CaptureFixture[str], fields: dict[str, Any], said: str
) -> None:
    copy = machine.backup()
    change(copy, **fields)
    assert machine.restore(copy, overschrijven="ja") == 1
    assert said in capsys.readouterr().err


def test_empty_database_has_nothing_to_copy(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{machine.folder / 'ander.db'}")
    assert main(["maken", "--naar", str(machine.folder / "kopie")]) == 1
    assert "De database is leeg" in capsys.readouterr().err
    assert not (machine.folder / "kopie").exists()


def test_secrets_that_are_elsewhere_are_not_left_out_silently(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETS_FOLDER", str(machine.folder / "nergens"))
    assert main(["maken", "--naar", str(machine.folder / "kopie"), "--geheimen", "ja"]) == 1
    assert "Controleer SECRETS_FOLDER" in capsys.readouterr().err
    assert not (machine.folder / "kopie").exists()


def test_database_that_is_damaged_is_not_copied(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.record("one")
    machine.engine.dispose()
    with closing(sqlite3.connect(machine.folder / "x.db")) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'referral'").fetchone()
    with (machine.folder / "x.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert main(["maken", "--naar", str(machine.folder / "kopie")]) == 1
    assert "De kopie is niet gemaakt" in capsys.readouterr().err
    assert not (machine.folder / "kopie").exists()


def test_product_that_still_runs_keeps_its_database(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    copy = machine.backup()
    machine.record("later")
    with socket.create_server(("127.0.0.1", int(os.environ["GATEWAY_PORT"]))):
        assert machine.restore(copy, overschrijven="ja") == 1
    assert "Het product draait nog" in capsys.readouterr().err
    assert machine.records() == ["later"]


def test_figures_that_tell_too_much_are_reported(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = machine.backup()
    narrow = SimpleNamespace(outcome=SimpleNamespace(narrow="bouw"))
    monkeypatch.setattr("api.backup.restoring.verify", lambda *_: [narrow])
    assert machine.restore(copy, overschrijven="ja") == 1
    assert "Cijfers in deze kopie geven te veel prijs" in capsys.readouterr().err


def test_copy_goes_where_there_is_no_database_any_more(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.record("one")
    copy = machine.backup()
    machine.engine.dispose()
    for path in machine.folder.glob("x.db*"):
        path.write_bytes(b"the disk was full of this")
    assert machine.restore(copy) == 1
    assert "OVERSCHRIJVEN=ja" in capsys.readouterr().err
    assert machine.restore(copy, overschrijven="ja") == 0
    assert machine.records() == ["one"]


def test_database_that_somebody_still_writes_to_is_not_replaced(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = machine.backup()
    monkeypatch.setattr("api.backup.sqlite._BUSY_SECONDS", 0)
    machine.record("later")
    machine.engine.dispose()
    with closing(sqlite3.connect(machine.folder / "x.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert machine.restore(copy, overschrijven="ja") == 1
        assert "Stop wat de database nog gebruikt" in capsys.readouterr().err
    assert machine.records() == ["later"]


def test_server_that_cannot_be_reached_is_told(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://naam:geheim@127.0.0.1:{free_port()}/hulp")
    assert main(["maken", "--naar", str(machine.folder / "kopie")]) == 1
    said = capsys.readouterr().err
    assert "Controleer DATABASE_URL" in said
    assert "geheim" not in said


def test_missing_program_of_postgresql_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFault, match="apt-get install postgresql-client"):
        PostgreSQL("postgresql://127.0.0.1/hulp").put_back(tmp_path / "kopie")


def test_program_of_postgresql_that_fails_tells_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_restore"
    program.write_text("#!/bin/sh\necho first >&2\necho 'no such file' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(BackupFault, match="pg_restore is mislukt: no such file"):
        PostgreSQL("postgresql://127.0.0.1/hulp").put_back(tmp_path / "kopie")
