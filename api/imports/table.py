"""A file as rows of cells, whatever kind of file it was."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

LARGEST_FILE = 5 * 1024 * 1024  # bytes; 20,000 intakes in a spreadsheet are about 2 MB
MOST_ROWS = 20_000
MOST_COLUMNS = 60  # what stands further to the right is not looked at
LONGEST_TEXT = 500  # characters in a cell, as in a message of the conversation

Kind = Literal["tekst", "getal", "datum", "formule", "fout"]


class Unreadable(Exception):
    """A file of which no row can be read: what is wrong and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, and what it is. Only a date of a spreadsheet has a `day`; the rest is read from text."""

    text: str = ""
    kind: Kind = "tekst"
    day: date | None = None


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, with the number that it has in the spreadsheet."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, position: int) -> Cell:
        """The cell at a position from 0; an empty one beyond the end."""
        return self.cells[position] if position < len(self.cells) else EMPTY


@dataclass(frozen=True)
class Merged:
    """Cells that were made into one: rows as numbers, columns as positions from 0, both ends included."""

    name: str  # "B4:B6"
    rows: tuple[int, int]
    columns: tuple[int, int]

    def covers(self, row: int, position: int) -> bool:
        """Whether a cell is part of it."""
        return self.rows[0] <= row <= self.rows[1] and self.columns[0] <= position <= self.columns[1]


@dataclass(frozen=True)
class Table:
    """The rows of a file that are not empty, what was merged in it, and what has to be said about the reading."""

    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    notes: tuple[str, ...] = ()
    padded: bool = True  # whether the file has cells for every column: then a row cannot be too short or too long


TOO_MANY_ROWS = (
    f"Dit bestand heeft meer dan {MOST_ROWS:_} rijen. Verdeel het over meer bestanden en lees ze na elkaar in."
).replace("_", ".")
