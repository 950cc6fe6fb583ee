"""What a step of its owner does to a lead, and what of it goes to the records that know no lead."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from analytics.outcomes import CONTACT as CONTACT_STEP
from analytics.outcomes import lead_time_class
from analytics.recording import add_outcome
from api.audit_log import log
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.handover import DAY, LONGEST_SECONDS
from api.leads.models import Lead
from api.leads.statuses import CLOSED_BY_OWNER, CONTACT, FINISHED, STARTED, STEPS, choices
from api.leads.vault import Profile
from api.leads.working_days import local_day, working_days
from api.owners.repository import Participants

REOPEN_SECONDS = 7 * DAY
REOPENED = "heropend"
SATISFACTION = range(1, 6)


@dataclass(frozen=True)
class Step:
    """What an owner says of a lead. Of one that is finished `helped` tells whether the firm is a step ahead.

    `satisfaction` is how satisfied the entrepreneur is, 1 to 5, when the owner knows.
    """

    status: str
    helped: bool | None = None
    satisfaction: int | None = None


def possible(lead: Lead, now: int) -> tuple[str, ...]:
    """What an owner may make of a lead now: a closed one can be opened again for a week."""
    if lead.closed_at is not None and (lead.box is None or lead.settled or now >= lead.closed_at + REOPEN_SECONDS):
        return ()
    return choices(lead.status)


def take(session: Session, lead: Lead, step: Step, profile: Callable[[], Profile], *, who: str, now: int) -> None:
    """Take a step with a lead, in the transaction of the caller; who skips steps has taken those too.

    `profile` opens what is known of the firm, and is asked when the firm takes part for the first time.
    """
    log.write(session, who=who, action=step.status if lead.closed_at is None else REOPENED, subject=lead.id)
    lead.status, lead.version = step.status, lead.version + 1
    if step.status in STEPS:
        lead.taken_up_at = lead.taken_up_at or now
    if step.status in (CONTACT, STARTED, FINISHED) and lead.contact_at is None:
        lead.contact_at = now
        _count_contact(session, lead, now)
    if step.status in (STARTED, FINISHED) and lead.started_at is None:
        lead.started_at = now
        if lead.counts:
            _note_participant(session, lead.initiative, profile(), now)
    closed = step.status in CLOSED_BY_OWNER
    lead.closed_at = now if closed else None
    lead.helped, lead.satisfaction = (step.helped, step.satisfaction) if step.status == FINISHED else (None, None)
    longest = lead.requested_at + LONGEST_SECONDS
    lead.destroy_at = min(now + KEEP_CLOSED_SECONDS, longest) if closed else longest


def _count_contact(session: Session, lead: Lead, now: int) -> None:
    if not lead.counts:
        return
    came, today = local_day(lead.confirmed_at or lead.requested_at), local_day(now)
    lead_time = lead_time_class(working_days(came, today))
    add_outcome(session, initiative=lead.initiative, step=CONTACT_STEP, lead_time=lead_time, day=today)


def _note_participant(session: Session, initiative: str, profile: Profile, now: int) -> None:
    Participants.add(
        session,
        initiative=initiative,
        year=local_day(now).year,
        sector=profile.sbi2025,
        municipality=profile.municipality,
        size_class=profile.size_class,
        stage=profile.stage,
        origin="aanvraag",
    )
