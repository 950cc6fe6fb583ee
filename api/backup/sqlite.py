"""Copying SQLite with its own backup, which sees one moment and holds nobody up."""

import sqlite3
import time
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from api.backup.counting import count_rows
from api.backup.errors import BackupFault

_BUSY_SECONDS = 30
_BESIDE = ("", "-wal", "-shm", "-journal")  # the files of one database


class SQLite:
    """The database in a file."""

    name = "sqlite"
    file_name = "database.sqlite3"

    def __init__(self, url: str) -> None:
        """Take the address."""
        self._path = Path(make_url(url).database or "")

    def copy(self, target: Path, without: Collection[str]) -> Mapping[str, int]:
        """Copy to a file, as api.backup.databases says. Raises BackupFault."""
        try:
            _copy(self._path, target)
            with closing(sqlite3.connect(target)) as connection:
                _leave_out(connection, without)
        except sqlite3.Error as error:
            raise BackupFault(
                f"De kopie is niet gemaakt ({error}). Kijk of er ruimte op de schijf is en of de database heel is."
            ) from error
        return _count(target)

    def put_back(self, source: Path) -> None:
        """Replace everything by a copy; a file that is no database goes. Raises BackupFault."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if self._path.exists() and not _is_database(self._path):
                for ending in _BESIDE:
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            _copy(source, self._path)
        except (sqlite3.Error, OSError) as error:
            raise BackupFault(
                f"De kopie is niet teruggezet ({error}). Stop wat de database nog gebruikt, kijk of er ruimte op de "
                "schijf is, en probeer het opnieuw."
            ) from error


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=_BUSY_SECONDS)) as from_here,
        closing(sqlite3.connect(target, timeout=_BUSY_SECONDS)) as to_there,
    ):
        since = time.monotonic()

        def give_up(status: int, _remaining: int, _total: int) -> None:
            """Without this it would be tried for as long as somebody writes."""
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() - since > _BUSY_SECONDS:
                raise sqlite3.OperationalError("database is locked")

        from_here.backup(to_there, progress=give_up)


def _leave_out(connection: sqlite3.Connection, tables: Collection[str]) -> None:
    """Delete the rows of tables from a copy, down to the bytes."""
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA secure_delete=ON")
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in sorted(present.intersection(tables)):
        connection.execute(f"DELETE FROM {name}")  # noqa: S608  # names of our own tables
    connection.commit()
    connection.execute("VACUUM")


def _is_database(path: Path) -> bool:
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    return False


def _count(path: Path) -> dict[str, int]:
    engine = create_engine(f"sqlite:///{path}")  # not in WAL mode, so that a copy stays one file
    try:
        return count_rows(engine)
    finally:
        engine.dispose()
