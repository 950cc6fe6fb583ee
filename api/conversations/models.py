"""Conversations that are going on. They hold codes only, and are forgotten 24 hours after the last message."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKey, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base

DAMAGED: dict[str, Any] = {"beschadigd": True}


class Codes(TypeDecorator[dict[str, Any]]):
    """Names and codes as JSON. What is no such thing reads as DAMAGED: one record must not stop what reads many."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], dict[str, Any] | None]:
        """How a value of the database is read."""
        read = super().result_processor(dialect, coltype) or (lambda value: value)

        def tolerant(value: Any) -> dict[str, Any] | None:
            if value is None:
                return None
            try:
                found = read(value)
            except ValueError:
                return DAMAGED
            return found if isinstance(found, dict) else DAMAGED

        return tolerant


class Conversation(Base):
    """The state of one conversation: Rasa's slots, the last turn, and the random id of its record."""

    __tablename__ = "conversation"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_hash: Mapped[str | None] = mapped_column(String(64), doc="SHA-256 of the secret; none over Rasa's channel.")
    site: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    record: Mapped[str] = mapped_column(String(36))
    concluded: Mapped[bool] = mapped_column(doc="Whether there is a result, or a recorded stop.")
    version: Mapped[int] = mapped_column(doc="Number of turns taken.")
    slots: Mapped[dict[str, Any]] = mapped_column(Codes)
    turn: Mapped[dict[str, Any]] = mapped_column(Codes, doc="The last turn, as the client got it.")
    last_question: Mapped[str | None] = mapped_column(String(32))
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")


class GivenAnswer(Base):
    """The answer to a message that carried an Idempotency-Key, to give again when the message is repeated."""

    __tablename__ = "given_answer"
    __table_args__ = WITHOUT_ROWID

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    turn: Mapped[dict[str, Any]] = mapped_column(Codes)
