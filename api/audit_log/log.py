"""Writing to the log, and checking that nothing was taken out of it or changed."""

import hashlib
import json
import time
from collections.abc import Sequence

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from api.audit_log.models import AuditEntry

KEEP_SECONDS = 365 * 24 * 60 * 60
ENTREPRENEUR, SYSTEM, SOFTWARE = "ondernemer", "systeem", "koppeling"
_POSTGRESQL_LOCK = 0x6C6F67  # of this log; one writer at a time, for each entry holds the hash of the one before


def write(session: Session, *, who: str, action: str, subject: str, reason: str = "") -> None:
    """Add an entry in the transaction of the caller, so that what is done and what is said of it stand or fall as one.

    `who` is the id of an account, or one of the names above; nothing of it may be contact data.
    """
    _lock(session)
    last = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.hash) if last else (1, "")
    entry = AuditEntry(
        number=number, at=int(time.time()), who=who, action=action, subject=subject, reason=reason, previous=previous
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()


def first_fault(session: Session) -> int | None:
    """Number of the first entry that is not what it was, or before which one is missing; None when all is well."""
    previous: AuditEntry | None = None
    statement = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)
    with session.scalars(statement) as entries:
        for entry in entries:
            follows = previous is None or (entry.number == previous.number + 1 and entry.previous == previous.hash)
            if not follows or entry.hash != _hash(entry):
                return entry.number
            previous = entry
    return None


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry; 0 and nothing when there is none.

    Kept elsewhere, it shows later whether the whole log was written anew.
    """
    last = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    found = session.execute(last).one_or_none()
    return (found.number, found.hash) if found else (0, "")


def about(session: Session, subject: str) -> Sequence[AuditEntry]:
    """What was done to one thing, the oldest first."""
    return session.scalars(select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.number)).all()


def newest(session: Session, before: int | None, most: int) -> Sequence[AuditEntry]:
    """The newest entries, or those before a number, the newest first."""
    found = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
    return session.scalars(found if before is None else found.where(AuditEntry.number < before)).all()


def of_actions(session: Session, actions: Sequence[str], after: int) -> Sequence[AuditEntry]:
    """The entries beyond a number that are of some actions, the oldest first."""
    found = select(AuditEntry).where(AuditEntry.number > after, AuditEntry.action.in_(actions))
    return session.scalars(found.order_by(AuditEntry.number)).all()


def forget(session: Session) -> int:
    """Delete entries of more than a year ago by the clock of this moment, but for the newest. Returns how many."""
    newest, _ = head(session)
    old = delete(AuditEntry).where(AuditEntry.at < int(time.time()) - KEEP_SECONDS, AuditEntry.number < newest)
    return len(session.scalars(old.returning(AuditEntry.number)).all())


def _lock(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRESQL_LOCK})
    else:  # a change that touches no row makes SQLite hold off other writers
        session.execute(update(AuditEntry).where(AuditEntry.number < 0).values(number=0))


def _hash(entry: AuditEntry) -> str:
    parts = [entry.number, entry.at, entry.who, entry.action, entry.subject, entry.reason, entry.previous]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
