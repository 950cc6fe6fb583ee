"""The database: SQLite in WAL mode under var/ by default, PostgreSQL through DATABASE_URL."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

DEFAULT_URL = "sqlite:///var/assistent.db"
BUSY_SECONDS = 5  # how long to wait for another writer, for a connection, or for a server that does not answer
MIGRATING_SECONDS = 120  # how long a start waits for another one that brings the database up to date
# Without a rowid SQLite keeps rows in the order of their random ids, so that their order tells nothing of time.
WITHOUT_ROWID = {"sqlite_with_rowid": False}
_MIGRATIONS = Path(__file__).parent / "migrations"


class Base(DeclarativeBase):
    """Base of every table of the product."""


class NewerDatabase(SQLAlchemyError):
    """The database was used by a newer version of the product; says what to do, in Dutch."""


class MigrationFailed(SQLAlchemyError):
    """Bringing the database up to date failed, and nothing was changed; says what to do, in Dutch."""


def what_is_wrong(error: Exception) -> str:
    """What an operator needs to know of a database, or of other data, that cannot be used.

    Of a database that is what a server or a disk says of itself, or we of its version. Of any other fault of it only
    the kind: the rest may hold data.
    """
    if isinstance(error, NewerDatabase | MigrationFailed) or not isinstance(error, SQLAlchemyError):
        return str(error)
    said = str(error.orig).splitlines() if isinstance(error, OperationalError) else []
    return said[0] if said else type(error).__name__


def open_database(url: str) -> Engine:
    """An engine for a database address. PostgreSQL is reached with psycopg, whichever way the address is written."""
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith("sqlite"):
        waiting = {"connect_timeout": BUSY_SECONDS}
        return create_engine(url, pool_pre_ping=True, pool_timeout=BUSY_SECONDS, connect_args=waiting)
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
    """Bring the database to the newest version; creates it when it is not there.

    All of it happens or nothing; of several processes at once one does it, and the others wait. Raises NewerDatabase
    and MigrationFailed.
    """
    engine = open_database(url)
    try:
        if at_newest(engine):
            return
        try:
            _upgrade(engine)
        except Exception as error:  # a step of ours or of the database: whatever it is, the operator needs the remedy
            raise MigrationFailed(
                f"Het bijwerken van de database is mislukt ({type(error).__name__}), en er is niets veranderd. Kijk of "
                "je er mag schrijven en of er ruimte op de schijf is, en start opnieuw. Helpt dat niet, zet dan de "
                "vorige versie van het product terug; die werkt met deze database."
            ) from error
    finally:
        engine.dispose()


def _upgrade(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        _in_one_transaction(engine)
    config = _config()
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def at_newest(engine: Engine) -> bool:
    """Whether the database is at the version that this code needs. Raises NewerDatabase for one that is beyond it."""
    found = revision(engine)
    if found is not None and found not in known_revisions():
        raise NewerDatabase(
            f"De database is van een nieuwere versie van het product ({found}). Er is niets veranderd. Start de nieuwe "
            "versie, of zet een kopie terug die met deze versie is gemaakt: make restore VAN=map"
        )
    return found == newest_revision()


def revision(engine: Engine) -> str | None:
    """The migration that the database is at; None for one that is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@lru_cache
def newest_revision() -> str:
    """The migration that this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


@lru_cache
def known_revisions() -> frozenset[str]:
    """Every migration that this code knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _in_one_transaction(engine: Engine) -> None:
    """Let SQLite change tables within a transaction, which Python's driver would not, and let one process do so."""

    def leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={MIGRATING_SECONDS * 1000}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    engine.dispose()  # the connections that are open begin as they did
    event.listen(engine, "connect", leave_transactions_to_us)
    event.listen(engine, "begin", begin)
