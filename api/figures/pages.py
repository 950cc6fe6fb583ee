"""`/cijfers`: the newest figures for everybody, on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse
from markupsafe import Markup

from analytics.dimensions import Dimension, dimensions
from analytics.figures import Release, Table
from analytics.menu import LEAD_HELPED, LEAD_INITIATIVE, OF_LEADS, PUBLIC, QUARTER, SO_FAR, YEAR
from api.dashboard.goal import cbs
from api.dashboard.words import few, month_name, number, period, shown
from api.dependencies import AppParts
from api.figures.tables import grid, slug
from api.figures.words import WORDS, footnotes, title
from api.page.templates import page, part
from knowledge.base import Knowledge

router = APIRouter(include_in_schema=False)

SHOWN_SCOPES = (SO_FAR, QUARTER, YEAR)
_STYLE = Path(__file__).parent / "static/cijfers.css"
_KEPT = 4  # drawings; there is a new one once a month, or when an initiative changes


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


@dataclass(frozen=True)
class Part:
    """The tables of a period: the period in words, the month of their release, and what was counted."""

    period: str
    month: str
    counted: str
    tables: list[Shown]


@router.get("/cijfers")
def read(parts: AppParts) -> HTMLResponse:
    """The newest figures, or that there are none yet."""
    releases, texts = parts.figures.all(PUBLIC), parts.knowledge.texts
    months = [(release.month.id, month_name(texts, release.month)) for release in reversed(releases)]
    drawn = _drawn(parts.knowledge.now(), releases) if releases else None
    return page("cijfers.html", goal=cbs()["bereik"]["doel"]["aantal"], months=months, drawn=drawn)


@lru_cache(maxsize=_KEPT)
def _drawn(knowledge: Knowledge, releases: tuple[Release, ...]) -> Markup:
    """All that is released, drawn once."""
    newest, texts = releases[-1], knowledge.texts
    return part(
        "uitgaven.html",
        synthetic=any(release.synthetic for release in releases),
        made_on=texts.day(newest.made_on),
        so_far=as_words(newest, newest.totals.get(SO_FAR)),
        period=period(texts, SO_FAR, newest.month),
        periods=[found for scope in SHOWN_SCOPES if (found := _part(knowledge, releases, scope))],
        leads=_part(knowledge, releases, SO_FAR, leads=True),
        footnotes=footnotes(newest),
    )


@router.get("/cijfers/cijfers.css")
def style() -> FileResponse:
    """The looks of bars and wide tables."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


def _part(knowledge: Knowledge, releases: Sequence[Release], scope: str, *, leads: bool = False) -> Part | None:
    """The newest tables of a scope, of conversations or of leads; None when none could be shown yet.

    Where the newest release has none, what an earlier one showed still holds for its own months.
    """
    known, texts = dimensions(knowledge), knowledge.texts
    for release in reversed(releases):
        here = [table for table in release.tables.values() if table.scope == scope]
        tables = [_shown(release, table, known) for table in here if (table.dimensions[0] in OF_LEADS) == leads]
        if tables:
            total = as_words(release, release.totals.get(scope))
            counted = WORDS["aanvragen"] if leads else WORDS["gesprekken"].format(aantal=total)
            return Part(period(texts, scope, release.month), release.month.id, counted, tables)
    return None


def as_words(release: Release, value: int | None) -> str:
    """A figure within a sentence."""
    return few(release) if value is None else number(value)


def _shown(release: Release, table: Table, known: dict[str, Dimension]) -> Shown:
    """A table as it is drawn; of long lists of initiatives, those that have a figure."""
    heading, rows = grid(table, known)
    if table.dimensions[0] in (LEAD_INITIATIVE, LEAD_HELPED):
        rows = [(words, cells) for words, cells in rows if cells[0].value is not None]
    highest = max((cell.value or 0 for cell in table.cells), default=0) or 1
    drawn = [
        (words, [(shown(release, cell.value), 100 * (cell.value or 0) // highest) for cell in cells])
        for words, cells in rows
    ]
    return Shown(slug(table.id), title(table, known), heading, drawn, bool(table.columns))
