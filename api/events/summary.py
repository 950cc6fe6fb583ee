"""What came of an event: one page in the portal and one on paper, and the button that closes the event for it."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from analytics.counting import excluded
from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.events import prints
from api.events.service import Event
from api.events.summary_sheet import DEMONSTRATION, sheet
from api.portal.dependencies import Organiser, PortalForm, User
from api.portal.pages import portal_page

router = APIRouter(prefix="/portaal/evenementen/{code}", include_in_schema=False)

_SURE = "zeker"
_NOT_SURE = "Zet een vinkje om het evenement af te sluiten. Er is nog niets veranderd."


@router.get("/samenvatting")
def read(code: str, parts: AppParts, user: Organiser) -> HTMLResponse:
    """The figures of a closed event; before that how many there are, and how to close it."""
    return _page(parts, user, _registered(parts, code))


@router.post("/samenvatting")
def close(code: str, parts: AppParts, user: Organiser, form: PortalForm) -> Response:
    """Close the event and make its figures."""
    event = _registered(parts, code)
    if form.get(_SURE) != "ja":
        return _page(parts, user, event, {_SURE: _NOT_SURE})
    parts.summaries.close(event, date.today())
    return RedirectResponse(f"/portaal/evenementen/{event.code}/samenvatting", 303)


@router.get("/samenvatting.pdf")
def on_paper(code: str, parts: AppParts, _user: Organiser) -> Response:
    """The same on one page of A4."""
    event = _registered(parts, code)
    summary, site = parts.summaries.read(event, date.today()), parts.knowledge.sites.get(event.site)
    if summary is None:
        raise NotFound("De samenvatting is er nog niet. Sluit eerst het evenement af.")
    if site is None:
        raise NotFound("De site van dit evenement bestaat niet meer. Bekijk de samenvatting op het scherm.")
    content = prints.summary(
        parts.knowledge, event, site, sheet(parts.knowledge, summary, demonstration=_demonstration(parts, event))
    )
    name = f'inline; filename="samenvatting-{event.code.lower()}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def _page(parts: Parts, user: User, event: Event, errors: dict[str, str] | None = None) -> HTMLResponse:
    today, texts = date.today(), parts.knowledge.texts
    summary, demonstration = parts.summaries.read(event, today), _demonstration(parts, event)
    return portal_page(
        "samenvatting.html",
        user,
        status=400 if errors else 200,
        event=event,
        day=texts.day(event.day),
        place=parts.knowledge.municipalities.name(event.municipality),
        works=event.works(today),
        last_day=texts.day(event.last_day),
        so_far=None if summary else parts.summaries.so_far(event),
        threshold=parts.summaries.rules.threshold,
        sheet=sheet(parts.knowledge, summary, demonstration=demonstration) if summary else None,
        demonstration=DEMONSTRATION if demonstration else "",
        printable=event.site in parts.knowledge.sites,
        errors=errors or {},
    )


def _demonstration(parts: Parts, event: Event) -> bool:
    return event.site in excluded(parts.knowledge.sites)


def _registered(parts: Parts, code: str) -> Event:
    event = parts.events.find(code)
    if event is None:
        raise NotFound("Een evenement met deze code bestaat niet. Kies het in de lijst.")
    return event
