"""Serves the actions on loopback."""

import os
import sys

import uvicorn

from actions.server import BadPartsSecret, from_environment
from knowledge.log_lines import install
from knowledge.settling import settle

install("actions", os.environ.get("LOG_LEVEL", "info"))

HOST = "127.0.0.1"

try:
    app = from_environment()
except BadPartsSecret as problem:
    sys.exit(str(problem))

settle()

uvicorn.run(
    app,
    host=HOST,
    port=int(os.environ.get("ACTIONS_PORT", "5055")),
    access_log=False,
    log_config=None,
    log_level="warning",
)
