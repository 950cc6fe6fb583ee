"""Released figures in the shapes of the interface. Everything here was published to everybody before."""

from typing import Any

from analytics import dimensions
from analytics.figures import Cell, Release, Table
from api.figures.tables import slug
from api.figures.words import SCOPES, footnotes, title
from knowledge.base import Knowledge

ADDRESS = "/v1/cijfers"


def in_list(release: Release) -> dict[str, Any]:
    """A release without its tables."""
    return {
        "maand": release.month.id,
        "gemaaktOp": release.made_on,
        "drempel": release.threshold,
        "afronding": release.base,
        "synthetisch": release.synthetic,
        "totalen": {_camel(scope): release.totals.get(scope) for scope in SCOPES},
        "adres": f"{ADDRESS}/{release.month.id}",
    }


def whole(knowledge: Knowledge, release: Release) -> dict[str, Any]:
    """A release with its tables."""
    known = dimensions.dimensions(knowledge)
    tables = [
        {
            "id": slug(table.id),
            "titel": title(table, known),
            "periode": table.scope,
            "indelingen": table.dimensions,
            "niveaus": table.levels,
            "csv": f"{ADDRESS}/{release.month.id}/{slug(table.id)}",
            "cellen": [_cell(table, cell) for cell in table.cells],
        }
        for table in release.tables.values()
    ]
    return {**in_list(release), "toelichting": footnotes(release), "tabellen": tables}


def _cell(table: Table, cell: Cell) -> dict[str, Any]:
    column = {"code": cell.column, "titel": table.columns[cell.column]} if cell.column else None
    return {
        "rij": {"code": cell.row, "titel": table.rows[cell.row]},
        "kolom": column,
        "waarde": cell.value,
        "status": cell.status,
    }


def _camel(scope: str) -> str:
    return "totNu" if scope == "tot_nu" else scope
