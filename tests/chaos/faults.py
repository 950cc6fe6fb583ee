"""What can go wrong, and how it is made to. A fault is lifted by itself; nobody mends anything."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.disk import filled
from tests.chaos.house import CLOCK, PARTS, House
from tests.chaos.processes import standing_still

SHORTEST_STOP_SECONDS, LONGEST_STOP_SECONDS = 1.0, 12.0  # a turn may take ten
FULL_SECONDS = 4.0
SLOW_SECONDS = 6.0
STALL_SECONDS, BETWEEN_STALLS_SECONDS = 0.6, 0.15
MOST_HOURS = 20.0  # a conversation is kept for 24

Chance = random.Random
Happening = AbstractContextManager[None]


@dataclass(frozen=True)
class Fault:
    """One kind of fault. `happen` does it, and lasts as long as it does; `why_not` says why it cannot be done."""

    name: str
    happen: Callable[[House, Chance], Happening]
    why_not: Callable[[House], str | None] = lambda _house: None


def _killing(*parts: str) -> Callable[[House, Chance], Happening]:
    @contextmanager
    def happen(house: House, _chance: Chance) -> Iterator[None]:
        house.kill(*parts)
        yield

    return happen


def _stopping(part: str) -> Callable[[House, Chance], Happening]:
    @contextmanager
    def happen(house: House, chance: Chance) -> Iterator[None]:
        with standing_still(house.processes(part)):
            time.sleep(chance.uniform(SHORTEST_STOP_SECONDS, LONGEST_STOP_SECONDS))
        yield

    return happen


@contextmanager
def _killed_database(house: House, _chance: Chance) -> Iterator[None]:
    assert house.postgres
    house.postgres.kill()
    yield


@contextmanager
def _stopped_database(house: House, chance: Chance) -> Iterator[None]:
    assert house.postgres
    with standing_still(house.postgres.processes()):
        time.sleep(chance.uniform(SHORTEST_STOP_SECONDS, LONGEST_STOP_SECONDS))
    yield


@contextmanager
def _killed_redis(house: House, _chance: Chance) -> Iterator[None]:
    assert house.redis
    house.redis.kill()
    yield


@contextmanager
def _full_disk(house: House, _chance: Chance) -> Iterator[None]:
    with filled(house.var):
        time.sleep(FULL_SECONDS)
    yield


@contextmanager
def _slow_disk(house: House, _chance: Chance) -> Iterator[None]:
    """Everything that has to be written waits, again and again."""
    until = time.monotonic() + SLOW_SECONDS
    while time.monotonic() < until:
        with standing_still(house.postgres.processes()) if house.postgres else _locked(house.var / "assistent.db"):
            time.sleep(STALL_SECONDS)
        time.sleep(BETWEEN_STALLS_SECONDS)
    yield


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    connection = sqlite3.connect(database, isolation_level=None, timeout=10)
    try:
        connection.execute("begin immediate")
        yield
    finally:
        connection.close()


def _jumping(direction: int) -> Callable[[House, Chance], Happening]:
    @contextmanager
    def happen(house: House, chance: Chance) -> Iterator[None]:
        house.set_clock(direction * chance.uniform(1, MOST_HOURS))
        try:
            yield
        finally:
            house.set_clock(0)

    return happen


def _needs_postgresql(house: House) -> str | None:
    return None if house.postgres else "SQLite has no server"


def _needs_redis(house: House) -> str | None:
    return None if house.redis else "needs PostgreSQL and Redis: apt-get install redis-server"


def _needs_disk(house: House) -> str | None:
    return None if house.var.is_mount() else "needs the right to mount a small disk: run as root"


def _needs_clock(_house: House) -> str | None:
    return None if CLOCK.exists() else "needs libfaketime: apt-get install libfaketime"


FAULTS = (
    Fault("kill -9 Rasa", _killing("rasa")),
    Fault("kill -9 actions", _killing("actions")),
    Fault("kill -9 gateway", _killing("gateway")),
    Fault("kill -9 all three", _killing(*PARTS)),
    Fault("kill -9 database", _killed_database, _needs_postgresql),
    Fault("kill -9 Redis", _killed_redis, _needs_redis),
    Fault("Rasa hangs", _stopping("rasa")),
    Fault("actions hang", _stopping("actions")),
    Fault("gateway hangs", _stopping("gateway")),
    Fault("database hangs", _stopped_database, _needs_postgresql),
    Fault("full disk", _full_disk, _needs_disk),
    Fault("slow disk", _slow_disk),
    Fault("clock forward", _jumping(1), _needs_clock),
    Fault("clock back", _jumping(-1), _needs_clock),
)
