"""What has to be sent. Rows name whom and what by id: addresses and names are read when it is sent."""

from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class OutboxItem(Base):
    """One mail or webhook. Its id is also its Message-ID or webhook-id, so that a repeat can be recognised."""

    __tablename__ = "outbox_item"
    __table_args__ = (Index("ix_outbox_item_state_due_at", "state", "due_at"), WITHOUT_ROWID)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), doc="mail or webhook.")
    template: Mapped[str] = mapped_column(String(32), doc="Which mail, or which type of event.")
    lead: Mapped[str | None] = mapped_column(String(36), index=True)
    request: Mapped[str | None] = mapped_column(String(36), index=True, doc="Of a mail to an entrepreneur.")
    account: Mapped[str | None] = mapped_column(String(36), doc="Of a mail to somebody of the portal.")
    webhook: Mapped[str | None] = mapped_column(String(36))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, doc="What the text needs beside; never personal data.")
    address: Mapped[bytes | None] = mapped_column(
        LargeBinary, doc="Where to, sealed, when no lead tells it; until done."
    )
    state: Mapped[str] = mapped_column(String(16), doc="wacht, verstuurd, opgegeven or vervallen.")
    tries: Mapped[int] = mapped_column()
    due_at: Mapped[int] = mapped_column(doc="Seconds since 1970: not to be tried before.")
    lease: Mapped[str | None] = mapped_column(String(36), doc="Which worker has it, until due_at.")
    fault: Mapped[str | None] = mapped_column(String(64), doc="Kind of the last fault.")
    made_at: Mapped[int] = mapped_column()
    done_at: Mapped[int | None] = mapped_column()
