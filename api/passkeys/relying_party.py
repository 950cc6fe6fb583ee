"""For which address passkeys hold."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from api.portal.addresses import own_address
from api.settings import Settings

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class RelyingParty:
    """What a passkey is bound to: the domain, and the origin as browsers write it."""

    id: str
    origin: str


def relying_party(settings: Settings, host: str | None) -> RelyingParty | None:
    """What passkeys are bound to here, as PUBLIC_URL says and never the host that a request names.

    None on an address of numbers: browsers make no passkeys there, so that the demo has to be opened as localhost.
    """
    parts = urlsplit(own_address(settings, host))
    name = (parts.hostname or "").lower()
    try:
        ipaddress.ip_address(name)
    except ValueError:
        port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
        return RelyingParty(name, f"{parts.scheme}://{name}{port}")
    return None
