"""`/healthz`, `/readyz`, `/metrics` and `/.well-known/security.txt`."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.dependencies import AppParts, Parts, public_address
from api.errors import NotFound, Unavailable
from api.limits.callers import is_this_machine
from api.operations.collecting import collect
from api.operations.readiness import readiness
from api.operations.security_txt import ADDRESS, contacts, document

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request, parts: AppParts) -> dict[str, Any]:
    """Everything that a conversation needs is there; otherwise 503 with what is not.

    Who watches the product is told of each part, also what does not stop it yet; the outside need not know.
    """
    found = await readiness(parts)
    more = {"parts": found.parts, "warnings": found.warnings} if _watches(request, parts) else {}
    if found.stops:
        refusal = Unavailable(f"Dit houdt gesprekken op: {'; '.join(found.stops)}.")
        refusal.more = more
        raise refusal
    return {"status": "ok", **more}


@router.get("/metrics")
def metrics(request: Request, parts: AppParts) -> Response:
    """Figures for Prometheus, for this machine only unless the setting says otherwise."""
    if not _watches(request, parts):
        raise NotFound("Dit adres bestaat niet.")
    collect(parts)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get(ADDRESS)
def security_txt(request: Request, parts: AppParts) -> PlainTextResponse:
    """Where a weakness can be told; not there when nobody filled it in."""
    if not contacts(parts.settings):
        raise NotFound("Dit adres bestaat niet.")
    return PlainTextResponse(document(parts.settings, public_address(request, parts.settings)))


def _watches(request: Request, parts: Parts) -> bool:
    return parts.settings.metrics_public or is_this_machine(request)
