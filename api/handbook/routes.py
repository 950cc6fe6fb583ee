"""`/handboek`: how it is used, for each of those who use it."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from api.errors import NotFound
from api.handbook.reading import INDEX, START, picture, read
from api.page.templates import page

router = APIRouter(include_in_schema=False)

_KEPT = {"Cache-Control": "no-cache"}


@router.get(START)
def start() -> HTMLResponse:
    """Which handbooks there are."""
    return _page(INDEX)


@router.get(START + "/beelden/{name}.png")
def image(name: str) -> FileResponse:
    """A picture of a handbook."""
    path = picture(name)
    if path is None:
        raise NotFound("Dit beeld bestaat niet.")
    return FileResponse(path, headers=_KEPT)


@router.get(START + "/{name}")
def handbook(name: str) -> HTMLResponse:
    """One handbook."""
    return _page(name)


def _page(name: str) -> HTMLResponse:
    found = read(name)
    if found is None:
        raise NotFound("Dit handboek bestaat niet. Kijk op /handboek welke er zijn.")
    return page("handboek.html", handbook=found, start=None if name == INDEX else START)
