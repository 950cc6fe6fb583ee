"""Workbooks: values only, one visible sheet, and nothing that only looks like an answer."""

import re
from datetime import date, datetime

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from api.imports.columns import HEADER_WITHIN, Columns
from api.imports.spreadsheets import read_spreadsheet
from api.imports.table import MOST_ROWS, Unreadable
from tests.api.imports.files import CORE, TODAY, Hall, intake, member, repacked, saved, workbook, xlsx_file

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "day", [date(2026, 11, 26), datetime(2026, 11, 26, 14, 30), "26-11-2026", "26/11/2026", "2026-11-26", "26.11.2026"]
)
def test_dates_that_are_real_or_written(hall: Hall, day: object) -> None:
    (row,) = hall.look(xlsx_file([intake(Datum=day)])).rows
    assert row.day == date(2026, 11, 26)


@pytest.mark.parametrize("people", [3, 3.0, "3"])
def test_numbers_and_numbers_as_text(hall: Hall, people: object) -> None:
    (row,) = hall.look(xlsx_file([intake(Aantal_mensen=people, Plaats=3701)])).rows
    assert row.codes["personen"] == "2-9"


@pytest.mark.parametrize("formula", ["=1+1", '=cmd|"/c calc"!A1', ArrayFormula("C2:C2", "=SUM(A1:A2)")])
def test_formula_is_not_evaluated_and_named(hall: Hall, formula: object) -> None:
    report = hall.look(xlsx_file([intake(Soort_bedrijf=formula), intake()]))
    (fault,) = report.faults
    assert (fault.row, fault.column, fault.value[0]) == (2, "Soort bedrijf", "=")
    assert "formule" in fault.what
    assert "waarde" in fault.remedy
    assert report.new == 1


def test_formula_in_a_column_that_nobody_needs_is_no_fault(hall: Hall) -> None:
    report = hall.look(xlsx_file([{**intake(), "Teller": "=A1"}], (*CORE, "Teller")))
    assert (report.new, report.faults) == (1, [])
    assert any("Teller" in note for note in report.notes)


@pytest.mark.parametrize("value", [True, False])
def test_true_and_false_are_read_as_words(hall: Hall, value: bool) -> None:
    word = "waar" if value else "onwaar"
    assert hall.faults(xlsx_file([intake(Aantal_mensen=value)])) == [(2, "Aantal mensen", word)]


def test_date_where_a_word_belongs_is_named(hall: Hall) -> None:
    (fault,) = hall.look(xlsx_file([intake(Plaats=TODAY)])).faults
    assert (fault.row, fault.column, fault.what) == (2, "Plaats", "Hier staat een datum.")


def test_error_of_excel_is_named(hall: Hall) -> None:
    assert hall.faults(xlsx_file([intake(Plaats="#N/A")])) == [(2, "Plaats", "#N/A")]


def test_merged_cells_are_named_with_their_range_for_every_row(hall: Hall) -> None:
    made = workbook([intake(Aantal_mensen=n) for n in (1, 2, 3, 4)])
    made.active.merge_cells("D3:D4")
    report = hall.look(saved(made))
    assert [(fault.row, fault.column) for fault in report.faults] == [(3, "Plaats"), (4, "Plaats")]
    assert all("D3:D4" in fault.what and "Splits" in fault.remedy for fault in report.faults)
    assert report.new == 2


def test_merged_title_above_the_names_is_no_fault(hall: Hall) -> None:
    made = workbook([intake()])
    made.active.insert_rows(1, 2)
    made.active["A1"] = "Intakes van het ontbijt"
    made.active.merge_cells("A1:E1")
    report = hall.look(saved(made))
    assert (report.new, report.faults) == (1, [])
    assert any("rij 3" in note for note in report.notes)


@pytest.mark.parametrize("above", [HEADER_WITHIN - 1, HEADER_WITHIN])
def test_names_of_columns_are_looked_for_at_the_begin_of_a_sheet(hall: Hall, above: int) -> None:
    made = workbook([intake()])
    made.active.insert_rows(1, above)
    for row in range(1, above + 1):
        made.active.cell(row, 1, "Titel")
    made.create_sheet("Voorblad", 0)
    if above < HEADER_WITHIN:
        assert hall.look(saved(made)).new == 1
    else:
        with pytest.raises(Unreadable, match="namen van de kolommen"):
            hall.look(saved(made))


def test_sheet_that_was_read_and_those_that_were_not_are_named(hall: Hall) -> None:
    made = workbook([intake()])
    made.active.title = "Ochtend"
    made.create_sheet("Middag").append(list(CORE))
    made.create_sheet("Lijsten", 0)
    notes = hall.look(saved(made)).notes
    assert notes[0] == 'Gelezen is het blad "Ochtend".'
    assert '"Lijsten", "Middag"' in notes[1]


def test_hidden_sheet_is_not_read(columns: Columns) -> None:
    made = workbook([intake()])
    made.create_sheet("Leeg")
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1
    with pytest.raises(Unreadable, match="verborgen blad"):
        read_spreadsheet(saved(made), columns)


def test_empty_rows_keep_the_numbers_of_the_others(hall: Hall) -> None:
    report = hall.look(xlsx_file([intake(), {}, {}, intake(Datum="ooit"), {}]))
    assert ([fault.row for fault in report.faults], report.new, report.empty) == ([5], 1, 2)


def test_row_with_only_a_number_of_its_own_is_empty(hall: Hall) -> None:
    rows = [{**intake(), "Nr": 1}, {"Nr": 2}, {**intake(Plaats="Utrecht"), "Nr": 3}]
    report = hall.look(xlsx_file(rows, ("Nr", *CORE)))
    assert (report.new, report.empty, report.faults) == (2, 1, [])


def test_size_that_a_sheet_states_of_itself_is_not_believed(hall: Hall) -> None:
    data = xlsx_file([intake()])
    lying = member(data, SHEET).replace(b'ref="A1:J2"', b'ref="A1:B1"')
    assert lying != member(data, SHEET)
    assert hall.look(repacked(data, {SHEET: lying})).new == 1


def test_row_number_that_no_spreadsheet_has_is_refused(columns: Columns) -> None:
    data = xlsx_file([intake()])
    far = member(data, SHEET).replace(b'<row r="2"', b'<row r="999999999"')
    with pytest.raises(Unreadable, match="beschadigd"):
        read_spreadsheet(repacked(data, {SHEET: far}), columns)


def test_too_many_rows_are_refused(columns: Columns) -> None:
    with pytest.raises(Unreadable, match=r"meer dan 20\.000 rijen"):
        read_spreadsheet(xlsx_file([{"Datum": "x"}] * (MOST_ROWS + 20)), columns)


def test_strings_that_excel_keeps_apart_are_read(hall: Hall) -> None:
    data = xlsx_file([intake(Aantal_mensen=3)])
    sheet = member(data, SHEET).decode()
    texts = list(dict.fromkeys(re.findall(r"<is><t>(.*?)</t></is>", sheet)))
    assert "kapsalon" in texts
    apart = re.sub(r't="inlineStr"><is><t>(.*?)</t></is>', lambda found: f't="s"><v>{texts.index(found[1])}</v>', sheet)
    strings = "".join(f"<si><r><t>{text[:2]}</t></r><r><rPr><b/></rPr><t>{text[2:]}</t></r></si>" for text in texts)
    types = member(data, "[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    changes = {
        SHEET: apart,
        "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{strings}</sst>',
        "[Content_Types].xml": types.replace("</Types>", part),
    }
    report = hall.look(repacked(data, {name: content.encode() for name, content in changes.items()}))
    assert (report.new, report.faults) == (1, [])


def test_cells_that_are_filled_down_with_a_formula_are_all_named(hall: Hall) -> None:
    data = xlsx_file([intake(Plaats="=A1"), intake(Plaats="=A2")])
    sheet = member(data, SHEET).decode()
    filled = sheet.replace("<f>A1</f>", '<f t="shared" ref="D2:D3" si="0">A1</f>').replace(
        "<f>A2</f>", '<f t="shared" si="0"/>'
    )
    assert filled.count("shared") == 2
    assert [fault.row for fault in hall.look(repacked(data, {SHEET: filled.encode()})).faults] == [2, 3]


def test_date_that_cannot_be_is_named(hall: Hall) -> None:
    made = workbook([intake(Datum=99_999_999)])
    made.active["A2"].number_format = "dd-mm-yyyy"
    (fault,) = hall.look(saved(made)).faults
    assert (fault.row, fault.column) == (2, "Datum")


def test_dates_that_count_from_1904_are_right(hall: Hall) -> None:
    made = workbook([intake(Datum=TODAY)])
    made.epoch = CALENDAR_MAC_1904
    (row,) = hall.look(saved(made)).rows
    assert row.day == TODAY
