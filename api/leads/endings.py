"""How a lead ends: what is left of it, and what goes to the anonymous record."""

from sqlalchemy.orm import Session

from analytics.outcomes import CLOSED, HELPED
from analytics.recording import add_outcome
from api.audit_log import log
from api.leads import consent, repository
from api.leads.handover import DAY, GONE, tell_owners
from api.leads.models import Lead
from api.leads.statuses import ASKED, EXPIRED, FINISHED, WITH_OWNER, WITHDRAWN
from api.leads.working_days import local_day

KEEP_CLOSED_SECONDS = 90 * DAY
_NO_STEP_AHEAD = "niet_verder"
_CONSENT = {WITHDRAWN: consent.WITHDRAWN, EXPIRED: consent.EXPIRED}


def end(session: Session, lead: Lead, status: str, now: int, *, who: str) -> None:
    """End a lead because it was withdrawn or its time is over: its contents are destroyed, and the owner is told.

    One that was never confirmed leaves nothing but the proof of what was asked.
    """
    confirmed = lead.status != ASKED
    repository.note_consent(session, lead.consent, _CONSENT[status], now)
    log.write(session, who=who, action=status, subject=lead.id)
    if confirmed:
        settle(session, lead, status if lead.status in WITH_OWNER else outcome_of(lead), now)
        tell_owners(session, lead, f"aanvraag-{status}", GONE, now)
    lead.status, lead.version = status, lead.version + 1
    lead.closed_at = lead.closed_at or now
    lead.destroy_at = min(lead.destroy_at, now + KEEP_CLOSED_SECONDS) if confirmed else now
    session.flush()
    repository.destroy(session, [lead.id])


def settle(session: Session, lead: Lead, outcome: str, now: int) -> None:
    """Copy what came of a lead to the anonymous record, once."""
    if lead.counts and not lead.settled:
        add_outcome(session, initiative=lead.initiative, step=CLOSED, outcome=outcome, day=local_day(now))
    lead.settled = True


def outcome_of(lead: Lead) -> str:
    """What came of a lead that its owner closed, as the anonymous record calls it."""
    if lead.status == FINISHED:
        return HELPED if lead.helped else _NO_STEP_AHEAD
    return lead.status
