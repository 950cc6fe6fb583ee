"""Who can be asked to make contact after a result: on the form, on the card and for other clients."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from api.conversations.repository import Progress
from api.conversations.service import Caller
from api.leads.service import Leads
from api.leads.tickets import Ticket, open_ticket, seal_ticket
from api.leads.vault import Profile
from api.portal.people import OWNER, invitation
from api.widget.presentation import card
from knowledge.base import Knowledge
from knowledge.catalogue_folder import Edition
from knowledge.result import result
from tests.api.contact_gateway import ASKED, NOBODYS, OTHER
from tests.api.contact_pages import SECOND, Entrepreneur, read
from tests.api.scan_page import CODES, ScanPage
from tests.api.test_widget import nodes, texts

QUESTION = "Zal ik iemand vragen contact met je op te nemen?"
ANSWERS = {"grootteklasse": "2-9", "sbi2025": "F", "sbi2008": "F", "gemeente": "GM0355", "hulpvraag": "administratie"}

Talk = Callable[..., dict[str, Any]]


@pytest.fixture
def talk(noor: Entrepreneur, knowledge: Knowledge) -> Talk:
    """A conversation that came to a result: gives its address and headers."""

    def talked(site: str = "utrecht", *, finished: bool = True, **answers: str | None) -> dict[str, Any]:
        key, identifier = "geheim", str(uuid4())
        outcome = result(knowledge, CODES, date.today()).as_dict() if finished else None
        scored = dict.fromkeys(question.levert[0] for question in knowledge.intake.vragen[4:]) | ANSWERS | answers
        turn = {
            "gesprekId": identifier,
            "berichten": [{"tekst": "Klaar", "knoppen": []}],
            "voortgang": {"vraag": None, "bevestigen": False, "nummer": None, "totaal": None},
            "antwoorden": scored,
            "uitslag": outcome,
        }
        progress = Progress({}, turn, str(uuid4()), concluded=finished)
        stored = noor.gateway.parts.conversations
        stored.add(progress, hashlib.sha256(key.encode()).hexdigest(), site, "widget", int(time.time()))
        return {"url": f"/v1/gesprekken/{identifier}", "headers": {"Authorization": f"Bearer {key}"}}

    return talked


def contact(noor: Entrepreneur, conversation: dict[str, Any]) -> Any:
    response = noor.client.get(f"{conversation['url']}/contact", headers=conversation["headers"])
    assert response.status_code == 200, response.text
    return response.json()


def shown_card(noor: Entrepreneur, conversation: dict[str, Any]) -> Any:
    response = noor.client.get(f"{conversation['url']}/weergave/uitslag", headers=conversation["headers"])
    assert response.status_code == 200, response.text
    return response.json()["kaart"]


def test_result_of_the_form_leads_to_the_page_in_the_same_tab(noor: Entrepreneur) -> None:
    page = noor.result()
    assert QUESTION in page.text
    assert len([link for link in page.links if link.startswith("/contact")]) == 1
    assert '<a class="keuze" href="/contact?bewijs=' in page.html


def test_result_without_anybody_to_ask_says_nothing_of_contact(noor: Entrepreneur, monkeypatch: Any) -> None:
    monkeypatch.setattr(Leads, "offered", lambda *_: ())
    page = noor.result()
    assert QUESTION not in page.text
    assert "/contact" not in page.html


def test_advice_is_the_same_with_and_without_somebody_to_ask(noor: Entrepreneur, monkeypatch: Any) -> None:
    with_contact = noor.result().text
    monkeypatch.setattr(Leads, "offered", lambda *_: ())
    without = noor.result().text
    before, _, after = with_contact.partition(QUESTION)
    assert without == before + after.partition("Vraag om contact ")[2]


def test_result_is_there_when_it_cannot_be_found_out_who_can_be_asked(noor: Entrepreneur, monkeypatch: Any) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("select", {}, Exception())

    monkeypatch.setattr(Leads, "offered", broken)
    page = noor.result()
    assert "van 36 punten" in page.text
    assert QUESTION not in page.text


@pytest.mark.parametrize(
    "changes",
    [{"status": "gestopt", "verwijst": False}, {"verwijst": False}, {"einde": date.today() - timedelta(days=1)}],
)
def test_initiative_that_does_not_run_or_refer_cannot_be_asked(
    noor: Entrepreneur, knowledge: Knowledge, monkeypatch: Any, changes: dict[str, Any]
) -> None:
    way = noor.way()
    changed = tuple(
        msgspec.structs.replace(entry, **changes) if entry.id == ASKED else entry for entry in knowledge.catalogue
    )
    editions = noor.gateway.parts.knowledge.editions
    monkeypatch.setattr(editions, "current", lambda: Edition(changed, "anders"))
    assert noor.gateway.parts.leads.offered((ASKED, SECOND), date.today()) == (SECOND,)
    assert noor.open(way).boxes == [SECOND]


def test_initiative_whose_owner_left_cannot_be_asked(noor: Entrepreneur) -> None:
    offered = noor.gateway.parts.leads.offered
    portal = noor.gateway.portal
    portal.invite(invitation("kees@voorbeeld.nl", "Kees", OWNER, [NOBODYS], known=[NOBODYS]))
    assert offered((NOBODYS,), date.today()) == (NOBODYS,)
    portal.withdraw("kees@voorbeeld.nl")
    assert offered((NOBODYS,), date.today()) == ()


def test_ticket_of_the_form_holds_the_firm_and_what_was_shown(noor: Entrepreneur) -> None:
    way = noor.result().links
    sealed = next(link for link in way if link.startswith("/contact?")).partition("bewijs=")[2]
    ticket = open_ticket(noor.gateway.parts.vault, sealed, int(time.time()))
    assert ticket.profile == Profile("F", "F", "2-9", "GM0355", "engaged", "administratie", "utrecht")
    assert ticket.initiatives == (ASKED, SECOND, NOBODYS)
    assert ticket.answers == CODES


def test_way_back_shows_the_result_again_and_counts_nothing(noor: Entrepreneur) -> None:
    first = noor.result()
    before = noor.gateway.rows("select count(*) from referral")
    back = next(link for link in noor.open(noor.way()).links if link.startswith("/scan?"))
    again = read(noor.client.get(back))
    assert first.text.partition("Pas je antwoorden aan")[0] == again.text.partition("Doe de scan opnieuw")[0]
    assert "formulier" not in again.sends
    assert noor.gateway.rows("select count(*) from referral") == before


@pytest.mark.parametrize("answers", [None, {}, {"plan": "ja"}, "no ticket"])
def test_way_back_of_an_old_address_says_that_the_result_is_gone(noor: Entrepreneur, answers: Any) -> None:
    ticket = Ticket(Profile("F", "F", "2-9", "GM0355", "engaged", "administratie", "utrecht"), (ASKED,), answers)
    sealed = "kapot" if answers == "no ticket" else seal_ticket(noor.gateway.parts.vault, ticket, int(time.time()))
    response = noor.client.get(f"/scan?site=utrecht&bewijs={sealed}")
    assert response.status_code == 410
    page = ScanPage(response.text)
    assert "Je uitslag staat hier niet meer" in page.text
    assert "/scan?site=utrecht" in page.links


def test_card_leads_to_a_page_of_ours_in_a_tab_of_its_own(noor: Entrepreneur, talk: Talk) -> None:
    shown = shown_card(noor, talk())
    assert QUESTION in texts(shown)
    (link,) = [part[1] for part in nodes(shown) if part[0] == "a" and "/contact?" in part[1]["href"]]
    assert link["href"].startswith("http://testserver/contact?bewijs=")
    assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer")
    page = noor.open(link["href"].removeprefix("http://testserver"))
    assert page.boxes == [ASKED, SECOND]
    assert not [address for address in page.links if address.startswith("/scan")]
    assert "Je uitslag staat nog in het andere tabblad" in page.text


def test_card_without_anybody_to_ask_is_as_it_was(noor: Entrepreneur, talk: Talk, monkeypatch: Any) -> None:
    conversation = talk()
    monkeypatch.setattr(Leads, "offered", lambda *_: ())
    stored = asyncio.run(
        noor.gateway.parts.service.find(conversation["url"].rpartition("/")[2], Caller("geheim", None))
    )
    expected = card(noor.gateway.parts.knowledge, stored.turn, date.today())
    assert expected is not None
    assert shown_card(noor, conversation) == expected["kaart"]


def test_other_clients_learn_who_can_be_asked_and_where(noor: Entrepreneur, talk: Talk) -> None:
    found = contact(noor, talk())
    assert [initiative["id"] for initiative in found["initiatieven"]] == [ASKED, SECOND]
    assert found["initiatieven"][0]["naam"] == "Digitale MKB Werkplaats Utrecht"
    ticket = open_ticket(noor.gateway.parts.vault, found["url"].partition("bewijs=")[2], int(time.time()))
    assert (ticket.answers, ticket.profile.site) == (None, "utrecht")


def test_nobody_to_ask_is_an_empty_list_and_no_address(noor: Entrepreneur, talk: Talk, monkeypatch: Any) -> None:
    monkeypatch.setattr(Leads, "offered", lambda *_: ())
    assert contact(noor, talk()) == {"initiatieven": [], "url": None}


def test_nobody_can_be_asked_while_an_answer_is_being_changed(noor: Entrepreneur, talk: Talk) -> None:
    assert contact(noor, talk(gemeente=None)) == {"initiatieven": [], "url": None}


def test_conversation_without_a_result_has_nobody_to_ask(noor: Entrepreneur, talk: Talk) -> None:
    conversation = talk(finished=False)
    response = noor.client.get(f"{conversation['url']}/contact", headers=conversation["headers"])
    assert (response.status_code, response.json()["detail"]) == (404, "Er is nog geen uitslag.")


def test_it_is_told_to_who_has_the_secret_only(noor: Entrepreneur, talk: Talk) -> None:
    url = f"{talk()['url']}/contact"
    assert noor.client.get(url).status_code == 401
    assert noor.client.get(url, headers={"Authorization": "Bearer iets"}).status_code == 404


def test_neither_the_turn_nor_the_result_tells_of_contact(noor: Entrepreneur, talk: Talk) -> None:
    conversation = talk()
    turn = noor.client.get(conversation["url"], headers=conversation["headers"]).json()
    assert set(turn) == {"gesprekId", "berichten", "voortgang", "antwoorden", "uitslag"}
    assert "contact" not in str(turn["uitslag"])


def test_interface_is_described(noor: Entrepreneur) -> None:
    paths = noor.client.get("/v1/openapi.json").json()["paths"]
    assert "404" in paths["/gesprekken/{gesprekId}/contact"]["get"]["responses"]
    assert not [path for path in paths if path == "/contact" or path.startswith("/contact/")]


def test_initiative_of_another_place_is_not_offered(noor: Entrepreneur) -> None:
    assert OTHER not in noor.open().boxes
