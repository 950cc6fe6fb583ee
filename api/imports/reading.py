"""A file that somebody sent, as rows of cells. What it is, is told by its contents and not by its name."""

from api.imports.archives import NO_SPREADSHEET, PROTECTED, SAVE_AS
from api.imports.columns import Columns
from api.imports.csv_files import read_csv
from api.imports.spreadsheets import read_spreadsheet
from api.imports.table import LARGEST_FILE, Table, Unreadable

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # containers of Microsoft: old workbooks, and new ones with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKED = b"PK"
_OTHERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")

TOO_LARGE = (
    f"Dit bestand is te groot. Een bestand mag hoogstens {LARGEST_FILE // 1024**2} MB zijn. "
    "Verdeel de rijen over meer bestanden en lees ze na elkaar in."
)
_OLD = f"Dit is een oude werkmap van Excel (.xls). {SAVE_AS}"


def read_table(data: bytes, columns: Columns) -> Table:
    """The rows of a file. Raises Unreadable with what to do instead."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    if not data.strip():
        raise Unreadable("Dit bestand is leeg. Kies het bestand dat je hebt ingevuld.")
    if data.startswith(_COMPOUND):
        raise Unreadable(PROTECTED if _ENCRYPTED in data else _OLD)
    if data.startswith(_PACKED):
        return read_spreadsheet(data, columns)
    if data.startswith(_OTHERS):
        raise Unreadable(NO_SPREADSHEET)
    return read_csv(data, columns)
