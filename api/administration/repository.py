"""The only place that reads what the coordinator sees of leads, mails and retention. Never a box, and no address."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.administration.retention import Kind
from api.leads.models import Lead
from api.leads.statuses import CLOSED, WITH_OWNER
from api.outbox.models import OutboxItem
from api.portal.models import Account


class OpenLead(NamedTuple):
    """A lead that its owner has something to do with; `came_at` in seconds since 1970."""

    initiative: str
    status: str
    phone_only: bool
    came_at: int


class Kept(NamedTuple):
    """How much there is of a kind; of the oldest when it was made, and of the next when it goes."""

    number: int
    oldest: int | None
    next: int | None


def open_leads(session: Session) -> list[OpenLead]:
    """All leads that are open, the oldest first."""
    columns = (Lead.initiative, Lead.status, Lead.phone_only, Lead.confirmed_at)
    found = select(*columns).where(Lead.status.in_(WITH_OWNER), Lead.confirmed_at.is_not(None))
    rows = session.execute(found.order_by(Lead.confirmed_at, Lead.id))
    return [OpenLead(row.initiative, row.status, row.phone_only, row.confirmed_at or 0) for row in rows]


def closed_by_initiative(session: Session) -> dict[str, int]:
    """How many leads are closed, but still there, by initiative."""
    found = select(Lead.initiative, func.count()).where(Lead.status.in_(CLOSED), Lead.confirmed_at.is_not(None))
    return {row[0]: row[1] for row in session.execute(found.group_by(Lead.initiative))}


def outbox_by_state(session: Session) -> dict[tuple[str, str], int]:
    """How many mails and webhooks there are, by kind and state."""
    found = select(OutboxItem.kind, OutboxItem.state, func.count()).group_by(OutboxItem.kind, OutboxItem.state)
    return {(kind, state): number for kind, state, number in session.execute(found)}


def names(session: Session) -> dict[str, str]:
    """The names of all accounts by id."""
    return {row.id: row.name for row in session.execute(select(Account.id, Account.name))}


def kept(session: Session, kinds: Sequence[Kind]) -> list[Kept]:
    """How much there is of each kind."""
    found = []
    for kind in kinds:
        measured = select(func.count(), func.min(kind.made), func.min(kind.goes)).select_from(kind.table)
        found.append(Kept(*session.execute(measured.where(*kind.where)).one()))
    return found


def amounts(session: Session, tables: Sequence[str]) -> list[int]:
    """How many rows tables have."""
    known = Lead.metadata.tables
    return [session.scalar(select(func.count()).select_from(known[table])) or 0 for table in tables]
