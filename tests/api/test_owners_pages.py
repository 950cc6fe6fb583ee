"""What owners see of their initiatives, confirm and propose to change."""

from typing import Any

import pytest

from tests.api.owner_desk import MINE, UTECH, WERKPLAATS, Desk, filled_in
from tests.api.portal_door import Browser


def shown(browser: Browser, path: str = MINE) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.text
    return str(response.text)


def send(browser: Browser, path: str, expected: int, /, **changed: Any) -> str:
    """Change fields of a form and send it; gives the page that follows."""
    fields = filled_in(shown(browser, MINE if path.endswith("bevestigen") else path)) | changed
    response = browser.send(path, **fields)
    assert response.status_code == expected, response.text
    return shown(browser, response.headers["location"]) if expected == 303 else str(response.text)


def rows(desk: Desk, table: str) -> list[Any]:
    return desk.door.rows(table)


class TestConfirming:
    def test_one_click_says_that_all_holds(self, desk: Desk) -> None:
        owner = desk.owner()
        assert "Niemand heeft dit nog bevestigd." in shown(owner)
        page = send(owner, f"{MINE}/bevestigen", 303)
        assert "Dank je wel." in page
        assert "Bevestigd op 26 november 2026." in page
        assert "Voor het laatst gezien in november 2026." in page
        assert "De eigenaar heeft op 26 november 2026 gezegd dat deze gegevens kloppen." in page
        assert {name: str(entry["bevestigd"]) for name, entry in desk.written().items()} == {WERKPLAATS: "2026-11-26"}

    def test_who_saw_older_data_confirms_nothing(self, desk: Desk) -> None:
        first, second = desk.owner("Olga"), desk.owner("Otto")
        seen = filled_in(shown(second))
        send(first, f"{MINE}/bevestigen", 303)
        response = second.send(f"{MINE}/bevestigen", **seen)
        assert response.status_code == 409
        assert "De gegevens zijn intussen veranderd of bevestigd." in response.text

    def test_form_without_a_version_confirms_nothing(self, desk: Desk) -> None:
        owner = desk.owner()
        for version in ("", "x", "-1", "9" * 30, "²"):
            token = owner.token(MINE)
            assert owner.send(f"{MINE}/bevestigen", formulier=token, versie=version).status_code == 409
        assert desk.written() == {}


class TestProposing:
    def test_only_what_differs_is_stored(self, desk: Desk) -> None:
        owner = desk.owner()
        page = send(owner, f"{MINE}/wijzigen", 303, kosten="Tien euro per keer", opmerking="Nieuw tarief")
        assert "De coördinator kijkt naar je voorstel." in page
        assert "Wacht op de coördinator" in page
        (proposal,) = desk.data.proposals(WERKPLAATS)
        assert proposal.fields == {"kosten": "Tien euro per keer"}
        assert (proposal.note, proposal.made_by, proposal.state) == ("Nieuw tarief", "Olga", "voorgesteld")
        assert desk.written() == {}  # until the coordinator has decided

    def test_ticks_dates_and_contact_are_changes_too(self, desk: Desk) -> None:
        changes = {
            "regio": ["landelijk", "GM0344"],
            "thema": ["klanten"],
            "einde": "2027-01-31",
            "contact": "het loket in de bibliotheek",
            "waar": "",
        }
        send(desk.owner(), f"{MINE}/wijzigen", 303, **changes)
        (proposal,) = desk.data.proposals(WERKPLAATS)
        assert proposal.fields == {
            "regio": ["landelijk", "GM0344"],
            "thema": ["klanten"],
            "einde": "2027-01-31",
            "contact": {"soort": "loket", "waarde": "het loket in de bibliotheek"},
            "waar": None,
            "status": "actief",
            "opvolger": None,
        }

    def test_contact_that_is_emptied_is_not_known(self, desk: Desk) -> None:
        send(desk.owner(), f"{MINE}/wijzigen", 303, contact="")
        (proposal,) = desk.data.proposals(WERKPLAATS)
        assert proposal.fields == {"contact": {"soort": "onbekend", "waarde": None}}

    def test_form_that_is_sent_as_it_came_proposes_nothing(self, desk: Desk) -> None:
        assert "Je hebt niets veranderd." in send(desk.owner(), f"{MINE}/wijzigen", 400)
        assert desk.data.proposals(WERKPLAATS) == []

    def test_same_proposal_sent_twice_is_one(self, desk: Desk) -> None:
        owner = desk.owner()
        for _ in range(2):
            send(owner, f"{MINE}/wijzigen", 303, kosten="Tien euro")
        assert len(desk.data.proposals(WERKPLAATS)) == 1

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("biedt", " ", "Wat je biedt: vul dit in."),
            ("biedt", "x" * 1001, "Wat je biedt: gebruik hoogstens 1000 tekens."),
            ("url", "http://voorbeeld.nl", "Het adres begint niet met https://."),
            ("url", "javascript:alert(1)", "Het adres begint niet met https://."),
            ("status", "opgegaan_in", "Opgegaan in: vul in waarin het is opgegaan."),
            ("status", "weg", "De waarde &#39;weg&#39; bestaat niet."),
            ("einde", "morgen", "Laatste dag: kies een dag, of laat dit leeg."),
            ("regio", "GM9999", "De gemeente GM9999 bestaat niet."),
            ("fase", "later", "De waarde &#39;later&#39; bestaat niet."),
            ("opmerking", "x" * 501, "Gebruik hoogstens 500 tekens."),
        ],
    )
    def test_fault_is_told_and_what_was_typed_stays(self, desk: Desk, field: str, value: str, message: str) -> None:
        page = send(desk.owner(), f"{MINE}/wijzigen", 400, **{"kosten": "Tien euro", field: value})
        assert message in page
        assert "Er klopt iets niet" in page
        assert filled_in(page)["kosten"] == "Tien euro"
        assert desk.data.proposals(WERKPLAATS) == []

    def test_owner_cannot_reach_what_only_the_working_group_sees(self, desk: Desk) -> None:
        owner = desk.owner()
        note = desk.knowledge.initiative(WERKPLAATS).toelichting[:40]
        assert note not in shown(owner)
        assert note not in shown(owner, f"{MINE}/wijzigen")
        assert "Je hebt niets veranderd." in send(
            owner, f"{MINE}/wijzigen", 400, toelichting="x", naam="Anders", verwijst="nee", gezien="2030-01"
        )

    def test_what_is_typed_is_shown_as_text(self, desk: Desk) -> None:
        page = send(desk.owner(), f"{MINE}/wijzigen", 303, kosten="<script>alert(1)</script>")
        assert "<script>" not in page
        assert "&lt;script&gt;" in page

    def test_data_that_changed_meanwhile_is_not_put_back(self, desk: Desk) -> None:
        owner = desk.owner()
        fields = filled_in(shown(owner, f"{MINE}/wijzigen"))
        desk.data.change(desk.data.one(WERKPLAATS), {"waar": "Amersfoort"})
        response = owner.send(f"{MINE}/wijzigen", **fields | {"kosten": "Tien euro"})
        assert response.status_code == 400
        assert "De gegevens zijn intussen veranderd" in response.text
        assert "<td>Amersfoort</td>" in response.text  # what it is now, beside what would become of it
        assert desk.data.proposals(WERKPLAATS) == []


class TestWho:
    PATHS = ("", "/wijzigen", "/bevestigen")

    def test_owner_sees_own_initiatives_only(self, desk: Desk) -> None:
        owner = desk.owner()
        page = shown(owner, "/portaal/initiatieven")
        names = {one.entry.id: one.entry.naam for one in desk.data.all()}
        assert [name for name in names.values() if f">{name}</h2>" in page] == [names[WERKPLAATS]]
        for other in (UTECH, "bestaat-niet"):
            for path in self.PATHS:
                there = f"/portaal/initiatieven/{other}{path}"
                form = {"formulier": owner.token(MINE), "versie": "0", "biedt": "x"}
                statuses = {owner.get(there).status_code, owner.send(there, **form).status_code}
                assert statuses <= {404, 405}, there
        assert rows(desk, "initiative_state") == []
        assert rows(desk, "proposed_change") == []

    @pytest.mark.parametrize("role", ["evenement", "werkgroep", "coordinator"])
    def test_others_have_no_business_here(self, desk: Desk, role: str) -> None:
        other = desk.other(role)
        for path in ("/portaal/initiatieven", MINE, f"{MINE}/wijzigen"):
            assert other.get(path).status_code == 403

    def test_visitor_has_to_log_in_and_comes_back(self, desk: Desk) -> None:
        response = desk.door.browser().get(MINE)
        assert response.status_code == 303
        assert response.headers["location"].endswith("naar=%2Fportaal%2Finitiatieven%2Fdigitale-mkb-werkplaats-utrecht")

    def test_form_of_another_page_does_nothing(self, desk: Desk) -> None:
        owner = desk.owner()
        for path in ("bevestigen", "wijzigen"):
            response = owner.send(f"{MINE}/{path}", formulier="vreemd", versie="0", kosten="Tien euro")
            assert response.status_code == 403
        assert rows(desk, "initiative_state") == []
