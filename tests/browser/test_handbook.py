"""What the handbooks show and name is still there; and the handbooks are pages that everybody can read."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.handbook.reading import PICTURES
from tests.browser.axe import findings
from tests.browser.conftest import OpenBrowser
from tests.browser.handbook import SHOTS, stage
from tests.browser.looks import page_width
from tests.docs.documents import DUTCH
from tests.product.running import Product

PHONE, DESKTOP = (360, 640), (1280, 800)
PAGES = ["/handboek", *(f"/handboek/{path.stem}" for path in DUTCH if path.stem != "index")]


@pytest.mark.parametrize("name", SHOTS)
def test_what_a_picture_shows_is_there(browser: Browser, product: Product, tmp_path: Path, name: str) -> None:
    with stage(browser, product, tmp_path) as made:
        assert SHOTS[name](made).title()
    assert (PICTURES / f"{name}.png").exists(), "make screenshots"


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_handbooks_are_accessible_and_fit(
    open_browser: OpenBrowser, product: Product, axe: str, *, size: tuple[int, int], scheme: str
) -> None:
    page = open_browser(*size, script=True, bypass_csp=True, color_scheme=scheme).new_page()
    for path in PAGES:
        page.goto(product.url + path)
        assert findings(page, axe) == [], path
        assert page_width(page) == size[0], path


def test_pictures_load_and_links_between_handbooks_work(open_browser: OpenBrowser, product: Product) -> None:
    page = open_browser(script=True).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{product.url}/handboek")
    page.get_by_role("link", name="Evenementen").click()
    expect(page.get_by_role("heading", name="De intake op een tablet")).to_be_visible()
    for picture in page.get_by_role("img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
        assert picture.get_attribute("alt")
    page.get_by_role("link", name="zo werkt inloggen").click()
    expect(page).to_have_url(f"{product.url}/handboek/werkgroep#inloggen")
    expect(page.get_by_role("heading", name="Inloggen")).to_be_in_viewport()
    assert complaints == []
