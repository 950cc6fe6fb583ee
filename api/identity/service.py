"""Logging in by the own organisation: who was invited comes in, and nobody else."""

import time

from api.identity.errors import LoginOver, LoginStopped, NotInvited
from api.identity.provider import IdentityProvider
from api.identity.repository import IdentityRepository, new_journey
from api.portal.repository import PortalRepository
from api.portal.tokens import new_token


class IdentityLogin:
    """The way to the provider and back. Nobody gets an account by it: an invitation comes first."""

    def __init__(self, provider: IdentityProvider, journeys: IdentityRepository, people: PortalRepository) -> None:
        """Take what it is made of."""
        self._provider = provider
        self._journeys = journeys
        self._people = people

    @property
    def name(self) -> str:
        """What the provider is called on the login page; empty when there is none."""
        return self._provider.name if self._provider.is_set else ""

    def leave(self, browser: str, path: str, redirect: str) -> str:
        """The address to send a browser to, that comes back at `redirect` and then goes to `path`.

        Raises ProviderDown.
        """
        journey = new_journey(path)
        address = self._provider.address(journey, redirect)
        self._journeys.begin(journey, browser, int(time.time()))
        return address

    def come_back(self, browser: str | None, answer: dict[str, str], redirect: str) -> tuple[str, str]:
        """The token of a new session, and where to go, for who comes back with an answer. Raises what is in errors."""
        now = int(time.time())
        journey = self._journeys.end(answer.get("state", ""), browser, now) if browser else None
        if journey is None:
            raise LoginOver
        self._provider.check_sender(answer.get("iss"))
        if not answer.get("code"):
            raise LoginStopped
        identity = self._provider.identity(answer["code"], journey, redirect)
        session = new_token()
        if not self._people.open_session(identity.email, session, now, confirmed=identity.confirmed):
            raise NotInvited
        return session, journey.path
