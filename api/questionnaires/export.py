"""The yearly answers as files, for the coordinator. They are about few firms, so nothing of them is published."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.figures.csv_files import Cell, csv_file
from api.questionnaires.codes import FIELDS, TITLES, Codes
from api.questionnaires.questions import QUESTIONS, Question
from api.questionnaires.service import Listed, Sheet
from api.worksheets import write_table, write_text
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative

CONFIDENTIAL = (
    "Niet om te publiceren. De aantallen zijn klein: wie een bedrijf kent, kan het er soms in herkennen. "
    "Voor wie erbuiten staat zijn er de cijfers die wel worden vrijgegeven."
)
ANSWERS, FIRMS, DICTIONARY = "antwoorden", "deelnemers", "kolommen"
_ORIGINS = {"aanvraag": "kwam als aanvraag", "eigenaar": "ingevuld door de eigenaar"}
_UNITS = {
    "tekst": "tekst",
    "keuzes": "codes, met komma's ertussen",
    "aantal": "aantal",
    "cijfer": "cijfer van 1 tot 10",
}


@dataclass(frozen=True)
class Table:
    """One table of the export: its name, what it is, its columns and its rows."""

    name: str
    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(
    knowledge: Knowledge,
    overview: Sequence[tuple[Initiative, Sheet]],
    firms: Sequence[Listed],
    today: date,
) -> tuple[Table, ...]:
    """All tables of a year: answers, firms, and what the columns and codes mean."""
    codes = Codes(knowledge, today)
    names = {initiative.id: initiative.naam for initiative, _ in overview}
    return (
        Table(
            ANSWERS,
            "Antwoorden van de initiatieven",
            ("initiatief", "naam", "jaar", "stand", "ingeleverd", "inLijst", *(question.key for question in QUESTIONS)),
            tuple(_answers(initiative, sheet) for initiative, sheet in overview),
        ),
        Table(
            FIRMS,
            "Deelnemers, één per rij",
            ("initiatief", "naam", *(column for field in FIELDS for column in (field, f"{field}Titel")), "herkomst"),
            tuple(_firm(listed, names, codes) for listed in firms),
        ),
        Table(
            DICTIONARY,
            "Wat de kolommen en codes betekenen",
            ("tabel", "kolom", "code", "betekenis", "eenheid"),
            tuple(_dictionary(codes)),
        ),
    )


def state(sheet: Sheet) -> str:
    """How far an initiative is, in a word."""
    return "ingeleverd" if sheet.handed_in_on else "begonnen" if sheet.begun else "niet begonnen"


def _answers(initiative: Initiative, sheet: Sheet) -> tuple[Cell, ...]:
    handed_in = sheet.handed_in_on.isoformat() if sheet.handed_in_on else None
    answers = (_answer(question, sheet.answers) for question in QUESTIONS)
    return (initiative.id, initiative.naam, sheet.year, state(sheet), handed_in, sheet.listed, *answers)


def _answer(question: Question, answers: Mapping[str, object]) -> Cell:
    value = answers.get(question.key)
    if isinstance(value, list):
        return ",".join(value)
    return value if isinstance(value, str | int | float) else None


def _firm(listed: Listed, names: Mapping[str, str], codes: Codes) -> tuple[Cell, ...]:
    firm = listed.firm
    described = zip((firm.sector, firm.municipality, firm.size_class, firm.stage), codes.titles(firm), strict=True)
    pairs = (cell for code, title in described for cell in (code, title))
    return (listed.initiative, names.get(listed.initiative), *pairs, listed.origin)


def _dictionary(codes: Codes) -> Iterator[tuple[Cell, ...]]:
    for name in (ANSWERS, FIRMS):
        yield name, "initiatief", None, "De code van het initiatief.", "code"
        yield name, "naam", None, "De naam van het initiatief.", "tekst"
    yield ANSWERS, "jaar", None, "Het jaar waar de antwoorden over gaan.", "jaar"
    yield ANSWERS, "stand", None, "Niet begonnen, begonnen of ingeleverd.", "tekst"
    yield ANSWERS, "ingeleverd", None, "De dag van inleveren, de laatste keer.", "jaar-maand-dag"
    yield ANSWERS, "inLijst", None, "Hoeveel deelnemers er bij de tabel deelnemers staan.", "aantal"
    for question in QUESTIONS:
        yield ANSWERS, question.key, None, question.title, _UNITS[question.kind]
    for field in FIELDS:
        yield FIRMS, field, None, f"{TITLES[field]}, als code van de standaardlijst.", "code"
        yield FIRMS, f"{field}Titel", None, f"{TITLES[field]} in woorden.", "tekst"
    for origin, meaning in _ORIGINS.items():
        yield FIRMS, "herkomst", origin, f"Het bedrijf {meaning}.", "code"
    for field in FIELDS:
        for code, title in codes.choices[field]:
            yield FIRMS, field, code, title, "code"


def as_csv(table: Table) -> bytes:
    """A table as CSV, with numbers as a Dutch spreadsheet reads them."""
    rows = ([str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in table.rows)
    return csv_file(table.heading, rows)


def as_workbook(found: Sequence[Table], year: int, made_on: date, day: str) -> bytes:
    """All tables as a workbook, with what it is and is not for in front. `day` is the day in words."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Lees mij"
    write_text(first, f"Vragenlijsten van {year}", (CONFIDENTIAL, f"Gemaakt op {day}."))
    for table in found:
        write_table(book.create_sheet(table.name.capitalize()), table.title, table.heading, table.rows)
    book.properties.created = datetime.combine(made_on, time())
    book.properties.title = f"Vragenlijsten van {year}"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
