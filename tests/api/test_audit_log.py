"""The log of who did and read what: only added to, and a change or gap in it shows."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from api.audit_log import log

WITHOUT_GUARD = {
    "sqlite": ("drop trigger audit_entry_no_change", "drop trigger audit_entry_no_removal"),
    "postgresql": ("alter table audit_entry disable trigger audit_entry_guard",),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    migrate(url)
    engine = open_database(url)
    if request.param == "postgresql":  # one server for all of these tests
        with engine.begin() as connection:
            connection.execute(text("alter table audit_entry disable trigger audit_entry_guard"))
            connection.execute(text("delete from audit_entry"))
            connection.execute(text("alter table audit_entry enable trigger audit_entry_guard"))
    yield engine
    engine.dispose()


def write(engine: Engine, *subjects: str) -> None:
    with Session(engine) as session, session.begin():
        for subject in subjects:
            log.write(session, who=log.SYSTEM, action="gelezen", subject=subject)


def first_fault(engine: Engine) -> int | None:
    with Session(engine) as session:
        return log.first_fault(session)


def unguarded(engine: Engine, statement: str) -> None:
    """Do what somebody does who is master of the database."""
    with engine.begin() as connection:
        for each in (*WITHOUT_GUARD[engine.dialect.name], statement):
            connection.execute(text(each))


def test_entries_are_numbered_and_hang_together(engine: Engine) -> None:
    write(engine, "een", "twee", "drie")
    with engine.connect() as connection:
        rows = connection.execute(text("select number, subject, previous, hash from audit_entry order by number")).all()
    assert [(row.number, row.subject) for row in rows] == [(1, "een"), (2, "twee"), (3, "drie")]
    assert [row.previous for row in rows] == ["", rows[0].hash, rows[1].hash]
    assert first_fault(engine) is None
    with Session(engine) as session:
        assert log.head(session) == (3, rows[2].hash)


def test_many_at_once_leave_no_gap(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(engine, str(number)), range(24)))
    assert first_fault(engine) is None
    with Session(engine) as session:
        assert log.head(session)[0] == 24


def test_what_is_not_done_is_not_written(engine: Engine) -> None:
    with Session(engine) as session:
        log.write(session, who=log.SYSTEM, action="gelezen", subject="een")
        session.rollback()
        assert log.head(session) == (0, "")


@pytest.mark.parametrize(
    "statement", ["update audit_entry set who = 'een ander' where number = 2", "delete from audit_entry"]
)
def test_database_itself_refuses_changes(engine: Engine, statement: str) -> None:
    write(engine, "een", "twee", "drie")
    with pytest.raises(DBAPIError, match="An entry of the log"), engine.begin() as connection:
        connection.execute(text(statement))
    assert first_fault(engine) is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update audit_entry set who = 'een ander' where number = 2", 2),
        ("update audit_entry set at = at - 1 where number = 3", 3),
        ("update audit_entry set reason = 'zomaar' where number = 1", 1),
        ("delete from audit_entry where number = 2", 3),
        ("update audit_entry set number = 9 where number = 3", 9),
    ],
)
def test_change_or_gap_shows(engine: Engine, statement: str, fault: int) -> None:
    write(engine, "een", "twee", "drie")
    unguarded(engine, statement)
    assert first_fault(engine) == fault


def test_entries_of_more_than_a_year_ago_go_and_the_rest_still_hangs_together(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = int(time.time())
    with monkeypatch.context() as long_ago:
        long_ago.setattr(log, "time", SimpleNamespace(time=lambda: now - log.KEEP_SECONDS - 10))
        write(engine, "een", "twee")
    write(engine, "drie")
    with Session(engine) as session, session.begin():
        assert log.forget(session) == 2
        assert log.forget(session) == 0
    assert first_fault(engine) is None
    write(engine, "vier")
    with Session(engine) as session:
        assert log.head(session)[0] == 4
    assert first_fault(engine) is None


def test_newest_entry_stays_however_old_it_is(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    now = int(time.time())
    with monkeypatch.context() as long_ago:
        long_ago.setattr(log, "time", SimpleNamespace(time=lambda: now - 2 * log.KEEP_SECONDS))
        write(engine, "een", "twee")
    with Session(engine) as session, session.begin():
        assert log.forget(session) == 1
        assert log.head(session)[0] == 2
