"""Accounts and links when many come at once, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from api.owners.models import ProposedChange
from api.portal.repository import PortalRepository, Visit
from api.webhooks.models import ApiToken
from tests.api.both_databases import KINDS, at_once, open_empty

NOW = 1_800_000_000
EMAIL = "bas@gemeente.example"
DAY = 24 * 3600


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from open_empty(request, tmp_path)


def leave_a_trace(engine: Engine, account: str) -> None:
    """Let something refer to an account."""
    proposed = insert(ProposedChange).values(
        id="1",
        initiative="kvk",
        account=account,
        fields={},
        note="",
        made_on=date.today(),
        state="voorgesteld",
        answer="",
    )
    with engine.begin() as connection:
        connection.execute(proposed)


def make_token(engine: Engine, account: str, initiative: str) -> None:
    made = {"token_hash": initiative, "initiative": initiative, "name": "x", "made_by": account, "made_at": NOW}
    with engine.begin() as connection:
        connection.execute(insert(ApiToken), made)


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
    assert repository.withdraw(EMAIL, NOW)
    assert not repository.withdraw(EMAIL, NOW)
    repository.invite(EMAIL, "Bas", "evenement")
    assert repository.renew("session", NOW) is None
    assert not repository.log_in("left", "browser", "other session", NOW)
    assert repository.sweep(NOW + 1_000_000) == 0


def test_link_that_was_made_while_the_account_was_withdrawn_opens_nothing(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "evenement")
    person = repository.find(EMAIL)
    assert person
    leave_a_trace(engine, person.id)
    repository.withdraw(EMAIL, NOW)
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
    repository.withdraw("anna@gemeente.example", NOW)
    assert repository.owners_of("spot035") == []
    repository.invite(EMAIL, "Bas", "evenement")
    assert repository.owners_of("kvk") == []


def test_tokens_hold_while_who_made_them_looks_after_the_initiative(engine: Engine) -> None:
    repository = PortalRepository(engine)
    repository.invite(EMAIL, "Bas", "eigenaar", {"spot035", "kvk"})
    person = repository.find(EMAIL)
    assert person
    for initiative in ("spot035", "kvk"):
        make_token(engine, person.id, initiative)
    left = text("select initiative from api_token order by initiative")
    repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
    with engine.connect() as connection:
        assert connection.execute(left).scalars().all() == ["kvk"]
    repository.withdraw(EMAIL, NOW)
    with engine.connect() as connection:
        assert connection.execute(left).scalars().all() == []


class TestWithdrawn:
    def test_account_that_nothing_refers_to_is_deleted_at_once(self, engine: Engine) -> None:
        repository = PortalRepository(engine)
        repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
        repository.withdraw(EMAIL, NOW)
        assert repository.people() == []
        with engine.connect() as connection:
            assert connection.execute(text("select * from account_initiative")).all() == []

    def test_account_that_something_refers_to_loses_name_and_address_after_30_days(self, engine: Engine) -> None:
        repository = PortalRepository(engine)
        repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
        person = repository.find(EMAIL)
        assert person
        leave_a_trace(engine, person.id)
        repository.withdraw(EMAIL, NOW)
        assert repository.sweep(NOW + 30 * DAY - 1) == 0
        assert repository.find(EMAIL)
        assert repository.sweep(NOW + 30 * DAY) == 1
        (left,) = repository.people()
        assert left.id == person.id
        assert "Bas" not in left.name
        assert "bas" not in left.email
        assert repository.sweep(NOW + 30 * DAY) == 0

    def test_account_is_deleted_once_nothing_refers_to_it_any_more(self, engine: Engine) -> None:
        repository = PortalRepository(engine)
        repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
        person = repository.find(EMAIL)
        assert person
        leave_a_trace(engine, person.id)
        repository.withdraw(EMAIL, NOW)
        with engine.begin() as connection:
            connection.execute(text("delete from proposed_change"))
        assert repository.sweep(NOW + 1) == 1
        assert repository.people() == []

    def test_account_that_is_opened_again_is_kept(self, engine: Engine) -> None:
        repository = PortalRepository(engine)
        repository.invite(EMAIL, "Bas", "eigenaar", {"kvk"})
        person = repository.find(EMAIL)
        assert person
        leave_a_trace(engine, person.id)
        repository.withdraw(EMAIL, NOW)
        assert repository.invite(EMAIL, "Bas", "werkgroep")
        assert repository.sweep(NOW + 60 * DAY) == 0
        assert [found.id for found in repository.people_with("werkgroep")] == [person.id]
