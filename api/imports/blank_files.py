"""The file to begin with: empty, with the names of the columns, as a workbook with lists to choose from and as CSV."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from api.imports.columns import DATE, Column, Columns
from api.imports.table import MOST_ROWS
from knowledge.intake import DO_NOT_KNOW, NOT_APPLICABLE, Intake, Question

NAME = "intakes"
SHEET, EXPLANATION = "Intakes", "Uitleg"
_DAY, _TEXT = "dd-mm-yyyy", "@"  # as text, so that Excel makes no date of "2-9"
_ACCENT = "0B5672"
_HOW = (
    "Vul op het blad Intakes elke intake op een eigen rij in. De rij met de namen van de kolommen laat je staan.",
    "Kies een antwoord uit de lijst, of typ de letter die ervoor staat. Typ een ? als iemand het niet weet.",
    "De eerste negen vragen zijn nodig. De laatste vijf tellen alleen mee als ze alle vijf zijn ingevuld.",
    "Zet er geen namen, telefoonnummers of e-mailadressen in.",
)
_OWN_WORDS = {
    DATE: ("De dag van het gesprek.", "26-11-2026"),
    "bedrijf": ("Wat het bedrijf doet, in gewone woorden.", "kapsalon"),
    "gemeente": ("De gemeente of het dorp waar het bedrijf zit. Een postcode mag ook.", "Zeist"),
}
_NUMBER = "Een getal mag ook. Tel de ondernemer mee."


def blank_csv(columns: Columns) -> bytes:
    """Only the names of the columns, as a Dutch Excel reads and writes CSV."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerow([column.title for column in columns.all])
    return written.getvalue().encode("utf-8-sig")


def blank_workbook(columns: Columns, intake: Intake) -> bytes:
    """A sheet to fill in, and one that tells how."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    explanation = workbook.create_sheet(EXPLANATION)
    lists = _explain(explanation, columns, intake)
    for number, column in enumerate(columns.all, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number, column.title)
        heading.font, heading.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_ACCENT)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[letter].width = 22
        sheet.column_dimensions[letter].number_format = _DAY if column.key == DATE else _TEXT
        if column.key in lists:
            first, last = lists[column.key]
            # A letter, a question mark or a number of people is as good, so nothing is refused.
            choose = DataValidation("list", f"{EXPLANATION}!$C${first}:$C${last}", allow_blank=True)
            choose.showErrorMessage = False
            choose.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(choose)
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _explain(sheet: Worksheet, columns: Columns, intake: Intake) -> dict[str, tuple[int, int]]:
    """Fill the sheet that tells how. Returns the first and last row of the answers by question."""
    sheet.append(["Zo vul je de intakes in"])
    sheet["A1"].font = Font(bold=True, size=14, color=_ACCENT)
    for sentence in _HOW:
        sheet.append([sentence])
    sheet.append([])
    sheet.append(["Kolom", "Typ", "Antwoord", "Voorbeeld"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    lists = {}
    for column in columns.all:
        if column.key in _OWN_WORDS:
            meaning, example = _OWN_WORDS[column.key]
            sheet.append([column.title, "", meaning, example])
        else:
            lists[column.key] = _answers(sheet, column, intake.question(column.key))
        sheet.cell(sheet.max_row if column.key in _OWN_WORDS else lists[column.key][0], 1).font = Font(bold=True)
    for letter, width in (("A", 22), ("B", 8), ("C", 80), ("D", 14)):
        sheet.column_dimensions[letter].width = width
    return lists


def _answers(sheet: Worksheet, column: Column, question: Question) -> tuple[int, int]:
    """Write the answers of a question, each with what to type for it. Returns their first and last row."""
    first = sheet.max_row + 1
    listed = list(question.choices())
    if not question.scored and question.option(question.unknown) is None:
        listed.append((question.unknown, DO_NOT_KNOW))
    for position, (code, title) in enumerate(listed):
        typed = "abcdefghij"[position] if question.option(code) else ("-" if code == NOT_APPLICABLE else "?")
        example = "b" if position == 1 else ""
        sheet.append([column.title if position == 0 else "", typed, title, example])
    last = sheet.max_row
    if question.id == "personen":
        sheet.append(["", "3", _NUMBER])
    return first, last
