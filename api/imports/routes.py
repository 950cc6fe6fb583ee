"""Import in the portal: a file is sent, looked at and shown; its rows are taken when somebody says so."""

import time
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser

from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.events.service import Event
from api.imports import pages
from api.imports.blank_files import NAME, blank_csv, blank_workbook
from api.imports.report import Report, faults_csv
from api.imports.service import Undecided
from api.imports.table import Unreadable
from api.middleware import LARGEST_UPLOAD
from api.portal.dependencies import Organiser, PortalForm

router = APIRouter(prefix="/portaal/evenementen/{code}/inlezen", include_in_schema=False)

# What somebody sends may hold personal data, so it stays in memory: by default files from 1 MB go by way of a disk.
MultiPartParser.spool_max_size = LARGEST_UPLOAD

_MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_GONE = "Dit bestand is te lang geleden verstuurd, of het is er nooit geweest. Kies het opnieuw."


def registered(code: str, parts: AppParts) -> Event:
    """The event that intakes are imported for. Raises NotFound."""
    event = parts.events.find(code)
    if event is None:
        raise NotFound("Een evenement met deze code bestaat niet. Kies het in de lijst.")
    return event


AnEvent = Annotated[Event, Depends(registered)]


@router.get("")
def choose(user: Organiser, parts: AppParts, event: AnEvent) -> HTMLResponse:
    """The form to send a file with."""
    return pages.upload(user, event, refusal=parts.imports.refusal(event, date.today()))


@router.get("/sjabloon.{form}")
def template(form: Literal["xlsx", "csv"], _user: Organiser, parts: AppParts, event: AnEvent) -> Response:
    """The file to begin with."""
    columns = parts.imports.columns
    content = blank_csv(columns) if form == "csv" else blank_workbook(columns, parts.knowledge.intake)
    return _file(content, f"{NAME}-{event.code.lower()}.{form}", form)


@router.post("")
async def look(user: Organiser, parts: AppParts, event: AnEvent, form: PortalForm) -> Response:
    """Look at a file; nothing is recorded yet."""
    today, file = date.today(), form.get("bestand")
    if refusal := parts.imports.refusal(event, today):
        return pages.upload(user, event, refusal=refusal)
    if not isinstance(file, UploadFile) or not file.filename:
        return pages.upload(user, event, fault="Kies een bestand.")
    try:
        token = await run_in_threadpool(_look, parts, event, file.filename, await file.read(), today)
    except Unreadable as unreadable:
        return pages.upload(user, event, fault=str(unreadable))
    return _to(event, token)


def _look(parts: Parts, event: Event, name: str, data: bytes, today: date) -> str:
    report = parts.imports.look(event, name, data, today)
    return parts.imports.stage(event, report, int(time.time()))


@router.get("/{token}")
def show(token: str, user: Organiser, parts: AppParts, event: AnEvent) -> HTMLResponse:
    """What was found in a file, or what was taken of it."""
    report = _staged(parts, event, token)
    if report is None:
        return pages.upload(user, event, fault=_GONE, status=404)
    if report.taken is not None:
        return pages.taken(user, event, report, token)
    return pages.report(parts, user, event, report, pages.Decisions(token))


@router.post("/{token}")
def take(token: str, user: Organiser, parts: AppParts, event: AnEvent, form: PortalForm) -> Response:
    """Take the rows that are right; or show again what has to be chosen first."""
    if refusal := parts.imports.refusal(event, date.today()):
        return pages.upload(user, event, refusal=refusal)
    report = _staged(parts, event, token)
    if report is None:
        return pages.upload(user, event, fault=_GONE, status=404)
    if report.taken is not None:  # sent twice
        return _to(event, token)
    decisions = pages.decisions(parts.imports, report, token, form)
    if form.get("stap") != "inlezen":
        return pages.report(parts, user, event, report, decisions)
    try:
        taken = parts.imports.take(event, report, decisions.chosen, decisions.otherwise)
    except Undecided as undecided:
        return pages.report(parts, user, event, report, decisions, undecided=undecided.numbers)
    parts.imports.finish(token, report, taken)
    return _to(event, token)


@router.get("/{token}/verslag.csv")
def faults(token: str, _user: Organiser, parts: AppParts, event: AnEvent) -> Response:
    """All that is wrong in a file, to mend it with."""
    report = _staged(parts, event, token)
    if report is None:
        raise NotFound(_GONE)
    return _file(faults_csv(report), f"verslag-{event.code.lower()}.csv", "csv")


def _staged(parts: Parts, event: Event, token: str) -> Report | None:
    return parts.imports.staged(event, token, int(time.time()))


def _to(event: Event, token: str) -> RedirectResponse:
    return RedirectResponse(f"/portaal/evenementen/{event.code}/inlezen/{token}", 303)


def _file(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_MEDIA[form], headers=headers)
