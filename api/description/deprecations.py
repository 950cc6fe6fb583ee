"""What of the interface is on its way out: since when, until when, and what takes its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = "/v1/docs#verouderd"


@dataclass(frozen=True)
class Deprecation:
    """An operation that still works, and by then no longer. It works at least six months after it was announced."""

    method: str
    path: str  # as in the description, with what differs between braces
    since: datetime
    until: datetime
    instead: str  # for people, in Dutch

    def covers(self, method: str, path: str) -> bool:
        """Whether a request is for this operation."""
        pattern = "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in _PARTS.split(self.path))
        asked = "GET" if method == "HEAD" else method  # HEAD answers as GET does, also of this
        return asked == self.method and re.fullmatch(pattern, path) is not None

    def headers(self) -> dict[str, str]:
        """What its answers carry: Deprecation (RFC 9745), Sunset (RFC 8594) and where to read of it."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": format_datetime(self.until, usegmt=True),
            "Link": f'<{PAGE}>; rel="deprecation"; type="text/html"',
        }


_PARTS = re.compile(r"({[^}]+})")
DEPRECATIONS = (
    Deprecation(
        method="GET",
        path="/v1/cijfers/{maand}/{tabel}.csv",
        since=datetime(2026, 11, 26, tzinfo=UTC),
        until=datetime(2027, 12, 1, tzinfo=UTC),
        instead="Gebruik hetzelfde adres zonder .csv. Je krijgt daar ook CSV.",
    ),
)


class DeprecationMiddleware:
    """Tells clients with every answer that what they use is on its way out."""

    def __init__(self, app: ASGIApp, deprecations: Sequence[Deprecation] = DEPRECATIONS) -> None:
        """Wrap an application."""
        self._app = app
        self._deprecations = deprecations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add headers to its answer when it is for something deprecated."""
        found = scope["type"] == "http" and self._found(scope["method"], scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and found:
                headers = MutableHeaders(scope=message)
                for name, value in found.headers().items():
                    headers.append(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if found else send)

    def _found(self, method: str, path: str) -> Deprecation | None:
        return next((one for one in self._deprecations if one.covers(method, path)), None)
