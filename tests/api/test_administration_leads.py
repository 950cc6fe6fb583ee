"""How leads go per initiative, for the coordinator."""

import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from api.administration.leads import OfInitiative, overview
from api.leads.working_days import local_day
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, NOW, ONE, OTHER, Office, at, world_in_which_it_ended
from tests.api.portal_door import Browser, Door

HOME = "/portaal/beheer"


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


def of(office: Office, initiative: str = ONE, now: int = NOW) -> OfInitiative:
    found = overview(office.engine, office.knowledge, now).initiatives
    return next(one for one in found if one.id == initiative)


def test_counts_what_is_open_waits_and_is_late(office: Office) -> None:
    office.lead(when=at("2026-11-19 09:00"))  # five working days ago
    office.lead(when=at("2026-11-20 09:00"))
    office.move(office.lead(when=at("2026-11-02 09:00")), "opgepakt")
    office.move(office.lead(when=at("2026-11-02 09:00")), "geen_plek")
    one = of(office)
    assert (one.open, one.waiting, one.late, one.closed) == (3, 2, 1, 1)
    assert one.oldest == date(2026, 11, 2)
    assert one.needs_attention


def test_lead_in_time_needs_no_attention(office: Office) -> None:
    office.lead(when=NOW)
    assert not of(office).needs_attention


def test_initiative_without_owner_needs_attention(office: Office) -> None:
    office.lead(when=NOW)
    office.leave("anna")
    assert not of(office).has_owner
    assert of(office).needs_attention
    office.invite("dirk", ONE)
    assert of(office).has_owner


def test_initiative_that_ended_needs_attention(office: Office) -> None:
    office.lead(when=NOW)
    office.knowledge = world_in_which_it_ended(office.knowledge)
    assert not of(office).running
    assert of(office).needs_attention


def test_what_needs_attention_comes_first(office: Office) -> None:
    office.lead(ONE, when=NOW)
    office.lead(OTHER, when=NOW - 20 * DAY)
    assert [one.id for one in overview(office.engine, office.knowledge, NOW).initiatives] == [OTHER, ONE]


def test_who_can_only_be_called_is_listed_after_ten_working_days(office: Office) -> None:
    office.lead(when=at("2026-11-12 09:00"), email=None)
    office.lead(when=at("2026-11-13 09:00"), email=None)
    office.lead(when=at("2026-11-12 09:00"))
    (to_call,) = overview(office.engine, office.knowledge, NOW).to_call
    assert (to_call.came, to_call.days) == (date(2026, 11, 12), 10)


def test_lead_that_was_not_confirmed_is_not_there(office: Office) -> None:
    office.lead(when=NOW)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("update lead set status = 'aangevraagd', confirmed_at = null")
    assert overview(office.engine, office.knowledge, NOW).initiatives == ()


@pytest.fixture
def coordinator(door: Door) -> Browser:
    browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator", name="Cor"))
    return browser


def test_page_tells_dates_and_status_and_that_numbers_are_exact(door: Door, coordinator: Browser) -> None:
    office, now = Office.behind(door), int(time.time())
    office.lead(when=now - 20 * DAY, email=None)
    page = coordinator.get(f"{HOME}/aanvragen").text
    day = door.app.state.parts.knowledge.texts.day(local_day(now) - timedelta(days=20))
    for part in ("KVK", "Nieuw", day, "Alleen telefoon", "Ze zijn precies, dus deel ze niet"):
        assert part in page, part


def test_first_page_tells_what_needs_attention(door: Door, coordinator: Browser) -> None:
    office, now = Office.behind(door), int(time.time())
    assert "Niets. Alles loopt." in coordinator.get(HOME).text
    office.lead(ONE, when=now - 20 * DAY)
    office.lead(OTHER, when=now)
    office.leave("bert")
    page = coordinator.get(HOME).text
    assert "Aanvragen die 5 werkdagen of langer wachten: 1." in page
    assert "heeft geen eigenaar, en wel open aanvragen: 1." in page


def test_first_page_tells_of_open_leads_of_what_ended(
    door: Door, coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, yesterday = door.app.state.parts, date.today() - timedelta(days=1)
    Office.behind(door).lead(ONE, when=int(time.time()))
    monkeypatch.setattr(
        door.app.state, "parts", replace(parts, knowledge=world_in_which_it_ended(parts.knowledge, yesterday))
    )
    assert "is gestopt, en heeft nog open aanvragen: 1." in coordinator.get(HOME).text
