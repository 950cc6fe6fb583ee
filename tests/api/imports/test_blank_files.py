"""The template: what is filled in there as it tells comes in."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from api.imports.blank_files import blank_csv, blank_workbook
from api.imports.columns import Columns
from knowledge.base import Knowledge
from tests.api.imports.files import CORE, FURTHER, TODAY, Hall, csv_file, intake, saved


@pytest.fixture
def template(columns: Columns, knowledge: Knowledge) -> bytes:
    return blank_workbook(columns, knowledge.intake)


def test_csv_has_the_columns_as_a_dutch_excel_reads_them(columns: Columns, hall: Hall) -> None:
    blank = blank_csv(columns)
    assert blank.decode("utf-8-sig") == ";".join((*CORE, *FURTHER)) + "\r\n"
    report = hall.look(blank)
    assert (report.rows, report.faults, report.empty) == ([], [], 0)
    assert hall.look(blank + b"26-11-2026;3;kapsalon;Zeist;a;b;c;d;a;?;a;a;-;a;a\r\n").new == 1


def test_workbook_begins_with_an_empty_sheet_of_the_same_columns(template: bytes, hall: Hall) -> None:
    sheet = load_workbook(io.BytesIO(template)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*CORE, *FURTHER]
    assert sheet.max_row == 1
    report = hall.look(template)
    assert (report.rows, report.faults) == ([], [])


def test_every_answer_in_the_lists_comes_in(template: bytes, hall: Hall) -> None:
    workbook = load_workbook(io.BytesIO(template))
    sheet, explanation = workbook["Intakes"], workbook["Uitleg"]
    lists = {}
    for validation in sheet.data_validations.dataValidation:
        column = str(validation.sqref).split(":")[0].rstrip("2")
        first, last = (int(part) for part in validation.formula1.replace("Uitleg!$C$", "").split(":$C$"))
        lists[sheet[f"{column}1"].value] = [explanation.cell(row, 3).value for row in range(first, last + 1)]
    assert set(lists) == {*CORE, *FURTHER} - {"Datum", "Soort bedrijf", "Plaats"}
    for position in range(max(map(len, lists.values()))):
        row = {**intake(Datum=TODAY), **{name: answers[position % len(answers)] for name, answers in lists.items()}}
        sheet.append([row[name] for name in (*CORE, *FURTHER)])
    report = hall.look(saved(workbook))
    assert (report.new, report.faults) == (len(report.rows), [])
    assert {row.codes["personen"] for row in report.rows} == {"1", "2-9", "10-49", "50-249", "250+", "onbekend"}


def test_every_letter_of_the_explanation_means_the_answer_beside_it(template: bytes, hall: Hall) -> None:
    workbook = load_workbook(io.BytesIO(template))
    told: list[tuple[str, str, str]] = []
    name = ""
    for column, typed, answer in workbook["Uitleg"].iter_rows(min_row=8, max_col=3, values_only=True):
        name = column or name
        if typed:
            told.append((name, typed, answer))
    assert {name for name, _, _ in told} == {*CORE, *FURTHER} - {"Datum", "Soort bedrijf", "Plaats"}
    rows = [intake(**{name: way}) for name, typed, answer in told for way in (typed, answer) if typed != "3"]
    codes = [row.codes for row in hall.look(csv_file(rows, (*CORE, *FURTHER))).rows]
    assert codes[::2] == codes[1::2]
    assert len(codes) == len(rows)


def test_examples_come_in(template: bytes, hall: Hall) -> None:
    row = {}
    name = ""
    for column, _, _, example in load_workbook(io.BytesIO(template))["Uitleg"].iter_rows(
        min_row=8, max_col=4, values_only=True
    ):
        name = column or name
        if example:
            row[name] = example
    assert set(row) == {*CORE, *FURTHER}
    assert hall.look(csv_file([row], (*CORE, *FURTHER))).faults == []


def test_dates_and_text_have_the_formats_that_keep_them_what_they_are(template: bytes) -> None:
    columns = load_workbook(io.BytesIO(template))["Intakes"].column_dimensions
    assert columns["A"].number_format == "dd-mm-yyyy"
    assert columns["B"].number_format == "@"  # "2-9" would become a day in September


def test_row_that_is_filled_in_by_hand(template: bytes, hall: Hall) -> None:
    workbook = load_workbook(io.BytesIO(template))
    sheet = workbook["Intakes"]
    sheet.append([date(2026, 11, 26), 12, "Loodgieter", "3701 AB", "c", "B", "d", "a", "In Word", "?"])
    (fault,) = hall.look(saved(workbook)).faults
    assert (fault.row, fault.column) == (2, "Back-ups en updates")
