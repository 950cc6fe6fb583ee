"""`/` and the files of the chat page."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

router = APIRouter(include_in_schema=False)

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}


@router.get("/")
def page() -> FileResponse:
    """The chat page."""
    return FileResponse(_STATIC / "index.html", headers=_HEADERS)


@router.get("/pagina/chat.css")
def style() -> FileResponse:
    """Its looks."""
    return FileResponse(_STATIC / "chat.css", headers=_HEADERS)


@router.get("/pagina/chat.js")
def script() -> FileResponse:
    """Its behaviour."""
    return FileResponse(_STATIC / "chat.js", headers=_HEADERS)
