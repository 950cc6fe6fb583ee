"""What keeps any cell from being read, and what is read from one with a date or a number of people."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from api.imports.table import LONGEST_TEXT, Cell
from knowledge.headcount import read_headcount, size_class
from knowledge.numbers_of_people import IMPLAUSIBLE

OLDEST = timedelta(days=365)  # older intakes say nothing of how firms do now

_WRITTEN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ]00:00(?::00)?)?")
_WRITTEN_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_EXAMPLE = "Schrijf dag, maand en jaar, bijvoorbeeld 26-11-2026."
# What Excel makes of "2-9" and "10-49": a day or a month.
_MADE_A_DATE = re.compile(
    r"\d{1,2}[-/ ](?:\d{1,2}[-/ ]\d{2,4}|(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?"
    r"(?:[-/ ]\d{2,4})?)|(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?[-/ ]\d{2,4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,0+|\.0{1,2})?")
_FORMULA_SIGNS = ("=", "+", "@", "-")


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a cell, and what to do about it."""

    what: str
    remedy: str


def unusable(cell: Cell) -> Wrong | None:
    """What keeps a cell from being read, whatever column it is in."""
    if cell.kind == "formule":
        return Wrong("Hier staat een formule. Die rekenen we niet uit.", "Zet de waarde neer in plaats van de formule.")
    if cell.kind == "fout":
        return Wrong("Hier staat een foutmelding van Excel.", "Typ het antwoord zelf in deze cel.")
    if cell.kind == "tekst" and len(cell.text) > 1 and cell.text.startswith(_FORMULA_SIGNS):
        return Wrong(f"Dit begint met {cell.text[0]}, zoals een formule.", "Haal dat teken weg en typ gewone woorden.")
    if len(cell.text) > LONGEST_TEXT:
        return Wrong("Deze tekst is te lang.", f"Gebruik hoogstens {LONGEST_TEXT} tekens.")
    return None


def read_day(cell: Cell, today: date) -> date | Wrong:
    """The day of an intake: a real date, or one that is written out. It may not be ahead, nor more than a year ago."""
    day = cell.day or _written(cell.text)
    if day is None:
        if cell.kind == "getal":
            return Wrong("Dit is een getal en geen datum.", f"Geef de cel de opmaak Datum. {_EXAMPLE}")
        return Wrong("Dit is geen datum die we kunnen lezen.", _EXAMPLE)
    if day > today:
        return Wrong("Deze datum is nog niet geweest.", "Kijk de dag en het jaar na.")
    if day < today - OLDEST:
        return Wrong("Deze datum is meer dan een jaar geleden.", "Kijk het jaar na, of laat deze rij weg.")
    return day


def _written(text: str) -> date | None:
    first, later = _WRITTEN_YEAR_FIRST.fullmatch(text), _WRITTEN.fullmatch(text)
    try:
        if first:
            return date(int(first[1]), int(first[2]), int(first[3]))
        return date(int(later[4]), int(later[3]), int(later[1])) if later else None
    except ValueError:
        return None


def read_people(text: str) -> str | Wrong:
    """The size class that a text with a number of people speaks of, read as in the conversation."""
    remedy = "Typ een getal, bijvoorbeeld 3, of een groep uit de lijst: 2 tot 9."
    if _MADE_A_DATE.fullmatch(text):
        return Wrong("Hier staat een datum. Die maakt Excel van bijvoorbeeld 2-9.", "Typ 2 tot 9 in plaats van 2-9.")
    if text.startswith("-"):
        return Wrong("Een aantal kan niet onder nul zijn.", remedy)
    number = _NUMBER.fullmatch(text)
    if number:
        people = int(number[1].replace(".", "")) if len(number[1]) <= 12 else IMPLAUSIBLE
        if people < 1:
            return Wrong("In een bedrijf werkt altijd iemand.", "Tel de ondernemer mee: wie alleen werkt, is 1.")
        if people >= IMPLAUSIBLE:
            return Wrong("Dit aantal kan niet kloppen.", remedy)
        return size_class(people)
    found = read_headcount(text)
    if found is None:
        return Wrong("Hier lezen we geen aantal mensen in.", remedy)
    if not found.certain:
        return Wrong("Hier kan meer dan een groep mee bedoeld zijn.", remedy)
    return found.classes[0]
