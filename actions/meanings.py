"""What a message can be heard as, and what it can mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.scan import Doubt


@dataclass(frozen=True)
class Heard:
    """What Rasa made of a message: the text as typed, a chosen button, intents with probability, and readings.

    `personal` are the kinds of personal data that were taken out of the text before Rasa got it.
    """

    text: str = ""
    choice: str | None = None
    intents: Mapping[str, float] = field(default_factory=dict)
    readings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    personal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """Answers to take, in this order: question ids and codes. `correction` when earlier ones change.

    `beside` is a moment in the same message, which is answered too. `trade` is the counter-question about a trade that
    was named as well, for when its question opens.
    """

    given: tuple[tuple[str, str], ...]
    correction: bool = False
    beside: str | None = None
    trade: Doubt | None = None


@dataclass(frozen=True)
class AskBack:
    """A counter-question about the open question. `failed` when the answer was not understood.

    `given` are answers to other questions in the same message.
    """

    doubt: Doubt
    failed: bool = False
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Command:
    """Something said about the conversation itself; `question` is what "wijzig" is about."""

    name: str
    question: str | None = None


@dataclass(frozen=True)
class Aside:
    """A question back or another moment that is answered before the open question returns."""

    name: str


Understood = Answers | AskBack | Command | Aside

# The question in other words.
NOT_UNDERSTOOD = AskBack(Doubt("anders"), failed=True)
