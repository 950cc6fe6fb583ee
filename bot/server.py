"""Starts Rasa on loopback with the trained model and the gateway's channel."""

import logging
import os
import sys
import warnings
from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("ACTIONS_PORT", "5055")  # bot/endpoints.yml names it
# Rasa's dependencies warn about each other at import, past any filter, and an operator can do nothing about it.
warnings.showwarning = lambda *_args, **_more: None

# The matrices of one message are small: threads would wait for each other and for the other two processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot import tensorflow_left_out

if not tensorflow_left_out.is_needed(Path("config.yml")):
    tensorflow_left_out.leave_out()

import rasa.core.run
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from bot import patches
from bot.action_endpoint import KeptEndpoint
from bot.guard import SECRET, SHORTEST, guard
from bot.train import model_path
from knowledge.log_lines import install
from knowledge.settling import settle

HOST = "127.0.0.1"
logger = logging.getLogger(__name__)


async def _settle(*_: Any) -> None:
    settle()


def main() -> int:
    """Serve until stopped. Returns the exit code."""
    port = int(os.environ.get("RASA_PORT", "5005")) + int(os.environ.get("RASA_WORKER", "0"))
    model = model_path()
    if not model.exists():
        print(f"There is no trained model ({model}). Run `make train`.", file=sys.stderr)
        return 1
    secret = os.environ.get(SECRET, "")
    if len(secret) < SHORTEST:
        print(f"{SECRET} is missing or shorter than {SHORTEST} characters. Start with `make start`.", file=sys.stderr)
        return 1
    patches.apply()
    # Warnings and errors only: at lower levels Rasa makes much of what was typed.
    configure_structlog(logging.WARNING)
    app = rasa.core.run.configure_app(
        rasa.core.run.create_http_input_channels(None, "bot/credentials.yml"), enable_api=False, port=port
    )
    guard(app, secret)
    install("rasa", os.environ.get("LOG_LEVEL", "info"))
    endpoints = AvailableEndpoints.read_endpoints("bot/endpoints.yml")
    assert endpoints.action is not None  # bot/endpoints.yml names it
    endpoints.action = KeptEndpoint(endpoints.action, DEFAULT_REQUEST_TIMEOUT)

    async def load_agent(app: Sanic, loop: AbstractEventLoop) -> None:
        await rasa.core.run.load_agent_on_start(str(model), endpoints, None, app, loop)

    app.register_listener(load_agent, "before_server_start")
    app.register_listener(_settle, "after_server_start")
    app.run(host=HOST, port=port, workers=1, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
