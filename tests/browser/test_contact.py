"""Asking for contact in a real browser: from the chat and the form to the mail, the owner and back."""

import email
import email.policy
import re
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from analytics.database import open_database
from api.leads.keeping import Keeper
from api.leads.keys import KeyRing
from api.leads.vault import Vault
from api.portal.repository import PortalRepository
from api.settings import Settings
from tests.browser.axe import findings
from tests.browser.conftest import OpenBrowser, OpenWidget
from tests.browser.looks import page_width
from tests.browser.test_scan_form import fill, send, tab_to
from tests.product.running import Product

PHONE, DESKTOP = (360, 640), (1280, 800)
MAIL_SECONDS = 20
LEAST_TARGET = 44  # CSS pixels
ASKED = "Digitale MKB Werkplaats Utrecht"
SECOND = "U-Tech Community"
QUESTION = "Zal ik iemand vragen contact met je op te nemen?"


@pytest.fixture(scope="module", autouse=True)
def _owners(product: Product) -> None:
    """Somebody looks after two initiatives that a hairdresser in Amersfoort is sent to."""
    engine = open_database(product.database_url)
    for initiative in ("digitale-mkb-werkplaats-utrecht", "u-tech-community"):
        PortalRepository(engine).invite(f"{initiative}@contact.example", "Eigenaar", "eigenaar", [initiative])
    engine.dispose()


def address() -> str:
    """A mail address that nobody asked with."""
    return f"noor-{uuid4().hex[:12]}@bakkerij.example"


def mailed(product: Product, to: str, purpose: str) -> str:
    """The link of this purpose in the newest mail to somebody that has one, from the folder of a demonstration."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        paths = sorted((product.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in paths:
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            found = re.search(rf"http://\S+/contact/{purpose}\?sleutel=[\w-]+", body.get_content() if body else "")
            if message["To"] == to and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail with a link for {purpose}")


def result(page: Page, product: Product) -> None:
    """The result of the form."""
    page.goto(f"{product.url}/scan?site=demo")
    fill(page)
    send(page)
    expect(page.get_by_text("van 36 punten")).to_be_visible()


def to_form(page: Page, product: Product) -> None:
    """The form for contact, by way of the result."""
    result(page, product)
    page.get_by_role("link", name="Vraag om contact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vraag om contact")


def give(page: Page, *names: str, mail: str = "", phone: str = "") -> None:
    """Fill in the form and send it."""
    for name in names:
        page.get_by_label(f"{name} mag contact met mij opnemen").check()
    page.get_by_label("Je naam").fill("Noor Bakker")
    page.get_by_label("Je mailadres").fill(mail)
    page.get_by_label("Je telefoonnummer").fill(phone)
    page.get_by_role("button", name="Verstuur mijn vraag").click()


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_from_the_chat_on_a_phone_to_the_owner_and_back(open_widget: OpenWidget, product: Product) -> None:
    widget = open_widget("/?site=demo", *PHONE, launcher="Start")
    widget.scan()
    expect(widget.card.get_by_role("heading", name=QUESTION)).to_be_visible()
    kept = widget.stored()
    with widget.page.context.expect_page() as opened:
        widget.card.get_by_role("link", name="Vraag om contact").click()
    page, to = opened.value, address()
    heading(page, "Vraag om contact")
    assert page.get_by_role("checkbox").count() >= 2
    assert page.get_by_role("checkbox", checked=True).count() == 0
    give(page, ASKED, SECOND, mail=to)
    heading(page, "Kijk in je mail")

    page.goto(mailed(product, to, "bevestigen"))
    expect(page.get_by_text("Er is nu nog niets doorgegeven")).to_be_visible()
    page.get_by_role("button", name="Ja, geef mijn vraag door").click()
    heading(page, "Je vraag is doorgegeven")
    page.goto(mailed(product, to, "intrekken"))
    page.get_by_role("checkbox", name=SECOND).check()
    page.get_by_role("button", name="Trek in wat ik heb aangekruist").click()
    heading(page, "Je vraag is ingetrokken")
    expect(page.get_by_text(f"{SECOND} krijgt bericht")).to_be_visible()
    page.get_by_role("button", name="Bekijk wat er nog loopt").click()
    page.get_by_role("button", name="Trek mijn vraag in").click()
    expect(page.get_by_text(f"{ASKED} krijgt bericht")).to_be_visible()

    assert widget.stored() == kept
    assert "Noor" not in widget.page.content()
    assert widget.faults == []


def test_form_without_javascript_and_the_way_back(open_browser: OpenBrowser, product: Product) -> None:
    page = open_browser().new_page()
    result(page, product)
    page.wait_for_load_state()
    said = page.get_by_role("article").text_content()
    assert said
    counted = len(product.rows("select id from referral"))
    page.get_by_role("link", name="Vraag om contact").click()
    page.get_by_role("link", name="Terug naar je uitslag").click()
    expect(page.get_by_role("article")).to_have_text(said)
    assert len(product.rows("select id from referral")) == counted
    page.get_by_role("link", name="Vraag om contact").click()

    give(page, mail="noor@")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Fout: ")
    page.get_by_role("link", name="Kruis aan wie contact met je mag opnemen.").click()
    expect(page.locator("#initiatief-1")).to_be_focused()
    expect(page.get_by_label("Je naam")).to_have_value("Noor Bakker")
    to = address()
    give(page, ASKED, mail=to)
    heading(page, "Kijk in je mail")
    assert mailed(product, to, "bevestigen")


def test_by_keyboard_alone(open_browser: OpenBrowser, product: Product) -> None:
    page = open_browser().new_page()
    to_form(page, product)
    to = address()
    tab_to(page, "#initiatief-1")
    page.keyboard.press("Space")
    tab_to(page, "#naam")
    page.keyboard.type("Noor Bakker")
    tab_to(page, "#email")
    page.keyboard.type(to)
    tab_to(page, "#voorkeur-1")
    page.keyboard.press("Space")
    tab_to(page, "#toelichting")
    page.keyboard.type("Liefst na vijven")
    tab_to(page, "button.hoofdknop")
    page.keyboard.press("Enter")
    heading(page, "Kijk in je mail")
    page.goto(mailed(product, to, "bevestigen"))
    tab_to(page, "button.hoofdknop")
    page.keyboard.press("Enter")
    heading(page, "Je vraag is doorgegeven")


def test_link_opened_in_two_browsers_works_once(open_browser: OpenBrowser, product: Product) -> None:
    page, other = open_browser().new_page(), open_browser().new_page()
    to_form(page, product)
    to = address()
    give(page, ASKED, mail=to)
    link = mailed(product, to, "bevestigen")
    page.goto(link)
    other.goto(link)
    for one in (page, other):
        one.get_by_role("button", name="Ja, geef mijn vraag door").click()
    heading(page, "Je vraag is doorgegeven")
    heading(other, "Deze link werkt niet meer")
    expect(other.get_by_text("Dan is alles goed: je vraag is doorgegeven")).to_be_visible()
    page.reload()
    heading(page, "Deze link werkt niet meer")


def experience(product: Product, to: str) -> str:
    """The link of the mail that comes a month later."""
    engine = open_database(product.database_url)
    with engine.begin() as connection:
        connection.execute(text("update lead set follow_up_at = 1 where follow_up_at is not null"))
    Keeper(engine, Vault(KeyRing(Settings(secrets_folder=product.folder / "secrets")))).sweep(int(time.time()))
    engine.dispose()
    return mailed(product, to, "ervaring")


def states(page: Page, product: Product) -> Iterator[str]:
    """Every page about contact in every state that looks different, one after another."""
    to_form(page, product)
    yield "form"
    give(page, mail="noor@", phone="12")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "faults"
    give(page, ASKED, phone="0612345678")
    heading(page, "Je vraag is doorgegeven")
    yield "sent by phone"
    page.goto(page.locator(".let-op a").inner_text())
    yield "one standing"
    page.get_by_role("button", name="Trek mijn vraag in").click()
    yield "withdrawn"
    to_form(page, product)
    to = address()
    give(page, ASKED, SECOND, mail=to)
    heading(page, "Kijk in je mail")
    yield "sent by mail"
    link = mailed(product, to, "bevestigen")
    page.goto(link)
    yield "to confirm"
    page.get_by_role("button", name="Ja, geef mijn vraag door").click()
    yield "confirmed"
    page.goto(link)
    yield "confirmed before"
    page.goto(mailed(product, to, "intrekken"))
    yield "standings"
    page.get_by_role("button", name="Trek in wat ik heb aangekruist").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "nothing chosen"
    page.get_by_role("checkbox", name=SECOND).check()
    page.get_by_role("button", name="Trek in wat ik heb aangekruist").click()
    yield "one of two withdrawn"
    page.goto(experience(product, to))
    yield "experience"
    page.get_by_role("button", name="Nee", exact=True).click()
    heading(page, "Dank je wel")
    yield "not helped"
    for path in ("/contact", "/contact/intrekken?sleutel=x", "/contact/ervaring?sleutel=x", "/contact/niets"):
        page.goto(product.url + path)
        yield path


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_every_page_is_accessible_fits_and_complains_of_nothing(
    open_browser: OpenBrowser, product: Product, axe: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_browser(*size, script=True, color_scheme=scheme).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    small = """([targets, least]) => [...document.querySelectorAll(targets)]
        .filter((node) => node.getBoundingClientRect().height < least).map((node) => node.textContent)"""
    targets = "label.optie, button, select, textarea, input.tekst, .keuze, .samenvatting a"
    found = {}
    for state in states(page, product):
        wide = page_width(page)
        found[state] = [
            *findings(page, axe),
            *page.evaluate(small, [targets, LEAST_TARGET]),
            *([f"{wide} wide"] if wide > size[0] else []),
        ]
    refused = "Failed to load resource: the server responded with a status of 4"
    assert found == {state: [] for state in found}
    assert [complaint for complaint in complaints if not complaint.startswith(refused)] == []
