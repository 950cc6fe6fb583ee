"""Passkeys when many come at once, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from api.passkeys.repository import Key, PasskeyRepository, StepUp
from api.portal.repository import PortalRepository
from tests.api.both_databases import KINDS, at_once, open_empty

NOW = 1_800_000_000
EMAIL = "olga@initiatief.example"
AT_ONCE = 8


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from open_empty(request, tmp_path)


@pytest.fixture
def account(engine: Engine) -> str:
    """An owner who is logged in as often as something happens at once."""
    people = PortalRepository(engine)
    people.invite(EMAIL, "Olga", "eigenaar", {"kvk"})
    for number in range(AT_ONCE):
        people.open_session(EMAIL, f"session {number}", NOW, confirmed=False)
    person = people.find(EMAIL)
    assert person
    return person.id


def key(number: int = 0, count: int = 0) -> Key:
    return Key(f"key {number}", b"public", count, "Telefoon", made_at=NOW, last_used_at=None)


def step(number: int) -> StepUp:
    return StepUp(f"session {number}", f"new session {number}", NOW)


def confirmed(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("select count(second_factor_at) from portal_session")).scalar_one())


def test_first_passkey_is_one_however_many_are_made_at_once(engine: Engine, account: str) -> None:
    passkeys = PasskeyRepository(engine)
    made = at_once(lambda number: passkeys.add(account, key(number), step(number), first=True))
    assert made.count(True) == 1
    assert len(passkeys.keys_of(account)) == confirmed(engine) == 1


def test_challenge_is_taken_once(engine: Engine, account: str) -> None:
    passkeys = PasskeyRepository(engine)
    passkeys.set_challenge("session 0", "bevestigen", b"sign this", NOW)
    taken = at_once(lambda _: passkeys.take_challenge("session 0", "bevestigen", NOW))
    assert sorted(taken, key=bool) == [None] * (AT_ONCE - 1) + [b"sign this"]


def test_same_count_confirms_one_session(engine: Engine, account: str) -> None:
    passkeys = PasskeyRepository(engine)
    passkeys.add(account, key(count=5), step(0), first=True)
    sessions = ["new session 0", *(f"session {number}" for number in range(1, AT_ONCE))]
    used = at_once(lambda number: passkeys.use(account, "key 0", 6, StepUp(sessions[number], f"n{number}", NOW)))
    assert used.count(True) == 1
    assert passkeys.keys_of(account)[0].sign_count == 6


def test_session_that_is_over_confirms_nothing_and_counts_nothing(engine: Engine, account: str) -> None:
    passkeys = PasskeyRepository(engine)
    passkeys.add(account, key(count=5), step(0), first=True)
    assert not passkeys.use(account, "key 0", 6, StepUp("made up", "new", NOW))
    assert passkeys.keys_of(account)[0].sign_count == 5
    late = StepUp("session 1", "new", NOW + 30 * 60)
    assert not passkeys.use(account, "key 0", 6, late)
    assert not passkeys.add(account, key(1), late, first=False)
    assert len(passkeys.keys_of(account)) == 1


def test_last_one_stays_however_many_are_removed_at_once(engine: Engine, account: str) -> None:
    passkeys = PasskeyRepository(engine)
    for number in range(AT_ONCE):
        assert passkeys.add(account, key(number), step(number), first=number == 0)
    removed = at_once(lambda number: passkeys.remove(account, f"key {number}", "new session 0"))
    assert removed.count(None) == 1
    assert len(passkeys.keys_of(account)) == 1
