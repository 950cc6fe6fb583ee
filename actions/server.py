"""The action server: Rasa's action webhook as a FastAPI route, for who knows the secret of the parts."""

import hmac
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor

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


def create_app(database_url: str, secret: str) -> FastAPI:
    """The application, for who sends the secret. Raises KnowledgeError when the data has a fault."""
    knowledge = load()
    action = ScanAction(knowledge, Recorder(open_database(database_url), knowledge))
    executor = ActionExecutor()
    executor.register_action(action)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    expected = f"Bearer {secret}".encode()

    @app.middleware("http")
    async def refuse_strangers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            return await call_next(request)
        return JSONResponse({"error": "Unauthorized"}, 401, headers={"WWW-Authenticate": "Bearer"})

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        call = await request.json()
        began = time.perf_counter()
        with about_request(_request_of(call)):
            try:
                # The action needs no domain and Rasa sends none; the executor wants to be told so.
                outcome = await executor.run({**call, "domain": {}})
            except Exception as error:  # its message, which may hold what was typed, is not logged
                logger.exception("the action failed")
                return JSONResponse({"error": type(error).__name__, "action_name": call.get("next_action")}, 500)
            event(logger, logging.DEBUG, "action", ms=round(1000 * (time.perf_counter() - began), 1))
        return JSONResponse(outcome.model_dump() if outcome else {"events": [], "responses": []})

    return app


def _request_of(call: dict[str, Any]) -> str:
    """The request that made Rasa call, as the gateway named it."""
    metadata = (call.get("tracker") or {}).get("latest_message", {}).get("metadata") or {}
    return request_id(metadata.get("verzoek"))


def from_environment() -> FastAPI:
    """The application as the process manager starts it. Raises BadPartsSecret when the secret is missing."""
    secret = os.environ.get(SECRET, "")
    if len(secret) < SHORTEST:
        raise BadPartsSecret(f"{SECRET} is missing or shorter than {SHORTEST} characters. Start with `make start`.")
    return create_app(os.environ.get("DATABASE_URL", DEFAULT_URL), secret)
