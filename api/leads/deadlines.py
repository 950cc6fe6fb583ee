"""What happens when nobody takes a lead up: its owner is reminded, then others hear of it. Working days count."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.audit_log import log
from api.leads import deadlines_repository as repository
from api.leads.deadlines_repository import Late
from api.leads.handover import mail
from api.leads.repository import coordinators, owned, owners
from api.leads.vault import Vault
from api.leads.working_days import first_second, latest_start, local_day
from api.outbox import queue
from knowledge.base import Knowledge

# Working days after the day on which a lead came, when nobody has taken it up.
REMIND_AFTER, ESCALATE_AFTER, ALTERNATIVE_AFTER = 2, 5, 10
STOPPED, NO_OWNER, NO_RESPONSE = "gestopt", "geen-eigenaar", "geen-reactie"
_TEMPLATES = {STOPPED: "initiatief-gestopt", NO_OWNER: "geen-eigenaar"}


class Deadlines:
    """Does what is due; called again and again, by any number of processes: each thing happens once."""

    def __init__(self, engine: Engine, knowledge: Knowledge, vault: Vault) -> None:
        """Take the parts."""
        self._engine, self._knowledge, self._vault = engine, knowledge, vault

    def sweep(self, now: int) -> int:
        """Do some of what is due. Returns how much that was; 0 when nothing is left to do."""
        return self._remind(now) + self._escalate(now) + self._offer_another_way(now) + self._tell_of_orphans(now)

    def _remind(self, now: int) -> int:
        with Session(self._engine) as session, session.begin():
            late = repository.claim(session, repository.REMINDED, _came_before(now, REMIND_AFTER), now)
            for lead in late:
                log.write(session, who=log.SYSTEM, action="herinnerd", subject=lead.id)
                queue.tell(session, owners(session, lead.initiative), "herinnering", now=now, lead=lead.id)
            return len(late)

    def _escalate(self, now: int) -> int:
        with Session(self._engine) as session, session.begin():
            late = repository.claim(session, repository.ESCALATED, _came_before(now, ESCALATE_AFTER), now)
            for lead in late:
                log.write(session, who=log.SYSTEM, action="gemeld", subject=lead.id)
                self._tell_coordinators(session, "escalatie", lead.initiative, now, lead=lead.id)
            return len(late)

    def _offer_another_way(self, now: int) -> int:
        with Session(self._engine) as session, session.begin():
            late = repository.claim(session, repository.OFFERED, _came_before(now, ALTERNATIVE_AFTER), now)
            self._mail(session, late, NO_RESPONSE, now)
            return len(late)

    def _tell_of_orphans(self, now: int) -> int:
        """Tell of leads that nobody will take up: their initiative has stopped, or nobody looks after it.

        Coordinators hear of such an initiative once a day, and each entrepreneur who had no contact yet once.
        """
        today = local_day(now)
        day = first_second(today), first_second(today + timedelta(days=1))
        told = 0
        with Session(self._engine) as session, session.begin():
            for initiative, why in self._orphans(session, now):
                repository.hold(session, initiative)
                if not repository.was_told(session, _TEMPLATES[why], initiative, day):
                    self._tell_coordinators(session, _TEMPLATES[why], initiative, now)
                late = repository.claim(session, repository.OFFERED, now + 1, now, initiative=initiative)
                self._mail(session, late, why, now)
                told += len(late)
        return told

    def _orphans(self, session: Session, now: int) -> Iterator[tuple[str, str]]:
        """Initiatives with open leads that nobody will take up, and why."""
        initiatives = repository.with_open_leads(session)
        looked_after = owned(session, initiatives)
        for identifier in initiatives:
            initiative = self._knowledge.initiative(identifier)
            if initiative is None or not initiative.running(local_day(now)):
                yield identifier, STOPPED
            elif identifier not in looked_after:
                yield identifier, NO_OWNER

    def _mail(self, session: Session, late: list[Late], why: str, now: int) -> None:
        for lead in late:
            log.write(session, who=log.SYSTEM, action="alternatief", subject=lead.id, reason=why)
            mail(
                session,
                self._vault,
                template="alternatief",
                request=lead.request,
                lead=lead.id,
                now=now,
                details={"reden": why, "initiatief": lead.initiative},
            )

    def _tell_coordinators(
        self, session: Session, template: str, initiative: str, now: int, lead: str | None = None
    ) -> None:
        details = {"initiatief": initiative}
        queue.tell(session, coordinators(session), template, now=now, lead=lead, details=details)


def _came_before(now: int, working_days: int) -> int:
    """The second before which a lead came that so many working days, and today with them, have passed for."""
    return first_second(latest_start(local_day(now), working_days) + timedelta(days=1))
