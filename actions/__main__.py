"""Serves the actions on loopback."""

import os

import uvicorn

from actions.server import from_environment

HOST = "127.0.0.1"  # never anything else: the webhook trusts whoever reaches it

uvicorn.run(
    from_environment(),
    host=HOST,
    port=int(os.environ.get("ACTIONS_PORT", "5055")),
    access_log=False,
    log_level="warning",
)
