"""Owners connect their software: secrets shown once, nothing of another owner, and nothing behind our front door."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from api.webhooks import service
from api.webhooks.errors import NoSuchConnection
from tests.api.lead_office import ONE, OTHER
from tests.api.portal_door import Browser, Door, field

HERE = "/portaal/koppelingen"
URL = "https://93.184.215.14/haak"  # on the internet, and needs no look-up
NOT_MINE = ("geheim", "aan", "uit", "weg", "klaar", "proef")


@pytest.fixture
def clean(door: Door) -> Iterator[Door]:
    with door.engine.begin() as connection:
        for table in ("webhook", "api_token", "outbox_item"):
            connection.execute(text(f"delete from {table}"))
    door.invite("anna@initiatief.example", "eigenaar", "Anna", (ONE,))
    door.invite("bas@initiatief.example", "eigenaar", "Bas", (OTHER,))
    return door


@pytest.fixture
def anna(clean: Door) -> Browser:
    return visit(clean, "anna")


@pytest.fixture
def bas(clean: Door) -> Browser:
    return visit(clean, "bas")


def visit(door: Door, name: str, *, confirmed: bool = True) -> Browser:
    browser = door.browser()
    browser.log_in(f"{name}@initiatief.example")
    if confirmed:
        browser.confirm()
    return browser


def send(browser: Browser, path: str, **fields: str) -> str:
    """Send a form of the page. Gives the page that comes of it, at the address where it leads."""
    response = browser.send(f"{HERE}/{path}", formulier=browser.token(HERE), **fields)
    return str(browser.get(response.headers["location"]).text if response.status_code == 303 else response.text)


def add(browser: Browser, initiative: str = ONE, url: str = URL) -> tuple[str, str]:
    """Add an address. Gives the id of the webhook and its secret."""
    page = send(browser, "adressen", initiatief=initiative, adres=url)
    found = re.search(r"<code>(whsec_[A-Za-z0-9+/=]+)</code>", page)
    assert found, page
    (row,) = (row for row in browser.door.rows("webhook") if row.url == url and row.initiative == initiative)
    return row.id, found[1].replace("&#43;", "+")


def token_of(browser: Browser, initiative: str = ONE, name: str = "Klantsysteem") -> str:
    page = send(browser, "sleutels", **{"sleutel-initiatief": initiative, "naam": name})
    found = re.search(r"maar één keer\. Wie.*?<code>([A-Za-z0-9_-]{43})</code>", page, re.DOTALL)
    assert found, page
    return found[1]


def test_page_needs_a_second_factor(clean: Door) -> None:
    response = visit(clean, "anna", confirmed=False).get(HERE)
    assert response.headers["location"].startswith("/portaal/passkey")


def test_secret_is_shown_once_and_stored_sealed(anna: Browser) -> None:
    webhook, secret = add(anna)
    page = anna.get(HERE).text
    assert URL in page
    assert secret not in page
    (row,) = anna.door.rows("webhook")
    assert secret.encode() not in row.secret
    assert len(secret) > 40
    assert webhook == row.id


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://93.184.215.14/", "begint met https://"),
        ("https://127.0.0.1/", "niet op het open internet"),
        ("https://169.254.169.254/latest", "niet op het open internet"),
        ("https://10.1.2.3/", "niet op het open internet"),
        ("https://93.184.215.14:25/", "Gebruik poort"),
        ("https://a:b@93.184.215.14/", "Zet geen naam"),
        ("", "begint met https://"),
    ],
)
def test_address_that_is_not_for_everybody_is_refused_with_the_remedy(anna: Browser, url: str, fault: str) -> None:
    page = send(anna, "adressen", initiatief=ONE, adres=url)
    assert fault in page
    assert anna.door.rows("webhook") == []


def test_more_than_anybody_needs_is_refused(anna: Browser) -> None:
    for number in range(service.MOST):
        add(anna, url=f"{URL}/{number}")
        token_of(anna, name=f"sleutel {number}")
    assert "hoogstens 5" in send(anna, "adressen", initiatief=ONE, adres=URL)
    assert "hoogstens 5" in send(anna, "sleutels", **{"sleutel-initiatief": ONE, "naam": "nog een"})


def test_new_secret_is_another_one_and_the_old_one_can_be_ended(anna: Browser) -> None:
    webhook, secret = add(anna)
    page = send(anna, f"adressen/{webhook}/geheim")
    assert "whsec_" in page
    assert secret not in page
    assert "Het oude geheim tekent nog mee" in page
    page = send(anna, f"adressen/{webhook}/klaar")
    assert "Het oude geheim tekent niet meer." in page
    assert anna.door.rows("webhook")[0].earlier_secret is None


def test_test_message_is_put_and_its_state_shown(anna: Browser) -> None:
    webhook, _ = add(anna)
    page = send(anna, f"adressen/{webhook}/proef")
    assert "Er is een proefbericht onderweg" in page
    assert re.search(r"Proefbericht</td>\s*<td>Onderweg", page)
    (item,) = anna.door.rows("outbox_item")
    assert (item.kind, item.template, item.webhook, item.lead) == ("webhook", "webhook.test", webhook, None)


def test_webhook_that_is_off_can_be_switched_on_again_and_removed(anna: Browser) -> None:
    webhook, _ = add(anna)
    assert "De koppeling staat uit." in send(anna, f"adressen/{webhook}/uit")
    assert "Zet hem eerst aan" in send(anna, f"adressen/{webhook}/proef")
    assert "De koppeling staat aan." in send(anna, f"adressen/{webhook}/aan")
    assert "De koppeling is verwijderd." in send(anna, f"adressen/{webhook}/weg")
    assert anna.door.rows("webhook") == []


def test_token_is_shown_once_and_stored_hashed(anna: Browser) -> None:
    token = token_of(anna)
    page = anna.get(HERE).text
    assert "Klantsysteem" in page
    assert "Nog niet" in page
    assert token not in page
    assert token not in str(anna.door.rows("api_token"))


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\u202eb"])
def test_token_without_a_name_that_people_can_read_is_refused(anna: Browser, name: str) -> None:
    assert "Geef de sleutel een naam" in send(anna, "sleutels", **{"sleutel-initiatief": ONE, "naam": name})


def test_token_that_was_revoked_is_gone(anna: Browser) -> None:
    token_of(anna)
    (row,) = anna.door.rows("api_token")
    assert "De sleutel werkt niet meer." in send(anna, f"sleutels/{row.token_hash}/intrekken")
    assert anna.door.rows("api_token") == []


def test_what_is_done_is_written_down(anna: Browser) -> None:
    webhook, _ = add(anna)
    for what in ("geheim", "uit", "aan", "weg"):
        send(anna, f"adressen/{webhook}/{what}")
    noted = [entry.action for entry in anna.door.rows("audit_entry") if entry.subject == webhook]
    wanted = ["koppeling-nieuw", "koppeling-geheim", "koppeling-uit", "koppeling-aan", "koppeling-weg"]
    assert noted == wanted


class TestAnotherOwner:
    def test_sees_nothing(self, anna: Browser, bas: Browser) -> None:
        add(anna)
        token_of(anna)
        page = bas.get(HERE).text
        assert URL not in page
        assert "Klantsysteem" not in page

    @pytest.mark.parametrize("what", NOT_MINE)
    def test_changes_no_webhook(self, anna: Browser, bas: Browser, what: str) -> None:
        webhook, _ = add(anna)
        before = anna.door.rows("webhook")
        answer = bas.send(f"{HERE}/adressen/{webhook}/{what}", formulier=bas.token(HERE))
        assert answer.status_code == 404
        assert anna.door.rows("webhook") == before
        assert anna.door.rows("outbox_item") == []

    def test_adds_nothing_to_it(self, bas: Browser) -> None:
        assert "Kies een initiatief." in send(bas, "adressen", initiatief=ONE, adres=URL)
        assert "Kies een initiatief." in send(bas, "sleutels", **{"sleutel-initiatief": ONE, "naam": "x"})
        somebody, connections = service.Who("bas", frozenset((OTHER,))), bas.door.app.state.parts.connections
        with pytest.raises(NoSuchConnection):  # also when no page looked first
            connections.add_webhook(somebody, ONE, URL, bas.door.now)
        with pytest.raises(NoSuchConnection):
            connections.add_token(somebody, ONE, "x", bas.door.now)
        assert bas.door.rows("webhook") == bas.door.rows("api_token") == []

    def test_revokes_no_token(self, anna: Browser, bas: Browser) -> None:
        token_of(anna)
        (row,) = anna.door.rows("api_token")
        answer = bas.send(f"{HERE}/sleutels/{row.token_hash}/intrekken", formulier=bas.token(HERE))
        assert answer.status_code == 404
        assert len(anna.door.rows("api_token")) == 1


@pytest.mark.parametrize(
    "path", ["adressen", "adressen/x/weg", "adressen/x/geheim", "sleutels", "sleutels/x/intrekken"]
)
def test_form_that_no_page_of_ours_sent_does_nothing(anna: Browser, path: str) -> None:
    for fields in ({}, {"formulier": "geraden"}):
        assert anna.send(f"{HERE}/{path}", initiatief=ONE, adres=URL, **fields).status_code == 403
    token = field(anna.get(HERE).text, "formulier")
    assert anna.send(f"{HERE}/{path}", origin="https://kwaad.example", formulier=token).status_code == 403
    assert anna.door.rows("webhook") == []


def test_unknown_action_is_not_found(anna: Browser) -> None:
    webhook, _ = add(anna)
    answer = anna.send(f"{HERE}/adressen/{webhook}/opblazen", formulier=anna.token(HERE))
    assert answer.status_code == 404
