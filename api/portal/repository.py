"""The only place that reads and writes accounts, mailed links and sessions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, Engine, Select, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.portal.keeping import forget
from api.portal.models import Account, AccountInitiative, LoginLink, Passkey, PortalSession
from api.portal.people import OWNER
from api.portal.tokens import hashed
from api.webhooks.models import ApiToken

LINK_SECONDS = 10 * 60
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Person:
    """An account; `role` is one of api.portal.people.ROLES, and `initiatives` are those that an owner looks after."""

    id: str
    email: str
    name: str
    role: str
    active: bool
    initiatives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Visit:
    """Somebody who is logged in, and whether that was confirmed with a second factor in this session."""

    person: Person
    confirmed: bool


_People = Select[str, str, str, str, bool]
_PERSON = (Account.id, Account.email, Account.name, Account.role, Account.active)


class PortalRepository:
    """Accounts, links and sessions. Times are seconds since 1970; tokens are given whole and stored hashed."""

    def __init__(self, engine: Engine) -> None:
        """Take the database."""
        self._engine = engine

    def people(self) -> list[Person]:
        """Everybody who was invited, also who was withdrawn later, by name."""
        with self._engine.connect() as connection:
            return _people(connection, select(*_PERSON).order_by(Account.name, Account.email))

    def people_with(self, role: str) -> list[Person]:
        """Everybody who may log in with this role, by name."""
        found = select(*_PERSON).where(Account.role == role, Account.active).order_by(Account.name, Account.email)
        with self._engine.connect() as connection:
            return _people(connection, found)

    def owners_of(self, initiative: str) -> list[Person]:
        """Everybody who may log in as owner of this initiative, by name."""
        return [person for person in self.people_with(OWNER) if initiative in person.initiatives]

    def find(self, email: str) -> Person | None:
        """The account with this address, in lower case."""
        with self._engine.connect() as connection:
            return _person(connection, select(*_PERSON).where(Account.email == email))

    def invite(self, email: str, name: str, role: str, initiatives: Iterable[str] = ()) -> bool:
        """Give somebody an account, or change and open the one that is there. True when it was not open before.

        The initiatives of an owner take the place of earlier ones.
        """
        chosen = frozenset(initiatives)
        values = {"name": name, "role": role, "active": True, "withdrawn_at": None}
        try:
            with self._engine.begin() as connection:
                there = connection.execute(
                    select(Account.id, Account.active).where(Account.email == email).with_for_update()
                ).one_or_none()
                account = there.id if there else str(uuid4())
                if there:
                    connection.execute(update(Account).where(Account.id == account).values(values))
                else:
                    connection.execute(insert(Account).values(id=account, email=email, **values))
                _give(connection, account, chosen)
                return not (there and there.active)
        except IntegrityError:  # another request has just invited the same address
            return self.invite(email, name, role, chosen)

    def withdraw(self, email: str, now: int) -> bool:
        """Close an account, with all that opens it. False when there is none that is open.

        What is left of it is deleted at once when nothing refers to it.
        """
        with self._engine.begin() as connection:
            closed = connection.execute(
                update(Account)
                .where(Account.email == email, Account.active)
                .values(active=False, withdrawn_at=now)
                .returning(Account.id)
            ).scalar_one_or_none()
            if closed is None:
                return False
            connection.execute(delete(LoginLink).where(LoginLink.account == closed))
            connection.execute(delete(PortalSession).where(PortalSession.account == closed))
            connection.execute(delete(Passkey).where(Passkey.account == closed))
            _give(connection, closed, frozenset())
            forget(connection, now)
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
            _open(connection, account, session, now)
        return True

    def open_session(self, email: str, session: str, now: int, *, confirmed: bool) -> bool:
        """Log somebody in who proved elsewhere to have this address, and perhaps more. False when nobody has it."""
        with self._engine.begin() as connection:
            account = connection.execute(
                select(Account.id).where(Account.email == email, Account.active).with_for_update()
            ).scalar_one_or_none()
            if account is not None:
                _open(connection, account, session, now, second_factor_at=now if confirmed else None)
        return account is not None

    def renew(self, session: str, now: int) -> Visit | None:
        """Who is logged in with this session, which lasts on because something is asked; None when it is over."""
        with self._engine.begin() as connection:
            row = connection.execute(
                update(PortalSession)
                .where(
                    PortalSession.token_hash == hashed(session),
                    PortalSession.idle_at > now,
                    PortalSession.expires_at > now,
                )
                .values(idle_at=now + IDLE_SECONDS)
                .returning(PortalSession.account, PortalSession.second_factor_at)
            ).one_or_none()
            if row is None:
                return None
            person = _person(connection, select(*_PERSON).where(Account.id == row.account, Account.active))
            return Visit(person, row.second_factor_at is not None) if person else None

    def log_out(self, session: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(PortalSession).where(PortalSession.token_hash == hashed(session)))

    def sweep(self, now: int) -> int:
        """Delete links and sessions that are over and what is left of withdrawn accounts, and tell how many."""
        with self._engine.begin() as connection:
            links = connection.execute(delete(LoginLink).where(LoginLink.expires_at <= now))
            over = or_(PortalSession.idle_at <= now, PortalSession.expires_at <= now)
            sessions = connection.execute(delete(PortalSession).where(over))
            return links.rowcount + sessions.rowcount + forget(connection, now)


def _people(connection: Connection, found: _People) -> list[Person]:
    """The accounts that are asked for, with their initiatives."""
    rows = connection.execute(found).all()
    initiatives: defaultdict[str, set[str]] = defaultdict(set)
    chosen = select(AccountInitiative.account, AccountInitiative.initiative)
    for row in connection.execute(chosen.where(AccountInitiative.account.in_([row.id for row in rows]))):
        initiatives[row.account].add(row.initiative)
    return [Person(row.id, row.email, row.name, row.role, row.active, frozenset(initiatives[row.id])) for row in rows]


def _person(connection: Connection, found: _People) -> Person | None:
    people = _people(connection, found)
    return people[0] if people else None


def _open(connection: Connection, account: str, session: str, now: int, *, second_factor_at: int | None = None) -> None:
    connection.execute(
        insert(PortalSession).values(
            token_hash=hashed(session),
            account=account,
            idle_at=now + IDLE_SECONDS,
            expires_at=now + LONGEST_SECONDS,
            second_factor_at=second_factor_at,
        )
    )


def _give(connection: Connection, account: str, initiatives: frozenset[str]) -> None:
    """Let an account look after these initiatives and no others: the tokens that it made for others hold no longer."""
    connection.execute(delete(AccountInitiative).where(AccountInitiative.account == account))
    lost = (ApiToken.made_by == account, ApiToken.initiative.not_in(initiatives))
    connection.execute(delete(ApiToken).where(*lost))
    if initiatives:
        rows = [{"account": account, "initiative": initiative} for initiative in sorted(initiatives)]
        connection.execute(insert(AccountInitiative), rows)
