"""The only place that reads and writes conversations."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.recording import Recorder, Source
from api.conversations.models import DAMAGED, Conversation, GivenAnswer

logger = logging.getLogger("assistent")

KEEP_SECONDS = 24 * 60 * 60
SWEEP_AT_ONCE = 500
# Statements and not objects: every turn does both.
_FIND = (
    select(
        Conversation.id,
        Conversation.site,
        Conversation.key_hash,
        Conversation.record,
        Conversation.version,
        Conversation.slots,
        Conversation.turn,
        GivenAnswer.turn,
    )
    .outerjoin(
        GivenAnswer,
        and_(GivenAnswer.conversation_id == Conversation.id, GivenAnswer.key_hash == bindparam("idempotency")),
    )
    .where(Conversation.id == bindparam("identifier"), Conversation.expires_at > bindparam("now"))
)
_ADVANCE = update(Conversation).where(
    Conversation.id == bindparam("identifier"), Conversation.version == bindparam("read")
)


@dataclass(frozen=True)
class Stored:
    """A conversation as it was read; `answer` is what was given earlier to the same Idempotency-Key."""

    id: str
    site: str
    key_hash: str | None
    record: str
    version: int
    slots: dict[str, Any]
    turn: dict[str, Any]
    answer: dict[str, Any] | None


@dataclass(frozen=True)
class Progress:
    """What a turn leaves behind."""

    slots: dict[str, Any]
    turn: dict[str, Any]
    record: str
    concluded: bool

    @property
    def values(self) -> dict[str, Any]:
        """The columns that change with every turn."""
        return {
            "slots": self.slots,
            "turn": self.turn,
            "record": self.record,
            "concluded": self.concluded,
            "last_question": self.turn["voortgang"]["vraag"],
        }


class Conversations:
    """Conversations by id. Times are seconds since 1970."""

    def __init__(self, engine: Engine, recorder: Recorder) -> None:
        """Take the database, and the function that records conversations that stopped."""
        self._engine = engine
        self._recorder = recorder

    def add(self, progress: Progress, key_hash: str | None, site: str, channel: str, now: int) -> bool:
        """Store a new conversation. False when another request has just stored one with this id."""
        row = Conversation(
            id=progress.turn["gesprekId"],
            key_hash=key_hash,
            site=site,
            channel=channel,
            version=1,
            expires_at=now + KEEP_SECONDS,
            **progress.values,
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def find(self, identifier: str, idempotency_hash: str | None, now: int) -> Stored | None:
        """The conversation, unless it is unknown or expired, or its record is damaged."""
        with self._engine.connect() as connection:
            row = connection.execute(
                _FIND, {"identifier": identifier, "idempotency": idempotency_hash, "now": now}
            ).one_or_none()
        if row is None:
            return None
        stored = Stored(*row)
        if DAMAGED in (stored.slots, stored.turn, stored.answer):
            logger.warning("A conversation on record is damaged; whoever has it begins anew")
            return None
        return stored

    def advance(self, stored: Stored, progress: Progress, idempotency_hash: str | None, now: int) -> bool:
        """Store a turn. False when another turn was stored since `stored` was read; then nothing is written."""
        with self._engine.begin() as connection:
            changed = connection.execute(
                _ADVANCE.values(version=stored.version + 1, expires_at=now + KEEP_SECONDS, **progress.values),
                {"identifier": stored.id, "read": stored.version},
            )
            if changed.rowcount == 0:
                return False
            if idempotency_hash:
                answer = {"conversation_id": stored.id, "key_hash": idempotency_hash, "turn": progress.turn}
                connection.execute(insert(GivenAnswer), answer)
        return True

    def judge(self, stored: Stored, verdict: str) -> bool:
        """Record what the entrepreneur says of the result. False when there is none."""
        return self._recorder.record_verdict(stored.record, verdict)

    def forget(self, identifier: str, today: date) -> None:
        """Forget a conversation. Of one that stopped half-way the anonymous record of that is left."""
        with Session(self._engine) as session:
            row = session.get(Conversation, identifier)
        if row is not None:
            self._forget(row, today)

    def forget_expired(self, identifier: str, now: int, today: date) -> None:
        """Forget a conversation whose time is over, so that its id can be used again."""
        with Session(self._engine) as session:
            row = session.get(Conversation, identifier)
        if row is not None and row.expires_at <= now:
            self._forget(row, today)

    def sweep(self, now: int, today: date) -> int:
        """Forget the conversations whose time is over. Returns how many."""
        with Session(self._engine) as session:
            rows = session.scalars(
                select(Conversation).where(Conversation.expires_at <= now).limit(SWEEP_AT_ONCE)
            ).all()
        for row in rows:
            self._forget(row, today)
        return len(rows)

    def _forget(self, row: Conversation, today: date) -> None:
        # The record first: a crash in between repeats it under the same id, which changes nothing.
        if not row.concluded and row.last_question:
            source = Source(row.record, row.site, row.channel, row.slots.get("evenement"))
            self._recorder.record_stopped(source, row.last_question, today)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(GivenAnswer).where(GivenAnswer.conversation_id == row.id))
            session.execute(delete(Conversation).where(Conversation.id == row.id))

    def reachable(self) -> bool:
        """Whether the database answers and has its tables."""
        with Session(self._engine) as session:
            session.execute(select(Conversation.id).limit(1)).first()
        return True
