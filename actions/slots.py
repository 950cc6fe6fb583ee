"""Rasa's slots to frozen values and back. Slots hold codes only, never what was typed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from analytics.recording import Source
from knowledge.intake import Intake
from knowledge.scan import Candidate, Doubt, Scan
from knowledge.sites import STANDARD

Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Conversation:
    """What a conversation is besides its answers: where it is held, and the random id of its record.

    `offered` are the codes of the buttons under the last message, in order.
    """

    site: str
    channel: str
    event: str | None
    record: str
    offered: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        """What the record may know of the conversation."""
        return Source(record=self.record, site=self.site, channel=self.channel, event=self.event)


def new_record() -> str:
    """A random id for the anonymous record, unrelated to the conversation."""
    return str(uuid4())


def read_conversation(slots: Slots, metadata: Mapping[str, Any] | None) -> Conversation:
    """The conversation from its slots, or a new one from what the gateway sent along with its first message."""
    given = metadata or {}
    return Conversation(
        site=slots.get("site") or given.get("site") or STANDARD,
        channel=slots.get("kanaal") or given.get("kanaal") or "widget",
        event=slots.get("evenement") or given.get("evenement"),
        record=slots.get("registratie") or new_record(),
        offered=tuple(slots.get("aangeboden") or ()),
    )


def read_scan(slots: Slots, intake: Intake) -> Scan | None:
    """The scan from its slots, or None when none has begun."""
    phase = slots.get("fase_gesprek")
    if phase is None:
        return None
    doubt = slots.get("twijfel")
    return Scan(
        phase=phase,
        open=slots.get("open_vraag"),
        answers={question.id: slots[question.id] for question in intake.vragen if slots.get(question.id) is not None},
        replaced=slots.get("vervangen") or {},
        tries=int(slots.get("pogingen") or 0),
        doubt=_read_doubt(doubt) if doubt else None,
    )


def _read_doubt(doubt: Mapping[str, Any]) -> Doubt:
    candidates = tuple(Candidate(**candidate) for candidate in doubt["candidates"])
    return Doubt(doubt["kind"], candidates, doubt["ask"], doubt.get("about"))


def write(scan: Scan, conversation: Conversation, intake: Intake) -> dict[str, Any]:
    """Every slot with its value; None empties it."""
    return {
        "site": conversation.site,
        "kanaal": conversation.channel,
        "evenement": conversation.event,
        "registratie": conversation.record,
        "aangeboden": list(conversation.offered),
        "fase_gesprek": scan.phase,
        "open_vraag": scan.open,
        "pogingen": float(scan.tries),
        "vervangen": dict(scan.replaced) or None,
        "twijfel": asdict(scan.doubt) if scan.doubt else None,
        **{question.id: scan.answers.get(question.id) for question in intake.vragen},
    }
