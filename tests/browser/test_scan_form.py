"""The scan as a form in a real browser, most of it with JavaScript switched off, against the whole product."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import findings
from tests.browser.looks import LIGHT_AND_DARK, PHONE, page_width
from tests.product.running import Product

MOST_TABS = 120
CORE = ("hulpvraag", "administratie", "vindbaar", "gegevens", "backup_updates", "inloggen")
LEAST_TARGET = 44  # CSS pixels

OpenForm = Callable[..., Page]


@pytest.fixture
def open_form(browser: Browser, product: Product) -> Iterator[OpenForm]:
    """Opens the form, without JavaScript and 1280x800 unless told."""
    contexts = []

    def opened(width: int = 1280, height: int = 800, *, script: bool = False, site: str = "kvk", **more: Any) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="nl-NL", java_script_enabled=script, **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{product.url}/scan?site={site}")
        return page

    yield opened
    for context in contexts:
        context.close()


def fill(page: Page, *, sector: str = "kapper", place: str = "Amersfoort") -> None:
    """Fill in the nine questions with the mouse."""
    page.get_by_label("2 tot 9").check()
    page.get_by_label("Wat doet je bedrijf?").fill(sector)
    page.get_by_label("Plaats of postcode van je bedrijf").fill(place)
    for question in CORE:
        page.locator(f"#{question}-2").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Bekijk je uitslag", exact=True).click()
    page.wait_for_load_state()  # with its style


def unfold_answers(page: Page) -> None:
    """Unfold what the result is about; the form, which has more to unfold, may still be there."""
    answers = page.locator("summary")
    expect(answers).to_have_count(1)
    answers.click()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"no way to {selector} by Tab")


def referrals(product: Product) -> int:
    return len(product.rows("select id from referral"))


def test_scan_by_keyboard_alone(open_form: OpenForm, product: Product) -> None:
    page = open_form()
    before = referrals(product)
    keyboard = page.keyboard
    tab_to(page, "#personen-1")
    keyboard.press("ArrowDown")
    tab_to(page, "#bedrijf-woorden")
    keyboard.type("kapper")
    tab_to(page, "#gemeente-lijst")
    keyboard.type("Zeist")
    for question in CORE:
        tab_to(page, f"#{question}-1")
        keyboard.press("ArrowDown")
        keyboard.press("ArrowDown")
    tab_to(page, "button.hoofdknop")
    keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent al ver")
    expect(page.get_by_text("van 36 punten")).to_be_visible()
    unfold_answers(page)
    expect(page.locator("dl")).to_contain_text("2 tot 9")
    expect(page.locator("dl")).to_contain_text("Zeist")
    assert referrals(product) == before + 1


def test_faults_are_found_and_mended_by_keyboard(open_form: OpenForm, product: Product) -> None:
    page = open_form()
    before = referrals(product)
    fill(page, place="Elst")
    send(page)

    assert page.title().startswith("Fout: ")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#gemeente-keuze-1")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_label("Wat doet je bedrijf?")).to_have_value("kapper")
    expect(page.get_by_label("2 tot 9")).to_be_checked()
    assert referrals(product) == before
    tab_to(page, "button.hoofdknop")
    page.keyboard.press("Enter")
    unfold_answers(page)
    expect(page.locator("dl")).to_contain_text("Rhenen")
    assert referrals(product) == before + 1


def test_reload_and_changed_answers_count_once(open_form: OpenForm, product: Product) -> None:
    page = open_form()
    before = referrals(product)
    fill(page)
    send(page)
    said = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == said
    page.get_by_role("button", name="Pas je antwoorden aan").click()
    page.get_by_label("250 of meer").check()
    send(page)

    expect(page.get_by_text("bedrijven tot 50 mensen")).to_be_visible()
    assert referrals(product) == before + 1


def test_back_button_keeps_what_was_filled_in(open_form: OpenForm) -> None:
    page = open_form()
    fill(page)
    token = page.locator("[name=formulier]").get_attribute("value")
    send(page)
    expect(page.get_by_text("van 36 punten")).to_be_visible()
    page.go_back()

    expect(page.get_by_label("2 tot 9")).to_be_checked()
    assert page.locator("[name=formulier]").get_attribute("value") == token


def test_five_further_questions_can_be_skipped(open_form: OpenForm) -> None:
    page = open_form()
    fill(page)
    page.get_by_role("button", name="Bekijk nu je uitslag").click()
    expect(page.get_by_text("voorlopige uitslag")).to_be_visible()


def test_print_shows_result_only(open_form: OpenForm) -> None:
    page = open_form(site="hilversum")
    fill(page)
    send(page)
    page.emulate_media(media="print")

    expect(page.get_by_role("article")).to_be_visible()
    for other in ("header", "footer", "form", "details"):
        expect(page.locator(other)).to_be_hidden()
    expect(page.get_by_text("Print deze pagina")).to_be_hidden()


@pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
def test_accessible(open_form: OpenForm, axe: str, size: tuple[int, int], scheme: str) -> None:
    page = open_form(*size, script=True, color_scheme=scheme, site="utrecht")
    found = {"form": findings(page, axe)}
    fill(page, sector="bakker, bel 06-87654321", place="Elst")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    found["fault"] = findings(page, axe)
    page.get_by_label("Ik bak zelf").check()
    page.get_by_label("Elst in Gelderland").check()
    page.locator("#inloggen-1").check()
    send(page)
    unfold_answers(page)
    expect(page.get_by_text("Kijk eerst naar je veiligheid")).to_be_visible()
    found["result"] = findings(page, axe)
    page.goto(page.url.replace("utrecht", "bestaat-niet"))
    found["no such site"] = findings(page, axe)

    assert found == {state: [] for state in found}


@pytest.mark.parametrize("width", [360, 320])
def test_no_sideways_scroll(open_form: OpenForm, width: int) -> None:
    page = open_form(width, 640, script=True)

    def check() -> None:
        assert page_width(page) == width

    for summary in page.locator("summary").all():
        summary.click()
    check()
    fill(page, sector="w" * 500)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    check()
    page.get_by_label("Wat doet je bedrijf?").fill("kapper")
    send(page)
    unfold_answers(page)
    check()


def test_everything_to_press_is_large_enough(open_form: OpenForm) -> None:
    page = open_form(*PHONE, script=True)
    fill(page, place="Elst")
    send(page)
    small = """([targets, least]) => [...document.querySelectorAll(targets)]
        .filter((node) => node.getBoundingClientRect().height < least).map((node) => node.textContent)"""
    of_form = "label.optie, button, select, [type=text], summary, .samenvatting a, .voet a"
    assert page.evaluate(small, [of_form, LEAST_TARGET]) == []
    page.get_by_label("Elst bij Rhenen").check()
    send(page)
    expect(page.get_by_role("article")).to_be_visible()
    assert page.evaluate(small, ["button, summary, .keuze, .kaart a, .voet a", LEAST_TARGET]) == []


def test_focus_is_visible(open_form: OpenForm) -> None:
    page = open_form(script=True)
    focused = "getComputedStyle(document.activeElement)"
    outline = f"[{focused}.outlineStyle, {focused}.outlineWidth]"
    for target in ("summary", "#personen-1", "#bedrijf-woorden", "#gemeente-lijst", "button.hoofdknop"):
        tab_to(page, target)
        assert page.evaluate(outline) == ["solid", "3px"]


def test_browser_has_nothing_to_complain_of_and_nothing_to_keep(open_form: OpenForm) -> None:
    page = open_form(script=True)
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    fill(page)
    send(page)
    expect(page.get_by_role("article")).to_be_visible()

    assert complaints == []  # a violation of the Content-Security-Policy is one
    assert [address.split("/", 3)[3] for address in requests if not address.startswith("data:")] == [
        "scan?site=kvk",
        "scan/scan.css",
        "scan?site=kvk&stap=uitslag",
        "scan/scan.css",
    ]
    assert page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
