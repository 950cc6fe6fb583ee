"""The chat page in a real browser, against the whole product."""

import gzip
import re
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat_page import CORE, PROFILE, ChatPage
from tests.browser.conftest import OpenChat
from tests.product.running import Product

STATIC = Path(__file__).parents[2] / "api/page/static"
MOST_BYTES = 14_336  # what a server may send before it has to wait for the first acknowledgement
PHONE = (360, 640)
DESKTOP = (1280, 800)
A_CITIZEN_SERVICE_NUMBER = "123456782"


def test_scan_by_buttons_gives_card(chat: ChatPage) -> None:
    chat.scan()

    expect(chat.card.get_by_role("heading", name="Je bent op weg")).to_be_visible()
    expect(chat.card).to_contain_text("voorlopige uitslag")
    result = chat.turn["uitslag"]
    for sentence in (*result["uitleg"], result["volgendeStap"]):
        expect(chat.card.get_by_text(sentence, exact=True)).to_be_visible()
    for advice in (*result["initiatieven"], result["vangnet"]):
        expect(chat.card.get_by_role("heading", name=advice["naam"], exact=True)).to_be_visible()
        expect(chat.card).to_contain_text(advice["reden"])
    expect(chat.card.get_by_role("heading", name="Je kunt ook terecht bij")).to_be_visible()


def test_card_stands_instead_of_the_words(chat: ChatPage) -> None:
    chat.scan()

    last = chat.turn["berichten"][-1]["tekst"]
    assert len(chat.turn["berichten"]) > 2
    assert chat.bubbles()[-2:] == [CORE[-1], last]


def test_further_questions_replace_card(chat: ChatPage) -> None:
    chat.scan()
    chat.choose("Nog vijf vragen")
    expect(chat.page.get_by_text("Vraag 1 van 5")).to_be_visible()
    chat.choose(
        "Er is een plan en dit jaar geld",
        "Online, in de cloud",
        "Past niet bij mijn bedrijf",
        "Af en toe een cursus of uitleg",
        "Weet ik niet",
    )

    expect(chat.card).to_have_count(1)
    expect(chat.card).not_to_contain_text("voorlopige uitslag")
    expect(chat.card).to_contain_text(f"{chat.turn['uitslag']['score']} van 36 punten")
    expect(chat.answers).to_contain_text("Jouw antwoorden (14)")


def test_honest_advice_outside_region(chat: ChatPage) -> None:
    chat.start()
    chat.choose("250 of meer")
    chat.say("kapper", "Rotterdam")
    chat.choose(*CORE)

    expect(chat.card.get_by_role("heading", name="Hier kun je terecht")).to_be_visible()
    notes = chat.card.locator("section", has_text="Goed om te weten")
    expect(notes).to_contain_text("buiten de regio Utrecht")
    expect(notes).to_contain_text("bedrijven tot 50 mensen")


def test_scan_by_keyboard_alone(chat: ChatPage) -> None:
    keyboard = chat.page.keyboard

    def press(name: str, *, back: bool = False) -> None:
        chat.tab_to(name, back=back)
        keyboard.press("Enter")
        chat.settle()

    chat.tab_to("Start")
    keyboard.press("Enter")
    chat.settle()
    press("2 tot 9")
    for text in PROFILE:
        keyboard.type(text)
        keyboard.press("Enter")
        chat.settle()
    press(CORE[0], back=True)
    for title in CORE[1:]:
        press(title)

    expect(chat.card.get_by_role("heading", level=2)).to_be_focused()
    press("Zo is het goed")
    assert chat.bubbles()[-1].startswith("Dank je wel")


def test_next_choices_are_one_tab_away(chat: ChatPage) -> None:
    chat.start()
    chat.page.keyboard.press("Tab")
    expect(chat.button("Alleen ik")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()  # the question about the firm has no choices


def test_scan_by_typing_on_phone(open_chat: OpenChat) -> None:
    chat = open_chat(*PHONE, has_touch=True, is_mobile=True)
    chat.start()
    chat.say("met z'n vieren", "ik heb een kapsalon", "Amersfoort", "meer klanten", "in excel")
    chat.say("wel een website, maar ik doe er weinig mee", "alles zit in mijn hoofd", "dat gaat vanzelf")
    chat.say("overal hetzelfde wachtwoord")

    expect(chat.card.get_by_role("heading", name="Je staat aan het begin")).to_be_visible()
    expect(chat.card.get_by_role("heading", name="Kijk eerst naar je veiligheid")).to_be_visible()
    expect(chat.card).to_contain_text(chat.turn["uitslag"]["vangnet"]["naam"])


def test_progress_after_two_answers(chat: ChatPage) -> None:
    chat.start()
    chat.choose("2 tot 9")
    chat.say("kapper")

    expect(chat.page.get_by_text("Vraag 3 van 9")).to_be_visible()
    bar = chat.page.get_by_role("progressbar", name="Vraag 3 van 9")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [3, 9]


def test_changed_answer_changes_card(chat: ChatPage) -> None:
    chat.scan()
    before = chat.turn["uitslag"]["score"]
    change = chat.button("Wijzig administratie")
    chat.answers.locator("summary").click()
    chat.press(change)
    chat.choose("Op papier of in een schrift")

    assert chat.turn["uitslag"]["score"] < before
    expect(chat.card).to_have_count(1)
    expect(chat.card).to_contain_text(f"{chat.turn['uitslag']['score']} van 36 punten")
    assert chat.bubbles()[-2].startswith("Aangepast: ")
    chat.answers.locator("summary").click()
    expect(chat.answers.get_by_role("listitem").filter(has=change)).to_contain_text("Op papier of in een schrift")


def test_changed_answer_with_the_same_result_gives_no_words(chat: ChatPage) -> None:
    chat.scan()
    before = chat.turn["uitslag"]
    chat.say("wijzig gemeente", "Soest")

    assert chat.turn["uitslag"] == before
    expect(chat.card).to_have_count(1)
    assert chat.bubbles()[-2] == "Aangepast: je bedrijf zit in Soest."


def test_restart_takes_card_away(chat: ChatPage) -> None:
    chat.scan()
    chat.press(chat.button("Opnieuw beginnen"))

    expect(chat.card).to_have_count(0)
    expect(chat.answers).to_be_hidden()
    expect(chat.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_reload_half_way_goes_on(chat: ChatPage) -> None:
    chat.start()
    chat.choose("2 tot 9")
    chat.say(*PROFILE)
    said = chat.bubbles()
    chat.page.reload()

    expect(chat.page.get_by_text("Vraag 4 van 9")).to_be_visible()
    assert chat.bubbles() == said
    chat.choose(*CORE)
    expect(chat.card).to_be_visible()


def test_reload_with_result_shows_card_again(chat: ChatPage) -> None:
    chat.scan()
    said, card = chat.bubbles(), chat.card.inner_text()
    chat.page.reload()

    expect(chat.button("Zo is het goed")).to_be_visible()
    assert chat.bubbles() == said
    assert chat.card.inner_text() == card


def test_delete_wipes_browser_and_server(chat: ChatPage, product: Product) -> None:
    chat.start()
    chat.choose("2 tot 9")
    assert chat.stored()
    address = f"{product.url}/v1/gesprekken/{chat.turn['gesprekId']}"
    secret = {"Authorization": f"Bearer {chat.turn['sleutel']}"}
    assert httpx2.get(address, headers=secret).status_code == 200

    chat.button("Verwijder mijn gegevens").click()
    chat.button("Ja, verwijder alles").click()

    expect(chat.page.get_by_text("Je gesprek en je antwoorden zijn verwijderd.")).to_be_focused()
    assert not chat.stored()
    assert httpx2.get(address, headers=secret).status_code == 404
    chat.page.reload()
    expect(chat.button("Start")).to_be_visible()


def test_nothing_before_start(chat: ChatPage) -> None:
    expect(chat.button("Start")).to_be_visible()
    chat.page.wait_for_load_state("networkidle")

    assert chat.requests == ["/", "/pagina/chat.css", "/pagina/chat.js"]
    assert not chat.stored()


def test_no_fault_in_console(chat: ChatPage) -> None:
    chat.scan()
    chat.choose("Nog vijf vragen", *["Weet ik niet"] * 5)
    chat.answers.locator("summary").click()
    with chat.page.expect_download() as download:
        chat.button("Download als tekst").click()
    assert chat.turn["uitslag"]["vangnet"]["naam"] in download.value.path().read_text()

    assert chat.faults == []  # a violation of the Content-Security-Policy is one


def test_lost_connection_is_made_good(chat: ChatPage) -> None:
    keys = []

    def lose_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            route.continue_()
        else:
            route.fetch()  # the server took it, the answer got lost
            route.abort()

    chat.start()
    chat.page.route("**/berichten", lose_first)
    chat.choose("2 tot 9")

    expect(chat.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_expired_conversation_can_be_begun_again(chat: ChatPage, product: Product) -> None:
    chat.start()
    secret = {"Authorization": f"Bearer {chat.turn['sleutel']}"}
    httpx2.delete(f"{product.url}/v1/gesprekken/{chat.turn['gesprekId']}", headers=secret)
    chat.field.fill("vier")
    chat.field.press("Enter")

    alert = chat.page.get_by_role("alert")
    expect(alert).to_contain_text("verlopen")
    chat.press(alert.get_by_role("button", name="Opnieuw beginnen"))
    expect(alert).to_be_empty()
    chat.choose("2 tot 9")


def test_citizen_service_number_is_not_sent(chat: ChatPage) -> None:
    chat.start()
    sent = len(chat.requests)
    chat.field.fill(f"mijn nummer is {A_CITIZEN_SERVICE_NUMBER}")
    chat.field.press("Enter")

    expect(chat.page.get_by_role("alert")).to_contain_text("burgerservicenummer")
    assert len(chat.requests) == sent


def test_print_shows_card_only(chat: ChatPage) -> None:
    chat.scan()
    chat.page.emulate_media(media="print")

    expect(chat.card).to_be_visible()
    expect(chat.field).to_be_hidden()
    expect(chat.log.locator(".bubbel").filter(visible=True)).to_have_count(0)
    expect(chat.button(re.compile("."))).to_have_count(0)


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core has against the page as it is now."""
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(open_chat: OpenChat, axe: str, size: tuple[int, int], scheme: str) -> None:
    chat = open_chat(*size, color_scheme=scheme)
    found = {"start": violations(chat.page, axe)}
    chat.start()
    found["question"] = violations(chat.page, axe)
    chat.choose("2 tot 9")
    chat.say(*PROFILE)
    chat.answers.locator("summary").click()
    expect(chat.answers.get_by_role("listitem")).to_have_count(3)
    found["answers"] = violations(chat.page, axe)
    chat.answers.locator("summary").click()
    chat.choose(*CORE)
    found["result"] = violations(chat.page, axe)
    chat.field.press("Enter")
    found["fault"] = violations(chat.page, axe)
    chat.button("Verwijder mijn gegevens").click()
    found["dialog"] = violations(chat.page, axe)

    assert found == {state: [] for state in found}


@pytest.mark.parametrize("width", [360, 320])
def test_no_sideways_scroll(open_chat: OpenChat, width: int) -> None:
    chat = open_chat(width, 640, has_touch=True, is_mobile=True)

    def check() -> None:
        assert chat.page.evaluate("document.documentElement.scrollWidth") == width

    check()
    chat.scan()
    check()
    chat.answers.locator("summary").click()
    expect(chat.answers.get_by_role("listitem")).to_have_count(9)
    check()
    chat.say("w" * 500)
    check()


def test_typing_does_not_move_the_page(open_chat: OpenChat) -> None:
    chat = open_chat(*PHONE, has_touch=True, is_mobile=True)
    chat.scan()
    chat.field.focus()
    chat.page.evaluate("scrollTo(0, 300)")
    chat.page.keyboard.type("vier")

    assert chat.page.evaluate("scrollY") == 300


def test_page_is_small() -> None:
    assert sum(len(gzip.compress(file.read_bytes())) for file in STATIC.iterdir()) <= MOST_BYTES
