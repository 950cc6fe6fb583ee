"""`/portaal/cijfers/rapport`: the report of every month that was released."""

from datetime import date
from itertools import groupby

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from api.dashboard.pages import PAGES, START
from api.dashboard.words import month_name
from api.dependencies import AppParts
from api.errors import NotFound
from api.portal.dependencies import Reader
from api.portal.pages import portal_page
from api.reports.contents import MEDIA, Form
from api.reports.service import NoRelease
from api.reports.written import Written, written

router = APIRouter(prefix=f"{START}/rapport", include_in_schema=False)

_NAMES: dict[Form, tuple[str, str]] = {
    "pdf": ("PDF", "om te lezen en te printen"),
    "xlsx": ("Excel", "alle tabellen, om mee te rekenen"),
    "zip": ("CSV", "alle tabellen als losse bestanden, met uitleg"),
}
_NOT_KEPT = "Dit rapport is niet bewaard. Kies een rapport uit de lijst."
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
        written=_kept(parts),
        forms=_NAMES,
    )


@router.get("/bewaard/{name}")
def kept(name: str, parts: AppParts, _user: Reader) -> Response:
    """A report as it was written, whatever came since."""
    found = next((one for one in written(parts.settings.reports_folder) if one.path.name == name), None)
    if found is None:
        raise NotFound(_NOT_KEPT)
    return _file(found.path.read_bytes(), found.form, name)


@router.get("/{maand}.{form}")
def one(maand: str, form: Form, parts: AppParts, _user: Reader) -> Response:
    """The report of a month, made as it is asked for."""
    try:
        content = parts.reports.make(maand, form, date.today())
    except NoRelease as error:
        raise NotFound(_NO_REPORT) from error
    return _file(content, form, f"rapport-{maand}.{form}")


def _kept(parts: AppParts) -> list[tuple[str, str, list[Written]]]:
    """The day and month in words of every report that was written, with its files."""
    texts, found = parts.knowledge.texts, written(parts.settings.reports_folder)
    return [
        (texts.day(since), month_name(texts, month), list(files))
        for (since, month), files in groupby(found, key=lambda one: (one.since, one.month))
    ]


def _file(content: bytes, form: Form, name: str) -> Response:
    where = "inline" if form == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{where}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[form], headers=headers)
