"""Records put into a database, and the releases that are made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from analytics.database import Base
from analytics.due import Due, due, last_released
from analytics.figures import Figures, Release
from analytics.menu import PUBLIC, STAFF
from analytics.models import Counted, Outcome, Publication, PublishedCell, Referral, Stopped
from analytics.periods import month, month_of
from analytics.releases import Releases
from knowledge.base import Knowledge
from tests.analytics.test_event_summary import referral

SECRET, OTHER_SECRET = bytes(range(32)), bytes(range(1, 33))
LATER = date(2028, 6, 1)  # every month of the tests is over
OCTOBER, NOVEMBER, DECEMBER = "2026-W41", "2026-W46", "2026-W50"
STAGES, THEMES = ("adhoc", "engaged", "verder"), ("klanten", "administratie", "veilig")
MIXED = {"stage": STAGES, "sbi2008": ("F", "G", "G", "Q"), "question": THEMES, "size_class": ("2-9", "10-49")}


def firms(number: int, week: str = OCTOBER, *, start: int = 0, **columns: Any) -> list[Referral]:
    """Records of a website that counts. Of what is given as a tuple, they have each in turn."""
    here = {"week": week, "site": "utrecht", "channel": "widget", "event": None, **columns}
    return [
        referral(
            one, **{name: value[one % len(value)] if type(value) is tuple else value for name, value in here.items()}
        )
        for one in range(start, start + number)
    ]


def stops(number: int, week: str = OCTOBER, **columns: Any) -> list[Stopped]:
    """Conversations that stopped at the first question."""
    here = {"channel": "widget", "site": "utrecht", "question": "sector", **columns}
    return [Stopped(id=f"stop-{week}-{one}", week=week, **here) for one in range(number)]


def tell_period(record: Base, here: Due) -> None:
    """Let a record tell in which release it counts."""
    if isinstance(record, Referral | Stopped):
        record.period = here.in_release_of(month_of(record.week))
    elif isinstance(record, Outcome):
        record.period = here.in_release_of(month(record.month))


@dataclass
class Desk:
    """A database, and who makes figures of what is in it."""

    engine: Engine
    knowledge: Knowledge
    secret: bytes = SECRET

    def add(self, *records: Sequence[Base]) -> None:
        """Record them, in the order in which those who record do."""
        with Session(self.engine) as session, session.begin():
            here = due(session.connection())
            for one in chain.from_iterable(records):
                tell_period(one, here)
                session.add(one)

    @property
    def releases(self) -> Releases:
        return Releases(self.engine, self.knowledge, lambda *, make: self.secret)

    def make(self, month_id: str | None = None, today: date = LATER) -> list[str]:
        """The ids of the months that were made."""
        return [one.id for one in self.releases.make(month(month_id) if month_id else None, today)]

    def staff(self, month_id: str = "2026-10") -> Release:
        return self._release(STAFF, month_id)

    def public(self, month_id: str = "2026-10") -> Release:
        return self._release(PUBLIC, month_id)

    def _release(self, audience: str, month_id: str) -> Release:
        found = Figures(self.engine, self.knowledge).release(audience, month_id)
        assert found is not None
        return found

    def stored(self, month_id: str = "") -> list[tuple[object, ...]]:
        """Everything that was published, of a month or of all."""
        with Session(self.engine) as session:
            publications = session.scalars(select(Publication).order_by(Publication.id)).all()
            return [
                (one.id, one.made_on, str(one.decisions), cell.table, cell.row, cell.column, cell.value, cell.status)
                for one in publications
                if one.id.endswith(month_id)
                for cell in one.cells
            ]

    def ids(self) -> list[str]:
        with Session(self.engine) as session:
            return list(session.scalars(select(Publication.id).order_by(Publication.id)))

    def periods(self) -> dict[str, str | None]:
        """In which release each record was counted; None when in none yet."""
        with Session(self.engine) as session:
            released = last_released(session)
            return {
                str(identifier): period if period and period <= released else None
                for records in (Referral, Stopped)
                for identifier, period in session.execute(select(records.id, records.period).order_by(records.id))
            }

    def is_untouched(self) -> bool:
        """Whether nothing was published or counted yet."""
        with Session(self.engine) as session:
            kept = [session.scalar(select(table).limit(1)) for table in (Publication, PublishedCell, Counted)]
        return kept == [None, None, None] and set(self.periods().values()) <= {None}
