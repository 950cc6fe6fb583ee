"""What is wrong, by part: what stops conversations, and what somebody should look at before it does."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from analytics.database import NewerDatabase, at_newest
from api.dependencies import Parts
from api.leads.keys import BadKeys, check_keys
from api.operations import security_txt

OK, UNKNOWN, BEHIND = "ok", "unknown", "behind"
STUCK_SECONDS = 60 * 60  # that something waits in the outbox; who is away for a moment is tried again sooner
LITTLE_BYTES, LITTLE_PART = 500 * 1024 * 1024, 0.05  # of the disk that are free

# What people read of the codes, by part. What is not here is a warning.
STOPPING: Mapping[tuple[str, str], str] = {
    ("model", "unreachable"): "rasa (model) antwoordt niet",
    ("model", "not_loaded"): "rasa (model) is nog niet geladen",
    ("model", "other_secret"): "rasa (model): PARTS_SECRET is daar anders",
    ("actions", "unreachable"): "actions antwoordt niet",
    ("actions", "other_secret"): "actions: PARTS_SECRET is daar anders",
    ("database", "unreachable"): "database antwoordt niet",
    ("migrations", BEHIND): "database is niet bijgewerkt; start opnieuw met make start",
}


@dataclass(frozen=True)
class Readiness:
    """A code for each part, "ok" when all is well."""

    parts: Mapping[str, str]

    @property
    def stops(self) -> tuple[str, ...]:
        """What keeps conversations from going on, in words."""
        return tuple(STOPPING[found] for found in self.parts.items() if found in STOPPING)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The parts with something else that is wrong."""
        return tuple(name for name, code in self.parts.items() if code != OK and (name, code) not in STOPPING)


async def readiness(parts: Parts) -> Readiness:
    """Look at every part now."""
    limits = {"limits": await parts.limits.state()}
    return Readiness({**await parts.assistant.states(), **await run_in_threadpool(_ours, parts), **limits})


def _ours(parts: Parts) -> dict[str, str]:
    """The parts within this process and on this machine."""
    return {
        **_database(parts),
        "keys": _keys(parts),
        "disk": _disk(parts),
        "security_txt": security_txt.state(parts.settings, datetime.now(UTC)),
    }


def _database(parts: Parts) -> dict[str, str]:
    found = {"database": OK, "migrations": UNKNOWN, "outbox": UNKNOWN}
    try:
        found["migrations"] = _migrations(parts)
        if found["migrations"] != BEHIND:  # tables may be missing then
            parts.conversations.reachable()
            found["outbox"] = _outbox(parts)
    except SQLAlchemyError:
        found["database"] = "unreachable"
    return found


def _migrations(parts: Parts) -> str:
    try:
        return OK if at_newest(parts.engine) else BEHIND
    except NewerDatabase:
        return "newer"


def _keys(parts: Parts) -> str:
    try:
        check_keys(parts.settings)
    except (BadKeys, OSError):
        return "missing"
    return OK


def _outbox(parts: Parts) -> str:
    oldest = min((waiting.oldest for waiting in parts.outbox.waiting()), default=None)
    return OK if oldest is None or time.time() - oldest <= STUCK_SECONDS else "stuck"


def _disk(parts: Parts) -> str:
    """The disk of the database, or of the secrets where the database is on a server."""
    address = make_url(parts.settings.database_url)
    path = Path(address.database or "") if address.get_backend_name() == "sqlite" else parts.settings.secrets_folder
    there = next(folder for folder in path.resolve().parents if folder.exists())
    usage = shutil.disk_usage(there)
    return "nearly_full" if usage.free < min(LITTLE_BYTES, LITTLE_PART * usage.total) else OK
