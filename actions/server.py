"""The action server: Rasa's action webhook as a FastAPI route, on loopback only."""

import logging
import os

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor

from actions.scan import ScanAction
from analytics.database import DEFAULT_URL, open_database
from analytics.recording import Recorder
from knowledge.base import load

logger = logging.getLogger(__name__)


def create_app(database_url: str) -> FastAPI:
    """The application with its one action. Raises KnowledgeError when the data has a fault."""
    knowledge = load()
    action = ScanAction(knowledge, Recorder(open_database(database_url), knowledge))
    executor = ActionExecutor()
    executor.register_action(action)
    app = FastAPI(openapi_url=None)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/webhook")
    async def webhook(request: Request) -> JSONResponse:
        call = await request.json()
        try:
            # The action needs no domain and Rasa sends none; the executor wants to be told so.
            outcome = await executor.run({**call, "domain": {}})
        except Exception as error:  # what was typed may be in the message of an error, so only its type is logged
            logger.error("The action failed: %s", type(error).__name__)  # noqa: TRY400
            return JSONResponse({"error": type(error).__name__, "action_name": call.get("next_action")}, 500)
        return JSONResponse(outcome.model_dump() if outcome else {"events": [], "responses": []})

    return app


def from_environment() -> FastAPI:
    """The application as the process manager starts it."""
    return create_app(os.environ.get("DATABASE_URL", DEFAULT_URL))
