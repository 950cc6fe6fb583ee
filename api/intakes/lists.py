"""What can be chosen instead of typed, and what typed words may stand for: sectors and places, as code and title."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from knowledge.base import Knowledge
from knowledge.intake import DO_NOT_KNOW, OPEN, OUTSIDE_REGION
from knowledge.languages import DUTCH, shipped

Choice = tuple[str, str]  # code, title

WORDS = shipped()[DUTCH]["formulier"]
NOT_KNOWN: Choice = (OPEN, DO_NOT_KNOW)
BESIDE_MUNICIPALITIES: tuple[Choice, ...] = ((OUTSIDE_REGION, WORDS["buitenRegio"]), NOT_KNOWN)
EXAMPLES = 2
WHICH = WORDS["welkePast"]


@dataclass(frozen=True)
class Found:
    """What typed words may stand for, likeliest first, whether to take the first, and what to ask if not.

    Without choices an area was named in which several municipalities lie.
    """

    choices: tuple[Choice, ...]
    certain: bool
    ask: str = WHICH


LookUp = Callable[[Knowledge, str, date], Found | None]


def read_sector(knowledge: Knowledge, text: str, _today: date) -> Found | None:
    """The sectors that a text may speak of; None when nothing in it is known."""
    reading = knowledge.sectors.read(text)
    if reading is None:
        return None
    choices = tuple((sector.code, _capital(sector.titel)) for sector in reading.sectors)
    return Found(choices, reading.certain, reading.ask or WHICH)


def read_place(knowledge: Knowledge, text: str, today: date) -> Found | None:
    """The municipalities that a text may speak of; None when nothing in it is known."""
    reading = knowledge.places.read(text, today)
    if reading is None:
        return None
    return Found(tuple((place.code, place.titel) for place in reading.places), reading.certain)


def sectors(knowledge: Knowledge) -> tuple[Choice, ...]:
    """Every sector with what belongs to it, by name. Two that share a name differ in their examples."""
    index = knowledge.sectors
    named: dict[str, list[str]] = defaultdict(list)
    for activity in index.activities.activiteiten:
        named[f"{activity.sbi2025}/{activity.sbi2008}"].append(activity.naam)
    listed = []
    for code in index.codes:
        sector = index.sector(code)
        examples = [example for example in named[code] if " " not in example and example not in sector.titel][:EXAMPLES]
        title = _capital(sector.heading)
        listed.append(
            (code, WORDS["zoals"].format(sector=title, voorbeelden=" of ".join(examples)) if examples else title)
        )
    return (*sorted(listed, key=lambda choice: choice[1]), NOT_KNOWN)


def places(knowledge: Knowledge, today: date) -> tuple[Choice, ...]:
    """The municipalities of this day by name, and what there is besides."""
    valid = knowledge.municipalities.valid(today)
    names = tuple((municipality.code, municipality.naam) for municipality in valid)
    return (*names, *BESIDE_MUNICIPALITIES)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
