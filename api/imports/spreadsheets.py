"""A workbook of Excel as rows of cells. Values only: formulas are not calculated and macros not run."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.xml.functions import iterparse

from api.imports.archives import BROKEN, check_archive
from api.imports.columns import FEWEST, HEADER_WITHIN, Columns
from api.imports.table import (
    EMPTY,
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Merged,
    Row,
    Table,
    Unreadable,
)
from knowledge.words import visible

# Of cells that it cannot read the library warns with their values, which belong in no log; the report names them.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")

LAST_ROW = 1_048_576  # of any spreadsheet; a higher number is a fault of the file
_LONGEST_KEPT = LONGEST_TEXT + 1  # characters of a cell: enough to see that it is too long
_MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_HIDDEN = "De rijen staan op een verborgen blad. Maak het blad zichtbaar, of zet ze op een ander blad."


def read_spreadsheet(data: bytes, columns: Columns) -> Table:
    """The first visible sheet that has the columns. Raises Unreadable."""
    check_archive(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            return _table(workbook, columns)
        finally:
            workbook.close()
    except Unreadable:
        raise
    except Exception as error:  # on a file that is not as it should be, the library raises nearly anything
        raise Unreadable(BROKEN) from error


def _table(workbook: Workbook, columns: Columns) -> Table:
    sheets: list[Any] = list(workbook.worksheets)  # as they are opened to be read only: the library's own type is wrong
    visible_ones = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    chosen = next((sheet for sheet in visible_ones if _names_columns(sheet, columns)), None)
    if chosen is None:
        if any(_names_columns(sheet, columns) for sheet in sheets if sheet not in visible_ones):
            raise Unreadable(_HIDDEN)
        return Table(tuple(_rows(visible_ones[0])) if visible_ones else ())
    rows: list[Row] = []
    for row in _rows(chosen):
        rows.append(row)
        if len(rows) > MOST_ROWS + HEADER_WITHIN:
            raise Unreadable(TOO_MANY_ROWS)
    return Table(tuple(rows), tuple(_merged(chosen)), tuple(_notes(sheets, chosen)))


def _names_columns(sheet: Any, columns: Columns) -> bool:
    begin = islice(_rows(sheet), HEADER_WITHIN)
    return any(columns.recognised([cell.text for cell in row.cells]) >= FEWEST for row in begin)


def _notes(sheets: list[Any], chosen: Any) -> Iterator[str]:
    if len(sheets) > 1:
        yield f'Gelezen is het blad "{visible(chosen.title)}".'
        others = [f'"{visible(sheet.title)}"' for sheet in sheets if sheet is not chosen]
        yield f"Niet gelezen: {', '.join(others)}."


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows that are not empty. What a sheet says about its own size is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW:
            raise Unreadable(BROKEN)
        read = tuple(EMPTY if cell.value is None else _cell(cell) for cell in cells[:MOST_COLUMNS])
        if any(cell.text for cell in read):
            yield Row(number, read)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell(str(getattr(value, "text", None) or value)[:_LONGEST_KEPT], "formule")
    if cell.data_type == "e":
        return Cell(str(value), "fout")
    if isinstance(value, bool):
        return Cell("waar" if value else "onwaar")
    if isinstance(value, int | float):
        whole = float(value).is_integer()
        return Cell(str(int(value)) if whole else str(value).replace(".", ","), "getal")
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(f"{value:%d-%m-%Y}", "datum", value)
    return Cell(visible(str(value)[:_LONGEST_KEPT]))


def _merged(sheet: Any) -> Iterator[Merged]:
    """Cells that were merged, from the source: the library passes them over when it only reads."""
    with sheet._get_source() as source:
        content = source.read()  # as much as check_archive let pass
    if b"mergeCell" in content:  # most sheets have none, and parsing takes seconds
        for _, element in iterparse(io.BytesIO(content)):
            if element.tag == _MERGED:
                left, top, right, bottom = range_boundaries(element.get("ref") or "")
                if None not in (left, top, right, bottom):
                    yield Merged(element.get("ref") or "", (top or 0, bottom or 0), ((left or 1) - 1, (right or 1) - 1))
            element.clear()
