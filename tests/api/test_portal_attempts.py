"""Tries are counted exactly, also when many come at once, on SQLite and on PostgreSQL."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from api.leads.keys import KeyRing
from api.leads.vault import Vault
from api.portal.attempts import Attempts, network, remaining
from api.settings import Settings
from tests.api.both_databases import KINDS, open_empty

HOUR = 3600
NOW = 1_800_003_600  # the first second of an hour


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from open_empty(request, tmp_path)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(KeyRing(Settings(secrets_folder=tmp_path / "secrets")))


def test_many_at_once_are_allowed_as_often_as_the_limit_says(engine: Engine, vault: Vault) -> None:
    workers = [Attempts(engine, vault.index), Attempts(engine, vault.index)]
    with ThreadPoolExecutor(12) as pool:
        allowed = list(pool.map(lambda n: workers[n % 2].allow("link", "anna", 5, HOUR, NOW), range(80)))
    assert allowed.count(True) == 5
    with engine.connect() as connection:
        assert connection.execute(text("select count from attempt")).scalars().all() == [80]


def test_kinds_subjects_and_hours_are_counted_apart(engine: Engine, vault: Vault) -> None:
    attempts = Attempts(engine, vault.index)
    assert attempts.allow("link", "anna", 1, HOUR, NOW)
    assert not attempts.allow("link", "anna", 1, HOUR, NOW + HOUR - 1)
    assert attempts.allow("link", "bas", 1, HOUR, NOW)
    assert attempts.allow("sleutel", "anna", 1, HOUR, NOW)
    assert attempts.allow("link", "anna", 1, HOUR, NOW + HOUR)


def test_subject_is_not_stored_and_its_hash_differs_from_hour_to_hour(engine: Engine, vault: Vault) -> None:
    attempts = Attempts(engine, vault.index)
    for now in (NOW, NOW + HOUR):
        attempts.allow("link", "anna@gemeente.example", 5, HOUR, now)
    with engine.connect() as connection:
        rows = connection.execute(text("select * from attempt")).all()
    assert "anna" not in repr(rows)
    assert len({row.subject_hash for row in rows}) == 2


def test_hash_is_not_found_by_trying(engine: Engine, vault: Vault, tmp_path: Path) -> None:
    """There are few networks: who has the database and not the key must not find one by trying them all."""
    other = Vault(KeyRing(Settings(secrets_folder=tmp_path / "other")))
    for pseudonym in (vault.index, other.index):
        Attempts(engine, pseudonym).allow("link", "192.0.2.0/24", 5, HOUR, NOW)
    with engine.connect() as connection:
        hashes = set(connection.execute(text("select subject_hash from attempt")).scalars())
    tried = hashlib.sha256(f"link\n{NOW // HOUR}\n192.0.2.0/24".encode()).hexdigest()
    assert len(hashes) == 2
    assert tried not in hashes


def test_sweep_deletes_windows_that_are_over(engine: Engine, vault: Vault) -> None:
    attempts = Attempts(engine, vault.index)
    attempts.allow("link", "anna", 5, HOUR, NOW)
    attempts.allow("link", "anna", 5, HOUR, NOW + HOUR)
    assert attempts.sweep(NOW + HOUR - 1) == 0
    assert attempts.sweep(NOW + HOUR) == 1
    assert not attempts.allow("link", "anna", 1, HOUR, NOW + HOUR)


@pytest.mark.parametrize(("now", "left"), [(NOW, 3600), (NOW + 1, 3599), (NOW + 3599, 1)])
def test_what_remains_of_a_window(now: int, left: int) -> None:
    assert remaining(HOUR, now) == left


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", "onbekend"),
        (None, "onbekend"),
    ],
)
def test_network_of_an_address(host: str | None, found: str) -> None:
    assert network(host) == found
