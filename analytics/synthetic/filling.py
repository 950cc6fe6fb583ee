"""Made-up records into a database: as many as are asked for, in constant memory."""

from datetime import date

from sqlalchemy import Connection, Engine, insert, select

from analytics.counting import counting
from analytics.due import due
from analytics.models import Outcome, Referral, ReferredInitiative, Stopped
from analytics.periods import month, month_of
from analytics.synthetic.records import SYNTHETIC, generate
from knowledge.base import Knowledge


class RealRecords(Exception):
    """The database holds records that were not made up."""


def fill(engine: Engine, knowledge: Knowledge, *, seed: int, records: int, first: date, last: date) -> None:
    """Add made-up records in the weeks from one day to another; all that generate() gives.

    Raises RealRecords when the database holds real ones that count, ValueError when the last day lies before the first,
    and SQLAlchemyError when the database cannot take them; what was added before that stays.
    """
    with engine.begin() as connection:
        if _has_real_records(connection, knowledge):
            raise RealRecords
    for batch in generate(knowledge, seed=seed, records=records, first=first, last=last):
        with engine.begin() as connection:
            here = due(connection)
            for row in (*batch.referrals, *batch.stops):
                row["period"] = here.in_release_of(month_of(row["week"]))
            for row in batch.outcomes:
                row["period"] = here.in_release_of(month(row["month"]))
            connection.execute(insert(Referral), batch.referrals)
            if batch.initiatives:
                connection.execute(insert(ReferredInitiative), batch.initiatives)
            if batch.stops:
                connection.execute(insert(Stopped), batch.stops)
            if batch.outcomes:
                connection.execute(insert(Outcome), batch.outcomes)


def holds_synthetic(engine: Engine) -> bool:
    """Whether any record in the database was made up."""
    made_up = select(Referral.id).where(Referral.id >= SYNTHETIC, Referral.id < f"{SYNTHETIC}~").limit(1)
    with engine.connect() as connection:
        return connection.scalar(made_up) is not None


def _has_real_records(connection: Connection, knowledge: Knowledge) -> bool:
    real = select(Referral.id).where(Referral.scoring_version != SYNTHETIC, counting(knowledge.sites)).limit(1)
    demo = [identifier for identifier, site in knowledge.sites.items() if not site.telt]
    stopped = select(Stopped.id).where(~Stopped.id.startswith(SYNTHETIC), Stopped.site.not_in(demo)).limit(1)
    leads = select(Outcome.id).where(~Outcome.id.startswith(SYNTHETIC)).limit(1)
    return any(connection.scalar(question) is not None for question in (real, stopped, leads))
