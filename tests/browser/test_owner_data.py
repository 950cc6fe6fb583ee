"""What owners tell of their initiative and what the coordinator does with it, in a real browser without JavaScript."""

import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from analytics.database import open_database
from api.owners.projection import Projection
from knowledge.base import load
from tests.browser.axe import findings
from tests.browser.login import logged_in_as
from tests.browser.looks import LIGHT_AND_DARK, page_width
from tests.product.running import Product

INITIATIVE = "earth-valley"  # nobody is referred there, so no other test meets what is changed here
LIVE_SECONDS = 3
HAND_IN, KEEP = re.compile("^Lever"), re.compile("^Bewaar|^Lever opnieuw in")


@pytest.fixture(scope="module", autouse=True)
def put_back(product: Product) -> Iterator[None]:
    """Leave the product as it was."""
    yield
    engine = open_database(product.database_url)
    with engine.begin() as connection:
        for table in ("initiative_state", "proposed_change", "questionnaire", "participant"):
            connection.execute(text(f"delete from {table} where initiative = '{INITIATIVE}'"))
    Projection(engine, load(), product.folder / "catalogue").write()
    engine.dispose()


@pytest.fixture(scope="module")
def owner(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Evelien", "eigenaar", initiatives=[INITIATIVE])


@pytest.fixture(scope="module")
def coordinator(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Corine", "coordinator")


def owner_states(page: Page, product: Product, costs: str) -> Iterator[str]:
    """Go through all that an owner does."""
    page.goto(f"{product.url}/portaal/initiatieven")
    yield "own initiatives"
    page.get_by_role("link", name="Bekijk de gegevens").click()
    yield "one initiative"
    page.get_by_role("button", name="Ja, alles klopt").click()
    expect(page.get_by_role("status")).to_contain_text("Dank je wel.")
    yield "confirmed"
    page.get_by_role("link", name="Nee, er is iets anders").click()
    page.get_by_text("Alleen in een paar gemeenten").click()
    yield "form"
    page.get_by_label("Wat het kost").fill(costs)
    page.get_by_label("Website").fill("geen adres")
    page.get_by_role("button", name="Stuur het voorstel").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "fault in the form"
    page.get_by_label("Website").fill("https://earthvalley.example")
    page.get_by_label("Opmerking voor de coördinator").fill("Vanaf januari")
    page.get_by_role("button", name="Stuur het voorstel").click()
    expect(page.get_by_text("Wacht op de coördinator").first).to_be_visible()
    yield "proposed"


def year_states(page: Page, product: Product) -> Iterator[str]:
    """Go through the yearly questions."""
    page.goto(f"{product.url}/portaal/initiatieven/{INITIATIVE}")
    page.get_by_role("link", name="Vragenlijst").last.click()
    yield "questions"
    page.get_by_label("Wat zat er tegen?").fill("Weinig tijd")
    page.get_by_label("Hoeveel ondernemers deden er mee?").fill("veel")
    page.get_by_role("button", name=HAND_IN).click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "fault in the answers"
    page.get_by_label("Hoeveel ondernemers deden er mee?").fill("900")
    page.get_by_label("Voor welke ondernemers was het?").fill("Winkels")
    page.get_by_role("button", name=KEEP).last.click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name="Bekijk de deelnemers").click()
    yield "firms"
    page.get_by_role("group", name="Bedrijf 1").get_by_label("Plaats").select_option("Zeist")
    page.get_by_role("group", name="Bedrijf 2").get_by_label("Sector").select_option("F")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("cell", name="F – Bouwnijverheid").first).to_be_visible()
    yield "firms added"
    faulty = b"Sector;Plaats;Aantal mensen;Digitaal niveau\nK;Nergenshuizen;-1;soms\n"
    page.get_by_label("Bestand met deelnemers").set_input_files(
        {"name": "deelnemers.csv", "mimeType": "text/csv", "buffer": faulty}
    )
    page.get_by_role("button", name="Lees het bestand in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "faults in a file"
    page.get_by_role("link", name="Wijzig nummer 1").click()
    yield "one firm"
    page.get_by_label("Digitaal niveau").select_option("adhoc")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_label("Haal nummer 2 weg").check()
    page.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_role("status")).to_have_text("De deelnemers zijn van de lijst gehaald.")
    page.get_by_role("link", name="Vragenlijst").click()
    page.get_by_role("button", name=HAND_IN).click()
    expect(page.get_by_text("Ingeleverd op")).to_be_visible()
    yield "handed in"


def coordinator_states(page: Page, product: Product) -> Iterator[str]:
    """Go through what the coordinator does."""
    page.goto(f"{product.url}/portaal/beheer/initiatieven")
    yield "all initiatives"
    page.get_by_role("link", name="Earth Valley").first.click()
    yield "proposal"
    page.get_by_role("button", name="Neem niet over").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "refused without a reason"
    page.get_by_role("button", name="Neem over").first.click()
    expect(page.get_by_role("status")).to_contain_text("Overgenomen.")
    yield "taken over"
    page.get_by_role("link", name="Verander de gegevens").click()
    yield "form of the coordinator"
    page.goto(f"{product.url}/portaal/vragenlijsten")
    yield "all questionnaires"
    page.get_by_role("link", name="Earth Valley").click()
    yield "answers to read"


def test_what_an_owner_proposes_reaches_entrepreneurs(
    browser: Browser, product: Product, owner: Any, coordinator: Any
) -> None:
    costs = f"{uuid4().int % 1000} euro"
    for kept, states in ((owner, owner_states), (coordinator, coordinator_states)):
        context = browser.new_context(java_script_enabled=False, storage_state=kept)
        more = (costs,) if states is owner_states else ()
        if states is coordinator_states:
            list(year_states(browser.new_context(java_script_enabled=False, storage_state=owner).new_page(), product))
        assert list(states(context.new_page(), product, *more))
        context.close()
    deadline = time.monotonic() + LIVE_SECONDS
    while product.http.get(f"/v1/initiatieven/{INITIATIVE}").json()["kosten"] != costs:
        assert time.monotonic() < deadline, "what was taken over does not count"
        time.sleep(0.1)


@pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
def test_every_state_is_accessible(
    browser: Browser,
    product: Product,
    owner: Any,
    coordinator: Any,
    *,
    axe: str,
    size: tuple[int, int],
    scheme: Any,
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    settings = {"viewport": viewport, "locale": "nl-NL", "color_scheme": scheme, "bypass_csp": True}
    mine = browser.new_context(storage_state=owner, **settings).new_page()
    theirs = browser.new_context(storage_state=coordinator, **settings).new_page()
    costs = f"{uuid4().int % 1000} euro"
    steps = (
        (mine, owner_states(mine, product, costs)),
        (mine, year_states(mine, product)),
        (theirs, coordinator_states(theirs, product)),
    )
    number = 0
    for page, states in steps:
        for state in states:
            assert findings(page, axe) == [], state
            assert page_width(page) <= size[0], state
            page.screenshot(path=f"var/portal/owner-{size[0]}-{scheme}-{number:02}.png", full_page=True)
            number += 1
    mine.context.close()
    theirs.context.close()
