"""The yearly answers for the working group and the coordinator: who handed in, and all of it as files."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from api.questionnaires.codes import Firm
from api.questionnaires.questions import QUESTIONS
from tests.api.owner_desk import TODAY, UTECH, WERKPLAATS, Desk
from tests.api.portal_door import Browser

LIST = "/portaal/vragenlijsten"
NASTY = ("=1+1", "+1", "-1", "@x", "\t=1+1", "\r=1+1", " =1+1")


def answer(desk: Desk, initiative: str = WERKPLAATS, **changed: Any) -> None:
    """Hand answers in."""
    desk.owner()
    sheet = desk.questionnaires.sheet(desk.data.one(initiative).entry, 2026)
    answers = {**sheet.answers, "belemmeringen": "Tijd", "deelnemers": 40, "tevredenheid": 7.8, "cijfers": 12}
    desk.questionnaires.hand_in(sheet, sheet.version, answers | changed, desk.account("Olga"), TODAY)


def rows(browser: Browser, name: str) -> list[dict[str, str]]:
    content = browser.get(f"{LIST}/2026/{name}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


class TestOverview:
    def test_who_handed_in_who_began_and_who_did_not(self, desk: Desk) -> None:
        answer(desk)
        sheet = desk.questionnaires.sheet(desk.data.one(UTECH).entry, 2026)
        desk.questionnaires.save(sheet, 0, sheet.answers)
        page = desk.coordinator().get(LIST).text
        total = len(desk.knowledge.catalogue)
        assert f"Ingeleverd: 1 van de {total} initiatieven." in page
        assert "Ingeleverd op 26 november 2026" in page
        assert page.count("<td>Begonnen</td>") == 1
        assert page.count("<td>Niet begonnen</td>") == total - 2
        assert "Niet om te publiceren." in page

    def test_answers_can_be_read(self, desk: Desk) -> None:
        answer(desk, ervaringen="<b>Top</b>")
        desk.questionnaires.add(WERKPLAATS, 2026, [Firm("F", "GM0344", "2-9", "adhoc")])
        page = desk.other("werkgroep").get(f"{LIST}/2026/{WERKPLAATS}").text
        assert "<dd>7,8</dd>" in page
        assert "&lt;b&gt;Top&lt;/b&gt;" in page
        assert "<td>F – Bouwnijverheid</td>" in page
        assert "Niet om te publiceren." in page
        assert "<form" not in page[page.index("<main") :]

    def test_who_may(self, desk: Desk) -> None:
        answer(desk)
        files = [f"{LIST}/2026/{name}" for name in ("vragenlijsten.xlsx", "antwoorden.csv", "deelnemers.csv")]
        read = [LIST, f"{LIST}/2026/{WERKPLAATS}"]
        allowed = {"evenement": [], "eigenaar": [], "werkgroep": read, "coordinator": [*read, *files]}
        for role, may in allowed.items():
            browser = desk.owner() if role == "eigenaar" else desk.other(role)
            for path in (*read, *files):
                assert browser.get(path).status_code == (200 if path in may else 403), (role, path)
        assert "vragenlijsten.xlsx" not in desk.other("werkgroep").get(LIST).text

    @pytest.mark.parametrize(
        "path", ["?jaar=2025", "?jaar=2027", f"/2025/{WERKPLAATS}", "/2026/bestaat-niet", "/2027/antwoorden.csv"]
    )
    def test_what_is_not_there(self, desk: Desk, path: str) -> None:
        assert desk.coordinator().get(f"{LIST}{path}").status_code == 404


class TestFiles:
    def test_answers_with_codes_and_dutch_numbers(self, desk: Desk) -> None:
        answer(desk, thema=["klanten", "veilig"])
        found = {row["initiatief"]: row for row in rows(desk.coordinator(), "antwoorden")}
        mine = found[WERKPLAATS]
        assert (mine["stand"], mine["ingeleverd"], mine["jaar"]) == ("ingeleverd", "2026-11-26", "2026")
        assert (mine["thema"], mine["deelnemers"], mine["tevredenheid"]) == ("klanten,veilig", "40", "7,8")
        assert (found[UTECH]["stand"], found[UTECH]["focus"]) == ("niet begonnen", "")
        assert len(found) == len(desk.knowledge.catalogue)

    def test_firms_with_code_and_title(self, desk: Desk) -> None:
        firm = Firm("F", "GM0344", "2-9", "adhoc")
        desk.questionnaires.add(WERKPLAATS, 2026, [firm, Firm("onbekend", "buiten_regio", "1", "verder")])
        first, second = rows(desk.coordinator(), "deelnemers")
        assert (first["sector"], first["sectorTitel"], first["gemeenteTitel"]) == ("F", "F – Bouwnijverheid", "Utrecht")
        assert (second["sector"], second["gemeente"], second["herkomst"]) == ("onbekend", "buiten_regio", "eigenaar")
        assert "id" not in first

    def test_dictionary_tells_every_column_and_code(self, desk: Desk) -> None:
        answer(desk)
        desk.questionnaires.add(WERKPLAATS, 2026, [Firm("F", "GM0344", "2-9", "adhoc")])
        coordinator = desk.coordinator()
        told = rows(coordinator, "kolommen")
        for name in ("antwoorden", "deelnemers"):
            columns = {row["kolom"] for row in told if row["tabel"] == name}
            assert columns == set(rows(coordinator, name)[0])
        codes = {(row["kolom"], row["code"]) for row in told}
        assert {("sector", "F"), ("gemeente", "GM0344"), ("grootte", "2-9"), ("fase", "adhoc")} <= codes

    @pytest.mark.parametrize("text", NASTY)
    def test_no_text_is_ever_a_formula(self, desk: Desk, text: str) -> None:
        texts = {question.key: text for question in QUESTIONS if question.kind == "tekst"}
        answer(desk, **texts)
        coordinator = desk.coordinator()
        (mine,) = [row for row in rows(coordinator, "antwoorden") if row["initiatief"] == WERKPLAATS]
        assert {mine[key] for key in texts} == {f"'{text.strip()}"}
        book = load_workbook(io.BytesIO(coordinator.get(f"{LIST}/2026/vragenlijsten.xlsx").content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        shown = [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.lstrip("'") == text.strip()]
        assert shown == [f"'{text.strip()}"] * len(texts)

    def test_workbook_holds_all_tables_and_says_what_it_is(self, desk: Desk) -> None:
        answer(desk)
        response = desk.coordinator().get(f"{LIST}/2026/vragenlijsten.xlsx")
        assert response.headers["content-disposition"] == 'attachment; filename="vragenlijsten-2026.xlsx"'
        assert response.headers["cache-control"] == "no-store"
        book = load_workbook(io.BytesIO(response.content))
        assert book.sheetnames == ["Lees mij", "Antwoorden", "Deelnemers", "Kolommen"]
        assert "Niet om te publiceren." in book["Lees mij"]["A2"].value
        heading = [cell.value for cell in book["Antwoorden"][2]]
        row = next(row for row in book["Antwoorden"].iter_rows(min_row=3, values_only=True) if row[0] == WERKPLAATS)
        assert dict(zip(heading, row, strict=True))["tevredenheid"] == 7.8
