"""How often something was tried, counted in the database, so that it holds over workers and restarts."""

import ipaddress
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from api.portal.models import Attempt

# Both write a row or add to it in one statement, so that two requests at once are two tries.
_INSERT: dict[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Attempts:
    """Counts tries in windows of time of a fixed length, that begin for everybody at the same moment."""

    def __init__(self, engine: Engine, pseudonym: Callable[[str], str]) -> None:
        """Count in a database that is up to date, under a pseudonym that all gateways give to the same text."""
        self._engine, self._pseudonym = engine, pseudonym
        self._insert = _INSERT[engine.dialect.name]

    def allow(self, kind: str, subject: str, limit: int, seconds: int, now: int) -> bool:
        """Count this try, and tell whether it is one of the first `limit` in this window of so many seconds.

        The subject, such as an e-mail address, is kept as a keyed hash that differs from kind to kind and window to
        window. Without a key it would be found by trying: there are few networks, and addresses can be guessed.
        """
        window = now // seconds
        hashed = self._pseudonym(f"{kind}\n{window}\n{subject}")
        statement = self._insert(Attempt).values(
            kind=kind, subject_hash=hashed, window=window, count=1, expires_at=now + remaining(seconds, now)
        )
        counted = statement.on_conflict_do_update(
            index_elements=[Attempt.kind, Attempt.subject_hash, Attempt.window], set_={"count": Attempt.count + 1}
        ).returning(Attempt.count)
        with self._engine.begin() as connection:
            tries: int = connection.execute(counted).scalar_one()
        return tries <= limit

    def sweep(self, now: int) -> int:
        """Delete the windows that are over, and tell how many rows that were."""
        with self._engine.begin() as connection:
            return connection.execute(delete(Attempt).where(Attempt.expires_at <= now)).rowcount


def remaining(seconds: int, now: int) -> int:
    """Seconds until the next window begins, in which may be tried again."""
    return seconds - now % seconds


def network(host: str | None) -> str:
    """The network that an address belongs to: enough to slow down who guesses, too little to point at a person.

    An IPv6 user has billions of addresses, so single ones could not be counted anyway.
    """
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:  # a socket file or a test has no address
        return "onbekend"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
