"""The public page of figures and the page of reports in a real browser."""

import itertools
import threading
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from tests.api.dashboard import Board
from tests.browser.test_scan_form import findings
from tests.product.running import free_port
from tests.slow import mostly_slow

PATHS = ("/cijfers", "/portaal/cijfers/rapport")
PHONE, DESKTOP = (360, 640), (1280, 800)
# Light, dark and high contrast; each time two of them are looked at.
SCHEMES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
)
EACH_TIME = ((PHONE, SCHEMES[0]), (DESKTOP, SCHEMES[1]))
START_SECONDS = 10
RECORDS = 400


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are, with the releases of a quarter."""
    board = Board(tmp_path_factory.mktemp("figures"))
    board.fill(RECORDS, date(2026, 7, 1), date(2026, 9, 27))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(board.app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        assert time.monotonic() < deadline, "the pages are not served"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def look(browser: Browser, size: tuple[int, int], more: dict[str, Any]) -> Iterator[Page]:
    """A page that axe-core can look at, though the page itself allows no such script."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale="nl-NL", bypass_csp=True, **more)
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("size", "more"), mostly_slow(itertools.product((PHONE, DESKTOP), SCHEMES), *EACH_TIME))
def test_accessible(look: Page, address: str, path: str, axe: str) -> None:
    opened(look, address + path)
    expect(look.locator("table").first).to_be_visible()
    assert findings(look, axe) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
@pytest.mark.parametrize("more", [{}])
def test_page_never_scrolls_sideways(look: Page, address: str, path: str, size: tuple[int, int]) -> None:
    opened(look, address + path)
    assert look.evaluate("document.documentElement.scrollWidth") == size[0]


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
