"""Copying a database while others use it, and putting a copy in its place: the same for SQLite and PostgreSQL."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import make_url

from analytics.database import open_database
from api.backup.counting import count_rows
from api.backup.postgresql import PostgreSQL
from api.backup.sqlite import SQLite


class Database(Protocol):
    """How one kind of database is copied. `name` is of the kind, `file_name` of a copy."""

    name: str
    file_name: str

    def copy(self, target: Path, without: Collection[str]) -> Mapping[str, int]:
        """Copy to a file but for the rows of some tables, as all was at one moment. Returns the rows of each table.

        Raises BackupFault.
        """

    def put_back(self, source: Path) -> None:
        """Replace everything by a copy. Raises BackupFault."""


def database_at(url: str) -> Database:
    """The database at an address."""
    return SQLite(url) if make_url(url).get_backend_name() == "sqlite" else PostgreSQL(url)


def has_records(url: str) -> bool:
    """Whether anything is in a database that would be lost. Raises SQLAlchemyError when it cannot be read."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return False  # looking would make it
    engine = open_database(url)
    try:
        return any(count_rows(engine).values())
    finally:
        engine.dispose()
