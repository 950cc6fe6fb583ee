"""The coordinator's side: what nobody confirmed, what owners propose, and initiatives that stop."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from time import mktime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.owner_desk import MANAGED, MINE, TODAY, UTECH, WERKPLAATS, Desk, filled_in
from tests.api.portal_door import Browser

LIST = "/portaal/beheer/initiatieven"
SECONDS = count(10**9)  # later than any clock of this machine


@pytest.fixture
def coordinator(desk: Desk) -> Browser:
    return desk.coordinator()


def propose(desk: Desk, **fields: Any) -> str:
    """A proposal of the owner; gives the address of the decision."""
    desk.owner()
    desk.data.propose(desk.data.one(WERKPLAATS), desk.account("Olga"), fields, "", TODAY)
    (proposal,) = [one for one in desk.data.proposals(WERKPLAATS) if one.waits]
    return f"{MANAGED}/voorstellen/{proposal.id}"


def decide(browser: Browser, path: str, decision: str, answer: str = "", *, version: str = "0") -> Any:
    return browser.send(path, formulier=browser.token(LIST), versie=version, besluit=decision, antwoord=answer)


def part(page: str, heading: str) -> str:
    """The section under a heading."""
    found = re.search(f"{heading}</h2>(.*?)</section>", page, re.DOTALL)
    assert found, page
    return found[1]


class TestDeciding:
    def test_proposal_is_shown_beside_what_holds(self, desk: Desk, coordinator: Browser) -> None:
        propose(desk, kosten="Tien euro", regio=["GM0344", "landelijk"])
        assert "Voorstellen van eigenaren die wachten: 1." in coordinator.get("/portaal/beheer").text
        assert "één voorstel" in part(coordinator.get(LIST).text, "Voorstellen die wachten")
        section = part(coordinator.get(MANAGED).text, "Voorstel van Olga, 26 november 2026")
        assert desk.knowledge.initiative(WERKPLAATS).kosten is None
        assert '<th scope="row">Wat het kost</th><td>–</td><td>Tien euro</td>' in section
        assert "<td>Utrecht, Heel Nederland</td>" in section
        assert section.count('<th scope="row">') == 2

    def test_taken_over_counts_and_is_a_sign_of_life(self, desk: Desk, coordinator: Browser) -> None:
        path = propose(desk, kosten="Tien euro")
        response = decide(coordinator, path, "overnemen", "Dank je wel, Olga.")
        assert response.headers["location"] == f"{MANAGED}?gedaan=overgenomen"
        assert desk.written() == {WERKPLAATS: {"bevestigd": TODAY, "wijzigingen": {"kosten": "Tien euro"}}}
        page = desk.owner().get(MINE).text
        assert "Overgenomen" in page
        assert "Antwoord van de coördinator: Dank je wel, Olga." in page
        assert "<dd>Tien euro</dd>" in page

    def test_refused_changes_nothing_and_needs_a_reason(self, desk: Desk, coordinator: Browser) -> None:
        path = propose(desk, kosten="Tien euro")
        response = decide(coordinator, path, "afwijzen")
        assert response.status_code == 400
        assert "Vertel de eigenaar waarom je het niet overneemt." in response.text
        assert decide(coordinator, path, "afwijzen", "Dit klopt niet.").status_code == 303
        assert desk.written() == {}
        page = desk.owner().get(MINE).text
        assert "Niet overgenomen" in page
        assert "Dit klopt niet." in page

    @pytest.mark.parametrize("first", ["overnemen", "afwijzen"])
    @pytest.mark.parametrize("second", ["overnemen", "afwijzen"])
    def test_second_of_two_coordinators_reads_what_the_first_decided(
        self, desk: Desk, coordinator: Browser, first: str, second: str
    ) -> None:
        other = desk.coordinator("Claire")
        path = propose(desk, kosten="Tien euro")
        assert decide(coordinator, path, first, "Van de eerste.").status_code == 303
        before = desk.written()
        response = decide(other, path, second, "Van de tweede.")
        assert response.status_code == 409
        assert "Iemand anders heeft al over dit voorstel beslist." in response.text
        assert "door Cor: Van de eerste." in response.text
        assert "Van de tweede." not in response.text
        assert desk.written() == before

    def test_decision_on_data_that_changed_since_is_not_carried_out(self, desk: Desk, coordinator: Browser) -> None:
        path = propose(desk, kosten="Tien euro")
        desk.data.change(desk.data.one(WERKPLAATS), {"kosten": "Vijf euro"})
        response = decide(coordinator, path, "overnemen")
        assert response.status_code == 409
        assert "De gegevens zijn intussen veranderd" in response.text
        assert "<td>Vijf euro</td><td>Tien euro</td>" in response.text
        assert desk.written()[WERKPLAATS]["wijzigingen"] == {"kosten": "Vijf euro"}
        assert decide(coordinator, path, "overnemen", version="1").status_code == 303
        assert desk.written()[WERKPLAATS]["wijzigingen"] == {"kosten": "Tien euro"}

    def test_proposal_of_another_initiative_or_of_none_is_not_decided(self, desk: Desk, coordinator: Browser) -> None:
        path = propose(desk, kosten="Tien euro")
        for wrong in (path.replace(WERKPLAATS, UTECH), f"{MANAGED}/voorstellen/bestaat-niet"):
            assert decide(coordinator, wrong, "overnemen").status_code == 409
        assert desk.data.proposals(WERKPLAATS)[0].waits
        assert desk.written() == {}


class TestChanging:
    def send(self, browser: Browser, path: str = MANAGED, /, **changed: Any) -> Any:
        return browser.send(f"{path}/wijzigen", **filled_in(browser.get(f"{path}/wijzigen").text) | changed)

    def test_stopped_initiative_takes_no_referrals(self, desk: Desk, coordinator: Browser) -> None:
        assert self.send(coordinator, status="gestopt").status_code == 303
        standing = desk.data.one(WERKPLAATS)
        assert (standing.entry.status, standing.entry.verwijst) == ("gestopt", False)
        assert desk.written()[WERKPLAATS] == {"wijzigingen": {"status": "gestopt"}}
        assert "Dit initiatief loopt nu niet." in desk.owner().get("/portaal/initiatieven").text

    def test_last_day_and_note_of_the_working_group(self, desk: Desk, coordinator: Browser) -> None:
        self.send(coordinator, einde="2026-12-31", toelichting="Gebeld op maandag.")
        standing = desk.data.one(WERKPLAATS)
        assert (standing.entry.einde, standing.entry.toelichting) == (date(2026, 12, 31), "Gebeld op maandag.")
        page = coordinator.get(MANAGED).text
        assert "<td>31 december 2026</td>" in part(page, "Anders dan in het bestand")
        assert "Gebeld op maandag." not in desk.owner().get(MINE).text

    def test_what_is_put_back_as_in_the_file_is_no_change_any_more(self, desk: Desk, coordinator: Browser) -> None:
        costs = desk.knowledge.initiative(WERKPLAATS).kosten
        self.send(coordinator, kosten="Tien euro")
        self.send(coordinator, kosten=costs)
        assert desk.written() == {}

    def test_second_of_two_overwrites_nothing(self, desk: Desk, coordinator: Browser) -> None:
        fields = filled_in(coordinator.get(f"{MANAGED}/wijzigen").text)
        self.send(desk.coordinator("Claire"), kosten="Vijf euro")
        response = coordinator.send(f"{MANAGED}/wijzigen", **fields | {"kosten": "Tien euro"})
        assert response.status_code == 400
        assert "De gegevens zijn intussen veranderd" in response.text
        assert "<td>Vijf euro</td><td>Tien euro</td>" in response.text
        assert desk.data.one(WERKPLAATS).entry.kosten == "Vijf euro"

    def test_last_fallback_cannot_be_stopped(self, desk: Desk, coordinator: Browser) -> None:
        response = self.send(coordinator, f"{LIST}/kvk", status="gestopt")
        assert response.status_code == 400
        assert "Het laatste vangnet moet iedereen kunnen helpen" in response.text
        assert desk.written() == {}

    def test_changes_that_the_file_no_longer_bears_are_told(self, desk: Desk, coordinator: Browser) -> None:
        standing = desk.data.one(WERKPLAATS)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("api.owners.service.with_changes", lambda *_: None)
            desk.data.change(standing, {"status": "weg"})
        assert desk.data.one(WERKPLAATS).entry == standing.entry
        assert "past niet meer bij het bestand van dit initiatief" in coordinator.get(MANAGED).text


class TestList:
    def test_unconfirmed_come_first_with_what_is_known_of_the_asking(self, desk: Desk, coordinator: Browser) -> None:
        desk.owner()
        desk.owner("Ulla", UTECH)
        now = desk.door.now
        day = date.fromtimestamp(now)
        desk.data.sweep(now)
        section = part(coordinator.get(LIST).text, "Niet bevestigd in het laatste half jaar")
        lines = {line for line in section.split("<li>") if WERKPLAATS in line or "/kvk" in line}
        (mine,) = [line for line in lines if WERKPLAATS in line]
        (nobody,) = [line for line in lines if "/kvk" in line]
        assert f"gevraagd op {desk.knowledge.texts.day(day)}" in mine
        assert "heeft geen eigenaar met een account" in nobody
        desk.data.confirm(WERKPLAATS, 0, TODAY)
        section = part(coordinator.get(LIST).text, "Niet bevestigd in het laatste half jaar")
        assert WERKPLAATS not in section
        assert UTECH in section

    def test_silence_and_old_data_are_told(self, desk: Desk, coordinator: Browser) -> None:
        desk.owner()
        asked = TODAY - timedelta(days=30)
        desk.data.sweep(int(mktime(asked.timetuple())))
        section = part(coordinator.get(LIST).text, "Niet bevestigd in het laatste half jaar")
        (line,) = [line for line in section.split("<li>") if WERKPLAATS in line]
        assert "gevraagd op 27 oktober 2026, geen antwoord." in line
        old = [one.entry.naam for one in desk.data.all() if one.entry.outdated(TODAY) and one.entry.running(TODAY)]
        assert section.count("Ondernemers lezen erbij dat de gegevens oud zijn.") == len(old) > 0

    @pytest.mark.parametrize("role", ["evenement", "eigenaar", "werkgroep"])
    def test_only_the_coordinator_may(self, desk: Desk, role: str) -> None:
        path = propose(desk, kosten="Tien euro")
        other = desk.owner() if role == "eigenaar" else desk.other(role)
        token = other.token("/portaal/initiatieven" if role == "eigenaar" else "/portaal/evenementen")
        for there in (LIST, MANAGED, f"{MANAGED}/wijzigen"):
            assert other.get(there).status_code == 403
        for there in (path, f"{MANAGED}/wijzigen"):
            form = {"formulier": token, "versie": "0", "besluit": "overnemen", "biedt": "x", "status": "actief"}
            assert other.send(there, **form).status_code == 403
        assert desk.written() == {}

    def test_initiative_that_does_not_exist(self, desk: Desk, coordinator: Browser) -> None:
        assert coordinator.get(f"{LIST}/bestaat-niet").status_code == 404


@pytest.fixture
def public(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """What everybody can ask, each time a second later."""
    monkeypatch.setattr("knowledge.following.monotonic", lambda: float(next(SECONDS)))
    client = TestClient(desk.door.app)
    yield client
    client.close()


class TestEverybody:
    def test_change_is_told_at_once(self, desk: Desk, public: TestClient) -> None:
        desk.data.change(desk.data.one(WERKPLAATS), {"kosten": "Tien euro"})
        assert public.get(f"/v1/initiatieven/{WERKPLAATS}").json()["kosten"] == "Tien euro"

    def test_tablets_get_other_rules_until_it_is_as_it_was(self, desk: Desk, public: TestClient) -> None:
        def rules() -> tuple[str, bool]:
            answer = public.get("/intake/regels.json")
            return answer.headers["etag"], WERKPLAATS in {one["id"] for one in answer.json()["initiatieven"]}

        before = rules()
        assert before[1]
        desk.data.change(desk.data.one(WERKPLAATS), {"status": "gestopt"})
        during = rules()
        assert (during[0] != before[0], during[1]) == (True, False)
        desk.data.change(desk.data.one(WERKPLAATS), {"status": "actief"})
        assert rules() == before

    def test_confirmation_takes_away_that_data_is_old(self, desk: Desk, public: TestClient) -> None:
        initiative = next(one for one in desk.data.all() if one.entry.outdated(TODAY) and one.entry.running(TODAY))
        there = f"/v1/initiatieven/{initiative.entry.id}"
        assert public.get(there).json()["verouderd"] is True
        desk.data.confirm(initiative.entry.id, 0, date.today())
        assert public.get(there).json()["verouderd"] is False
