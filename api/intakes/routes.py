"""`/scan`: the scan as a form, for browsers without JavaScript and for whoever likes a form better."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from analytics.recording import Source
from api.conversations.schemas import event_code
from api.dependencies import AppParts, Parts
from api.intakes import form, page
from api.intakes.page import Visit
from api.intakes.service import record_id

router = APIRouter(include_in_schema=False)

SITE = "demo"  # as the chat page, when the address names none
MOST_FIELDS = 60
_CHANGE = "wijzig"
_STYLE = Path(__file__).parent / "static" / "scan.css"


@router.get("/scan")
def empty(parts: AppParts, site: str = SITE, evenement: str | None = None) -> HTMLResponse:
    """The empty form."""
    visit = _visit(parts, site, evenement)
    if isinstance(visit, HTMLResponse):
        return visit
    today = date.today()
    return page.form_page(parts.knowledge, visit, form.blank(parts.knowledge, visit.site.gemeente, today), today)


@router.post("/scan")
async def send(request: Request, parts: AppParts, site: str = SITE, evenement: str | None = None) -> HTMLResponse:
    """The result, or the form once more with what is in the way."""
    visit = _visit(parts, site, evenement)
    if isinstance(visit, HTMLResponse):
        return visit
    try:
        sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
    except HTTPException:  # files, too many fields, or what is no form at all
        return page.notice_page(400, page.REFUSED, visit.site, visit.address)
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_answer, parts, visit, fields)


@router.get("/scan/scan.css")
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
    return Visit(found, event_code(event))


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
    return page.result_page(knowledge, visit, filled, taken, today)
