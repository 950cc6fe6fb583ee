"""Cells of CSV files and workbooks: no program computes them, and what they say stays."""

import csv
import io

import pytest

from api.figures.csv_files import csv_file, safe


@pytest.mark.parametrize("text", ["=1+1", "+31 30 123", "-2", "@som(A1)", " =1+1", "\t=1+1", "\n@x", "\ufeff=1+1"])
def test_text_that_a_spreadsheet_would_compute_is_marked_as_text(text: str) -> None:
    found = safe(text)
    assert isinstance(found, str)
    assert found.startswith("'")
    assert found[1:] == text.strip("\t\n\ufeff ")


@pytest.mark.parametrize("cell", ["Bouw", "2-9", "<5", "", 35, 0, None])
def test_other_cells_stay_as_they_are(cell: str | int | None) -> None:
    assert safe(cell) == cell


def test_file_is_read_back_as_it_was_written() -> None:
    content = csv_file(("rij", "waarde"), [('Café; "Zuid"', 35), ("regel\nbreuk", None)])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["rij", "waarde"], ['Café; "Zuid"', "35"], ["regel breuk", ""]]
