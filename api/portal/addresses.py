"""Addresses that the portal sends people to: only its own."""

import re
from urllib.parse import urlsplit

from api.portal.people import COORDINATOR, OWNER, WORKING_GROUP
from api.settings import Settings

START = "/portaal"
_FIRST = {OWNER: "/portaal/aanvragen", WORKING_GROUP: "/portaal/cijfers", COORDINATOR: "/portaal/beheer"}
LONGEST = 300
_PATH = re.compile(r"/portaal(/[A-Za-z0-9_-]+)*(\?[A-Za-z0-9_.~=&%+-]*)?")
_HERE = ("localhost", "127.0.0.1", "::1")


def first_path(role: str) -> str:
    """The page that a role begins with."""
    return _FIRST.get(role, "/portaal/evenementen")


def own_path(asked: object) -> str:
    """Where to go after the login: what was asked when that is a page of the portal, and its first page otherwise."""
    return asked if isinstance(asked, str) and len(asked) <= LONGEST and _PATH.fullmatch(asked) else START


def own_address(settings: Settings, host: str | None = None) -> str:
    """Scheme and host for links in mails, without a slash at the end.

    That is PUBLIC_URL, and never the host that a request names: anybody can send a request with a host of his own and
    somebody else's mail address, and the mail would then lead to him. Only without PUBLIC_URL, on a machine that is
    reached as localhost, is `host` listened to: cookies of 127.0.0.1 do not hold for localhost.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    try:
        parts = urlsplit(f"//{host or ''}")
        here = parts.hostname in _HERE and parts.netloc == host and parts.port is not None
    except ValueError:
        here = False
    return f"http://{host if here else f'{settings.gateway_host}:{settings.gateway_port}'}"
