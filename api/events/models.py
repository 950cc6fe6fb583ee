"""The register of network events, and who has logged in at one."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class Event(Base):
    """One network event. Its code works from its making up to and including `last_day`, unless it was closed before."""

    __tablename__ = "event"
    __table_args__ = WITHOUT_ROWID

    code: Mapped[str] = mapped_column(String(16), primary_key=True, doc="Short and readable, in capitals: ZEIST-4K7.")
    name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date] = mapped_column(doc="Day on which it is held.")
    municipality: Mapped[str] = mapped_column(String(16), doc="CBS code.")
    organiser: Mapped[str] = mapped_column(String(120), doc="Name of the organisation.")
    site: Mapped[str] = mapped_column(String(64), doc="Id of the site in whose name the scan is taken.")
    last_day: Mapped[date] = mapped_column(doc="Last day on which the code works.")
    closed_on: Mapped[date | None] = mapped_column(doc="Day on which it was closed: its figures are final.")
    key_hash: Mapped[str] = mapped_column(String(64), doc="SHA-256 of the staff key.")
    salt: Mapped[str] = mapped_column(String(64), doc="Random; makes the ids of imported rows, which nobody can guess.")


class EventStaff(Base):
    """A device on which staff of an event have logged in with its staff key."""

    __tablename__ = "event_staff"
    __table_args__ = WITHOUT_ROWID

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True, doc="SHA-256 of the token of the device.")
    event: Mapped[str] = mapped_column(ForeignKey("event.code", ondelete="CASCADE"))
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")
