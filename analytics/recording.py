"""Recording what a conversation came to. This is the one place that writes the anonymous record."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, bindparam, case, delete, exists, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from analytics.database import Base
from analytics.due import NEVER, NEWEST, Due, due, hold, month_id
from analytics.models import Outcome, Referral, ReferredInitiative, Stopped
from analytics.outcomes import CONTACT, LEAD_TIMES, OUTCOMES_OF
from analytics.periods import month_of, week_of
from knowledge.base import Knowledge
from knowledge.result import Result


@dataclass(frozen=True)
class Source:
    """Where a conversation was held, and the random id of its record."""

    record: str
    site: str
    channel: str
    event: str | None = None


@dataclass(frozen=True)
class Entry:
    """One of many results to record: where it was taken, the answers as codes, what they came to, and on which day."""

    source: Source
    answers: Mapping[str, str]
    outcome: Result
    day: date


_STAYS = ("id", "verdict", "rounding_key")  # of a record whose result is refined
# Made once, and as statements and not objects: somebody waits for what is recorded.
_FORGET_REFERRED = delete(ReferredInitiative).where(ReferredInitiative.referral_id == bindparam("record"))
_FORGET_STOPPED = delete(Stopped).where(Stopped.id == bindparam("record"))
_HAD = (
    exists().where(ReferredInitiative.referral_id == bindparam("record")),
    exists().where(Stopped.id == bindparam("record")),
)
_BATCH = 500  # ids in one question to the database; both take far more


class _Stale(Exception):
    """A release was stored that was not known."""

    def __init__(self, due: Due) -> None:
        super().__init__()
        self.due = due


class Recorder:
    """Writes records; each call is one transaction, and repeating it changes nothing."""

    def __init__(self, engine: Engine, knowledge: Knowledge, *, turn_follows: bool = False) -> None:
        """Take the database, and the data whose versions the records name.

        `turn_follows` when whoever records a result stores a turn in this database next, and does both again when that
        fails. PostgreSQL then need not wait for the disk: once the turn is on it, so is all that came before.
        """
        self._engine = engine
        self._hurries = turn_follows and engine.dialect.name == "postgresql"
        self._knowledge = knowledge
        self._due = Due(NEVER)  # as far as is known
        self._last_replacing: tuple[Due, ReturningInsert[Any]] | None = None
        self._insert = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(Referral)

    def record_referral(self, source: Source, answers: Mapping[str, str], outcome: Result, today: date) -> None:
        """Record a result, or replace the one that this conversation had.

        Raises SQLAlchemyError when the database cannot take it; then nothing is recorded.
        """
        entry, again = Entry(source, answers, outcome, today), False
        while True:
            try:
                self._record(entry, self._due)
            except _Stale as stale:
                self._due = stale.due
            except IntegrityError:
                if again:
                    raise
                again = True  # the same was recorded at this moment, and what it has is seen now
            else:
                return

    def _record(self, entry: Entry, here: Due) -> None:
        """Record a result as far as releases are known. Raises _Stale when they are further; then nothing is."""
        record, referred = entry.source.record, _referred(entry.source.record, entry.outcome)
        with self._engine.begin() as connection:
            hold(connection, waits_for_disk=not self._hurries)
            columns = {**self._columns(entry, here), "record": record}
            newest, had_referred, had_stopped = connection.execute(self._replacing(here), columns).one()
            now = Due(month_id(newest))
            if now != here:
                raise _Stale(now)
            if had_referred:
                connection.execute(_FORGET_REFERRED, {"record": record})
            if referred:
                connection.execute(insert(ReferredInitiative), referred)
            if had_stopped:
                connection.execute(_FORGET_STOPPED, {"record": record})

    def record_once(
        self, source: Source, answers: Mapping[str, str], outcome: Result, today: date, *, beside: Base
    ) -> bool:
        """Record a result that was not recorded yet, together with a row of the caller, or neither.

        False when this source or that row was there already; then nothing is written. Raises SQLAlchemyError when the
        database cannot take it.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                here = due(session.connection())
                session.add_all((self._referral(Entry(source, answers, outcome, today), here), beside))
        except IntegrityError:
            return False
        return True

    def record_many(self, entries: Iterable[Entry]) -> int:
        """Record results in one transaction: all of them, or none when one fails. Returns how many were new.

        A record whose id is there already stays as it is, also when somebody else records the same at this moment.
        Raises SQLAlchemyError when the database cannot take them.
        """
        # In the order of their ids: two imports of the same rows then wait for each other, and never crosswise.
        by_id = {entry.source.record: entry for entry in sorted(entries, key=lambda entry: entry.source.record)}
        if not by_id:
            return 0
        with self._engine.begin() as connection:
            here = due(connection)
            rows = [self._columns(entry, here) for entry in by_id.values()]
            new = connection.scalars(self._insert.on_conflict_do_nothing().returning(Referral.id), rows).all()
            referred = [row for record in new for row in _referred(record, by_id[record].outcome)]
            if referred:
                connection.execute(insert(ReferredInitiative), referred)
        return len(new)

    def recorded(self, records: Sequence[str]) -> set[str]:
        """Those of these ids that are recorded already. Raises SQLAlchemyError when the database cannot tell."""
        found: set[str] = set()
        with Session(self._engine) as session:
            for start in range(0, len(records), _BATCH):
                batch = records[start : start + _BATCH]
                found.update(session.scalars(select(Referral.id).where(Referral.id.in_(batch))))
        return found

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
        week = week_of(today)
        with Session(self._engine) as session, session.begin():
            here = due(session.connection())
            if session.get(Referral, source.record) is None:
                stopped = session.merge(
                    Stopped(
                        id=source.record,
                        week=week,
                        channel=source.channel,
                        site=source.site,
                        event=source.event,
                        question=question,
                    )
                )
                if not here.has_counted(stopped.period):
                    stopped.period = here.in_release_of(month_of(week))

    def _replacing(self, here: Due) -> ReturningInsert[Any]:
        """Inserts a record, or replaces the one with its id; what a release has counted stays where it is.

        Gives the newest release, as it is while no other can be stored, and whether the record had initiatives, and
        whether its conversation had stopped: most did not, and then nothing has to be forgotten.
        """
        last = self._last_replacing  # threads share it
        if last is None or last[0] != here:
            newer = {column.key: column for column in self._insert.excluded if column.key not in _STAYS}
            counted = (Referral.period <= here.released, Referral.period)
            newer["period"] = case(counted, else_=self._insert.excluded.period)
            replacing = self._insert.on_conflict_do_update(index_elements=["id"], set_=newer)
            last = self._last_replacing = here, replacing.returning(NEWEST.scalar_subquery(), *_HAD)
        return last[1]

    def _referral(self, entry: Entry, here: Due) -> Referral:
        """The record of a result."""
        return Referral(
            **self._columns(entry, here),
            initiatives=[
                ReferredInitiative(position=position, initiative=advice.id)
                for position, advice in enumerate(entry.outcome.initiatives, start=1)
            ],
        )

    def _columns(self, entry: Entry, here: Due) -> dict[str, Any]:
        """A record without its initiatives."""
        answers, outcome, week = entry.answers, entry.outcome, week_of(entry.day)
        newer, _, older = answers["bedrijf"].partition("/")
        return {
            "id": entry.source.record,
            "week": week,
            "period": here.in_release_of(month_of(week)),
            "channel": entry.source.channel,
            "site": entry.source.site,
            "event": entry.source.event,
            "sbi2025": newer,
            "sbi2008": older or newer,
            "size_class": answers["personen"],
            "municipality": self._knowledge.municipalities.current(answers["gemeente"], entry.day),
            "stage": outcome.maturity.stage,
            "score": outcome.maturity.score,
            "provisional": outcome.maturity.provisional,
            "safety_flag": outcome.maturity.safety_flag,
            "question": answers["hulpvraag"],
            "fallback": outcome.fallback.id,
            "nothing_fits": outcome.referral.nothing_fits,
            "scoring_version": self._knowledge.scoring_version,
            "catalogue_version": outcome.catalogue_version,
        }


def add_outcome(
    session: Session, *, initiative: str, step: str, outcome: str = "", lead_time: str = "", day: date
) -> None:
    """Add that a lead took a step on a day, in the caller's transaction. Only its month is kept.

    A step "afgesloten" has an outcome of ENDS, "ervaring" one of EXPERIENCES, and "contact" a class of LEAD_TIMES; the
    others have none. The caller leaves out leads of sites for demonstrations. Raises ValueError for a step, outcome or
    class that there is not.
    """
    known = OUTCOMES_OF.get(step)
    if known is None or (outcome not in known if known else outcome):
        raise ValueError(f"no such step and outcome: {step} {outcome}")
    if lead_time not in LEAD_TIMES if step == CONTACT else lead_time:
        raise ValueError(f"no such lead time of {step}: {lead_time}")
    month = month_of(week_of(day))
    session.add(
        Outcome(
            id=secrets.token_hex(16),
            month=month.id,
            period=due(session.connection()).in_release_of(month),
            initiative=initiative,
            step=step,
            outcome=outcome,
            lead_time=lead_time,
        )
    )


def _referred(record: str, outcome: Result) -> list[dict[str, Any]]:
    """The initiatives of a record."""
    return [
        {"referral_id": record, "position": position, "initiative": advice.id}
        for position, advice in enumerate(outcome.initiatives, start=1)
    ]
