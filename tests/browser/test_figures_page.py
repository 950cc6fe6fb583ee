"""The public page of figures and the page of reports in a real browser."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.dashboard import Board
from tests.api.served import served_alone
from tests.browser.axe import findings
from tests.browser.looks import DESKTOP, LOOKS, PHONE, page_width

PATHS = ("/cijfers", "/portaal/cijfers/rapport")
RECORDS = 400


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are, with the releases of a quarter."""
    board = Board(tmp_path_factory.mktemp("figures"))
    board.fill(RECORDS, date(2026, 7, 1), date(2026, 9, 27))
    with served_alone(board.app) as address:
        yield address


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("size", "more"), LOOKS)
def test_accessible(look: Page, address: str, path: str, axe: str) -> None:
    opened(look, address + path)
    expect(look.locator("table").first).to_be_visible()
    assert findings(look, axe) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
@pytest.mark.parametrize("more", [{}])
def test_page_never_scrolls_sideways(look: Page, address: str, path: str, size: tuple[int, int]) -> None:
    opened(look, address + path)
    assert page_width(look) == size[0]


def test_browser_has_nothing_to_complain_of(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if "favicon" not in message.location["url"] else None
    )
    for path in PATHS:
        page.goto(address + path)
    assert context.cookies() == []
    assert complaints == []  # a violation of the Content-Security-Policy is one
    context.close()


@pytest.mark.parametrize("size", [DESKTOP])
@pytest.mark.parametrize("more", [{"java_script_enabled": False}])
def test_report_is_a_link_away_without_script(look: Page, address: str) -> None:
    look.goto(f"{address}/portaal/cijfers/rapport")
    with look.expect_download() as download:
        look.get_by_role("link", name="Excel van september 2026").first.click()
    assert download.value.suggested_filename == "rapport-2026-09.xlsx"
