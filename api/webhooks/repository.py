"""The only place that reads and writes webhooks and tokens of owners' software. The caller commits."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from api.portal.models import Account, AccountInitiative
from api.portal.people import OWNER
from api.portal.tokens import hashed
from api.webhooks.models import ApiToken, Webhook


def find(session: Session, webhook: str) -> Webhook | None:
    """The webhook with this id; locked where the database can."""
    return session.scalars(select(Webhook).where(Webhook.id == webhook).with_for_update()).one_or_none()


def webhooks_of(session: Session, initiatives: Collection[str]) -> Sequence[Webhook]:
    """The webhooks of these initiatives, the oldest first."""
    found = select(Webhook).where(Webhook.initiative.in_(list(initiatives)))
    return session.scalars(found.order_by(Webhook.made_at, Webhook.id)).all()


def tokens_of(session: Session, initiatives: Collection[str]) -> Sequence[ApiToken]:
    """The tokens of these initiatives, the oldest first."""
    found = select(ApiToken).where(ApiToken.initiative.in_(list(initiatives)))
    return session.scalars(found.order_by(ApiToken.made_at, ApiToken.token_hash)).all()


def count(session: Session, table: type[Webhook | ApiToken], initiative: str) -> int:
    """How many webhooks or tokens an initiative has."""
    return session.scalar(select(func.count()).select_from(table).where(table.initiative == initiative)) or 0


def use_token(session: Session, token: str, now: int) -> str | None:
    """The initiative that a token is for; None for one that does not hold.

    It holds for as long as who made it can log in and looks after the initiative: who left takes nothing along.
    """
    holds = (
        select(AccountInitiative.initiative)
        .join(Account, Account.id == AccountInitiative.account)
        .where(
            and_(AccountInitiative.account == ApiToken.made_by, AccountInitiative.initiative == ApiToken.initiative),
            Account.active,
            Account.role == OWNER,
        )
    )
    used = update(ApiToken).where(ApiToken.token_hash == hashed(token), holds.exists()).values(last_used_at=now)
    return session.scalar(used.returning(ApiToken.initiative).execution_options(synchronize_session=False))


def delete_webhook(session: Session, webhook: str) -> None:
    """Delete a webhook; what was still to be sent there lapses."""
    session.execute(delete(Webhook).where(Webhook.id == webhook))


def delete_token(session: Session, token_hash: str, initiatives: Collection[str] | None) -> bool:
    """Delete a token of one of these initiatives, or with None of whichever. False when there is none."""
    gone = delete(ApiToken).where(ApiToken.token_hash == token_hash)
    if initiatives is not None:
        gone = gone.where(ApiToken.initiative.in_(list(initiatives)))
    return session.scalar(gone.returning(ApiToken.token_hash)) is not None


def rewrap(session: Session, rewrap_one: Callable[[bytes], bytes]) -> int:
    """Seal the secrets under another key. Returns how many webhooks that were of."""
    webhooks = session.scalars(select(Webhook).with_for_update()).all()
    for webhook in webhooks:
        webhook.secret = rewrap_one(webhook.secret)
        if webhook.earlier_secret is not None:
            webhook.earlier_secret = rewrap_one(webhook.earlier_secret)
    return len(webhooks)
