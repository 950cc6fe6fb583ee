"""The only place that reads and writes the outbox, but for putting something in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from api.audit_log import log
from api.leads.models import Lead
from api.leads.repository import coordinators
from api.outbox import queue
from api.outbox.models import OutboxItem
from api.outbox.queue import GIVEN_UP, MAIL, WAITING, WEBHOOK
from api.outbox.registry import ALARM
from api.portal.models import Account
from api.portal.people import COORDINATOR

LEASE_SECONDS = 180  # longer than any try lasts; when a worker was killed, another takes up its work after so long
KEEP_SECONDS = 30 * 24 * 60 * 60  # that is kept what is done
ALARM_SECONDS = 5 * 60  # that an alarm waits for more of the same
_AT_ONCE = 500


@dataclass(frozen=True)
class Item:
    """Something to send, as it was when a worker took it. Names are those of OutboxItem."""

    id: str
    kind: str
    template: str
    lead: str | None
    request: str | None
    account: str | None
    webhook: str | None
    details: Mapping[str, Any]
    address: bytes | None
    tries: int
    lease: str
    made_at: int
    due_at: int


@dataclass(frozen=True)
class Waiting:
    """What waits of one kind, and since when the oldest does; in seconds since 1970."""

    kind: str
    count: int
    oldest: int


class Outbox:
    """What has to be sent. Each method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def take_mails(self, worker: str, now: int, limit: int) -> list[Item]:
        """Take mails that are due, for as long as LEASE_SECONDS; nobody else takes them in that time."""
        due = _due(MAIL, now)
        return self._take(worker, now, due.limit(limit)) if self._any(due) else []

    def take_webhooks(self, worker: str, now: int, limit: int, busy: Collection[str]) -> list[Item]:
        """Take one message that is due of each of so many webhooks, but for those that are busy."""
        due = _due(WEBHOOK, now)
        waiting = due.with_only_columns(OutboxItem.webhook).where(OutboxItem.webhook.not_in(list(busy)))
        with Session(self._engine) as session:
            webhooks = session.scalars(waiting.order_by(None).distinct().limit(limit)).all()
        return [
            item
            for webhook in webhooks
            for item in self._take(worker, now, due.where(OutboxItem.webhook == webhook).limit(1))
        ]

    def _any(self, due: Select[str]) -> bool:
        """Whether there is something to take. Looking takes no lock, so that an idle worker is in nobody's way."""
        with Session(self._engine) as session:
            return session.scalar(due.limit(1)) is not None

    def _take(self, worker: str, now: int, due: Select[str]) -> list[Item]:
        chosen = due.with_for_update(skip_locked=True).cte("chosen")
        leased = (
            update(OutboxItem)
            .where(OutboxItem.id.in_(select(chosen.c.id)))
            .values(lease=worker, due_at=now + LEASE_SECONDS, tries=OutboxItem.tries + 1)
            .execution_options(synchronize_session=False)
            .returning(OutboxItem)
        )
        with Session(self._engine) as session, session.begin():
            return [_item(row) for row in session.scalars(leased)]

    def finish(self, item: Item, state: str, now: int, fault: str | None = None) -> bool:
        """Note how an item ended; when it was given up, every coordinator is told in the same transaction.

        False, and nothing done, when the lease was lost or the item was taken back meanwhile.
        """
        with Session(self._engine) as session, session.begin():
            values = {"state": state, "done_at": now, "lease": None, "address": None, "fault": fault}
            ours = _change(session, item, values)
            if ours and state == GIVEN_UP and item.template != ALARM:  # an alarm about an alarm would never end
                _alarm(session, now)
            return ours

    def postpone(self, item: Item, due_at: int, fault: str) -> bool:
        """Let an item wait for its next try. False, and nothing done, when it is not ours any more."""
        with Session(self._engine) as session, session.begin():
            return _change(session, item, {"due_at": due_at, "lease": None, "fault": fault})

    def waiting(self) -> list[Waiting]:
        """What waits, by kind."""
        waiting = select(OutboxItem.kind, func.count(), func.min(OutboxItem.made_at)).where(OutboxItem.state == WAITING)
        with Session(self._engine) as session:
            return [Waiting(*row) for row in session.execute(waiting.group_by(OutboxItem.kind))]

    def given_up(self, since: int = 0) -> Sequence[OutboxItem]:
        """What was given up, newest first: for the coordinator. Holds nothing of anybody."""
        found = select(OutboxItem).where(OutboxItem.state == GIVEN_UP, OutboxItem.done_at >= since)
        with Session(self._engine, expire_on_commit=False) as session:
            return session.scalars(found.order_by(OutboxItem.done_at.desc()).limit(_AT_ONCE)).all()

    def retry(self, item: str, who: str, now: int) -> bool:
        """Let something that was given up be tried anew, because somebody asks for it. False when it was not."""
        tried_anew = {"state": WAITING, "tries": 0, "due_at": now, "lease": None, "fault": None, "done_at": None}
        change = update(OutboxItem).where(OutboxItem.id == item, OutboxItem.state == GIVEN_UP).values(tried_anew)
        with Session(self._engine) as session, session.begin():
            found = session.scalar(change.execution_options(synchronize_session=False).returning(OutboxItem.id))
            if found:
                log.write(session, who=who, action="opnieuw", subject=found)
            return found is not None

    def of_webhook(self, webhook: str, limit: int) -> Sequence[OutboxItem]:
        """The newest messages to a webhook."""
        found = select(OutboxItem).where(OutboxItem.webhook == webhook)
        with Session(self._engine, expire_on_commit=False) as session:
            return session.scalars(found.order_by(OutboxItem.made_at.desc()).limit(limit)).all()

    def without_contents(self, items: Collection[str]) -> Sequence[str]:
        """Those of these items whose lead, or all leads of whose request, had their contents destroyed."""
        alive = exists().where(Lead.box.is_not(None))
        of_lead = OutboxItem.lead.is_not(None) & ~alive.where(Lead.id == OutboxItem.lead)
        of_request = ~alive.where(Lead.request == OutboxItem.request)
        found = select(OutboxItem.id).where(
            OutboxItem.id.in_(list(items)), OutboxItem.request.is_not(None), of_lead | of_request
        )
        with Session(self._engine) as session:
            return session.scalars(found).all()

    def sweep(self, now: int) -> int:
        """Delete some of what was done long ago, and tell how many that were."""
        old = select(OutboxItem.id).where(OutboxItem.done_at <= now - KEEP_SECONDS).limit(_AT_ONCE)
        with Session(self._engine) as session, session.begin():
            gone = delete(OutboxItem).where(OutboxItem.id.in_(old)).execution_options(synchronize_session=False)
            return len(session.scalars(gone.returning(OutboxItem.id)).all())


def rewrap(session: Session, rewrap_one: Callable[[bytes], bytes]) -> int:
    """Seal the addresses that wait under another key, in the transaction of the caller. Returns how many."""
    items = session.scalars(select(OutboxItem).where(OutboxItem.address.is_not(None)).with_for_update()).all()
    for item in items:
        item.address = rewrap_one(item.address or b"")
    return len(items)


def _due(kind: str, now: int) -> Select[str]:
    due = select(OutboxItem.id).where(OutboxItem.kind == kind, OutboxItem.state == WAITING, OutboxItem.due_at <= now)
    return due.order_by(OutboxItem.due_at)


def _item(row: OutboxItem) -> Item:
    return Item(
        id=row.id,
        kind=row.kind,
        template=row.template,
        lead=row.lead,
        request=row.request,
        account=row.account,
        webhook=row.webhook,
        details=row.details,
        address=row.address,
        tries=row.tries,
        lease=row.lease or "",
        made_at=row.made_at,
        due_at=row.due_at,
    )


def _change(session: Session, item: Item, values: Mapping[str, Any]) -> bool:
    changed = (
        update(OutboxItem)
        .where(OutboxItem.id == item.id, OutboxItem.lease == item.lease, OutboxItem.state == WAITING)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(changed.returning(OutboxItem.id)) is not None


def _alarm(session: Session, now: int) -> None:
    """Tell every coordinator, but who has a mail about it on its way already: that mail tells of all."""
    session.execute(select(Account.id).where(Account.role == COORDINATOR).with_for_update())  # one alarm at a time
    waiting = select(OutboxItem.account).where(OutboxItem.template == ALARM, OutboxItem.state == WAITING)
    told = set(session.scalars(waiting.where(OutboxItem.lease.is_(None))))
    for account in coordinators(session):
        if account not in told:
            queue.put(session, kind=MAIL, template=ALARM, now=now, account=account, after=ALARM_SECONDS)
