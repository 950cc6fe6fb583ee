"""`/v1/openapi.json` and `/v1/docs`: the description for programs, and the same for people."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from api.dependencies import AppParts, Parts, public_address
from api.description import pages
from api.description.changelog import versions
from api.description.deprecations import DEPRECATIONS
from api.description.document import BASE, document
from api.description.texts import PUBLISHER
from api.page.templates import page

router = APIRouter(prefix=BASE, include_in_schema=False)

_STYLE = Path(__file__).parent / "static/docs.css"


@router.get("/openapi.json")
def description(request: Request, parts: AppParts) -> JSONResponse:
    """The description for programs."""
    return JSONResponse(_document(request, parts))


@router.get("/docs")
def documentation(request: Request, parts: AppParts) -> HTMLResponse:
    """The same for people, with what changed and what is on its way out."""
    made, texts = _document(request, parts), parts.knowledge.texts
    base = public_address(request, parts.settings) + BASE
    return page(
        "docs.html",
        info=made["info"],
        base=base,
        groups=pages.groups(made, base),
        shapes=pages.shapes(made),
        secrets={name: scheme["description"] for name, scheme in made["components"]["securitySchemes"].items()},
        deprecations=pages.deprecated(DEPRECATIONS, texts),
        versions=[(version.number, texts.day(version.day), version.changes) for version in versions()],
    )


@router.get("/docs/docs.css")
def style() -> FileResponse:
    """Its looks."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


def _document(request: Request, parts: Parts) -> dict[str, Any]:
    address = public_address(request, parts.settings)
    contact = {"name": PUBLISHER, "url": f"{address}{BASE}/docs", "email": parts.settings.api_contact}
    made = _made(request.app)
    return {**made, "info": {**made["info"], "contact": contact}}


@lru_cache(maxsize=1)
def _made(app: FastAPI) -> dict[str, Any]:
    """All that is the same for everybody: making it takes a while."""
    return document(app)
