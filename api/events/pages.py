"""The pages of events in the portal: the list, a new one, and everything about one."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import AppParts, Parts, public_address
from api.errors import NotFound
from api.events import prints
from api.events.prints import Invitation, Target
from api.events.service import WORKS_DAYS, Event, EventPlan
from api.portal.dependencies import Organiser, PortalForm, User
from api.portal.pages import portal_page
from api.typesetting import Form

router = APIRouter(prefix="/portaal/evenementen", include_in_schema=False)

_FIELDS = ("naam", "datum", "gemeente", "organisator", "site", "laatsteDag")
_NO_DATE = "Vul een datum in, bijvoorbeeld 2026-12-03."
_MEDIA = {"pdf": "application/pdf", "svg": "image/svg+xml"}

Print = Literal["poster", "tafelkaart", "formulier"]


@router.get("")
def every(parts: AppParts, user: Organiser) -> HTMLResponse:
    """All events."""
    today = date.today()
    events = [(event, event.state(today), parts.knowledge.texts.day(event.day)) for event in parts.events.all()]
    return portal_page("evenementen.html", user, events=events)


@router.get("/nieuw")
def blank(parts: AppParts, user: Organiser) -> HTMLResponse:
    """The form for a new event."""
    return _form(parts, user, {}, {})


@router.post("")
def create(parts: AppParts, user: Organiser, form: PortalForm) -> HTMLResponse:
    """Register an event, and show its staff key this once; or the form again with what is wrong."""
    given = {name: str(form.get(name, "")).strip() for name in _FIELDS}
    plan, faults = _plan(parts, given)
    if faults:
        return _form(parts, user, given, faults)
    created = parts.events.create(plan, date.today())
    return _page(parts, user, created.event, staff_key=created.staff_key, message="Het evenement staat klaar.")


def _plan(parts: Parts, given: dict[str, str]) -> tuple[EventPlan, dict[str, str]]:
    """The plan that somebody filled in, and what is wrong with it."""
    day, last = _date(given["datum"]), _date(given["laatsteDag"])
    unread = {name: _NO_DATE for name in ("datum", "laatsteDag") if given[name] and _date(given[name]) is None}
    if day is None:
        unread["datum"] = _NO_DATE
    known = day or date.today()
    plan = EventPlan(given["naam"], known, given["gemeente"], given["organisator"], given["site"], last)
    faults = parts.events.faults(plan, date.today()) | unread
    # A page that is sent twice, by reloading it, makes no second event.
    twin = next((event for event in parts.events.all() if (event.name, event.day) == (plan.name, day)), None)
    if twin is not None:
        faults["naam"] = f"Op deze dag is er al een evenement met deze naam. De code is {twin.code}."
    return plan, faults


@router.get("/{code}")
def one(code: str, parts: AppParts, user: Organiser) -> HTMLResponse:
    """Everything about one event."""
    return _page(parts, user, _registered(parts, code))


@router.post("/{code}/sleutel")
def renew(code: str, parts: AppParts, user: Organiser, _form: PortalForm) -> HTMLResponse:
    """Give the event another staff key, and show it this once."""
    event = _registered(parts, code)
    message = "Er is een nieuwe sleutel. De oude werkt niet meer, en alle apparaten zijn afgemeld."
    return _page(parts, user, event, staff_key=parts.events.new_staff_key(event.code), message=message)


@router.get("/{code}/druk/{what}.{form}")
def printed(
    code: str,
    what: Print,
    form: Form,
    *,
    request: Request,
    parts: AppParts,
    _user: Organiser,
    doel: Annotated[Target, Query()] = "gesprek",
) -> Response:
    """A poster, a sheet of table cards or the paper form, to print."""
    event = _registered(parts, code)
    site = parts.knowledge.sites.get(event.site)
    if site is None or (what == "formulier" and form != "pdf"):
        raise NotFound
    if what == "formulier":
        content = prints.paper_form(parts.knowledge, event, site)
    else:
        invitation = Invitation(event, site, public_address(request, parts.settings), doel)
        make = prints.poster if what == "poster" else prints.table_cards
        content = make(parts.knowledge, invitation, form)
    name = f'inline; filename="{what}-{event.code.lower()}.{form}"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    if form == "svg":
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return Response(content, media_type=_MEDIA[form], headers=headers)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _form(parts: Parts, user: User, given: dict[str, str], faults: dict[str, str]) -> HTMLResponse:
    municipalities = parts.knowledge.municipalities.valid(date.today())
    return portal_page(
        "evenement-nieuw.html",
        user,
        status=400 if faults else 200,
        given={name: given.get(name, "") for name in _FIELDS},
        errors={name: faults[name] for name in _FIELDS if name in faults},
        municipalities=[(municipality.code, municipality.naam) for municipality in municipalities],
        sites=[(site.id, site.naam) for site in parts.knowledge.sites.values() if site.status == "actief"],
        works_days=WORKS_DAYS,
    )


def _page(
    parts: Parts, user: User, event: Event, *, staff_key: str | None = None, message: str | None = None
) -> HTMLResponse:
    today, texts = date.today(), parts.knowledge.texts
    return portal_page(
        "evenement.html",
        user,
        event=event,
        state=event.state(today),
        day=texts.day(event.day),
        last_day=texts.day(event.last_day),
        closed_on=texts.day(event.closed_on) if event.closed_on else None,
        place=parts.knowledge.municipalities.name(event.municipality),
        site=parts.knowledge.sites.get(event.site),
        staff_key=staff_key,
        message=message,
    )


def _registered(parts: Parts, code: str) -> Event:
    event = parts.events.find(code)
    if event is None:
        raise NotFound("Een evenement met deze code bestaat niet. Kies het in de lijst.")
    return event
