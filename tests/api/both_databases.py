"""The same test on SQLite and on PostgreSQL: an empty database of each."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

KINDS = ("sqlite", "postgresql")


def empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of an empty database of the kind that the fixture is asked for."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'x.db'}"
    address, name = request.getfixturevalue("postgresql"), f"x{uuid4().hex}"
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return str(address.rpartition("/")[0] + f"/{name}")
