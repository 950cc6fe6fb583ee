"""Where webhooks may go: to the internet over https, and never to a machine behind our own front door.

An address is looked up again for every message, and the connection goes to exactly the machine that was looked at: a
name that leads to somewhere else a moment later (DNS rebinding) leads nowhere.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

HTTPS_PORT, FIRST_OTHER_PORT = 443, 1024  # the ports between belong to other services, such as mail
LONGEST_URL = 500
# Not meant for the public, and not called private by the library or by every version of it.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # IETF protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # the host below a virtual machine, at one cloud
        "2001::/23",  # IETF protocol assignments, Teredo among them
        "3fff::/20",  # documentation
    )
)
_INTERNET = ip_network("2000::/3")  # of IPv6 only this part was ever given out
_NAT64 = ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], Awaitable[list[str]]]


class BadAddress(Exception):
    """A webhook cannot go there; says why and what to do, in Dutch."""


@dataclass(frozen=True)
class Target:
    """Where a webhook goes. `netloc` is host and port as they stand in the address."""

    url: str
    host: str
    port: int
    netloc: str


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Addresses:
    """Says where a webhook may go. `loopback` is for trying on one machine: then that may be this one, also by http."""

    def __init__(self, *, loopback: bool = False, resolver: Resolver = resolve) -> None:
        """Take the settings; `resolver` looks names up."""
        self._loopback, self._resolver = loopback, resolver

    def read(self, typed: str) -> Target:
        """An address that somebody typed, in so far as it can be judged by itself. Raises BadAddress."""
        try:
            parts = urlsplit(typed)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
            parts = urlsplit("")
        schemes = ("https", "http") if self._loopback else ("https",)
        odd = not typed.isascii() or not typed.isprintable() or any(sign in typed for sign in " \\#")
        if parts.scheme not in schemes or not host or odd or host.endswith(".") or len(typed) > LONGEST_URL:
            raise BadAddress("Vul een adres in dat begint met https://, zoals https://crm.voorbeeld.nl/aanvragen.")
        if "@" in parts.netloc:
            raise BadAddress(
                "Zet geen naam of wachtwoord in het adres. Berichten zijn te herkennen aan hun handtekening."
            )
        port = port if port is not None else {"https": HTTPS_PORT, "http": 80}[parts.scheme]
        if port != HTTPS_PORT and port < FIRST_OTHER_PORT:
            raise BadAddress(f"Gebruik poort {HTTPS_PORT}, of een poort vanaf {FIRST_OTHER_PORT}.")
        return Target(typed, host, port, parts.netloc)

    async def look_up(self, target: Target) -> list[str]:
        """The machines at an address. Raises BadAddress when there are none, or when one of them is not public."""
        try:
            found = await self._resolver(target.host, target.port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise BadAddress("Dit adres is niet te vinden. Kijk of de naam goed is geschreven.")
        if not all(self._may_have(address, target) for address in found):
            raise BadAddress("Dit adres ligt niet op het open internet. Kies een adres dat iedereen kan bereiken.")
        return found

    def _may_have(self, address: str, target: Target) -> bool:
        if self._loopback and ip_address(address).is_loopback:
            return True
        return target.url.startswith("https:") and is_public(address)


def is_public(text: str) -> bool:
    """Whether a machine with this IP address is on the internet, for everybody."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in _INTERNET:
            return False
    special = (
        address.is_multicast
        or address.is_reserved
        or any(network.version == address.version and address in network for network in _REFUSED)
    )
    return address.is_global and not special


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
