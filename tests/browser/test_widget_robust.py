"""What goes wrong around the widget: the connection, the server, the host's page, the browser."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenWidget
from tests.browser.host import Host
from tests.browser.widget import Widget
from tests.product.running import Product

HTML = '<img src=x onerror="document.title=1"><b>vet</b><script>document.title=1</script>'
LINKS = (
    "Kijk op https://www.kvk.nl/advies, of javascript:alert(1), data:text/html,x, http://onveilig.example, "
    "mailto:loket@example.nl of tel:0301234567."
)


def answer_with(widget: Widget, *texts: str) -> None:
    """Let the next turns say other words."""

    def replace(route: Route) -> None:
        response = route.fetch()
        turn = response.json()
        turn["berichten"] = [{"tekst": text, "knoppen": []} for text in texts]
        route.fulfill(response=response, json=turn)

    widget.page.route("**/berichten", replace)


def test_message_typed_while_server_is_away_is_answered_once(widget: Widget, product: Product) -> None:
    widget.open()
    widget.choose("2 tot 9")
    with product.without("gateway"):
        widget.field.fill("kapper")
        widget.field.press("Enter")
        expect(widget.log.locator(".jij").last).to_contain_text("Niet verstuurd", timeout=20_000)
        expect(widget.alert).to_contain_text("verbinding")
        expect(widget.element.get_by_role("link", name="Doe de scan als formulier")).to_be_visible()

    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible(timeout=30_000)
    expect(widget.alert).to_be_empty()
    expect(widget.element.locator("slot")).to_have_count(0)
    assert widget.bubbles().count("kapper") == 1
    assert widget.bubbles()[-1].startswith("In welke gemeente")


def test_second_message_waits_for_the_first(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.page.route("**/berichten", lambda route: route.abort())
    widget.field.fill("kapper")
    widget.field.press("Enter")
    expect(widget.alert).to_contain_text("verbinding", timeout=20_000)
    widget.field.fill("in Amersfoort")
    widget.field.press("Enter")
    expect(widget.field).to_have_value("in Amersfoort")
    widget.page.unroute("**/berichten")

    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible(timeout=20_000)
    expect(widget.field).to_have_value("in Amersfoort")
    widget.field.press("Enter")
    expect(widget.page.get_by_text("Vraag 4 van 9")).to_be_visible()


def lose_answer(route: Route) -> None:
    route.fetch()  # the server took it, the answer got lost
    route.abort()


def cut_answer(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text()[:-40])


def server_error(route: Route) -> None:
    route.fulfill(status=500, content_type="text/html", body="<h1>Internal Server Error</h1>")


def too_busy(route: Route) -> None:
    problem = {"status": 429, "title": "Druk", "detail": "Even wachten."}
    route.fulfill(status=429, headers={"Retry-After": "1"}, json=problem)


@pytest.mark.parametrize("trouble", [lose_answer, cut_answer, server_error, too_busy])
def test_trouble_is_made_good_with_the_same_key(widget: Widget, trouble: Callable[[Route], None]) -> None:
    keys = []

    def first_time(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()
        else:
            trouble(route)

    widget.open()
    widget.page.route("**/berichten", first_time)
    widget.choices.get_by_role("button", name="2 tot 9").click()

    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert widget.bubbles().count("2 tot 9") == 1


def test_long_wait_is_told_in_words_of_the_server(widget: Widget) -> None:
    widget.open()
    detail = "Het is druk. Probeer het over een minuut opnieuw."
    busy = {"status": 503, "title": "Druk", "detail": detail}
    widget.page.route("**/berichten", lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}, json=busy))
    widget.choices.get_by_role("button", name="2 tot 9").click()

    expect(widget.alert).to_contain_text(detail)
    expect(widget.alert.get_by_role("button", name="Probeer opnieuw")).to_be_visible()
    widget.page.unroute("**/berichten")
    widget.alert.get_by_role("button", name="Probeer opnieuw").click()
    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()


def test_message_under_way_at_reload_is_sent_again(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.page.route("**/berichten", lose_answer)
    widget.field.fill("kapper")
    with widget.page.expect_event("requestfailed"):
        widget.field.press("Enter")
    widget.page.unroute_all(behavior="wait")
    widget.page.reload()

    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()
    assert widget.bubbles().count("kapper") == 1
    assert widget.bubbles()[-1].startswith("In welke gemeente")


def test_assistant_that_is_away_at_opening_gives_the_page_its_own_content(widget: Widget) -> None:
    widget.page.route("**/v1/**", lambda route: route.abort())
    widget.launcher.click()

    expect(widget.alert).to_contain_text("nu niet bereikbaar", timeout=20_000)
    own = widget.page.get_by_role("link", name="Doe de scan als formulier")
    expect(own).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()
    expect(own).to_be_visible()  # on the page, now that the panel is gone

    widget.page.unroute("**/v1/**")
    widget.open()
    expect(own).to_be_hidden()


def test_retry_button_of_an_assistant_that_was_away(widget: Widget) -> None:
    widget.page.route("**/v1/**", lambda route: route.abort())
    widget.launcher.click()
    again = widget.button("Probeer opnieuw")
    expect(again).to_be_visible(timeout=20_000)
    widget.page.unroute("**/v1/**")
    again.click()

    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_double_click_counts_once(widget: Widget) -> None:
    widget.open()
    widget.choices.get_by_role("button", name="2 tot 9").dblclick()
    widget.settle()

    assert widget.bubbles().count("2 tot 9") == 1
    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()


def test_double_click_on_launcher_opens_once(widget: Widget) -> None:
    widget.launcher.dblclick()
    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()

    assert len([address for address in widget.requests if address == "/v1/gesprekken"]) == 1
    expect(widget.panel).to_have_count(1)


def test_answer_to_a_question_that_another_tab_answered_is_given_back(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    storage = widget.page.evaluate("JSON.stringify(sessionStorage)")
    with widget.page.context.expect_page() as opened:
        widget.page.evaluate("open(location.href)")
    second = Widget(opened.value, widget.url)
    # What a browser does when somebody duplicates a tab.
    second.page.evaluate("stored => Object.assign(sessionStorage, JSON.parse(stored))", storage)
    second.page.reload()
    expect(second.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    second.say("kapper", "Amersfoort")
    second.choose("Veilig werken")

    widget.field.fill("loodgieter")
    widget.field.press("Enter")
    expect(widget.alert).to_contain_text("niet meer open staat")
    expect(widget.page.get_by_text("Vraag 5 van 9")).to_be_visible()
    expect(widget.field).to_have_value("loodgieter")

    widget.choose("In een boekhoudprogramma")
    expect(widget.page.get_by_text("Vraag 6 van 9")).to_be_visible()
    # Its code is an answer to the next question too, and may not be taken as one.
    second.choices.get_by_role("button", name="Op papier of in een schrift").click()
    expect(second.alert).to_contain_text("niet meer open staat")
    expect(second.page.get_by_text("Vraag 6 van 9")).to_be_visible()
    widget.page.reload()
    expect(widget.page.get_by_text("Vraag 6 van 9")).to_be_visible()


def test_expired_conversation_can_be_begun_again(widget: Widget, product: Product) -> None:
    widget.open()
    secret = {"Authorization": f"Bearer {widget.turn['sleutel']}"}
    product.http.delete(f"/v1/gesprekken/{widget.turn['gesprekId']}", headers=secret)
    widget.field.fill("vier")
    widget.field.press("Enter")

    expect(widget.alert).to_contain_text("verlopen")
    widget.press(widget.alert.get_by_role("button", name="Opnieuw beginnen"))
    expect(widget.alert).to_be_empty()
    widget.choose("2 tot 9")


def test_words_with_tags_stay_words(widget: Widget) -> None:
    widget.open()
    title = widget.page.title()
    answer_with(widget, HTML)
    widget.say(HTML)

    assert widget.bubbles()[-2:] == [HTML, HTML]
    assert widget.log.locator("img, b, script").count() == 0
    assert widget.page.title() == title


def test_only_safe_addresses_become_links(widget: Widget) -> None:
    widget.open()
    answer_with(widget, LINKS)
    widget.say("waar kan ik terecht")

    links = widget.log.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://www.kvk.nl/advies",
        "mailto:loket@example.nl",
        "tel:0301234567",
    ]
    expect(links.first).to_have_attribute("rel", "noopener noreferrer")
    expect(links.first).to_contain_text("andere website")


def test_very_long_answer_and_words_fit(open_widget: OpenWidget) -> None:
    widget = open_widget(width=320, height=640)
    widget.open()
    answer_with(widget, "Boekhoudprogrammakoppelingsmogelijkhedenoverzicht" * 10, "lang verhaal " * 310)
    widget.say("w" * 500)

    assert len(widget.bubbles()[-1]) > 4000
    for part in (widget.panel, widget.log):
        assert part.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_storage_that_is_blocked(widget: Widget) -> None:
    widget.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    widget.visit("/demo/geen").open()
    widget.choose("2 tot 9")

    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    assert widget.faults == []


def test_storage_that_is_spoilt(widget: Widget) -> None:
    widget.page.evaluate("sessionStorage.setItem('mkb-assistent:demo', '{\"secret\": 1, \"items\"')")
    widget.visit("/demo/geen").open()

    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_clock_that_is_set_during_the_conversation(widget: Widget) -> None:
    widget.page.clock.install()
    widget.visit("/demo/geen").open()
    widget.page.clock.set_system_time("1999-12-31T23:59:59")
    widget.choose("2 tot 9")
    widget.page.clock.set_system_time("2031-01-01T00:00:00")
    widget.say("kapper")

    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()


HOSTILE_STYLE = (
    "<style>*, * * { all: unset !important; font-size: 3px !important; color: yellow !important; "
    "background: yellow !important; } html { font-size: 4px } dialog, button { display: none !important; } "
    "mkb-assistent { opacity: .1; transform: scale(.1); position: absolute; }</style>"
)
HOSTILE_SCRIPT = """
Array.prototype.extra = () => "no";
Array.prototype.toJSON = function () { return JSON.stringify(this.join()); };
Object.prototype.more = 1;
window.$ = window.make = window.css = "taken";
"""


def test_hostile_page_changes_neither_looks_nor_course(open_widget: OpenWidget, host: Host) -> None:
    host.put_file("/hostile.js", HOSTILE_SCRIPT, "text/javascript")
    address = host.put("/hostile", head=HOSTILE_STYLE + '<script src="/hostile.js"></script>')
    widget = open_widget(address)
    widget.scan()
    widget.page.reload()
    expect(widget.button("Zo is het goed")).to_be_visible()

    size = widget.button("Verstuur").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 15
    assert widget.panel.bounding_box()["width"] > 300
    assert widget.element.evaluate("node => getComputedStyle(node).opacity") == "1"
    assert widget.faults == []


def test_fault_in_the_widget_leaves_the_page_its_own_content(open_widget: OpenWidget, host: Host) -> None:
    host.put_file("/old.js", "delete window.CSSStyleSheet; window.CSSStyleSheet = undefined;", "text/javascript")
    widget = open_widget(host.put("/old", head='<script src="/old.js"></script>'))

    expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()
    assert widget.faults == []


def test_script_with_another_hash_leaves_the_page_its_own_content(open_widget: OpenWidget, host: Host) -> None:
    widget = open_widget(host.put("/changed", integrity='integrity="sha384-AAAA"'))

    expect(widget.page.get_by_role("link", name="Stel je vraag aan de gemeente")).to_be_visible()
    expect(widget.launcher).to_have_count(0)


def test_two_sites_and_two_origins_do_not_mix(open_widget: OpenWidget, host: Host) -> None:
    widget = open_widget(host.put("/"))
    widget.open()
    widget.choose("2 tot 9")
    page: Page = widget.page
    stored = json.loads(page.evaluate("sessionStorage.getItem('mkb-assistent:demo')"))
    assert stored["id"] == widget.turn["gesprekId"]

    widget.visit(f"{widget.url}/demo/geen")  # the same site on another origin
    widget.open()
    expect(page.get_by_text("Vraag 1 van 9")).to_be_visible()
    other = widget.turn["gesprekId"]
    assert other != stored["id"]
    widget.visit(f"{widget.url}/demo/geen?site=utrecht")  # another site on the same origin
    widget.open()
    assert widget.turn["gesprekId"] not in (other, stored["id"])
    assert re.search("gemeente Utrecht", widget.bubbles()[0])
    widget.visit(f"{host.origin}/")
    expect(page.get_by_text("Vraag 2 van 9")).to_be_visible()


def test_what_was_said_is_in_view_while_we_wait(open_widget: OpenWidget) -> None:
    widget = open_widget("/demo/geen", 360, 640)
    widget.open()
    widget.choose("2 tot 9")
    widget.page.route("**/berichten", lambda route: route.abort())
    widget.field.fill("ik heb een kapsalon")
    widget.field.press("Enter")
    expect(widget.element.locator(".typt")).to_contain_text("Het lukt nog niet")

    said, log = widget.log.locator(".jij").last.bounding_box(), widget.log.bounding_box()
    assert said["y"] + said["height"] <= log["y"] + log["height"]
