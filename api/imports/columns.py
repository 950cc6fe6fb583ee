"""The columns of a file, and how their names are recognised."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from rapidfuzz import fuzz, process

from api.imports.table import Row, Unreadable
from knowledge.intake import Intake
from knowledge.words import normal, visible

DATE = "datum"  # key of the column that is no question of the scan
HEADER_WITHIN = 10  # rows: above the names of the columns may stand a title
FEWEST = 3  # columns that make a row the one with the names
FUZZY_FROM = 6  # letters
FUZZY_CUTOFF = 85  # rapidfuzz ratio, 0 to 100

_TITLES = {"gemeente": "Plaats"}  # where the short name of a question is not what people write above a column
_ALSO = {
    DATE: ("datumintake", "datumgesprek", "dag"),
    "personen": ("aantalpersonen", "aantalmedewerkers", "hoeveelmensen"),
    "bedrijf": ("branche", "sector", "watdoetjebedrijf"),
    "gemeente": ("gemeente", "plaatsnaam", "vestigingsplaats", "plaatsofpostcode"),
}
# Names of columns with personal data: nobody needs them here, so they should not be in the file at all.
_PERSONAL = re.compile(
    r"(?:voor|achter|bedrijfs|contact)?na(?:am|men)|naam\w*|e?mail\w*|tel(?:efoon\w*|nr|nummer)?|mobiel\w*|gsm"
    r"|kvk\w*|contactpersoon|bsn|iban|rekening\w*|adres|straat\w*|huisnummer|geboorte\w*|website"
)


@dataclass(frozen=True)
class Column:
    """A column: the id of its question (or `datum`), its name, and whether a row needs it."""

    key: str
    title: str
    needed: bool


@dataclass(frozen=True)
class Header:
    """Where the names of the columns stand, where each column is, and what else there is.

    `unread` and `personal` are names of columns that are no question, `blank` the positions without a name.
    """

    row: int
    width: int
    positions: dict[str, int]
    unread: tuple[str, ...]
    personal: tuple[str, ...]
    blank: frozenset[int]


class Columns:
    """The columns of a kind of file, in their order."""

    def __init__(self, columns: Sequence[Column], also: Mapping[str, Sequence[str]]) -> None:
        """Take the columns, and what people call them beside their names, in letters and digits alone."""
        self.all = tuple(columns)
        self.titles = {column.key: column.title for column in self.all}
        self._names = {_letters(column.title): column for column in self.all}
        for column in self.all:
            for name in also.get(column.key, ()):
                self._names.setdefault(name, column)

    def match(self, heading: str) -> Column | None:
        """The column that a heading stands for; small slips are forgiven."""
        letters = _letters(heading)
        if letters in self._names:
            return self._names[letters]
        if len(letters) < FUZZY_FROM or _PERSONAL.fullmatch(letters):
            return None
        near = process.extractOne(letters, list(self._names), scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
        return self._names[near[0]] if near else None

    def recognised(self, headings: Sequence[str]) -> int:
        """How many columns a row names: from FEWEST on it is the row with the names."""
        return len({column.key for heading in headings[:60] if (column := self.match(heading))})

    def header(self, rows: Sequence[Row]) -> Header:
        """The row with the names of the columns. Raises Unreadable when it is not there or not whole."""
        for row in rows[:HEADER_WITHIN]:
            headings = [cell.text for cell in row.cells]
            if self.recognised(headings) >= FEWEST:
                return self._header(row.number, headings)
        raise Unreadable(
            "De namen van de kolommen staan er niet. Zet ze in de eerste rij: "
            f"{', '.join(column.title for column in self.all)}. Of begin met het sjabloon."
        )

    def _header(self, number: int, headings: list[str]) -> Header:
        found = [(position, self.match(heading)) for position, heading in enumerate(headings)]
        positions = {column.key: position for position, column in reversed(found) if column}
        twice = [key for key, times in Counter(column.key for _, column in found if column).items() if times > 1]
        if twice:
            places = [
                get_column_letter(position + 1) for position, column in found if column and column.key == twice[0]
            ]
            raise Unreadable(
                f"De kolom {self.titles[twice[0]]} staat er meer dan een keer: kolom {' en '.join(places)}. "
                "Haal weg wat er te veel is."
            )
        missing = [column.title for column in self.all if column.needed and column.key not in positions]
        if missing:
            what = "Deze kolom ontbreekt" if len(missing) == 1 else "Deze kolommen ontbreken"
            raise Unreadable(f"{what}: {', '.join(missing)}. Zet ze in rij {number} erbij, of begin met het sjabloon.")
        others = [visible(heading)[:40] for heading, (_, column) in zip(headings, found, strict=True) if not column]
        personal = [heading for heading in others if _PERSONAL.fullmatch(_letters(heading))]
        return Header(
            row=number,
            width=len(headings),
            positions=positions,
            unread=tuple(heading for heading in others if heading and heading not in personal),
            personal=tuple(personal),
            blank=frozenset(position for position, heading in enumerate(headings) if not heading),
        )


def intake_columns(intake: Intake) -> Columns:
    """The columns of the intake, in the order of the scan, the date first: the short names of the questions."""
    asked = [
        Column(question.id, _TITLES.get(question.id, question.kort), question.deel == "kern")
        for question in intake.vragen
    ]
    return Columns((Column(DATE, "Datum", needed=True), *asked), _ALSO)


def _letters(heading: str) -> str:
    """A heading by its letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", normal(heading[:100]).replace("&", "en"))
