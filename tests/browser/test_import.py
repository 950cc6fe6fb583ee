"""Import in a real browser, without JavaScript unless axe needs it, against the whole product."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.imports.files import intake, xlsx_file
from tests.browser.axe import findings
from tests.browser.login import logged_in_as
from tests.browser.looks import LIGHT_AND_DARK
from tests.product.running import Product

NOW = date.today()


@pytest.fixture(scope="module")
def logged_in(browser: Browser, product: Product) -> Any:
    return logged_in_as(browser, product, "Iris")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two firms that are right, one of which nobody knows what it does, and one that is wrong."""
    path = tmp_path / "intakes.xlsx"
    rows = [{}, {"Plaats": "Utrecht"}, {"Soort_bedrijf": "xqzw"}, {"Hulpvraag": "=1+1"}]
    path.write_bytes(xlsx_file([intake(Datum=NOW, **changes) for changes in rows]))
    return path


def states(page: Page, product: Product, file: Path) -> Iterator[str]:
    """Go through an import, from an event to what was taken."""
    code = product.event().event.code
    page.goto(f"{product.url}/portaal/evenementen/{code}")
    page.get_by_role("link", name="Lees intakes in").click()
    yield "choose"
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "no file"
    page.get_by_label("Bestand met intakes").set_input_files(file)
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit staat in je bestand")
    yield "looked at"
    page.get_by_role("button", name="Lees 3 rijen in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Soort bedrijf: xqzw")).to_be_focused()
    yield "not chosen yet"
    page.get_by_label("kapsalon").check()
    page.get_by_role("button", name="Kies zelf wat ik aanvinkte").click()
    page.get_by_label("Soort bedrijf: kapsalon").select_option("Weet ik niet")
    page.get_by_label("Soort bedrijf: xqzw").select_option("Weet ik niet")
    yield "chosen"
    page.get_by_role("button", name="Lees 3 rijen in").click()
    expect(page.get_by_role("status")).to_have_text("Ingelezen: 3 rijen.")
    yield "taken"


def test_file_is_looked_at_approved_and_taken(browser: Browser, product: Product, logged_in: Any, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=logged_in)
    page = context.new_page()
    assert list(states(page, product, file))[-1] == "taken"
    expect(page.get_by_role("row", name="=1+1")).to_contain_text("Hulpvraag")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de hele lijst (1 fout, CSV)").click()
    assert "'=1+1" in Path(download.value.path()).read_text("utf-8-sig")
    context.close()


@pytest.fixture(params=[pytest.param(one.values, marks=one.marks) for one in LIGHT_AND_DARK])
def looked_at(request: pytest.FixtureRequest, browser: Browser, logged_in: Any) -> Iterator[Page]:
    """A page that axe-core can look at: scripts of tests run in it, though the page itself allows none."""
    (width, height), scheme = request.param
    viewport: Any = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, storage_state=logged_in, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_accessible(looked_at: Page, product: Product, file: Path, axe: str) -> None:
    found: dict[str, list[str]] = {}
    for name in states(looked_at, product, file):
        found[name] = findings(looked_at, axe)
        assert looked_at.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, name
    assert found == {name: [] for name in ("choose", "no file", "looked at", "not chosen yet", "chosen", "taken")}
