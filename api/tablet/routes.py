"""`/intake`: the intake on a tablet or phone, also without a connection. `/uitslag`: its result on one's own phone."""

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from api.dependencies import AppParts
from api.errors import NotFound
from api.events.routes import ended_code, unknown_code
from api.tablet import shell

router = APIRouter(include_in_schema=False)

_ALWAYS_ASK = {"Cache-Control": "no-cache"}
_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
)
# Starting a worker is the one thing that a page with Trusted Types needs a policy for; this one gives one address only.
_INTAKE_POLICY = {"Content-Security-Policy": f"{_OWN}trusted-types intake-worker", **_ALWAYS_ASK}
_RESULT_POLICY = {"Content-Security-Policy": f"{_OWN}trusted-types 'none'", **_ALWAYS_ASK}
_WORKER_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    **_ALWAYS_ASK,
}


@router.get(shell.RULES)
def rules(request: Request, parts: AppParts) -> Response:
    """The rules and the lists that the intake works with."""
    document = shell.rules(parts.knowledge)
    headers = {"ETag": document.etag, "Vary": "Accept-Encoding", **_ALWAYS_ASK}
    if document.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(document.packed, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(document.plain, media_type="application/json", headers=headers)


@router.get("/intake/worker.js")
def worker(parts: AppParts) -> Response:
    """The worker that keeps the page for when there is no connection."""
    script = shell.worker(parts.knowledge, parts.settings.public_url)
    return Response(script, media_type="text/javascript", headers=_WORKER_POLICY)


@router.get(shell.PAGE)
def page(parts: AppParts) -> HTMLResponse:
    """The page that the worker keeps."""
    return HTMLResponse(shell.intake_page(None, parts.settings.public_url), headers=_INTAKE_POLICY)


@router.get("/intake/app/{name}")
def file(name: str) -> FileResponse:
    """A script, the looks or an icon. Raises NotFound."""
    if name not in shell.FILES:
        raise NotFound
    return FileResponse(shell.STATIC / name, media_type=shell.FILES[name], headers=_ALWAYS_ASK)


@router.get("/intake/{code}/manifest.webmanifest")
def manifest(code: str, parts: AppParts) -> JSONResponse:
    """What a device needs to install the page. Raises NotFound."""
    event = parts.events.find(code)
    if event is None:
        raise NotFound
    return JSONResponse(shell.manifest(event), media_type="application/manifest+json", headers=_ALWAYS_ASK)


@router.get("/intake/{code}")
def intake(code: str, parts: AppParts) -> Response:
    """The intake at an event, or why there is none."""
    event = parts.events.find(code)
    if event is None:
        return unknown_code()
    if not event.works(date.today()):
        return ended_code(event, parts)
    if code != event.code:
        return RedirectResponse(f"/intake/{quote(event.code)}", 307)
    return HTMLResponse(shell.intake_page(event, parts.settings.public_url), headers=_INTAKE_POLICY)


@router.get("/uitslag")
def result() -> HTMLResponse:
    """The result on somebody's own phone: its address holds the answers where no server sees them."""
    return HTMLResponse(shell.result_page(), headers=_RESULT_POLICY)
