"""A CSV file as rows of cells: in the encodings and with the separators that Excel writes."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from api.imports.archives import NO_SPREADSHEET, SAVE_AS
from api.imports.columns import HEADER_WITHIN, Columns
from api.imports.table import EMPTY, LONGEST_TEXT, MOST_ROWS, TOO_MANY_ROWS, Cell, Row, Table, Unreadable
from knowledge.words import visible

SEPARATORS = (";", ",", "\t")  # the Dutch one first: of two that fit equally well it is likelier
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = f"De letters in dit bestand zijn niet te lezen. {SAVE_AS} Kies bij CSV de soort met UTF-8."


def read_csv(data: bytes, columns: Columns) -> Table:
    """The rows of a CSV file. Raises Unreadable."""
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) in (4, 5):
        # Excel takes this line for itself and shows the next one as row 1. A tab may have been stripped with the space.
        separator, text = first.strip()[4:] or "\t", rest
    else:
        separator = max(SEPARATORS, key=lambda candidate: _fit(text, candidate, columns))
    rows: list[Row] = []
    for number, fields in enumerate(_records(text, separator), start=1):
        cells = tuple(Cell(visible(field[: LONGEST_TEXT + 1])) if field else EMPTY for field in fields)
        if any(cell.text for cell in cells):
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS + HEADER_WITHIN:
            raise Unreadable(TOO_MANY_ROWS)
    return Table(tuple(rows), padded=False)


def _decoded(data: bytes) -> str:
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
        if b"\0" in data:
            raise Unreadable(NO_SPREADSHEET)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_TEXT) from error


def _fit(text: str, separator: str, columns: Columns) -> int:
    """How many columns are recognised when a text is split at this separator."""
    try:
        return max(map(columns.recognised, islice(_records(text, separator), HEADER_WITHIN)), default=0)
    except Unreadable:
        return 0


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                f'In rij {number} klopt iets niet met de aanhalingstekens ("), of het antwoord is veel te lang. '
                "Haal aanhalingstekens binnen een antwoord weg."
            ) from error
        yield fields
