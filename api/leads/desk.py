"""The leads from the side of their owners: the list, one of them, and what its owner says of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.audit_log import log, words
from api.leads import desk_repository, repository
from api.leads.errors import Changed, NoSuchLead, NotPossible, UnreadableLead
from api.leads.models import Lead
from api.leads.progress import Step, possible, take
from api.leads.statuses import CLOSED, DELIVERED, SEEN, WITH_OWNER
from api.leads.vault import Content, Unreadable, Vault
from api.leads.working_days import local_day, working_days

READ, TAKEN_AWAY = "gelezen", "opgehaald"


@dataclass(frozen=True)
class Viewer:
    """Who looks: the id of the account, and the initiatives that it looks after now."""

    account: str
    initiatives: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """A lead without anything of its entrepreneur.

    `waits` is for how many working days it has waited to be taken up; None once it was. `choices` are the statuses that
    can follow now.
    """

    id: str
    initiative: str
    status: str
    phone_only: bool
    came: date
    waits: int | None
    destroyed_on: date
    choices: tuple[str, ...]
    version: int

    @property
    def is_open(self) -> bool:
        """Whether its owner has something to do."""
        return self.status in WITH_OWNER


@dataclass(frozen=True)
class Happening:
    """Something that was done to a lead: when (seconds since 1970), by whom and what, in words."""

    at: int
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class Opened:
    """A lead with what is in its box; `content` is None once that was destroyed.

    `consent` is the id of the record of the consent, `agreed` the text, and `agreed_on` the day of it.
    """

    entry: Entry
    content: Content | None
    consent: str
    purpose: str
    agreed: str
    agreed_on: date
    history: tuple[Happening, ...] = ()


class Desk:
    """What owners do with leads. Every method gives and changes only those of the viewer's initiatives."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Take the parts."""
        self._engine, self._vault = engine, vault

    def inbox(self, viewer: Viewer, now: int, *, closed: bool = False) -> tuple[Entry, ...]:
        """The leads that are open, or those that are closed, the newest first."""
        with Session(self._engine) as session:
            leads = desk_repository.inbox(session, viewer.initiatives, CLOSED if closed else WITH_OWNER)
            return tuple(_entry(lead, now) for lead in leads)

    def counts(self, viewer: Viewer) -> tuple[int, int]:
        """How many leads are open, and how many are closed."""
        with Session(self._engine) as session:
            return (
                desk_repository.count(session, viewer.initiatives, WITH_OWNER),
                desk_repository.count(session, viewer.initiatives, CLOSED),
            )

    def look(self, viewer: Viewer, lead: str, now: int) -> Entry:
        """A lead without its contents, which therefore is not noted. Raises NoSuchLead."""
        with Session(self._engine) as session:
            return _entry(_one(session, viewer, lead), now)

    def open(self, viewer: Viewer, lead: str, now: int) -> Opened:
        """A lead with its contents, and note who read them. Raises NoSuchLead and UnreadableLead."""
        with self._changing() as session:
            found = _one(session, viewer, lead)
            self._note(session, viewer, found, action=READ, reason="", now=now)
            return self._opened(session, found, now, with_history=True)

    def take_away(
        self, viewer: Viewer, leads: Sequence[str] | None, now: int, *, form: str, closed: bool = False
    ) -> tuple[Opened, ...]:
        """Leads with their contents for a file in some form, and note for each who took it.

        Without ids all that are open, or closed; what was destroyed is left out. Raises NoSuchLead and UnreadableLead.
        """
        with self._changing() as session:
            if leads is None:
                found = desk_repository.inbox(session, viewer.initiatives, CLOSED if closed else WITH_OWNER)
            else:
                found = [_one(session, viewer, lead) for lead in leads]
            there = [lead for lead in found if lead.box is not None]
            for lead in there:
                self._note(session, viewer, lead, action=TAKEN_AWAY, reason=form, now=now)
            return tuple(self._opened(session, lead, now) for lead in there)

    def move(self, viewer: Viewer, lead: str, step: Step, version: int, now: int) -> Entry:
        """Take a step with a lead that is still as it was at this version.

        Raises NoSuchLead; Changed when somebody else was first; NotPossible for a step that cannot follow; and
        UnreadableLead. Then nothing was changed.
        """
        with self._changing() as session:
            found = _one(session, viewer, lead)
            if found.version != version:
                raise Changed
            if step.status not in possible(found, now):
                raise NotPossible
            take(session, found, step, lambda: self._content(session, found).profile, who=viewer.account, now=now)
            return _entry(found, now)

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            yield session

    def _note(self, session: Session, viewer: Viewer, lead: Lead, *, action: str, reason: str, now: int) -> None:
        """Write down that somebody sees the contents, and that they were seen."""
        if lead.box is None:
            return
        log.write(session, who=viewer.account, action=action, subject=lead.id, reason=reason)
        if lead.seen_at is None:
            lead.seen_at = now
            if lead.status == DELIVERED:
                lead.status, lead.version = SEEN, lead.version + 1

    def _opened(self, session: Session, lead: Lead, now: int, *, with_history: bool = False) -> Opened:
        consent, agreed, _ = repository.consent_of(session, lead.consent)
        return Opened(
            entry=_entry(lead, now),
            content=self._content(session, lead) if lead.box is not None else None,
            consent=lead.consent,
            purpose=consent.purpose,
            agreed=agreed,
            agreed_on=local_day(lead.requested_at),
            history=_history(session, lead.id) if with_history else (),
        )

    def _content(self, session: Session, lead: Lead) -> Content:
        key = repository.key_of(session, lead.id)
        if lead.box is None or key is None:
            raise UnreadableLead
        try:
            return self._vault.open(lead.id, lead.box, key)
        except Unreadable:
            raise UnreadableLead from None


def _one(session: Session, viewer: Viewer, lead: str) -> Lead:
    found = desk_repository.one(session, lead, viewer.initiatives)
    if found is None:
        raise NoSuchLead
    return found


def _entry(lead: Lead, now: int) -> Entry:
    came = local_day(lead.confirmed_at or lead.requested_at)
    waiting = lead.status in (DELIVERED, SEEN)
    return Entry(
        id=lead.id,
        initiative=lead.initiative,
        status=lead.status,
        phone_only=lead.phone_only,
        came=came,
        waits=working_days(came, local_day(now)) if waiting else None,
        destroyed_on=local_day(lead.destroy_at),
        choices=possible(lead, now),
        version=lead.version,
    )


def _history(session: Session, lead: str) -> tuple[Happening, ...]:
    entries = log.about(session, lead)
    names = desk_repository.names(session, {entry.who for entry in entries})
    return tuple(
        Happening(entry.at, words.who(entry.who, names), words.action(entry.action), entry.reason) for entry in entries
    )
