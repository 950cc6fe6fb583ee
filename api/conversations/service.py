"""The conversation as the outside knows it: start, take a turn, look back, forget."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from starlette.concurrency import run_in_threadpool

from api.conversations.assistant import Assistant, Taken
from api.conversations.counting import count_turn
from api.conversations.repository import Conversations, Progress, Stored
from api.errors import BadInput, Forbidden, NotFound, Unavailable
from api.events.service import EventService
from api.limits.turns import TurnGate
from api.operations import metrics
from knowledge.site_folder import Sites

BEGIN = "begin"
TRIES = 5  # how often a turn is taken anew when another one of the same conversation came first


def hashed(secret: str) -> str:
    """SHA-256 of a secret or a client's own id, so that what is stored cannot be used."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Caller:
    """Who asks something about a conversation: by which secret, and on the page of which website.

    Rasa's channel knows no secret; the website is None for our own pages and for what is not a browser.
    """

    key: str | None
    origin: str | None


class ConversationService:
    """Conversations over the assistant and the repository."""

    def __init__(
        self, assistant: Assistant, conversations: Conversations, sites: Sites, events: EventService, gate: TurnGate
    ) -> None:
        """Take the parts."""
        self._gate = gate
        self._events = events
        self._assistant = assistant
        self._conversations = conversations
        self._sites = sites

    async def start(self, site: str, channel: str, event: str | None, origin: str | None) -> dict[str, Any]:
        """A new conversation: its first turn with its secret. `origin` is the website that asks, None for our own.

        With the code of an event that is over or never was it is held all the same, says so, and does not count there.
        Raises BadInput for a site that does not exist, Forbidden when it does not name that website, and Unavailable
        when it is paused.
        """
        key = secrets.token_urlsafe(32)
        known = await run_in_threadpool(self._events.working, event, date.today())
        if known is None and channel == "evenement":
            channel = "widget"
        metadata = {
            "site": site,
            "kanaal": channel,
            "evenement": known.code if known else None,
            "evenementVervallen": event is not None and known is None,
        }
        identifier = str(uuid4())
        progress = _progress(identifier, await self._first_turn(identifier, site, origin, metadata))
        await self._add(progress, hashed(key), site, channel)
        metrics.STARTED.labels(site, channel).inc()
        metrics.FUNNEL.labels(metrics.BEGUN).inc()
        return {**progress.turn, "sleutel": key}

    async def open(self, identifier: str, site: str, text: str, origin: str | None) -> dict[str, Any]:
        """A conversation of Rasa's own channel, whose client speaks first and knows no secret.

        What it says counts when it answers something; otherwise it was a greeting.
        """
        first = await self._first_turn(identifier, site, origin, {"site": site, "kanaal": "widget"})
        async with self._gate.turn(identifier):
            second = await self._assistant.take_turn(first.slots, text=text)
        if second.state["antwoorden"] != first.state["antwoorden"]:
            first = replace(second, messages=first.messages[:1] + second.messages)
        progress = _progress(identifier, first)
        await run_in_threadpool(self._conversations.forget_expired, identifier, int(time.time()), date.today())
        if not await self._add(progress, None, site, "widget"):
            return await self.say(identifier, Caller(None, origin), text=text, choice=None, idempotency_key=None)
        return progress.turn

    async def _first_turn(self, identifier: str, site: str, origin: str | None, metadata: dict[str, Any]) -> Taken:
        found = self._sites.get(site)
        if found is None:
            raise BadInput("Deze site bestaat niet.")
        if not found.admits(origin):
            raise Forbidden
        if found.status != "actief":
            raise Unavailable("De assistent staat op deze site even uit.")
        async with self._gate.turn(identifier):
            return await self._assistant.take_turn(None, choice=BEGIN, metadata=metadata)

    async def _add(self, progress: Progress, key_hash: str | None, site: str, channel: str) -> bool:
        now = int(time.time())
        return await run_in_threadpool(self._conversations.add, progress, key_hash, site, channel, now)

    async def look(self, identifier: str, caller: Caller) -> dict[str, Any]:
        """The last turn again. Raises NotFound."""
        return (await self.find(identifier, caller)).turn

    async def say(
        self,
        identifier: str,
        caller: Caller,
        *,
        text: str | None,
        choice: str | None,
        idempotency_key: str | None,
        question: str | None = None,
    ) -> dict[str, Any]:
        """The turn that answers a message; for a repeated Idempotency-Key the turn that was given first.

        `question` is the one that the client showed, when it says so. Raises NotFound, BadInput for a choice that was
        not offered or a question that is no longer open, and Unavailable when nothing could be done.
        """
        key_hash = hashed(idempotency_key) if idempotency_key else None
        # A refusal of the gate takes no time and is no turn, so it is not measured as one; waiting for a place neither.
        async with self._gate.turn(identifier):
            with metrics.TURN_SECONDS.time():
                for _ in range(TRIES):
                    stored = await self.find(identifier, caller, key_hash)
                    if stored.answer is not None:
                        return stored.answer
                    if stored.site not in self._sites:
                        raise NotFound("De assistent is niet meer op deze site.")
                    if question is not None and question != stored.turn["voortgang"]["vraag"]:
                        raise BadInput("Dit antwoord hoort bij een vraag die niet meer open staat.")
                    if choice is not None and choice not in offered(stored.turn):
                        raise BadInput("Deze keuze hoort niet bij de laatste vraag.")
                    taken = await self._assistant.take_turn(stored.slots, text=text, choice=choice)
                    progress = _progress(identifier, taken)
                    if await run_in_threadpool(
                        self._conversations.advance, stored, progress, key_hash, int(time.time())
                    ):
                        count_turn(stored, progress)
                        return progress.turn
        raise Unavailable

    async def judge(self, identifier: str, caller: Caller, verdict: str) -> None:
        """Record whether somebody gained by the result. Raises NotFound, also when there is no result."""
        stored = await self.find(identifier, caller)
        if not await run_in_threadpool(self._conversations.judge, stored, verdict):
            raise NotFound("Er is nog geen uitslag.")

    async def forget(self, identifier: str, caller: Caller) -> None:
        """Forget a conversation at once. Raises NotFound."""
        await self.find(identifier, caller)
        await run_in_threadpool(self._conversations.forget, identifier, date.today())

    async def find(self, identifier: str, caller: Caller, idempotency_hash: str | None = None) -> Stored:
        """The conversation, when it is the caller's: secret and website fit. One of Rasa's channel has no secret.

        Raises NotFound.
        """
        stored = await run_in_threadpool(self._conversations.find, identifier, idempotency_hash, int(time.time()))
        if stored is None or not self._is_of(stored, caller):
            raise NotFound("Dit gesprek bestaat niet of niet meer. Begin opnieuw.")
        return stored

    def _is_of(self, stored: Stored, caller: Caller) -> bool:
        site = self._sites.get(stored.site)
        # When a site is gone, its conversations can still be seen and forgotten from our own pages.
        admitted = caller.origin is None if site is None else site.admits(caller.origin)
        known = hashed(caller.key) if caller.key is not None else ""
        return admitted and hmac.compare_digest(stored.key_hash or "", known)


def offered(turn: dict[str, Any]) -> list[str]:
    """The codes of the buttons of a turn."""
    return [button["waarde"] for message in turn["berichten"] for button in message["knoppen"]]


def _progress(identifier: str, taken: Taken) -> Progress:
    turn = {"gesprekId": identifier, "berichten": taken.messages, **taken.state}
    return Progress(taken.slots, turn, taken.record, taken.concluded)
