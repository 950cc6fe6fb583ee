"""CSV as a Dutch spreadsheet opens it, in which no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from knowledge.words import visible

Cell = str | int | float | None

_STARTS_A_FORMULA = ("=", "+", "-", "@")


def csv_file(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A file in UTF-8 with a byte order mark, `;` between the cells, and every cell safe to open."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def safe(cell: Cell) -> Cell:
    """A cell as it is, and a text that a spreadsheet would compute with an apostrophe in front, on one line."""
    if not isinstance(cell, str):
        return cell
    text = visible(cell)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
