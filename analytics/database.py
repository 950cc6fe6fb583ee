"""The database: SQLite in WAL mode under var/ by default, PostgreSQL through DATABASE_URL."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase

DEFAULT_URL = "sqlite:///var/assistent.db"
BUSY_SECONDS = 5  # how long a writer waits for another before it gives up
# Without a rowid SQLite keeps rows in the order of their random ids, so that their order tells nothing of time.
WITHOUT_ROWID = {"sqlite_with_rowid": False}
_MIGRATIONS = Path(__file__).parent / "migrations"


class Base(DeclarativeBase):
    """Base of every table of the product."""


def open_database(url: str) -> Engine:
    """An engine for a database address. PostgreSQL is reached with psycopg, whichever way the address is written."""
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is forgotten is overwritten, not only unlinked
    cursor.close()


def migrate(url: str) -> None:
    """Bring the database to the newest version; creates it when it is not there."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    engine = config.attributes["engine"] = open_database(url)
    try:
        command.upgrade(config, "head")
    finally:
        engine.dispose()
