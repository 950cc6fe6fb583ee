"""Databases of tests: the migrations make the first, and the others are copies of it."""

import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from analytics import database

upgrade = database._upgrade


def copied_or_upgraded(engine: Engine) -> None:
    """Bring a database to the newest version; what is empty and SQLite becomes a copy, which takes a tenth."""
    if engine.dialect.name != "sqlite" or database.revision(engine) is not None:
        upgrade(engine)
        return
    with engine.connect() as connection:
        _first().backup(connection.connection.driver_connection)


@lru_cache(maxsize=1)
def _first() -> sqlite3.Connection:
    first = sqlite3.connect(":memory:", check_same_thread=False)
    with tempfile.TemporaryDirectory() as folder:
        engine = database.open_database(f"sqlite:///{Path(folder) / 'first.db'}")
        upgrade(engine)
        with engine.connect() as connection:
            connection.connection.driver_connection.backup(first)
        engine.dispose()
    return first
