"""Every screen of the intake on tablet and phone, in dark, bright contrast, zoomed: axe-core finds nothing, nothing is
cut off and everything is large enough to tap.

Screenshots of each screen are written to var/tablet, for a person to look at.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import judged
from tests.browser.conftest import OpenTablet
from tests.browser.looks import page_width
from tests.browser.tablet import Tablet, make_event
from tests.browser.test_widget_accessibility import RULES
from tests.conftest import ROOT
from tests.product.running import Product
from tests.slow import mostly_slow

SHOTS = ROOT / "var/tablet"
LEAST_TARGET = 48  # CSS pixels
TALL = 3000
SETTINGS: dict[str, dict[str, Any]] = {
    "tablet": {"width": 1024, "height": 768},
    "telefoon": {"width": 360, "height": 640, "has_touch": True, "is_mobile": True},
    "donker": {"width": 1024, "height": 768, "color_scheme": "dark"},
    "hoog-contrast": {"width": 360, "height": 640, "forced_colors": "active"},
    "zoom-200": {"width": 512, "height": 384},
}
TARGETS = (
    "button, summary, input:not([type=checkbox], [type=radio]), select, label.optie, li[role=option], .kaart a, "
    ".bericht a"
)
SMALL = """([targets, least]) => [...document.querySelectorAll(targets)].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && box.height < least - .5;
}).map(node => `klein: ${node.textContent || node.id} ${node.getBoundingClientRect().height}`)"""


class Look:
    """Looks at screens in one setting: what axe-core says, what is cut off, and what is too small for a finger."""

    def __init__(self, tablet: Tablet, setting: str, axe: str) -> None:
        self._tablet = tablet
        self._setting = setting
        self._axe = axe
        self.found: dict[str, list[str]] = {}

    def __call__(self, screen: str) -> None:
        """Note what is wrong with the screen as it is now."""
        page = self._tablet.page
        page.mouse.move(0, 0)
        page.wait_for_timeout(150)  # until colours have changed
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{self._setting}-{len(self.found):02}-{screen}.png")
        # What a bar covers at one place of scrolling is not judged by axe: it looks at the screen without scrolling.
        size = page.viewport_size or {}
        page.set_viewport_size({"width": size["width"], "height": TALL})
        result = judged(page, self._axe, runOnly=RULES)
        told = [
            f"{kind} {rule['id']}: {json.dumps(node['target'])} {node.get('failureSummary', '')}"
            for kind in ("violations", "incomplete")
            for rule in result[kind]
            for node in rule["nodes"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        small = page.evaluate(SMALL, [TARGETS, LEAST_TARGET])
        page.set_viewport_size(size)  # type: ignore[arg-type]
        self.found[screen] = [*told, *small, *(["de pagina schuift opzij"] if wide else [])]


@pytest.mark.parametrize("setting", mostly_slow(SETTINGS, "telefoon", "donker"))
def test_accessible_on_every_screen(open_tablet: OpenTablet, product: Product, axe: str, setting: str) -> None:
    created = make_event(product, name="Ondernemersborrel Zeist en omstreken")
    tablet = open_tablet(created.event.code, **SETTINGS[setting], bypass_csp=True).visit()
    page, look = tablet.page, Look(tablet, setting, axe)
    expect(tablet.ready).to_be_visible()
    look("begin")
    tablet.log_in("VERKEERD")
    expect(page.get_by_text("Deze sleutel klopt niet.")).to_be_visible()
    look("sleutel-fout")
    page.get_by_label("Sleutel van dit evenement").fill(created.staff_key)
    tablet.tap("Aanmelden")
    expect(page.get_by_text("Je bent aangemeld als medewerker.")).to_be_visible()
    look("medewerker")
    tablet.begin()
    look("personen")
    tablet.tap("2 tot 9")
    tablet.field.fill("kap")
    page.keyboard.press("ArrowDown")
    look("bedrijf-typen")
    tablet.field.fill("ik heb een kapsalon")
    tablet.field.press("Enter")
    look("bedrijf-begrepen")
    tablet.tap("Ja, verder")
    tablet.button("Toon de hele lijst").click()
    look("gemeente-lijst")
    tablet.tap("Zeist", "Meer klanten of beter vindbaar")
    page.locator(".vraagvoet summary").click()
    look("administratie-uitleg")
    for _ in range(5):
        page.locator("button.optie").first.click()
    expect(tablet.result).to_be_visible()
    expect(tablet.bar).to_contain_text("verstuurd")
    look("uitslag")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    look("uitslag-einde")
    tablet.tap("Naar mijn telefoon")
    page.get_by_role("dialog").locator("summary").click()
    link = page.locator(".link").inner_text()
    look("naar-telefoon")
    page.get_by_role("dialog").get_by_role("button", name="Sluiten").click()
    tablet.tap("Pas antwoorden aan")
    look("aanpassen")
    page.get_by_role("dialog").get_by_role("button", name="Online vindbaar").click()
    look("wijzigen")
    tablet.tap("Terug naar de uitslag", "Vijf extra vragen")
    look("extra-vraag")
    page.goto(link)
    expect(tablet.result).to_be_visible()
    look("telefoonpagina")
    page.goto(f"{product.url}/uitslag")
    expect(tablet.heading).to_be_visible()
    look("kapotte-link")
    page.goto(f"{product.url}/intake/BESTAAT-NIET")
    expect(tablet.heading).to_have_text("Deze code kennen we niet")
    look("code-onbekend")

    assert look.found == {screen: [] for screen in look.found}


def test_focus_is_visible_and_nothing_covers_it(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(width=360, height=640).visit().begin().core()
    page = tablet.page
    seen: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                    const node = document.activeElement, box = node.getBoundingClientRect();
                    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    const style = getComputedStyle(node);
                    return node === document.body || (node.contains(there) || there?.contains(node))
                        && (node === document.body || style.outlineStyle === 'solid') ? '' : node.textContent;
                }"""
            )
        )
    assert [text for text in seen if text] == []


def test_nothing_moves_for_who_asked_for_less_motion(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(reduced_motion="reduce").visit().begin()
    moves = "node => parseFloat(getComputedStyle(node).transitionDuration) > 0"
    moving = f"[...document.querySelectorAll('*')].some({moves})"
    assert tablet.page.evaluate(moving) is False
    tablet.tap("2 tot 9")
    assert tablet.page.evaluate("document.getAnimations().length") == 0


def test_spacing_of_text_that_a_reader_sets_cuts_nothing_off(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(width=360, height=640, bypass_csp=True).visit().begin()
    tablet.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    )
    for _ in range(9):
        assert page_width(tablet.page) == 360
        tablet.page.locator("button.optie").first.click()
