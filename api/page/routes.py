"""`/` and `/chat`: the widget on pages of our own."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from api.conversations.schemas import event_code
from api.dependencies import AppParts, InterfaceLanguage, Parts
from api.errors import NotFound
from api.page.templates import page
from api.widget.releases import newest
from knowledge.sites import STANDARD

router = APIRouter(include_in_schema=False)

SITE = STANDARD  # when the address names none
_STYLE = Path(__file__).parent / "static/pagina.css"


@router.get("/")
def chat(parts: AppParts, taal: InterfaceLanguage, site: str = SITE, evenement: str | None = None) -> HTMLResponse:
    """The chat page."""
    return page("chat.html", language=taal, languages=parts.knowledge.languages, **_values(parts, site, evenement))


@router.get("/chat")
def kiosk(parts: AppParts, taal: InterfaceLanguage, site: str = SITE, evenement: str | None = None) -> HTMLResponse:
    """The conversation as the whole page: for a kiosk, and for a frame on the site's own pages."""
    values = _values(parts, site, evenement)
    return page("kiosk.html", framed_by=" ".join(("'self'", *values["site"].herkomsten)), language=taal, **values)


def _values(parts: Parts, identifier: str, event: str | None) -> dict[str, Any]:
    """What a page with the widget is made of. Raises NotFound."""
    site = parts.knowledge.sites.get(identifier)
    if site is None:
        raise NotFound("Deze site bestaat niet.")
    return {"site": site, "release": newest(), "event": event_code(event)}


@router.get("/pagina/pagina.css")
def style() -> FileResponse:
    """The looks of our own pages."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})
