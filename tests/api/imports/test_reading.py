"""Whatever file is sent: its rows, or a message; never an error that nobody foresaw."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.imports.columns import Columns
from api.imports.reading import read_table
from api.imports.report import faults_csv, lines
from api.imports.table import Unreadable
from tests.api.imports.files import CORE, Hall, csv_file, intake, member, repacked, xlsx_file

REPEATABLE = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SHEET = "xl/worksheets/sheet1.xml"


def looked_at(hall: Hall, data: bytes) -> None:
    """Go the whole way with a file, as far as it leads."""
    try:
        report = hall.look(data)
    except Unreadable as unreadable:
        assert str(unreadable).endswith((".", "!"))
        return
    report = report.without_asking(hall.service.columns)
    assert list(lines(report, hall.service.columns))
    assert faults_csv(report)
    assert len({row.number for row in report.rows} | {fault.row for fault in report.faults}) == report.faulty + len(
        report.rows
    )


@REPEATABLE
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=10, max_size=11), max_size=6))
def test_any_text_in_any_cell(hall: Hall, rows: list[list[str]]) -> None:
    names = (*CORE, "Anders")
    looked_at(hall, csv_file([dict(zip(names, row, strict=False)) for row in rows], names, encoding="utf-8-sig"))


@REPEATABLE
@given(data=st.binary(max_size=300))
def test_any_bytes_after_the_names_of_the_columns(hall: Hall, data: bytes) -> None:
    looked_at(hall, csv_file([]) + data)


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
def test_workbook_with_damage_in_one_part(hall: Hall, part: str) -> None:
    whole = xlsx_file([intake(), intake(Aantal_mensen=9)])
    chance = random.Random(7)
    content = member(whole, part)
    for _ in range(25):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randrange(3)] = bytes(
                chance.choices(b'<>/"=&09aZ\xff', k=chance.randrange(3))
            )
        looked_at(hall, repacked(whole, {part: bytes(damaged)}))


def test_packed_file_with_damage_anywhere(columns: Columns) -> None:
    whole = xlsx_file([intake()])
    chance = random.Random(8)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_table(bytes(damaged), columns)
        except Unreadable:
            continue
