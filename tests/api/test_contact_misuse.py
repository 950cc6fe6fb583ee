"""Contact asked by who means no good: for somebody else, a thousand times, by other websites, with forged forms."""

from contextlib import suppress
from typing import Any

import pytest

from api.contact.form import NO_LONGER, NONE_CHOSEN
from api.leads.consent import notice
from api.leads.errors import StaleTicket, TooManyRequests
from api.leads.service import PER_ADDRESS, PER_NETWORK
from api.outbox.faults import Gone
from api.outbox.letters import Letters
from api.outbox.repository import Outbox
from knowledge.base import Knowledge
from tests.api.contact_gateway import ASKED, NOBODYS, OTHER, Gateway
from tests.api.contact_pages import Entrepreneur, read


def mails(gateway: Gateway) -> list[Any]:
    """The mails of the outbox that have a reason still, as they would be written."""
    parts = gateway.parts
    letters = Letters(parts.engine, parts.knowledge, parts.vault, "https://hulp.example.nl")
    taken = Outbox(parts.engine).take_mails("test", 2**40, 10_000)
    written = []
    for item in taken:
        with suppress(Gone):
            written.append(letters.write(item))
    return written


def test_thousand_requests_for_one_address_are_three_mails(noor: Entrepreneur, monkeypatch: Any) -> None:
    page = noor.open()
    hosts = iter(range(1000))
    monkeypatch.setattr("api.leads.service.network", lambda _: f"netwerk {next(hosts) // (PER_NETWORK - 1)}")
    statuses = [noor.send(page, formulier=f"{number:043}").status_code for number in range(1000)]
    assert statuses == [303] * PER_ADDRESS + [429] * (1000 - PER_ADDRESS)
    assert len(mails(noor.gateway)) == PER_ADDRESS


def test_other_capitals_spaces_and_words_after_a_plus_are_the_same_address(noor: Entrepreneur) -> None:
    page = noor.open()
    for written in ("noor@bakkerijnoor.nl", " NOOR@bakkerijnoor.nl", "Noor+scan@BakkerijNoor.NL "):
        assert noor.send(page, email=written, toelichting=repr(written)).status_code == 303
    assert noor.send(page, email="nOOR@bakkerijnoor.nl").status_code == 429


def test_one_network_cannot_go_on_for_ever(noor: Entrepreneur) -> None:
    page = noor.open()
    statuses = [noor.send(page, email=f"iemand{number}@voorbeeld.nl").status_code for number in range(PER_NETWORK + 2)]
    assert statuses == [303] * PER_NETWORK + [429] * 2


def test_who_asked_too_often_is_told_so_on_a_page(noor: Entrepreneur) -> None:
    page = noor.open()
    for number in range(PER_ADDRESS):
        noor.send(page, toelichting=str(number))
    response = noor.send(page)
    assert TooManyRequests.detail in read(response, 429).text
    assert 0 < int(response.headers["retry-after"]) <= 86_400


def test_somebody_elses_address_gets_one_mail_that_explains_itself_and_says_nothing_of_who_asked(
    noor: Entrepreneur,
) -> None:
    noor.ask(naam="Koop nu op evil.example", toelichting="Lees https://evil.example", email="ander@voorbeeld.nl")
    (mail,) = mails(noor.gateway)
    assert mail.to == "ander@voorbeeld.nl"
    assert "evil.example" not in mail.subject + mail.text + (mail.html or "")
    assert "niet gevraagd" in mail.text
    assert noor.statuses() == {ASKED: "aangevraagd"}


@pytest.mark.parametrize(
    "naam", ["Noor\r\nBcc: x@evil.example", "Noor\nSubject: win", "Noor\x00\x1b[31m", "Noor\u2028x"]
)
def test_name_adds_no_line_to_anything(noor: Entrepreneur, naam: str) -> None:
    noor.confirmed(naam=naam)
    rows = noor.gateway.rows("select lead.id, box, wrapped from lead join lead_key on lead = lead.id")
    (content,) = [noor.gateway.parts.vault.open(*row) for row in rows]
    assert content.contact.name.isprintable()
    for mail in mails(noor.gateway):
        assert mail.subject.isprintable()
        assert "\n" not in mail.to


@pytest.mark.parametrize(
    "email", ["a@b.nl\r\nBcc: c@d.nl", "a@b.nl, c@d.nl", "<a@b.nl>", "a@b.nl;c@d.nl", '"a\n"@b.nl']
)
def test_address_that_is_more_than_one_address(noor: Entrepreneur, email: str) -> None:
    read(noor.send(noor.open(), email=email), 400)
    assert noor.gateway.leads() == []


def test_initiatives_that_are_not_in_the_ticket_cannot_be_asked(noor: Entrepreneur, knowledge: Knowledge) -> None:
    page = noor.open()
    for identifier, said in ((OTHER, NONE_CHOSEN), (NOBODYS, NO_LONGER)):
        initiative = knowledge.initiative(identifier)
        assert initiative is not None
        text = {f"tekst-{identifier}": notice(initiative).hash}
        assert said in read(noor.send(page, identifier, **text), 400).text
    assert noor.send(page, ASKED, OTHER, f"{ASKED} ", "' or 1=1").status_code == 303
    assert list(noor.statuses()) == [ASKED]


def test_ticket_of_another_installation(noor: Entrepreneur, tmp_path: Any) -> None:
    other = Entrepreneur(Gateway(tmp_path))
    page = other.open()
    assert StaleTicket.detail in read(noor.send(page), 410).text
    other.client.close()
    assert noor.gateway.leads() == []


def test_ticket_tells_the_site_and_the_address_does_not(noor: Entrepreneur) -> None:
    page = noor.open(f"{noor.way()}&site=kvk")
    assert "Ondernemersloket van de gemeente Utrecht" in page.text
    page.action += "&site=kvk"
    noor.send(page)
    (lead,) = noor.gateway.leads()
    (key,) = noor.gateway.rows("select wrapped from lead_key where lead = :lead", lead=lead.id)
    assert noor.gateway.parts.vault.open(lead.id, lead.box, key.wrapped).profile.site == "utrecht"
