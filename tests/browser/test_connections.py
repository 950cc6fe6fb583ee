"""Owners connect their software, and coordinators read the mails of a demonstration, in a real browser."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from standardwebhooks.webhooks import Webhook as Verifier

from knowledge.base import Knowledge
from tests.api.lead_office import ONE, SOMEBODY, Office
from tests.api.receivers import running
from tests.browser.axe import findings
from tests.browser.login import logged_in_as
from tests.browser.looks import page_width
from tests.product.running import Product

CONNECTIONS, MAIL = "/portaal/koppelingen", "/portaal/mail"
Open = Callable[..., Page]
PHONE, DESKTOP = (360, 640), (1280, 800)
PAGES = (CONNECTIONS, MAIL, f"{MAIL}/sjablonen/ontvangstbewijs")
PATIENCE = 30  # seconds


@pytest.fixture(scope="module")
def owner(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Kaatje", "eigenaar", initiatives=[ONE], confirmed=True)


@pytest.fixture(scope="module")
def coordinator(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Coen", "coordinator", confirmed=True)


@pytest.fixture(scope="module")
def kept(owner: Any, coordinator: Any) -> dict[str, Any]:
    """What the browser keeps of who may see a page."""
    return {path: owner if path == CONNECTIONS else coordinator for path in PAGES}


def visit(
    browser: Browser, product: Product, kept: Any, path: str, size: tuple[int, int] = DESKTOP, **settings: Any
) -> Page:
    settings = {"java_script_enabled": False, "locale": "nl-NL"} | settings
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, storage_state=kept, **settings)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(product.url + path)
    return page


@pytest.fixture
def open_page(browser: Browser, product: Product, kept: dict[str, Any]) -> Iterator[Open]:
    """Opens a page as who may see it."""
    opened = []

    def open_one(path: str, size: tuple[int, int], **settings: Any) -> Page:
        opened.append(visit(browser, product, kept[path], path, size, **settings))
        return opened[-1]

    yield open_one
    for page in opened:
        page.context.close()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_owner_connects_software_which_hears_of_leads_and_fetches_one(
    browser: Browser, product: Product, knowledge: Knowledge, owner: Any
) -> None:
    with running() as receiver:
        page = visit(browser, product, owner, CONNECTIONS)
        page.get_by_label("Initiatief", exact=True).select_option(ONE)
        page.get_by_label("Adres van je software").fill(f"http://127.0.0.1:{receiver.port}/haak")
        page.get_by_role("button", name="Voeg toe").click()
        secret = page.locator("[role=status] code").inner_text()
        page.get_by_role("button", name="Stuur een proefbericht").click()
        wait_until(lambda: len(receiver.came) == 1)
        body, headers = receiver.came[0]
        assert Verifier(secret).verify(body, headers)["type"] == "webhook.test"
        wait_until(lambda: bool(page.goto(product.url + CONNECTIONS)) and page.get_by_text("Aangekomen").count() == 1)

        page.get_by_label("Initiatief van de sleutel").select_option(ONE)
        page.get_by_label("Naam, zoals je software heet").fill("Klantsysteem")
        page.get_by_role("button", name="Maak een sleutel").click()
        token = page.locator("[role=status] code").inner_text()
        office = Office.of_product(product, knowledge)
        lead = office.lead(when=int(time.time()))
        office.engine.dispose()
        wait_until(lambda: len(receiver.came) == 2)
        message = Verifier(secret).verify(*receiver.came[1])
        assert (message["type"], message["data"]["id"]) == ("lead.created", lead)
        given = httpx2.get(message["data"]["url"], headers={"Authorization": f"Bearer {token}"}).json()
        assert given["contact"]["email"] == SOMEBODY.email

        page.goto(product.url + CONNECTIONS)
        page.get_by_role("button", name="Verwijder").click()
        expect(page.get_by_role("status")).to_have_text("De koppeling is verwijderd.")
        page.context.close()


def test_coordinator_reads_a_mail_that_was_not_sent(browser: Browser, product: Product, coordinator: Any) -> None:
    page = visit(browser, product, None, "/portaal/inloggen")
    page.get_by_label("Je mailadres").fill("coen@gemeente.example")
    page.get_by_role("button", name="Mail mij een link").click()
    page.context.close()
    page = visit(browser, product, coordinator, MAIL)
    row = page.get_by_role("row").filter(has_text="coen@gemeente.example")
    wait_until(lambda: bool(page.goto(product.url + MAIL)) and row.count() > 0)
    row.first.get_by_role("link").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Hallo Coen,")).to_be_visible()
    expect(page.locator(".mail-tekst")).to_contain_text("Hallo Coen,")
    link = page.locator("#links-kop + ul a").first
    assert link.inner_text() == frame.get_by_role("link", name="Log in").get_attribute("href")
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_and_are_accessible(open_page: Open, axe: str, path: str, size: tuple[int, int]) -> None:
    for scheme in ("light", "dark"):
        page = open_page(path, size, color_scheme=scheme, java_script_enabled=True)
        if path == CONNECTIONS:
            page.get_by_label("Initiatief", exact=True).select_option(ONE)
            page.get_by_label("Adres van je software").fill("http://127.0.0.1:9999/een/heel/lang/pad/naar/de/software")
            page.get_by_role("button", name="Voeg toe").click()
            expect(page.get_by_text(re.compile("Het geheim van je koppeling"))).to_be_visible()
            page.get_by_role("button", name="Nieuw geheim").first.click()
        assert page_width(page) <= size[0]
        # Into the frame, in which nothing may run, axe cannot look; the next test does.
        assert [found for found in findings(page, axe) if "frame-tested" not in found] == []
        if path == CONNECTIONS:
            page.get_by_role("button", name="Verwijder").first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mail_is_readable_in_light_and_dark(open_page: Open, axe: str, scheme: str) -> None:
    page = open_page(MAIL, PHONE, color_scheme=scheme, java_script_enabled=True)
    page.route("**/html", _without_policy)
    page.goto(f"{page.url}/sjablonen/alternatief/html")
    assert findings(page, axe) == []
    assert page_width(page) <= PHONE[0]


def _without_policy(route: Any) -> None:
    """The same page as a mail program shows it: without what our own frame forbids, which stops axe too."""
    response = route.fetch()
    headers = {name: value for name, value in response.headers.items() if name != "content-security-policy"}
    route.fulfill(response=response, headers=headers)
