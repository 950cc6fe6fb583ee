"""The standard lists by which firms that took part are described: code and title, as everywhere in the product."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import get_args

from api.intakes.lists import Choice
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId
from knowledge.intake import OPEN, OUTSIDE_REGION

NOT_KNOWN: Choice = (OPEN, "Onbekend")
FIELDS = ("sector", "gemeente", "grootte", "fase")
TITLES = {"sector": "Sector", "gemeente": "Plaats", "grootte": "Aantal mensen", "fase": "Digitaal niveau"}

_STAGES = {"adhoc": "Aan het begin", "engaged": "Op weg", "verder": "Al ver"}  # of somebody else's firm


@dataclass(frozen=True)
class Firm:
    """A firm that took part: section of SBI 2025, CBS code of the municipality, CBS size class, and stage.

    Each may be `onbekend`.
    """

    sector: str
    municipality: str
    size_class: str
    stage: str


class Codes:
    """The lists of one day."""

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        """Make them; a municipality that has ended by then has a title and cannot be chosen."""
        sections = knowledge.sectors.sections.sbi2025
        sizes = dict(knowledge.intake.question("personen").choices())
        places = [(one.code, one.naam) for one in knowledge.municipalities.valid(today)]
        elsewhere = (OUTSIDE_REGION, "Buiten de regio Utrecht")
        self.choices: dict[str, list[Choice]] = {
            "sector": [*((code, f"{code} – {section.naam}") for code, section in sections.items()), NOT_KNOWN],
            "gemeente": [*places, elsewhere, NOT_KNOWN],
            "grootte": [*((code, sizes[code]) for code in get_args(SizeClass)), NOT_KNOWN],
            "fase": [*((code, _STAGES[code]) for code in get_args(StageId)), NOT_KNOWN],
        }
        ended = {one.code: one.naam for one in knowledge.municipalities.gemeenten}
        self._titles = {field: dict(choices) for field, choices in self.choices.items()}
        self._titles["gemeente"] = ended | self._titles["gemeente"]

    def title(self, field: str, code: str) -> str:
        """A code in words; itself when the list does not have it (any more)."""
        return self._titles[field].get(code, code)

    def titles(self, firm: Firm) -> tuple[str, ...]:
        """A firm in words."""
        return tuple(self.title(field, code) for field, code in zip(FIELDS, astuple(firm), strict=True))

    def chosen(self, field: str, code: str) -> str:
        """What was chosen in a list; nothing counts as not known. Raises ValueError for what is not in it."""
        if not code:
            return OPEN
        if code not in dict(self.choices[field]):
            raise ValueError(f"{TITLES[field]}: kies iets uit de lijst.")
        return code
