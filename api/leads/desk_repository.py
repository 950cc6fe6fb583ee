"""The only place that reads and writes leads for their owners. Nothing here gives a lead of another initiative."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from api.leads.models import Lead
from api.portal.models import Account


def _of(initiatives: Collection[str]) -> Select[Lead]:
    """Leads of these initiatives that came to their owner; those never confirmed are nobody's."""
    return select(Lead).where(Lead.initiative.in_(list(initiatives)), Lead.confirmed_at.is_not(None))


def inbox(session: Session, initiatives: Collection[str], statuses: Collection[str]) -> Sequence[Lead]:
    """The leads that stand at one of these statuses, the newest first; without their boxes until they are asked for."""
    found = _of(initiatives).where(Lead.status.in_(list(statuses)))
    return session.scalars(found.options(defer(Lead.box)).order_by(Lead.confirmed_at.desc(), Lead.id)).all()


def count(session: Session, initiatives: Collection[str], statuses: Collection[str]) -> int:
    """How many leads stand at one of these statuses."""
    found = _of(initiatives).where(Lead.status.in_(list(statuses))).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def one(session: Session, lead: str, initiatives: Collection[str]) -> Lead | None:
    """A lead of these initiatives; locked where the database can."""
    return session.scalars(_of(initiatives).where(Lead.id == lead).with_for_update()).one_or_none()


def names(session: Session, accounts: Collection[str]) -> dict[str, str]:
    """The names of accounts by id."""
    found = select(Account.id, Account.name).where(Account.id.in_(list(accounts)))
    return {row.id: row.name for row in session.execute(found)}
