"""Every state of the widget in the looks of eight hosts: axe-core finds nothing, and nothing is cut off.

Screenshots of each state are written to var/widget, for a person to look at.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from api.widget.embedding import figures, settings
from api.widget.releases import newest
from tests.browser.axe import judged
from tests.browser.widget import CORE, PROFILE, Widget
from tests.conftest import ROOT
from tests.product.running import Product
from tests.slow import mostly_slow

SHOTS = ROOT / "var/widget"
# What a person gets to see; one setting is looked at in each of these.
STATES = (
    "dicht",
    "begroeting",
    "gesprek",
    "wedervraag",
    "uitslag",
    "antwoorden",
    "menu",
    "bevestigen",
    "storing",
    "telefoon",
    "smal",
    "zoom-400",
    "donker",
    "hoog-contrast",
    "pauze",
    "zuil",
)
SIZES = {"telefoon": (360, 640), "smal": (320, 640), "zoom-400": (320, 200)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Inspector:
    """Looks at states of one setting: what axe-core says, and whether something is cut off."""

    def __init__(self, page: Page, setting: str, axe: str) -> None:
        self._page = page
        self._setting = setting
        self._axe = axe
        self.found: dict[str, list[str]] = {}

    def __call__(self, state: str) -> None:
        """Note what is wrong with the page as it is now."""
        self._page.mouse.move(0, 0)
        self._page.wait_for_timeout(50)
        folder = SHOTS / self._setting
        folder.mkdir(parents=True, exist_ok=True)
        self._page.screenshot(path=folder / f"{state}.png")
        result = judged(self._page, self._axe, runOnly=RULES)
        wrong = [_told("fout", rule, node) for rule in result["violations"] for node in rule["nodes"]]
        unsure = [_told("onbeslist", rule, node) for rule in result["incomplete"] for node in rule["nodes"]]
        self.found[state] = wrong + unsure + self._cut_off()

    def _cut_off(self) -> list[str]:
        """Parts of the widget that stick out sideways."""
        return self._page.evaluate(
            """() => {
                const root = document.querySelector("mkb-assistent").shadowRoot;
                const wide = [...root.querySelectorAll("*")].filter(node => {
                    const box = node.getBoundingClientRect();
                    return !node.closest(".vh") && box.width && (box.right > innerWidth + 1 || box.left < -1);
                }).map(node => `buiten beeld: ${node.className || node.localName}`);
                return document.documentElement.scrollWidth > innerWidth ? [...wide, "de pagina schuift opzij"] : wide;
            }"""
        )


def _told(kind: str, rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{kind} {rule['id']}: {node['target']} {node.get('failureSummary', '')}"


@pytest.fixture
def looked(browser: Browser, axe: str, product: Product) -> Iterator[Callable[[str], tuple[Widget, Inspector]]]:
    contexts = []

    def look(setting: str, query: str = "", width: int = 1280, height: int = 800) -> tuple[Widget, Inspector]:
        # The page's own colours follow the scheme, as a host would have to say for the widget to become dark.
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", bypass_csp=True)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        widget = Widget(page, product.url).visit(f"/demo/{setting}{query}")
        return widget, Inspector(page, setting, axe)

    yield look
    for context in contexts:
        context.close()


@pytest.mark.parametrize("setting", mostly_slow(settings(), "utrecht"))
def test_accessible_in_every_state(looked: Any, setting: str, product: Product) -> None:
    widget, look = looked(setting)
    page = widget.page
    look("dicht")
    widget.open()
    look("begroeting")
    widget.choose("2 tot 9")
    widget.say("kapper", "Elst")
    look("wedervraag")
    widget.say("Amersfoort")
    look("gesprek")
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.documentElement.style.colorScheme = 'light dark'")
    look("donker")
    page.emulate_media(color_scheme="light", forced_colors="active")
    look("hoog-contrast")
    page.emulate_media(forced_colors="none")
    widget.choose(*CORE)
    look("uitslag")
    widget.show_answers()
    look("antwoorden")
    page.keyboard.press("Escape")
    widget.element.locator(".menu summary").click()
    look("menu")
    widget.button("Verwijder mijn gegevens").click()
    look("bevestigen")
    widget.button("Nee, ga terug").click()
    page.route("**/berichten", lambda route: route.abort())
    widget.field.fill("een vraag")
    widget.field.press("Enter")
    expect(widget.alert).to_contain_text("verbinding", timeout=20_000)
    look("storing")

    found = look.found
    for state, (width, height) in SIZES.items():  # over the whole screen
        small, look_at_size = looked(setting, "", width, height)
        small.open()
        small.choose("2 tot 9")
        look_at_size(state)
        found |= look_at_size.found
    kiosk, look_at_kiosk = looked(setting, "?weergave=kiosk")
    kiosk.open()
    look_at_kiosk("zuil")
    paused, look_at_pause = looked(setting, "?site=kvk")
    with paused_site(product, "kvk", paused.page):
        paused.launcher.click()
        expect(paused.alert).to_contain_text("staat hier even uit")
        look_at_pause("pauze")

    found |= look_at_kiosk.found | look_at_pause.found
    assert set(found) == set(STATES)
    assert found == {state: [] for state in found}


class paused_site:  # noqa: N801  # reads as a sentence
    """A site that is paused for a while."""

    def __init__(self, product: Product, site: str, page: Page) -> None:
        self._path: Path = product.sites / f"{site}.yaml"
        self._page = page

    def __enter__(self) -> None:
        self._before = self._path.read_text()
        self._path.write_text(self._before.replace("status: actief", "status: gepauzeerd"))
        self._page.wait_for_timeout(1100)  # a changed file counts within a second

    def __exit__(self, *_: object) -> None:
        self._path.write_text(self._before)


@pytest.mark.parametrize("path", ["/", "/chat", "/privacy", "/inbouwen?site=u10"])
@pytest.mark.parametrize("size", [(360, 640), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_own_pages_are_accessible(  # noqa: PLR0917  # fixtures and parameters
    browser: Browser, axe: str, product: Product, path: str, size: tuple[int, int], scheme: str
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale="nl-NL", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(product.url + path)
    result = judged(page, axe, runOnly=RULES)
    name = path.strip("/").partition("?")[0] or "start"
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{size[0]}-{scheme}.png", full_page=True)
    found = [_told("fout", rule, node) for rule in result["violations"] for node in rule["nodes"]]
    found += [_told("onbeslist", rule, node) for rule in result["incomplete"] for node in rule["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()

    assert found == []
    assert not wide


def test_first_question_with_its_choices_is_in_view_on_a_phone(looked: Any) -> None:
    widget, _ = looked("geen", "", 360, 640)
    widget.open()
    widget.profile()

    for node in (widget.field, widget.choices.get_by_role("button").first):
        box = node.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640
    assert PROFILE[1] in widget.bubbles()


def test_published_figures_are_those_of_these_tests() -> None:
    axe_version = json.loads((Path(__file__).parent / "package.json").read_text())["devDependencies"]["axe-core"]

    assert figures()["toestanden"] == len(STATES)
    assert figures()["huisstijlen"] == len(settings())
    assert figures()["axe"] == axe_version
    assert (figures()["fouten"], figures()["onbeslist"]) == (0, 0)
    assert figures()["bytes"] == len(gzip.compress(newest().path.read_bytes(), 9))


def test_wider_spacing_of_text_cuts_nothing_off(looked: Any) -> None:
    """WCAG 1.4.12: the spacing that a reader may set."""
    widget, _ = looked("geen", "", 320, 640)
    widget.open()
    widget.choose("2 tot 9")
    widget.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
            const root = document.querySelector("mkb-assistent").shadowRoot;
            root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        }"""
    )
    for part in (widget.panel, widget.log, widget.button("Verstuur"), widget.button("Sluiten")):
        assert part.evaluate("node => node.scrollWidth <= node.clientWidth")
    widget.say("kapper")
    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()
