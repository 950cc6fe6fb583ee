"""The way to Rasa: one turn, from a message and the slots of a conversation."""

import json
from dataclasses import dataclass
from typing import Any

import httpx2

from api.errors import Unavailable
from knowledge.log_lines import current_request
from knowledge.personal_data import redact

_PAYLOAD = "/kies"


@dataclass(frozen=True)
class Taken:
    """What a turn gave: messages, state, the new slots, and what the record is called."""

    messages: list[dict[str, Any]]
    state: dict[str, Any]
    slots: dict[str, Any]
    record: str
    concluded: bool


class Assistant:
    """Rasa, on loopback."""

    def __init__(self, client: httpx2.AsyncClient, rasa_port: int, actions_port: int, secret: str = "") -> None:
        """Take a client whose time limits hold for every turn, and the secret by which Rasa and the actions know us."""
        self._client = client
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self._rasa = f"http://127.0.0.1:{rasa_port}/webhooks/gateway"
        self._actions = f"http://127.0.0.1:{actions_port}/health"

    async def take_turn(
        self,
        slots: dict[str, Any] | None,
        *,
        text: str | None = None,
        choice: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> Taken:
        """One turn. Raises Unavailable when Rasa or the actions do not answer; then nothing has happened.

        Personal data in the text goes no further than here; the assistant hears only what kinds there were.
        """
        redacted = redact(text or "")
        said = None if text is None else redacted.text
        known = {**(metadata or {}), "persoonsgegevens": list(redacted.found), "verzoek": current_request()}
        body = {"text": said, "choice": choice, "slots": slots, "metadata": known}
        try:
            response = await self._client.post(f"{self._rasa}/webhook", json=body, headers=self._headers)
        except httpx2.HTTPError as error:
            raise Unavailable from error
        if response.status_code != 200:
            raise Unavailable
        return _read(response.json())

    async def states(self) -> dict[str, str]:
        """How Rasa's model and the actions are: ok, unreachable, not_loaded or other_secret."""
        return {
            "model": await self._state(f"{self._rasa}/"),
            "actions": await self._state(self._actions),
        }

    async def _state(self, address: str) -> str:
        try:
            status = (await self._client.get(address, headers=self._headers)).status_code
        except httpx2.HTTPError:
            return "unreachable"
        return {200: "ok", 401: "other_secret", 503: "not_loaded"}.get(status, "unreachable")


def _read(answer: dict[str, Any]) -> Taken:
    state: dict[str, Any] | None = None
    messages = []
    for message in answer["messages"]:
        if "custom" in message:
            state = message["custom"]
        else:
            buttons = [{"titel": b["title"], "waarde": _code(b["payload"])} for b in message.get("buttons", [])]
            messages.append({"tekst": message.get("text", ""), "knoppen": buttons})
    if state is None:  # the action failed: Rasa says nothing then, and the slots are as they were
        raise Unavailable
    return Taken(
        messages, state["beurt"], answer["slots"], state["registratie"]["id"], state["registratie"]["afgerond"]
    )


def _code(payload: str) -> str:
    return str(json.loads(payload.removeprefix(_PAYLOAD))["waarde"])


def payload(code: str) -> str:
    """A button's code in the form in which Rasa's own clients send it back."""
    return f"{_PAYLOAD}{json.dumps({'waarde': code})}"
