"""`/portaal/cijfers/rapport`: the report of every month that was released."""

from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from api.dashboard.pages import PAGES, START
from api.dashboard.words import month_name
from api.dependencies import AppParts
from api.errors import NotFound
from api.portal.dependencies import Reader
from api.portal.pages import portal_page
from api.reports.service import MEDIA, Form, NoRelease

router = APIRouter(prefix=f"{START}/rapport", include_in_schema=False)

_NAMES: dict[Form, tuple[str, str]] = {
    "pdf": ("PDF", "om te lezen en te printen"),
    "xlsx": ("Excel", "alle tabellen, om mee te rekenen"),
    "zip": ("CSV", "alle tabellen als losse bestanden, met uitleg"),
}
_NO_REPORT = "Van deze maand is er geen rapport. Kies een maand uit de lijst."


@router.get("")
def every(parts: AppParts, user: Reader) -> HTMLResponse:
    """The months, the newest first, each in three forms."""
    releases = parts.reports.releases()
    months = [(release.month.id, month_name(parts.knowledge.texts, release.month)) for release in releases]
    return portal_page(
        "cijfers-rapport.html",
        user,
        path=f"{START}/rapport",
        pages=PAGES,
        choice=None,
        synthetic=any(release.synthetic for release in releases),
        newest=months[0] if months else None,
        older=months[1:],
        forms=_NAMES,
    )


@router.get("/{maand}.{form}")
def one(maand: str, form: Form, parts: AppParts, _user: Reader) -> Response:
    """The report of a month, made as it is asked for."""
    try:
        content = parts.reports.make(maand, form, date.today())
    except NoRelease as error:
        raise NotFound(_NO_REPORT) from error
    where = "inline" if form == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{where}; filename="rapport-{maand}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[form], headers=headers)
