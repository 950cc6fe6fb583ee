"""`/portaal/cijfers`: the figures of the region, for the working group."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse, HTMLResponse
from markupsafe import Markup

from analytics.disclosure import FOR_EVERYBODY, FOR_STAFF
from analytics.event_summary import published_totals
from analytics.figures import Release
from analytics.menu import STAFF
from analytics.metrics import metrics
from analytics.synthetic import holds_synthetic
from api.dashboard import goal, offer, outcomes, reach, words
from api.dashboard.choice import OVER, Choice, Over, chosen
from api.dashboard.live import reached
from api.dashboard.panels import Panel, without_repetition
from api.dependencies import AppParts, Parts
from api.figures.words import footnotes
from api.portal.dependencies import Reader, User
from api.portal.pages import portal_page, portal_part
from knowledge.base import Knowledge

START = "/portaal/cijfers"
PAGES = (
    (START, "Doel en tempo"),
    (f"{START}/bereik", "Wie we bereiken"),
    (f"{START}/gaten", "Gaten in het aanbod"),
    (f"{START}/uitkomsten", "Uitkomsten"),
    (f"{START}/rapport", "Rapport"),
    (f"{START}/uitleg", "Uitleg"),
)
_STYLE = Path(__file__).parent / "static/dashboard.css"
_KEPT = 64  # drawn parts of each page: what is frozen is drawn once for every month and time that people look at

router = APIRouter(prefix=START, include_in_schema=False)


@dataclass(frozen=True)
class Asked:
    """Who asks for which figures, of all releases."""

    parts: Parts
    user: User
    releases: tuple[Release, ...]
    choice: Choice | None


def asked(
    parts: AppParts,
    user: Reader,
    maand: Annotated[str, Query(pattern=r"^(\d{4}-\d{2})?$")] = "",
    over: Over = "jaar",
) -> Asked:
    """The release that a page is about; the newest unless one is named. Raises NotFound when there is no such one."""
    releases = parts.figures.all(STAFF)
    return Asked(parts, user, releases, chosen(releases, parts.knowledge.texts, maand, over))


Asking = Annotated[Asked, Depends(asked)]


@router.get("")
def pace(parts: AppParts, user: Reader) -> HTMLResponse:
    """How far we are with the goal of this year."""
    today, texts = date.today(), parts.knowledge.texts
    releases = parts.figures.all(STAFF)
    choice = chosen(releases, texts, "", "jaar")
    found = reached(parts.engine, parts.knowledge.sites, releases, goal.this_year(today))
    next_month, day = goal.next_release(releases, today)
    return _page(
        "cijfers-doel.html",
        Asked(parts, user, releases, choice),
        START,
        headline=goal.headline(found, today),
        bars=goal.bars(found, today, choice, parts.knowledge),
        stand_note=goal.STAND_NOTE,
        months=goal.months(texts, releases) if releases else None,
        next_month=words.month_name(texts, next_month),
        next_day=texts.day(day),
        target=goal.target(choice, parts.knowledge) if choice else None,
        synthetic=bool(choice and choice.synthetic) or holds_synthetic(parts.engine),
    )


@router.get("/bereik")
def who(asking: Asking) -> HTMLResponse:
    """Who we reach and who is missing."""
    choice, parts, knowledge = asking.choice, asking.parts, asking.parts.knowledge
    drawn = ""
    if choice:
        events = reach.events(parts.events.all(), published_totals(parts.engine), knowledge)
        drawn = _reach(knowledge.now(), choice, events)
    return _page("cijfers-bereik.html", asking, f"{START}/bereik", drawn=drawn)


@lru_cache(maxsize=_KEPT)
def _reach(knowledge: Knowledge, choice: Choice, events: Panel | None) -> Markup:
    place, tiles = reach.places(choice, knowledge)
    panels = (*reach.missing(choice, knowledge), place, *reach.panels(choice), reach.apart(choice, knowledge))
    return portal_part(
        "bereik.html",
        panels=without_repetition((*panels, events) if events else panels),
        place=place,
        tiles=tiles,
        crossed=[panel for panel in reach.crossed(choice) if not panel.empty],
    )


@router.get("/gaten")
def gaps(asking: Asking) -> HTMLResponse:
    """Where the offer falls short."""
    drawn = _gaps(asking.parts.knowledge.now(), asking.choice, date.today())
    return _page("cijfers-gaten.html", asking, f"{START}/gaten", drawn=drawn)


@lru_cache(maxsize=_KEPT)
def _gaps(knowledge: Knowledge, choice: Choice | None, today: date) -> Markup:
    nothing = without_repetition(offer.found_nothing(choice)) if choice else ()
    return portal_part("gaten.html", offer=offer.offer(knowledge, today), nothing=nothing)


@router.get("/uitkomsten")
def results(asking: Asking) -> HTMLResponse:
    """What came of it."""
    choice = asking.choice
    drawn = _outcomes(asking.parts.knowledge.now(), choice, date.today()) if choice else ""
    return _page("cijfers-uitkomsten.html", asking, f"{START}/uitkomsten", drawn=drawn)


@lru_cache(maxsize=_KEPT)
def _outcomes(knowledge: Knowledge, choice: Choice, today: date) -> Markup:
    return portal_part("uitkomsten.html", panels=without_repetition(outcomes.panels(choice, knowledge, today)))


@router.get("/uitleg")
def explained(parts: AppParts, user: Reader) -> HTMLResponse:
    """What every figure means, and how they are kept safe."""
    return _page(
        "cijfers-uitleg.html",
        Asked(parts, user, (), None),
        f"{START}/uitleg",
        metrics=metrics().values(),
        threshold=FOR_STAFF.threshold,
        public_threshold=FOR_EVERYBODY.threshold,
    )


@router.get("/dashboard.css")
def style() -> FileResponse:
    """The looks of charts and maps."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


def _page(template: str, asking: Asked, path: str, **values: Any) -> HTMLResponse:
    """A page of figures, with the choice of a release and how to read it."""
    texts, choice = asking.parts.knowledge.texts, asking.choice
    months = [(one.month, words.month_name(texts, one.month)) for one in reversed(asking.releases)]
    common = {
        "path": path,
        "pages": PAGES,
        "choice": choice,
        "months": months,
        "over": OVER,
        "synthetic": bool(choice and choice.synthetic),
        "footnotes": footnotes(choice.release) if choice else (),
        "made_on": texts.day(choice.release.made_on) if choice else "",
    }
    return portal_page(template, asking.user, **common | values)
