"""The intake on a tablet, from the first tap to the result on the entrepreneur's own phone, on the whole product."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.api.served import until
from tests.browser.conftest import OpenTablet
from tests.browser.tablet import CORE_CODES, Tablet, make_event, register
from tests.product.running import Product

MOST_TABS = 30


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on something with this text."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(f"no way to {name!r} by Tab")


def paragraphs(tablet: Tablet) -> str:
    return re.sub(r"\s+", " ", tablet.result.inner_text())


def test_scan_by_taps_gives_the_result_of_the_server_and_counts_once(open_tablet: OpenTablet, product: Product) -> None:
    tablet = open_tablet().visit().begin().core()
    body = {"evenement": tablet.code, "antwoorden": CORE_CODES}
    tablet.until_sent()
    key = {"Idempotency-Key": str(uuid4())}
    uitslag = product.http.post("/v1/intakes", json=body, headers=key).json()["uitslag"]

    said = paragraphs(tablet)
    offers = [*uitslag["initiatieven"], uitslag["vangnet"]]
    parts = [
        *uitslag["uitleg"],
        uitslag["volgendeStap"],
        *(offer[key] for offer in offers for key in ("naam", "reden")),
    ]
    assert re.search(".*".join(map(re.escape, parts)), said)
    assert f"{uitslag['score']} van 36 punten" in said
    own = ("id", "rounding_key")
    ours, theirs = ({key: value for key, value in row.items() if key not in own} for row in tablet.records())
    assert ours == theirs
    assert ours["channel"] == "evenement"
    assert tablet.faults == []


def test_scan_by_keyboard_alone(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit()
    page, press = tablet.page, tablet.page.keyboard.press
    tab_to(page, "Doe de scan zelf")
    press("Enter")
    tab_to(page, "2 tot 9")
    press("Enter")
    expect(tablet.heading).to_be_focused()
    tablet.page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('[role=combobox]')"):
        press("Tab")
    page.keyboard.type("kapsal")
    press("ArrowDown")
    expect(tablet.list.get_by_role("option", selected=True)).to_contain_text("Kapsalon")
    press("Enter")
    expect(tablet.heading).to_have_text("In welke gemeente zit je bedrijf?")
    tab_to(page, "Zeist")
    press("Space")
    for _ in range(6):
        tab_to(page, page.locator("button.optie").nth(1).inner_text())
        press("Enter")
    expect(tablet.heading).to_have_text("Je bent op weg")
    expect(tablet.heading).to_be_focused()
    tablet.until_sent()
    assert [row["sbi2008"] for row in tablet.records()] == ["S"]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("ik heb een kapsalon", "Kapsalon"), ("restaurant", "Restaurant"), ("loodgieter", "Loodgieter")],
)
def test_own_words_for_the_firm_are_understood_as_in_the_chat(
    open_tablet: OpenTablet, typed: str, understood: str
) -> None:
    tablet = open_tablet().visit().begin()
    tablet.tap("2 tot 9")
    tablet.field.fill(typed)
    tablet.field.press("Enter")
    expect(tablet.page.get_by_text("Dat begrijpen we als")).to_contain_text(understood, ignore_case=True)
    tablet.tap("Ja, verder")
    expect(tablet.heading).to_have_text("In welke gemeente zit je bedrijf?")


def test_leaving_the_field_takes_what_was_typed(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin()
    tablet.tap("2 tot 9", "Weet ik niet")
    tablet.field.fill("maarn")
    tablet.page.locator("h1").click()
    expect(tablet.page.get_by_text("Dat begrijpen we als")).to_contain_text("Utrechtse Heuvelrug")
    tablet.tap("Nee, iets anders")
    expect(tablet.field).to_be_focused()
    expect(tablet.field).to_have_value("")


def test_doubtful_and_unknown_words_lead_to_a_choice(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin()
    tablet.tap("2 tot 9", "Weet ik niet")
    tablet.field.fill("Elst")
    tablet.field.press("Enter")
    expect(tablet.list.get_by_role("option")).to_have_text(["Elst bij Rhenen", "Elst in Gelderland"])
    tablet.field.fill("qqqq")
    tablet.field.press("Enter")
    expect(tablet.page.get_by_text("We vinden deze plaats niet. Kies uit de lijst.")).to_be_visible()
    tablet.list.get_by_role("option", name="De Bilt", exact=True).click()
    expect(tablet.heading).to_have_text("Waar wil je als eerste hulp bij?")


def test_what_is_typed_goes_nowhere(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin()
    sent: list[str] = []
    tablet.page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    tablet.tap("2 tot 9")
    tablet.field.fill("Slagerij Zwartkruis in Zeist")
    tablet.field.press("Enter")
    tablet.tap(re.compile("Ja, verder"), "Zeist", *["Weet ik nog niet"], *["Weet ik niet"] * 5)
    tablet.until_sent()
    assert sent
    assert not [text for text in sent if "zwartkruis" in text.lower()]
    kept = "Object.values({ ...localStorage, ...sessionStorage }).join() + document.documentElement.textContent"
    assert "zwartkruis" not in tablet.page.evaluate(kept).lower()


def test_going_back_keeps_the_answers(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin()
    tablet.tap("2 tot 9", "Weet ik niet", "Zeist", "Vorige")
    expect(tablet.button("Zeist")).to_have_attribute("aria-pressed", "true")
    tablet.page.go_back()  # to the question that was shown before this one
    expect(tablet.heading).to_have_text("Waar wil je als eerste hulp bij?")
    tablet.button(re.compile("^Aantal mensen")).click()
    tablet.tap("Alleen ik")
    expect(tablet.heading).to_have_text("Waar wil je als eerste hulp bij?")


def test_further_questions_and_corrections_renew_the_result_and_count_once(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    tablet.until_sent()
    expect(tablet.result).to_contain_text("voorlopige uitslag")
    tablet.further()
    expect(tablet.result).not_to_contain_text("voorlopige uitslag")
    tablet.tap("Pas antwoorden aan")
    tablet.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Aantal mensen")).click()
    tablet.tap("250 of meer")
    expect(tablet.result).to_contain_text("bedrijven tot 50 mensen")
    tablet.until_sent()
    expect(tablet.page.get_by_role("button", name="Vijf extra vragen")).to_be_hidden()
    tablet.tap("Klaar")
    expect(tablet.heading).to_have_text("Ondernemersborrel Zeist")
    records = tablet.records()
    assert [(row["size_class"], row["provisional"]) for row in records] == [("250+", 0)]


def test_further_questions_may_be_left_half_way(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    tablet.tap("Vijf extra vragen", "Weet ik niet", "Terug naar de uitslag")
    expect(tablet.result).to_contain_text("Van de vijf extra vragen beantwoordde je er 1.")


def test_result_goes_to_a_phone_as_codes_without_the_sector_and_is_not_recorded(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    tablet.until_sent()
    before = paragraphs(tablet)
    tablet.tap("Naar mijn telefoon")
    dialog = tablet.page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR-code met de link naar je uitslag")).to_be_visible()
    dialog.locator("summary").click()
    link = dialog.locator(".link").inner_text()
    assert "bedrijf" not in link
    assert link.startswith(f"{tablet.product.url}/uitslag#")

    phone = tablet.page.context.browser.new_page(viewport={"width": 360, "height": 640})  # type: ignore[union-attr]
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(f"{request.method} {request.url.rpartition('/')[2]}"))
    phone.goto(link)
    expect(phone.get_by_role("article")).to_be_visible()
    assert re.sub(r"\s+", " ", phone.get_by_role("article").inner_text()) == before
    assert sorted(name.partition("#")[0] for name in requests) == sorted(
        ["GET uitslag", "GET scan.css", "GET intake.css", "GET uitslag.js", "GET regels.js", "GET regels.json"]
        + [name for name in requests if "icoon" in name]
    )
    for broken in ("", "#v=1", link.partition("#")[2].replace("v=1", "#v=9"), "#v=1&dag=2026-11-26&personen=3"):
        phone.goto("about:blank")
        phone.goto(f"{tablet.product.url}/uitslag{broken}")
        expect(phone.get_by_role("heading", level=1)).to_have_text("We kunnen deze uitslag niet laten zien")
    phone.close()
    assert len(tablet.records()) == 1


def test_result_is_one_page_on_paper(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin()
    tablet.tap("2 tot 9", "Weet ik niet", "Zeist", "Administratie en planning")
    for option in (3, 3, 3, 0, 0):
        tablet.page.locator("button.optie").nth(option).click()
    for long in ("Kijk eerst naar je veiligheid", "Goed om te weten", "Hulp die bij je past"):
        expect(tablet.result.get_by_role("heading", name=long)).to_be_visible()
    paper = tablet.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    tablet.page.emulate_media(media="print")
    expect(tablet.result).to_be_visible()
    for other in (tablet.page.locator("header"), tablet.button("Klaar"), tablet.button("Print")):
        expect(other).to_be_hidden()


def test_staff_go_on_with_the_next_entrepreneur(open_tablet: OpenTablet, product: Product) -> None:
    created = make_event(product)
    tablet = open_tablet(created.event.code).visit()
    tablet.log_in("VERKEERD")
    expect(tablet.page.get_by_text("Deze sleutel klopt niet.")).to_be_visible()
    tablet.page.get_by_label("Sleutel van dit evenement").fill(created.staff_key.lower())
    tablet.tap("Aanmelden")
    expect(tablet.page.get_by_text("Je bent aangemeld als medewerker.")).to_be_visible()
    tablet.begin().core()
    expect(tablet.bar).to_have_text("Alles is verstuurd (verstuurd: 1)")
    tablet.tap("Volgende ondernemer")
    expect(tablet.page.get_by_text("Vraag 1 van 9")).to_be_visible()
    tablet.page.reload()
    expect(tablet.button("Start een intake")).to_be_visible()
    tablet.tap("Afmelden")
    expect(tablet.button("Doe de scan zelf")).to_be_visible()
    until(lambda: product.rows("select * from event_staff where event = ?", tablet.code) == [])


def test_who_walks_away_leaves_nothing_on_a_shared_tablet(open_tablet: OpenTablet) -> None:
    tablet = open_tablet()
    tablet.page.clock.install()
    tablet.visit().begin()
    tablet.tap("2 tot 9", "Weet ik niet")
    tablet.page.clock.run_for(105_000)
    expect(tablet.page.get_by_role("dialog")).to_contain_text("Ben je er nog?")
    tablet.tap("Ja, ik ga door")
    expect(tablet.heading).to_have_text("In welke gemeente zit je bedrijf?")
    tablet.page.clock.run_for(125_000)
    expect(tablet.button("Doe de scan zelf")).to_be_visible()
    assert tablet.stored() == []


def test_own_phone_keeps_the_result_while_it_is_read(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(width=360, height=640)
    tablet.page.clock.install()
    tablet.visit().begin().core()
    tablet.page.clock.run_for(5 * 60_000)
    expect(tablet.result).to_be_visible()
    expect(tablet.page.get_by_role("dialog")).to_be_hidden()
    tablet.page.clock.run_for(30 * 60_000)
    expect(tablet.button("Doe de scan zelf")).to_be_visible()


def test_unknown_and_ended_codes_say_what_to_do(open_tablet: OpenTablet, product: Product) -> None:
    ended = make_event(product, name="Voorbij").event.code
    known = open_tablet(ended).visit()
    expect(known.ready).to_be_visible()
    register(product).close(ended, register(product).find(ended).last_day)  # type: ignore[union-attr]
    known.page.reload()
    expect(known.heading).to_have_text("Dit evenement is voorbij")  # on a device that was there before
    expect(known.page.get_by_role("link", name="Doe de scan zonder code")).to_have_attribute(
        "href", "/scan?site=utrecht"
    )

    for code, status in ((ended, 410), ("ZEIST-XXX", 404)):
        answer = product.http.get(f"/intake/{code}")
        assert answer.status_code == status
        assert "scan" in answer.text
