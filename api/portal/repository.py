"""The only place that reads and writes accounts, mailed links and sessions."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Engine, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.portal.models import Account, LoginLink, PortalSession
from api.portal.tokens import hashed

LINK_SECONDS = 10 * 60
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Person:
    """An account; `role` is evenement, werkgroep or coordinator."""

    id: str
    email: str
    name: str
    role: str
    active: bool


_PERSON = (Account.id, Account.email, Account.name, Account.role, Account.active)


class PortalRepository:
    """Accounts, links and sessions. Times are seconds since 1970; tokens are given whole and stored hashed."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def people(self) -> list[Person]:
        """Everybody who was invited, also who was withdrawn later, by name."""
        with self._engine.connect() as connection:
            return [Person(*row) for row in connection.execute(select(*_PERSON).order_by(Account.name, Account.email))]

    def find(self, email: str) -> Person | None:
        """The account with this address, in lower case."""
        with self._engine.connect() as connection:
            row = connection.execute(select(*_PERSON).where(Account.email == email)).one_or_none()
            return Person(*row) if row else None

    def invite(self, email: str, name: str, role: str) -> bool:
        """Give somebody an account, or change and open the one that is there. True when it was not open before."""
        values = {"name": name, "role": role, "active": True}
        try:
            with self._engine.begin() as connection:
                was_active = connection.execute(
                    select(Account.active).where(Account.email == email).with_for_update()
                ).scalar_one_or_none()
                if was_active is None:
                    connection.execute(insert(Account).values(id=str(uuid4()), email=email, **values))
                else:
                    connection.execute(update(Account).where(Account.email == email).values(values))
                return not was_active
        except IntegrityError:  # another request has just invited the same address
            return self.invite(email, name, role)

    def withdraw(self, email: str) -> bool:
        """Close an account, with its links and sessions. False when there is none that is open."""
        with self._engine.begin() as connection:
            closed = connection.execute(
                update(Account).where(Account.email == email, Account.active).values(active=False).returning(Account.id)
            ).scalar_one_or_none()
            if closed is None:
                return False
            connection.execute(delete(LoginLink).where(LoginLink.account == closed))
            connection.execute(delete(PortalSession).where(PortalSession.account == closed))
        return True

    def add_link(self, token: str, account: str, browser: str, now: int) -> None:
        """Store a link that is about to be mailed."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(LoginLink).values(
                    token_hash=hashed(token),
                    account=account,
                    browser_hash=hashed(browser),
                    expires_at=now + LINK_SECONDS,
                )
            )

    def browser_of(self, link: str, now: int) -> str | None:
        """The hash of the browser that may open a link; None for a link that does not work. It is not used up."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(LoginLink.browser_hash)
                .join(Account, Account.id == LoginLink.account)
                .where(LoginLink.token_hash == hashed(link), LoginLink.expires_at > now, Account.active)
            ).scalar_one_or_none()

    def log_in(self, link: str, browser: str, session: str, now: int) -> bool:
        """Use a link up and open a session. False, and nothing done, when it does not work in this browser.

        The link is deleted and looked at in one statement, so that of two requests at once one gets in.
        """
        with self._engine.begin() as connection:
            account = connection.execute(
                delete(LoginLink)
                .where(
                    LoginLink.token_hash == hashed(link),
                    LoginLink.browser_hash == hashed(browser),
                    LoginLink.expires_at > now,
                    LoginLink.account.in_(select(Account.id).where(Account.active)),
                )
                .returning(LoginLink.account)
            ).scalar_one_or_none()
            if account is None:
                return False
            connection.execute(
                insert(PortalSession).values(
                    token_hash=hashed(session),
                    account=account,
                    idle_at=now + IDLE_SECONDS,
                    expires_at=now + LONGEST_SECONDS,
                )
            )
        return True

    def renew(self, session: str, now: int) -> Person | None:
        """Who is logged in with this session, which lasts on because something is asked; None when it is over."""
        with self._engine.begin() as connection:
            account = connection.execute(
                update(PortalSession)
                .where(
                    PortalSession.token_hash == hashed(session),
                    PortalSession.idle_at > now,
                    PortalSession.expires_at > now,
                )
                .values(idle_at=now + IDLE_SECONDS)
                .returning(PortalSession.account)
            ).scalar_one_or_none()
            row = connection.execute(select(*_PERSON).where(Account.id == account, Account.active)).one_or_none()
        return Person(*row) if row else None

    def log_out(self, session: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(PortalSession).where(PortalSession.token_hash == hashed(session)))

    def sweep(self, now: int) -> int:
        """Delete links and sessions that are over, and tell how many that were."""
        with self._engine.begin() as connection:
            links = connection.execute(delete(LoginLink).where(LoginLink.expires_at <= now))
            over = or_(PortalSession.idle_at <= now, PortalSession.expires_at <= now)
            sessions = connection.execute(delete(PortalSession).where(over))
            return links.rowcount + sessions.rowcount
