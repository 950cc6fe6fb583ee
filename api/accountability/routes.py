"""`/verantwoording` and `/privacy`: the documents as pages, and each as a file."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from api.accountability.documents import START, Library, Written, library
from api.accountability.facts import Installation
from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.page.templates import page
from knowledge.languages import DUTCH, shipped

router = APIRouter(include_in_schema=False)

_WORDS = shipped()[DUTCH]["stukken"]
TITLE = _WORDS["kop"]
_STYLE = Path(__file__).parent / "static/verantwoording.css"
_KEPT = {"Cache-Control": "no-cache"}


@router.get(START)
def start(parts: AppParts) -> HTMLResponse:
    """Which documents there are, and what is left to decide."""
    return page("stuk.html", title=TITLE, summary=_WORDS["beschrijving"], content=_library(parts).start, document=None)


@router.get(f"{START}/verantwoording.css")
def style() -> FileResponse:
    """The looks of long documents."""
    return FileResponse(_STYLE, headers=_KEPT)


@router.get(f"{START}/algoritmeregister.json")
def algorithm(parts: AppParts) -> JSONResponse:
    """The entry for the Algoritmeregister, in the fields of its standard."""
    return JSONResponse(dict(_library(parts).algorithm), headers=_KEPT)


@router.get(START + "/{name}.md")
def file(name: str, parts: AppParts) -> Response:
    """A document as Markdown."""
    headers = {**_KEPT, "Content-Disposition": f'attachment; filename="{_written(parts, name).document.id}.md"'}
    return Response(_written(parts, name).markdown, media_type="text/markdown", headers=headers)


@router.get("/privacy")
def privacy(parts: AppParts) -> HTMLResponse:
    """What is kept, and what somebody may ask."""
    return _page(_written(parts, "privacy"))


@router.get(START + "/{name}")
def document(name: str, parts: AppParts) -> Response:
    """A document; one that has an address of its own is there only."""
    found = _written(parts, name)
    own = found.document.address
    return _page(found) if own == f"{START}/{name}" else RedirectResponse(own, 308)


def _library(parts: Parts) -> Library:
    return library(parts.knowledge.now(), Installation.of(parts.settings))


def _written(parts: Parts, name: str) -> Written:
    found = _library(parts).documents.get(name)
    if found is None:
        raise NotFound("Dit stuk bestaat niet. Kijk op /verantwoording welke er zijn.")
    return found


def _page(written: Written) -> HTMLResponse:
    about = written.document
    values: dict[str, Any] = {"content": written.content, "document": about}
    return page("stuk.html", title=about.title, summary=f"{about.title}. {about.what}", **values)
