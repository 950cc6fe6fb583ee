"""What owners confirm, change and answer about their initiatives."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from analytics.database import WITHOUT_ROWID, Base


class InitiativeState(Base):
    """What is known of an initiative beyond its file: when its owner confirmed it, and changes that were taken over."""

    __tablename__ = "initiative_state"
    __table_args__ = WITHOUT_ROWID

    initiative: Mapped[str] = mapped_column(String(64), primary_key=True)
    confirmed_on: Mapped[date | None] = mapped_column(doc="When the owner last said that the data holds.")
    asked_on: Mapped[date | None] = mapped_column(doc="When the owner was last asked.")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, doc="Fields of the file that are different now.")
    version: Mapped[int] = mapped_column(doc="Goes up with every change.")


class ProposedChange(Base):
    """What an owner wants to be different; the coordinator decides."""

    __tablename__ = "proposed_change"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), index=True)
    account: Mapped[str] = mapped_column(String(36), doc="Who proposes it.")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(500))
    made_on: Mapped[date] = mapped_column()
    state: Mapped[str] = mapped_column(String(16), index=True, doc="voorgesteld, overgenomen or afgewezen.")
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_on: Mapped[date | None] = mapped_column()
    answer: Mapped[str] = mapped_column(String(500), doc="What the coordinator says to it.")


class Questionnaire(Base):
    """The yearly questions about an initiative."""

    __tablename__ = "questionnaire"
    __table_args__ = WITHOUT_ROWID

    initiative: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, doc="Empty until somebody saves.")
    asked_on: Mapped[date | None] = mapped_column(doc="When the owners were asked to answer.")
    handed_in_on: Mapped[date | None] = mapped_column(doc="None: still a draft.")
    handed_in_by: Mapped[str | None] = mapped_column(String(36), doc="Account; may be gone by now.")
    version: Mapped[int] = mapped_column(doc="Goes up with every change.")


class Participant(Base):
    """A firm that took part in an initiative, without name: for the yearly questions. No lead or referral is named."""

    __tablename__ = "participant"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(64), index=True)
    year: Mapped[int] = mapped_column()
    sector: Mapped[str] = mapped_column(String(8), doc='Section of SBI 2025, or "onbekend".')
    municipality: Mapped[str] = mapped_column(String(16), doc="CBS code, buiten_regio or onbekend.")
    size_class: Mapped[str] = mapped_column(String(8), doc="CBS size class in working persons, or onbekend.")
    stage: Mapped[str] = mapped_column(String(8), doc="adhoc, engaged, verder or onbekend.")
    origin: Mapped[str] = mapped_column(String(16), doc="aanvraag: came as a lead; eigenaar: the owner added it.")
