"""A line for every request: what kind it was and how long it took, and not who asked or for which thing."""

import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooManyTries
from api.operations import metrics
from knowledge.log_lines import about_request, event, request_id

HEADER = "X-Request-Id"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# At a low level: what comes every few seconds would hide the rest, and a flood that is refused would fill the disk. The
# figures count both.
_OF_MACHINES = ("/healthz", "/readyz", "/metrics")

logger = logging.getLogger("api.requests")


class AccessLogMiddleware:
    """Gives every request an id, which goes along to Rasa and the actions, and logs how it went."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identifier = request_id(Headers(scope=scope).get(HEADER))
        status, began = 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = identifier
            await send(message)

        with about_request(identifier):
            try:
                await self._app(scope, receive, send_with_id)
            except Exception:
                logger.exception("unexpected error")
                raise
            finally:
                metrics.REQUESTS.labels(f"{status // 100}xx" if status else "none").inc()
                milliseconds = round(1000 * (time.perf_counter() - began), 1)
                event(
                    logger,
                    logging.DEBUG if scope["path"] in _OF_MACHINES or status == TooManyTries.status else logging.INFO,
                    "request",
                    method=scope["method"] if scope["method"] in _METHODS else "-",
                    route=_route(scope),
                    status=status or None,  # None: who asked did not wait for an answer
                    ms=milliseconds,
                )


def _route(scope: Scope) -> str:
    """The route that took a request, with the names of what varies in it; "-" when there was none."""
    return str(getattr(scope.get("route"), "path", "-"))
