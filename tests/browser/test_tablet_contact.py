"""Asking for contact at an event, also without a connection: asked once, kept for nobody else, and lost never."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenTablet
from tests.browser.contact import ASKED, AT_ONCE, ContactForm, leads_of, lose_owners, owners_of, somebody
from tests.browser.tablet import ROWS, Tablet
from tests.product.running import Product

REQUESTS = "**/v1/contactverzoeken"
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def owners(product: Product) -> Iterator[None]:
    with owners_of(product, ASKED):
        yield


@pytest.fixture
def at_result(open_tablet: OpenTablet) -> OpenTablet:
    """Opens a tablet on which somebody has a result, and which sends as soon as it may."""

    def opened(code: str | None = None, *, slowly: bool = False, **settings: object) -> Tablet:
        tablet = open_tablet(code, **settings)
        if not slowly:
            tablet.page.context.add_init_script(AT_ONCE)
        tablet.visit()
        expect(tablet.ready).to_be_visible()
        return tablet.begin().core()

    return opened


def until_nothing_waits(tablet: Tablet) -> None:
    """Wait until no request for contact lies on the device any more."""
    tablet.until(f"async () => !(await ({ROWS})('contacts')).length")


class TestAsking:
    def test_nothing_is_ticked_and_the_text_is_there_to_read(self, at_result: OpenTablet, product: Product) -> None:
        tablet = at_result()
        form = ContactForm(tablet).open()
        expect(form.box()).not_to_be_checked()
        expect(tablet.page.get_by_role("radio", checked=True)).to_have_count(0)
        (text,) = [entry for entry in product.http.get("/v1/contactteksten").json()["teksten"] if entry["id"] == ASKED]
        expect(tablet.page.get_by_text(text["alineas"][0])).to_be_hidden()
        form.box().check()
        for paragraph in text["alineas"]:
            expect(tablet.page.get_by_text(paragraph)).to_be_visible()

    def test_faults_are_told_where_they_are_and_the_first_gets_the_focus(self, at_result: OpenTablet) -> None:
        tablet = at_result()
        form = ContactForm(tablet).open()
        form.send()
        expect(form.box()).to_be_focused()
        for text in ("Kies minstens één initiatief", "Vul je naam in", "Vul je mailadres of je telefoonnummer in."):
            expect(tablet.page.get_by_text(text)).to_be_visible()
        form.fill(email="noor", phone="12").send()
        expect(tablet.page.get_by_label("Je mailadres")).to_be_focused()
        expect(tablet.page.get_by_label("Je telefoonnummer")).to_have_attribute("aria-invalid", "true")
        assert tablet.stored("contacts") == []

    def test_result_can_be_looked_at_and_nothing_typed_is_lost_by_it(self, at_result: OpenTablet) -> None:
        tablet = at_result()
        form = ContactForm(tablet).open().fill(email="noor@bakkerij.example")
        tablet.tap("Terug naar de uitslag")
        expect(tablet.result).to_be_visible()
        form.open()
        expect(form.box()).to_be_checked()
        expect(tablet.page.get_by_label("Je mailadres")).to_have_value("noor@bakkerij.example")

    def test_nobody_can_be_asked_when_nobody_looks_after_what_was_advised(
        self, open_tablet: OpenTablet, product: Product
    ) -> None:
        lose_owners(product)
        tablet = open_tablet().visit().begin().core()
        expect(ContactForm(tablet).way).to_be_hidden()

    def test_request_of_a_firm_without_a_sector(self, at_result: OpenTablet, product: Product) -> None:
        email = somebody()
        tablet = at_result()
        with tablet.page.expect_request(REQUESTS) as request:
            ContactForm(tablet).ask(email=email, note="Liefst na vijven")
        until_nothing_waits(tablet)
        expect(tablet.heading).to_have_text("Je vraag is verstuurd")
        (lead,) = leads_of(product, email)
        assert (lead["initiative"], lead["status"]) == (ASKED, "aangevraagd")
        assert request.value.post_data_json["profiel"] == {
            **{"sbi2025": "onbekend", "sbi2008": "onbekend", "grootteklasse": "2-9", "gemeente": "GM0355"},
            **{"fase": "engaged", "hulpvraag": "administratie"},
        }

    def test_own_phone_shows_who_gave_only_a_number_how_to_withdraw(
        self, at_result: OpenTablet, product: Product
    ) -> None:
        tablet = at_result(width=360, height=640, has_touch=True, is_mobile=True)
        phone = "0612" + somebody()[5:17].translate(str.maketrans("abcdef", "123456"))[:6]
        ContactForm(tablet).ask(phone=phone)
        expect(tablet.heading).to_have_text("Je vraag is doorgegeven")
        link = tablet.page.get_by_role("link", name=f"{product.url}/contact/intrekken")
        expect(link).to_be_visible()
        assert [lead["status"] for lead in leads_of(product, f"+31{phone[1:]}")] == ["afgeleverd"]


class TestKept:
    def test_without_a_connection_it_waits_unreadable_and_becomes_one_lead(
        self, at_result: OpenTablet, product: Product
    ) -> None:
        email = somebody()
        tablet = at_result()
        tablet.until_sent()
        tablet.tap("Klaar")
        tablet.page.context.set_offline(True)
        tablet.page.reload()
        tablet.begin().core()
        ContactForm(tablet).ask(email=email)
        expect(
            tablet.page.get_by_text("We sturen je een mail om dit te bevestigen zodra er verbinding is.")
        ).to_be_visible()
        expect(tablet.bar).to_have_text("1 intake en 1 contactverzoek wachten op internet")
        (row,) = tablet.stored("contacts")
        assert not {"intake", "body", "naam", "email"} & row.keys()
        assert row["id"] not in {intake["id"] for intake in tablet.stored()}
        lying = tablet.page.evaluate(
            """() => new Promise(resolve => {
                const opening = indexedDB.open("intake");
                opening.onsuccess = () => {
                    const reading = opening.result.transaction("contacts").objectStore("contacts").getAll();
                    reading.onsuccess = () => resolve(reading.result.map(row =>
                        new TextDecoder("latin1").decode(row.data) + JSON.stringify(row)).join()
                        + JSON.stringify({ ...sessionStorage, ...localStorage }));
                };
            })"""
        )
        assert not re.search("noor|bakker|example", lying, re.IGNORECASE)
        tablet.page.reload()
        tablet.page.context.set_offline(False)
        until_nothing_waits(tablet)
        assert len(leads_of(product, email)) == 1

    def test_answer_that_is_lost_on_the_way_is_one_lead(self, at_result: OpenTablet, product: Product) -> None:
        email = somebody()
        tablet = at_result(service_workers="allow")
        lost: list[int] = []

        def lose(route: Route) -> None:
            if lost:
                return route.continue_()
            lost.append(route.fetch().status)
            return route.abort()

        tablet.page.context.route(REQUESTS, lose)
        ContactForm(tablet).ask(email=email)
        expect(tablet.bar).to_contain_text("1 contactverzoek wacht op internet")
        tablet.page.reload()
        until_nothing_waits(tablet)
        assert lost == [201]
        assert len(leads_of(product, email)) == 1

    def test_two_tabs_send_each_request_once(self, at_result: OpenTablet, product: Product) -> None:
        tablet = at_result()
        tablet.until_sent()
        tablet.page.context.set_offline(True)
        mine, theirs = somebody(), somebody()
        ContactForm(tablet).ask(email=mine)
        other = Tablet(tablet.page.context.new_page(), product, tablet.code).visit().begin().core()
        ContactForm(other).ask(email=theirs)
        expect(other.bar).to_have_text("1 intake en 2 contactverzoeken wachten op internet")
        keys: list[str] = []
        tablet.page.context.on(
            "request",
            lambda one: keys.append(one.headers["idempotency-key"]) if one.url.endswith("contactverzoeken") else None,
        )
        tablet.page.context.set_offline(False)
        until_nothing_waits(tablet)
        until_nothing_waits(other)
        assert [len(leads_of(product, email)) for email in (mine, theirs)] == [1, 1]
        assert len(keys) == len(set(keys)) == 2

    def test_device_of_before_there_was_contact_keeps_what_it_had(
        self, open_tablet: OpenTablet, product: Product
    ) -> None:
        email = somebody()
        tablet = open_tablet()
        tablet.page.context.add_init_script(AT_ONCE)
        tablet.page.goto(f"{product.url}/uitslag")
        tablet.page.evaluate(
            """() => new Promise(resolve => {
                const opening = indexedDB.open("intake", 1);
                opening.onupgradeneeded = () => ["keys", "intakes", "deliveries", "facts"].forEach(
                    store => opening.result.createObjectStore(store, { keyPath: "id" }));
                opening.onsuccess = () => {
                    const writing = opening.result.transaction("facts", "readwrite");
                    writing.objectStore("facts").put({ id: "van vroeger" });
                    writing.oncomplete = () => { opening.result.close(); resolve(); };
                };
            })"""
        )
        tablet.visit().begin().core()
        ContactForm(tablet).ask(email=email)
        until_nothing_waits(tablet)
        assert len(leads_of(product, email)) == 1
        assert "van vroeger" in [row["id"] for row in tablet.stored("facts")]
