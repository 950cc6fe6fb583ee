"""The report as a workbook: the agenda, a sheet for every table, and what all means. Nothing in it computes."""

import io
from collections.abc import Sequence
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analytics.dimensions import dimensions
from analytics.figures import Release
from analytics.menu import STAFF
from api.dashboard.panels import Panel
from api.dashboard.words import period
from api.figures.csv_files import Cell, safe
from api.figures.dictionary import codes, columns, concepts
from api.figures.tables import grid, slug
from api.figures.words import SCOPES, footnotes, title
from api.reports.contents import Report
from knowledge.base import Knowledge

_ACCENT = "0B5672"
_WIDEST, _NARROWEST = 60, 12  # characters


def workbook(knowledge: Knowledge, report: Report, release: Release) -> bytes:
    """The workbook of the report on a release."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Lees mij"
    _text(first, report.title, (report.warning, report.period, report.made_on, *footnotes(release)))
    _totals(book.create_sheet("Totalen"), knowledge, release)
    known = dimensions(knowledge)
    for table in release.tables.values():
        heading, rows = grid(table, known)
        _table(
            book.create_sheet(slug(table.id)),
            f"{title(table, known)}: {period(knowledge.texts, table.scope, release.month)}",
            heading,
            [(words, *(_value(release, cell.value) for cell in cells)) for words, cells in rows],
        )
    _panels(book.create_sheet("Agenda"), report.agenda.title, report.agenda.panels)
    _dictionary(book, knowledge)
    book.properties.creator, book.properties.title = report.provider, report.title
    book.properties.created = datetime.combine(release.made_on, time())
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _value(release: Release, value: int | None) -> Cell:
    return f"<{release.threshold}" if value is None else value


def _totals(sheet: Worksheet, knowledge: Knowledge, release: Release) -> None:
    rows = [
        (period(knowledge.texts, scope, release.month), _value(release, totals[scope]), kind)
        for kind, totals in (("Gesprekken met een uitslag", release.totals), ("Gestopt", release.stopped))
        for scope in SCOPES
        if scope in totals
    ]
    _table(sheet, "Totalen, precies", ("Periode", "Aantal", "Wat"), rows)


def _dictionary(book: Workbook, knowledge: Knowledge) -> None:
    _table(
        book.create_sheet("Begrippen"),
        "Wat elk cijfer betekent",
        ("Cijfer", "Vraag", "Eenheid", "Zo berekend", "Gemaakt van", "Let op"),
        [
            (one.naam, one.vraag, one.eenheid, one.formule, "; ".join(one.sources), one.kanttekening)
            for one in concepts(STAFF)
        ],
    )
    _table(
        book.create_sheet("Codes"),
        "Codes in de CSV-bestanden",
        ("Indeling", "Niveau", "Code", "Titel"),
        [(code.dimension, code.level, code.code, code.title) for code in codes(knowledge)],
    )
    _table(
        book.create_sheet("Kolommen"),
        "Kolommen van de CSV-bestanden",
        ("Kolom", "Betekenis", "Eenheid"),
        columns(),
    )


def _text(sheet: Worksheet, heading: str, lines: Sequence[str]) -> None:
    _heading(sheet, heading)
    for line in filter(None, lines):
        sheet.append([safe(line)])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100


def _panels(sheet: Worksheet, heading: str, panels: Sequence[Panel]) -> None:
    """Every panel with its sentences and its table, one below the other."""
    _heading(sheet, heading)
    for panel in panels:
        sheet.append([])
        sheet.append([safe(panel.title)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for sentence in (*panel.sentences, *panel.notes):
            sheet.append([safe(sentence)])
        if panel.grid:
            _rows(sheet, panel.grid.head, panel.grid.rows)


def _table(sheet: Worksheet, name: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A sheet with one table under its name."""
    _heading(sheet, name)
    _rows(sheet, heading, rows)
    sheet.freeze_panes = "A3"


def _heading(sheet: Worksheet, words: str) -> None:
    sheet.append([safe(words)])
    sheet["A1"].font = Font(bold=True, size=14, color=_ACCENT)


def _rows(sheet: Worksheet, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    sheet.append([safe(words) for words in heading])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([safe(cell) for cell in row])
        for cell in sheet[sheet.max_row]:
            number = isinstance(cell.value, int)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if number else "left")
    for position, texts in enumerate(zip(heading, *rows, strict=True), start=1):
        longest = max(len(str(text)) for text in texts)
        column = sheet.column_dimensions[get_column_letter(position)]
        column.width = max(column.width, min(_WIDEST, max(_NARROWEST, longest + 2)))
