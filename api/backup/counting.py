"""How many rows there are, so that a copy can be compared with what it was made of."""

from sqlalchemy import Connection, Engine, MetaData, func, select

_OF_THE_MIGRATIONS = "alembic_version"


def tables_of(connection: Connection) -> MetaData:
    """All tables that are there, also those that this version of the product does not know."""
    found = MetaData()
    found.reflect(connection)
    return found


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table has, as a connection sees it."""
    tables = tables_of(connection).tables
    return {
        name: connection.scalar(select(func.count()).select_from(tables[name])) or 0
        for name in sorted(tables)
        if name != _OF_THE_MIGRATIONS
    }


def count_rows(engine: Engine) -> dict[str, int]:
    """How many rows each table of a database has."""
    with engine.connect() as connection:
        return counted(connection)
