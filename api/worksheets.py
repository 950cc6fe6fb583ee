"""Sheets of a workbook in the looks of the product. Nothing in them computes: every text is safe to open."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.figures.csv_files import Cell, safe

ACCENT = "0B5672"
_WIDEST, _NARROWEST = 60, 12  # characters


def write_text(sheet: Worksheet, heading: str, lines: Sequence[str]) -> None:
    """A sheet with sentences under a heading, each on a row of its own."""
    write_heading(sheet, heading)
    for line in filter(None, lines):
        sheet.append([safe(line)])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100


def write_table(sheet: Worksheet, name: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A sheet with one table under its name."""
    write_heading(sheet, name)
    write_rows(sheet, heading, rows)
    sheet.freeze_panes = "A3"


def write_heading(sheet: Worksheet, words: str) -> None:
    """The first row: what the sheet is about."""
    sheet.append([safe(words)])
    sheet["A1"].font = Font(bold=True, size=14, color=ACCENT)


def write_rows(sheet: Worksheet, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A table below what is there already, with columns as wide as what stands in them."""
    sheet.append([safe(words) for words in heading])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=ACCENT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([safe(cell) for cell in row])
        for cell in sheet[sheet.max_row]:
            number = isinstance(cell.value, int | float)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if number else "left")
    for position, texts in enumerate(zip(heading, *rows, strict=True), start=1):
        longest = max(len(str(text)) for text in texts)
        column = sheet.column_dimensions[get_column_letter(position)]
        column.width = max(column.width, min(_WIDEST, max(_NARROWEST, longest + 2)))
