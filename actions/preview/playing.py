"""Conversations that are held with the action itself, without Rasa: buttons and words that need no understanding."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import Reply, aside_reply
from actions.scan import ScanAction
from actions.slots import read_scan
from analytics.recording import Recorder, Source
from knowledge.base import Knowledge
from knowledge.responses import filled_in
from knowledge.result import Result
from knowledge.scan import Scan
from knowledge.sites import Site

ASSISTANT, ENTREPRENEUR = "assistent", "jij"
NOT_UNDERSTOOD = "..."  # typed to be asked again in other words


@dataclass(frozen=True)
class Bubble:
    """One message, by whom, and the buttons under it. Other texts than messages tell in `who` which they are."""

    who: str
    text: str
    buttons: tuple[str, ...] = ()


class Unrecorded(Recorder):
    """Counts nobody: a preview is no conversation."""

    def __init__(self) -> None:
        """Need no database."""

    def record_referral(self, source: Source, answers: Mapping[str, str], outcome: Result, today: date) -> None:
        """Let the result go."""

    def record_stopped(self, source: Source, question: str, today: date) -> None:
        """Let it go where somebody stopped."""


@dataclass
class Script:
    """What can be said: the data, the texts of domain.yml, and the names of the texts that were said so far.

    `runner` runs the action, a turn at a time.
    """

    knowledge: Knowledge
    responses: Mapping[str, str]
    runner: asyncio.Runner
    said: set[str] = field(default_factory=set)

    def bubble(self, message: Mapping[str, Any]) -> Bubble:
        """A message of the action as the entrepreneur reads it."""
        name = message.get("response")
        if name:
            self.said.add(name)
        text = filled_in(self.responses[name], message) if name else message["text"]
        return Bubble(ASSISTANT, text, tuple(button["title"] for button in message.get("buttons") or ()))

    def aside(self, name: str, site: Site, text: str = "") -> Bubble:
        """The answer to a question back, while the first question of the scan is open."""
        scan = Scan(open=self.knowledge.intake.core[0].id)
        reply: Reply = aside_reply(self.knowledge, name, scan, site=site, text=text, today=date.today())
        return self.bubble({"response": reply.response, "text": reply.text, **reply.variables})


class Conversation:
    """One conversation at a site. `bubbles` is all that was said."""

    def __init__(self, script: Script, site: str) -> None:
        """Begin it: the welcome and the first question."""
        self.bubbles: list[Bubble] = []
        self._script = script
        self._action = ScanAction(script.knowledge, Unrecorded())
        self._slots: dict[str, Any] = {}
        self._turn({"text": "", "metadata": {"site": site, "kanaal": "widget"}})

    @property
    def open(self) -> str | None:
        """The open question."""
        scan = read_scan(self._slots, self._script.knowledge.intake)
        return scan.open if scan else None

    def choose(self, code: str, title: str) -> list[Bubble]:
        """Press a button; gives what was said then."""
        entity = {"entity": "waarde", "value": code}
        return self._say(title, {"text": "", "entities": [entity]})

    def type(self, text: str, intent: str | None = None) -> list[Bubble]:
        """Type something that Rasa would hear as this intent; gives what was said then."""
        ranking = [{"name": intent, "confidence": 1.0}] if intent else []
        return self._say(text, {"text": text, "intent_ranking": ranking})

    def answer(self, answers: Mapping[str, str], names: Mapping[str, str]) -> list[Bubble]:
        """Answer each of these questions that is asked, by its button or by what `names` calls the answer."""
        said: list[Bubble] = []
        while self.open is not None and self.open in answers:
            code = answers[self.open]
            title = dict(self._script.knowledge.intake.question(self.open).choices()).get(code, names.get(code, code))
            said = self.choose(code, title)
        return said

    def _say(self, text: str, message: Mapping[str, Any]) -> list[Bubble]:
        self.bubbles.append(Bubble(ENTREPRENEUR, text))
        return self._turn(message)

    def _turn(self, message: Mapping[str, Any]) -> list[Bubble]:
        dispatcher = CollectingDispatcher()
        tracker = Tracker("preview", self._slots, dict(message), [], False, None, {}, None)
        for event in self._script.runner.run(self._action.run(dispatcher, tracker, {})):
            if event["event"] == "slot":
                self._slots[event["name"]] = event["value"]
        said = [self._script.bubble(found) for found in _texts(dispatcher.messages)]
        self.bubbles += said
        return said


def _texts(messages: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The messages that are read by people; the others carry the state of the turn."""
    return (message for message in messages if message.get("response") or message.get("text"))
