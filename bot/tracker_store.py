"""A tracker store that keeps nothing: the state of a conversation travels with every message.

The gateway keeps the slots of a conversation, which hold codes only, and sends them along. Rasa builds the tracker
from them, and hands the new slots back with the answer. So a turn happens wholly or not at all, any Rasa process can
take any turn, and what somebody typed is in memory for the length of one turn only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

LOOP = "scan"
Slots = dict[str, Any]


@dataclass
class Turn:
    """The slots of one conversation for the length of one turn; None is a new conversation."""

    slots: Slots | None


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def turn(slots: Slots | None) -> Iterator[Turn]:
    """Hold the slots of a conversation while its message is handled, in the same task; forget them afterwards."""
    held = Turn(slots)
    token = _turn.set(held)
    try:
        yield held
    finally:
        _turn.reset(token)


class TravellingTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Trackers from the slots that came with the message."""

    def __init__(self, domain: Domain | None = None, event_broker: Any = None, **_: Any) -> None:
        """Start with nothing; there is nothing to connect to."""
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Take over the slots; events, and with them what was typed, are dropped."""
        held = _turn.get()
        if held is not None:
            held.slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as it was after the last turn, without its history."""
        held = _turn.get()
        if held is None or held.slots is None or self.domain is None:
            return None
        known = {slot.name for slot in self.domain.slots}
        events: list[Event] = [SlotSet(name, value) for name, value in held.slots.items() if name in known]
        events += [ActiveLoop(LOOP), ActionExecuted(ACTION_LISTEN_NAME)]
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    async def keys(self) -> list[str]:
        """No conversation is kept."""
        return []
