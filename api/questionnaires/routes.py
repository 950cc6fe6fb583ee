"""`/portaal/initiatieven/{initiatief}/vragenlijst/{jaar}`: the yearly questions, for owners."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.dependencies import AppParts, Parts
from api.errors import ApiError, NotFound
from api.imports.table import Unreadable
from api.owners.forms import version_of
from api.owners.routes import Own
from api.owners.service import ChangedMeanwhile, Standing
from api.portal.dependencies import Owner, PortalForm, User, text_of
from api.questionnaires import pages, questions
from api.questionnaires.codes import FIELDS, Codes, Firm
from api.questionnaires.files import NAME, Found, blank_csv, blank_workbook, read_firms
from api.questionnaires.periods import FIRST_YEAR, is_open, last_day
from api.questionnaires.questions import AnswerFaults
from api.questionnaires.service import MOST_LISTED, Listed, Sheet, TooManyListed

router = APIRouter(prefix="/portaal/initiatieven/{initiatief}/vragenlijst/{jaar}", include_in_schema=False)

MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_DONE = {
    "bewaard": "Bewaard. Je kunt later verdergaan.",
    "ingeleverd": "Dank je wel. Je antwoorden zijn ingeleverd.",
    "toegevoegd": "De deelnemers staan erbij.",
    "weg": "De deelnemers zijn van de lijst gehaald.",
    "gewijzigd": "De deelnemer is gewijzigd.",
}
_NONE_CHOSEN = "Vul minstens één rij in."
_TOO_MANY = f"De lijst mag hoogstens {MOST_LISTED:_} deelnemers hebben.".replace("_", ".")
_CHANGED = "Iemand anders heeft deze deelnemer net gewijzigd of weggehaald. Er is niets gedaan."


class Closed(ApiError):
    """The time to answer is over."""

    status = 409
    title = "Deze vragenlijst is gesloten"


def sheet_of(jaar: int, standing: Own, parts: AppParts) -> Sheet:
    """The questions of a year. Raises NotFound for a year of which there are none."""
    if not FIRST_YEAR <= jaar <= date.today().year:
        raise NotFound("Over dit jaar is er geen vragenlijst.")
    return parts.questionnaires.sheet(standing.entry, jaar)


def open_sheet(sheet: Annotated[Sheet, Depends(sheet_of)], parts: AppParts) -> Sheet:
    """Questions that can still be answered. Raises Closed."""
    if not is_open(sheet.year, date.today()):
        until = parts.knowledge.texts.day(last_day(sheet.year))
        raise Closed(f"Wijzigen kon tot en met {until}. Er is niets gedaan. Moet er iets anders? Bel de coördinator.")
    return sheet


AnySheet = Annotated[Sheet, Depends(sheet_of)]
OpenSheet = Annotated[Sheet, Depends(open_sheet)]


@router.get("")
def ask(parts: AppParts, user: Owner, standing: Own, sheet: AnySheet, gedaan: str = "") -> HTMLResponse:
    """The questions, filled in with what is known; or what was answered, when the time for it is over."""
    if not is_open(sheet.year, date.today()):
        firms = parts.questionnaires.firms(sheet.year, sheet.initiative)
        return pages.reading(parts, user, standing, sheet, firms, part="initiatieven")
    return pages.answers(parts, user, standing, sheet, done=_DONE.get(gedaan, ""))


@router.post("")
def answer(parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet, form: PortalForm) -> Response:
    """Keep or hand in answers. When somebody else saved in the meantime, both are shown and nothing is lost."""
    handing_in = text_of(form, "stap") == "inleveren"
    try:
        answers = _read(parts, form)
        if handing_in:
            parts.questionnaires.hand_in(sheet, version_of(form), answers, user.id, date.today())
        else:
            parts.questionnaires.save(sheet, version_of(form), answers)
    except AnswerFaults as faults:
        return pages.answers(parts, user, standing, sheet, form=form, errors=faults.faults)
    except ChangedMeanwhile:
        now = parts.questionnaires.sheet(standing.entry, sheet.year)
        return pages.answers(parts, user, standing, now, form=form, meanwhile=True)
    return _to(sheet, "", "ingeleverd" if handing_in else "bewaard")


def _read(parts: Parts, form: FormData) -> questions.Answers:
    listed = {key: [code for code, _ in found] for key, found in pages.choices(parts.knowledge, date.today()).items()}
    typed = {
        question.key: [value for value in form.getlist(question.key) if isinstance(value, str)]
        for question in (questions.QUESTIONS)
    }
    return questions.read(typed, listed)


@router.get("/deelnemers")
def firms(parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet, gedaan: str = "") -> HTMLResponse:
    """The firms that took part."""
    return pages.firms(parts, user, standing, sheet, done=_DONE.get(gedaan, ""))


@router.post("/deelnemers")
def add(parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet, form: PortalForm) -> Response:
    """Add the rows that are filled in; rows that are left empty count for nothing."""
    typed = list(zip(*([str(value) for value in form.getlist(field)] for field in FIELDS), strict=False))
    codes = Codes(parts.knowledge, date.today())
    errors = {}
    try:
        chosen = [Firm(*map(codes.chosen, FIELDS, row)) for row in typed if any(row)]
        if chosen:
            parts.questionnaires.add(sheet.initiative, sheet.year, chosen)
            return _to(sheet, "/deelnemers", "toegevoegd")
        errors["nieuw"] = _NONE_CHOSEN
    except ValueError as error:
        errors["nieuw"] = str(error)
    except TooManyListed:
        errors["nieuw"] = _TOO_MANY
    return pages.firms(parts, user, standing, sheet, errors=errors, typed=typed[: pages.NEW_ROWS])


@router.post("/deelnemers/weg")
def remove(parts: AppParts, sheet: OpenSheet, form: PortalForm) -> Response:
    """Take the firms that are ticked off the list."""
    ticked = [value for value in form.getlist("deelnemer") if isinstance(value, str)]
    parts.questionnaires.remove(sheet.initiative, sheet.year, ticked)
    return _to(sheet, "/deelnemers", "weg")


@router.get("/deelnemers/sjabloon.{soort}")
def template(soort: Literal["xlsx", "csv"], parts: AppParts, _sheet: OpenSheet) -> Response:
    """The file to begin with."""
    content = blank_csv() if soort == "csv" else blank_workbook(Codes(parts.knowledge, date.today()))
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.{soort}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[soort], headers=headers)


@router.post("/deelnemers/bestand")
async def upload(parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet, form: PortalForm) -> Response:
    """Add the firms in a file: all of them, or none and what is wrong."""
    file = form.get("bestand")
    if not isinstance(file, UploadFile) or not file.filename:
        return _firms_again(parts, user, standing, sheet, "Kies een bestand.")
    try:
        found = await run_in_threadpool(read_firms, await file.read(), parts.knowledge, date.today())
        if not found.faults:
            await run_in_threadpool(parts.questionnaires.add, sheet.initiative, sheet.year, found.firms)
            return _to(sheet, "/deelnemers", "toegevoegd")
    except Unreadable as unreadable:
        return _firms_again(parts, user, standing, sheet, str(unreadable))
    except TooManyListed:
        return _firms_again(parts, user, standing, sheet, _TOO_MANY)
    return await run_in_threadpool(_with_faults, parts, user, standing, sheet, found)


def _with_faults(parts: Parts, user: User, standing: Standing, sheet: Sheet, found: Found) -> HTMLResponse:
    rows = len({fault.row for fault in found.faults})
    what = (
        f"In {rows} {'rij' if rows == 1 else 'rijen'} klopt iets niet. Er is niets toegevoegd. "
        "Maak het goed in je bestand, en kies het dan opnieuw."
    )
    return pages.firms(parts, user, standing, sheet, errors={"bestand": what}, faults=found.faults)


def _firms_again(parts: Parts, user: User, standing: Standing, sheet: Sheet, fault: str) -> HTMLResponse:
    return pages.firms(parts, user, standing, sheet, errors={"bestand": fault})


@router.get("/deelnemers/{deelnemer}")
def one_firm(deelnemer: str, parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet) -> HTMLResponse:
    """What is known of one firm."""
    return pages.one_firm(parts, user, standing, sheet, _listed(parts, sheet, deelnemer))


@router.post("/deelnemers/{deelnemer}")
def change_firm(
    deelnemer: str, *, parts: AppParts, user: Owner, standing: Own, sheet: OpenSheet, form: PortalForm
) -> Response:
    """Change what is known of one firm, unless somebody else did so first."""
    listed, codes = _listed(parts, sheet, deelnemer), Codes(parts.knowledge, date.today())
    before = Firm(*(text_of(form, f"was-{field}") for field in FIELDS))
    try:
        after = Firm(*(_kept_or_chosen(codes, form, field) for field in FIELDS))
        parts.questionnaires.change(sheet.initiative, deelnemer, before, after)
    except ValueError as error:
        return pages.one_firm(parts, user, standing, sheet, listed, errors={"sector": str(error)})
    except ChangedMeanwhile:
        errors = {"sector": _CHANGED}
        return pages.one_firm(parts, user, standing, sheet, listed, typed=after, errors=errors)
    return _to(sheet, "/deelnemers", "gewijzigd")


def _kept_or_chosen(codes: Codes, form: FormData, field: str) -> str:
    """What was chosen; a code that the list no longer has may stay. Raises ValueError."""
    code = text_of(form, field)
    return code if code and code == text_of(form, f"was-{field}") else codes.chosen(field, code)


def _listed(parts: Parts, sheet: Sheet, identifier: str) -> Listed:
    for listed in parts.questionnaires.firms(sheet.year, sheet.initiative):
        if listed.id == identifier:
            return listed
    raise NotFound("Deze deelnemer staat niet (meer) op de lijst.")


def _to(sheet: Sheet, path: str, done: str) -> RedirectResponse:
    there = f"/portaal/initiatieven/{sheet.initiative}/vragenlijst/{sheet.year}{path}"
    return RedirectResponse(f"{there}?gedaan={done}", 303)
