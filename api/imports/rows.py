"""One row of a file as an intake: its answers as codes, or everything that is wrong with it."""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from api.imports.cells import Wrong, read_day, unusable
from api.imports.choices import ChoiceReader
from api.imports.columns import DATE, Columns, Header
from api.imports.table import Cell, Row, Table
from api.imports.words import LOOKED_UP, Word, WordReader
from api.intakes.service import IntakeService
from knowledge.base import Knowledge
from knowledge.personal_data import redact
from knowledge.words import normal

WHOLE_ROW = "hele rij"
LONGEST_SHOWN = 80  # characters of a value in the report
_FREE = ("personen", *LOOKED_UP)  # questions that are answered in one's own words
_MISSING = Wrong("Dit antwoord ontbreekt.", "Vul het in. Weet de ondernemer het niet? Typ dan een ?.")
_MISSING_DAY = Wrong("De datum ontbreekt.", "Vul de dag van het gesprek in, bijvoorbeeld 26-11-2026.")


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file: row and column as the spreadsheet names them, the value without personal data."""

    row: int
    column: str
    value: str
    what: str
    remedy: str


@dataclass(frozen=True)
class IntakeRow:
    """A row that can be taken: the id of its record, and codes; of words, which one of the file's words it has."""

    number: int
    record: str
    day: date
    codes: dict[str, str]
    words: dict[str, int]
    known: bool = False  # whether it was taken before


class RowReader:
    """Reads the rows of one file, and gathers the words that stand in it."""

    def __init__(
        self, table: Table, header: Header, columns: Columns, *, knowledge: Knowledge, service: IntakeService, salt: str
    ) -> None:
        """Take the file and the parts. The salt of the event keeps ids from being guessed from answers."""
        self._table = table
        self._header = header
        self._columns = columns
        self._salt = salt.encode()
        self._choices = {
            question.id: ChoiceReader(question) for question in knowledge.intake.vragen if question.id not in LOOKED_UP
        }
        self._read_words = WordReader(knowledge, service)
        self._numbers: dict[tuple[str, str, str], int] = {}
        self._seen: Counter[str] = Counter()
        self.words: list[Word] = []

    def empty(self, row: Row) -> bool:
        """Whether nothing stands in any column of the intake."""
        return not any(row.cell(position).text for position in self._header.positions.values())

    def read(self, row: Row, today: date) -> IntakeRow | list[Fault]:
        """The intake of a row, or its faults: all of them."""
        beyond = row.cells[self._header.width :]
        if not self._table.padded and any(cell.text for cell in beyond):
            what = f"Deze rij heeft {len(row.cells)} cellen, en er zijn {self._header.width} kolommen."
            remedy = "Staat er een scheidingsteken in een antwoord? Zet dat antwoord dan tussen aanhalingstekens."
            return [Fault(row.number, WHOLE_ROW, shown(" | ".join(cell.text for cell in beyond)), what, remedy)]
        day: date = today
        codes: dict[str, str] = {}
        words: dict[str, int] = {}
        source: list[str] = []
        faults: list[Fault] = []
        for column in self._columns.all:
            position = self._header.positions.get(column.key)
            cell = row.cell(position) if position is not None else Cell()
            merged = position is not None and self._merged(row.number, position)
            if not cell.text and not merged:
                if column.needed:
                    wrong = _MISSING_DAY if column.key == DATE else _MISSING
                    faults.append(Fault(row.number, column.title, "", wrong.what, wrong.remedy))
                continue
            found = merged or unusable(cell) or self._value(column.key, cell, day, today)
            if isinstance(found, Wrong):
                faults.append(Fault(row.number, column.title, shown(cell.text), found.what, found.remedy))
            elif isinstance(found, date):
                day = found
            elif isinstance(found, Word):
                words[column.key] = self._number(found)
            else:
                codes[column.key] = found
            source.append(_source(column.key, cell, found))
        if faults:
            return faults
        return IntakeRow(row.number, self._record(day, source), day, codes, words)

    def _value(self, key: str, cell: Cell, day: date, today: date) -> date | str | Word | Wrong:
        if key == DATE:
            return read_day(cell, today)
        if key in LOOKED_UP:
            if cell.kind == "datum":
                return Wrong("Hier staat een datum.", "Typ het antwoord als tekst.")
            return self._read_words.read(key, cell.text, day)
        return self._choices[key].read(cell)

    def _merged(self, row: int, position: int) -> Wrong | None:
        for merged in self._table.merged:
            if merged.covers(row, position):
                return Wrong(
                    f"De cellen {merged.name} zijn samengevoegd.", "Splits ze en vul in elke cel het antwoord in."
                )
        return None

    def _number(self, word: Word) -> int:
        """The place of a word among those of the file."""
        key = (word.question, normal(word.text), repr(word.choices))
        if key not in self._numbers:
            self._numbers[key] = len(self.words)
            self.words.append(word)
        return self._numbers[key]

    def _record(self, day: date, source: list[str]) -> str:
        """The id of a row's record: the same intake has the same one, in whatever order or kind of file it stands.

        Of rows that are the same in everything the first is one firm, the second another, and so on.
        """
        intake = "\x1f".join([day.isoformat(), *source])
        self._seen[intake] += 1
        digest = hmac.digest(self._salt, f"{intake}\x1f{self._seen[intake]}".encode(), hashlib.sha256)
        return str(UUID(bytes=digest[:16], version=4))


def _source(key: str, cell: Cell, found: date | str | Word | Wrong) -> str:
    """What tells one intake from another: own words as they were written, and of the rest what they mean."""
    if key == DATE:
        return ""
    meaning = normal(cell.text) if key in _FREE else str(found)
    return f"{key}={meaning}"


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """A value as the report may show it: without personal data, and not endless."""
    left = redact(text).text
    return left if len(left) <= LONGEST_SHOWN else f"{left[:LONGEST_SHOWN]}…"
