"""The pages of initiatives in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.database import migrate
from api.app import create_app
from api.settings import Settings
from tests.api.served import served_alone
from tests.browser.axe import findings
from tests.browser.looks import DESKTOP, PHONE, page_width

PATHS = (
    "/initiatieven?woorden=veilig&plaats=Amersfoort",
    "/initiatieven?woorden=zweefvliegen",
    "/initiatieven/cybernetwerk-utrecht",
    "/initiatieven/smart-industry-hub",
    "/initiatieven/bestaat-niet",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are."""
    url = f"sqlite:///{tmp_path_factory.mktemp('initiatives') / 'x.db'}"
    migrate(url)
    with served_alone(create_app(Settings(database_url=url))) as address:
        yield address


@pytest.mark.parametrize(
    ("size", "more"),
    [(PHONE, {"color_scheme": "dark"}), (DESKTOP, {"color_scheme": "light"}), (PHONE, {"forced_colors": "active"})],
)
def test_accessible_and_never_wider_than_the_screen(look: Page, address: str, size: tuple[int, int], axe: str) -> None:
    for path in PATHS:
        look.goto(address + path)
        look.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        assert findings(look, axe) == [], path
        assert page_width(look) == size[0], path


@pytest.mark.parametrize(("size", "more"), [(PHONE, {"java_script_enabled": False})])
def test_looked_for_without_script_and_with_the_keyboard(look: Page, address: str) -> None:
    look.goto(f"{address}/initiatieven")
    look.get_by_label("Woorden").fill("cyberchev")
    look.get_by_label("Plaats of postcode").fill("amersfort")
    look.get_by_label("Waar wil je hulp bij?").select_option("Veilig werken")
    look.get_by_label("Plaats of postcode").press("Enter")
    expect(look.get_by_role("heading", name="1 initiatief gevonden")).to_be_visible()
    expect(look.get_by_text("Je ziet de hulp voor Amersfoort.")).to_be_visible()
    expect(look.get_by_label("Woorden")).to_have_value("cyberchev")
    look.get_by_role("link", name="Cyberchef Amersfoort").click()
    expect(look.get_by_role("heading", name="Cyberchef Amersfoort")).to_be_visible()
    look.get_by_role("article").get_by_role("link", name="Alle initiatieven").click()
    expect(look.get_by_label("Woorden")).to_have_value("")


def test_browser_has_nothing_to_complain_of(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS[:4]:
        page.goto(address + path)
    assert context.cookies() == []
    assert complaints == []  # a violation of the Content-Security-Policy is one
    context.close()
