"""The same test on SQLite and on PostgreSQL: an empty database of each."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from analytics.database import migrate, open_database
from tests.postgresql import new_database

KINDS = ("sqlite", "postgresql")
T = TypeVar("T")


def empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of an empty database of the kind that the fixture is asked for."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'x.db'}"
    return new_database(request.getfixturevalue("postgresql_server"))


def open_empty(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """An empty database of the kind that the fixture is asked for, up to date, until the test is over."""
    url = empty_database(request, folder)
    migrate(url)
    engine = open_database(url)
    yield engine
    engine.dispose()


def at_once(act: Callable[[int], T], times: int = 8) -> list[T]:
    """What comes of it when several do something at the same moment, each with a number of its own."""
    together = Barrier(times)

    def start(number: int) -> T:
        together.wait()
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(start, range(times)))
