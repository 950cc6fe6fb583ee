"""The widget as a guest on somebody's page: what it asks of the page, what it loads, keeps and leaves behind."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.widget.releases import newest
from tests.browser.conftest import OpenWidget, missing
from tests.browser.host import STRICT, Host
from tests.browser.widget import LAUNCHER, Widget
from tests.product.running import Product

MOST_BYTES = 8_000
IDLE_SECONDS = 2
WARNING_SECONDS = 20
SOURCE = Path(__file__).parents[2] / "api/widget"


def test_script_is_small() -> None:
    assert len(gzip.compress(newest().path.read_bytes(), 9)) <= MOST_BYTES


def test_released_script_was_built_from_the_source() -> None:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm", "apt-get install npm")
    if not (SOURCE / "node_modules/terser").exists():
        subprocess.run([npm, "ci", "--prefix", SOURCE], check=True)
    types = subprocess.run([npm, "run", "check", "--prefix", SOURCE], capture_output=True, text=True, check=False)
    assert types.returncode == 0, types.stdout
    built = subprocess.run(["node", "build.mjs", "--check"], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert newest().integrity in built.stdout


def test_strict_policy_with_trusted_types_has_nothing_to_say(open_widget: OpenWidget, host: Host) -> None:
    host.violations.clear()
    widget = open_widget(host.put("/streng", policy=STRICT))
    widget.scan()
    widget.show_answers()
    widget.page.keyboard.press("Escape")
    with widget.page.expect_download():
        widget.menu("Download dit gesprek")
    widget.page.evaluate("window.print = () => {}")
    widget.button("Print deze uitslag").click()
    widget.field.press("Enter")
    widget.menu("Verwijder mijn gegevens")
    widget.button("Ja, verwijder alles").click()
    expect(widget.page.get_by_text("zijn verwijderd")).to_be_visible()

    assert host.violations == []
    assert widget.faults == []


def test_policy_that_forbids_our_address_leaves_the_page_its_own_content(open_widget: OpenWidget, host: Host) -> None:
    widget = open_widget(host.put("/dicht", policy="default-src 'none'; script-src {assistant}"))
    widget.launcher.click()

    expect(widget.alert).to_contain_text("nu niet bereikbaar", timeout=20_000)
    expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()


def test_one_request_before_it_is_opened_and_nothing_kept(open_widget: OpenWidget, host: Host) -> None:
    address = host.put("/")
    widget = open_widget(address)
    expect(widget.launcher).to_be_visible()
    widget.page.wait_for_load_state("networkidle")
    assert widget.requests == [address, newest().address]

    widget.open()
    assert not widget.stored()
    widget.choose("2 tot 9")
    assert widget.page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [1, 0, ""]
    assert widget.page.context.cookies() == []
    assert {address.partition("/v1/")[0] for address in widget.requests[2:]} == {""}  # our server, and nobody else


def test_nothing_of_the_page_is_sent_along(open_widget: OpenWidget, host: Host) -> None:
    seen: list[dict[str, str]] = []
    widget = open_widget(host.put("/geheim?dossier=12"))
    widget.page.on("request", lambda request: seen.append(request.all_headers()))
    widget.open()
    widget.choose("2 tot 9")

    asked = [headers for headers in seen if "v1" in headers.get(":path", "") or "referer" in headers]
    assert asked
    for headers in seen:
        assert "dossier" not in str(headers)
        assert headers.get("referer", f"{host.origin}/") == f"{host.origin}/"
        assert "cookie" not in headers


def test_without_javascript_the_page_keeps_its_own_content(open_widget: OpenWidget, host: Host) -> None:
    widget = open_widget(host.put("/"), java_script_enabled=False)

    expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()
    expect(widget.launcher).to_have_count(0)


def test_unknown_website_gets_nothing(open_widget: OpenWidget, host: Host) -> None:
    address = host.put("/").replace("127.0.0.1", "localhost")  # another origin, which no site names
    widget = open_widget(address)
    answers = []
    widget.page.on("response", lambda response: answers.append((response.url, response.status)))
    widget.launcher.click()

    expect(widget.alert).to_contain_text("nu niet bereikbaar", timeout=20_000)
    assert [status for url, status in answers if "/v1/" in url] in ([403], [])


def test_paused_site_shows_the_pages_own_content(open_widget: OpenWidget, host: Host, product: Product) -> None:
    path = product.sites / "demo.yaml"
    before = path.read_text()
    path.write_text(before.replace("status: actief", "status: gepauzeerd"))
    try:
        widget = open_widget(host.put("/"))
        widget.page.wait_for_timeout(1100)  # a changed file counts within a second
        widget.launcher.click()
        expect(widget.alert).to_contain_text("staat hier even uit")
        expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()
        assert "/v1/gesprekken" not in widget.requests
        widget.button("Sluiten").click()
        expect(widget.launcher).to_be_focused()
    finally:
        path.write_text(before)
    widget.page.wait_for_timeout(1100)
    widget.open()


def test_pages_on_and_off(open_widget: OpenWidget, host: Host, product: Product) -> None:
    attributes = 'paginas="/ondernemen/*" niet-op="/ondernemen/intern/* /ondernemen/oud"'
    for path, shown in (
        ("/ondernemen/a", True),
        ("/wonen", False),
        ("/ondernemen/intern/x", False),
        ("/ondernemen/oud", False),
    ):
        widget = open_widget(host.put(path, attributes=attributes))
        expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible(visible=not shown)
        expect(widget.launcher).to_have_count(int(shown))

    path = product.sites / "demo.yaml"
    before = path.read_text()
    path.write_text(before + "paginas: {aan: [/ondernemen/*]}\n")
    try:
        widget = open_widget(host.put("/wonen"))
        widget.page.wait_for_timeout(1100)
        widget.launcher.click()
        expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()
        expect(widget.log.filter(has_text="Hoeveel mensen")).to_have_count(0)
    finally:
        path.write_text(before)


def test_looks_of_the_site_file(open_widget: OpenWidget, host: Host, product: Product) -> None:
    path = product.sites / "demo.yaml"
    before = path.read_text()
    extra = 'thema: {accent: "#7a1f5c", opAccent: "#ffffff", hoeken: "0"}\nteksten: {nl: {kop: Hulp van Demo}}\n'
    path.write_text(before + extra)
    try:
        widget = open_widget(host.put("/"))
        widget.page.wait_for_timeout(1100)
        widget.open()
        expect(widget.panel.get_by_role("heading", name="Hulp van Demo")).to_be_visible()
        look = widget.button("Verstuur").evaluate(
            "node => { const s = getComputedStyle(node); return [s.backgroundColor, s.color, s.borderTopLeftRadius]; }"
        )
        assert look == ["rgb(122, 31, 92)", "rgb(255, 255, 255)", "0px"]
    finally:
        path.write_text(before)


def test_parts_can_be_styled_and_other_things_not(open_widget: OpenWidget, host: Host) -> None:
    style = "<style>mkb-assistent::part(start) { letter-spacing: 3px } button { letter-spacing: 9px }</style>"
    widget = open_widget(host.put("/", head=style))

    assert widget.launcher.evaluate("node => getComputedStyle(node).letterSpacing") == "3px"


@pytest.mark.parametrize(("setting", "colour"), [("rotterdam", "rgb(0, 0, 0)"), ("utrecht", "rgb(255, 255, 255)")])
def test_letters_that_cannot_be_read_are_mended(open_widget: OpenWidget, setting: str, colour: str) -> None:
    widget = open_widget(f"/demo/{setting}")

    expect(widget.launcher).to_have_css("color", colour)


def test_reduced_motion_moves_nothing(open_widget: OpenWidget) -> None:
    running = """() => {
        const root = document.querySelector("mkb-assistent").shadowRoot;
        return [root.querySelector(".typt").textContent, document.getAnimations().length, root.getAnimations().length];
    }"""
    for motion, moving in (("no-preference", 1), ("reduce", 0)):
        widget = open_widget("/demo/geen", reduced_motion=motion)
        widget.open()
        widget.page.route("**/berichten", lambda route: None)  # never answered
        widget.choices.get_by_role("button", name="2 tot 9").click()
        expect(widget.element.locator(".typt")).to_have_text(re.compile("typt"))
        assert widget.page.evaluate(running)[2] == moving


def test_escape_and_focus_on_phone(open_widget: OpenWidget) -> None:
    widget = open_widget("/demo/geen", 360, 640, has_touch=True, is_mobile=True)
    widget.launcher.tap()
    expect(widget.choices).to_be_visible()

    assert widget.page.evaluate(
        "document.querySelector('mkb-assistent').shadowRoot.querySelector('dialog').matches(':modal')"
    )
    assert widget.focused() != "veld"  # it would open the keyboard
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_have_count(0)
    expect(widget.launcher).to_be_focused()


def test_escape_closes_the_menu_first(widget: Widget) -> None:
    widget.open()
    summary = widget.element.locator(".menu summary")
    summary.click()
    expect(widget.button("Download dit gesprek")).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(widget.button("Download dit gesprek")).to_be_hidden()
    expect(summary).to_be_focused()
    expect(widget.panel).to_be_visible()


def test_kiosk_warns_and_wipes(open_widget: OpenWidget, host: Host, product: Product) -> None:
    address = host.put("/zuil", attributes=f'weergave="kiosk" stil="{IDLE_SECONDS}"')
    widget = open_widget("/privacy")
    widget.page.clock.install()
    widget.visit(address)
    widget.open()
    widget.choose("2 tot 9")
    assert not widget.stored()  # in the page only
    conversation = widget.turn["gesprekId"]
    question = widget.page.get_by_role("alertdialog", name="Ben je er nog?")

    widget.page.clock.run_for((IDLE_SECONDS + 1) * 1000)
    expect(question).to_be_visible()
    widget.button("Ja, ik ga door").click()
    expect(question).to_be_hidden()
    widget.say("kapper")  # it goes on where it was

    widget.page.clock.run_for((IDLE_SECONDS + 1) * 1000)
    expect(question).to_be_visible()
    widget.page.clock.run_for((WARNING_SECONDS + 2) * 1000)
    expect(widget.button(LAUNCHER)).to_be_visible()
    secret = {"Authorization": f"Bearer {widget.turn['sleutel']}"}
    assert product.http.get(f"/v1/gesprekken/{conversation}", headers=secret).status_code == 404
    widget.open()
    expect(widget.log).not_to_contain_text("kapper")


def test_done_at_kiosk_wipes(open_widget: OpenWidget) -> None:
    widget = open_widget("/chat", launcher="Begin")
    widget.open()
    widget.choose("2 tot 9")
    widget.button("Klaar").click()
    widget.button("Ja, verwijder alles").click()

    expect(widget.button("Begin")).to_be_focused()
    assert not widget.stored()
    widget.open()
    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()
