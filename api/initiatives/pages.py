"""`/initiatieven`: every initiative on a page of its own, and a page to look for them that needs no JavaScript."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse

from api.dependencies import AppParts, public_address
from api.errors import BadInput, NotFound
from api.hsds.standard import identifier
from api.initiatives.finding import LONGEST_PLACE, LONGEST_WORDS, Asked, find
from api.initiatives.linked_data import linked_data
from api.initiatives.portrait import portrait
from api.initiatives.words import WORDS, area, stages
from api.page.templates import page

router = APIRouter(include_in_schema=False)

PATH = "/initiatieven"
_STYLE = Path(__file__).parent / "static/gids.css"


@router.get(PATH)
def overview(
    request: Request,
    parts: AppParts,
    *,
    woorden: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    plaats: Annotated[str, Query(max_length=LONGEST_PLACE)] = "",
    hulpvraag: str = "",
    fase: str = "",
) -> HTMLResponse:
    """Everything, or what meets all that is filled in."""
    knowledge, today = parts.knowledge.now(), date.today()
    questions = dict(knowledge.intake.question("hulpvraag").choices())
    levels = stages(knowledge)
    if hulpvraag not in ("", *questions) or fase not in ("", *levels):
        raise BadInput(WORDS["onbekendeKeuze"])
    asked = Asked(woorden.strip(), plaats.strip(), hulpvraag, fase)
    return page(
        "gids.html",
        address=public_address(request, parts.settings) + PATH,
        asked=asked,
        found=find(knowledge, asked, today),
        questions=questions,
        levels=levels,
        longest={"woorden": LONGEST_WORDS, "plaats": LONGEST_PLACE},
        areas={entry.id: ", ".join(area(knowledge, code) for code in entry.regio) for entry in knowledge.catalogue},
        outdated={entry.id for entry in knowledge.catalogue if entry.outdated(today)},
    )


@router.get(f"{PATH}/gids.css")
def style() -> FileResponse:
    """The looks of both pages, beside those of our other pages."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


@router.get(f"{PATH}/{{initiatief}}")
def one(request: Request, parts: AppParts, initiatief: str) -> HTMLResponse:
    """Everything that is known of an initiative, also of one that is over."""
    knowledge, today = parts.knowledge.now(), date.today()
    entry = knowledge.initiative(initiatief)
    if entry is None:
        raise NotFound(WORDS["onbekend"])
    shown = portrait(knowledge, entry, today)
    address = f"{public_address(request, parts.settings)}{PATH}/{entry.id}"
    described = linked_data(knowledge, entry, address, today)
    return page(
        "gids-initiatief.html",
        address=address,
        shown=shown,
        described=described,
        service=identifier("service", entry.id),
    )


def error_page(
    _request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that says what is wrong."""
    answer = page("gids-melding.html", status=status, title=title, text=detail)
    answer.headers.update(headers or {})
    return answer
