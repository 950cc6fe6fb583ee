"""The tables of a release as CSV files in one archive, with what every column and code means."""

import io
import zipfile
from collections.abc import Iterator

from analytics.figures import Release
from analytics.menu import STAFF
from api.figures.csv_files import csv_file
from api.figures.dictionary import codes, columns, concepts
from api.figures.tables import COLUMNS, as_csv, slug, totals
from api.figures.words import footnotes
from api.reports.contents import STAND, Report
from knowledge.base import Knowledge

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold: equal figures give an equal archive


def archive(knowledge: Knowledge, report: Report, release: Release) -> bytes:
    """The archive of a release."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in _files(knowledge, report, release):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _slug(words: str) -> str:
    return words.lower().replace(" ", "-")


def _files(knowledge: Knowledge, report: Report, release: Release) -> Iterator[tuple[str, bytes]]:
    lines = (report.title, report.warning, report.period, report.made_on, "", *footnotes(release))
    yield "lees-mij.txt", "\r\n".join(lines).encode("utf-8-sig")
    yield "totalen.csv", csv_file(COLUMNS, totals(release))
    for table in release.tables.values():
        yield f"{slug(table.id)}.csv", as_csv(release, table)
    for section in (*report.figures, report.agenda):
        for panel in section.panels:
            if panel.grid and panel.id != STAND:  # as in the document, also of an earlier release
                yield f"rapport/{_slug(section.title)}/{panel.id}.csv", csv_file(panel.grid.head, panel.grid.rows)
    yield "kolommen.csv", csv_file(("kolom", "betekenis", "eenheid"), columns())
    yield (
        "codes.csv",
        csv_file(
            ("indeling", "niveau", "code", "titel"),
            ((code.dimension, code.level, code.code, code.title) for code in codes(knowledge)),
        ),
    )
    yield (
        "begrippen.csv",
        csv_file(
            ("id", "naam", "vraag", "eenheid", "formule", "gemaaktVan", "kanttekening"),
            (
                (one.id, one.naam, one.vraag, one.eenheid, one.formule, "; ".join(one.sources), one.kanttekening)
                for one in concepts(STAFF)
            ),
        ),
    )
