"""What was erased, kept outside the database, so that an older copy of it does not bring it back.

The log tells what was erased, but is lost with the database. So its ids, and nothing else, are written beside it too:
of leads, and of the tokens and addresses of software that were taken away. An id of something that is gone says nothing
of anybody.
"""

import asyncio
import fcntl
import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analytics.secret_files import replace
from api.audit_log import log
from api.leads import repository
from api.leads.endings import end
from api.leads.statuses import EXPIRED, WITHDRAWN
from api.outbox import queue
from api.webhooks import repository as webhooks

FILE_NAME = "erased"
LOOK_SECONDS = 2
KEEP_SECONDS = log.KEEP_SECONDS  # no lead is kept longer, so no copy with one is of use after that
_DELETED, _WEBHOOK_GONE, _TOKEN_GONE = "gewist", "koppeling-weg", "sleutel-weg"
_TABLES = {
    WITHDRAWN: "lead",
    EXPIRED: "lead",
    _DELETED: "lead",
    _WEBHOOK_GONE: "webhook",
    _TOKEN_GONE: "api_token",
}
_ACTIONS = tuple(_TABLES)
ERASED_AGAIN = tuple(dict.fromkeys(_TABLES.values()))  # the tables of which a copy brings nothing back that was erased
_REASON = "gewist na de kopie"

logger = logging.getLogger("assistent")


@dataclass(frozen=True)
class Tombstone:
    """How something was erased (as the log calls it), what, and when (seconds since 1970)."""

    action: str
    subject: str
    at: int


class Tombstones:
    """The file with what was erased."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        """Take the database whose log tells it, and the folder of the file."""
        self._engine, self._path = engine, folder / FILE_NAME
        self._seen = 0

    async def run(self) -> None:
        """Note what is erased until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.note)
            except (SQLAlchemyError, OSError) as error:
                logger.error(  # noqa: TRY400  # its kind is enough, and tried again it is
                    "What was erased is not noted in %s, it is tried again: %s", self._path.parent, type(error).__name__
                )
            await asyncio.sleep(LOOK_SECONDS)

    def note(self) -> None:
        """Add to the file what the log has since the last time. Raises SQLAlchemyError and OSError."""
        with Session(self._engine) as session:
            entries = log.of_actions(session, _ACTIONS, after=self._seen)
        if not entries:
            return
        with self._alone():
            known = self.known()
            for entry in entries:
                known.setdefault(entry.subject, Tombstone(entry.action, entry.subject, entry.at))
            replace(self._path, "".join(f"{one.action} {one.subject} {one.at}\n" for one in known.values()))
        self._seen = entries[-1].number

    def known(self) -> dict[str, Tombstone]:
        """What was erased, by its id: the first that was said of it. Raises OSError."""
        if not self._path.exists():
            return {}
        found: dict[str, Tombstone] = {}
        oldest = int(time.time()) - KEEP_SECONDS
        for line in self._path.read_text().splitlines():
            match line.split():
                case [action, subject, at] if at.isdigit() and int(at) >= oldest:
                    found.setdefault(subject, Tombstone(action, subject, int(at)))
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off other processes of this machine."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path.with_name(f".{FILE_NAME}"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def erase_again(engine: Engine, erased: Mapping[str, Tombstone], now: int) -> int:
    """Erase from a database that was put back what was erased since. Returns how much that was."""
    done = 0
    with Session(engine) as session, session.begin():
        repository.hold(session)
        for one in erased.values():
            done += _erase(session, one, now)
    return done


def _erase(session: Session, one: Tombstone, now: int) -> bool:
    if one.action == _WEBHOOK_GONE:
        gone = webhooks.find(session, one.subject) is not None
        webhooks.delete_webhook(session, one.subject)
    elif one.action == _TOKEN_GONE:
        gone = webhooks.delete_token(session, one.subject, None)
    else:
        return _erase_lead(session, one, now)
    if gone:
        log.write(session, who=log.SYSTEM, action=one.action, subject=one.subject, reason=_REASON)
    return gone


def _erase_lead(session: Session, one: Tombstone, now: int) -> bool:
    lead = repository.find(session, one.subject)
    if lead is None or lead.box is None:
        return False
    queue.cancel(session, [lead.id], now)
    end(session, lead, WITHDRAWN if one.action == WITHDRAWN else EXPIRED, now, who=log.SYSTEM)
    return True
