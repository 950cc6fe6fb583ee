"""Mails that tell somebody what happened to the own passkeys."""

from api.mail import Mail
from api.outbox.writing import written
from api.portal.repository import Person


def added_mail(name: str, email: str, key: str, address: str) -> Mail:
    """The mail that tells of a new passkey."""
    return written("passkey-nieuw", email, {"name": name, "key": key, "link": f"{address}/portaal/passkey"})


def removed_mail(name: str, email: str, key: str, address: str) -> Mail:
    """The mail that tells that a passkey is gone."""
    return written("passkey-weg", email, {"name": name, "key": key, "link": f"{address}/portaal/passkey"})


def taken_back_mail(person: Person, address: str) -> Mail:
    """The mail that tells that the coordinator took the passkeys back."""
    values = {"name": person.name, "link": f"{address}/portaal/inloggen"}
    return written("passkey-ingetrokken", person.email, values)
