"""The channel by which the gateway hands a message to Rasa: text or a chosen button in, messages and slots out.

Rasa's own REST channel logs the text of a message that fails, and takes typed text that starts with "/" for a command.
"""

import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.tracker_store import turn
from knowledge.log_lines import about_request, event, request_id

logger = logging.getLogger(__name__)

CHOICE = "kies"
# Rasa reads "/" at the start of a text as a command; this character looks alike and means nothing to it.
HARMLESS_SLASH = "\N{DIVISION SLASH}"


def heard(text: str | None, choice: str | None) -> tuple[str, dict[str, Any] | None]:
    """What Rasa gets to hear: typed text to understand, or a choice, or nothing, that need no understanding."""
    if choice is None and text:
        return (HARMLESS_SLASH + text[1:] if text.startswith("/") else text), None
    entities = [{"entity": "waarde", "value": choice}] if choice is not None else []
    return "", {"text": "", "intent": {"name": CHOICE, "confidence": 1.0}, "intent_ranking": [], "entities": entities}


class GatewayChannel(InputChannel):
    """`POST /webhooks/gateway/webhook` with `{text | choice, slots, metadata}`."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel, part of its address."""
        return "gateway"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("gateway_channel", "bot.channel")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return response.json({"ready": ready}, status=200 if ready else 503)

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            body = request.json
            sender = uuid.uuid4().hex
            text, parsed = heard(body.get("text"), body.get("choice"))
            collected = CollectingOutputChannel()
            began = time.perf_counter()
            identifier = request_id((body.get("metadata") or {}).get("verzoek"))
            with turn(body.get("slots")) as held, about_request(identifier):
                try:
                    await on_new_message(
                        UserMessage(
                            text,
                            collected,
                            sender,
                            parse_data=parsed,
                            input_channel=self.name(),
                            metadata=body.get("metadata"),
                        )
                    )
                except Exception as error:  # its message, which may hold what was typed, is not logged
                    logger.exception("a turn failed")
                    return response.json({"error": type(error).__name__}, status=500)
                event(logger, logging.DEBUG, "turn", ms=round(1000 * (time.perf_counter() - began), 1))
                return response.json({"messages": collected.messages, "slots": held.slots})

        return routes
