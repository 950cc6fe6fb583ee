"""The action server: Rasa's action webhook, for who knows the secret of the parts."""

import hmac
import logging
import os
import time
from typing import Any

import msgspec
from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from actions.scan import ScanAction
from analytics.database import DEFAULT_URL, open_database
from analytics.recording import Recorder
from knowledge.base import load
from knowledge.log_lines import about_request, event, request_id

logger = logging.getLogger(__name__)

SECRET = "PARTS_SECRET"  # noqa: S105  # the name in the environment
SHORTEST = 32  # characters, as api/start.py makes it


class BadPartsSecret(Exception):
    """The secret that the parts share is not there; says what to do."""


class PartsOnlyMiddleware:
    """Answers 401 to every request without the secret, before anything looks at it."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        """Wrap an application."""
        self._app = app
        self._expected = f"Bearer {secret}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            given = Headers(scope=scope).get("authorization", "")
            if not hmac.compare_digest(given.encode(), self._expected):
                refusal = _json({"error": "Unauthorized"}, 401, {"WWW-Authenticate": "Bearer"})
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def create_app(database_url: str, secret: str) -> Starlette:
    """The application, for who sends the secret. Raises KnowledgeError when the data has a fault."""
    knowledge = load()
    action = ScanAction(knowledge, Recorder(open_database(database_url), knowledge, turn_follows=True))
    executor = ActionExecutor()
    executor.register_action(action)

    async def health(request: Request) -> Response:
        return _json({"status": "ok"})

    async def webhook(request: Request) -> Response:
        call = msgspec.json.decode(await request.body())
        began = time.perf_counter()
        with about_request(_request_of(call)):
            try:
                # The action needs no domain and Rasa sends none; the executor wants to be told so.
                outcome = await executor.run({**call, "domain": {}})
            except Exception as error:  # its message, which may hold what was typed, is not logged
                logger.exception("the action failed")
                return _json({"error": type(error).__name__, "action_name": call.get("next_action")}, 500)
            event(logger, logging.DEBUG, "action", ms=round(1000 * (time.perf_counter() - began), 1))
        return _json(outcome.model_dump() if outcome else {"events": [], "responses": []})

    return Starlette(
        routes=[Route("/health", health), Route("/webhook", webhook, methods=["POST"])],
        middleware=[Middleware(PartsOnlyMiddleware, secret)],
    )


def _json(values: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(values), status, headers, media_type="application/json")


def _request_of(call: dict[str, Any]) -> str:
    """The request that made Rasa call, as the gateway named it."""
    metadata = (call.get("tracker") or {}).get("latest_message", {}).get("metadata") or {}
    return request_id(metadata.get("verzoek"))


def from_environment() -> Starlette:
    """The application as the process manager starts it. Raises BadPartsSecret when the secret is missing."""
    secret = os.environ.get(SECRET, "")
    if len(secret) < SHORTEST:
        raise BadPartsSecret(f"{SECRET} is missing or shorter than {SHORTEST} characters. Start with `make start`.")
    return create_app(os.environ.get("DATABASE_URL", DEFAULT_URL), secret)
