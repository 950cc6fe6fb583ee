"""A browser with the chat page in it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.widget.releases import newest
from tests.browser.host import Host
from tests.browser.tablet import Tablet, make_event
from tests.browser.widget import LAUNCHER, Widget
from tests.product.running import Product

HERE = Path(__file__).parent
# Without windows to draw, a page costs less than half.
CHROMIUMS = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
CHROMIUM = next((program for program in CHROMIUMS if program.exists()), CHROMIUMS[-1])
ARGUMENTS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = HERE / "node_modules/axe-core/axe.min.js"

expect.set_options(timeout=15_000)  # a busy machine is no fault of a page

OpenWidget = Callable[..., Widget]
OpenTablet = Callable[..., Tablet]
OpenBrowser = Callable[..., BrowserContext]


def missing(what: str, remedy: str) -> NoReturn:
    """Skip on a machine that lacks something; CI may not."""
    message = f"{what} is missing, so the pages are not tested in a browser. Remedy: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")  # an open Playwright keeps asyncio.run from working in other modules
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing(str(CHROMIUM), "apt-get install chromium-headless-shell, or chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[OpenBrowser]:
    """Opens a browser that knows nothing yet, without JavaScript and 1280x800 unless told."""
    contexts = []

    def opened(width: int = 1280, height: int = 800, *, script: bool = False, **more: Any) -> BrowserContext:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="nl-NL", java_script_enabled=script, **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def look(browser: Browser, size: tuple[int, int], more: dict[str, Any]) -> Iterator[Page]:
    """A page that axe-core can look at: scripts of tests run in it, though the page itself allows none."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale="nl-NL", bypass_csp=True, **more)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_widget(browser: Browser, product: Product) -> Iterator[OpenWidget]:
    """Opens a page with the widget in a browser that knows nothing yet, 1280x800 unless told."""
    contexts = []

    def opened(
        path: str = "/demo/geen", width: int = 1280, height: int = 800, *, launcher: str = LAUNCHER, **settings: Any
    ) -> Widget:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Widget(context.new_page(), product.url, launcher).visit(path)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def widget(open_widget: OpenWidget) -> Widget:
    return open_widget()


@pytest.fixture
def open_tablet(browser: Browser, product: Product) -> Iterator[OpenTablet]:
    """Opens the intake of an event (a new one unless told) on a tablet that knows nothing yet."""
    contexts = []

    def opened(code: str | None = None, width: int = 1024, height: int = 768, **settings: Any) -> Tablet:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Tablet(context.new_page(), product, code or make_event(product).event.code)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def host(product: Product) -> Iterator[Host]:
    """Another website, which the file of the demo site names."""
    release = newest()
    website = Host(product, release.address, release.integrity)
    path = product.sites / "demo.yaml"
    before = path.read_text()
    path.write_text(before.replace("herkomsten:\n", f"herkomsten:\n  - {website.origin}\n"))
    deadline = time.monotonic() + 5
    while product.http.get("/v1/sites/demo", headers={"Origin": website.origin}).status_code != 200:
        assert time.monotonic() < deadline, "the changed site file does not count"
        time.sleep(0.1)
    yield website
    path.write_text(before)
    website.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, installed when it is not there yet."""
    if not AXE.exists():
        npm = shutil.which("npm")
        if npm is None:
            missing("npm", "apt-get install npm")
        subprocess.run([npm, "ci", "--prefix", HERE], check=True)
    return AXE.read_text()
