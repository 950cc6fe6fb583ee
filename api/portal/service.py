"""Who may come in, and how: by a link that is mailed, for one browser, once."""

import time
from typing import Literal

from api.mail import Mail, Mailer
from api.portal.attempts import Attempts, network, remaining
from api.portal.errors import TooManyAtTheDoor
from api.portal.mails import invitation_mail, link_mail
from api.portal.people import Invitation
from api.portal.repository import Person, PortalRepository, Visit
from api.portal.tokens import hashed, new_token, same

HOUR = 3600
LINKS_PER_PERSON = 5  # an hour, as the next two
LINKS_PER_NETWORK = 30
OPENINGS_PER_NETWORK = 60

LinkState = Literal["works", "other browser", "over"]


class Portal:
    """The door of the portal."""

    def __init__(self, repository: PortalRepository, attempts: Attempts, mailer: Mailer) -> None:
        """Take what it is made of."""
        self._repository = repository
        self._attempts = attempts
        self._mailer = mailer

    def count_asking(self, email: str, host: str | None) -> None:
        """Count that a link is asked for. Raises TooManyAtTheDoor, also for an address that nobody has."""
        self._count("link-netwerk", network(host), LINKS_PER_NETWORK)
        self._count("link-adres", email, LINKS_PER_PERSON)

    def count_opening(self, host: str | None) -> None:
        """Count that a link is opened. Raises TooManyAtTheDoor."""
        self._count("link-openen", network(host), OPENINGS_PER_NETWORK)

    def _count(self, kind: str, subject: str, limit: int) -> None:
        now = int(time.time())
        if not self._attempts.allow(kind, subject, limit, HOUR, now):
            raise TooManyAtTheDoor(remaining(HOUR, now))

    def send_link(self, email: str, browser: str, address: str, path: str) -> None:
        """Mail a link to who has an account, which leads to `path` of the portal at `address`. Nobody else gets a mail.

        Whether there is an account is looked up in the background, so that neither the answer nor its time tells.
        """
        self._mailer.post(lambda: self._link_mail(email, browser, address, path))

    def _link_mail(self, email: str, browser: str, address: str, path: str) -> Mail | None:
        person = self._repository.find(email)
        if person is None or not person.active:
            return None
        token = new_token()
        self._repository.add_link(token, person.id, browser, int(time.time()))
        return link_mail(person, token, address, path)

    def link_state(self, link: str, browser: str | None) -> LinkState:
        """What would happen to a link in this browser. It is not used up."""
        bound_to = self._repository.browser_of(link, int(time.time()))
        if bound_to is None:
            return "over"
        return "works" if browser and same(hashed(browser), bound_to) else "other browser"

    def log_in(self, link: str, browser: str) -> str | None:
        """The token of a new session in exchange for a link; None when the link does not work in this browser."""
        session = new_token()
        return session if self._repository.log_in(link, browser, session, int(time.time())) else None

    def who(self, session: str) -> Visit | None:
        """Who is logged in with a session, which lasts on because something is asked."""
        return self._repository.renew(session, int(time.time()))

    def log_out(self, session: str) -> None:
        """End a session."""
        self._repository.log_out(session)

    def people(self) -> list[Person]:
        """Everybody who may log in, by name."""
        return [person for person in self._repository.people() if person.active]

    def invite(self, invited: Invitation) -> bool:
        """Give somebody an account, or change the one that is there. True when the person could not log in before."""
        return self._repository.invite(invited.email, invited.name, invited.role, invited.initiatives)

    def send_invitation(self, invited: Invitation, address: str) -> None:
        """Tell somebody of the account."""
        self._mailer.post(lambda: invitation_mail(invited, address))

    def withdraw(self, email: str) -> bool:
        """Close an account and log it out everywhere. False when there is none that is open."""
        return self._repository.withdraw(email, int(time.time()))
