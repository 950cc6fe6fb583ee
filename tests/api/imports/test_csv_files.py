"""CSV as Excel and people write it."""

import codecs

import pytest

from api.imports.columns import Columns
from api.imports.csv_files import read_csv
from api.imports.table import MOST_ROWS, Unreadable
from tests.api.imports.files import CORE, Hall, csv_file, intake


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators_of_excel(hall: Hall, encoding: str, separator: str) -> None:
    report = hall.look(
        csv_file([intake(Soort_bedrijf="café"), intake(Soort_bedrijf="crêperie")], CORE, separator, encoding)
    )
    assert (report.new, report.faults) == (2, [])
    assert {word.text for word in report.words} == {"café", "crêperie", "Zeist"}


def test_utf_16_with_the_other_byte_order(hall: Hall) -> None:
    data = codecs.BOM_UTF16_BE + csv_file([intake()], CORE, "\t", "utf-16-be")
    assert hall.look(data).new == 1


@pytest.mark.parametrize("first", [b"sep=;\r\n", b"SEP=;\n", codecs.BOM_UTF8 + b"sep=;\r\n"])
def test_line_with_the_separator_is_no_row(hall: Hall, first: bytes) -> None:
    report = hall.look(first + csv_file([intake(), intake(Datum="gisteren")], encoding="utf-8"))
    assert [(fault.row, fault.column) for fault in report.faults] == [(3, "Datum")]
    assert report.new == 1


def test_line_with_an_unusual_separator_is_believed(hall: Hall) -> None:
    assert hall.look(b"sep=|\n" + csv_file([intake()], CORE, "|", "utf-8")).new == 1


def test_separators_quotes_and_line_breaks_inside_an_answer(hall: Hall) -> None:
    rows = [intake(Soort_bedrijf='kapsalon; "de schaar"'), intake(Plaats="Zeist\r\ncentrum"), intake(Datum="ooit")]
    report = hall.look(csv_file(rows))
    assert report.new == 2
    assert [fault.row for fault in report.faults] == [4]  # as Excel numbers them: a line break begins no row
    assert [word.text for word in report.words] == ['kapsalon; "de schaar"', "Zeist", "kapsalon", "Zeist centrum"]


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r"])
def test_line_endings(hall: Hall, ending: bytes) -> None:
    assert hall.look(csv_file([intake(), intake(Plaats="Utrecht")]).replace(b"\r\n", ending)).new == 2


def test_empty_rows_are_counted_and_passed_over(hall: Hall) -> None:
    data = csv_file([intake(), {}, {}, intake(Plaats="Utrecht"), intake(Datum="ooit"), {}])
    report = hall.look(data + b";;;\r\n\r\n")
    assert (report.new, report.empty) == (2, 2)
    assert [fault.row for fault in report.faults] == [6]


def test_row_with_too_many_cells_is_named_and_not_read(hall: Hall) -> None:
    data = csv_file([intake()], encoding="utf-8") + b"26-11-2026;3;bakker;en slager;Zeist;a;b;c;d;a;b\r\n"
    (fault,) = hall.look(data).faults
    assert (fault.row, fault.column, fault.value) == (3, "hele rij", "b")
    assert "11 cellen" in fault.what
    assert "10 kolommen" in fault.what
    assert "aanhalingstekens" in fault.remedy


def test_row_that_stops_early_misses_answers_and_is_named(hall: Hall) -> None:
    report = hall.look(csv_file([intake()], encoding="utf-8") + b"26-11-2026;3;kapsalon;Zeist;a;b;c\r\n")
    assert [(fault.row, fault.column) for fault in report.faults] == [
        (3, name) for name in ("Gegevens", "Back-ups en updates", "Inloggen")
    ]
    assert any(note.endswith(": 3.") for note in report.notes)


def test_quote_that_is_never_closed_spoils_no_rows_in_silence(columns: Columns) -> None:
    data = csv_file([intake(), intake()], encoding="utf-8") + b'26-11-2026;3;"kapsalon;Zeist;a\r\n' * 3
    with pytest.raises(Unreadable, match=r"rij 4 .*aanhalingstekens"):
        read_csv(data, columns)


@pytest.mark.parametrize("data", [b"\0\1\2\3" * 40, b"a;b\0;c"])
def test_what_is_no_text_is_refused(columns: Columns, data: bytes) -> None:
    with pytest.raises(Unreadable, match="geen CSV-bestand"):
        read_csv(data, columns)


def test_letters_that_no_encoding_has_are_refused(columns: Columns) -> None:
    with pytest.raises(Unreadable, match="niet te lezen"):
        read_csv(csv_file([intake()], encoding="utf-8") + b"\x81\x8d", columns)


def test_too_many_rows_are_refused(columns: Columns) -> None:
    with pytest.raises(Unreadable, match=r"meer dan 20\.000 rijen"):
        read_csv(csv_file([intake()] * (MOST_ROWS + 20)), columns)
