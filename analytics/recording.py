"""Recording what a conversation came to. This is the one place that writes the anonymous record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.database import Base
from analytics.models import Referral, ReferredInitiative, Stopped
from knowledge.base import Knowledge
from knowledge.result import Result


@dataclass(frozen=True)
class Source:
    """Where a conversation was held, and the random id of its record."""

    record: str
    site: str
    channel: str
    event: str | None = None


def iso_week(day: date) -> str:
    """The ISO week of a day, "2026-W48". The last days of December may lie in week 1 of the next year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


class Recorder:
    """Writes records; each call is one transaction, and repeating it changes nothing."""

    def __init__(self, engine: Engine, knowledge: Knowledge) -> None:
        """Take the database, and the data whose versions the records name."""
        self._engine = engine
        self._knowledge = knowledge

    def record_referral(self, source: Source, answers: Mapping[str, str], outcome: Result, today: date) -> None:
        """Record a result, or replace the one that this conversation had.

        Raises SQLAlchemyError when the database cannot take it; then nothing is recorded.
        """
        referral = self._referral(source, answers, outcome, today)
        with Session(self._engine) as session, session.begin():
            session.merge(referral)
            abandoned = session.get(Stopped, source.record)
            if abandoned is not None:
                session.delete(abandoned)

    def record_once(
        self, source: Source, answers: Mapping[str, str], outcome: Result, today: date, *, beside: Base
    ) -> bool:
        """Record a result that was not recorded yet, together with a row of the caller, or neither.

        False when this source or that row was there already; then nothing is written. Raises SQLAlchemyError when the
        database cannot take it.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.add_all((self._referral(source, answers, outcome, today), beside))
        except IntegrityError:
            return False
        return True

    def record_verdict(self, record: str, verdict: str) -> bool:
        """Record what an entrepreneur says of the result; the last word counts. False when there is no such record.

        A result that is refined afterwards keeps the verdict. Raises SQLAlchemyError when the database cannot take it.
        """
        with Session(self._engine) as session, session.begin():
            referral = session.get(Referral, record)
            if referral is not None:
                referral.verdict = verdict
        return referral is not None

    def record_stopped(self, source: Source, question: str, today: date) -> None:
        """Record that a conversation stopped at a question, unless it has a result.

        Raises SQLAlchemyError when the database cannot take it.
        """
        with Session(self._engine) as session, session.begin():
            if session.get(Referral, source.record) is None:
                session.merge(
                    Stopped(
                        id=source.record,
                        week=iso_week(today),
                        channel=source.channel,
                        site=source.site,
                        question=question,
                    )
                )

    def _referral(self, source: Source, answers: Mapping[str, str], outcome: Result, today: date) -> Referral:
        """The record of a result."""
        newer, _, older = answers["bedrijf"].partition("/")
        return Referral(
            id=source.record,
            week=iso_week(today),
            channel=source.channel,
            site=source.site,
            event=source.event,
            sbi2025=newer,
            sbi2008=older or newer,
            size_class=answers["personen"],
            municipality=self._knowledge.municipalities.current(answers["gemeente"], today),
            stage=outcome.maturity.stage,
            score=outcome.maturity.score,
            provisional=outcome.maturity.provisional,
            safety_flag=outcome.maturity.safety_flag,
            question=answers["hulpvraag"],
            fallback=outcome.fallback.id,
            nothing_fits=outcome.referral.nothing_fits,
            scoring_version=self._knowledge.scoring_version,
            catalogue_version=self._knowledge.catalogue_version,
            initiatives=[
                ReferredInitiative(position=position, initiative=advice.id)
                for position, advice in enumerate(outcome.initiatives, start=1)
            ],
        )
