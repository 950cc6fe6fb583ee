"""An event in the portal, in a real browser without JavaScript: made, printed, closed, and what came of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.scan_page import CODES
from tests.browser.axe import findings
from tests.browser.login import logged_in_as
from tests.browser.looks import LIGHT_AND_DARK, page_width
from tests.product.running import Product

FIRMS = 12


@pytest.fixture(scope="module")
def logged_in(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Eline")


def states(page: Page, product: Product) -> Iterator[str]:
    """Go through the life of an event."""
    page.goto(f"{product.url}/portaal/evenementen")
    page.get_by_role("link", name="Maak een evenement aan").click()
    yield "new"
    page.get_by_role("button", name="Maak het evenement aan").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "what is missing"
    page.get_by_label("Naam van het evenement").fill(f"Beurs {uuid4().hex[:6]}")
    page.get_by_label("Datum").fill(date.today().isoformat())
    page.get_by_label("Gemeente").select_option("Zeist")
    page.get_by_label("Organisator").fill("Gemeente Zeist")
    page.get_by_label("Namens welke site").select_option("Demonstratie")
    page.get_by_role("button", name="Maak het evenement aan").click()
    expect(page.get_by_role("status")).to_have_text("Het evenement staat klaar.")
    yield "made"
    code = page.locator("dl .code").inner_text()
    for _ in range(FIRMS):
        body = {"evenement": code, "antwoorden": CODES}
        product.http.post("/v1/intakes", json=body, headers={"Idempotency-Key": uuid4().hex}).raise_for_status()
    page.get_by_role("link", name="Naar de samenvatting").click()
    expect(page.get_by_text(f"{FIRMS} bedrijven deden tot nu toe de scan.")).to_be_visible()
    yield "before closing"
    page.get_by_role("button", name="Sluit het evenement af").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "not ticked"
    page.get_by_label("Alle intakes zijn binnen").check()
    page.get_by_role("button", name="Sluit het evenement af").click()
    expect(page.get_by_role("link", name="PDF")).to_be_visible()
    yield "summary"
    page.goto(f"{product.url}/portaal/evenementen/{code}")
    expect(page.get_by_text("Afgesloten op")).to_be_visible()
    yield "closed"
    page.goto(f"{product.url}/portaal/evenementen")
    yield "all events"


def test_event_from_its_making_to_its_summary(browser: Browser, product: Product, logged_in: Any) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=logged_in)
    page = context.new_page()
    seen = list(states(page, product))
    assert seen[-2:] == ["closed", "all events"]
    context.close()


def test_staff_key_of_the_page_and_the_address_of_the_poster_work(
    browser: Browser, product: Product, logged_in: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=logged_in)
    page = context.new_page()
    for state in states(page, product):
        if state == "made":
            break
    key, code = page.locator("p.code").inner_text(), page.locator("dl .code").inner_text()
    given = product.http.post(f"/v1/evenementen/{code}/aanmelding", json={"sleutel": key})
    assert given.status_code == 201
    assert product.http.get(f"/e/{code}").status_code == 303
    poster = context.request.get(f"{product.url}/portaal/evenementen/{code}/druk/poster.pdf?doel=formulier")
    assert poster.body().startswith(b"%PDF-")
    context.close()


@pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
def test_every_state_is_accessible(
    browser: Browser, product: Product, logged_in: Any, axe: str, *, size: tuple[int, int], scheme: Any
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(
        viewport=viewport, locale="nl-NL", storage_state=logged_in, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for number, state in enumerate(states(page, product)):
        assert findings(page, axe) == [], state
        assert page_width(page) <= size[0], state
        page.screenshot(path=f"var/portal/event-{size[0]}-{scheme}-{number}.png", full_page=True)
    context.close()
