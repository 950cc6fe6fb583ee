"""Contact data on a device that others use: gone with their owner, told to staff alone, sent when it tells nothing."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenTablet
from tests.browser.contact import ASKED, AT_ONCE, ContactForm, leads_of, owners_of, somebody
from tests.browser.tablet import Tablet, make_event
from tests.browser.test_tablet_accessibility import SETTINGS, Look
from tests.product.running import Product
from tests.slow import mostly_slow

REQUESTS = "**/v1/contactverzoeken"
REASON = "De tekst van de toestemming is intussen veranderd."


@pytest.fixture(autouse=True)
def owners(product: Product) -> Iterator[None]:
    with owners_of(product, ASKED):
        yield


def visible_text(page: Page) -> str:
    """Everything in the page, with what fields hold."""
    script = "document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(n => n.value)"
    text: str = page.evaluate(script)
    return text


def refuse(route: Route) -> None:
    body = json.dumps({"status": 400, "title": "Ongeldige aanvraag", "detail": REASON})
    headers = {"API-Version": "1.0.0"}
    route.fulfill(status=400, body=body, content_type="application/problem+json", headers=headers)


class TestLeft:
    def test_who_walks_away_from_the_form_leaves_nothing_of_it(self, open_tablet: OpenTablet) -> None:
        tablet = open_tablet()
        tablet.page.clock.install()
        tablet.visit().begin().core()
        ContactForm(tablet).open().fill(email="noor@bakkerij.example", note="Bel mij")
        tablet.page.clock.run_for(125_000)
        expect(tablet.button("Doe de scan zelf")).to_be_visible()
        assert "bakkerij" not in visible_text(tablet.page)
        tablet.begin().core()
        form = ContactForm(tablet).open()
        expect(form.box()).not_to_be_checked()
        expect(tablet.page.get_by_label("Je mailadres")).to_have_value("")
        assert tablet.stored("contacts") == []

    def test_form_on_a_device_of_staff_is_wiped_as_soon(self, open_tablet: OpenTablet, product: Product) -> None:
        created = make_event(product)
        tablet = open_tablet(created.event.code)
        tablet.page.clock.install()
        tablet.visit().log_in(created.staff_key)
        expect(tablet.page.get_by_text("Je bent aangemeld als medewerker.")).to_be_visible()
        tablet.begin().core()
        ContactForm(tablet).open().fill(email="noor@bakkerij.example")
        tablet.page.clock.run_for(125_000)
        expect(tablet.button("Start een intake")).to_be_visible()
        assert "bakkerij" not in visible_text(tablet.page)

    @pytest.mark.parametrize("way", ["Klaar", "reload"])
    def test_next_person_sees_nothing_of_a_request_that_waits(self, open_tablet: OpenTablet, way: str) -> None:
        tablet = open_tablet().visit()
        expect(tablet.ready).to_be_visible()
        tablet.begin().core()
        ContactForm(tablet).ask(email="noor@bakkerij.example", note="Bel mij")
        tablet.tap("Klaar")
        if way == "reload":
            tablet.page.reload()
        tablet.begin().core()
        tablet.page.go_back()
        tablet.page.go_forward()
        assert "bakkerij" not in visible_text(tablet.page)
        expect(ContactForm(tablet).way).to_be_visible()
        assert len(tablet.stored("contacts")) == 1

    def test_browser_of_a_shared_device_offers_nobody_elses_name(self, open_tablet: OpenTablet) -> None:
        def offered(tablet: Tablet) -> list[str | None]:
            ContactForm(tablet.visit().begin().core()).open()
            labels = ("Je naam", "Je mailadres", "Je telefoonnummer")
            return [tablet.page.get_by_label(label).get_attribute("autocomplete") for label in labels]

        assert offered(open_tablet()) == ["off"] * 3
        assert offered(open_tablet(width=360, height=640)) == ["name", "email", "tel"]

    def test_wiped_before_it_was_sent_it_never_is(self, open_tablet: OpenTablet, product: Product) -> None:
        email = somebody()
        tablet = open_tablet().visit().begin().core()
        ContactForm(tablet).ask(email=email)
        expect(tablet.bar).to_have_text("1 contactverzoek gaat zo weg")
        tablet.tap("Wis mijn vraag")
        expect(tablet.heading).to_have_text("Je vraag is gewist")
        assert tablet.stored("contacts") == []
        tablet.page.reload()
        expect(ContactForm(tablet).way).to_be_visible()
        assert leads_of(product, email) == []


class TestMoment:
    def test_request_does_not_leave_with_the_intake_but_within_ten_minutes(
        self, open_tablet: OpenTablet, product: Product
    ) -> None:
        email = somebody()
        tablet = open_tablet()
        tablet.page.clock.install()
        tablet.page.add_init_script("Math.random = () => .99;")
        tablet.visit().begin().core()
        tablet.until_sent()
        ContactForm(tablet).ask(email=email)
        tablet.tap("Klaar")
        tablet.page.clock.run_for(8 * 60_000)
        assert leads_of(product, email) == []
        expect(tablet.bar).to_have_text("1 contactverzoek gaat zo weg")
        with tablet.page.expect_response(REQUESTS):
            tablet.page.clock.run_for(2 * 60_000)
        assert len(leads_of(product, email)) == 1

    def test_own_phone_sends_when_its_page_is_closed(self, open_tablet: OpenTablet, product: Product) -> None:
        email = somebody()
        tablet = open_tablet(width=360, height=640)
        tablet.page.add_init_script("Math.random = () => .99;")
        tablet.visit().begin().core()
        ContactForm(tablet).ask(email=email)
        assert leads_of(product, email) == []
        tablet.page.close(run_before_unload=True)
        other = tablet.page.context.new_page()
        for _ in range(50):
            if leads_of(product, email):
                break
            other.wait_for_timeout(100)
        assert len(leads_of(product, email)) == 1

    def test_failing_request_keeps_no_intake_back(self, open_tablet: OpenTablet) -> None:
        tablet = open_tablet()
        tablet.page.context.add_init_script(AT_ONCE)
        tablet.page.context.route(REQUESTS, lambda route: route.abort())
        tablet.visit().begin().core()
        ContactForm(tablet).ask(email=somebody())
        expect(tablet.bar).to_contain_text("1 contactverzoek wacht op internet")
        tablet.tap("Klaar")
        tablet.begin().core()
        tablet.until_stored(1)  # the one on the screen
        tablet.until_recorded(2)

    def test_address_that_asked_too_often_keeps_no_other_back(self, open_tablet: OpenTablet, product: Product) -> None:
        tablet = open_tablet()
        tablet.page.context.add_init_script(AT_ONCE)
        tablet.visit().begin().core()
        often, other = somebody(), somebody()
        tries: list[str] = []

        def count(route: Route) -> None:
            if often in (route.request.post_data or ""):
                tries.append(often)
                headers = {"API-Version": "1.0.0", "Retry-After": "3600"}
                return route.fulfill(status=429, body="{}", content_type="application/problem+json", headers=headers)
            return route.continue_()

        tablet.page.context.route(REQUESTS, count)
        for email in (often, other):
            ContactForm(tablet).ask(email=email)
            tablet.tap("Klaar")
            tablet.begin().core()
        tablet.until("() => document.querySelector('#stand').textContent === '1 contactverzoek gaat zo weg'")
        assert len(leads_of(product, other)) == 1
        assert tries == [often]


class TestRefused:
    def test_staff_see_why_and_of_whom_and_wipe_it(self, open_tablet: OpenTablet, product: Product) -> None:
        created = make_event(product)
        tablet = open_tablet(created.event.code)
        tablet.page.context.add_init_script(AT_ONCE)
        tablet.page.context.route(REQUESTS, refuse)
        tablet.visit().begin().core()
        ContactForm(tablet).ask(email="noor@bakkerij.example")
        expect(tablet.page.get_by_text(REASON)).to_be_visible()
        tablet.tap("Klaar")
        expect(tablet.page.get_by_text("Niet verstuurd")).to_be_hidden()
        tablet.log_in(created.staff_key)
        tablet.tap("Niet verstuurd: 1")
        expect(tablet.page.get_by_text(REASON)).to_be_visible()
        tablet.page.get_by_text("Toon van wie").click()
        expect(tablet.page.get_by_text("Noor Bakker, noor@bakkerij.example")).to_be_visible()
        tablet.tap("Wis dit contactverzoek")
        expect(tablet.button("Start een intake")).to_be_visible()
        expect(tablet.button("Niet verstuurd: 1")).to_be_hidden()
        assert tablet.stored("contacts") == []
        assert len(tablet.records()) == 1  # the intake counts all the same

    def test_who_still_stands_there_asks_again(self, open_tablet: OpenTablet, product: Product) -> None:
        email = somebody()
        tablet = open_tablet()
        tablet.page.context.add_init_script(AT_ONCE)
        tablet.page.context.route(REQUESTS, refuse)
        tablet.visit().begin().core()
        ContactForm(tablet).ask(email="noor@bakkerij.example")
        expect(tablet.heading).to_have_text("Je vraag is nog niet verstuurd")
        tablet.page.context.unroute(REQUESTS)
        tablet.tap("Vraag het opnieuw")
        ContactForm(tablet).fill(email=email).send()
        expect(tablet.heading).to_have_text("Je vraag is verstuurd")
        assert len(leads_of(product, email)) == 1


def test_result_on_paper_and_on_a_phone_has_no_contact_data(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    ContactForm(tablet).ask(email="noor@bakkerij.example")
    tablet.tap("Terug naar de uitslag", "Naar mijn telefoon")
    tablet.page.get_by_role("dialog").locator("summary").click()
    assert not re.search("noor|bakkerij", tablet.page.locator(".link").inner_text(), re.IGNORECASE)
    tablet.page.get_by_role("dialog").get_by_role("button", name="Sluiten").click()
    tablet.page.emulate_media(media="print")
    expect(tablet.page.get_by_text("Je hebt om contact gevraagd")).to_be_hidden()
    tablet.page.emulate_media(media="screen")


def test_form_on_paper_is_empty(open_tablet: OpenTablet) -> None:
    tablet = open_tablet().visit().begin().core()
    ContactForm(tablet).open().fill(email="noor@bakkerij.example")
    tablet.page.emulate_media(media="print")
    expect(tablet.page.get_by_label("Je mailadres")).to_be_hidden()
    expect(tablet.page.get_by_text("Wat je hier invult, komt niet op papier.")).to_be_visible()


@pytest.mark.parametrize("setting", mostly_slow((*SETTINGS, "staand"), "telefoon", "donker"))
def test_accessible_on_every_screen(open_tablet: OpenTablet, product: Product, axe: str, setting: str) -> None:
    created = make_event(product)
    settings = SETTINGS.get(setting, {"width": 820, "height": 1180})
    tablet = open_tablet(created.event.code, **settings, bypass_csp=True)
    tablet.page.context.add_init_script(AT_ONCE)
    tablet.page.context.route(REQUESTS, lambda route: route.abort())
    tablet.visit()
    look = Look(tablet, f"contact-{setting}", axe)
    expect(tablet.ready).to_be_visible()
    tablet.begin().core()
    ContactForm(tablet).way.scroll_into_view_if_needed()
    look("uitslag")
    form = ContactForm(tablet).open()
    look("formulier")
    form.send()
    look("fouten")
    form.fill(email=somebody())
    look("ingevuld")
    form.send()
    expect(tablet.heading).to_have_text("Je vraag is bewaard")
    expect(tablet.page.get_by_text("zodra er verbinding is")).to_be_visible()
    look("bewaard")
    tablet.page.context.unroute(REQUESTS)
    tablet.page.context.route(REQUESTS, refuse)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    expect(tablet.heading).to_have_text("Je vraag is nog niet verstuurd", timeout=20_000)
    look("geweigerd")
    tablet.tap("Klaar")
    tablet.log_in(created.staff_key)
    expect(tablet.page.get_by_text("Je bent aangemeld als medewerker.")).to_be_visible()
    tablet.tap("Niet verstuurd: 1")
    tablet.page.get_by_text("Toon van wie").click()
    look("niet-verstuurd")
    assert look.found == {screen: [] for screen in look.found}
