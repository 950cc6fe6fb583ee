"""Serves the actions on loopback."""

import gc
import os
import sys

import uvicorn

from actions.server import BadPartsSecret, from_environment
from knowledge.log_lines import install

install("actions", os.environ.get("LOG_LEVEL", "info"))

HOST = "127.0.0.1"

try:
    app = from_environment()
except BadPartsSecret as problem:
    sys.exit(str(problem))

gc.collect()
gc.freeze()  # what is loaded stays; going through it for what can be thrown away holds up turns

uvicorn.run(
    app,
    host=HOST,
    port=int(os.environ.get("ACTIONS_PORT", "5055")),
    access_log=False,
    log_config=None,
    log_level="warning",
)
