"""Putting something in the outbox: in the same transaction as what it tells of, so that neither is there alone."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from api.outbox import registry
from api.outbox.models import OutboxItem

MAIL, WEBHOOK = "mail", "webhook"
WAITING, SENT, GIVEN_UP, CANCELLED = "wacht", "verstuurd", "opgegeven", "vervallen"


def put(
    session: Session,
    *,
    kind: str,
    template: str,
    now: int,
    lead: str | None = None,
    request: str | None = None,
    account: str | None = None,
    webhook: str | None = None,
    details: Mapping[str, Any] | None = None,
    address: bytes | None = None,
    after: int = 0,
) -> str:
    """Add a mail or webhook that is to be sent from now on, or after so many seconds. Returns its id.

    A mail goes to an account or to who made a request; `address` is a sealed address, when the request no longer has
    one. `details` is what the text needs beside, and never personal data. Raises ValueError for what cannot be sent.
    """
    registry.check(kind, template, details or {})
    identifier = str(uuid4())
    session.add(
        OutboxItem(
            id=identifier,
            kind=kind,
            template=template,
            lead=lead,
            request=request,
            account=account,
            webhook=webhook,
            details=dict(details or {}),
            address=address,
            state=WAITING,
            tries=0,
            due_at=now + after,
            made_at=now,
        )
    )
    return identifier


def tell(
    session: Session,
    accounts: Iterable[str],
    template: str,
    *,
    now: int,
    lead: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add a mail for each of these accounts. Raises ValueError for what cannot be sent."""
    for account in accounts:
        put(session, kind=MAIL, template=template, now=now, lead=lead, account=account, details=details)


def cancel(session: Session, leads: list[str], now: int) -> None:
    """Take back what was not sent yet of these leads."""
    session.execute(
        update(OutboxItem)
        .where(OutboxItem.lead.in_(leads), OutboxItem.state == WAITING)
        .values(state=CANCELLED, done_at=now, address=None)
        .execution_options(synchronize_session=False)
    )
