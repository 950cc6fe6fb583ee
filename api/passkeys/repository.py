"""The only place that reads and writes passkeys and what devices have to sign."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Engine, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.portal.models import Account, Passkey, PasskeyChallenge, PortalSession
from api.portal.tokens import hashed

CHALLENGE_SECONDS = 5 * 60

Purpose = Literal["nieuw", "bevestigen"]


@dataclass(frozen=True)
class Key:
    """A passkey. `credential` is its id in base64url; times are seconds since 1970."""

    credential: str
    public_key: bytes
    sign_count: int
    name: str
    made_at: int
    last_used_at: int | None


@dataclass(frozen=True)
class StepUp:
    """A session that is confirmed at this second: its token, and the one that takes its place."""

    session: str
    new_session: str
    now: int


_KEY = (
    Passkey.credential,
    Passkey.public_key,
    Passkey.sign_count,
    Passkey.name,
    Passkey.made_at,
    Passkey.last_used_at,
)


class PasskeyRepository:
    """Passkeys and challenges. Times are seconds since 1970; session tokens are given whole and stored hashed."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def keys_of(self, account: str) -> list[Key]:
        """The passkeys of an account, the oldest first."""
        found = select(*_KEY).where(Passkey.account == account).order_by(Passkey.made_at, Passkey.credential)
        with self._engine.connect() as connection:
            return [Key(*row) for row in connection.execute(found)]

    def set_challenge(self, session: str, purpose: Purpose, challenge: bytes, now: int) -> None:
        """Keep what the device of this session has to sign, in the place of what it had to sign before."""
        mine = {"session_hash": hashed(session), "purpose": purpose}
        with self._engine.begin() as connection:
            connection.execute(delete(PasskeyChallenge).filter_by(**mine))
            connection.execute(
                insert(PasskeyChallenge).values(**mine, challenge=challenge, expires_at=now + CHALLENGE_SECONDS)
            )

    def take_challenge(self, session: str, purpose: Purpose, now: int) -> bytes | None:
        """What the device of this session had to sign, once; None when there is nothing or it took too long."""
        with self._engine.begin() as connection:
            row = connection.execute(
                delete(PasskeyChallenge)
                .where(PasskeyChallenge.session_hash == hashed(session), PasskeyChallenge.purpose == purpose)
                .returning(PasskeyChallenge.challenge, PasskeyChallenge.expires_at)
            ).one_or_none()
        return row.challenge if row and row.expires_at > now else None

    def add(self, account: str, key: Key, step: StepUp, *, first: bool) -> bool:
        """Keep a new passkey and confirm the session with it. False, and nothing done, when the session is over.

        Nothing is done either when somebody has the passkey already, or when it is to be the first and is not.
        """
        try:
            with self._engine.begin() as connection:
                # Two who come at once with a first passkey are handled one after the other.
                connection.execute(update(Account).where(Account.id == account).values(id=account))
                there = exists(select(Passkey.credential).where(Passkey.account == account))
                if first and connection.execute(select(there)).scalar_one():
                    return False
                if not _step_up(connection, account, step):
                    return False
                connection.execute(insert(Passkey).values(account=account, **vars(key)))
                return True
        except IntegrityError:
            return False

    def use(self, account: str, credential: str, sign_count: int, step: StepUp) -> bool:
        """Confirm the session with a passkey. False, and nothing done, when the session is over or the count goes back.

        A count that does not go up is that of a copy; devices that do not count say 0 each time.
        """
        forward = or_(Passkey.sign_count < sign_count, (Passkey.sign_count == 0) & (sign_count == 0))
        with self._engine.begin() as connection:
            used = connection.execute(
                update(Passkey)
                .where(Passkey.account == account, Passkey.credential == credential, forward)
                .values(sign_count=sign_count, last_used_at=step.now)
            ).rowcount
            if used and _step_up(connection, account, step):
                return True
            connection.rollback()
            return False

    def remove(self, account: str, credential: str, session: str) -> str | None:
        """Delete a passkey and end the other sessions. Its name; None, and nothing done, when it is the last one."""
        mine = Passkey.account == account
        with self._engine.begin() as connection:
            connection.execute(update(Account).where(Account.id == account).values(id=account))  # one after the other
            if connection.execute(select(func.count()).where(mine)).scalar_one() < 2:
                return None
            name = connection.execute(
                delete(Passkey).where(mine, Passkey.credential == credential).returning(Passkey.name)
            ).scalar_one_or_none()
            if name is not None:
                others = (PortalSession.account == account, PortalSession.token_hash != hashed(session))
                connection.execute(delete(PortalSession).where(*others))
            return name

    def remove_all(self, account: str) -> int:
        """Delete every passkey of an account and end its sessions, and tell how many passkeys that were."""
        with self._engine.begin() as connection:
            removed = connection.execute(delete(Passkey).where(Passkey.account == account)).rowcount
            connection.execute(delete(PortalSession).where(PortalSession.account == account))
            return removed

    def holders(self) -> frozenset[str]:
        """The accounts that have a passkey."""
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(Passkey.account).distinct()).scalars())

    def sweep(self, now: int) -> int:
        """Delete challenges that are over, and tell how many that were."""
        with self._engine.begin() as connection:
            return connection.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now)).rowcount


def _step_up(connection: Connection, account: str, step: StepUp) -> bool:
    """Give a session that is not over a new token, so that who saw the old one is not confirmed with it."""
    mine = hashed(step.session)
    connection.execute(delete(PasskeyChallenge).where(PasskeyChallenge.session_hash == mine))
    changed = connection.execute(
        update(PortalSession)
        .where(
            PortalSession.token_hash == mine,
            PortalSession.account == account,
            PortalSession.idle_at > step.now,
            PortalSession.expires_at > step.now,
        )
        .values(token_hash=hashed(step.new_session), second_factor_at=step.now)
    )
    return changed.rowcount == 1
