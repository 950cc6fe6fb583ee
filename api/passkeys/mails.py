"""Mails that tell somebody what happened to the own passkeys."""

from api.mail import Mail
from api.portal.repository import Person

_ADDED = """Hallo {name},

Er is een passkey bij je account gekomen, met de naam "{key}". Daarmee log je in op het portaal van de digitale hulp
voor ondernemers.

Was jij dat niet? Meld het dan meteen bij de coördinator. Die kan de passkey intrekken.

{link}
"""
_REMOVED = """Hallo {name},

De passkey met de naam "{key}" is verwijderd. Je kunt er niet meer mee inloggen op het portaal van de digitale hulp voor
ondernemers. Op andere apparaten ben je uitgelogd.

Was jij dat niet? Meld het dan meteen bij de coördinator.

{link}
"""
_TAKEN_BACK = """Hallo {name},

De coördinator heeft je passkeys ingetrokken. Je bent overal uitgelogd. Log opnieuw in op het portaal van de digitale
hulp voor ondernemers. Je maakt dan een nieuwe passkey.

Heb je hier niet om gevraagd? Meld het dan meteen bij de coördinator.

{link}
"""


def added_mail(name: str, email: str, key: str, address: str) -> Mail:
    """The mail that tells of a new passkey."""
    link = f"{address}/portaal/passkey"
    return Mail(
        email, "Nieuwe passkey voor het portaal digitale hulp", _ADDED.format(name=name, key=key, link=link), link
    )


def removed_mail(name: str, email: str, key: str, address: str) -> Mail:
    """The mail that tells that a passkey is gone."""
    link = f"{address}/portaal/passkey"
    text = _REMOVED.format(name=name, key=key, link=link)
    return Mail(email, "Passkey verwijderd van het portaal digitale hulp", text, link)


def taken_back_mail(person: Person, address: str) -> Mail:
    """The mail that tells that the coordinator took the passkeys back."""
    link = f"{address}/portaal/inloggen"
    text = _TAKEN_BACK.format(name=person.name, link=link)
    return Mail(person.email, "Je passkeys zijn ingetrokken", text, link)
