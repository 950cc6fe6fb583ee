"""The only place that reads and writes leads, their keys and links, and consents. The caller commits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from analytics.database import Base
from api.leads.consent import Notice
from api.leads.models import Consent, ConsentEvent, ConsentText, Lead, LeadKey, LeadLink
from api.leads.statuses import ASKED, CLOSED_BY_OWNER, WITH_OWNER
from api.portal.models import Account, AccountInitiative
from api.portal.people import COORDINATOR, OWNER
from api.portal.tokens import hashed
from api.webhooks.models import Webhook

_AT_ONCE = 200


# Both can leave a row that is there already as it is.
_INSERT: dict[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def _insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    return _INSERT[session.get_bind().dialect.name](table)


@dataclass(frozen=True)
class Sealed:
    """A lead that is new, with its wrapped key and the text that was agreed to."""

    lead: Lead
    key: bytes
    consent: Consent
    notice: Notice


def add(session: Session, sealed: Sealed) -> None:
    """Store a lead with its key and consent."""
    text = _insert(session, ConsentText).values(hash=sealed.notice.hash, text=sealed.notice.text)
    session.execute(text.on_conflict_do_nothing())
    session.add_all((sealed.consent, sealed.lead))
    session.flush()
    session.add(LeadKey(lead=sealed.lead.id, wrapped=sealed.key))


def hold(session: Session) -> None:
    """Hold off other writers until the end of the transaction, on SQLite, which locks no rows.

    Without it two at once could both read a lead as it was, and both change it.
    """
    if session.get_bind().dialect.name == "sqlite":  # a change that touches no row is a change all the same
        session.execute(
            update(Lead).where(Lead.version < 0).values(version=0).execution_options(synchronize_session=False)
        )


def of_request(session: Session, request: str) -> Sequence[Lead]:
    """The leads that were asked for at once, in the order of their initiatives; locked where the database can."""
    return session.scalars(
        select(Lead).where(Lead.request == request).order_by(Lead.initiative).with_for_update()
    ).all()


def find(session: Session, lead: str) -> Lead | None:
    """The lead with this id; locked where the database can."""
    return session.scalars(select(Lead).where(Lead.id == lead).with_for_update()).one_or_none()


def key_of(session: Session, lead: str) -> bytes | None:
    """The wrapped key of a lead; None once it was destroyed."""
    return session.scalar(select(LeadKey.wrapped).where(LeadKey.lead == lead))


def open_elsewhere(session: Session, lead: Lead) -> bool:
    """Whether who asks this has another lead with the same initiative already that is open and confirmed."""
    same = select(Lead.id).where(
        Lead.email_index == lead.email_index,
        Lead.initiative == lead.initiative,
        Lead.status.in_(WITH_OWNER),
        Lead.id != lead.id,
    )
    return session.scalar(same.limit(1)) is not None


def of_address(session: Session, index: str) -> Sequence[Lead]:
    """All leads of a mail address or phone number."""
    return session.scalars(select(Lead).where(Lead.email_index == index).with_for_update()).all()


def add_link(session: Session, *, token: str, purpose: str, subject: str, expires_at: int) -> None:
    """Store a link that a mail will have."""
    session.add(LeadLink(token_hash=hashed(token), purpose=purpose, subject=subject, expires_at=expires_at))


def subject_of(session: Session, token: str, purpose: str, now: int) -> str | None:
    """What a link is about; None for one that does not work (any more). It is not used up."""
    return session.scalar(
        select(LeadLink.subject).where(
            LeadLink.token_hash == hashed(token), LeadLink.purpose == purpose, LeadLink.expires_at > now
        )
    )


def use_link(session: Session, token: str, purpose: str, now: int) -> str | None:
    """What a link is about, which works no more from here: of two requests at once, one gets it."""
    return session.scalar(
        delete(LeadLink)
        .where(LeadLink.token_hash == hashed(token), LeadLink.purpose == purpose, LeadLink.expires_at > now)
        .returning(LeadLink.subject)
    )


def note_consent(session: Session, consent: str, kind: str, now: int) -> None:
    """Add to what happened to a consent; the first time of its kind counts."""
    session.execute(_insert(session, ConsentEvent).values(consent=consent, kind=kind, at=now).on_conflict_do_nothing())


def consent_of(session: Session, consent: str) -> tuple[Consent, str, list[tuple[str, int]]]:
    """The consent of a lead, which is kept longer than that, with its text and what happened to it, oldest first."""
    found = session.get_one(Consent, consent)
    text = session.get_one(ConsentText, found.text).text
    events = select(ConsentEvent.kind, ConsentEvent.at).where(ConsentEvent.consent == consent)
    return found, text, [(kind, at) for kind, at in session.execute(events.order_by(ConsentEvent.at))]


def looked_after() -> Select[str]:
    """The initiatives that somebody looks after who can log in, once for each such account."""
    return (
        select(AccountInitiative.initiative)
        .join(Account, AccountInitiative.account == Account.id)
        .where(Account.active, Account.role == OWNER)
    )


def owners(session: Session, initiative: str) -> Sequence[str]:
    """The accounts that look after an initiative and can log in."""
    found = looked_after().with_only_columns(Account.id).where(AccountInitiative.initiative == initiative)
    return session.scalars(found.order_by(Account.id)).all()


def owned(session: Session, initiatives: Iterable[str]) -> set[str]:
    """Those of these initiatives that somebody looks after."""
    return set(session.scalars(looked_after().where(AccountInitiative.initiative.in_(list(initiatives)))))


def coordinators(session: Session) -> Sequence[str]:
    """The accounts of the coordinators that can log in."""
    return session.scalars(
        select(Account.id).where(Account.role == COORDINATOR, Account.active).order_by(Account.id)
    ).all()


def webhooks(session: Session, initiative: str) -> Sequence[str]:
    """The addresses of software that want to hear of leads of an initiative."""
    return session.scalars(select(Webhook.id).where(Webhook.initiative == initiative, Webhook.active)).all()


def destroy(session: Session, leads: Sequence[str]) -> None:
    """Destroy the contents of leads with their keys, and the links to them; the rows stay."""
    session.execute(delete(LeadKey).where(LeadKey.lead.in_(leads)).execution_options(synchronize_session=False))
    session.execute(
        update(Lead)
        .where(Lead.id.in_(leads))
        .values(box=None, email_index=None, follow_up_at=None)
        .execution_options(synchronize_session="fetch")
    )
    session.execute(delete(LeadLink).where(LeadLink.subject.in_(leads)).execution_options(synchronize_session=False))


def delete_leads(session: Session, leads: Sequence[str], requests: Sequence[str]) -> None:
    """Delete leads, and the links of requests that have none left."""
    session.execute(delete(LeadKey).where(LeadKey.lead.in_(leads)).execution_options(synchronize_session=False))
    session.execute(delete(Lead).where(Lead.id.in_(leads)).execution_options(synchronize_session=False))
    left = select(Lead.request).where(Lead.request.in_(requests))
    gone = and_(LeadLink.subject.in_(requests), LeadLink.subject.not_in(left))
    session.execute(
        delete(LeadLink).where(or_(gone, LeadLink.subject.in_(leads))).execution_options(synchronize_session=False)
    )


def due_to_go(session: Session, now: int) -> Sequence[Lead]:
    """Leads whose time is over, some at a time."""
    return session.scalars(
        select(Lead).where(Lead.destroy_at <= now).limit(_AT_ONCE).with_for_update(skip_locked=True)
    ).all()


def due_to_be_asked(session: Session, now: int) -> Sequence[Lead]:
    """Leads whose entrepreneur is to be asked how it went, some at a time."""
    return session.scalars(
        select(Lead)
        .where(Lead.follow_up_at <= now, Lead.status != ASKED)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()


def due_to_be_settled(session: Session, closed_before: int) -> Sequence[Lead]:
    """Leads that their owner closed so long ago that they stay closed, some at a time."""
    return session.scalars(
        select(Lead)
        .where(Lead.status.in_(CLOSED_BY_OWNER), Lead.settled.is_(False), Lead.closed_at <= closed_before)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()


def forget_links(session: Session, now: int) -> int:
    """Delete links that are over. Returns how many that were."""
    over = delete(LeadLink).where(LeadLink.expires_at <= now).returning(LeadLink.token_hash)
    return len(session.scalars(over).all())


def forget_consents(session: Session, now: int) -> int:
    """Delete proof that has been kept long enough. Returns how many that were."""
    over = session.scalars(select(Consent.id).where(Consent.expires_at <= now).limit(_AT_ONCE)).all()
    session.execute(delete(ConsentEvent).where(ConsentEvent.consent.in_(over)))
    session.execute(delete(Consent).where(Consent.id.in_(over)))
    unused = ConsentText.hash.not_in(select(Consent.text))
    if over:
        session.execute(delete(ConsentText).where(unused))
    return len(over)


def wrapped_keys(session: Session, after: str) -> Sequence[LeadKey]:
    """Wrapped keys in the order of their leads, some at a time."""
    return session.scalars(
        select(LeadKey).where(LeadKey.lead > after).order_by(LeadKey.lead).limit(_AT_ONCE).with_for_update()
    ).all()
