"""What owners do with their webhooks and tokens, and what software gets for a token."""

import base64
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.audit_log import log
from api.leads.desk import Desk, Opened, Viewer
from api.leads.vault import Vault
from api.outbox import queue
from api.outbox.models import OutboxItem
from api.outbox.registry import TEST
from api.outbox.repository import Outbox
from api.portal.tokens import hashed, new_token
from api.webhooks import repository
from api.webhooks.addresses import Addresses, BadAddress
from api.webhooks.errors import NoSuchConnection, NoSuchToken, Refusal
from api.webhooks.models import ApiToken, Webhook

BOTH_SIGN_SECONDS = 24 * 60 * 60  # after a change of secret
MOST = 5  # of either, for one initiative
SECRET_BYTES = 32
LONGEST_NAME = 120
SHOWN_DELIVERIES = 10
_PREFIX = "whsec_"


@dataclass(frozen=True)
class Who:
    """An owner: the account, and the initiatives that it looks after now."""

    account: str
    initiatives: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """A webhook, whether two secrets sign now, and its newest messages."""

    webhook: Webhook
    both_sign: bool
    deliveries: Sequence[OutboxItem]


class Connections:
    """The software of owners. Every method looks at and changes only what is of the owner's own initiatives."""

    def __init__(self, engine: Engine, vault: Vault, outbox: Outbox, desk: Desk, addresses: Addresses) -> None:
        """Take the parts."""
        self._engine, self._vault, self._outbox = engine, vault, outbox
        self._desk, self._addresses = desk, addresses

    def webhooks(self, who: Who, now: int) -> list[Shown]:
        """The webhooks, the oldest first."""
        with Session(self._engine, expire_on_commit=False) as session:
            found = repository.webhooks_of(session, who.initiatives)
        return [
            Shown(webhook, now < (webhook.earlier_until or 0), self._outbox.of_webhook(webhook.id, SHOWN_DELIVERIES))
            for webhook in found
        ]

    def tokens(self, who: Who) -> Sequence[ApiToken]:
        """The tokens, the oldest first."""
        with Session(self._engine, expire_on_commit=False) as session:
            return repository.tokens_of(session, who.initiatives)

    async def check(self, url: str) -> None:
        """See that messages can go to an address. Raises Refusal."""
        try:
            await self._addresses.look_up(self._addresses.read(url))
        except BadAddress as bad:
            raise Refusal(str(bad)) from None

    def add_webhook(self, who: Who, initiative: str, url: str, now: int) -> str:
        """Add a webhook at an address that was checked. Returns its secret, shown once. Raises Refusal."""
        secret = _secret()
        with self._changing(who, initiative, Webhook) as session:
            webhook = Webhook(
                id=str(uuid4()),
                initiative=initiative,
                url=url,
                secret=self._vault.wrap(secret.encode()),
                active=True,
                made_at=now,
            )
            session.add(webhook)
            log.write(session, who=who.account, action="koppeling-nieuw", subject=webhook.id)
        return secret

    @contextmanager
    def _changing(self, who: Who, initiative: str, table: type[Webhook | ApiToken]) -> Iterator[Session]:
        if initiative not in who.initiatives:
            raise NoSuchConnection
        with Session(self._engine) as session, session.begin():
            if repository.count(session, table, initiative) >= MOST:
                raise Refusal(f"Een initiatief heeft er hoogstens {MOST}. Verwijder er eerst een.")
            yield session

    @contextmanager
    def _webhook(self, who: Who, webhook: str) -> Iterator[tuple[Session, Webhook]]:
        with Session(self._engine) as session, session.begin():
            found = repository.find(session, webhook)
            if found is None or found.initiative not in who.initiatives:
                raise NoSuchConnection
            yield session, found

    def rotate(self, who: Who, webhook: str, now: int) -> str:
        """Give a webhook a new secret, which is not shown again; the earlier one signs too, for a day."""
        secret = _secret()
        with self._webhook(who, webhook) as (session, found):
            found.earlier_secret, found.earlier_until = found.secret, now + BOTH_SIGN_SECONDS
            found.secret = self._vault.wrap(secret.encode())
            log.write(session, who=who.account, action="koppeling-geheim", subject=found.id)
        return secret

    def end_rotation(self, who: Who, webhook: str) -> None:
        """Let the earlier secret sign no more."""
        with self._webhook(who, webhook) as (_, found):
            found.earlier_secret = found.earlier_until = None

    def switch(self, who: Who, webhook: str, *, on: bool) -> None:
        """Switch a webhook on or off; what still has to be sent lapses while it is off."""
        with self._webhook(who, webhook) as (session, found):
            found.active = on
            log.write(session, who=who.account, action=f"koppeling-{'aan' if on else 'uit'}", subject=found.id)

    def remove(self, who: Who, webhook: str) -> None:
        """Delete a webhook."""
        with self._webhook(who, webhook) as (session, found):
            repository.delete_webhook(session, found.id)
            log.write(session, who=who.account, action="koppeling-weg", subject=found.id)

    def test(self, who: Who, webhook: str, now: int) -> None:
        """Send a message that tells nothing, to see whether it arrives. Raises Refusal when the webhook is off."""
        with self._webhook(who, webhook) as (session, found):
            if not found.active:
                raise Refusal("Deze koppeling staat uit. Zet hem eerst aan.")
            queue.put(session, kind=queue.WEBHOOK, template=TEST, now=now, webhook=found.id)

    def add_token(self, who: Who, initiative: str, typed_name: str, now: int) -> str:
        """Make a token, which is not shown again. Raises Refusal."""
        name = " ".join(typed_name.split())
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise Refusal(f"Geef de sleutel een naam van hoogstens {LONGEST_NAME} tekens.")
        token = new_token()
        with self._changing(who, initiative, ApiToken) as session:
            added = ApiToken(
                token_hash=hashed(token), initiative=initiative, name=name, made_by=who.account, made_at=now
            )
            session.add(added)
            log.write(session, who=who.account, action="sleutel-nieuw", subject=added.token_hash)
        return token

    def revoke(self, who: Who, token_hash: str) -> None:
        """Let a token open nothing any more."""
        with Session(self._engine) as session, session.begin():
            if not repository.delete_token(session, token_hash, who.initiatives):
                raise NoSuchConnection
            log.write(session, who=who.account, action="sleutel-weg", subject=token_hash)

    def open(self, token: str, lead: str, now: int) -> Opened:
        """A lead for software that has a token, and note that it was read.

        Raises NoSuchToken, and NoSuchLead for what is not of the initiative of the token.
        """
        with Session(self._engine) as session, session.begin():
            initiative = repository.use_token(session, token, now)
        if initiative is None:
            raise NoSuchToken
        return self._desk.open(Viewer(log.SOFTWARE, frozenset((initiative,))), lead, now)


def _secret() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
