"""Files that are not opened: what they are, and what to do instead."""

import io
import zipfile

import pytest

from api.imports.archives import MOST_MEMBERS, MOST_UNPACKED
from api.imports.columns import Columns
from api.imports.reading import read_table
from api.imports.table import LARGEST_FILE, Unreadable
from tests.api.imports.files import csv_file, intake, member, repacked, xlsx_file

SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


@pytest.fixture
def workbook_file() -> bytes:
    return xlsx_file([intake()])


def refused(data: bytes, columns: Columns) -> str:
    with pytest.raises(Unreadable) as raised:
        read_table(data, columns)
    return str(raised.value)


def test_zip_bomb_is_refused_before_it_is_opened(workbook_file: bytes, columns: Columns) -> None:
    bomb = repacked(workbook_file, {SHEET: b"0" * (MOST_UNPACKED + 1)})
    assert len(bomb) < 100_000
    assert "veel te groot" in refused(bomb, columns)


def test_bomb_of_many_parts_that_are_small_is_refused(workbook_file: bytes, columns: Columns) -> None:
    parts = {f"xl/media/{number}.bin": b"0" * (MOST_UNPACKED // 10) for number in range(11)}
    assert "veel te groot" in refused(repacked(workbook_file, parts), columns)


def test_bomb_that_lies_about_its_size_is_refused(workbook_file: bytes, columns: Columns) -> None:
    bomb = bytearray(repacked(workbook_file, {SHEET: b"0" * (MOST_UNPACKED + 1)}))
    size = (MOST_UNPACKED + 1).to_bytes(4, "little")
    assert bomb.count(size) == 2  # in front of the part, and in the list at the end
    assert refused(bytes(bomb.replace(size, (10).to_bytes(4, "little"))), columns)


def test_too_many_parts_are_refused(workbook_file: bytes, columns: Columns) -> None:
    parts = {f"xl/media/{number}.bin": b"" for number in range(MOST_MEMBERS)}
    assert "veel te groot" in refused(repacked(workbook_file, parts), columns)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macro"),
        ({TYPES: b'<Types ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}, "macro"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", TYPES: b""}, ".ods"),
        ({"xl/workbook.bin": b"x", TYPES: b""}, ".xlsb"),
        ({TYPES: b"<Types/>"}, "geen werkmap"),
    ],
)
def test_other_kinds_are_refused_with_how_to_save(
    workbook_file: bytes, columns: Columns, changes: dict[str, bytes], words: str
) -> None:
    message = refused(repacked(workbook_file, changes), columns)
    assert words in message
    assert "Opslaan als" in message
    assert ".xlsx" in message


def test_old_workbook_is_refused(columns: Columns) -> None:
    assert ".xls)" in refused(COMPOUND + b"Workbook", columns)


def test_password_is_named(columns: Columns, workbook_file: bytes) -> None:
    assert "wachtwoord" in refused(COMPOUND + "EncryptedPackage".encode("utf-16-le"), columns)
    locked = bytearray(workbook_file)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert "wachtwoord" in refused(bytes(locked), columns)


@pytest.mark.parametrize("kept", [100, -200, -10])
def test_part_of_a_workbook_is_refused(workbook_file: bytes, columns: Columns, kept: int) -> None:
    assert "beschadigd" in refused(workbook_file[:kept], columns)


@pytest.mark.parametrize("content", [b"", b"<worksheet>", b"no xml at all"])
def test_workbook_with_a_broken_sheet_is_refused(workbook_file: bytes, columns: Columns, content: bytes) -> None:
    assert "beschadigd" in refused(repacked(workbook_file, {SHEET: content}), columns)


def test_entities_that_grow_are_refused(workbook_file: bytes, columns: Columns) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}]>'.encode()
    sheet = member(workbook_file, SHEET).replace(b"<v>3</v>", b"<v>&a11;</v>").replace(b"kapsalon", b"&a11;")
    assert b"&a11;" in sheet
    assert "beschadigd" in refused(repacked(workbook_file, {SHEET: head + sheet}), columns)


def test_10_mb_is_refused_with_what_to_do(columns: Columns) -> None:
    message = refused(csv_file([intake()]) + b" " * (10 * 1024 * 1024), columns)
    assert f"{LARGEST_FILE // 1024**2} MB" in message
    assert "Verdeel" in message


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"{\\rtf1}"])
def test_what_is_no_table_is_refused(columns: Columns, data: bytes) -> None:
    assert "geen werkmap" in refused(data, columns)


@pytest.mark.parametrize("data", [b"", b"\r\n \r\n"])
def test_empty_file_is_refused(columns: Columns, data: bytes) -> None:
    assert "leeg" in refused(data, columns)


def test_other_packed_file_is_refused(columns: Columns) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("brief.txt", "hallo")
    assert "geen werkmap" in refused(written.getvalue(), columns)
