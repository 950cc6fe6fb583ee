"""The database: migrations say what the models say, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

import api.audit_log.models  # its tables belong to the same metadata, as those of the next ones
import api.conversations.models
import api.events.models
import api.imports.models
import api.intakes.models
import api.leads.models
import api.outbox.models
import api.owners.models
import api.portal.models
import api.webhooks.models  # noqa: F401
from analytics.database import BUSY_SECONDS, Base, NewerDatabase, migrate, open_database, what_is_wrong
from analytics.recording import Recorder
from knowledge.base import Knowledge
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, SOURCE, TODAY, referrals


def differences(url: str) -> list[object]:
    engine = open_database(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    return list(found)


def test_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    assert differences(url) == []


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    migrate(url)
    assert differences(url) == []


def test_records_of_an_earlier_version_get_a_rounding_key_each_and_keep_their_initiatives(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    recorder = Recorder(engine, knowledge)
    for number in range(3):
        source = replace(SOURCE, record=f"record-{number}")
        recorder.record_referral(source, ANSWERS, result(knowledge, ANSWERS, TODAY), TODAY)
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", "analytics/migrations")
    config.attributes["engine"] = open_database(url)
    command.downgrade(config, "0002")
    config.attributes["engine"].dispose()

    migrate(url)

    assert differences(url) == []
    engine = open_database(url)
    rows = referrals(engine)
    assert len({row.rounding_key for row in rows}) == len(rows) == 3
    with engine.connect() as connection:
        (kept,) = connection.execute(text("select count(distinct referral_id) from referred_initiative")).one()
    assert kept == 3
    engine.dispose()


def test_sqlite_writes_ahead_and_overwrites_what_is_deleted(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
        assert connection.execute(text("pragma secure_delete")).scalar() == 1
        assert connection.execute(text("pragma foreign_keys")).scalar() == 1
    engine.dispose()


def test_postgresql_gets_the_same_tables_and_records(postgresql: str, knowledge: Knowledge) -> None:
    migrate(postgresql)
    assert differences(postgresql) == []
    engine = open_database(postgresql)
    recorder = Recorder(engine, knowledge)
    recorder.record_referral(SOURCE, ANSWERS, result(knowledge, ANSWERS, TODAY), TODAY)
    recorder.record_stopped(SOURCE, "plan", date(2026, 11, 24))
    (row,) = referrals(engine)
    assert row.municipality == "GM1696"
    engine.dispose()


def test_nobody_waits_for_a_server_that_does_not_answer() -> None:
    asked: list[dict[str, object]] = []
    engine = open_database("postgresql://somebody@127.0.0.1:9/nothing")

    @event.listens_for(engine, "do_connect")
    def refuse(_dialect: object, _record: object, _positional: object, named: dict[str, object]) -> None:
        asked.append(named)
        raise OSError

    with pytest.raises(OSError):
        engine.connect()
    assert asked[0]["connect_timeout"] == BUSY_SECONDS
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.timeout() == BUSY_SECONDS


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://iemand:geheim@127.0.0.1:1/x", "Connection refused"),
        ("sqlite:////bestaat/niet/x.db", "unable to open database file"),
    ],
)
def test_database_that_cannot_be_reached_is_told_by_what_is_wrong(url: str, told: str) -> None:
    with pytest.raises(SQLAlchemyError) as raised:
        migrate(url)
    assert told in what_is_wrong(raised.value)
    assert "\n" not in what_is_wrong(raised.value)
    assert "geheim" not in what_is_wrong(raised.value)


def test_fault_about_data_is_told_by_its_kind_alone() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection, pytest.raises(IntegrityError) as raised:
        connection.execute(text("create table t (x text unique)"))
        for _ in range(2):
            connection.execute(text("insert into t values (:x)"), {"x": "geheim"})
    engine.dispose()
    assert what_is_wrong(raised.value) == "IntegrityError"


def test_newer_database_is_told_with_the_remedy() -> None:
    assert what_is_wrong(NewerDatabase("Start de nieuwe versie.")) == "Start de nieuwe versie."
