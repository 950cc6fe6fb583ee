"""`/healthz`, `/readyz` and `/metrics`."""

import time
from contextlib import suppress
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.dependencies import AppParts, Parts
from api.errors import NotFound, Unavailable
from api.limits.callers import is_this_machine
from api.operations import security_txt
from api.operations.metrics import OUTBOX_OLDEST, OUTBOX_WAITING
from api.outbox.queue import MAIL, WEBHOOK

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(parts: AppParts) -> dict[str, str]:
    """Everything that a conversation needs is there; otherwise 503 with what is not. A warning is for later."""
    found = await faults(parts)
    if found:
        raise Unavailable(f"Niet bereikbaar: {', '.join(found)}.")
    warning = security_txt.warning(parts.settings, datetime.now(UTC))
    return {"status": "ok", **({"waarschuwing": warning} if warning else {})}


async def faults(parts: Parts) -> list[str]:
    """What a conversation needs and does not answer, in words."""
    found = await parts.assistant.faults()
    try:
        await run_in_threadpool(parts.conversations.reachable)
    except SQLAlchemyError:
        found.append("database")
    return found


@router.get("/metrics")
def metrics(request: Request, parts: AppParts) -> Response:
    """Figures for Prometheus, for this machine only unless the setting says otherwise."""
    if not parts.settings.metrics_public and not is_this_machine(request):
        raise NotFound("Dit adres bestaat niet.")
    _count_waiting(parts)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _count_waiting(parts: Parts) -> None:
    """Look at what waits in the outbox, which any process may have put there."""
    waiting = dict.fromkeys((MAIL, WEBHOOK), (0, 0))
    with suppress(SQLAlchemyError):  # then the figures are those of the last time
        waiting |= {found.kind: (found.count, int(time.time()) - found.oldest) for found in parts.outbox.waiting()}
        for kind, (count, age) in waiting.items():
            OUTBOX_WAITING.labels(kind).set(count)
            OUTBOX_OLDEST.labels(kind).set(age)
