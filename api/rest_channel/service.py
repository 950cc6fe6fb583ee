"""The same conversations in the words of Rasa's REST channel."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from api.conversations.assistant import payload
from api.conversations.service import Caller, ConversationService, hashed, offered
from api.errors import NotFound
from knowledge.words import visible

LONGEST = 500
_TOO_LONG = "Dat is een lang verhaal. Kun je het korter zeggen, in hooguit 500 tekens?"
_NOTHING = "Ik heb geen tekst ontvangen. Typ je antwoord, of kies een knop."


class RestChannel:
    """Answers a client that names its own sender and knows no secret.

    The sender's name is only kept as a hash. A text that cannot be used gets a friendly message, as Rasa's clients
    expect; errors of the product itself stay errors.
    """

    def __init__(
        self, service: ConversationService, site: str, origin: str | None, admit: Callable[[str], Awaitable[None]]
    ) -> None:
        """Take the conversations, the site that these belong to, and the website that asks (None for our own).

        `admit` is told of every conversation that begins at the site, and raises when there are too many.
        """
        self._service = service
        self._admit = admit
        self._site = site
        self._caller = Caller(None, origin)

    async def answer(self, sender: object, message: object) -> list[dict[str, Any]]:
        """The messages that answer one message. Raises Unavailable."""
        recipient = str(sender) if isinstance(sender, (str, int)) and str(sender) else str(uuid4())
        if not isinstance(message, str) or not visible(message):
            return _say(recipient, _NOTHING)
        identifier = f"rest-{hashed(recipient)[:48]}"
        if len(message) > LONGEST:
            return _say(recipient, _TOO_LONG)
        turn = await self._last_turn(identifier)
        if turn is None:
            await self._admit(self._site)
            return _messages(recipient, await self._service.open(identifier, self._site, message, self._caller.origin))
        choice = next((code for code in offered(turn) if payload(code) == message.strip()), None)
        text = message if choice is None else None
        return _messages(
            recipient, await self._service.say(identifier, self._caller, text=text, choice=choice, idempotency_key=None)
        )

    async def _last_turn(self, identifier: str) -> dict[str, Any] | None:
        try:
            return await self._service.look(identifier, self._caller)
        except NotFound:
            return None


def _say(recipient: str, text: str) -> list[dict[str, Any]]:
    return [{"recipient_id": recipient, "text": text}]


def _messages(recipient: str, turn: dict[str, Any]) -> list[dict[str, Any]]:
    """A turn as Rasa's channel says it."""
    messages = []
    for message in turn["berichten"]:
        entry: dict[str, Any] = {"recipient_id": recipient, "text": message["tekst"]}
        if message["knoppen"]:
            entry["buttons"] = [
                {"title": button["titel"], "payload": payload(button["waarde"])} for button in message["knoppen"]
            ]
        messages.append(entry)
    return messages
