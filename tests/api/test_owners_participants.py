"""The firms that took part: added by the standard lists or from a file, changed, and taken off the list."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from api.owners.repository import Participants
from tests.api.owner_desk import MINE, UTECH, WERKPLAATS, Desk, filled_in
from tests.api.portal_door import Browser

LIST = f"{MINE}/vragenlijst/2026/deelnemers"
HEADING = ["Sector", "Plaats", "Aantal mensen", "Digitaal niveau"]


@pytest.fixture
def owner(desk: Desk) -> Browser:
    return desk.owner()


def firms(desk: Desk, initiative: str = WERKPLAATS) -> list[tuple[str, ...]]:
    found = desk.questionnaires.firms(2026, initiative)
    return sorted((*vars(one.firm).values(), one.origin) for one in found)


def by_request(desk: Desk, initiative: str = WERKPLAATS, sector: str = "G") -> None:
    """A firm that came as a request and was started with, as the leads note it."""
    with Session(desk.door.engine) as session, session.begin():
        Participants.add(
            session,
            initiative=initiative,
            year=2026,
            sector=sector,
            municipality="GM0344",
            size_class="2-9",
            stage="adhoc",
            origin="aanvraag",
        )


def add(browser: Browser, *rows: tuple[str, str, str, str]) -> Any:
    columns = dict(zip(("sector", "gemeente", "grootte", "fase"), map(list, zip(*rows, strict=True)), strict=True))
    return browser.send(LIST, formulier=browser.token(LIST), **columns)


def send_file(browser: Browser, content: bytes, name: str = "deelnemers.csv") -> Any:
    return browser.client.post(
        f"{LIST}/bestand",
        data={"formulier": browser.token(LIST)},
        files={"bestand": (name, content)},
        headers={"Origin": browser.door.url},
    )


def csv(*rows: str) -> bytes:
    return "\n".join([";".join(HEADING), *rows]).encode()


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class TestList:
    def test_rows_are_added_and_empty_ones_count_for_nothing(self, desk: Desk, owner: Browser) -> None:
        response = add(owner, ("F", "GM0344", "2-9", "adhoc"), ("", "", "", ""), ("", "buiten_regio", "", ""))
        assert response.headers["location"] == f"{LIST}?gedaan=toegevoegd"
        assert firms(desk) == [
            ("F", "GM0344", "2-9", "adhoc", "eigenaar"),
            ("onbekend", "buiten_regio", "onbekend", "onbekend", "eigenaar"),
        ]

    def test_lists_are_the_standard_ones(self, desk: Desk, owner: Browser) -> None:
        page = owner.get(LIST).text
        for code, title in (("F", "F – Bouwnijverheid"), ("GM0344", "Utrecht"), ("50-249", "50 tot 249")):
            assert f'<option value="{code}">{title}</option>' in page
        assert page.count('<option value="V">') == 5
        assert "GM1696" not in page or "Wijdemeren" in page  # until it ends

    def test_nothing_filled_in_is_told(self, desk: Desk, owner: Browser) -> None:
        response = add(owner, ("", "", "", ""))
        assert response.status_code == 400
        assert "Vul minstens één rij in." in response.text

    @pytest.mark.parametrize("row", [("W", "", "", ""), ("", "GM9999", "", ""), ("", "", "3", ""), ("", "", "", "x")])
    def test_code_that_is_not_in_the_list_is_refused(
        self, desk: Desk, owner: Browser, row: tuple[str, str, str, str]
    ) -> None:
        response = add(owner, ("F", "GM0344", "", ""), row)
        assert response.status_code == 400
        assert "kies iets uit de lijst." in response.text
        assert '<option value="GM0344" selected>' in response.text
        assert firms(desk) == []

    def test_firms_that_came_as_requests_are_there_already(self, desk: Desk, owner: Browser) -> None:
        by_request(desk)
        by_request(desk, UTECH, sector="K")
        page = owner.get(LIST).text
        assert "Eén deelnemer" in page
        assert "<td>G – Groot- en detailhandel</td>" in page
        assert "Aanvraag via de hulp" in page
        assert "Er staat één bedrijf op de lijst." in owner.get(f"{MINE}/vragenlijst/2026").text

    def test_ticked_firms_go_and_others_stay(self, desk: Desk, owner: Browser) -> None:
        add(owner, ("F", "", "", ""), ("G", "", "", ""), ("H", "", "", ""))
        ids = {one.firm.sector: one.id for one in desk.questionnaires.firms(2026, WERKPLAATS)}
        owner.send(f"{LIST}/weg", formulier=owner.token(LIST), deelnemer=[ids["F"], ids["H"]])
        assert [firm[0] for firm in firms(desk)] == ["G"]

    def test_firm_of_another_initiative_cannot_be_reached(self, desk: Desk, owner: Browser) -> None:
        by_request(desk, UTECH)
        (other,) = desk.questionnaires.firms(2026, UTECH)
        form = {"formulier": owner.token(MINE), "deelnemer": other.id, "sector": "F"}
        owner.send(f"{LIST}/weg", **form)
        assert owner.get(f"{LIST}/{other.id}").status_code == 404
        assert owner.send(f"{LIST}/{other.id}", **form).status_code == 404
        for path in ("", "/weg", "/bestand", f"/{other.id}"):
            there = f"/portaal/initiatieven/{UTECH}/vragenlijst/2026/deelnemers{path}"
            assert owner.send(there, **form).status_code == 404
        assert firms(desk, UTECH) == [("G", "GM0344", "2-9", "adhoc", "aanvraag")]


class TestChanging:
    def test_one_firm_is_changed(self, desk: Desk, owner: Browser) -> None:
        by_request(desk)
        (one,) = desk.questionnaires.firms(2026, WERKPLAATS)
        fields = filled_in(owner.get(f"{LIST}/{one.id}").text)
        assert owner.send(f"{LIST}/{one.id}", **fields | {"fase": "engaged"}).status_code == 303
        assert firms(desk) == [("G", "GM0344", "2-9", "engaged", "aanvraag")]

    def test_second_of_two_owners_overwrites_nothing(self, desk: Desk, owner: Browser) -> None:
        by_request(desk)
        (one,) = desk.questionnaires.firms(2026, WERKPLAATS)
        other = desk.owner("Otto")
        fields = filled_in(other.get(f"{LIST}/{one.id}").text)
        owner.send(f"{LIST}/{one.id}", **filled_in(owner.get(f"{LIST}/{one.id}").text) | {"fase": "engaged"})
        response = other.send(f"{LIST}/{one.id}", **fields | {"sector": "F"})
        assert response.status_code == 409
        assert "Iemand anders heeft deze deelnemer net gewijzigd of weggehaald." in response.text
        assert filled_in(response.text)["sector"] == "F"
        assert firms(desk) == [("G", "GM0344", "2-9", "engaged", "aanvraag")]

    def test_code_that_is_in_no_list_any_more_may_stay_and_not_come(self, desk: Desk, owner: Browser) -> None:
        by_request(desk, sector="X")
        (one,) = desk.questionnaires.firms(2026, WERKPLAATS)
        fields = filled_in(owner.get(f"{LIST}/{one.id}").text)
        assert fields["sector"] == "X"
        owner.send(f"{LIST}/{one.id}", **fields | {"fase": "verder"})
        assert firms(desk) == [("X", "GM0344", "2-9", "verder", "aanvraag")]
        assert owner.send(f"{LIST}/{one.id}", **fields | {"sector": "Y"}).status_code == 409


class TestFile:
    def test_words_and_codes_are_read(self, desk: Desk, owner: Browser) -> None:
        rows = ("kapper;Zeist;3;adhoc", "F – Bouwnijverheid;GM0344;2-9;?", "Bouwnijverheid;;;", ";;;", ";;;;belt nog")
        assert send_file(owner, csv(*rows)).status_code == 303
        assert firms(desk) == [
            ("F", "GM0344", "2-9", "onbekend", "eigenaar"),
            ("F", "onbekend", "onbekend", "onbekend", "eigenaar"),
            ("T", "GM0355", "2-9", "adhoc", "eigenaar"),
        ]

    def test_template_that_is_filled_in_is_read(self, desk: Desk, owner: Browser) -> None:
        book = load_workbook(io.BytesIO(owner.get(f"{LIST}/sjabloon.xlsx").content))
        assert [sheet.title for sheet in book] == ["Deelnemers", "Lijsten"]
        sheet, lists = book["Deelnemers"], book["Lijsten"]
        row = []
        for choose in sheet.data_validations.dataValidation:
            first = choose.formula1.partition("!")[2].partition(":")[0].replace("$", "")
            row.append(lists[first].value)
        assert row[0].startswith("A – Landbouw")
        sheet.append(row)
        written = io.BytesIO()
        book.save(written)
        assert send_file(owner, written.getvalue(), "d.xlsx").status_code == 303
        assert firms(desk) == [("A", "GM0307", "1", "adhoc", "eigenaar")]

    def test_template_as_csv_has_the_columns(self, owner: Browser) -> None:
        content = owner.get(f"{LIST}/sjabloon.csv").content.decode("utf-8-sig")
        assert content.strip() == ";".join(HEADING)

    def test_faults_are_told_with_row_and_remedy_and_nothing_is_added(self, desk: Desk, owner: Browser) -> None:
        rows = ("kapper;Zeist;3;adhoc", "K;Zeist;3;adhoc", "kapper;Verweggistan;-2;soms", "=1+1;Zeist;3;adhoc")
        response = send_file(owner, csv(*rows))
        assert response.status_code == 400
        assert "In 3 rijen klopt iets niet. Er is niets toegevoegd." in response.text
        assert "Een letter alleen is niet duidelijk" in response.text
        assert "We vinden deze plaats niet." in response.text
        assert "Dit niveau kennen we niet." in response.text
        assert '<th scope="row">3</th>' in response.text
        assert firms(desk) == []

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "Dit bestand is leeg."),
            (b"%PDF-1.7", "Dit is geen werkmap van Excel"),
            (b"PK\x03\x04kapot", "Dit bestand is beschadigd"),
            (b"naam;adres\nx;y", "De namen van de kolommen staan er niet."),
            (csv(), "Er staan geen deelnemers in dit bestand."),
            (csv("fietsen;Zeist;3;adhoc"), "Schrijf het preciezer. Mogelijk is:"),
            (b"x" * (5 * 1024 * 1024 + 1), "Dit bestand is te groot."),
        ],
    )
    def test_file_that_cannot_be_read_is_told(self, desk: Desk, owner: Browser, content: bytes, message: str) -> None:
        response = send_file(owner, content)
        assert response.status_code == 400
        assert message in response.text
        assert firms(desk) == []

    def test_no_file_is_told(self, owner: Browser) -> None:
        response = owner.send(f"{LIST}/bestand", formulier=owner.token(LIST))
        assert response.status_code == 400
        assert "Kies een bestand." in response.text

    def test_date_that_excel_made_of_a_size_class_is_told(self, desk: Desk, owner: Browser) -> None:
        from datetime import date  # noqa: PLC0415

        response = send_file(owner, workbook(["kapper", "Zeist", date(2026, 9, 2), "adhoc"]), "d.xlsx")
        assert "Hier staat een datum." in response.text
        assert firms(desk) == []

    def test_list_does_not_grow_without_end(self, desk: Desk, owner: Browser) -> None:
        assert send_file(owner, csv(*["kapper;Zeist;3;adhoc"] * 2000)).status_code == 303
        for response in (send_file(owner, csv("kapper;Zeist;3;adhoc")), add(owner, ("F", "", "", ""))):
            assert response.status_code == 400
            assert "De lijst mag hoogstens 2.000 deelnemers hebben." in response.text
        assert len(firms(desk)) == 2000
