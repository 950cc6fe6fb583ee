"""The only place that reads and writes files that were looked at."""

import hashlib
import secrets
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from api.imports.models import StagedImport

STAGED_SECONDS = 60 * 60


class StagedImports:
    """Files that were looked at, by a random token. Times are seconds since 1970."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def add(self, event: str, found: dict[str, Any], now: int) -> str:
        """Keep what was found for an hour. Returns the token; only a hash of it is kept."""
        token = secrets.token_urlsafe(32)
        row = StagedImport(id=_hashed(token), event=event, rows=found, expires_at=now + STAGED_SECONDS)
        with Session(self._engine) as session, session.begin():
            session.add(row)
        return token

    def find(self, token: str, event: str, now: int) -> dict[str, Any] | None:
        """What was found in a file for this event; None when there is no such file or its time is over."""
        with Session(self._engine) as session:
            row = session.get(StagedImport, _hashed(token))
            return row.rows if row is not None and row.event == event and row.expires_at > now else None

    def change(self, token: str, found: dict[str, Any]) -> None:
        """Keep something else in its place, until the same time."""
        with Session(self._engine) as session, session.begin():
            row = session.get(StagedImport, _hashed(token))
            if row is not None:
                row.rows = found

    def sweep(self, now: int) -> int:
        """Forget the files whose time is over. Returns how many."""
        with Session(self._engine) as session, session.begin():
            found = session.scalars(select(StagedImport.id).where(StagedImport.expires_at <= now)).all()
            session.execute(delete(StagedImport).where(StagedImport.id.in_(found)))
        return len(found)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
