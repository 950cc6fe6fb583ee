"""The portal in a real browser, with JavaScript switched off unless axe needs it, against the whole product."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.database import open_database
from api.portal.repository import PortalRepository
from tests.browser.axe import findings
from tests.browser.conftest import OpenBrowser
from tests.browser.looks import LIGHT_AND_DARK, PHONE, page_width
from tests.browser.test_scan_form import tab_to
from tests.product.running import Product

COORDINATOR = "cor@gemeente.example"
MAIL_SECONDS = 10
LEAST_TARGET = 44  # CSS pixels


@pytest.fixture(scope="module")
def people(product: Product) -> PortalRepository:
    """The accounts: a coordinator, and two with names that need room."""
    engine = open_database(product.database_url)
    repository = PortalRepository(engine)
    repository.invite(COORDINATOR, "Cor van den Berg-Westerhuis", "coordinator")
    repository.invite("w" * 64 + "@een-heel-lange-naam-van-een-gemeente.example", "Wilhelmina " * 8, "werkgroep")
    repository.invite("eva@gemeente.example", "Eva", "evenement")
    return repository


def mailed_link(product: Product, before: int) -> str:
    """The link that the gateway printed after `before` others."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        links = re.findall(r"http://\S+/portaal/inloggen/link\S+", product.log("gateway"))
        if len(links) > before:
            return links[before]
        time.sleep(0.05)
    raise AssertionError("no link was mailed")


def ask(page: Page, product: Product, email: str = COORDINATOR, path: str = "/portaal/mensen") -> str:
    """Ask for a link on the login page, and give it."""
    before = product.log("gateway").count("/portaal/inloggen/link?")
    page.goto(product.url + path)
    page.get_by_label("Je mailadres").fill(email)
    page.get_by_role("button", name="Mail mij een link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mail")
    return mailed_link(product, before)


@pytest.fixture(scope="module")
def logged_in(browser: Browser, product: Product, people: PortalRepository) -> Any:
    """What a browser keeps in which the coordinator is logged in; logging in for every test would be too often."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(ask(page, product))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.mark.usefixtures("people")
def test_whole_login_by_keyboard_alone(open_browser: OpenBrowser, product: Product) -> None:
    context = open_browser()
    page = context.new_page()
    before = product.log("gateway").count("/portaal/inloggen/link?")
    page.goto(f"{product.url}/portaal/mensen")
    expect(page).to_have_url(re.compile("/portaal/inloggen"))
    tab_to(page, "#email")
    page.keyboard.type("Eva@Gemeente.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mail")

    mail = context.new_page()
    mail.goto(mailed_link(product, before))
    tab_to(mail, "button")
    mail.keyboard.press("Enter")
    expect(mail.get_by_role("heading", level=1)).to_have_text("Deze pagina is niet voor jou")  # not hers
    expect(mail.get_by_text("Ingelogd als Eva")).to_be_visible()
    (session,) = context.cookies()
    assert (session["name"], session["httpOnly"], session["sameSite"]) == ("portaal", True, "Lax")

    mail.get_by_role("button", name="Log uit").click()
    expect(mail.get_by_role("heading", level=1)).to_have_text("Inloggen")
    mail.goto(f"{product.url}/portaal/mensen")
    expect(mail.get_by_role("heading", level=1)).to_have_text("Inloggen")


@pytest.mark.usefixtures("people")
def test_link_in_another_browser_is_explained_and_still_works_in_the_first(
    open_browser: OpenBrowser, product: Product
) -> None:
    page, other = open_browser().new_page(), open_browser(*PHONE).new_page()
    link = ask(page, product)
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("Open de link in dezelfde browser")
    page.goto(link)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mensen")


def test_people_are_invited_and_withdrawn(open_browser: OpenBrowser, product: Product, logged_in: Any) -> None:
    page = open_browser(storage_state=logged_in).new_page()
    page.goto(f"{product.url}/portaal/mensen")
    page.get_by_label("Naam").fill("Bas Smit")
    page.get_by_label("Mailadres").fill("bas")
    page.get_by_label("Rol").select_option("Werkgroep")
    page.get_by_role("button", name="Nodig uit").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mailadres")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("@gemeente.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De uitnodiging is verstuurd.")
    expect(page.get_by_role("row", name="Bas Smit")).to_contain_text("bas@gemeente.example")

    page.get_by_role("button", name="Trek in voor Bas Smit").click()
    expect(page.get_by_role("status")).to_have_text("Deze persoon kan niet meer inloggen.")
    expect(page.get_by_text("bas@gemeente.example")).to_have_count(0)


@pytest.fixture
def looked_at(open_browser: OpenBrowser, logged_in: Any, size: tuple[int, int], scheme: str) -> Page:
    """A page that axe-core can look at: scripts of tests run in it, though the page itself allows none."""
    settings = {"script": True, "bypass_csp": True, "storage_state": logged_in, "color_scheme": scheme}
    return open_browser(*size, **settings).new_page()


def each_page(page: Page, product: Product) -> Iterator[str]:
    """Go from page to page, for who is logged in and then for who is not."""
    page.goto(f"{product.url}/portaal/mensen")
    yield "people"
    page.get_by_role("button", name="Nodig uit").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "people with faults"
    page.goto(f"{product.url}/portaal/bestaat-niet")
    yield "error"
    page.context.clear_cookies()
    page.goto(f"{product.url}/portaal/inloggen")
    yield "login"
    page.get_by_role("button", name="Mail mij een link").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "login with a fault"
    page.goto(f"{product.url}/portaal/inloggen/verstuurd")
    yield "mailed"
    page.goto(f"{product.url}/portaal/inloggen/link?sleutel=x")
    yield "link that is over"


@pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
def test_accessible(looked_at: Page, product: Product, axe: str) -> None:
    page = looked_at
    found = {name: findings(page, axe) for name in each_page(page, product)}
    assert len(found) == 7
    assert found == {name: [] for name in found}


def test_page_never_scrolls_sideways_and_everything_to_press_is_large_enough(
    open_browser: OpenBrowser, product: Product, logged_in: Any
) -> None:
    small = """least => [...document.querySelectorAll("button, select, .tekst, .menu a, main a.keuze, .samenvatting a")]
        .filter((node) => node.getBoundingClientRect().height < least).map((node) => node.textContent)"""
    page = open_browser(320, 640, script=True, storage_state=logged_in, bypass_csp=True).new_page()
    for name in each_page(page, product):
        assert page_width(page) == 320, name
        assert page.evaluate(small, LEAST_TARGET) == [], name


def test_wide_table_is_scrolled_by_keyboard(open_browser: OpenBrowser, product: Product, logged_in: Any) -> None:
    page = open_browser(*PHONE, script=True, storage_state=logged_in, bypass_csp=True).new_page()
    page.goto(f"{product.url}/portaal/mensen")
    tab_to(page, ".schuif")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.schuif').scrollLeft > 0")


def test_browser_has_nothing_to_complain_of(open_browser: OpenBrowser, product: Product, logged_in: Any) -> None:
    page = open_browser(script=True, storage_state=logged_in).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{product.url}/portaal/mensen")
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    assert complaints == []  # a violation of the Content-Security-Policy is one
