"""Refuses who asks too often, before anything of the request is read."""

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import Answer, TooManyTries
from api.limits.rules import Limits


class RateLimitMiddleware:
    """Counts requests per network; those beyond the limit get a 429 in the shape of their address."""

    def __init__(self, app: ASGIApp, limits: Limits, answer: Answer) -> None:
        """Wrap an application. `answer` gives an error the shape that its address asks for."""
        self._app = app
        self._limits = limits
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            try:
                await self._limits.check_network(HTTPConnection(scope), scope["method"], scope["path"])
            except TooManyTries as problem:
                request = Request(scope)
                refusal = self._answer(request, problem.status, problem.title, problem.detail, problem.headers)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
