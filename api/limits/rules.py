"""How often one network may ask what, and how often anybody may begin at one site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection

from api.errors import TooManyTries
from api.limits.buckets import Buckets
from api.limits.callers import limited_network
from api.limits.shared import SharedBuckets
from api.operations.metrics import REFUSED
from api.settings import Settings

Kind = Literal["beurten", "begin", "lezen"]

_PART = "[^/]+"
_RULES: tuple[tuple[Kind, str, re.Pattern[str]], ...] = (
    ("beurten", "POST", re.compile(f"/v1/gesprekken/{_PART}/.*|/webhooks/.*")),
    ("begin", "POST", re.compile(r"/v1/gesprekken|/v1/intakes|/v1/contactverzoeken|/scan|/contact(/.*)?")),
    ("begin", "PUT", re.compile(r"/v1/intakes/.*")),
    ("beurten", "DELETE", re.compile("/v1/.*")),
    (
        "lezen",
        "GET",
        re.compile(
            r"/v1/.*|/scan|/contact(/.*)?|/cijfers(/.*)?|/[ef]/.*|/hsds(/.*)?|/initiatieven(/.*)?|/sitemap\.xml"
        ),
    ),
)


class TooManyRequests(TooManyTries):
    """One network asks more than a hall full of people would."""

    title = "Te veel aanvragen"
    detail = (
        "Er komen nu te veel aanvragen vanaf jouw netwerk. Er is niets verwerkt. Wacht even en probeer het opnieuw."
    )


class TooManyAtSite(TooManyTries):
    """More begin at one site than can be real."""

    title = "Te druk"
    detail = "Het is nu te druk op deze site. Er is niets verwerkt. Wacht even en probeer het opnieuw."


def kind_of(method: str, path: str) -> Kind | None:
    """Which limit an address falls under; None when under none."""
    method = "GET" if method == "HEAD" else method
    return next((kind for kind, of, pattern in _RULES if of == method and pattern.fullmatch(path)), None)


@dataclass(frozen=True)
class Limits:
    """The limits of this gateway."""

    networks: Mapping[Kind, Buckets]
    sites: Buckets
    shared: SharedBuckets | None = None

    @classmethod
    def of(cls, settings: Settings, key: str) -> "Limits":
        """The limits that an operator chose; `key` is one that gateways with the same secrets have in common."""
        return cls(
            {
                "beurten": Buckets(settings.limit_turns),
                "begin": Buckets(settings.limit_starts),
                "lezen": Buckets(settings.limit_reads),
            },
            Buckets(settings.limit_site),
            SharedBuckets(settings.redis_url, key) if settings.redis_url else None,
        )

    async def check_network(self, connection: HTTPConnection, method: str, path: str) -> None:
        """Count a request for its network. Raises TooManyRequests."""
        kind, network = kind_of(method, path), limited_network(connection)
        if kind is None or network is None:
            return
        seconds = await self._wait(kind, self.networks[kind], network)
        if seconds:
            REFUSED.labels("network").inc()
            raise TooManyRequests(seconds)

    async def check_site(self, connection: HTTPConnection, site: str) -> None:
        """Count that somebody begins at a site, whoever it is. Raises TooManyAtSite."""
        if limited_network(connection) is None:
            return
        seconds = await self._wait("site", self.sites, site)
        if seconds:
            REFUSED.labels("site").inc()
            raise TooManyAtSite(seconds)

    async def _wait(self, name: str, own: Buckets, subject: str) -> int:
        return own.wait(subject) if self.shared is None else await self.shared.wait(name, own, subject)

    async def state(self) -> str:
        """Where is counted: ok, or alone when gateways should share and Redis does not answer."""
        return "ok" if self.shared is None or await self.shared.answers() else "alone"

    async def close(self) -> None:
        """Close the connections."""
        if self.shared is not None:
            await self.shared.close()
