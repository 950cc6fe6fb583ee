"""Who is logged in, and who may be."""

import time

from api.portal.repository import Person, PortalRepository


class Portal:
    """The door of the portal."""

    def __init__(self, repository: PortalRepository) -> None:
        """Take what it is made of."""
        self._repository = repository

    def who(self, session: str) -> Person | None:
        """Who is logged in with a session token."""
        return self._repository.renew(session, int(time.time()))
