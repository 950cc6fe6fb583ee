"""Accounts and links when many come at once, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.database import migrate, open_database
from api.portal.repository import PortalRepository, Visit

NOW = 1_800_000_000
EMAIL = "bas@gemeente.example"
AT_ONCE = 8


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    migrate(url)
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("delete from account"))
    yield engine
    engine.dispose()


def at_once(act: Callable[[int], bool]) -> list[bool]:
    together = threading.Barrier(AT_ONCE)

    def start(number: int) -> bool:
        together.wait()
        return act(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(start, range(AT_ONCE)))


def test_same_address_invited_at_once_is_one_account(engine: Engine) -> None:
    repository = PortalRepository(engine)
    new = at_once(lambda number: repository.invite(EMAIL, f"Bas {number}", "evenement"))
    assert new.count(True) == 1
    assert len(repository.people()) == 1


def test_link_used_at_once_opens_one_session(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "evenement")
    person = repository.find(EMAIL)
    assert person
    repository.add_link("link", person.id, "browser", NOW)
    opened = at_once(lambda number: repository.log_in("link", "browser", f"session {number}", NOW))
    assert opened.count(True) == 1
    assert repository.renew(f"session {opened.index(True)}", NOW) == Visit(person, confirmed=False)
    assert repository.renew(f"session {opened.index(False)}", NOW) is None


def test_withdrawn_account_keeps_no_link_and_no_session(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "evenement")
    person = repository.find(EMAIL)
    assert person
    for link in ("used", "left"):
        repository.add_link(link, person.id, "browser", NOW)
    repository.log_in("used", "browser", "session", NOW)
    assert repository.withdraw(EMAIL)
    assert not repository.withdraw(EMAIL)
    repository.invite(EMAIL, "Bas", "evenement")
    assert repository.renew("session", NOW) is None
    assert not repository.log_in("left", "browser", "other session", NOW)
    assert repository.sweep(NOW + 1_000_000) == 0


def test_link_that_was_made_while_the_account_was_withdrawn_opens_nothing(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "evenement")
    person = repository.find(EMAIL)
    assert person
    repository.withdraw(EMAIL)
    repository.add_link("link", person.id, "browser", NOW)
    assert repository.browser_of("link", NOW) is None
    assert not repository.log_in("link", "browser", "session", NOW)


def test_owner_is_found_by_initiative_while_the_account_is_open(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "eigenaar", {"spot035", "kvk"})
    repository.invite("anna@gemeente.example", "Anna", "eigenaar", {"spot035"})
    repository.invite("cor@gemeente.example", "Cor", "coordinator")
    assert [person.name for person in repository.owners_of("spot035")] == ["Anna", "Bas"]
    assert [person.name for person in repository.owners_of("kvk")] == ["Bas"]
    assert [person.name for person in repository.people_with("coordinator")] == ["Cor"]
    repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
    repository.withdraw("anna@gemeente.example")
    assert repository.owners_of("spot035") == []
    repository.invite(EMAIL, "Bas", "evenement")
    assert repository.owners_of("kvk") == []
