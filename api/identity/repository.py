"""The only place that reads and writes logins that are on their way to the provider."""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert

from api.portal.models import IdentityRequest
from api.portal.tokens import hashed, new_token

REQUEST_SECONDS = 10 * 60


@dataclass(frozen=True)
class Journey:
    """A login on its way: what goes along, what has to come back, and where to go then. `verifier` is that of PKCE."""

    state: str
    nonce: str
    verifier: str
    path: str


def new_journey(path: str) -> Journey:
    """A login that begins now."""
    return Journey(new_token(), new_token(), new_token(), path)


class IdentityRepository:
    """Logins on their way. Times are seconds since 1970."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def begin(self, journey: Journey, browser: str, now: int) -> None:
        """Keep a login that begins in a browser."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(IdentityRequest).values(
                    state_hash=hashed(journey.state),
                    browser_hash=hashed(browser),
                    nonce=journey.nonce,
                    verifier=journey.verifier,
                    path=journey.path,
                    expires_at=now + REQUEST_SECONDS,
                )
            )

    def end(self, state: str, browser: str, now: int) -> Journey | None:
        """The login that comes back with this state, once; None when none does in this browser, or too late."""
        with self._engine.begin() as connection:
            row = connection.execute(
                delete(IdentityRequest)
                .where(
                    IdentityRequest.state_hash == hashed(state),
                    IdentityRequest.browser_hash == hashed(browser),
                    IdentityRequest.expires_at > now,
                )
                .returning(IdentityRequest.nonce, IdentityRequest.verifier, IdentityRequest.path)
            ).one_or_none()
        return Journey(state, row.nonce, row.verifier, row.path) if row else None

    def sweep(self, now: int) -> int:
        """Delete those that are over, and tell how many that were."""
        with self._engine.begin() as connection:
            return connection.execute(delete(IdentityRequest).where(IdentityRequest.expires_at <= now)).rowcount
