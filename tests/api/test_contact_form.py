"""`/contact`: what it says before anybody agrees, what it takes, and what it says of what it does not take."""

import re
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from api.contact import routes
from api.contact.form import NO_LONGER, NONE_CHOSEN
from api.contact.page import NOT_STORED
from api.leads import consent
from api.leads.consent import CONTROLLER, METHOD
from api.leads.contact import FAULTS
from api.leads.errors import NobodyToAsk, OtherText, StaleTicket
from api.leads.service import Leads
from api.leads.tickets import SECONDS
from api.leads.vault import Content
from knowledge.base import Knowledge
from tests.api.contact_gateway import ASKED
from tests.api.contact_pages import NOOR, SECOND, ContactPage, Entrepreneur, read

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def contents(noor: Entrepreneur) -> dict[str, Content]:
    """What lies sealed, by initiative."""
    rows = noor.gateway.rows("select lead.initiative, lead.id, box, wrapped from lead join lead_key on lead = lead.id")
    return {row.initiative: noor.gateway.parts.vault.open(row.id, row.box, row.wrapped) for row in rows}


class TestBefore:
    def test_nothing_is_ticked_and_nothing_filled_in(self, noor: Entrepreneur) -> None:
        page = noor.open()
        assert page.boxes == [ASKED, SECOND]
        assert page.ticked == []
        assert {name: page.sends.get(name, "") for name in NOOR} == dict.fromkeys(NOOR, "")

    def test_exact_text_of_the_consent_stands_at_each_with_its_hash(
        self, noor: Entrepreneur, knowledge: Knowledge
    ) -> None:
        page = noor.open()
        for position, identifier in enumerate((ASKED, SECOND), start=1):
            initiative = knowledge.initiative(identifier)
            assert initiative is not None
            notice = consent.notice(initiative)
            assert " ".join(notice.paragraphs) in page.text
            assert " ".join(initiative.biedt.split()) in page.text
            assert page.sends[f"tekst-{identifier}"] == notice.hash
            assert page.described[f"initiatief-{position}"] == [f"akkoord-{position}"]

    @pytest.mark.parametrize(
        "said",
        [
            "burgerservicenummer (BSN) en geen wachtwoorden",
            "Soort bedrijf Bouw",
            "Plaats Zeist",
            "Mensen in het bedrijf 2 tot 9",
            "Hoe ver met digitaal werken Je bent op weg",
            "Waar je hulp bij zoekt Administratie en planning",
            "Je antwoorden op de andere vragen geven we niet door",
            "90 dagen nadat het contact klaar is, en hoe dan ook na 12 maanden",
            "Verantwoordelijk voor deze gegevens is Werkgroep digitalisering",
        ],
    )
    def test_it_says_what_is_passed_on_to_whom_and_for_how_long(self, noor: Entrepreneur, said: str) -> None:
        page = noor.open()
        assert said in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.html))
        assert "/privacy#contact" in page.links

    def test_place_in_the_privacy_statement_is_there(self, noor: Entrepreneur) -> None:
        page = ContactPage(noor.client.get("/privacy").text)
        assert "contact" in page.ids
        for part in ("90 dagen", "1 jaar", "3 dagen", "3 jaar", "toestemming"):
            assert part in page.text

    def test_page_is_kept_nowhere_and_may_do_nothing_but_send_its_form(self, noor: Entrepreneur) -> None:
        headers = noor.client.get(noor.way()).headers
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"] == POLICY
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-robots-tag"] == "noindex"
        assert "content-encoding" not in noor.client.get(noor.way(), headers={"Accept-Encoding": "gzip"}).headers

    def test_page_needs_no_script_and_loads_only_its_style(self, noor: Entrepreneur) -> None:
        page = noor.open()
        assert not {"script", "img", "iframe"} & set(page.tags)
        assert page.tags.count("h1") == 1
        assert len(set(page.ids)) == len(page.ids)
        assert noor.client.get("/contact/contact.css").headers["content-type"].startswith("text/css")


class TestSent:
    def test_by_mail_nothing_goes_on_before_it_is_confirmed(self, noor: Entrepreneur) -> None:
        page = noor.ask(ASKED, SECOND, telefoon="06 12345678", toelichting="Liefst na vijven")
        assert "Kijk in je mail" in page.text
        for part in ("Digitale MKB Werkplaats Utrecht", "U-Tech", "ongewenste mail", "drie dagen"):
            assert part in page.text
        assert noor.statuses() == dict.fromkeys((ASKED, SECOND), "aangevraagd")
        assert [row.template for row in noor.gateway.rows("select template from outbox_item")] == ["bevestigen"]
        lead = contents(noor)[ASKED]
        assert (lead.contact.name, lead.contact.email, lead.contact.phone) == (
            "Noor Bakker",
            "noor@bakkerijnoor.nl",
            "+31612345678",
        )
        assert (lead.contact.preference, lead.contact.moment, lead.contact.note) == (
            "mail",
            "ochtend",
            "Liefst na vijven",
        )
        assert (lead.profile.municipality, lead.profile.site) == ("GM0355", "utrecht")

    def test_by_phone_only_it_goes_on_at_once_and_the_link_to_withdraw_is_shown(self, noor: Entrepreneur) -> None:
        page = noor.ask(email="", telefoon="06 12345678", voorkeur="telefoon")
        assert "Je vraag is doorgegeven" in page.text
        assert "Bewaar deze link" in page.text
        (link,) = [link for link in page.links if "/contact/intrekken" in link]
        assert link.startswith("http://testserver/contact/intrekken?sleutel=")
        assert link in page.text
        assert noor.statuses() == {ASKED: "afgeleverd"}
        assert "Digitale MKB Werkplaats Utrecht" in noor.open(link.removeprefix("http://testserver")).text

    def test_consent_tells_of_the_form_and_whom_it_was_given_to(self, noor: Entrepreneur) -> None:
        noor.ask()
        query = "select c.* from consent c join lead l on l.consent = c.id"
        (proof,) = noor.gateway.rows(query)
        assert (proof.method, proof.recipient, proof.controller) == (METHOD, ASKED, CONTROLLER)

    def test_sent_twice_is_one_request(self, noor: Entrepreneur) -> None:
        page = noor.open()
        first, second = noor.send(page), noor.send(page)
        assert (first.status_code, second.status_code) == (303, 303)
        assert len(noor.gateway.leads()) == 1
        assert len(noor.gateway.rows("select id from outbox_item")) == 1

    def test_mended_address_on_the_same_page_is_asked_anew(self, noor: Entrepreneur) -> None:
        page = noor.open()
        noor.send(page, email="nor@bakkerijnoor.nl")
        noor.send(page)
        assert len(noor.gateway.leads()) == 2
        assert {content.contact.email for content in contents(noor).values()} <= {
            "nor@bakkerijnoor.nl",
            "noor@bakkerijnoor.nl",
        }

    def test_page_of_thanks_can_be_loaded_again(self, noor: Entrepreneur) -> None:
        address = noor.send(noor.open()).headers["location"]
        assert noor.open(address).html == noor.open(address).html
        assert len(noor.gateway.leads()) == 1


class TestMended:
    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"naam": " "}, "naam", FAULTS["naam"]),
            ({"naam": "x" * 121}, "naam", FAULTS["naam"]),
            ({"email": "noor@"}, "email", FAULTS["email"]),
            ({"email": "", "voorkeur": ""}, "email", FAULTS["geen"]),
            ({"telefoon": "12"}, "telefoon", FAULTS["telefoon"]),
            ({"voorkeur": "telefoon"}, "telefoon", FAULTS["anders"]),
            ({"voorkeur": "post"}, "voorkeur", FAULTS["voorkeur"]),
            ({"moment": "nacht"}, "moment", FAULTS["moment"]),
            ({"toelichting": "x" * 501}, "toelichting", FAULTS["toelichting"]),
            ({"initiatief": ""}, "initiatief", NONE_CHOSEN),
        ],
    )
    def test_fault_is_told_at_its_field_and_in_the_summary(
        self, noor: Entrepreneur, changes: dict[str, str], field: str, message: str
    ) -> None:
        page = read(noor.send(noor.open(), **changes), 400)
        assert page.title.startswith("Fout: ")
        assert page.focused == ["alert"]
        assert page.text.count(message) >= 2
        assert f'id="{field}-fout"' in page.html
        targets = [link.removeprefix("#") for link in page.links if link.startswith("#")]
        assert targets
        assert set(targets) <= set(page.ids)
        assert noor.gateway.leads() == []

    def test_everything_that_was_filled_in_stays(self, noor: Entrepreneur) -> None:
        given = {
            "naam": '"Noor" & <zoon>',
            "telefoon": "12",
            "toelichting": '\n</textarea>"Twee"\nregels ',
            "moment": "avond",
        }
        page = read(noor.send(noor.open(), SECOND, **given), 400)
        assert page.ticked == [SECOND]
        assert {name: page.sends[name] for name in given} == {name: value.strip() for name, value in given.items()}
        assert page.sends["email"] == NOOR["email"]
        assert page.sends["voorkeur"] == "mail"
        assert "<zoon>" not in page.html

    def test_everything_wrong_is_told_at_once(self, noor: Entrepreneur) -> None:
        page = noor.open()
        answer = read(noor.post(page.action, {}), 400)
        targets = [link.removeprefix("#") for link in answer.links if link.startswith("#")]
        assert targets == ["initiatief-1", "naam", "email"]

    def test_mended_form_is_the_same_request(self, noor: Entrepreneur) -> None:
        page = noor.open()
        again = read(noor.send(page, naam=""), 400)
        assert again.sends["formulier"] == page.sends["formulier"]
        assert noor.send(again).status_code == 303

    def test_other_text_since_then_has_to_be_agreed_to_anew(self, noor: Entrepreneur) -> None:
        page = noor.open()
        page.sends[f"tekst-{ASKED}"] = "0" * 64
        answer = read(noor.send(page), 400)
        assert OtherText.detail in answer.text
        assert answer.ticked == []
        assert answer.sends["naam"] == NOOR["naam"]
        assert answer.sends[f"tekst-{ASKED}"] != "0" * 64
        assert noor.gateway.leads() == []
        assert noor.send(answer).status_code == 303

    def test_who_can_no_longer_be_asked_is_not_passed_over_in_silence(
        self, noor: Entrepreneur, monkeypatch: Any
    ) -> None:
        page = noor.open()
        monkeypatch.setattr(Leads, "offered", lambda *_: (SECOND,))
        answer = read(noor.send(page, ASKED, SECOND), 400)
        assert NO_LONGER in answer.text
        assert (answer.boxes, answer.ticked) == ([SECOND], [SECOND])
        assert noor.gateway.leads() == []

    def test_database_that_cannot_be_reached_loses_nothing(self, noor: Entrepreneur, monkeypatch: Any) -> None:
        def broken(*_: object) -> None:
            raise OperationalError("insert", {}, Exception())

        page = noor.open()
        monkeypatch.setattr(Leads, "ask", broken)
        response = noor.send(page)
        answer = read(response, 503)
        assert int(response.headers["retry-after"]) > 0
        assert NOT_STORED in answer.text
        assert answer.sends["naam"] == NOOR["naam"]
        assert answer.ticked == [ASKED]


class TestNotThere:
    def test_address_of_two_hours_ago_says_what_to_do(self, noor: Entrepreneur, monkeypatch: Any) -> None:
        page, way = noor.open(), noor.way()
        later = time.time() + SECONDS
        monkeypatch.setattr(routes, "time", SimpleNamespace(time=lambda: later))
        for response in (noor.client.get(way), noor.send(page)):
            assert StaleTicket.detail in read(response, 410).text
        assert noor.gateway.leads() == []

    @pytest.mark.parametrize(
        "address", ["/contact", "/contact?bewijs=", "/contact?bewijs=%C3%A9%00", "/contact/verstuurd"]
    )
    def test_address_without_a_ticket(self, noor: Entrepreneur, address: str) -> None:
        assert StaleTicket.detail in read(noor.client.get(address), 410).text

    def test_nobody_to_ask_any_more(self, noor: Entrepreneur, monkeypatch: Any) -> None:
        way = noor.way()
        monkeypatch.setattr(Leads, "offered", lambda *_: ())
        assert NobodyToAsk.detail in read(noor.client.get(way), 410).text

    def test_site_that_is_gone(self, noor: Entrepreneur, knowledge: Knowledge) -> None:
        way, parts = noor.way(), noor.gateway.app.state.parts
        others = {name: site for name, site in knowledge.sites.items() if name != "utrecht"}
        noor.gateway.app.state.parts = replace(parts, knowledge=replace(knowledge, sites=others))
        try:
            assert StaleTicket.detail in read(noor.client.get(way), 410).text
        finally:
            noor.gateway.app.state.parts = parts

    def test_address_that_does_not_exist_is_a_page_too(self, noor: Entrepreneur) -> None:
        assert "Niet gevonden" in read(noor.client.get("/contact/niets"), 404).text
