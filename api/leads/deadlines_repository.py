"""The only place that finds leads that are late. Each is claimed in one statement, so that nothing is done twice."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.leads import repository
from api.leads.models import Lead
from api.leads.statuses import DELIVERED, SEEN, TAKEN_UP, WITH_OWNER
from api.outbox.models import OutboxItem
from api.outbox.queue import CANCELLED, GIVEN_UP, SENT, WAITING

Mark = InstrumentedAttribute[int | None]
REMINDED, ESCALATED, OFFERED = Lead.reminded_at, Lead.escalated_at, Lead.alternative_at

_AT_ONCE = 200


class Late(NamedTuple):
    """A lead that something is to be done about."""

    id: str
    initiative: str
    request: str


def claim(session: Session, mark: Mark, came_before: int, now: int, *, initiative: str | None = None) -> list[Late]:
    """Mark leads that came before a second and that nobody took up, some at a time, and give those.

    Of one initiative, those that were taken up but had no contact count too. Entrepreneurs without a mail address are
    not offered another way: there is no mail to do it in. Nobody is reminded until there is an owner.
    """
    statuses = (DELIVERED, SEEN) if initiative is None else (DELIVERED, SEEN, TAKEN_UP)
    wanted = [mark.is_(None), Lead.status.in_(statuses), Lead.confirmed_at < came_before]
    if initiative is not None:
        wanted.append(Lead.initiative == initiative)
    if mark is REMINDED:
        wanted.append(Lead.initiative.in_(repository.looked_after()))
    if mark is OFFERED:
        wanted.append(Lead.phone_only.is_(False))
    some = select(Lead.id).where(*wanted).limit(_AT_ONCE)
    claimed = (
        update(Lead)
        .where(Lead.id.in_(some), mark.is_(None))
        .values({mark: now})
        .returning(Lead.id, Lead.initiative, Lead.request)
        .execution_options(synchronize_session=False)
    )
    return [Late(*row) for row in session.execute(claimed)]


def with_open_leads(session: Session) -> Sequence[str]:
    """The initiatives that have leads to do something with."""
    found = select(Lead.initiative).where(Lead.status.in_(WITH_OWNER)).distinct().order_by(Lead.initiative)
    return session.scalars(found).all()


def hold(session: Session, initiative: str) -> None:
    """Hold off whoever would look after the leads of this initiative at the same time."""
    repository.hold(session)
    first = select(Lead.id).where(Lead.initiative == initiative, Lead.status.in_(WITH_OWNER)).order_by(Lead.id).limit(1)
    session.execute(first.with_for_update())


def was_told(session: Session, template: str, initiative: str, day: tuple[int, int]) -> bool:
    """Whether a mail of a kind about an initiative was made between two seconds, whatever became of it."""
    start, end = day
    made = select(OutboxItem.details).where(
        # The states and the moment that it is due, which never lies before it was made, are in an index.
        OutboxItem.state.in_((WAITING, SENT, GIVEN_UP, CANCELLED)),
        OutboxItem.due_at >= start,
        OutboxItem.made_at >= start,
        OutboxItem.made_at < end,
        OutboxItem.template == template,
    )
    return any(details.get("initiatief") == initiative for details in session.scalars(made))
