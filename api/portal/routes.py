"""`/portaal`: logging in by mail, logging out, and who may."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse

from api.portal.dependencies import Staff

router = APIRouter(include_in_schema=False)

_STYLE = Path(__file__).parent / "static/portaal.css"


@router.get("/portaal")
def start(_user: Staff) -> RedirectResponse:
    """The first page."""
    return RedirectResponse("/portaal/evenementen", 303)


@router.get("/portaal/portaal.css")
def style() -> FileResponse:
    """The looks of all pages of the portal."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})
