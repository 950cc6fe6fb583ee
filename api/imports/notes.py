"""What has to be said about the reading of a file besides faults: what was not read, and what was read as empty."""

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from api.imports.columns import Header
from api.imports.table import Row, Table
from api.imports.words import Word

MOST_NAMED = 20  # rows or columns, in one note


def notes(table: Table, header: Header, words: Sequence[Word], rows: Sequence[Row]) -> Iterator[str]:
    """The notes on a file, in sentences."""
    if header.row > 1:
        yield f"De namen van de kolommen staan in rij {header.row}. Wat erboven staat, is niet gelezen."
    if header.personal:
        yield f"Persoonsgegevens lezen we niet. Haal deze kolommen uit je bestand: {_named(header.personal)}."
    if any(word.personal for word in words):
        yield "In sommige antwoorden stonden persoonsgegevens. Die gebruiken we niet. Haal ze uit je bestand."
    if header.unread:
        yield f"Niet gelezen, want geen kolom van de intake: {_named(header.unread)}."
    nameless = [
        get_column_letter(position + 1)
        for position in sorted(header.blank)
        if any(row.cell(position).text for row in rows)
    ]
    if nameless:
        yield f"Niet gelezen, want zonder naam: kolom {_named(nameless)}."
    short = [str(row.number) for row in rows if not table.padded and len(row.cells) < header.width]
    if short:
        yield f"Deze rijen houden eerder op dan de kolommen. Wat ontbreekt, is als leeg gelezen: {_named(short)}."


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" en nog {more}" if more > 0 else "")
