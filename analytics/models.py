"""The anonymous record: no text, name, address, clock time or conversation id is in it. And what is published of it."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from analytics.database import WITHOUT_ROWID, Base

_AT_EVENT = text("event IS NOT NULL")  # most were not, and an index without them has less to change with every release


class Referral(Base):
    """One conversation with a result. A refined result replaces the first."""

    __tablename__ = "referral"
    # With all this in the index, the records of a month are found and counted without reading them, and changed in the
    # order in which they lie.
    __table_args__ = (
        Index("ix_referral_of_month", "period", "week", "site", "id", "rounding_key"),
        Index(
            "ix_referral_of_event",
            "event",
            "period",
            "week",
            "site",
            postgresql_where=_AT_EVENT,
            sqlite_where=_AT_EVENT,
        ),
        WITHOUT_ROWID,
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, doc="Random; unrelated to the conversation.")
    week: Mapped[str] = mapped_column(String(8), index=True, doc='ISO week, "2026-W48".')
    channel: Mapped[str] = mapped_column(String(16), doc="widget, formulier or evenement.")
    site: Mapped[str] = mapped_column(String(64), doc="Id of the site that carried the assistant.")
    event: Mapped[str | None] = mapped_column(String(16), doc="Code of the network event, if any.")
    sbi2025: Mapped[str] = mapped_column(String(8), doc='Section letter of SBI 2025, or "onbekend".')
    sbi2008: Mapped[str] = mapped_column(String(8), doc='Section letter of SBI 2008, or "onbekend".')
    size_class: Mapped[str] = mapped_column(String(8), doc='CBS size class in working persons, or "onbekend".')
    municipality: Mapped[str] = mapped_column(String(16), doc="CBS code valid in that week, buiten_regio or onbekend.")
    stage: Mapped[str] = mapped_column(String(8), doc="adhoc, engaged or verder.")
    score: Mapped[int] = mapped_column(doc="0 to 36.")
    provisional: Mapped[bool] = mapped_column(doc="Core scan only, or three or more answers not known.")
    safety_flag: Mapped[bool] = mapped_column(doc="Back-ups or passwords need attention.")
    question: Mapped[str] = mapped_column(String(16), doc="The hulpvraag.")
    fallback: Mapped[str] = mapped_column(String(64), doc="Id of the vangnet.")
    nothing_fits: Mapped[bool] = mapped_column(doc="Nothing in the offer fits, or the firm is outside the region.")
    verdict: Mapped[str | None] = mapped_column(String(8), doc="goed or slecht: whether the entrepreneur gained by it.")
    scoring_version: Mapped[str] = mapped_column(String(32), doc="Which questions, weights and thresholds were used.")
    catalogue_version: Mapped[str] = mapped_column(String(32), doc="Which catalogue was used.")
    rounding_key: Mapped[int] = mapped_column(
        BigInteger, default=lambda: secrets.randbits(32), doc="Random, 32 bits: the same records are rounded the same."
    )
    period: Mapped[str | None] = mapped_column(
        String(8), doc='Month in whose release it counts, "2026-11". None when an older version recorded it.'
    )
    initiatives: Mapped[list["ReferredInitiative"]] = relationship(
        cascade="all, delete-orphan", order_by="ReferredInitiative.position"
    )


class ReferredInitiative(Base):
    """An initiative that a conversation referred to; position 1 was shown first."""

    __tablename__ = "referred_initiative"
    __table_args__ = WITHOUT_ROWID

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), index=True)


class Stopped(Base):
    """A conversation that stopped before it had a result: where, in which week, and at which question."""

    __tablename__ = "stopped"
    __table_args__ = (Index("ix_stopped_of_month", "period", "week", "site", "id", "question"), WITHOUT_ROWID)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, doc="Random; unrelated to the conversation.")
    week: Mapped[str] = mapped_column(String(8), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    site: Mapped[str] = mapped_column(String(64))
    event: Mapped[str | None] = mapped_column(String(16), doc="Code of the network event, if any.")
    question: Mapped[str] = mapped_column(String(32), doc="Id of the last question that was asked.")
    period: Mapped[str | None] = mapped_column(String(8), doc="As with a referral.")


class Outcome(Base):
    """One step of one lead, copied without anything that tells which lead: nothing links two steps to each other."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_of_month", "period", "month"), WITHOUT_ROWID)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, doc="Random; unrelated to the lead.")
    month: Mapped[str] = mapped_column(String(8), index=True, doc='Month of whole ISO weeks, "2026-11".')
    initiative: Mapped[str] = mapped_column(String(64))
    step: Mapped[str] = mapped_column(String(16), doc="aangevraagd, contact, afgesloten or ervaring.")
    outcome: Mapped[str] = mapped_column(String(16), doc="Of afgesloten and ervaring what came of it; else empty.")
    lead_time: Mapped[str] = mapped_column(
        String(8), doc="Of contact the working days it took, as a class; else empty."
    )
    rounding_key: Mapped[int] = mapped_column(
        BigInteger, default=lambda: secrets.randbits(32), doc="As a referral has."
    )
    period: Mapped[str | None] = mapped_column(String(8), doc="As with a referral.")


class Counted(Base):
    """What the release of a month counted, exactly and before disclosure control. Never shown.

    Quarters and years are added up from it, so that they have the same records as their months, also when a record has
    changed since; and making a release takes as long as its one month.
    """

    __tablename__ = "counted"
    __table_args__ = WITHOUT_ROWID

    period: Mapped[str] = mapped_column(String(8), primary_key=True, doc='The month, "2026-11".')
    table: Mapped[str] = mapped_column(String(32), primary_key=True, doc='By what: "sector*grootte".')
    row: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Code of the finest level.")
    column: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Empty in a table of one dimension.")
    records: Mapped[int] = mapped_column(doc="How many; a combination without records is not here.")
    keys: Mapped[int] = mapped_column(BigInteger, doc="Sum of their rounding keys.")


class Publication(Base):
    """Figures that were published once and are read everywhere as they were then."""

    __tablename__ = "publication"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True, doc='What it is of: "evenement/ZEIST-4K7".')
    made_on: Mapped[date] = mapped_column()
    threshold: Mapped[int] = mapped_column(doc="Cells with fewer records are not shown.")
    base: Mapped[int] = mapped_column(doc="Other cells are rounded to multiples of this.")
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON, doc="What was merged or left out, and why.")
    cells: Mapped[list["PublishedCell"]] = relationship(cascade="all, delete-orphan", order_by="PublishedCell.position")


class PublishedCell(Base):
    """One figure of a publication."""

    __tablename__ = "published_cell"
    __table_args__ = WITHOUT_ROWID

    publication: Mapped[str] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True)
    table: Mapped[str] = mapped_column(String(32), primary_key=True, doc="Which table of the fixed menu.")
    row: Mapped[str] = mapped_column(String(64), primary_key=True)
    column: Mapped[str] = mapped_column(String(64), primary_key=True, doc="Empty in a table of one dimension.")
    position: Mapped[int] = mapped_column(doc="Order in which the cells are shown.")
    value: Mapped[int | None] = mapped_column(doc="None when it is not shown.")
    status: Mapped[str] = mapped_column(String(16), doc="getoond, te_klein or samengevoegd.")
