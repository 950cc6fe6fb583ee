"""`/v1/intakes`: a whole scan at once. And `/scan`: the scan as a form, for browsers without JavaScript."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from analytics.recording import Source
from api.contact.offer import after_form
from api.dependencies import AppParts, NeededKey, Parts
from api.errors import BadInput, NotFound, documented
from api.intakes import form, page
from api.intakes.deliveries import Delivery
from api.intakes.form import Filled
from api.intakes.page import Visit
from api.intakes.schemas import IntakeId, NewIntake, TakenIntake
from api.intakes.service import IntakeAnswers, Taken, Unfit, record_id
from api.leads.errors import StaleTicket
from api.leads.tickets import open_ticket
from knowledge.sites import STANDARD

router = APIRouter(prefix="/v1/intakes", tags=["Intakes"])
form_router = APIRouter(include_in_schema=False)

SITE = STANDARD  # as the chat page, when the address names none
MOST_FIELDS = 60
_CHANGE = "wijzig"
_Key = Annotated[str, Depends(NeededKey("Stuur een eigen Idempotency-Key mee, zodat deze intake maar een keer telt."))]
_STYLE = Path(__file__).parent / "static" / "scan.css"


@router.post("", status_code=201, response_model=TakenIntake, responses=documented(BadInput))
async def take(body: NewIntake, request: Request, parts: AppParts, key: _Key, response: Response) -> dict[str, Any]:
    """Geef de antwoorden van een ondernemer op een evenement door. Dezelfde Idempotency-Key telt een keer."""
    await parts.limits.check_site(request, body.evenement)
    taken = await run_in_threadpool(parts.deliveries.take, key, _delivery(body), date.today(), int(time.time()))
    response.headers["Location"] = f"/v1/intakes/{taken.id}"
    return {"intakeId": taken.id, "uitslag": taken.uitslag}


@router.put("/{intakeId}", response_model=TakenIntake, responses=documented(BadInput, NotFound))
def replace(intakeId: IntakeId, body: NewIntake, parts: AppParts) -> dict[str, Any]:
    """Vervang de antwoorden van een intake die korter dan een dag geleden is doorgegeven."""
    taken = parts.deliveries.replace(intakeId, _delivery(body), date.today(), int(time.time()))
    return {"intakeId": taken.id, "uitslag": taken.uitslag}


def _delivery(body: NewIntake) -> Delivery:
    return Delivery(body.evenement, body.antwoorden, body.datum)


@form_router.get("/scan")
def empty(parts: AppParts, site: str = SITE, evenement: str | None = None, bewijs: str | None = None) -> HTMLResponse:
    """The empty form; for who comes back from asking for contact the result once more."""
    visit = _visit(parts, site, evenement)
    if isinstance(visit, HTMLResponse):
        return visit
    today = date.today()
    if bewijs is not None:
        try:
            return _result_again(parts, visit, bewijs, today)
        except StaleTicket:
            return page.notice_page(410, page.RESULT_GONE, visit.site, visit.address)
    return page.form_page(parts.knowledge, visit, form.blank(parts.knowledge, visit.site.gemeente, today), today)


@form_router.post("/scan")
async def send(request: Request, parts: AppParts, site: str = SITE, evenement: str | None = None) -> HTMLResponse:
    """The result, or the form once more with what is in the way."""
    visit = _visit(parts, site, evenement)
    if isinstance(visit, HTMLResponse):
        return visit
    await parts.limits.check_site(request, visit.site.id)
    try:
        sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
    except HTTPException:  # files, too many fields, or what is no form at all
        return page.notice_page(400, page.REFUSED, visit.site, visit.address)
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_answer, parts, visit, fields)


@form_router.get("/scan/scan.css")
def style() -> FileResponse:
    """Its looks."""
    return FileResponse(_STYLE, headers={**page.HEADERS, "Cache-Control": "no-cache"})


def _visit(parts: Parts, site: str, event: str | None) -> Visit | HTMLResponse:
    """Where the form is filled in, or the page that says why it cannot be."""
    found = parts.knowledge.sites.get(site)
    if found is None:
        return page.notice_page(404, page.UNKNOWN_SITE)
    if found.status != "actief":
        return page.notice_page(503, page.PAUSED, found)
    known = parts.events.working(event, date.today())
    return Visit(found, known.code if known else None, lapsed=event is not None and known is None)


def _answer(parts: Parts, visit: Visit, fields: Mapping[str, str]) -> HTMLResponse:
    knowledge, today = parts.knowledge, date.today()
    if _CHANGE in fields:
        return page.form_page(knowledge, visit, form.again(knowledge, parts.intakes, fields, today), today)
    filled = form.read(knowledge, parts.intakes, fields, today)
    if filled.troubles:
        return page.form_page(knowledge, visit, filled, today, status=400)
    channel = "evenement" if visit.event else "formulier"
    source = Source(record_id(filled.token), visit.site.id, channel, visit.event)
    try:
        taken = parts.intakes.take(filled.intake, source, today)
    except SQLAlchemyError:
        return page.form_page(knowledge, visit, filled, today, status=503, fault=page.NOT_RECORDED)
    return _result(parts, visit, filled, taken, today)


def _result_again(parts: Parts, visit: Visit, ticket: str, today: date) -> HTMLResponse:
    """The result of the answers in a ticket, which is recorded already. Raises StaleTicket."""
    answers = open_ticket(parts.vault, ticket, int(time.time())).answers
    try:
        taken = parts.intakes.assess(IntakeAnswers(answers or {}), today)
    except Unfit:  # a ticket of a conversation, or of before the questions changed
        raise StaleTicket from None
    return _result(parts, visit, Filled("", answers=taken.answers.codes), taken, today)


def _result(parts: Parts, visit: Visit, filled: Filled, taken: Taken, today: date) -> HTMLResponse:
    offer = after_form(parts, visit.site.id, visit.event, filled.answers, taken.uitslag)
    return page.result_page(parts.knowledge, visit, filled, taken, today, offer=offer)
