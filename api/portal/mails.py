"""The mails of the portal that are sent at once."""

from urllib.parse import urlencode

from api.mail import Mail
from api.outbox.writing import written
from api.portal.people import Invitation
from api.portal.repository import LINK_SECONDS, Person


def link_mail(person: Person, token: str, address: str, path: str) -> Mail:
    """The mail with which somebody logs in, and then goes to `path`."""
    link = f"{address}/portaal/inloggen/link?{urlencode({'sleutel': token, 'naar': path})}"
    return written("inloggen", person.email, {"name": person.name, "link": link, "minutes": LINK_SECONDS // 60})


def invitation_mail(invited: Invitation, address: str) -> Mail:
    """The mail that tells somebody of the account."""
    return written("uitnodiging", invited.email, {"name": invited.name, "link": f"{address}/portaal/inloggen"})
