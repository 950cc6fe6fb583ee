"""`/v1/contactverzoeken`: what somebody asked at an event, sent by a device that may do so late and twice."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response
from sqlalchemy import text

from api.intakes.repository import DAY
from api.leads import service as leads
from api.leads.consent import CONTROLLER
from api.leads.contact import FAULTS
from api.leads.service import PER_ADDRESS, PER_NETWORK
from tests.api.contact_gateway import ASKED, HERE, NOBODYS, OTHER, Gateway
from tests.api.event_register import move, register
from tests.api.problems import problem
from tests.api.websites import assert_refused, cors

PROFILE = {
    "sbi2025": "T",
    "sbi2008": "G",
    "grootteklasse": "2-9",
    "gemeente": "GM0355",
    "fase": "engaged",
    "hulpvraag": "klanten",
}
PERSON = {"naam": "Noor Bakker", "telefoon": "06 12345678", "voorkeur": "telefoon", "toelichting": "Liefst na vijven"}

Send = Callable[..., Response]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    gateway = Gateway(tmp_path_factory.mktemp("contact"))
    yield gateway
    gateway.client.close()


@pytest.fixture
def gateway(running: Gateway) -> Gateway:
    running.forget()
    return running


@pytest.fixture
def code(gateway: Gateway) -> str:
    return register(gateway.app, site="utrecht").event.code


@pytest.fixture
def send(gateway: Gateway, code: str) -> Send:
    own, hashes = uuid4().hex, gateway.hashes()

    def send(key: str | None = own, **body: Any) -> Response:
        asked = [{"id": ASKED, "tekstHash": hashes[ASKED]}]
        given = {"evenement": code, "initiatieven": asked, **PERSON, "profiel": PROFILE} | body
        headers = {"Idempotency-Key": key} if key else {}
        return gateway.client.post("/v1/contactverzoeken", json=given, headers=headers)

    return send


class TestTexts:
    def test_only_initiatives_that_somebody_looks_after_can_be_asked(self, gateway: Gateway) -> None:
        found = gateway.client.get("/v1/contactteksten").json()["teksten"]
        assert {entry["id"] for entry in found} == {ASKED, OTHER}

    def test_text_is_the_one_that_the_hash_is_of(self, gateway: Gateway) -> None:
        for entry in gateway.client.get("/v1/contactteksten").json()["teksten"]:
            notice = gateway.parts.leads.notice(entry["id"])
            assert tuple(entry["alineas"]) == notice.paragraphs
            assert entry["tekstHash"] == notice.hash
            assert entry["naam"] in entry["alineas"][0]


class TestTaken:
    def test_who_gave_a_number_is_with_the_owner_at_once_and_can_withdraw(self, gateway: Gateway, send: Send) -> None:
        answer = send()
        assert answer.status_code == 201, answer.text
        assert answer.json()["bevestigenPerMail"] is False
        address, _, token = answer.json()["intrekken"].partition("?sleutel=")
        assert address == f"{HERE}/contact/intrekken"
        ((found),) = gateway.parts.leads.standings(token, leads.WITHDRAW)
        assert (found.initiative, found.status) == (ASKED, "afgeleverd")

    def test_who_gave_an_address_confirms_first(self, gateway: Gateway, send: Send) -> None:
        answer = send(email="noor@bakkerijnoor.nl", telefoon="", voorkeur="")
        assert answer.json() == {"bevestigenPerMail": True, "intrekken": None}
        assert [lead.status for lead in gateway.leads()] == ["aangevraagd"]
        assert [row.template for row in gateway.rows("select template from outbox_item")] == ["bevestigen"]

    def test_owner_gets_contact_data_and_profile_and_the_consent_says_where(self, gateway: Gateway, send: Send) -> None:
        send()
        (lead,) = gateway.leads()
        ((wrapped,),) = gateway.rows("select wrapped from lead_key where lead = :lead", lead=lead.id)
        content = gateway.parts.vault.open(lead.id, lead.box, wrapped)
        assert (content.contact.name, content.contact.phone) == ("Noor Bakker", "+31612345678")
        assert (content.profile.municipality, content.profile.sbi2025, content.profile.site) == (
            "GM0355",
            "T",
            "utrecht",
        )
        ((controller, recipient),) = gateway.rows(
            "select controller, recipient from consent where id = :id", id=lead.consent
        )
        assert (controller, recipient) == (CONTROLLER, ASKED)

    def test_several_at_once(self, gateway: Gateway, send: Send) -> None:
        asked = [{"id": name, "tekstHash": found} for name, found in gateway.hashes().items()]
        assert send(initiatieven=asked).status_code == 201
        assert [lead.initiative for lead in gateway.leads()] == [ASKED, OTHER]
        assert len({lead.request for lead in gateway.leads()}) == 1

    def test_what_is_not_known_of_the_firm_may_be_left_open(self, send: Send) -> None:
        left_open = {
            "sbi2025": "onbekend",
            "sbi2008": "onbekend",
            "grootteklasse": "onbekend",
            "gemeente": "buiten_regio",
        }
        assert send(profiel=PROFILE | left_open).status_code == 201

    def test_after_the_event_it_is_still_taken_for_as_long_as_intakes_are(
        self, gateway: Gateway, send: Send, code: str
    ) -> None:
        move(gateway.app, code, days=30)
        assert send().status_code == 201
        move(gateway.app, code, days=31)
        problem(send(uuid4().hex), 400, "werkte tot en met", "te oud")


class TestRepeated:
    def test_again_and_at_the_same_time_is_one_lead_and_one_answer(self, gateway: Gateway, send: Send) -> None:
        answers: list[str] = []
        threads = [threading.Thread(target=lambda: answers.append(send().text)) for _ in range(PER_ADDRESS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.append(send().text)
        assert len(answers) == PER_ADDRESS + 1
        assert len(set(answers)) == 1
        assert len(gateway.leads()) == 1

    def test_after_the_initiative_lost_its_owner_gives_the_first_answer(self, gateway: Gateway, send: Send) -> None:
        first = send()
        with gateway.parts.engine.begin() as connection:
            connection.execute(text("update account set active = false"))
        try:
            assert send().json() == first.json()
            problem(send(uuid4().hex), 400, "initiatief")
        finally:
            with gateway.parts.engine.begin() as connection:
                connection.execute(text("update account set active = true"))

    def test_after_the_text_changed_gives_the_first_answer(
        self, gateway: Gateway, send: Send, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = send()
        other = gateway.parts.leads.notice(ASKED)
        monkeypatch.setattr(leads.Leads, "notice", lambda *_: replace(other, paragraphs=("Iets anders.",)))
        assert send().json() == first.json()
        problem(send(uuid4().hex), 400, "intussen veranderd")
        assert len(gateway.leads()) == 1


class TestRefused:
    def test_without_a_key(self, send: Send) -> None:
        problem(send(None), 400, "Idempotency-Key")

    @pytest.mark.parametrize("event", ["NERGENS-123", "<script>"])
    def test_unknown_event(self, send: Send, event: str) -> None:
        assert "script" not in json.dumps(problem(send(evenement=event), 400, "evenement"))

    def test_every_fault_has_its_place_and_its_words(self, send: Send) -> None:
        answer = problem(send(naam=" ", email="noor", telefoon="12", profiel=PROFILE | {"fase": "klaar"}), 400)
        assert {fault["pointer"]: fault["detail"] for fault in answer["errors"]} == {
            "/naam": FAULTS["naam"],
            "/email": FAULTS["email"],
            "/telefoon": FAULTS["telefoon"],
            "/profiel/fase": "Deze code bestaat niet.",
        }

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("sbi2025", "J"),
            ("sbi2008", "onbekend"),
            ("grootteklasse", "3"),
            ("gemeente", "Zeist"),
            ("hulpvraag", "geld"),
            ("fase", "ver"),
        ],
    )
    def test_unknown_code_is_named_and_nothing_is_stored(
        self, gateway: Gateway, send: Send, name: str, given: str
    ) -> None:
        answer = problem(send(profiel=PROFILE | {name: given}), 400)
        assert f"/profiel/{name}" in [fault["pointer"] for fault in answer["errors"]]
        assert gateway.leads() == []

    def test_what_was_typed_is_not_repeated(self, send: Send) -> None:
        for body in (
            {"email": "noor apekool"},
            {"telefoon": "apekool"},
            {"toelichting": "apekool " * 100},
            {"voorkeur": "apekool", "moment": "apekool"},
            {"profiel": PROFILE | {"fase": "apekool"}},
            {"initiatieven": [{"id": "apekool", "tekstHash": "0" * 64}]},
            {"initiatieven": [{"id": ASKED, "tekstHash": "apekool"}]},
            {"naam": "apekool" * 1000},
        ):
            response = send(uuid4().hex, **body)
            problem(response, 400)
            assert "apekool" not in response.text

    def test_text_that_is_not_the_one_that_holds(self, gateway: Gateway, send: Send) -> None:
        problem(send(initiatieven=[{"id": ASKED, "tekstHash": "0" * 64}]), 400, "tekst van de toestemming")
        assert gateway.leads() == []

    def test_initiative_that_nobody_looks_after(self, gateway: Gateway, send: Send) -> None:
        problem(send(initiatieven=[{"id": NOBODYS, "tekstHash": "0" * 64}]), 400, "initiatief")
        assert gateway.leads() == []

    @pytest.mark.parametrize("body", [{"initiatieven": []}, {"intakeId": "x"}, {"profiel": {}}, {"naam": None}])
    def test_another_shape_such_as_one_that_names_an_intake(self, send: Send, body: dict[str, Any]) -> None:
        problem(send(**body), 400)

    def test_same_number_too_often_says_when_to_try_again(self, send: Send) -> None:
        answers = [send(uuid4().hex) for _ in range(PER_ADDRESS + 1)]
        assert [answer.status_code for answer in answers] == [201] * PER_ADDRESS + [429]
        problem(answers[-1], 429, "te vaak")
        assert 0 < int(answers[-1].headers["retry-after"]) <= DAY

    def test_hall_full_of_people_behind_one_address_is_not_too_often(self, send: Send) -> None:
        asked = (send(uuid4().hex, telefoon=f"06 123456{number:02}") for number in range(PER_NETWORK + 1))
        assert {answer.status_code for answer in asked} == {201}


def test_nothing_of_an_intake_comes_back_in_a_request_for_contact(gateway: Gateway, send: Send, code: str) -> None:
    codes = {
        **{"personen": "2-9", "bedrijf": "T/G", "gemeente": "GM0355", "hulpvraag": "klanten"},
        **dict.fromkeys(("administratie", "vindbaar", "gegevens", "backup_updates", "inloggen"), "1"),
    }
    key = uuid4().hex
    taken = gateway.client.post(
        "/v1/intakes", json={"evenement": code, "antwoorden": codes}, headers={"Idempotency-Key": key}
    )
    assert taken.status_code == 201
    send()
    asked = gateway.values("lead", "lead_key", "consent", "consent_event", "outbox_item", "audit_entry")
    shared = asked & gateway.values("referral", "given_intake")
    assert not {value for value in shared if isinstance(value, str) or (isinstance(value, int) and value > 1_000)}
    assert key not in str(asked)


class TestWebsites:
    def test_page_of_another_website_is_refused(self, gateway: Gateway) -> None:
        origin = "https://evil.example"
        for path in ("/v1/contactverzoeken", "/v1/contactteksten"):
            assert_refused(gateway.client.post(path, json={}, headers={"Origin": origin}), origin)

    def test_own_page_needs_no_permission(self, gateway: Gateway) -> None:
        answer = gateway.client.get("/v1/contactteksten", headers={"Origin": HERE})
        assert answer.status_code == 200
        assert "allow-origin" not in cors(answer)


def test_description_is_in_dutch_and_tells_what_can_go_wrong(gateway: Gateway) -> None:
    paths = gateway.client.get("/v1/openapi.json").json()["paths"]
    asking = paths["/contactverzoeken"]["post"]
    assert {"201", "400", "429"} <= asking["responses"].keys()
    assert asking["description"].startswith("Vraag namens een ondernemer")
    assert paths["/contactteksten"]["get"]["description"].startswith("Lees welke initiatieven")
