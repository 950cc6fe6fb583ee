"""Leads and the consent under them. Neither holds anything that an anonymous referral holds too, but the initiative.

Contact data and profile of a lead lie in one sealed box; without its key, which is destroyed with it, nothing of them
is left, also not in a copy of the database.
"""

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class Lead(Base):
    """What an entrepreneur asks one initiative. Times are seconds since 1970."""

    __tablename__ = "lead"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True, doc="Random; unrelated to conversation and referral.")
    request: Mapped[str] = mapped_column(String(36), index=True, doc="Shared by leads that were asked for at once.")
    initiative: Mapped[str] = mapped_column(String(64), index=True)
    status: Mapped[str] = mapped_column(String(16), index=True, doc="See api.leads.statuses.")
    phone_only: Mapped[bool] = mapped_column(doc="No address was given, so nothing could be confirmed by mail.")
    counts: Mapped[bool] = mapped_column(doc="False: came from a site for demonstrations; leaves no outcome.")
    box: Mapped[bytes | None] = mapped_column(LargeBinary, doc="Contact data and profile, sealed; None once destroyed.")
    email_index: Mapped[str | None] = mapped_column(String(64), index=True, doc="Keyed hash of the mail address.")
    consent: Mapped[str] = mapped_column(String(36), index=True, doc="The record of the consent.")
    requested_at: Mapped[int] = mapped_column()
    confirmed_at: Mapped[int | None] = mapped_column(doc="From here it is the owner's; None before.")
    seen_at: Mapped[int | None] = mapped_column()
    taken_up_at: Mapped[int | None] = mapped_column()
    contact_at: Mapped[int | None] = mapped_column()
    started_at: Mapped[int | None] = mapped_column()
    closed_at: Mapped[int | None] = mapped_column()
    reminded_at: Mapped[int | None] = mapped_column(doc="The owner was reminded.")
    escalated_at: Mapped[int | None] = mapped_column(doc="The coordinator was told.")
    alternative_at: Mapped[int | None] = mapped_column(doc="The entrepreneur was offered another way.")
    follow_up_at: Mapped[int | None] = mapped_column(index=True, doc="When to ask the entrepreneur; None: not (again).")
    destroy_at: Mapped[int] = mapped_column(index=True, doc="When the lead is deleted at the latest.")
    helped: Mapped[bool | None] = mapped_column(doc="Whether the owner says that it was a step ahead.")
    satisfaction: Mapped[int | None] = mapped_column(doc="1 to 5, as the owner heard it.")
    settled: Mapped[bool] = mapped_column(doc="Its outcome was copied to the anonymous record, and is final.")
    version: Mapped[int] = mapped_column(doc="Goes up with every change, so that of two at once one is refused.")


class LeadKey(Base):
    """The key of a box, wrapped. In a table of its own, so that a copy for long keeping can leave it out."""

    __tablename__ = "lead_key"
    __table_args__ = WITHOUT_ROWID

    lead: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class LeadLink(Base):
    """A link in a mail, for one purpose."""

    __tablename__ = "lead_link"
    __table_args__ = WITHOUT_ROWID

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16), doc="bevestigen, intrekken, ervaring or status.")
    subject: Mapped[str] = mapped_column(String(36), index=True, doc="The request; of ervaring and status the lead.")
    expires_at: Mapped[int] = mapped_column(index=True)


class ConsentText(Base):
    """The exact text that somebody agreed to, by its SHA-256."""

    __tablename__ = "consent_text"
    __table_args__ = WITHOUT_ROWID

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Consent(Base):
    """Proof of a consent, after ISO/IEC TS 27560. Without contact data, and kept longer than the lead."""

    __tablename__ = "consent"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    schema_version: Mapped[str] = mapped_column(String(16))
    controller: Mapped[str] = mapped_column(String(120), doc="Who answers for it: of the installation, not of a site.")
    recipient: Mapped[str] = mapped_column(String(64), doc="The initiative.")
    purpose: Mapped[str] = mapped_column(String(32))
    categories: Mapped[list[str]] = mapped_column(JSON, doc="Which kinds of data.")
    notice: Mapped[str] = mapped_column(String(200), doc="Address of the privacy statement.")
    text: Mapped[str] = mapped_column(ForeignKey("consent_text.hash"))
    language: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(16), doc="How it was given; the same everywhere.")
    jurisdiction: Mapped[str] = mapped_column(String(8))
    expires_at: Mapped[int] = mapped_column(index=True, doc="Seconds since 1970.")


class ConsentEvent(Base):
    """What happened to a consent. Rows are added and never changed."""

    __tablename__ = "consent_event"
    __table_args__ = WITHOUT_ROWID

    consent: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True, doc="gevraagd, bevestigd, afgeleverd, ...")
    at: Mapped[int] = mapped_column(doc="Seconds since 1970.")
