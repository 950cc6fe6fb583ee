"""The way to Rasa: one turn, from a message and the slots of a conversation."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.errors import Unavailable
from knowledge.log_lines import current_request
from knowledge.part_line import Answer, NoAnswer, PartLine, TookTooLong
from knowledge.personal_data import redact

_PAYLOAD = "/kies"
_CHANNEL = "/webhooks/gateway"
_NOT_READY = 503


@dataclass(frozen=True)
class Taken:
    """What a turn gave: messages, state, the new slots, and what the record is called."""

    messages: list[dict[str, Any]]
    state: dict[str, Any]
    slots: dict[str, Any]
    record: str
    concluded: bool


class Workers:
    """Processes of Rasa. A conversation travels with its turn, so any of them may take it."""

    def __init__(self, ports: Sequence[int], *, seconds: float, headers: Mapping[str, str]) -> None:
        """Take their ports, how long a turn may take in seconds, and what goes along with each."""
        self._lines = [PartLine(port, seconds=seconds, headers=headers) for port in ports]
        self._busy = [0] * len(ports)
        self._order = list(range(len(ports)))  # who took a turn longest ago comes first

    async def take(self, body: Mapping[str, Any]) -> Answer:
        """Let the one with least to do take a turn, of equals by turns, and another when that one is gone or not ready.

        Raises NoAnswer. A worker keeps nothing, so a turn that one of them lost can be taken by the next; but one that
        takes too long for one would do so for all.
        """
        in_order = sorted(self._order, key=self._busy.__getitem__)
        self._order.remove(in_order[0])
        self._order.append(in_order[0])
        *others, last = in_order
        for number in others:
            try:
                answer = await self._take(number, body)
            except TookTooLong:
                raise
            except NoAnswer:
                continue
            if answer.status != _NOT_READY:
                return answer
        return await self._take(last, body)

    async def _take(self, number: int, body: Mapping[str, Any]) -> Answer:
        self._busy[number] += 1
        try:
            return await self._lines[number].post(f"{_CHANNEL}/webhook", body)
        finally:
            self._busy[number] -= 1

    async def state(self) -> str:
        """How the model is: ok, unreachable, not_loaded, other_secret; partly when some of the workers are ok."""
        found = {await _state(line, f"{_CHANNEL}/") for line in self._lines}
        return found.pop() if len(found) == 1 else "partly" if "ok" in found else min(found)

    def close(self) -> None:
        """Close the connections."""
        for line in self._lines:
            line.close()


class Assistant:
    """Rasa, on loopback."""

    def __init__(
        self, rasa_ports: Sequence[int], actions_port: int, secret: str = "", *, seconds: float = 10.0
    ) -> None:
        """Take where Rasa and the actions are, by which secret they know us, and how long a turn may take."""
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self._rasa = Workers(rasa_ports, seconds=seconds, headers=headers)
        self._actions = PartLine(actions_port, seconds=seconds, headers=headers)

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
            answer = await self._rasa.take(body)
            if answer.status != 200:
                raise Unavailable
            return _read(answer.json())
        except NoAnswer as error:
            raise Unavailable from error

    async def states(self) -> dict[str, str]:
        """How Rasa's model and the actions are: ok, unreachable, not_loaded, other_secret, or partly."""
        return {"model": await self._rasa.state(), "actions": await _state(self._actions, "/health")}

    def close(self) -> None:
        """Close the connections."""
        self._rasa.close()
        self._actions.close()


async def _state(line: PartLine, path: str) -> str:
    try:
        status = (await line.get(path)).status
    except NoAnswer:
        return "unreachable"
    return {200: "ok", 401: "other_secret", _NOT_READY: "not_loaded"}.get(status, "unreachable")


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
