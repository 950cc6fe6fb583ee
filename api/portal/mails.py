"""The mails of the portal."""

from urllib.parse import urlencode

from api.mail import Mail
from api.portal.people import Invitation
from api.portal.repository import LINK_SECONDS, Person

_LINK = """Hallo {name},

Met deze link log je in op het portaal van de digitale hulp voor ondernemers:

{link}

De link werkt {minutes} minuten, één keer, en alleen in de browser waarin je hem hebt aangevraagd.

Heb je niet zelf om deze mail gevraagd? Dan hoef je niets te doen. Stuur de link aan niemand door.
"""
_INVITATION = """Hallo {name},

Je kunt nu inloggen op het portaal van de digitale hulp voor ondernemers:

{link}

Vul daar dit mailadres in. Je krijgt dan een mail met een link. Je hebt geen wachtwoord nodig.
"""


def link_mail(person: Person, token: str, address: str, path: str) -> Mail:
    """The mail with which somebody logs in, and then goes to `path`."""
    link = f"{address}/portaal/inloggen/link?{urlencode({'sleutel': token, 'naar': path})}"
    text = _LINK.format(name=person.name, link=link, minutes=LINK_SECONDS // 60)
    return Mail(person.email, "Inloggen op het portaal digitale hulp", text, link)


def invitation_mail(invited: Invitation, address: str) -> Mail:
    """The mail that tells somebody of the account."""
    link = f"{address}/portaal/inloggen"
    text = _INVITATION.format(name=invited.name, link=link)
    return Mail(invited.email, "Je bent uitgenodigd voor het portaal digitale hulp", text, link)
