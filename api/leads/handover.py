"""Bringing a lead to its owner, and telling those whom it concerns."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from analytics.outcomes import REQUESTED
from analytics.recording import add_outcome
from api.audit_log import log
from api.leads import consent, repository
from api.leads.models import Lead
from api.leads.statuses import DELIVERED
from api.leads.vault import Vault
from api.leads.working_days import local_day
from api.outbox import queue

DAY = 24 * 60 * 60
LONGEST_SECONDS = 365 * DAY  # from the request; a lead that is open lives so long
FOLLOW_UP_SECONDS = 30 * DAY
LINK_SECONDS = 400 * DAY  # longer than any lead lives
CREATED, GONE = "lead.created", "lead.withdrawn"


def hand_over(session: Session, lead: Lead, now: int) -> None:
    """Put a lead in its owner's inbox, and count it. It is there once, whatever becomes of the mails about it.

    Where it has no owner any more, the sweep of deadlines tells the coordinators.
    """
    lead.status, lead.confirmed_at, lead.version = DELIVERED, now, lead.version + 1
    lead.destroy_at = lead.requested_at + LONGEST_SECONDS
    lead.follow_up_at = None if lead.phone_only else now + FOLLOW_UP_SECONDS
    repository.note_consent(session, lead.consent, consent.DELIVERED, now)
    log.write(session, who=log.SYSTEM, action="afgeleverd", subject=lead.id)
    if lead.counts:
        add_outcome(session, initiative=lead.initiative, step=REQUESTED, day=local_day(now))
    tell_owners(session, lead, "nieuwe-aanvraag", CREATED, now)


def tell_owners(session: Session, lead: Lead, template: str, event: str | None, now: int) -> None:
    """Put a mail for each owner in the outbox, and an event for each of their webhooks when there is one."""
    queue.tell(session, repository.owners(session, lead.initiative), template, now=now, lead=lead.id)
    for webhook in repository.webhooks(session, lead.initiative) if event else ():
        queue.put(session, kind=queue.WEBHOOK, template=event or "", now=now, lead=lead.id, webhook=webhook)


def mail(
    session: Session,
    vault: Vault,
    *,
    template: str,
    request: str,
    now: int,
    lead: str | None = None,
    confirm_until: int | None = None,
    purposes: Iterable[str] = (),
    details: Mapping[str, Any] | None = None,
) -> None:
    """Put a mail to an entrepreneur in the outbox, with the links that it will have.

    Each has one to withdraw; `confirm_until` adds the one that confirms, `purposes` adds others about the one lead.
    `details` is what the text needs beside.
    """
    item = queue.put(session, kind=queue.MAIL, template=template, now=now, request=request, lead=lead, details=details)
    links = [("intrekken", request, now + LINK_SECONDS)]
    if confirm_until is not None:
        links.append(("bevestigen", request, confirm_until))
    links += [(purpose, lead or request, now + LINK_SECONDS) for purpose in purposes]
    for purpose, subject, expires_at in links:
        token = vault.token(purpose, item)
        repository.add_link(session, token=token, purpose=purpose, subject=subject, expires_at=expires_at)
