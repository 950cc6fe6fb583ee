"""What search engines may read, and where it is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from analytics.menu import PUBLIC
from api.accountability import documents as accountability
from api.dependencies import AppParts, Parts, public_address
from api.description.changelog import versions
from api.handbook import reading as handbook
from knowledge.base import FOLDER
from knowledge.catalogue_folder import CHANGES_FILE

router = APIRouter(include_in_schema=False)

Listed = tuple[str, date | None]  # an address, and the day on which what is there last changed, when that is known

# Somebody's own: a result, a question for contact, an intake; and what is for staff.
_PRIVATE = ("/portaal", "/contact", "/scan", "/intake", "/uitslag", "/e/", "/f/")


@router.get("/sitemap.xml")
def sitemap(request: Request, parts: AppParts) -> Response:
    """The address of every public page."""
    here = public_address(request, parts.settings)
    listed = "".join(
        f"  <url><loc>{escape(here + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for path, day in _listed(parts)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'
    )
    return Response(content, media_type="application/xml")


def _listed(parts: Parts) -> Iterator[Listed]:
    """Every page that is there for everybody. tests/api/test_sitemap.py finds one that is missing."""
    releases = parts.figures.all(PUBLIC)
    yield "/", None
    yield "/initiatieven", None
    yield from _initiatives(parts)
    yield "/cijfers", releases[-1].made_on if releases else None
    yield "/inbouwen", None
    yield "/v1/docs", versions()[0].day
    yield handbook.START, _written_on(handbook.file(handbook.INDEX))
    yield from ((f"{handbook.START}/{name}", _written_on(handbook.file(name))) for name in handbook.names())
    yield accountability.START, None
    yield from ((document.address, None) for document in accountability.DOCUMENTS)


def _initiatives(parts: Parts) -> Iterator[Listed]:
    """The pages of the initiatives: each is made of a file of its own, or of that with what owners changed."""
    shipped = {entry.id: entry for entry in parts.knowledge.editions.files.catalogue}
    for entry in parts.knowledge.catalogue:
        path = FOLDER / f"initiatives/{entry.id}.yaml"
        if entry != shipped[entry.id]:
            path = parts.settings.catalogue_folder / CHANGES_FILE
        yield f"/initiatieven/{quote(entry.id)}", _written_on(path)


def _written_on(path: Path) -> date | None:
    """The day on which a file was last written on this machine, so never before it last changed."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() if path.is_file() else None


@router.get("/robots.txt")
def robots(request: Request, parts: AppParts) -> PlainTextResponse:
    """What robots leave alone."""
    private = "".join(f"Disallow: {path}\n" for path in _PRIVATE)
    return PlainTextResponse(
        f"User-agent: *\n{private}\nSitemap: {public_address(request, parts.settings)}/sitemap.xml\n"
    )
