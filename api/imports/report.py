"""What was found in a file of intakes: how many rows can be taken, how words were understood, and all that is wrong."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from api.imports.columns import Columns
from api.imports.rows import Fault, IntakeRow
from api.imports.words import Word

MOST_ASKED = 100  # words to choose a meaning for on one page; rows with further ones have to be mended in the file
_HEADINGS = ("Bestand", "Rij", "Kolom", "Waarde", "Wat er mis is", "Wat je kunt doen")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class WordUse:
    """Words that stand in a file: which, and in how many rows."""

    number: int
    word: Word
    rows: int


@dataclass(frozen=True)
class Report:
    """A file that was looked at: its rows that are right, the words in them, and all that is wrong.

    `taken` is how many rows were taken afterwards, None as long as nobody did.
    """

    file: str
    rows: list[IntakeRow]
    words: list[Word]
    faults: list[Fault]
    empty: int
    notes: list[str]
    taken: int | None = None

    @property
    def new(self) -> int:
        """How many rows are right and were not taken before."""
        return len(self.rows) - len(self.known)

    @property
    def known(self) -> list[int]:
        """The numbers of the rows that were taken before."""
        return [row.number for row in self.rows if row.known]

    @property
    def faulty(self) -> int:
        """How many rows are wrong."""
        return len({fault.row for fault in self.faults})

    def used(self, *states: str) -> list[WordUse]:
        """The words in these states that new rows have, those of most rows first."""
        times = Counter(number for row in self.rows if not row.known for number in row.words.values())
        found = [WordUse(number, word, times[number]) for number, word in enumerate(self.words) if times[number]]
        return sorted((use for use in found if use.word.state in states), key=lambda use: -use.rows)

    def without_asking(self, columns: Columns, most: int = 0) -> "Report":
        """The report when no more than `most` words can be asked about: rows with other unclear words are wrong."""
        unclear = {use.number for use in self.used("twijfel", "onbekend")[most:]}
        faults, rows = list(self.faults), []
        for row in self.rows:
            found = [] if row.known else [number for number in row.words.values() if number in unclear]
            if not found:
                rows.append(row)
            for number in found:
                word = self.words[number]
                title = columns.titles[word.question]
                faults.append(Fault(row.number, title, word.text, word.fault.what, word.fault.remedy))
        return replace(self, rows=rows, faults=sorted(faults, key=lambda fault: fault.row))


def counts(report: Report) -> str:
    """How many rows there are of each kind, in one sentence."""
    parts = [f"{report.new} goed", f"{report.faulty} met fouten", f"{len(report.known)} al eerder ingelezen"]
    return f"Rijen: {', '.join([*parts, f'{report.empty} leeg'])}."


def lines(report: Report, columns: Columns) -> Iterator[str]:
    """The report as text."""
    yield f"Bestand: {report.file}"
    yield from report.notes
    yield counts(report)
    understood = report.used("zeker")
    if understood:
        yield ""
        yield "Zo is de tekst begrepen:"
        for use in understood:
            word = use.word
            yield f"  {columns.titles[word.question]}: {word.text} → {word.choices[0][1]}, {in_rows(use.rows)}"
    if report.faults:
        yield ""
        yield "Dit klopt niet:"
        for fault in report.faults:
            value = f'"{fault.value}": ' if fault.value else ""
            yield f"  rij {fault.row}, {fault.column}: {value}{fault.what} {fault.remedy}"


def in_rows(number: int) -> str:
    """A number of rows in words."""
    return "1 rij" if number == 1 else f"{number} rijen"


def faults_csv(report: Report) -> bytes:
    """All that is wrong as a CSV file that a Dutch Excel opens; nothing in it can work as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(_HEADINGS)
    for fault in report.faults:
        cells = (report.file, fault.row, fault.column, fault.value, fault.what, fault.remedy)
        writer.writerow([harmless(str(cell)) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not calculate."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
