"""`/demo` and `/inbouwen`: the widget for webmasters."""

from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api.dependencies import AppParts, InterfaceLanguage
from api.errors import NotFound
from api.page.templates import page
from api.widget import embedding
from api.widget.presentation import Form
from api.widget.releases import newest

router = APIRouter(include_in_schema=False)

_STATIC = Path(__file__).parent / "static"
_DEMO = "demo"


@router.get("/demo")
def first_demo() -> RedirectResponse:
    """The demo begins without a house style."""
    return RedirectResponse(f"/demo/{next(iter(embedding.settings()))}")


@router.get("/demo/bestanden/{path:path}")
def demo_file(path: str) -> FileResponse:
    """A style sheet or script of the demo."""
    found = (_STATIC / path).resolve()
    if not found.is_relative_to(_STATIC) or not found.is_file():
        raise NotFound("Dit bestand bestaat niet.")
    return FileResponse(found, headers={"Cache-Control": "no-cache"})


@router.get("/demo/{setting}")
def demo(
    setting: str,
    parts: AppParts,
    request: Request,
    *,
    stand: Literal["dicht", "open"] = "dicht",
    weergave: Form = "knop",
    taal: InterfaceLanguage,
    plaats: Literal["links", "rechts"] | None = None,
    site: str = _DEMO,
) -> HTMLResponse:
    """The page of a host with one set of looks."""
    found = embedding.settings().get(setting)
    if found is None or site not in parts.knowledge.sites:
        raise NotFound("Deze demo bestaat niet.")
    return page(
        "demo.html",
        setting=found,
        settings=embedding.settings().values(),
        release=newest(),
        open=stand == "open",
        query=f"?{request.url.query}" if request.url.query else "",
        form=weergave,
        shown_in=taal,
        plaats=plaats,
        site=site,
    )


@router.get("/inbouwen")
def embed(request: Request, parts: AppParts, taal: InterfaceLanguage, site: str = _DEMO) -> HTMLResponse:
    """How a webmaster puts the widget on a page."""
    found = parts.knowledge.sites.get(site)
    if found is None:
        raise NotFound("Deze site bestaat niet.")
    base = str(request.base_url).rstrip("/")
    return page(
        "embed.html",
        site=found,
        sites=sorted(parts.knowledge.sites.values(), key=lambda one: one.naam),
        base=base,
        shown_in=taal,
        languages=parts.knowledge.languages,
        snippet=embedding.snippet(found, newest(), base, taal),
        figures=embedding.figures(),
        attributes=embedding.attributes(parts.knowledge.languages),
    )
