"""What search engines may read, and where it is."""

from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from api.dependencies import AppParts, public_address

router = APIRouter(include_in_schema=False)

_PAGES = ("/", "/initiatieven", "/cijfers", "/inbouwen", "/handboek", "/verantwoording", "/privacy")
# Somebody's own: a result, a question for contact, an intake; and what is for staff.
_PRIVATE = ("/portaal", "/contact", "/scan", "/intake", "/uitslag", "/e/", "/f/")


@router.get("/sitemap.xml")
def sitemap(request: Request, parts: AppParts) -> Response:
    """The address of every public page."""
    here = public_address(request, parts.settings)
    initiatives = (f"/initiatieven/{quote(entry.id)}" for entry in parts.knowledge.catalogue)
    listed = "".join(f"  <url><loc>{escape(here + path)}</loc></url>\n" for path in (*_PAGES, *initiatives))
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'
    )
    return Response(content, media_type="application/xml")


@router.get("/robots.txt")
def robots(request: Request, parts: AppParts) -> PlainTextResponse:
    """What robots leave alone."""
    private = "".join(f"Disallow: {path}\n" for path in _PRIVATE)
    return PlainTextResponse(
        f"User-agent: *\n{private}\nSitemap: {public_address(request, parts.settings)}/sitemap.xml\n"
    )
