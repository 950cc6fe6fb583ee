"""Bringing the database up to date: all or nothing, by one process, and never backwards."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from alembic.operations import Operations
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from analytics import database
from analytics.database import MigrationFailed, NewerDatabase, at_newest, migrate, newest_revision, open_database
from tests.api.both_databases import KINDS, empty_database
from tests.migrated import upgrade

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _really(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by a copy, as elsewhere."""
    monkeypatch.setattr(database, "_upgrade", upgrade)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return empty_database(request, tmp_path)


def tables(url: str) -> set[str]:
    engine = open_database(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_several_processes_that_start_at_once_all_find_it_up_to_date(url: str) -> None:
    command = [sys.executable, "-c", f"from analytics.database import migrate; migrate({url!r})"]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in started:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    engine = open_database(url)
    assert at_newest(engine)
    engine.dispose()


def test_migration_that_fails_half_way_leaves_nothing_behind_and_can_be_done_again(url: str) -> None:
    made = 0
    create = Operations.create_table  # type: ignore[attr-defined]

    def create_some(self: Operations, *arguments: Any, **more: Any) -> Any:
        nonlocal made
        made += 1
        if made > 5:
            raise OperationalError("create table", {}, Exception("disk is full"))
        return create(self, *arguments, **more)

    with (
        patch.object(Operations, "create_table", create_some),
        pytest.raises(MigrationFailed, match="niets veranderd"),
    ):
        migrate(url)
    assert made > 5
    assert tables(url) == set()
    migrate(url)
    assert "referral" in tables(url)


def test_database_of_a_newer_version_is_left_alone(url: str) -> None:
    migrate(url)
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="make restore"):
        migrate(url)
    with engine.begin() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == "9999"
        connection.execute(text("update alembic_version set version_num = :it"), {"it": newest_revision()})
    assert at_newest(engine)
    engine.dispose()
