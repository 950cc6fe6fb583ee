"""Single cells: dates and numbers of people, as people and spreadsheets write them."""

from datetime import date

import pytest

from api.imports.cells import Wrong, read_day, read_people, unusable
from api.imports.table import LONGEST_TEXT, Cell
from tests.api.imports.files import TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26-11-2026", date(2026, 11, 26)),
        ("1-9-2026", date(2026, 9, 1)),
        ("01/09/2026", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("26-11-2025", date(2025, 11, 26)),
    ],
)
def test_day_that_is_written_out(text: str, day: date) -> None:
    assert read_day(Cell(text), TODAY) == day


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (Cell("27-11-2026"), "nog niet geweest"),
        (Cell("27-11-2026", "datum", date(2026, 11, 27)), "nog niet geweest"),
        (Cell("25-11-2025"), "meer dan een jaar"),
        (Cell("31-02-2026"), "geen datum"),
        (Cell("11/26/2026"), "geen datum"),
        (Cell("26-11-26"), "geen datum"),
        (Cell("26-11/2026"), "geen datum"),
        (Cell("gisteren"), "geen datum"),
        (Cell("46352", "getal"), "getal en geen datum"),
    ],
)
def test_day_that_cannot_be(cell: Cell, what: str) -> None:
    found = read_day(cell, TODAY)
    assert isinstance(found, Wrong)
    assert what in found.what
    assert found.remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "1"),
        ("9", "2-9"),
        ("10", "10-49"),
        ("3,0", "2-9"),
        ("3.0", "2-9"),
        ("1.000", "250+"),
        ("250", "250+"),
        ("7,5", "2-9"),
        ("2 tot 8", "2-9"),
        ("ik en drie monteurs", "2-9"),
        ("zzp", "1"),
    ],
)
def test_number_of_people(text: str, code: str) -> None:
    assert read_people(text) == code


@pytest.mark.parametrize(
    "text", ["0", "-4", "250000", "9" * 5000, "een paar", "1-9", "veel", "2-9-2026", "2-sep", "2 september", "okt-49"]
)
def test_number_of_people_that_is_unclear(text: str) -> None:
    found = read_people(text)
    assert isinstance(found, Wrong)
    assert found.remedy


@pytest.mark.parametrize("text", ["02-09-2026", "2-sep", "2-sep-26", "okt-49", "01-10-1949"])
def test_date_that_excel_made_of_a_size_class_is_explained(text: str) -> None:
    found = read_people(text)
    assert isinstance(found, Wrong)
    assert "2 tot 9" in found.remedy
    assert "Excel" in found.what


@pytest.mark.parametrize("text", ["=cmd()", "=1", "+31612345678", "@SUM(A1)", "-2+3"])
def test_text_that_a_spreadsheet_would_calculate_is_wrong(text: str) -> None:
    found = unusable(Cell(text))
    assert found is not None
    assert "formule" in found.what


@pytest.mark.parametrize("cell", [Cell("-"), Cell("kapper"), Cell("-4", "getal"), Cell("x" * LONGEST_TEXT)])
def test_ordinary_cell_is_fine(cell: Cell) -> None:
    assert unusable(cell) is None


def test_endless_text_is_wrong() -> None:
    assert unusable(Cell("x" * (LONGEST_TEXT + 1))) is not None
