"""A copy of the database: made while others write, whole, without contact data unless asked, and put back once."""

import json
import os
import shutil
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, make_url, select, text
from sqlalchemy.orm import Session

from analytics.database import at_newest, open_database
from analytics.models import Referral
from analytics.recording import Recorder
from api.audit_log import log
from api.backup.__main__ import main
from api.backup.errors import BackupFault
from api.backup.postgresql import PostgreSQL
from api.leads.tombstones import Tombstones
from api.leads.vault import Vault
from knowledge.base import Knowledge
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, SOURCE, TODAY
from tests.api.both_databases import KINDS, empty_database
from tests.api.lead_office import SOMEBODY, Office
from tests.product.running import free_port

SEALED = ("lead", "lead_key", "outbox_item", "lead_link")


class Machine:
    """An installation that is not running, with its commands."""

    def __init__(self, folder: Path, url: str, knowledge: Knowledge) -> None:
        self.folder, self.url, self.knowledge = folder, url, knowledge
        self.office = Office.new(folder, knowledge, url)
        self.recorder = Recorder(self.engine, knowledge)

    @property
    def engine(self) -> Engine:
        return self.office.engine

    @property
    def vault(self) -> Vault:
        return self.office.vault

    def record(self, name: str) -> None:
        self.recorder.record_referral(
            replace(SOURCE, record=name), ANSWERS, result(self.knowledge, ANSWERS, TODAY), TODAY
        )

    def records(self) -> list[str]:
        engine = open_database(self.url)
        with Session(engine) as session:
            found = sorted(session.scalars(select(Referral.id)))
        engine.dispose()
        return found

    def count(self, table: str) -> int:
        engine = open_database(self.url)
        with engine.connect() as connection:
            found = connection.scalar(text(f"select count(*) from {table}"))
        engine.dispose()
        return found or 0

    def destroy(self) -> None:
        """Lose the disk that the database is on."""
        self.engine.dispose()
        if self.url.startswith("sqlite"):
            for path in self.folder.glob("x.db*"):
                path.unlink()
            return
        with self.engine.begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
        self.engine.dispose()

    def backup(self, name: str = "kopie", **options: str) -> Path:
        more = [word for option, value in options.items() for word in (f"--{option}", value)]
        assert main(["maken", "--naar", str(self.folder / name), *more]) == 0
        return self.folder / name

    def restore(self, source: Path, **options: str) -> int:
        self.engine.dispose()
        more = [word for option, value in options.items() for word in (f"--{option}", value)]
        return main(["terugzetten", "--van", str(source), *more])


on_both = pytest.mark.parametrize("machine", KINDS, indirect=True)


@pytest.fixture(params=KINDS[:1])
def machine(
    request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machine]:
    url = empty_database(request, tmp_path)
    for name, value in {
        "DATABASE_URL": url,
        "SECRETS_FOLDER": str(tmp_path / "secrets"),
        "ERASED_FOLDER": str(tmp_path / "erased"),
        "CATALOGUE_FOLDER": str(tmp_path / "catalogue"),
        "GATEWAY_PORT": str(free_port()),
        "RASA_PORT": str(free_port()),
        "ACTIONS_PORT": str(free_port()),
    }.items():
        monkeypatch.setenv(name, value)
    opened = Machine(tmp_path, url, knowledge)
    yield opened
    opened.engine.dispose()


@on_both
def test_copy_made_under_load_has_every_record_of_its_moment_once(machine: Machine) -> None:
    before = [f"before-{number}" for number in range(20)]
    for name in before:
        machine.record(name)
    written, full, stop = ["before-0"], threading.Event(), threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            machine.record(f"later-{number}")
            written.append(f"later-{number}")
            number += 1
            if number > 5:
                full.set()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        assert full.wait(30)
        first = list(written)
        copy = machine.backup()
    finally:
        stop.set()
        writer.join()
    machine.destroy()

    assert machine.restore(copy) == 0

    found = machine.records()
    assert len(found) == len(set(found))
    ours = [name for name in found if name.startswith(("before", "later"))]
    assert ours == found == sorted({*before, *first[1:], *ours})
    assert json.loads((copy / "manifest.json").read_text())["counts"]["referral"] == len(found)
    machine.record("after")
    assert "after" in machine.records()


@on_both
def test_copy_to_keep_has_no_contact_data_and_says_so(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    lead = machine.office.lead()
    box = machine.office.row(lead).box
    assert box is not None
    copy = machine.backup()
    assert "geen contactgegevens" in capsys.readouterr().out
    held = b"".join(path.read_bytes() for path in copy.iterdir())
    assert box not in held
    assert machine.vault.index(SOMEBODY.email or "").encode() not in held
    machine.destroy()
    assert machine.restore(copy) == 0
    assert [machine.count(table) for table in SEALED] == [0] * len(SEALED)
    assert machine.count("consent") == 1  # the proof of it stays
    assert machine.count("account") == 3
    assert "staan niet in deze kopie" in capsys.readouterr().out


@on_both
def test_copy_with_keys_brings_leads_back_but_not_those_erased_since(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, gone = machine.office.lead(email="blijft@bakkerij.example"), machine.office.lead()
    copy = machine.backup(sleutels="ja")
    assert "binnen 30 dagen" in capsys.readouterr().out
    machine.office.erase()
    Tombstones(machine.engine, machine.folder / "erased").note()
    machine.destroy()
    assert machine.restore(copy) == 0
    assert "en nu weer: 1." in capsys.readouterr().out
    assert machine.office.row(gone).box is None
    assert machine.office.row(gone).status == "ingetrokken"
    assert [what for _, what, _ in machine.office.log(gone)][-1] == "ingetrokken"
    with Session(machine.engine) as session:
        wrapped = session.execute(text("select lead from lead_key")).scalars().all()
        assert list(wrapped) == [kept]
        assert log.first_fault(session) is None


def test_database_that_can_still_be_read_tells_what_was_erased_since(machine: Machine) -> None:
    gone = machine.office.lead()
    copy = machine.backup(sleutels="ja")
    machine.office.erase()  # and nobody had the time to note it elsewhere
    assert machine.restore(copy, overschrijven="ja") == 0
    assert machine.office.row(gone).box is None


@on_both
def test_both_commands_say_which_database_it_was(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.record("a")
    where = make_url(machine.url).render_as_string()
    copy = machine.backup()
    assert f"Gekopieerd: {where}." in capsys.readouterr().out
    machine.destroy()
    assert machine.restore(copy) == 0
    assert f"Teruggezet in: {where}." in capsys.readouterr().out


@on_both
def test_records_are_not_overwritten_unless_asked(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    copy = machine.backup()
    machine.record("later")
    assert machine.restore(copy) == 1
    assert "OVERSCHRIJVEN=ja" in capsys.readouterr().err
    assert machine.records() == ["later"]
    assert machine.restore(copy, overschrijven="ja") == 0
    assert machine.records() == []


def test_tables_of_postgresql_that_others_use_are_not_replaced(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.backup.postgresql._LOCK_SECONDS", 1)
    engine = open_database(postgresql)
    with engine.begin() as connection:
        connection.execute(text("create table used (number integer)"))
    database = PostgreSQL(postgresql)
    database.copy(tmp_path / "kopie", ())
    with engine.begin() as other:
        other.execute(text("insert into used values (1)"))
        with pytest.raises(BackupFault, match="er is niets veranderd"):
            database.put_back(tmp_path / "kopie")
    with engine.begin() as connection:
        assert connection.scalar(text("select number from used")) == 1
        connection.execute(text("drop table used"))
    engine.dispose()


def test_password_of_postgresql_is_not_among_the_arguments(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$PGPASSWORD" "$@" > {tmp_path}/given\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    PostgreSQL(postgresql.replace("postgres@", "postgres:geheim@")).copy(tmp_path / "kopie", ())
    password, _, arguments = (tmp_path / "given").read_text().partition(" ")
    assert password == "geheim"
    assert "--dbname=postgresql://postgres@" in arguments
    assert "geheim" not in arguments


def test_damaged_copy_is_refused_before_anything_changes(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.record("one")
    copy = machine.backup()
    file = next(copy.glob("database.*"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert machine.restore(copy, overschrijven="ja") == 1
    assert file.name in capsys.readouterr().err
    assert machine.records() == ["one"]


def test_log_that_was_tampered_with_is_reported(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.office.lead()
    with machine.engine.begin() as connection:
        connection.execute(
            text(
                "insert into audit_entry select 9, at, who, action, subject, reason, '', hash "
                "from audit_entry where number = 1"
            )
        )
    copy = machine.backup()
    assert machine.restore(copy, overschrijven="ja") == 1
    assert "Het logboek klopt niet vanaf regel 9" in capsys.readouterr().err


def test_secrets_come_along_only_when_asked_and_for_nobody_else_to_read(machine: Machine) -> None:
    assert not (machine.backup("zonder") / "secrets").exists()
    copy = machine.backup("met", geheimen="ja")
    files = sorted((copy / "secrets").iterdir())
    assert [path.name for path in files] == ["lead-index-key", "lead-keys"]
    for path in (*files, next(copy.glob("database.*"))):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700
    before = files[1].read_text()
    shutil.rmtree(machine.folder / "secrets")
    assert machine.restore(copy, overschrijven="ja") == 0
    assert (machine.folder / "secrets" / "lead-keys").read_text() == before


def test_copy_of_an_older_version_is_brought_up_to_date(machine: Machine) -> None:
    config = Config()
    config.set_main_option("script_location", "analytics/migrations")
    config.attributes["engine"] = machine.engine
    machine.record("one")
    command.downgrade(config, "-1")
    copy = machine.backup()
    machine.destroy()
    assert machine.restore(copy) == 0
    engine = open_database(machine.url)
    assert at_newest(engine)
    engine.dispose()
    assert machine.records() == ["one"]


def test_copy_that_fails_half_way_is_no_copy(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "manifest.json")

    monkeypatch.setattr("api.backup.manifest.write", full)
    assert main(["maken", "--naar", str(machine.folder / "kopie")]) == 1
    assert [path.name for path in machine.folder.iterdir() if "kopie" in path.name] == []


def test_copy_may_go_to_a_folder_that_is_empty(machine: Machine) -> None:
    (machine.folder / "kopie").mkdir()
    copy = machine.backup()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700
    assert machine.restore(copy, overschrijven="ja") == 0


def test_copy_does_not_replace_what_is_there(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    copy = machine.backup()
    assert main(["maken", "--naar", str(copy)]) == 1
    assert "Kies een map die er nog niet is" in capsys.readouterr().err
