"""A conversation in the widget, against the whole product."""

import re

import httpx2
from playwright.sync_api import expect

from tests.browser.conftest import OpenWidget
from tests.browser.widget import CORE, PROFILE, Widget
from tests.product.running import Product

PHONE = (360, 640)
A_CITIZEN_SERVICE_NUMBER = "123456782"


def test_scan_by_buttons_gives_card(widget: Widget) -> None:
    widget.scan()

    expect(widget.card.get_by_role("heading", name="Je bent op weg")).to_be_visible()
    expect(widget.card).to_contain_text("voorlopige uitslag")
    result = widget.turn["uitslag"]
    for sentence in (*result["uitleg"], result["volgendeStap"]):
        expect(widget.card.get_by_text(sentence, exact=True)).to_be_visible()
    for advice in (*result["initiatieven"], result["vangnet"]):
        expect(widget.card.get_by_role("heading", name=advice["naam"], exact=True)).to_be_visible()
        expect(widget.card).to_contain_text(advice["reden"])
    expect(widget.card.get_by_role("heading", name="Je kunt ook terecht bij")).to_be_visible()


def test_card_stands_instead_of_the_words(widget: Widget) -> None:
    widget.scan()

    last = widget.turn["berichten"][-1]["tekst"]
    assert len(widget.turn["berichten"]) > 2
    assert widget.bubbles()[-2:] == [CORE[-1], last]


def test_further_questions_replace_card(widget: Widget) -> None:
    widget.scan()
    widget.choose("Nog vijf vragen")
    expect(widget.page.get_by_text("Vraag 1 van 5")).to_be_visible()
    widget.choose(
        "Er is een plan en dit jaar geld",
        "Online, in de cloud",
        "Past niet bij mijn bedrijf",
        "Af en toe een cursus of uitleg",
        "Weet ik niet",
    )

    expect(widget.card).to_have_count(1)
    expect(widget.card).not_to_contain_text("voorlopige uitslag")
    expect(widget.card).to_contain_text(f"{widget.turn['uitslag']['score']} van 36 punten")
    expect(widget.show_answers()).to_have_count(14)


def test_honest_advice_outside_region(widget: Widget) -> None:
    widget.open()
    widget.choose("250 of meer")
    widget.say("kapper", "Rotterdam")
    widget.choose(*CORE)

    expect(widget.card.get_by_role("heading", name="Hier kun je terecht")).to_be_visible()
    notes = widget.card.locator("section", has_text="Goed om te weten")
    expect(notes).to_contain_text("buiten de regio Utrecht")
    expect(notes).to_contain_text("bedrijven tot 50 mensen")


def test_counter_question_offers_what_was_understood(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.say("kapper", "Elst")  # there are two

    assert widget.turn["voortgang"]["bevestigen"]
    offered = widget.turn["berichten"][-1]["knoppen"]
    assert len(offered) > 1
    expect(widget.choices.get_by_role("button")).to_have_count(len(offered))
    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()


def test_scan_by_keyboard_alone(widget: Widget) -> None:
    keyboard = widget.page.keyboard

    def press(name: str, *, back: bool = False) -> None:
        widget.tab_to(name, back=back)
        keyboard.press("Enter")
        widget.settle()

    widget.tab_to("Welke digitale hulp past bij mij?")
    keyboard.press("Enter")
    widget.settle()
    assert widget.focused() == "veld"
    press("2 tot 9", back=True)
    for text in PROFILE:
        keyboard.type(text)
        keyboard.press("Enter")
        widget.settle()
    press(CORE[0], back=True)
    for title in CORE[1:]:
        press(title)

    expect(widget.card.get_by_role("heading", level=3)).to_be_focused()
    press("Zo is het goed")
    assert widget.bubbles()[-1].startswith("Dank je wel")
    keyboard.press("Escape")
    expect(widget.panel).to_have_count(0)
    expect(widget.launcher).to_be_focused()


def test_next_choices_are_one_tab_away(widget: Widget) -> None:
    widget.open()
    widget.tab_to("2 tot 9", back=True)
    widget.page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()  # the question about the firm has no choices
    widget.say(*PROFILE)
    widget.tab_to(CORE[0], back=True)
    widget.page.keyboard.press("Enter")
    expect(widget.page.get_by_text("Vraag 5 van 9")).to_be_visible()
    first = widget.choices.get_by_role("button").first
    widget.page.keyboard.press("Tab")
    expect(first).to_be_focused()


def test_scan_by_typing_on_phone(open_widget: OpenWidget) -> None:
    widget = open_widget("/", *PHONE, launcher="Start", has_touch=True, is_mobile=True)
    widget.open()
    widget.say("met z'n vieren", "ik heb een kapsalon", "Amersfoort", "meer klanten", "in excel")
    widget.say("wel een website, maar ik doe er weinig mee", "alles zit in mijn hoofd", "dat gaat vanzelf")
    widget.say("overal hetzelfde wachtwoord")

    expect(widget.card.get_by_role("heading", name="Je staat aan het begin")).to_be_visible()
    expect(widget.card.get_by_role("heading", name="Kijk eerst naar je veiligheid")).to_be_visible()
    expect(widget.card).to_contain_text(widget.turn["uitslag"]["vangnet"]["naam"])


def test_progress_after_two_answers(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.say("kapper")

    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()
    bar = widget.page.get_by_role("progressbar", name="Vraag 3 van 9")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [3, 9]


def test_changed_answer_changes_card(widget: Widget) -> None:
    widget.scan()
    before = widget.turn["uitslag"]["score"]
    rows = widget.show_answers()
    widget.press(rows.get_by_role("button", name="Wijzig administratie"))
    widget.choose("Op papier of in een schrift")

    assert widget.turn["uitslag"]["score"] < before
    expect(widget.card).to_have_count(1)
    expect(widget.card).to_contain_text(f"{widget.turn['uitslag']['score']} van 36 punten")
    assert widget.bubbles()[-2].startswith("Aangepast: ")
    row = widget.show_answers().filter(has_text="Administratie").first
    expect(widget.answers).to_contain_text("Op papier of in een schrift")
    expect(row).to_be_visible()


def test_changed_answer_with_the_same_result_gives_no_words(widget: Widget) -> None:
    widget.scan()
    before = widget.turn["uitslag"]
    widget.say("wijzig gemeente", "Soest")

    assert widget.turn["uitslag"] == before
    expect(widget.card).to_have_count(1)
    assert widget.bubbles()[-2] == "Aangepast: je bedrijf zit in Soest."


def test_restart_takes_card_away(widget: Widget) -> None:
    widget.scan()
    with widget.page.expect_response("**/berichten"):
        widget.menu("Opnieuw beginnen")
    widget.settle()

    expect(widget.card).to_have_count(0)
    expect(widget.answers).to_be_hidden()
    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_somebody_who_wants_a_person_gets_one(widget: Widget) -> None:
    widget.open()
    widget.press(widget.button("Liever een mens?"))

    assert "KVK" in widget.bubbles()[-2] + widget.bubbles()[-1]
    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_reload_half_way_goes_on(widget: Widget) -> None:
    widget.open()
    widget.profile()
    said = widget.bubbles()
    widget.page.reload()

    expect(widget.page.get_by_text("Vraag 4 van 9")).to_be_visible()
    assert widget.bubbles() == said
    widget.choose(*CORE)
    expect(widget.card).to_be_visible()


def test_next_page_goes_on_with_draft(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.field.fill("een kapsalon in")
    widget.visit("/demo/utrecht")

    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    expect(widget.field).to_have_value("een kapsalon in")
    assert widget.page.evaluate("document.activeElement === document.body")  # it takes no focus by itself


def test_closed_conversation_stays_closed_on_the_next_page_and_goes_on(widget: Widget) -> None:
    widget.open()
    widget.choose("2 tot 9")
    widget.button("Sluiten").click()
    widget.requests.clear()
    widget.visit("/demo/utrecht")
    expect(widget.launcher).to_be_visible()
    assert not [address for address in widget.requests if address.startswith("/v1")]

    widget.launcher.click()
    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()


def test_reload_with_result_shows_card_again(widget: Widget) -> None:
    widget.scan()
    said, card = widget.bubbles(), widget.card.inner_text()
    widget.page.reload()

    expect(widget.button("Zo is het goed")).to_be_visible()
    assert widget.bubbles() == said
    assert widget.card.inner_text() == card


def test_delete_wipes_browser_and_server(widget: Widget, product: Product) -> None:
    widget.open()
    widget.choose("2 tot 9")
    assert widget.stored()
    address = f"{product.url}/v1/gesprekken/{widget.turn['gesprekId']}"
    secret = {"Authorization": f"Bearer {widget.turn['sleutel']}"}
    assert httpx2.get(address, headers=secret).status_code == 200

    widget.menu("Verwijder mijn gegevens")
    widget.button("Nee, ga terug").click()
    assert httpx2.get(address, headers=secret).status_code == 200
    widget.menu("Verwijder mijn gegevens")
    widget.button("Ja, verwijder alles").click()

    expect(widget.page.get_by_text("Je gesprek en je antwoorden zijn verwijderd.")).to_be_visible()
    expect(widget.launcher).to_be_focused()
    assert not widget.stored()
    assert httpx2.get(address, headers=secret).status_code == 404
    widget.page.reload()
    widget.open()
    expect(widget.page.get_by_text("Vraag 1 van 9")).to_be_visible()


def test_transcript_holds_both_sides_and_the_result(widget: Widget) -> None:
    widget.scan()
    with widget.page.expect_download() as download:
        widget.menu("Download dit gesprek")
    text = download.value.path().read_text()

    assert "Je praat met een computer (AI)" in text
    assert re.search(r"Assistent:\s+Hoeveel mensen werken er in je bedrijf\?", text)
    assert re.search(r"Jij:\s+kapper", text)
    assert widget.turn["uitslag"]["vangnet"]["naam"] in text
    assert "ondernemersplein.kvk.nl" in text


def test_print_prints_card_only(widget: Widget) -> None:
    # The frame is made and printed in one go, and gone afterwards: look at it at the moment of printing.
    widget.page.add_init_script(
        """print = () => {
            top.printed = document.body.innerText;
            top.shown = [...document.querySelectorAll("button")].length;
        }"""
    )
    widget.visit("/demo/geen").scan()
    widget.button("Print deze uitslag").click()
    printed = widget.page.evaluate("printed")

    assert "Je bent op weg" in printed
    assert widget.turn["uitslag"]["volgendeStap"] in printed
    assert "Ondernemen in de gemeente Demo" not in printed
    assert "kapper" not in printed


def test_citizen_service_number_is_not_sent(widget: Widget) -> None:
    widget.open()
    sent = len(widget.requests)
    widget.field.fill(f"mijn nummer is {A_CITIZEN_SERVICE_NUMBER}")
    widget.field.press("Enter")

    expect(widget.alert).to_contain_text("burgerservicenummer")
    expect(widget.field).to_have_value(f"mijn nummer is {A_CITIZEN_SERVICE_NUMBER}")
    assert len(widget.requests) == sent
    widget.say("vier")
    expect(widget.alert).to_be_empty()


def test_empty_answer_is_named_and_counter_is_told(widget: Widget) -> None:
    widget.open()
    widget.field.press("Enter")
    expect(widget.alert).to_contain_text("Typ eerst een antwoord")

    widget.field.fill("a" * 410)
    expect(widget.page.get_by_text("Tekens over: 90").first).to_be_visible()
    widget.field.fill("b" * 600)
    assert len(widget.field.input_value()) == 500


def test_enter_in_an_input_method_sends_nothing(widget: Widget) -> None:
    widget.open()
    widget.field.fill("四人")
    sent = len(widget.requests)
    widget.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    widget.field.press("Shift+Enter")

    assert widget.field.input_value() == "四人\n"
    assert len(widget.requests) == sent


def test_screen_reader_hears_sender_choices_and_nothing_old(widget: Widget) -> None:
    widget.open()
    status = widget.element.get_by_role("status")

    expect(widget.log).to_have_count(1)
    assert widget.log.locator(".bot").first.text_content().startswith("Assistent: ")
    expect(status).to_have_text(re.compile(r"Keuzes onder dit bericht: 5"))
    widget.choose("2 tot 9")
    assert widget.log.locator(".jij").first.text_content() == "Jij: 2 tot 9"
    widget.page.reload()
    expect(widget.log).to_have_attribute("aria-live", "off")  # the history is put back in silence
    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    expect(widget.log).not_to_have_attribute("aria-live", "off")


def test_verdict_on_the_result_is_recorded_and_blocks_nothing(widget: Widget, product: Product) -> None:
    before = {row["id"] for row in product.rows("select id from referral")}
    widget.scan()
    widget.card.get_by_role("group", name="Heb je hier iets aan?").get_by_role("button", name="Ja", exact=True).click()

    thanks = widget.card.get_by_text("Dank je wel voor je oordeel.")
    expect(thanks).to_be_focused()
    widget.choose("Zo is het goed")
    found = [row for row in product.rows("select id, verdict from referral") if row["id"] not in before]
    assert [row["verdict"] for row in found] == ["goed"]


def test_closed_and_opened_again_goes_on_where_nothing_may_be_stored(widget: Widget) -> None:
    widget.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })"
    )
    widget.visit("/demo/geen").open()
    widget.choose("2 tot 9")
    said = widget.bubbles()
    widget.button("Sluiten").click()
    expect(widget.panel).to_have_count(0)
    widget.launcher.click()

    assert widget.bubbles() == said
    expect(widget.field).to_be_focused()
    widget.say("kapper")
    expect(widget.page.get_by_text("Vraag 3 van 9")).to_be_visible()


def test_opened_again_on_a_phone_is_the_whole_screen_again(open_widget: OpenWidget) -> None:
    widget = open_widget("/demo/geen", *PHONE, has_touch=True, is_mobile=True)
    widget.open()
    widget.choose("2 tot 9")
    widget.page.keyboard.press("Escape")
    widget.launcher.tap()

    expect(widget.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    assert widget.panel.evaluate("node => node.matches(':modal')")
