"""What time does to leads: they expire, their entrepreneur is asked how it went, and at last they are deleted."""

import logging

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.audit_log import log
from api.leads import consent, repository
from api.leads.endings import end, outcome_of, settle
from api.leads.handover import DAY, mail
from api.leads.progress import REOPEN_SECONDS
from api.leads.statuses import CLOSED_BY_OWNER, EXPIRED, WITH_OWNER
from api.leads.vault import Vault
from api.outbox.repository import rewrap
from api.webhooks import repository as webhooks

logger = logging.getLogger("assistent")


class Keeper:
    """Does what is due; called again and again."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take the parts."""
        self._engine, self._vault = engine, vault
        self._noted_day = 0

    def sweep(self, now: int) -> int:
        """Do some of what is due. Returns how much that was; 0 when nothing is left to do."""
        return self._settle(now) + self._end(now) + self._ask_how_it_went(now) + self._forget(now)

    def _settle(self, now: int) -> int:
        """Copy to the anonymous record what came of leads that their owners can no longer open again."""
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            due = repository.due_to_be_settled(session, now - REOPEN_SECONDS)
            for lead in due:
                settle(session, lead, outcome_of(lead), now)
            return len(due)

    def _end(self, now: int) -> int:
        """End leads whose time is over; those that ended before are deleted."""
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            due = repository.due_to_go(session, now)
            for lead in due:
                if lead.status in WITH_OWNER:
                    end(session, lead, EXPIRED, now, who=log.SYSTEM)
                elif lead.status in CLOSED_BY_OWNER:  # closed so late that its time is over before that of opening it
                    settle(session, lead, outcome_of(lead), now)
            gone = [lead for lead in due if lead.destroy_at <= now]
            for lead in gone:
                repository.note_consent(session, lead.consent, consent.EXPIRED, now)
                log.write(session, who=log.SYSTEM, action="gewist", subject=lead.id)
            session.flush()
            repository.delete_leads(session, [lead.id for lead in gone], [lead.request for lead in gone])
            return len(due)

    def _ask_how_it_went(self, now: int) -> int:
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            due = repository.due_to_be_asked(session, now)
            for lead in due:
                lead.follow_up_at = None
                mail(
                    session,
                    self._vault,
                    template="ervaring",
                    request=lead.request,
                    lead=lead.id,
                    now=now,
                    purposes=("ervaring",),
                )
            return len(due)

    def _forget(self, now: int) -> int:
        with Session(self._engine) as session, session.begin():
            forgotten = repository.forget_links(session, now) + repository.forget_consents(session, now)
            forgotten += log.forget(session)
            number, newest = log.head(session)
        if now // DAY != self._noted_day:  # elsewhere, so that it shows when somebody writes the whole log anew
            self._noted_day = now // DAY
            logger.info("Newest entry of the log: %d %s", number, newest)
        return forgotten

    def rotate(self) -> int:
        """Wrap all keys with the newest wrapping key, and addresses of mails that wait, and secrets of webhooks.

        Returns how many; afterwards older wrapping keys can go.
        """
        with Session(self._engine) as session, session.begin():
            done = rewrap(session, self._vault.rewrap) + webhooks.rewrap(session, self._vault.rewrap)
        last = ""
        while True:
            with Session(self._engine) as session, session.begin():
                keys = repository.wrapped_keys(session, last)
                for key in keys:
                    key.wrapped = self._vault.rewrap(key.wrapped)
                done += len(keys)
                if not keys:
                    return done
                last = keys[-1].lead
