"""What goes from a result to the page where contact is asked, and from there to the page of thanks.

It is sealed and stands in the address, so that nothing is stored for it. No key of the conversation or of the referral
goes along: what is kept of a lead leads back to neither.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from api.leads.errors import StaleTicket
from api.leads.vault import Profile, Unreadable, Vault

SECONDS = 2 * 60 * 60  # that it can be used
_RESULT, _SENT = "uitslag", "verstuurd"


@dataclass(frozen=True)
class Ticket:
    """A result of which contact can be asked: the firm, and the ids of the initiatives that were shown.

    `answers` and `event` are of the form, which remembers nothing itself: they lead back to its result.
    """

    profile: Profile
    initiatives: tuple[str, ...]
    answers: Mapping[str, str] | None = None
    event: str | None = None


@dataclass(frozen=True)
class Sent:
    """What was asked, for the page of thanks. `withdraw` is the token for who gave no mail address to send it to."""

    initiatives: tuple[str, ...]
    withdraw: str | None


def seal_ticket(vault: Vault, ticket: Ticket, now: int) -> str:
    """A ticket as text that can stand in an address, for two hours."""
    return _seal(vault, _RESULT, asdict(ticket), now)


def open_ticket(vault: Vault, text: str, now: int) -> Ticket:
    """The ticket of an address. Raises StaleTicket when its time is over, or when it is none of ours."""
    found = _open(vault, _RESULT, text, now)
    found["profile"] = Profile(**found["profile"])
    found["initiatives"] = tuple(found["initiatives"])
    return Ticket(**found)


def seal_sent(vault: Vault, sent: Sent, now: int) -> str:
    """What was asked as text that can stand in an address, for two hours."""
    return _seal(vault, _SENT, asdict(sent), now)


def open_sent(vault: Vault, text: str, now: int) -> Sent:
    """What was asked, of an address. Raises StaleTicket as above."""
    found = _open(vault, _SENT, text, now)
    return Sent(tuple(found["initiatives"]), found["withdraw"])


def _seal(vault: Vault, kind: str, content: Mapping[str, Any], now: int) -> str:
    document = f"{kind}\n{json.dumps([now + SECONDS, content])}"
    return vault.wrap(document.encode()).decode().rstrip("=")


def _open(vault: Vault, kind: str, text: str, now: int) -> dict[str, Any]:
    try:
        found, _, document = vault.unwrap((text + "=" * (-len(text) % 4)).encode()).partition(b"\n")
    except (Unreadable, UnicodeEncodeError):
        raise StaleTicket from None
    if found != kind.encode():
        raise StaleTicket
    until, content = json.loads(document)
    if until <= now:
        raise StaleTicket
    opened: dict[str, Any] = content
    return opened
