"""Passkeys in a real browser, with a device that Chromium plays, against the whole product."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from analytics.database import open_database
from api.portal.repository import PortalRepository
from tests.browser.axe import findings
from tests.browser.login import session_of
from tests.browser.looks import LIGHT_AND_DARK, page_width
from tests.browser.passkeys import PASSKEY, Visitor
from tests.browser.test_scan_form import tab_to
from tests.product.running import Product

Visit = Callable[..., "Visitor"]


def invited(product: Product) -> str:
    """The address of an owner without passkeys."""
    email = f"{uuid4()}@initiatief.example"
    engine = open_database(product.database_url)
    PortalRepository(engine).invite(email, "Olga", "eigenaar", {"spot035"})
    engine.dispose()
    return email


@pytest.fixture
def owner(product: Product) -> str:
    return invited(product)


@pytest.fixture
def visit(browser: Browser, product: Product) -> Iterator[Visit]:
    contexts = []

    def opened(width: int = 1280, height: int = 800, **settings: Any) -> Visitor:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, locale="nl-NL", **settings)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context, product)

    yield opened
    for context in contexts:
        context.close()


class TestFirst:
    def test_is_made_right_after_the_mailed_link_and_leads_on_with_a_new_session(
        self, visit: Visit, owner: str
    ) -> None:
        visitor = visit()
        visitor.log_in(owner, f"{PASSKEY}?naar=/portaal/evenementen/nieuw")
        visitor.says("Maak een passkey")
        before = visitor.session
        visitor.make()
        visitor.says("Deze pagina is niet voor jou")  # of events, so the way led on
        assert visitor.session != before
        (credential,) = visitor.credentials()
        assert (credential["rpId"], credential["isResidentCredential"]) == ("localhost", True)
        assert credential["userName"] == owner

    def test_is_listed_and_cannot_be_removed(self, visit: Visit, owner: str) -> None:
        visitor = visit()
        visitor.log_in(owner)
        visitor.make("Telefoon van het werk")
        expect(visitor.page.get_by_role("status")).to_have_text("De passkey is toegevoegd. Je krijgt daarvan een mail.")
        expect(visitor.page.get_by_role("row", name="Telefoon van het werk")).to_contain_text("Dit is je enige passkey")
        visitor.says("Je passkeys")

    def test_without_a_name_is_named_at_its_field(self, visit: Visit, owner: str) -> None:
        visitor = visit()
        visitor.log_in(owner)
        visitor.page.get_by_label("Naam van de passkey").evaluate("(field) => field.removeAttribute('required')")
        visitor.make("")
        expect(visitor.page.get_by_role("alert").filter(has_text="Geef de passkey een naam")).to_be_focused()
        visitor.make("Telefoon")
        visitor.says("Je passkeys")


class TestConfirming:
    @pytest.fixture
    def visitor(self, visit: Visit, owner: str) -> Visitor:
        """A browser whose owner made a passkey, and then logged in again."""
        visitor = visit()
        visitor.log_in(owner)
        visitor.make()
        visitor.says("Je passkeys")
        visitor.log_out()
        visitor.log_in(owner)
        visitor.says("Bevestig dat jij het bent")
        return visitor

    def test_by_keyboard_alone_opens_the_list_in_a_new_session(self, visitor: Visitor) -> None:
        before = visitor.session
        tab_to(visitor.page, "#bevestig button")
        visitor.page.keyboard.press("Enter")
        visitor.says("Je passkeys")
        assert visitor.session != before
        assert visitor.credentials()[0]["signCount"] == 2

    def test_that_is_cancelled_says_so_and_can_be_tried_again(self, visitor: Visitor) -> None:
        visitor.change_device(UserVerified={"isUserVerified": False})
        visitor.press("Bevestig met je passkey")
        visitor.alert("Het is niet gelukt.")
        expect(visitor.page.get_by_role("button", name="Bevestig met je passkey")).to_be_focused()
        visitor.change_device(UserVerified={"isUserVerified": True})
        visitor.press("Bevestig met je passkey")
        visitor.says("Je passkeys")

    def test_with_a_copy_whose_count_goes_back_is_refused(self, visitor: Visitor, product: Product) -> None:
        (credential,) = visitor.credentials()
        visitor.press("Bevestig met je passkey")
        visitor.says("Je passkeys")
        visitor.log_out()
        visitor.take_another_device()
        visitor.put({**credential, "signCount": 0})
        visitor.log_in(credential["userName"])
        visitor.press("Bevestig met je passkey")
        visitor.alert("Deze passkey klopt niet.")
        assert "was refused: its count does not go up" in product.log("gateway")

    def test_with_a_device_that_has_no_passkey_says_what_to_do(self, visitor: Visitor) -> None:
        visitor.take_another_device()
        visitor.press("Bevestig met je passkey")
        visitor.alert("Het is niet gelukt.")
        expect(visitor.page.get_by_text("Vraag de coördinator om je passkeys in te trekken.")).to_be_visible()

    def test_removed_passkey_confirms_nothing(self, visitor: Visitor) -> None:
        (old,) = visitor.credentials()
        visitor.press("Bevestig met je passkey")
        visitor.take_another_device()
        visitor.make("Sleutelhanger")
        visitor.press("Verwijder Telefoon")
        expect(visitor.page.get_by_role("status")).to_contain_text("De passkey is verwijderd.")
        visitor.log_out()
        visitor.log_in(old["userName"])
        visitor.take_another_device()
        visitor.put(old)
        visitor.choose(old)
        visitor.press("Bevestig met je passkey")
        visitor.alert("Deze passkey klopt niet.")

    def test_passkey_of_somebody_else_confirms_nothing(self, visit: Visit, visitor: Visitor, product: Product) -> None:
        other = visit()
        other.log_in(invited(product))
        other.make()
        other.says("Je passkeys")
        (foreign,) = other.credentials()
        visitor.put(foreign)
        visitor.choose(foreign)
        visitor.press("Bevestig met je passkey")
        visitor.alert("Deze passkey klopt niet.")


class TestOtherAddress:
    def test_of_numbers_says_where_passkeys_do_work(self, visit: Visit, owner: str, product: Product) -> None:
        visitor = visit()
        visitor.url = product.url
        visitor.log_in(owner)
        expect(visitor.page.get_by_text("Op dit adres werken geen passkeys")).to_be_visible()
        expect(visitor.page.get_by_role("link", name="http://localhost:")).to_have_attribute(
            "href", f"{product.url.replace('127.0.0.1', 'localhost')}/portaal"
        )

    def test_what_is_signed_on_another_website_confirms_nothing(self, visit: Visit, owner: str) -> None:
        visitor = visit()
        visitor.log_in(owner)
        visitor.make()
        visitor.log_out()
        visitor.log_in(owner)
        options = visitor.page.locator("#bevestig").get_attribute("data-opties")
        script = (visitor.page.request.get(f"{visitor.url}/portaal/passkey.js")).text()
        body = f"""<p id="zonder"></p><p id="melding"></p><p data-melding="bezig"></p><p data-melding="anders"></p>
            <form data-opties='{options}' action="/gestolen"><input name="antwoord"><button>Win</button></form>
            <script>{script}</script>"""
        thief = "http://localhost:1"  # the same domain, so that the browser lets it ask for these passkeys
        visitor.page.route(f"{thief}/**", lambda route: route.fulfill(body=body, content_type="text/html"))
        visitor.page.goto(f"{thief}/")
        visitor.press("Win")
        visitor.page.wait_for_url("**/gestolen?**")
        stolen = parse_qs(urlsplit(visitor.page.url).query)["antwoord"][0]
        visitor.page.go_back()
        visitor.page.go_back()
        visitor.page.locator("#bevestig [name=antwoord]").evaluate("(field, value) => field.value = value", stolen)
        visitor.page.locator("#bevestig").evaluate("(form) => form.submit()")
        visitor.alert("Deze passkey klopt niet.")


class TestPage:
    def test_without_javascript_says_what_to_do(self, browser: Browser, product: Product, owner: str) -> None:
        context = browser.new_context(java_script_enabled=False)
        url = product.url.replace("127.0.0.1", "localhost")
        context.add_cookies([{"name": "portaal", "value": session_of(product, owner), "url": url}])
        page = context.new_page()
        page.goto(url + PASSKEY)
        expect(page.get_by_text("Zet JavaScript aan voor dit adres.")).to_be_visible()
        expect(page.get_by_role("button", name="Maak een passkey")).to_be_hidden()
        context.close()

    @pytest.mark.parametrize(("size", "scheme"), LIGHT_AND_DARK)
    def test_is_accessible(self, visit: Visit, owner: str, axe: str, size: tuple[int, int], scheme: str) -> None:
        visitor = visit(*size, color_scheme=scheme, bypass_csp=True)
        found = {}
        visitor.log_in(owner)
        found["first"] = findings(visitor.page, axe)
        visitor.make()
        visitor.says("Je passkeys")
        found["list"] = findings(visitor.page, axe)
        visitor.log_out()
        visitor.log_in(owner)
        visitor.take_another_device()
        visitor.press("Bevestig met je passkey")
        visitor.alert("Het is niet gelukt.")
        found["asked"] = findings(visitor.page, axe)
        assert found == {"first": [], "list": [], "asked": []}
        assert page_width(visitor.page) == size[0]

    def test_gives_the_browser_nothing_to_complain_of(self, visit: Visit, owner: str) -> None:
        visitor = visit()
        complaints: list[str] = []
        visitor.page.on("console", lambda message: complaints.append(message.text))
        visitor.log_in(owner)
        visitor.make()
        visitor.says("Je passkeys")
        assert complaints == []  # a violation of the Content-Security-Policy is one
