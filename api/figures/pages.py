"""`/cijfers`: the newest figures for everybody, on a page."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from analytics.dimensions import Dimension, dimensions
from analytics.figures import Release, Table
from analytics.menu import PUBLIC, SO_FAR
from api.dashboard.goal import cbs
from api.dashboard.words import few, month_name, number, period, shown
from api.dependencies import AppParts, Parts
from api.figures.tables import grid, slug
from api.figures.words import SCOPES, footnotes, title
from api.page.templates import page

router = APIRouter(include_in_schema=False)

_STYLE = Path(__file__).parent / "static/cijfers.css"


@dataclass(frozen=True)
class Shown:
    """A table as the page draws it: each row is its title and its figures with their shares of the longest, 0 to 100.

    `crossed` tells whether it is of two dimensions.
    """

    name: str
    title: str
    heading: tuple[str, ...]
    rows: list[tuple[str, list[tuple[str, int]]]]
    crossed: bool


@router.get("/cijfers")
def read(parts: AppParts) -> HTMLResponse:
    """The newest release, or that there is none yet."""
    releases = parts.figures.all(PUBLIC)
    texts = parts.knowledge.texts
    months = [(release.month.id, month_name(texts, release.month)) for release in reversed(releases)]
    newest = releases[-1] if releases else None
    return page(
        "cijfers.html",
        goal=cbs()["bereik"]["doel"]["aantal"],
        months=months,
        release=_newest(parts, newest) if newest else None,
    )


@router.get("/cijfers/cijfers.css")
def style() -> FileResponse:
    """The looks of bars and wide tables."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


def _newest(parts: Parts, release: Release) -> dict[str, object]:
    texts, known = parts.knowledge.texts, dimensions(parts.knowledge)
    periods = {scope: period(texts, scope, release.month) for scope in SCOPES}
    of_scope = {scope: [table for table in release.tables.values() if table.scope == scope] for scope in SCOPES}
    return {
        "month": release.month.id,
        "made_on": texts.day(release.made_on),
        "synthetic": release.synthetic,
        "so_far": as_words(release, release.totals.get(SO_FAR)),
        "totals": [
            (periods[scope], as_words(release, release.totals[scope])) for scope in SCOPES if scope in release.totals
        ],
        "parts": [
            (periods[scope], [_shown(release, table, known) for table in tables])
            for scope, tables in of_scope.items()
            if tables
        ],
        "so_far_period": periods[SO_FAR],
        "footnotes": footnotes(release),
    }


def as_words(release: Release, value: int | None) -> str:
    """A figure within a sentence."""
    return few(release) if value is None else number(value)


def _shown(release: Release, table: Table, known: dict[str, Dimension]) -> Shown:
    heading, rows = grid(table, known)
    highest = max((cell.value or 0 for cell in table.cells), default=0) or 1
    drawn = [
        (words, [(shown(release, cell.value), 100 * (cell.value or 0) // highest) for cell in cells])
        for words, cells in rows
    ]
    return Shown(slug(table.id), title(table, known), heading, drawn, bool(table.columns))
