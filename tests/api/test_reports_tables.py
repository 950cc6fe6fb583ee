"""The report as a workbook and as CSV: the published values, explained, and nothing that computes or hides."""

import io
import re
import zipfile
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from analytics.figures import Figures
from analytics.menu import STAFF
from api.dashboard.panels import Grid, Panel
from api.figures.tables import COLUMNS, slug
from api.reports.archive import archive
from api.reports.contents import Form, Report, Section
from api.reports.service import NoRelease, Reports
from api.reports.workbook import workbook
from knowledge.base import Knowledge
from tests.analytics.made_releases import release
from tests.api.made_reports import LAST, TODAY, Made, engine_in, made, nothing
from tests.api.released import SECTORS, STAGES, publish
from tests.api.report_numbers import allowed, numbers, published

# The sheets that are no table of a release. Of the totals and the columns every number is a cell of its own.
IN_WORDS = [
    "Lees mij",
    "Doel en tempo",
    "Wie we bereiken",
    "Gaten in het aanbod",
    "Wat ervan kwam",
    "Agenda",
    "Begrippen",
]


def words(report: Made, name: str) -> str:
    """What stands on a sheet."""
    cells = [cell for row in report.workbook[name].iter_rows(values_only=True) for cell in row if cell is not None]
    return "\n".join(map(str, cells))


def texts(report: Made) -> dict[str, str]:
    """The files of the archive that are no table of a release, codes or columns."""
    with zipfile.ZipFile(io.BytesIO(report.zip)) as packed:
        return {
            name: packed.read(name).decode("utf-8-sig").replace(";", " ")
            for name in packed.namelist()
            if name.startswith("rapport/") or name in ("lees-mij.txt", "begrippen.csv")
        }


class TestWorkbook:
    def test_every_table_is_a_sheet_with_its_published_values(self, report: Made) -> None:
        release = report.releases[-1]
        for table in release.tables.values():
            sheet = report.workbook[slug(table.id)]
            rows = list(sheet.iter_rows(min_row=3, values_only=True))
            found = [value for row in rows for value in row[1:]]
            assert found == ["<5" if cell.value is None else cell.value for cell in table.cells]
            assert [row[0] for row in rows] == list(table.rows.values())

    def test_every_number_was_published(self, report: Made) -> None:
        found = {
            cell.value
            for sheet in report.workbook.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "n" and cell.value is not None
        }
        assert found <= published(report.releases[-1:])

    @pytest.mark.parametrize("name", IN_WORDS)
    def test_every_number_in_words_was_published_or_is_in_every_report(
        self, report: Made, all_made: dict[str, Made], knowledge: Knowledge, name: str
    ) -> None:
        same_in_all = numbers(all_made["nothing"].text.text) | numbers(words(all_made["nothing"], name))
        assert (
            numbers(words(report, name)) - same_in_all - allowed(knowledge, report.releases, report.live, TODAY)
            == set()
        )

    def test_nothing_computes_or_is_hidden(self, report: Made) -> None:
        book = report.workbook
        for sheet in book.worksheets:
            assert sheet.sheet_state == "visible"
            assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)
            assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not book.defined_names
        with zipfile.ZipFile(io.BytesIO(report.xlsx)) as packed:
            assert not [name for name in packed.namelist() if re.search("external|vba|pivot|comment|custom", name)]

    def test_properties_name_nobody(self, report: Made) -> None:
        properties = report.workbook.properties
        assert properties.creator == "Werkgroep digitalisering mkb, regio Utrecht"
        assert (properties.lastModifiedBy, properties.title) == (None, "Rapport van oktober 2026")

    def test_explains_itself(self, report: Made) -> None:
        names = report.workbook.sheetnames
        assert names[:2] == ["Lees mij", "Totalen"]
        assert names[-4:] == ["Agenda", "Begrippen", "Codes", "Kolommen"]
        assert names[-8:-4] == ["Doel en tempo", "Wie we bereiken", "Gaten in het aanbod", "Wat ervan kwam"]
        tables = {slug(name) for name in report.releases[-1].tables}
        assert {*names} == tables | {*IN_WORDS, "Totalen", "Codes", "Kolommen"}  # each is read by a test

    def test_no_name_of_a_sheet_is_longer_than_excel_takes(self, report: Made) -> None:
        assert max(map(len, report.workbook.sheetnames)) <= 31


class TestArchive:
    def test_every_table_is_a_file_with_its_published_values(self, report: Made) -> None:
        files = report.files()
        for table in report.releases[-1].tables.values():
            found = [(line["rij"], line["kolom"], line["waarde"], line["status"]) for line in files[slug(table.id)]]
            assert found == [
                (cell.row, cell.column, "" if cell.value is None else str(cell.value), cell.status)
                for cell in table.cells
            ]

    def test_every_number_in_words_was_published_or_is_in_every_report(
        self, report: Made, all_made: dict[str, Made], knowledge: Knowledge
    ) -> None:
        told = texts(report)
        same_in_all = numbers(all_made["nothing"].text.text) | numbers(" ".join(texts(all_made["nothing"]).values()))
        known = same_in_all | allowed(knowledge, report.releases, report.live, TODAY)
        assert {"lees-mij.txt", "begrippen.csv"} < told.keys()
        assert {name: numbers(text) - known for name, text in told.items() if numbers(text) - known} == {}

    def test_totals_are_exact(self, report: Made) -> None:
        release = report.releases[-1]
        found = {(line["tabel"], line["rij"]): line["waarde"] for line in report.files()["totalen"]}
        wanted = {(f"{scope}-totaal".replace("_", "-"), ""): value for scope, value in release.totals.items()}
        wanted |= {(f"{scope}-totaal".replace("_", "-"), "gestopt"): value for scope, value in release.stopped.items()}
        assert found == {key: "" if value is None else str(value) for key, value in wanted.items()}
        assert {line["afronding"] for line in report.files()["totalen"]} == {"1"}

    def test_every_column_is_explained(self, report: Made) -> None:
        assert [line["kolom"] for line in report.files()["kolommen"]] == list(COLUMNS)

    def test_equal_figures_give_an_equal_archive(self, tmp_path: Path, knowledge: Knowledge) -> None:
        engine = engine_in(tmp_path)
        nothing(engine, knowledge)
        assert made(engine, knowledge).zip == made(engine, knowledge).zip
        engine.dispose()


def test_every_panel_of_the_document_is_in_workbook_and_archive(knowledge: Knowledge) -> None:
    def section(name: str) -> Section:
        return Section(
            name.title(),
            [
                Panel(
                    f"{name}-{place}",
                    f"Titel van {name} {place}",
                    (f"Zin van {name} {place}.",),
                    Grid("", ("Groep", "Aantal"), ((f"Rij van {name} {place}", "5"),)),
                    notes=(f"Noot van {name} {place}.",),
                )
                for place in ("een", "twee")
            ],
        )

    parts = ("begin", "midden", "agenda")
    figures, agenda = [section(part) for part in parts[:2]], section(parts[2])
    report = Report("Rapport", "", "", "", "", figures, agenda, reading=Section("Lezen", ()))
    of_nothing = release(totals={"tot_nu": 60})
    book = openpyxl.load_workbook(io.BytesIO(workbook(knowledge, report, of_nothing)))
    with zipfile.ZipFile(io.BytesIO(archive(knowledge, report, of_nothing))) as packed:
        for part, place in product(parts, ("een", "twee")):
            found = [cell for row in book[part.title()].iter_rows(values_only=True) for cell in row]
            wanted = [f"{what} van {part} {place}" for what in ("Titel", "Rij")]
            wanted += [f"{what} van {part} {place}." for what in ("Zin", "Noot")]
            assert {*wanted} <= {*found}
            assert f"Rij van {part} {place};5" in packed.read(f"rapport/{part}/{part}-{place}.csv").decode()


def test_what_the_document_takes_from_an_earlier_release_is_there_too(tmp_path: Path, knowledge: Knowledge) -> None:
    engine = engine_in(tmp_path)
    levels = {"tot_nu/sector": ["zes"]}
    publish(engine, STAFF, "2026-09", totals={"tot_nu": 212}, tables={"tot_nu/sector": SECTORS}, levels=levels)
    publish(engine, STAFF, LAST, totals={"tot_nu": 219}, tables={})
    report = made(engine, knowledge)
    rows = list(report.workbook["Wie we bereiken"].iter_rows(values_only=True))
    assert ("Over januari tot en met september 2026",) in [row[:1] for row in rows]
    assert ("Bouw", "35") in [row[:2] for row in rows]
    assert report.files()["rapport/wie-we-bereiken/sector"][0]["Gesprekken"] == "35"
    assert not [name for name in report.files() if name.endswith("/stand")]  # that is of today
    engine.dispose()


@pytest.mark.parametrize("form", ["pdf", "xlsx", "zip"])
@pytest.mark.parametrize("month_id", ["2026-09", "2026-11"])
def test_there_is_no_report_of_a_month_without_a_release(
    tmp_path: Path, knowledge: Knowledge, form: Form, month_id: str
) -> None:
    engine = engine_in(tmp_path)
    publish(engine, STAFF, LAST, totals={"tot_nu": 60}, tables={"tot_nu/fase": STAGES})
    with pytest.raises(NoRelease):
        Reports(engine, knowledge, Figures(engine, knowledge), tmp_path).make(month_id, form, TODAY)
    engine.dispose()


def test_report_of_an_earlier_month_stays_as_it_was(tmp_path: Path, knowledge: Knowledge) -> None:
    engine = engine_in(tmp_path)
    publish(engine, STAFF, LAST, totals={"tot_nu": 60}, tables={"tot_nu/fase": STAGES})
    before = made(engine, knowledge)
    levels = {"tot_nu/sector": ["zes"]}
    publish(engine, STAFF, "2026-11", totals={"tot_nu": 60}, tables={"tot_nu/sector": SECTORS}, levels=levels)
    after = made(engine, knowledge)
    assert (after.pdf, after.zip) == (before.pdf, before.zip)
    engine.dispose()
