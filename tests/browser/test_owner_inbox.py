"""The inbox of an owner in a real browser without JavaScript, by keyboard, on a phone, and with two owners at once."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.base import Knowledge
from tests.api.lead_office import DAY, ONE, OTHER, SECRETS, Office
from tests.browser.axe import findings
from tests.browser.login import logged_in_as
from tests.browser.looks import DESKTOP, LIGHT_AND_DARK, PHONE, page_width
from tests.browser.test_scan_form import tab_to
from tests.product.running import Product

LIST = "/portaal/aanvragen"
LEAST_TARGET = 44  # CSS pixels


@pytest.fixture(scope="module")
def office(product: Product, knowledge: Knowledge) -> Iterator[Office]:
    office = Office.of_product(product, knowledge)
    yield office
    office.engine.dispose()


@pytest.fixture(scope="module")
def oda(browser: Browser, product: Product) -> Any:
    """An owner, confirmed with a passkey."""
    return logged_in_as(browser, product, "Oda", "eigenaar", initiatives=[ONE], confirmed=True)


@pytest.fixture(scope="module")
def piet(browser: Browser, product: Product) -> Any:
    """Another owner of the same initiative."""
    return logged_in_as(browser, product, "Piet", "eigenaar", initiatives=[ONE], confirmed=True)


@pytest.fixture(scope="module")
def quinn(browser: Browser, product: Product) -> Any:
    """The owner of another initiative."""
    return logged_in_as(browser, product, "Quinn", "eigenaar", initiatives=[OTHER], confirmed=True)


@pytest.fixture(scope="module")
def coordinator(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Romy", "coordinator")


def new_lead(office: Office, **more: Any) -> str:
    return office.lead(when=int(time.time()) - more.pop("days", 0) * DAY, **more)


def visit(browser: Browser, kept: Any, size: tuple[int, int] = DESKTOP, **settings: Any) -> Page:
    settings = {"java_script_enabled": False, "locale": "nl-NL"} | settings
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, storage_state=kept, **settings)
    context.set_default_timeout(10_000)
    return context.new_page()


def test_lead_from_the_list_to_its_end_by_keyboard_alone(
    browser: Browser, product: Product, office: Office, oda: Any
) -> None:
    lead = new_lead(office)
    page = visit(browser, oda)
    page.goto(product.url + LIST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    tab_to(page, f'a[href="{LIST}/{lead}"]')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jan de Wit")).to_be_visible()
    tab_to(page, f'form[action$="{lead}/stap/opgepakt"] button')
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De aanvraag staat op opgepakt.")
    tab_to(page, f'a[href="{LIST}/{lead}/stap/afgerond"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rond af")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#verder")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De aanvraag is afgerond. Bedankt voor het doorgeven.")
    assert (office.row(lead).status, office.row(lead).helped) == ("afgerond", True)
    page.context.close()


def test_two_owners_at_once_overwrite_nothing(
    browser: Browser, product: Product, office: Office, *, oda: Any, piet: Any
) -> None:
    lead = new_lead(office)
    first, second = visit(browser, oda), visit(browser, piet)
    for page in (first, second, first):  # reading it marks it once
        page.goto(f"{product.url}{LIST}/{lead}")
    first.get_by_role("button", name="Er was contact").click()
    expect(first.get_by_role("status")).to_have_text("Genoteerd: er was contact.")
    second.get_by_role("button", name="Ik krijg geen gehoor").click()
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_role("alert")).to_contain_text("Intussen gewijzigd")
    expect(second.get_by_text("Contact gehad")).to_be_visible()
    assert office.row(lead).status == "contact"
    for page in (first, second):
        page.context.close()


def test_withdrawal_while_the_page_is_open_is_explained(
    browser: Browser, product: Product, office: Office, oda: Any
) -> None:
    lead = new_lead(office)
    page = visit(browser, oda, PHONE)
    page.goto(f"{product.url}{LIST}/{lead}")
    office.erase()
    page.get_by_role("button", name="Ik pak dit op").click()
    expect(page.get_by_text("De ondernemer heeft deze aanvraag ingetrokken.")).to_be_visible()
    page.get_by_role("link", name="Bekijk de hele aanvraag").click()
    expect(page.get_by_text("De gegevens zijn gewist. Neem geen contact meer op.")).to_be_visible()
    assert not any(secret in page.content() for secret in SECRETS)
    page.context.close()


def test_owner_of_another_initiative_sees_nothing(
    browser: Browser, product: Product, office: Office, *, oda: Any, quinn: Any
) -> None:
    lead = new_lead(office)
    page = visit(browser, quinn)
    page.goto(product.url + LIST)
    expect(page.locator(f'a[href$="{lead}"]')).to_have_count(0)
    for path in (f"{LIST}/{lead}", f"{LIST}/{lead}/stap/opgepakt"):
        response = page.goto(product.url + path)
        assert response is not None
        assert response.status == 404
        assert not any(secret in page.content() for secret in SECRETS)
    mine = visit(browser, oda)
    mine.goto(f"{product.url}{LIST}/{lead}")
    expect(mine.get_by_text("Jan de Wit")).to_be_visible()
    for one in (page, mine):
        one.context.close()


def test_list_and_card_are_downloaded(browser: Browser, product: Product, office: Office, oda: Any) -> None:
    lead = new_lead(office)
    page = visit(browser, oda)
    page.goto(product.url + LIST)
    page.get_by_label("Waar is het bestand voor?").select_option("HubSpot")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de lijst").click()
    content = download.value.path().read_text("utf-8-sig")
    assert content.startswith("First Name;Last Name;Email;Phone Number;")
    assert lead in content
    page.goto(f"{product.url}{LIST}/{lead}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Visitekaartje (vCard)").click()
    assert download.value.path().read_text().startswith("BEGIN:VCARD\n")
    page.context.close()


def owner_states(page: Page, product: Product, office: Office) -> Iterator[str]:
    """Go from page to page of an owner."""
    lead = new_lead(office, days=9, note="Graag na tienen.\n" + "Ik heb een heel lange vraag. " * 12)
    new_lead(office, email=None)
    page.goto(product.url + LIST)
    yield "list"
    page.locator(f'a[href="{LIST}/{lead}"]').click()
    yield "lead"
    page.get_by_role("link", name="Rond af").click()
    yield "finishing"
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "finishing with a fault"
    page.get_by_label("Nee, niet verder").check()
    office.move(lead, "contact", now=int(time.time()), name="piet")
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_role("alert")).to_contain_text("Intussen gewijzigd")
    yield "changed in between"
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_role("status")).to_be_visible()
    yield "closed"
    office.erase()
    page.reload()
    expect(page.get_by_text("heeft deze aanvraag ingetrokken")).to_be_visible()
    yield "withdrawn"
    page.goto(f"{product.url}{LIST}?stand=gesloten")
    yield "closed list"


def coordinator_states(page: Page, product: Product, office: Office) -> Iterator[str]:
    """Go from page to page of the coordinator."""
    new_lead(office, days=30, email=None)
    page.goto(f"{product.url}/portaal/beheer")
    yield "beheer"
    for part in ("aanvragen", "taken", "bewaren", "logboek", "uitgaven", "sites"):
        page.locator(f'a[href="/portaal/beheer/{part}"]').last.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield part
        page.get_by_role("link", name="Beheer", exact=True).last.click()
    page.goto(f"{product.url}/portaal/beheer/logboek")
    page.get_by_role("button", name="Controleer het logboek").click()
    expect(page.get_by_role("status")).to_contain_text("Het logboek klopt.")
    yield "logboek-gecontroleerd"


@pytest.mark.usefixtures("piet")
@pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
def test_every_state_is_accessible(
    browser: Browser,
    product: Product,
    office: Office,
    *,
    oda: Any,
    coordinator: Any,
    axe: str,
    size: tuple[int, int],
    scheme: Any,
) -> None:
    small = """least => [...document.querySelectorAll("button, select, .tekst, main a.keuze, .samenvatting a")]
        .filter((node) => node.getBoundingClientRect().height < least).map((node) => node.textContent)"""
    for kept, states in ((oda, owner_states), (coordinator, coordinator_states)):
        page = visit(browser, kept, size, java_script_enabled=True, bypass_csp=True, color_scheme=scheme)
        for state in states(page, product, office):
            assert findings(page, axe) == [], state
            assert page_width(page) <= size[0], state
            assert page.evaluate(small, LEAST_TARGET) == [], state
            name = re.sub(r"\W+", "-", state)
            page.screenshot(path=f"var/portal/leads-{size[0]}-{scheme}-{name}.png", full_page=True)
        page.context.close()
