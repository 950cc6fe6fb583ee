"""`/portaal/vragenlijsten`: who handed in, what was answered, and all of it as files."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from api.dependencies import AppParts
from api.errors import NotFound
from api.portal.dependencies import Coordinator, Reader
from api.portal.pages import portal_page
from api.questionnaires import export, pages
from api.questionnaires.periods import FIRST_YEAR, last_day
from api.questionnaires.routes import MEDIA

router = APIRouter(prefix="/portaal/vragenlijsten", include_in_schema=False)


def a_year(jaar: int) -> int:
    """A year of which there are questions. Raises NotFound."""
    if not FIRST_YEAR <= jaar <= date.today().year:
        raise NotFound("Over dit jaar is er geen vragenlijst.")
    return jaar


Year = Annotated[int, Depends(a_year)]


@router.get("")
def overview(parts: AppParts, user: Reader, jaar: Annotated[int | None, Query()] = None) -> HTMLResponse:
    """Every initiative, and how far it is with the questions of a year: the last of which somebody was asked."""
    today, texts = date.today(), parts.knowledge.texts
    year = a_year(jaar) if jaar is not None else max(FIRST_YEAR, today.year)
    rows = [
        {
            "id": initiative.id,
            "name": initiative.naam,
            "state": export.state(sheet),
            "handed_in": texts.day(sheet.handed_in_on) if sheet.handed_in_on else None,
            "asked": texts.day(sheet.asked_on) if sheet.asked_on else None,
            "listed": sheet.listed,
            "readable": sheet.begun or sheet.listed > 0,
        }
        for initiative, sheet in parts.questionnaires.overview(year)
    ]
    return portal_page(
        "vragenlijsten.html",
        user,
        year=year,
        years=range(FIRST_YEAR, today.year + 1),
        rows=rows,
        handed_in=sum(row["handed_in"] is not None for row in rows),
        last_day=texts.day(last_day(year)),
        confidential=export.CONFIDENTIAL,
        files=(export.ANSWERS, export.FIRMS, export.DICTIONARY),
    )


@router.get("/{jaar}/vragenlijsten.xlsx")
def workbook(parts: AppParts, _user: Coordinator, year: Year) -> Response:
    """All of a year as a workbook."""
    today = date.today()
    content = export.as_workbook(_tables(parts, year), year, today, parts.knowledge.texts.day(today))
    return _file(content, f"vragenlijsten-{year}.xlsx", "xlsx")


@router.get("/{jaar}/{tabel}.csv")
def table(
    tabel: Literal["antwoorden", "deelnemers", "kolommen"], parts: AppParts, _user: Coordinator, year: Year
) -> Response:
    """One table of a year as CSV."""
    (found,) = (one for one in _tables(parts, year) if one.name == tabel)
    return _file(export.as_csv(found), f"{tabel}-{year}.csv", "csv")


@router.get("/{jaar}/{initiatief}")
def read(initiatief: str, parts: AppParts, user: Reader, year: Year) -> HTMLResponse:
    """What an initiative answered."""
    standing = parts.owner_data.one(initiatief)
    if standing is None:
        raise NotFound("Dit initiatief bestaat niet. Kies het in de lijst.")
    sheet = parts.questionnaires.sheet(standing.entry, year)
    firms = parts.questionnaires.firms(year, initiatief)
    return pages.reading(parts, user, standing, sheet, firms, part="vragenlijsten")


def _tables(parts: AppParts, year: int) -> tuple[export.Table, ...]:
    service = parts.questionnaires
    return export.tables(parts.knowledge, service.overview(year), service.firms(year), date.today())


def _file(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[form], headers=headers)
