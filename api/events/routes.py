"""`/v1/evenementen`, and the short addresses on posters and cards."""

import time
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.bearer import DeviceToken
from api.dependencies import AppParts, Parts
from api.errors import BadInput, NotFound, TooManyTries, Unauthorized, documented
from api.events.schemas import EventDescription, GivenCode, StaffLogin, StaffToken, Tally
from api.events.service import Event
from api.page.templates import page
from api.portal.attempts import network
from knowledge.languages import DUTCH, shipped

router = APIRouter(prefix="/v1/evenementen", tags=["Evenementen"])
addresses = APIRouter(include_in_schema=False)

# A key has 55 bits, so these only keep a machine from trying. A hall shares one address: staff must not be locked out.
TRIES_PER_ADDRESS, TRIES_PER_EVENT = 30, 300
TRIES_SECONDS = 15 * 60
_WORDS = shipped()[DUTCH]["evenement"]


@router.get("/{code}", response_model=EventDescription, responses=documented(NotFound))
def read(code: GivenCode, parts: AppParts) -> dict[str, Any]:
    """Lees wat een apparaat op een evenement moet weten."""
    event = _registered(parts, code)
    return {
        "code": event.code,
        "naam": event.name,
        "datum": event.day,
        "gemeente": event.municipality,
        "organisator": event.organiser,
        "site": event.site,
        "laatsteDag": event.last_day,
        "open": event.works(date.today()),
    }


@router.post(
    "/{code}/aanmelding",
    status_code=201,
    response_model=StaffToken,
    responses=documented(BadInput, NotFound, TooManyTries),
)
def log_in(code: GivenCode, body: StaffLogin, request: Request, parts: AppParts) -> dict[str, Any]:
    """Meld een apparaat van een medewerker aan. De token gaat mee in de header Authorization."""
    event, now = _registered(parts, code), int(time.time())
    if not event.works(date.today()):
        raise BadInput("Dit evenement is voorbij. Aanmelden kan niet meer.")
    address = network(request.client.host if request.client else None)
    for kind, subject, limit in (("adres", address, TRIES_PER_ADDRESS), ("evenement", event.code, TRIES_PER_EVENT)):
        if not parts.attempts.allow(f"medewerker-{kind}", subject, limit, TRIES_SECONDS, now):
            raise TooManyTries(TRIES_SECONDS)
    given = parts.events.log_in(event.code, body.sleutel, now)
    if given is None:
        raise BadInput("Deze sleutel klopt niet. Kijk hem na op het blad van het evenement.")
    token, expires_at = given
    return {"token": token, "geldigTot": datetime.fromtimestamp(expires_at, UTC)}


@router.delete("/{code}/aanmelding", status_code=204, responses=documented(Unauthorized))
def log_out(code: GivenCode, parts: AppParts, token: DeviceToken) -> Response:  # the token says which event
    """Meld dit apparaat af. Een token die niet meer werkt, geeft ook 204: dat apparaat is al afgemeld.

    Alleen zonder token krijg je 401.
    """
    parts.events.log_out(token)
    return Response(status_code=204)


@router.get("/{code}/stand", response_model=Tally, responses=documented(Unauthorized, NotFound))
def tally(code: GivenCode, parts: AppParts, token: DeviceToken) -> dict[str, int | None]:
    """Lees hoeveel intakes er zijn. Alleen voor een apparaat van een medewerker."""
    event = _registered(parts, code)
    if not parts.events.is_staff(token, event.code, int(time.time())):
        raise Unauthorized
    return {"intakes": parts.summaries.so_far(event)}


@addresses.get("/e/{code}")
def chat(code: str, parts: AppParts) -> Response:
    """The short address of a poster: the conversation, at the event's site."""
    return _onwards(parts, code, "/")


@addresses.get("/f/{code}")
def form(code: str, parts: AppParts) -> Response:
    """The short address of a poster that leads to the form."""
    return _onwards(parts, code, "/scan")


def _onwards(parts: Parts, code: str, path: str) -> Response:
    event = parts.events.find(code)
    if event is None:
        return unknown_code()
    if not event.works(date.today()):
        return ended_code(event, parts)
    asked = urlencode({"site": event.site, "evenement": event.code})
    # Not for good: the same address says that the event is over afterwards.
    return RedirectResponse(f"{path}?{asked}", 303, headers={"Cache-Control": "no-store"})


def unknown_code() -> HTMLResponse:
    """The page for a code that was never given out."""
    return page("notice.html", status=404, title=_WORDS["onbekendKop"], text=_WORDS["onbekend"], address="/")


def ended_code(event: Event, parts: Parts) -> HTMLResponse:
    """The page for a code that worked once."""
    last = parts.knowledge.texts.day(min(event.last_day, event.closed_on or event.last_day))
    text = _WORDS["voorbij"].format(code=event.code, naam=event.name, dag=last)
    address = f"/?{urlencode({'site': event.site})}"
    return page("notice.html", status=410, title=_WORDS["voorbijKop"], text=text, address=address)


def _registered(parts: Parts, code: str) -> Event:
    """The event with this code. Raises NotFound."""
    event = parts.events.find(code)
    if event is None:
        raise NotFound("Een evenement met deze code bestaat niet. Kijk de code na op de poster.")
    return event
