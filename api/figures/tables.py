"""The tables of a release as the interface names and lists them."""

from collections.abc import Iterator, Mapping

from analytics.dimensions import Dimension
from analytics.figures import Cell, Release, Table
from analytics.menu import APART, INITIATIVES, ONE_WAY, QUARTER, SO_FAR, STOPPED, TOTAL, TWO_WAY, YEAR, table_id
from api.figures import csv_files
from api.figures.words import WORDS, headings

Line = tuple[csv_files.Cell, ...]

COLUMNS = (
    "uitgave",
    "tabel",
    "rij",
    "rijTitel",
    "kolom",
    "kolomTitel",
    "waarde",
    "status",
    "drempel",
    "afronding",
    "synthetisch",
)

_PUBLIC_SCOPES = (QUARTER, YEAR, SO_FAR)


def slug(identifier: str) -> str:
    """The id of a table as it stands in an address: "kwartaal/sector*grootte" is "kwartaal-sector-grootte"."""
    return identifier.replace("/", "-").replace("*", "-").replace("_", "-")


def public_menu() -> frozenset[str]:
    """The names of all tables that a release for everybody can have."""
    single = ((name,) for name in (*ONE_WAY, INITIATIVES, *APART))
    simple = {table_id(scope, *names) for names in single for scope in _PUBLIC_SCOPES}
    crossed = {table_id(scope, *names) for names in TWO_WAY for scope in _PUBLIC_SCOPES if scope != SO_FAR}
    return frozenset(map(slug, simple | crossed))


def table_of(release: Release, name: str) -> Table | None:
    """The table with this name in addresses; None when the release does not have it."""
    return next((table for table in release.tables.values() if slug(table.id) == name), None)


def as_csv(release: Release, table: Table) -> bytes:
    """A table as a file of its own: every line says which release it is from and how its value was made."""
    return csv_files.csv_file(COLUMNS, lines(release, table))


def lines(release: Release, table: Table) -> Iterator[Line]:
    """The cells of a table, in the order in which they are shown."""
    for cell in table.cells:
        place = (cell.row, table.rows[cell.row], cell.column, table.columns.get(cell.column, ""))
        yield _line(release, table.id, place, cell.value, base=release.base)


def totals(release: Release) -> Iterator[Line]:
    """The totals as a table of their own. They are exact, which an afronding of 1 says."""
    for code, words, values in (
        ("", "Gesprekken met een uitslag", release.totals),
        (STOPPED, "Gestopt", release.stopped),
    ):
        for scope, value in values.items():
            yield _line(release, table_id(scope, TOTAL), (code, words, "", ""), value, base=1)


def _line(release: Release, table: str, place: tuple[str, ...], value: int | None, *, base: int) -> Line:
    status = "te_klein" if value is None else "getoond"
    synthetic = "ja" if release.synthetic else "nee"
    return (release.month.id, slug(table), *place, value, status, release.threshold, base, synthetic)


def grid(table: Table, dimensions: Mapping[str, Dimension]) -> tuple[tuple[str, ...], list[tuple[str, list[Cell]]]]:
    """A table as it is drawn: its headings, and the title of each row with its cells in the order of the columns."""
    first, *others = headings(table, dimensions)
    found = {(cell.row, cell.column): cell for cell in table.cells}
    columns = tuple(table.columns) if others else ("",)
    heading = (first, *(table.columns.values() if others else (WORDS["aantal"],)))
    rows = [
        (words, [found[code, column] for column in columns])
        for code, words in table.rows.items()
        if (code, columns[0]) in found
    ]
    return heading, rows
