"""Firms that took part in a file: the one to begin with, and reading it back."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from api.figures.csv_files import csv_file
from api.imports.cells import Wrong, read_people, unusable
from api.imports.choices import NOT_KNOWN as SAID_UNKNOWN
from api.imports.columns import Column, Columns
from api.imports.reading import read_table
from api.imports.rows import Fault, shown
from api.imports.table import Cell, Unreadable
from api.intakes.lists import read_place, read_sector
from api.questionnaires.codes import FIELDS, TITLES, Codes, Firm
from api.worksheets import write_rows, write_text
from knowledge.base import Knowledge
from knowledge.intake import OPEN
from knowledge.words import normal

NAME = "deelnemers"
_SHEET, _LISTS = "Deelnemers", "Lijsten"
_FILLED_IN = 2000  # rows of the sheet that offer the lists
_ALSO = {
    "sector": ("branche", "bedrijf", "soortbedrijf", "sbi"),
    "gemeente": ("gemeente", "plaatsnaam", "locatie", "vestigingsplaats"),
    "grootte": ("aantalmedewerkers", "aantalpersonen", "grootte", "medewerkers"),
    "fase": ("niveau", "fase", "digitaliseringsniveau", "ingeschatniveau"),
}
COLUMNS = Columns([Column(field, TITLES[field], needed=True) for field in FIELDS], _ALSO)
_HOW = (
    "Vul op het blad Deelnemers elk bedrijf op een eigen rij in. De rij met de namen van de kolommen laat je staan.",
    "Kies uit de lijst, of typ het in gewone woorden: kapper, Zeist, 3. Weet je iets niet? Laat het leeg of typ een ?.",
    "Zet er geen namen, telefoonnummers of e-mailadressen in.",
)
_FROM_THE_LIST = "Kies iets uit de lijst in het sjabloon, of typ een ? als je het niet weet."
_BARE_LETTER = re.compile(r"[a-zA-Z]")


@dataclass(frozen=True)
class Found:
    """The firms of a file, and what is wrong with the rest of it."""

    firms: tuple[Firm, ...]
    faults: tuple[Fault, ...]


def blank_csv() -> bytes:
    """Only the names of the columns."""
    return csv_file([column.title for column in COLUMNS.all], [])


def blank_workbook(codes: Codes) -> bytes:
    """A sheet to fill in, and one with the lists to choose from."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _SHEET
    write_rows(sheet, [column.title for column in COLUMNS.all], [])
    lists = book.create_sheet(_LISTS)
    write_text(lists, "Zo vul je de deelnemers in", _HOW)
    lists.append([])
    titles = [[title for _, title in codes.choices[field]] for field in FIELDS]
    longest = max(map(len, titles))
    rows = [[column[row] if row < len(column) else "" for column in titles] for row in range(longest)]
    write_rows(lists, [TITLES[field] for field in FIELDS], rows)
    first = lists.max_row - longest + 1
    for number, column in enumerate(titles, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 30
        sheet.column_dimensions[letter].number_format = "@"  # as text, so that Excel makes no date of "2-9"
        choose = DataValidation("list", f"{_LISTS}!${letter}${first}:${letter}${first + len(column) - 1}")
        choose.showErrorMessage = False  # own words are as good
        choose.add(f"{letter}2:{letter}{_FILLED_IN + 1}")
        sheet.add_data_validation(choose)
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read_firms(data: bytes, knowledge: Knowledge, today: date) -> Found:
    """The firms in a file. Raises Unreadable when no row of it can be read."""
    table = read_table(data, COLUMNS)
    header = COLUMNS.header(table.rows)
    reader = _Reader(knowledge, Codes(knowledge, today), today)
    firms: list[Firm] = []
    faults: list[Fault] = []
    for row in table.rows:
        if row.number <= header.row:
            continue
        cells = {field: row.cell(header.positions[field]) for field in FIELDS}
        if not any(cell.text for cell in cells.values()):
            continue
        read = {field: reader.read(field, cell) for field, cell in cells.items()}
        wrong = [
            Fault(row.number, TITLES[field], shown(cells[field].text), found.what, found.remedy)
            for field, found in read.items()
            if isinstance(found, Wrong)
        ]
        faults += wrong
        if not wrong:
            firms.append(Firm(*(str(read[field]) for field in FIELDS)))
    if not firms and not faults:
        raise Unreadable("Er staan geen deelnemers in dit bestand. Vul er minstens één in.")
    return Found(tuple(firms), tuple(faults))


class _Reader:
    """Reads cells by the lists, and what stands there in own words by the look-ups of the scan."""

    def __init__(self, knowledge: Knowledge, codes: Codes, today: date) -> None:
        self._knowledge, self._today = knowledge, today
        self._listed = {field: _listed(choices) for field, choices in codes.choices.items()}
        self._listed["sector"] |= {
            normal(section.naam): code for code, section in knowledge.sectors.sections.sbi2025.items()
        }

    def read(self, field: str, cell: Cell) -> str | Wrong:
        """A code, or what is wrong with a cell."""
        text = normal(cell.text)
        if not text or text in SAID_UNKNOWN:
            return OPEN
        wrong = unusable(cell)
        if wrong:
            return wrong
        if field == "sector" and _BARE_LETTER.fullmatch(text):
            return Wrong(
                "Een letter alleen is niet duidelijk: in SBI 2008 en SBI 2025 betekent die iets anders.",
                "Kies uit de lijst, of typ wat het bedrijf doet.",
            )
        if text in self._listed[field]:
            return self._listed[field][text]
        if field == "grootte":
            return read_people(cell.text)
        return self._in_words(field, cell.text)

    def _in_words(self, field: str, text: str) -> str | Wrong:
        if field == "fase":
            return Wrong("Dit niveau kennen we niet.", _FROM_THE_LIST)
        look_up = read_sector if field == "sector" else read_place
        found = look_up(self._knowledge, text, self._today)
        if found is None or not found.choices:
            what = "We herkennen niet wat dit bedrijf doet." if field == "sector" else "We vinden deze plaats niet."
            return Wrong(what, _FROM_THE_LIST)
        if not found.certain:
            titles = " of ".join(f"'{title}'" for _, title in found.choices[:4])
            return Wrong("Dit kan meer dan één ding betekenen.", f"Schrijf het preciezer. Mogelijk is: {titles}.")
        return found.choices[0][0].partition("/")[0]


def _listed(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Codes by what can be typed for them: the code itself and its title."""
    return {normal(typed): code for code, title in choices for typed in (code, title)}
