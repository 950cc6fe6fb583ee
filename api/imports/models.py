"""Files of intakes that were looked at and not yet imported."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class StagedImport(Base):
    """A file that was looked at: it waits for somebody to approve how its words were understood."""

    __tablename__ = "staged_import"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True, doc="SHA-256 of a random token.")
    event: Mapped[str] = mapped_column(String(16))
    rows: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="What was found: rows as codes, words of sector and place to approve, what is wrong and where."
    )
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970; an hour after it was sent.")
