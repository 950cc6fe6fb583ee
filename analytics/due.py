"""In the release of which month a record counts.

That is settled when it is recorded: in the month of its week, or when that was released already in the first that was
not. So making a release changes no record, which with millions of them would take longer than counting them.

A version of the product that ran beside this one may have recorded without telling, and months may have been passed
over; such records count in the next release, and only they are changed by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, TextClause, func, select, text, update
from sqlalchemy.orm import Session

from analytics.menu import STAFF
from analytics.models import Outcome, Publication, Referral, Stopped
from analytics.periods import Month, month, month_of

Records = type[Referral] | type[Stopped] | type[Outcome]
RECORDS: Sequence[Records] = (Referral, Stopped, Outcome)

NEVER = ""  # sorts before every month
_POSTGRESQL_LOCK = 0x6D6B6266  # any number that no other program uses
# Made once: somebody waits for what is recorded.
_SHARED = text(f"SELECT pg_advisory_xact_lock_shared({_POSTGRESQL_LOCK})")
_SHARED_WITHOUT_DISK = text(
    f"SELECT pg_advisory_xact_lock_shared({_POSTGRESQL_LOCK}), set_config('synchronous_commit', 'off', true)"
)
_EXCLUSIVE = text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})")
NEWEST = select(func.max(Publication.id)).where(Publication.id.startswith(f"{STAFF}/"))


@dataclass(frozen=True)
class Due:
    """What is still to be released: all after the month that was released last, or NEVER when none was."""

    released: str

    def in_release_of(self, one: Month) -> str:
        """Id of the month whose release counts a record of a month."""
        return one.id if self.released == NEVER else max(one.id, month(self.released).next.id)

    def has_counted(self, period: str | None) -> bool:
        """Whether a record of which this is told was counted."""
        return period is not None and period <= self.released


def due(connection: Connection) -> Due:
    """What is still to be released while this transaction lasts: until its end no release is stored.

    To be asked before something is recorded in it. Raises SQLAlchemyError when the database cannot tell.
    """
    hold(connection)
    return Due(last_released(connection))


def hold(connection: Connection, *, waits_for_disk: bool = True) -> None:
    """Let no release be stored until this transaction ends.

    Without `waits_for_disk` PostgreSQL does not wait for it when the transaction ends.
    """
    _hold(connection, _SHARED if waits_for_disk else _SHARED_WITHOUT_DISK)


def closing(session: Session) -> None:
    """Let nobody record until this transaction ends, and wait for whoever is recording."""
    _hold(session.connection(), _EXCLUSIVE)


def last_released(connection: Connection | Session) -> str:
    """Id of the month that was released last; NEVER when none was."""
    return month_id(connection.scalar(NEWEST))


def month_id(newest: str | None) -> str:
    """Id of the month of a release, NEVER when there is none."""
    return (newest or NEVER).rpartition("/")[2]


def take_along(session: Session, one: Month) -> None:
    """Let the release of a month count also what was passed over, or recorded without telling in which it counts."""
    after = last_released(session)
    for records in RECORDS:
        untold = records.period.is_(None), _until(records, one)
        passed = records.period > after, records.period < one.id
        for which in (untold, passed):
            session.execute(
                update(records).where(*which).values(period=one.id).execution_options(synchronize_session=False)
            )


def _until(records: Records, one: Month) -> ColumnElement[bool]:
    """Which records are of a month or of one before it."""
    return records.month <= one.id if issubclass(records, Outcome) else records.week <= one.last_week


def first_due(session: Session) -> Month | None:
    """The month of the oldest record, when there was no release yet; None when there is no record."""
    found = [month(told) for records in RECORDS if (told := session.scalar(select(func.min(records.period))))]
    for records in (Referral, Stopped):
        if week := session.scalar(select(func.min(records.week)).where(records.period.is_(None))):
            found.append(month_of(week))
    if untold := session.scalar(select(func.min(Outcome.month)).where(Outcome.period.is_(None))):
        found.append(month(untold))
    return min(found, default=None)


def _hold(connection: Connection, lock: TextClause) -> None:
    """Take a lock until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(lock)
    elif not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # SQLite has one writer at a time
