"""The coordinator's pages are for the coordinator, and hold nothing that is the owner's alone."""

import time
from collections.abc import Iterator

import pytest

from api.administration import pages, work_pages
from tests.api.lead_office import DAY, ONE, SECRETS, Office
from tests.api.portal_door import Browser, Door

HOME = "/portaal/beheer"


def addresses() -> Iterator[tuple[str, str]]:
    for router in (pages.router, work_pages.router):
        for route in router.routes:
            for method in route.methods:
                yield method, route.path.replace("{item}", "x")


ROUTES = sorted(addresses())


@pytest.fixture
def coordinator(door: Door) -> Browser:
    browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator", name="Cor"))
    return browser


@pytest.mark.parametrize("role", ["evenement", "werkgroep", "eigenaar"])
def test_every_route_refuses_other_roles(door: Door, role: str) -> None:
    browser = door.browser()
    browser.log_in(door.invite("eva@gemeente.example", role, initiatives=[ONE] if role == "eigenaar" else []))
    browser.confirm()
    token = browser.token("/portaal/passkey")
    for method, address in ROUTES:
        response = browser.get(address) if method == "GET" else browser.send(address, formulier=token)
        assert response.status_code == 403, (method, address)


def test_every_route_sends_who_is_not_logged_in_to_the_login(door: Door) -> None:
    browser = door.browser()
    for method, address in ROUTES:
        response = browser.get(address) if method == "GET" else browser.send(address)
        assert response.headers["location"].startswith("/portaal/inloggen"), (method, address)


def test_every_form_needs_its_token(coordinator: Browser) -> None:
    for method, address in ROUTES:
        if method == "POST":
            assert coordinator.send(address, formulier="x").status_code == 403, address


def test_no_page_has_contact_data(coordinator: Browser, door: Door) -> None:
    office, now = Office.behind(door), int(time.time())
    lead = office.lead(when=now - 30 * DAY)
    office.lead(when=now - 30 * DAY, email=None)
    office.deadlines.sweep(now)
    office.desk.open(office.viewer("anna"), lead, now)
    for method, address in ROUTES:
        if method == "GET":
            page = coordinator.get(address)
            assert page.status_code == 200, address
            assert not any(secret in page.text for secret in SECRETS), address


def test_every_page_can_be_reached_from_the_first(coordinator: Browser) -> None:
    start = coordinator.get(HOME).text
    for method, address in ROUTES:
        if method == "GET":
            assert address == HOME or f'href="{address}"' in start, address
