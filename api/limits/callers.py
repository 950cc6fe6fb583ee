"""Who asks, as far as limits need to know.

The address is that of the connection. Only for proxies that FORWARDED_ALLOW_IPS names it is the last one in
X-Forwarded-For that is not such a proxy itself, which the server puts in place (`api/gateway.py`); no other header that
tells of an address is believed.
"""

from ipaddress import ip_address

from starlette.requests import HTTPConnection

from api.portal.attempts import network

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def is_this_machine(connection: HTTPConnection) -> bool:
    """Whether a request comes from this machine itself, and not through a proxy on it."""
    if connection.client is None or any(name in connection.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(connection.client.host).is_loopback
    except ValueError:
        return False


def limited_network(connection: HTTPConnection) -> str | None:
    """The network that a request comes from; None when there is none to limit.

    That is so for this machine, whose programs need no flood to do harm, and for a socket without an address.
    """
    if connection.client is None or is_this_machine(connection):
        return None
    try:
        ip_address(connection.client.host)
    except ValueError:
        return None
    return network(connection.client.host)
