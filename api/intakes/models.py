"""What an intake leaves behind for a day, so that a repeat of it gives the same answer. Codes only."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class GivenIntake(Base):
    """The answer to an intake that was sent, to give again when it is repeated."""

    __tablename__ = "given_intake"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True, doc="SHA-256 of the id of the intake.")
    event: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, doc="The `uitslag` that was given.")
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")
