"""What holds for every answer: security headers, the API version, one shape of error, a limit to what may be sent."""

import asyncio
import re

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ApiError, BadInput, problem_response
from api.headers import HEADERS

LARGEST_BODY = 64 * 1024  # bytes; a message has at most 500 characters
LARGEST_REST_BODY = 2 * 1024 * 1024  # Rasa's clients get a friendly answer to a text that is too long, so it is read
LARGEST_UPLOAD = 12 * 1024 * 1024  # a file that is too large to import is read, to say so on a page
BODY_SECONDS = 20.0  # in which a message is there whole, also by a poor connection
UPLOAD_SECONDS = 120.0
_UPLOAD = re.compile(
    r"/portaal/evenementen/[^/]+/inlezen|/portaal/initiatieven/[^/]+/vragenlijst/\d{4}/deelnemers/(bestand|weg)"
)


class HeadersMiddleware:
    """Adds the headers that an answer does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class UnexpectedErrorMiddleware:
    """Gives an error that nobody foresaw the one shape.

    Starlette would do so outside every other middleware, and a page of another website could not read the answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on. What goes wrong is raised again after the answer, so that it is logged."""
        started = False

        async def send_noting_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting_start)
        except Exception:
            if scope["type"] == "http" and not started:
                await problem_response(ApiError.status, ApiError.title, ApiError.detail)(scope, receive, send)
            raise


class HeadMiddleware:
    """Answers HEAD as GET, without the body, at every address that knows GET.

    One place for all: routes that name HEAD too would each stand in the description of the interface twice.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        # The server reads its own scope to know whether a body may follow, so that one stays as it is.
        looked_up = {**scope, "method": "GET"}
        try:
            await self._app(looked_up, receive, send_without_body)
        finally:
            if "route" in looked_up:
                scope["route"] = looked_up["route"]  # for the log


_CLOSE = {"Connection": "close"}  # what is left of the body is not waited for


class BodyLimitMiddleware:
    """Refuses a body that is larger than any message can be, before it is read whole, and one that takes too long."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit and pass the request on."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "DELETE", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        limit, seconds = _limit(scope["path"])
        try:
            async with asyncio.timeout(seconds):
                body = await _read(receive, limit)
        except TimeoutError:
            problem = problem_response(408, "Te langzaam", "Het bericht kwam niet op tijd binnen.", _CLOSE)
            await problem(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > limit:
            problem = problem_response(400, BadInput.title, "Het bericht is te groot.", _CLOSE)
            await problem(scope, receive, send)
            return
        delivered = False

        async def receive_body() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, receive_body, send)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body, or a little more than the limit of it; None when the client went away."""
    body = bytearray()
    more = True
    while more and len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def _limit(path: str) -> tuple[int, float]:
    """The largest body that an address takes, in bytes, and the seconds in which it has to be there."""
    if path.startswith("/webhooks/"):
        return LARGEST_REST_BODY, BODY_SECONDS
    return (LARGEST_UPLOAD, UPLOAD_SECONDS) if _UPLOAD.fullmatch(path) else (LARGEST_BODY, BODY_SECONDS)


# Scripts, styles and data that are the same for everybody. What holds a secret of somebody is never compressed together
# with what that somebody sent: its length would tell of the secret (BREACH).
_COMPRESSED = (
    "/intake/",
    "/widget/",
    "/pagina/",
    "/scan/",
    "/portaal/portaal.css",
    "/v1/openapi.json",
    "/verantwoording",
    "/v1/docs",
    "/v1/cijfers",
)
_WORTHWHILE = 1024  # bytes


class CompressionMiddleware:
    """Compresses the public files, for whoever has little reception."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        self._compressed = GZipMiddleware(app, minimum_size=_WORTHWHILE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, compressed when it is for one of those files."""
        public = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(_COMPRESSED)
        await (self._compressed if public else self._app)(scope, receive, send)
