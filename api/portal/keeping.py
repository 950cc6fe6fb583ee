"""How long is kept who had an account."""

from sqlalchemy import Connection, delete, exists, or_, update

from api.audit_log.models import AuditEntry
from api.owners.models import ProposedChange, Questionnaire
from api.portal.models import Account

KEEP_SECONDS = 30 * 24 * 60 * 60  # of name and address, so that a question about what somebody did can be answered
GONE_NAME = "Ingetrokken account"
_GONE_ADDRESS = "@ingetrokken.invalid"
_REFERENCES = (
    AuditEntry.who,
    ProposedChange.account,
    ProposedChange.decided_by,
    Questionnaire.handed_in_by,
)


def forget(connection: Connection, now: int) -> int:
    """Delete withdrawn accounts, and tell how many were changed.

    One that something refers to keeps its id, and loses name and address after 30 days.
    """
    referred_to = or_(*(exists().where(reference == Account.id) for reference in _REFERENCES))
    deleted = connection.execute(delete(Account).where(~Account.active, ~referred_to)).rowcount
    late = or_(Account.withdrawn_at.is_(None), Account.withdrawn_at <= now - KEEP_SECONDS)
    gone_address = Account.id + _GONE_ADDRESS
    wiped = connection.execute(
        update(Account)
        .where(~Account.active, late, Account.email != gone_address)
        .values(name=GONE_NAME, email=gone_address)
    ).rowcount
    return deleted + wiped
