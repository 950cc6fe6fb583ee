"""Asking for contact, confirming it by mail, and taking it back."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics import outcomes
from analytics.recording import add_outcome
from api.audit_log import log
from api.leads import consent, repository
from api.leads.contact import Contact
from api.leads.endings import end
from api.leads.errors import NothingToAsk, OtherText, TooManyRequests
from api.leads.handover import DAY, LONGEST_SECONDS, hand_over, mail
from api.leads.models import Consent, Lead
from api.leads.statuses import ASKED, EXPIRED, WITH_OWNER, WITHDRAWN
from api.leads.vault import Content, Profile, Unreadable, Vault
from api.leads.working_days import local_day
from api.operations import metrics
from api.outbox import queue
from api.portal.attempts import Attempts, network, remaining
from knowledge.base import Knowledge

CONFIRM_SECONDS = 3 * DAY
PER_ADDRESS = 3  # a day
PER_NETWORK = 40  # a day
PER_HALL = 400  # a day, from a network at an event: everybody there is behind the same address
CONFIRM, WITHDRAW, EXPERIENCE = "bevestigen", "intrekken", "ervaring"


@dataclass(frozen=True)
class Ask:
    """What somebody asks: `texts` has the hash of the text that was agreed to, by the id of each initiative.

    `key` makes a repeat of the same request recognisable.
    """

    contact: Contact
    profile: Profile
    texts: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True)
class Asked:
    """What came of it: `withdraw` is the token of a link for who gave no mail address to send it to."""

    initiatives: tuple[str, ...]
    confirm_by_mail: bool
    withdraw: str | None


@dataclass(frozen=True)
class Standing:
    """A lead as its entrepreneur sees it."""

    lead: str
    initiative: str
    status: str


class Leads:
    """The leads, from the side of the entrepreneur."""

    def __init__(
        self,
        engine: Engine,
        knowledge: Knowledge,
        vault: Vault,
        attempts: Attempts,
        *,
        controller: str = consent.CONTROLLER,
    ) -> None:
        """Take the parts, and who answers for the data."""
        self._engine, self._knowledge, self._controller = engine, knowledge, controller
        self._vault, self._attempts = vault, attempts

    def offered(self, initiatives: Sequence[str], today: date) -> tuple[str, ...]:
        """Those of these initiatives that can be asked: they run, refer, and somebody looks after them."""
        found = [self._knowledge.initiative(identifier) for identifier in dict.fromkeys(initiatives)]
        running = [entry.id for entry in found if entry and entry.verwijst and entry.running(today)]
        with Session(self._engine) as session:
            owned = repository.owned(session, running)
        return tuple(identifier for identifier in running if identifier in owned)

    def notice(self, initiative: str) -> consent.Notice:
        """The text that is agreed to for an initiative. Raises NothingToAsk for one that does not exist."""
        found = self._knowledge.initiative(initiative)
        if found is None:
            raise NothingToAsk
        return consent.notice(found)

    def ask(self, ask: Ask, host: str | None, today: date, *, per_network: int | None = None) -> Asked:
        """Store what somebody asks, and mail the link that confirms it; without a mail address it goes on at once.

        Raises NothingToAsk, OtherText and TooManyRequests; then nothing is stored.
        """
        address = ask.contact.email or ask.contact.phone or ""
        request = self._request(ask.key)
        with Session(self._engine) as session:
            before = tuple(lead.initiative for lead in repository.of_request(session, request))
        if before:  # whatever has changed since, what was asked stays asked
            return self._asked(ask, request, before)
        initiatives = self.offered(tuple(ask.texts), today)
        if not initiatives:
            raise NothingToAsk
        notices = {initiative: self.notice(initiative) for initiative in initiatives}
        if any(notices[initiative].hash != ask.texts[initiative] for initiative in initiatives):
            raise OtherText
        self._count(address, host, per_network or PER_NETWORK)
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                self._store(session, ask, request, notices)
        except IntegrityError:  # the same request came in twice at once
            return self._asked(ask, request, initiatives)
        metrics.FUNNEL.labels(metrics.ASKED_FOR_CONTACT).inc()
        return self._asked(ask, request, initiatives)

    def _request(self, key: str | None) -> str:
        """Id of a request: of the same key always the same.

        A plain hash would do for that, but the record of an intake gets one too, and a client may use one key for both.
        """
        return self._vault.token("aanvraag", key) if key else uuid4().hex

    def _count(self, address: str, host: str | None, per_network: int) -> None:
        now = int(time.time())
        for kind, subject, limit in (
            ("contact-netwerk", network(host), per_network),
            ("contact-adres", _mailbox(address), PER_ADDRESS),
        ):
            if not self._attempts.allow(kind, subject, limit, DAY, now):
                raise TooManyRequests(remaining(DAY, now))

    def _asked(self, ask: Ask, request: str, initiatives: tuple[str, ...]) -> Asked:
        by_mail = ask.contact.email is not None
        return Asked(initiatives, by_mail, None if by_mail else self._vault.token(WITHDRAW, request))

    def _store(self, session: Session, ask: Ask, request: str, notices: Mapping[str, consent.Notice]) -> None:
        now = int(time.time())
        leads = [self._add(session, ask, request, notice, now) for notice in notices.values()]
        if ask.contact.email:
            mail(session, self._vault, template=CONFIRM, request=request, now=now, confirm_until=now + CONFIRM_SECONDS)
            return
        token = self._vault.token(WITHDRAW, request)
        repository.add_link(session, token=token, purpose=WITHDRAW, subject=request, expires_at=now + LONGEST_SECONDS)
        for lead in leads:
            self._confirm(session, lead, now)

    def _add(self, session: Session, ask: Ask, request: str, notice: consent.Notice, now: int) -> Lead:
        # With the id made of the request, the same request cannot be stored twice.
        identifier = hashlib.sha256(f"{request}\n{notice.initiative}".encode()).hexdigest()[:32]
        box, key = self._vault.seal(identifier, Content(ask.contact, ask.profile))
        site = self._knowledge.sites.get(ask.profile.site)
        proof = Consent(
            id=str(uuid4()),
            schema_version=consent.SCHEMA_VERSION,
            controller=self._controller,
            recipient=notice.initiative,
            purpose=consent.PURPOSE,
            categories=list(consent.CATEGORIES),
            notice=consent.NOTICE,
            text=notice.hash,
            language=consent.LANGUAGE,
            method=consent.METHOD,
            jurisdiction=consent.JURISDICTION,
            expires_at=now + consent.KEEP_SECONDS,
        )
        lead = Lead(
            id=identifier,
            request=request,
            initiative=notice.initiative,
            status=ASKED,
            phone_only=ask.contact.email is None,
            counts=site is not None and site.telt,
            box=box,
            email_index=self._vault.index(ask.contact.email or ask.contact.phone or ""),
            consent=proof.id,
            requested_at=now,
            destroy_at=now + CONFIRM_SECONDS,
            settled=False,
            version=1,
        )
        repository.add(session, repository.Sealed(lead, key, proof, notice))
        repository.note_consent(session, proof.id, consent.ASKED, now)
        log.write(session, who=log.ENTREPRENEUR, action="aangevraagd", subject=identifier)
        return lead

    def standings(self, token: str, purpose: str) -> tuple[Standing, ...]:
        """The leads that a link is about; none for a link that does not work."""
        with Session(self._engine) as session:
            subject = repository.subject_of(session, token, purpose, int(time.time()))
            leads = repository.of_request(session, subject) if subject else ()
            return tuple(Standing(lead.id, lead.initiative, lead.status) for lead in leads)

    def to_confirm(self, token: str) -> tuple[Standing, ...]:
        """What a link would confirm; nothing for one that does not work (any more)."""
        return tuple(standing for standing in self.standings(token, CONFIRM) if standing.status == ASKED)

    def confirm(self, token: str) -> tuple[Standing, ...]:
        """Confirm a request by its link, once: from here its owners see it. Nothing for a link that does not work.

        Where the same entrepreneur has an open lead with an initiative already, that one goes on and this one ends.
        """
        now = int(time.time())
        with Session(self._engine) as session, session.begin():
            request = repository.use_link(session, token, CONFIRM, now)
            leads = repository.of_request(session, request) if request else ()
            asked = [lead for lead in leads if lead.status == ASKED]
            for lead in asked:
                self._confirm(session, lead, now)
            if any(lead.status in WITH_OWNER for lead in asked):
                mail(session, self._vault, template="ontvangstbewijs", request=asked[0].request, now=now)
            return tuple(Standing(lead.id, lead.initiative, lead.status) for lead in asked)

    def _confirm(self, session: Session, lead: Lead, now: int) -> None:
        repository.note_consent(session, lead.consent, consent.CONFIRMED, now)
        log.write(session, who=log.ENTREPRENEUR, action="bevestigd", subject=lead.id)
        if repository.open_elsewhere(session, lead):
            end(session, lead, EXPIRED, now, who=log.SYSTEM)
            return
        hand_over(session, lead, now)

    def withdraw(self, token: str, leads: Sequence[str]) -> tuple[Standing, ...]:
        """Take leads of a request back: their contents are destroyed at once. Returns how all of its leads stand then.

        The link keeps working for the others. Nothing for a link that does not work.
        """
        now = int(time.time())
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            request = repository.subject_of(session, token, WITHDRAW, now)
            all_leads = repository.of_request(session, request) if request else ()
            chosen = [lead for lead in all_leads if lead.id in leads and lead.box is not None]
            self._withdraw(session, chosen, now)
            return tuple(Standing(lead.id, lead.initiative, lead.status) for lead in all_leads)

    def experience(self, token: str, answer: str) -> bool:
        """Note what an entrepreneur says came of it, once per link. False for a link that does not work (any more).

        Raises ValueError for an answer that is not one of analytics.outcomes.EXPERIENCES.
        """
        now = int(time.time())
        with Session(self._engine) as session, session.begin():
            subject = repository.use_link(session, token, EXPERIENCE, now)
            lead = repository.find(session, subject) if subject else None
            if lead is not None and lead.counts:
                add_outcome(
                    session,
                    initiative=lead.initiative,
                    step=outcomes.EXPERIENCE,
                    outcome=answer,
                    day=local_day(now),
                )
            return lead is not None

    def about(self, token: str) -> str | None:
        """The initiative that an entrepreneur is asked about by a link; None when it does not work (any more)."""
        with Session(self._engine) as session:
            subject = repository.subject_of(session, token, EXPERIENCE, int(time.time()))
            lead = repository.find(session, subject) if subject else None
            return lead.initiative if lead else None

    def erase(self, address: str) -> int:
        """Take back everything of a mail address (in lower case) or phone number. Returns how many leads that were."""
        now = int(time.time())
        with Session(self._engine) as session, session.begin():
            repository.hold(session)
            leads = [lead for lead in repository.of_address(session, self._vault.index(address)) if lead.box]
            for request in dict.fromkeys(lead.request for lead in leads):
                self._withdraw(session, [lead for lead in leads if lead.request == request], now)
            return len(leads)

    def _withdraw(self, session: Session, leads: Sequence[Lead], now: int) -> None:
        if not leads:
            return
        address = self._address(session, leads[0])
        queue.cancel(session, [lead.id for lead in leads], now)
        for lead in leads:
            end(session, lead, WITHDRAWN, now, who=log.ENTREPRENEUR)
        if address:
            details = {"initiatieven": [lead.initiative for lead in leads]}
            sealed = self._vault.wrap(address.encode())
            queue.put(session, kind=queue.MAIL, template="ingetrokken", now=now, details=details, address=sealed)

    def _address(self, session: Session, lead: Lead) -> str | None:
        """Where to say that it was withdrawn; None when that is by phone, or nobody can read it any more."""
        key = repository.key_of(session, lead.id)
        if lead.box is None or key is None:
            return None
        try:
            return self._vault.open(lead.id, lead.box, key).contact.email
        except Unreadable:
            return None


def _mailbox(address: str) -> str:
    """Where mail to an address ends up: many servers let people add a word of their own after a plus."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if at else address
