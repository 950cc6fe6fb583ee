"""The pages of figures in a real browser, with JavaScript switched off unless axe needs it."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from api.dashboard.drawings import ACCENT, DARK, INK
from tests.api.dashboard import PATHS, TODAY, Board
from tests.api.released import publish
from tests.api.served import served_alone
from tests.browser.axe import findings
from tests.browser.looks import DESKTOP, OF_FEW, PHONE, page_width

BEAMER = (1920, 1080)
MUNICIPALITIES = 32
RECORDS = 400  # enough to release two dimensions, and places by deelregio


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are, with the releases of a quarter."""
    board = Board(tmp_path_factory.mktemp("figures"))
    board.fill(RECORDS, date(2026, 7, 1), date(2026, 9, 27))
    with served_alone(board.app) as address:
        yield f"{address}/portaal/cijfers"
    board.close()


@pytest.mark.parametrize(("size", "more"), OF_FEW)
def test_accessible(look: Page, address: str, axe: str) -> None:
    for path in PATHS:
        look.goto(address + path)
        look.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        assert findings(look, axe) == [], path


@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP, BEAMER])
@pytest.mark.parametrize("more", [{}])
def test_page_never_scrolls_sideways(look: Page, address: str, size: tuple[int, int]) -> None:
    for path in PATHS:
        look.goto(address + path)
        look.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        assert page_width(look) == size[0], path


@pytest.mark.parametrize("size", [DESKTOP])
@pytest.mark.parametrize("more", [{"java_script_enabled": False}])
def test_release_and_period_are_chosen_by_keyboard_without_script(look: Page, address: str) -> None:
    look.goto(f"{address}/bereik")
    look.get_by_label("Cijfers tot en met").select_option("augustus 2026")
    look.get_by_label("Over welke tijd").select_option("Alleen die maand")
    look.get_by_role("button", name="Laat zien").press("Enter")
    expect(look.get_by_text("Over augustus 2026").first).to_be_visible()
    expect(look.get_by_label("Cijfers tot en met")).to_have_value("2026-08")
    expect(look.get_by_label("Over welke tijd")).to_have_value("maand")


def test_browser_has_nothing_to_complain_of_and_nothing_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if "favicon" not in message.location["url"] else None
    )
    for path in PATHS:
        page.goto(address + path)
        assert page.locator("script").count() == 0
    assert context.cookies() == []
    assert complaints == []  # a violation of the Content-Security-Policy is one
    context.close()


@pytest.mark.parametrize("size", [DESKTOP])
@pytest.mark.parametrize("more", [{"color_scheme": "light"}, {"color_scheme": "dark"}])
def test_chart_is_drawn_in_the_colours_of_its_page(look: Page, address: str, more: dict[str, str]) -> None:
    look.goto(f"{address}/uitkomsten")
    picture = look.locator("img.grafiek").first
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    seen = picture.evaluate(_COLOURS)
    ground = look.locator(".vlak").first.evaluate("node => getComputedStyle(node).backgroundColor")
    inks = [ACCENT, INK] if more["color_scheme"] == "light" else [DARK[ACCENT], DARK[INK]]
    for ink, least in zip(inks, (3, 4.5), strict=True):
        assert ink in seen
        assert contrast(ink, ground) >= least


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a map of every municipality is, with values of four digits and hidden ones."""
    board = Board(tmp_path_factory.mktemp("map"))
    codes = [place.code for place in board.parts.knowledge.municipalities.valid(TODAY)]
    places = {code: 1090 - 35 * at for at, code in enumerate(codes)}
    hidden = dict.fromkeys(codes[::7])
    publish(
        board.parts.engine,
        "werkgroep",
        "2026-09",
        totals={"tot_nu": 16000},
        tables={"tot_nu/plaats": {**places, **hidden}},
        levels={"tot_nu/plaats": ["gemeente"]},
    )
    with served_alone(board.app) as address:
        yield f"{address}/portaal/cijfers/bereik"
    board.close()


@pytest.mark.parametrize("size", [(320, 640), (640, 900), DESKTOP])
@pytest.mark.parametrize("more", [{"color_scheme": "light"}, {"color_scheme": "dark"}])
def test_map_of_every_municipality_fits_its_tiles(look: Page, crowded: str, axe: str) -> None:
    look.goto(crowded)
    assert look.locator(".tegel").count() == MUNICIPALITIES
    assert look.evaluate(_TOO_WIDE) == []
    assert findings(look, axe) == []


# What is wider than the tile that it stands in, or cut off.
_TOO_WIDE = """() => [...document.querySelectorAll(".tegel")].flatMap((tile) => {
    const box = tile.getBoundingClientRect();
    return [...tile.children].filter((text) => getComputedStyle(text).display !== "none").filter((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const inked = range.getBoundingClientRect();
        return text.scrollWidth > text.clientWidth && text.clientWidth > 0
            || inked.left < box.left || inked.right > box.right || inked.top < box.top || inked.bottom > box.bottom;
    }).map((text) => text.textContent);
})"""

# The colours of the pixels of an image, as "#0b5672".
_COLOURS = """async (image) => {
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, image.width, image.height);
    const { data } = context.getImageData(0, 0, image.width, image.height), found = new Set();
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) {
            found.add("#" + [0, 1, 2].map((part) => data[at + part].toString(16).padStart(2, "0")).join(""));
        }
    }
    return [...found];
}"""


def contrast(one: str, other: str) -> float:
    """How much two colours differ in light, as WCAG measures it."""
    brighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    """The light of "#0b5672" or "rgb(11, 86, 114)"."""
    if colour.startswith("#"):
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    else:
        parts = [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(", ")]
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
