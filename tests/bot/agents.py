"""The trained assistant, for tests."""

import logging
from pathlib import Path

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bot import patches
from bot.train import model_path
from knowledge.settling import settle


def trained(model: Path | None = None) -> Agent:
    """The product's own model unless told, run as the product runs it, and as quietly."""
    patches.apply()
    # Rasa would print all that it makes of each message.
    configure_structlog(logging.WARNING)
    agent = Agent.load(str(model or model_path()))
    settle()
    return agent
