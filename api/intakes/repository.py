"""The only place that reads and writes what was answered to intakes."""

from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from api.intakes.models import GivenIntake

DAY = 24 * 60 * 60


def kept_until(now: int) -> int:
    """Until when an answer is kept: the end of the next day.

    The same for all answers of a day, so that nothing here tells when somebody was there. What is kept elsewhere of a
    request for contact has a time.
    """
    return (now // DAY + 2) * DAY


class GivenIntakes:
    """Answers to intakes, by a hash of their id. Times are seconds since 1970."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def find(self, identifier: str, now: int) -> GivenIntake | None:
        """What was answered today or yesterday."""
        with Session(self._engine) as session:
            found = session.get(GivenIntake, identifier)
            return found if found and found.expires_at > now else None

    def renew(self, identifier: str, outcome: dict[str, Any]) -> None:
        """Put another answer in the place of the first."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(GivenIntake).where(GivenIntake.id == identifier).values(outcome=outcome))

    def sweep(self, now: int) -> int:
        """Forget the answers whose time is over. Returns how many."""
        with Session(self._engine) as session, session.begin():
            found = session.scalars(select(GivenIntake.id).where(GivenIntake.expires_at <= now).limit(500)).all()
            session.execute(delete(GivenIntake).where(GivenIntake.id.in_(found)))
        return len(found)
