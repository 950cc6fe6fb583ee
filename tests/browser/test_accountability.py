"""The documents by which a public body accounts for itself, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.accountability.documents import DOCUMENTS
from tests.api.served import gateway
from tests.browser.axe import findings
from tests.browser.conftest import OpenBrowser
from tests.browser.looks import DESKTOP, OF_FEW, PHONE, page_width

PATHS = ("/verantwoording", *(document.address for document in DOCUMENTS))
SHOTS = Path("var/verantwoording")
# The spacing that WCAG 1.4.12 has a reader set.
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gateway(tmp_path_factory.mktemp("accountability")) as settings:
        yield f"http://127.0.0.1:{settings.gateway_port}"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@pytest.mark.parametrize(("size", "more"), OF_FEW)
def test_accessible(
    open_browser: OpenBrowser, address: str, axe: str, size: tuple[int, int], more: dict[str, Any]
) -> None:
    page = open_browser(*size, script=True, bypass_csp=True, **more).new_page()
    SHOTS.mkdir(parents=True, exist_ok=True)
    for path in PATHS:
        opened(page, address + path)
        assert findings(page, axe) == [], path
        name = "-".join([path.strip("/").replace("/", "-"), str(size[0]), *more.values()])
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
def test_page_never_scrolls_sideways(open_browser: OpenBrowser, address: str, size: tuple[int, int]) -> None:
    page = open_browser(*size, script=True, bypass_csp=True).new_page()
    for path in PATHS:
        opened(page, address + path)
        assert page_width(page) == size[0], path
        page.add_style_tag(content=SPACING)
        assert page_width(page) == size[0], f"{path} with more space"


def test_wide_table_is_scrolled_by_keyboard(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser(*PHONE, script=True, bypass_csp=True).new_page()
    page.goto(f"{address}/verantwoording/uitleg")
    frame = page.get_by_role("group", name="Voorbeeld van een korte scan")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_from_the_chat_to_a_document_and_its_file_without_script(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser(*PHONE).new_page()
    page.goto(address)
    page.get_by_role("navigation", name="Over deze hulp").get_by_role("link", name="Hoe het werkt").click()
    page.get_by_role("link", name="Uitleg van de score", exact=True).first.click()
    expect(page.get_by_role("heading", name="Uitleg van de score")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als tekst").click()
    assert download.value.suggested_filename == "uitleg.md"


def test_browser_has_nothing_to_complain_of_and_nothing_to_keep(open_browser: OpenBrowser, address: str) -> None:
    context = open_browser(*DESKTOP, script=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS:
        page.goto(address + path)
        assert page.locator("script").count() == 0
    assert complaints == []  # a violation of the Content-Security-Policy is one
    assert context.cookies() == []
