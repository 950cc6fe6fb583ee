"""The page about the interface in a real browser: for everybody, on a phone, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import OpenBrowser
from tests.browser.looks import page_width
from tests.product.running import Product

PATH = "/v1/docs"
PHONE, DESKTOP = (360, 640), (1280, 800)


def opened(open_browser: OpenBrowser, product: Product, size: tuple[int, int], **more: Any) -> Page:
    page = open_browser(*size, **more).new_page()
    page.goto(product.url + PATH)
    return page


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("more", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_accessible(
    open_browser: OpenBrowser, product: Product, axe: str, size: tuple[int, int], more: dict[str, str]
) -> None:
    page = opened(open_browser, product, size, script=True, bypass_csp=True, **more)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    expect(page.locator("h4").first).to_be_visible()
    assert findings(page, axe) == []


@pytest.mark.parametrize("size", [(320, 640), PHONE])
def test_page_never_scrolls_sideways(open_browser: OpenBrowser, product: Product, size: tuple[int, int]) -> None:
    page = opened(open_browser, product, size, script=True, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    assert page_width(page) == size[0]


def test_examples_open_without_script(open_browser: OpenBrowser, product: Product) -> None:
    page = opened(open_browser, product, PHONE)
    example = page.locator("details").first
    expect(example.locator("pre").first).to_be_hidden()
    example.locator("summary").click()
    expect(example.locator("pre").first).to_contain_text("curl")
    page.get_by_role("link", name="Verouderd").first.click()
    expect(page.get_by_role("heading", name="Verouderd", exact=True)).to_be_in_viewport()
