"""The report as a workbook: the tables, the parts of the document, and what all means. Nothing in it computes."""

import io
from collections.abc import Sequence
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.styles import Font
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
from api.worksheets import write_heading, write_rows, write_table, write_text
from knowledge.base import Knowledge


def workbook(knowledge: Knowledge, report: Report, release: Release) -> bytes:
    """The workbook of the report on a release."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Lees mij"
    write_text(first, report.title, (report.warning, report.period, report.made_on, *footnotes(release)))
    _totals(book.create_sheet("Totalen"), knowledge, release)
    known = dimensions(knowledge)
    for table in release.tables.values():
        heading, rows = grid(table, known)
        write_table(
            book.create_sheet(slug(table.id)),
            f"{title(table, known)}: {period(knowledge.texts, table.scope, release.month)}",
            heading,
            [(words, *(_value(release, cell.value) for cell in cells)) for words, cells in rows],
        )
    # As in the document: some panels are of an earlier release or of the catalogue, and have no table above.
    for section in (*report.figures, report.agenda):
        _panels(book.create_sheet(section.title), section.title, section.panels)
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
    write_table(sheet, "Totalen, precies", ("Periode", "Aantal", "Wat"), rows)


def _dictionary(book: Workbook, knowledge: Knowledge) -> None:
    write_table(
        book.create_sheet("Begrippen"),
        "Wat elk cijfer betekent",
        ("Cijfer", "Vraag", "Eenheid", "Zo berekend", "Gemaakt van", "Let op"),
        [
            (one.naam, one.vraag, one.eenheid, one.formule, "; ".join(one.sources), one.kanttekening)
            for one in concepts(STAFF)
        ],
    )
    write_table(
        book.create_sheet("Codes"),
        "Codes in de CSV-bestanden",
        ("Indeling", "Niveau", "Code", "Titel"),
        [(code.dimension, code.level, code.code, code.title) for code in codes(knowledge)],
    )
    write_table(
        book.create_sheet("Kolommen"),
        "Kolommen van de CSV-bestanden",
        ("Kolom", "Betekenis", "Eenheid"),
        columns(),
    )


def _panels(sheet: Worksheet, heading: str, panels: Sequence[Panel]) -> None:
    """Every panel with its sentences and its table, one below the other."""
    write_heading(sheet, heading)
    for panel in panels:
        sheet.append([])
        sheet.append([safe(panel.title)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for sentence in (*([f"Over {panel.when}"] if panel.when else []), *panel.sentences, *panel.notes):
            sheet.append([safe(sentence)])
        if panel.grid:
            write_rows(sheet, panel.grid.head, panel.grid.rows)
