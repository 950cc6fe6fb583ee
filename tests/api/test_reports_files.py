"""The report as a document, a workbook and CSV: readable by everybody, and with published numbers only."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from sqlalchemy import Engine

from analytics.database import migrate, open_database
from analytics.dimensions import dimensions
from analytics.figures import Figures, Release
from analytics.menu import STAFF
from analytics.periods import Month
from analytics.releases import Releases
from analytics.synthetic import fill
from api.figures.tables import COLUMNS, slug
from api.reports import document
from api.reports.service import Form, NoRelease, Reports
from knowledge.base import Knowledge
from tests.api.pages_on_paper import Pdf, read_pdf
from tests.api.released import SECTORS, STAGES, publish
from tests.api.report_numbers import allowed, numbers, published

TODAY = date(2026, 11, 26)
LAST = "2026-10"


@dataclass(frozen=True)
class Made:
    """A report in every form, the releases that it is made of, and the drawings in it."""

    releases: tuple[Release, ...]
    pdf: bytes
    xlsx: bytes
    zip: bytes
    drawings: Mapping[str, bytes]

    @property
    def text(self) -> Pdf:
        return read_pdf(self.pdf)

    @property
    def workbook(self) -> Any:
        return openpyxl.load_workbook(io.BytesIO(self.xlsx))

    def files(self) -> dict[str, list[dict[str, str]]]:
        with zipfile.ZipFile(io.BytesIO(self.zip)) as packed:
            return {
                name.removesuffix(".csv"): list(
                    csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""), delimiter=";")
                )
                for name in packed.namelist()
                if name.endswith(".csv")
            }


def engine_in(folder: Path) -> Engine:
    url = f"sqlite:///{folder / 'x.db'}"
    migrate(url)
    return open_database(url)


def made(engine: Engine, knowledge: Knowledge) -> Made:
    figures = Figures(engine, knowledge)
    reports = Reports(engine, knowledge, figures)
    drawings: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        typeset = document.typeset

        def noting(template: Path, values: Any, *, images: Mapping[str, bytes], form: Any) -> bytes:
            drawings.update(images)
            return typeset(template, values, images=images, form=form)

        patch.setattr(document, "typeset", noting)
        files = {form: reports.make(LAST, form, TODAY) for form in ("pdf", "xlsx", "zip")}
    return Made(figures.all(STAFF), files["pdf"], files["xlsx"], files["zip"], drawings)


def synthetic(engine: Engine, knowledge: Knowledge, records: int) -> None:
    """Made-up records up to October, and the releases that follow from them."""
    fill(engine, knowledge, seed=1, records=records, first=date(2026, 7, 1), last=date(2026, 10, 31))
    Releases(engine, knowledge, lambda *, make: bytes(32)).make(Month(2026, 10), TODAY)


def busy(engine: Engine, knowledge: Knowledge) -> None:
    """Two months in which every table is shown at its finest level, in thousands."""
    known = dimensions(knowledge)
    for month_id, total in (("2026-09", 9876), ("2026-10", 12345)):
        tables, levels = {}, {}
        for dimension in known.values():
            finest = dimension.levels[0]
            tables[f"tot_nu/{dimension.id}"] = dict(zip(finest.titles, spread(total, len(finest.titles)), strict=True))
            levels[f"tot_nu/{dimension.id}"] = [finest.id]
        for names in (("sector", "grootte"), ("fase", "sector"), ("sector", "hulpvraag")):
            rows, columns = (known[name].levels[0] for name in names)
            keys = list(product(rows.titles, columns.titles))
            tables[f"kwartaal/{'*'.join(names)}"] = dict(zip(keys, spread(total // 3, len(keys)), strict=True))
            levels[f"kwartaal/{'*'.join(names)}"] = [rows.id, columns.id]
        totals = {"maand": total // 9, "kwartaal": total // 3, "tot_nu": total}
        publish(engine, STAFF, month_id, totals=totals, tables=tables, levels=levels, stopped={"tot_nu": total // 2})


def spread(total: int, number: int) -> list[int | None]:
    """A total divided over categories in fives, the last the most; each seventh has next to nothing and is hidden."""
    weights = [0 if place % 7 == 0 else place for place in range(1, number + 1)]
    return [max(5, 5 * (total * weight // sum(weights) // 5)) if weight else None for weight in weights]


def nothing(engine: Engine, knowledge: Knowledge) -> None:
    """The same months without anything to show."""
    for month_id in ("2026-07", "2026-08", "2026-09", "2026-10"):
        totals = {"maand": None, "tot_nu": None}
        publish(engine, STAFF, month_id, totals=totals, tables={}, stopped=totals)


SIZES = {
    "nothing": nothing,
    "3 records": lambda engine, knowledge: synthetic(engine, knowledge, 3),
    "60 records": lambda engine, knowledge: synthetic(engine, knowledge, 60),
    "thousands": busy,
}


@pytest.fixture(scope="module")
def all_made(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> dict[str, Made]:
    found = {}
    for name, prepare in SIZES.items():
        engine = engine_in(tmp_path_factory.mktemp("reports"))
        prepare(engine, knowledge)
        found[name] = made(engine, knowledge)
        engine.dispose()
    return found


@pytest.fixture(params=list(SIZES))
def report(request: pytest.FixtureRequest, all_made: dict[str, Made]) -> Made:
    return all_made[request.param]


def live(made: Made) -> int:
    return made.releases[-1].totals["tot_nu"] or 0


class TestDocument:
    def test_every_number_was_published_or_is_in_every_report(
        self, report: Made, all_made: dict[str, Made], knowledge: Knowledge
    ) -> None:
        same_in_all = numbers(all_made["nothing"].text.text)
        words = re.sub(r"Pagina ?\d+ ?van ?\d+", "", report.text.text)
        unknown = numbers(words) - same_in_all - allowed(knowledge, report.releases, live(report), TODAY)
        assert unknown == set()

    def test_published_values_are_there(self, all_made: dict[str, Made]) -> None:
        values = {cell.value for cell in all_made["thousands"].releases[-1].tables["tot_nu/sector"].cells} - {None}
        assert {f"{value:,}".replace(",", ".") for value in values} <= numbers(all_made["thousands"].text.text)

    def test_every_number_in_a_drawing_was_published(self, report: Made, knowledge: Knowledge) -> None:
        groups = numbers("2 tot en met 9, 10 tot 49, 50 tot 249, 250 of meer, doel 250")
        for drawing in report.drawings.values():
            said = " ".join(re.findall(r"<text[^>]*>([^<]+)<", drawing.decode())).replace("&lt;5", "")
            assert numbers(said) - groups - allowed(knowledge, report.releases, live(report), TODAY) == set()

    def test_is_tagged_for_who_hears_it(self, report: Made) -> None:
        with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("nl")
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"] == "Rapport van oktober 2026"
            tags = list(elements(pdf.Root.StructTreeRoot))
        kinds = [str(tag.get("/S", "")) for tag in tags]
        assert kinds.count("/H1") == 6
        assert kinds.count("/Figure") == len(report.drawings)
        assert all(str(tag.Alt).startswith("Grafiek: ") for tag in tags if tag.get("/S") == "/Figure")

    def test_every_table_has_headings(self, report: Made) -> None:
        with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
            tables = [tag for tag in elements(pdf.Root.StructTreeRoot) if tag.get("/S") == "/Table"]
            assert tables
            for table in tables:
                kinds = [str(tag.get("/S", "")) for tag in elements(table)]
                assert kinds.count("/TH") >= 2
                assert "/TD" in kinds

    def test_has_the_parts_of_the_meeting(self, report: Made) -> None:
        for words in ("Doel en tempo", "Wie we bereiken", "Gaten in het aanbod", "Wat ervan kwam", "Agenda"):
            assert report.text.says(words)
        assert report.text.says("Cijfers van januari tot en met oktober 2026.")
        assert report.text.says("Gemaakt op 26 november 2026.")

    def test_what_cannot_be_shown_yet_is_said_once_in_a_part(self, all_made: dict[str, Made]) -> None:
        text = all_made["nothing"].text
        assert text.says("Nog niet te zien")
        assert text.text.count("Zo blijft iedereen anoniem") <= 5

    def test_says_that_figures_are_made_up_only_when_they_are(self, all_made: dict[str, Made]) -> None:
        assert all_made["60 records"].text.says("Synthetische gegevens")
        assert not all_made["thousands"].text.says("Synthetische gegevens")


def elements(tag: Any) -> Iterator[Any]:
    """Every element of the structure under one."""
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


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


@pytest.mark.parametrize("form", ["pdf", "xlsx", "zip"])
@pytest.mark.parametrize("month_id", ["2026-09", "2026-11"])
def test_there_is_no_report_of_a_month_without_a_release(
    tmp_path: Path, knowledge: Knowledge, form: Form, month_id: str
) -> None:
    engine = engine_in(tmp_path)
    publish(engine, STAFF, LAST, totals={"tot_nu": 60}, tables={"tot_nu/fase": STAGES})
    with pytest.raises(NoRelease):
        Reports(engine, knowledge, Figures(engine, knowledge)).make(month_id, form, TODAY)
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
