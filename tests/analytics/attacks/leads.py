"""What a reader of the tables of leads can reckon with: every number rounded, and steps that are within each other."""

from collections.abc import Iterable, Iterator

import numpy as np

from knowledge.base import Knowledge
from tests.analytics.attacks.reading import STEPS_OF_LEADS, Group, Paper
from tests.analytics.attacks.records import Record
from tests.analytics.attacks.solving import Floats, Numbers, Reader, Space

MANY = 1_000_000
TABLES = ("lead_stap", "lead_afloop", "lead_tijd", "lead_ervaring", "lead_initiatief", "lead_geholpen")
# Rows of lead_stap, and the table that divides the same steps.
DIVIDED = {
    ("aangevraagd",): "lead_initiatief",
    ("contact",): "lead_tijd",
    ("geholpen",): "lead_geholpen",
    ("geholpen", "anders"): "lead_afloop",
    ("ervaring",): "lead_ervaring",
}
# Until any month no more leads took the first steps than took the second.
WITHIN = {
    ("contact",): ("aangevraagd",),
    ("geholpen",): ("contact",),
    ("geholpen", "anders"): ("aangevraagd",),
    ("ervaring",): ("aangevraagd",),
}


class LeadReader(Reader):
    """Somebody who has the tables of the first year in which there are leads."""

    def __init__(self, paper: Paper, knowledge: Knowledge) -> None:
        """Reason about all tables of leads together."""
        self._left: dict[int, tuple[Numbers, Numbers]] = {}
        self.described: dict[int, str] = {}
        super().__init__(paper, knowledge, TABLES)

    def most(self, _months: Group) -> int:
        """How many steps there are in some months: nobody was told, so that all are worth looking at."""
        return MANY

    def counted(self, records: Iterable[Record]) -> Floats:
        """How many of some records are in each of the unknowns, and how many leads did not take a step."""
        values = super().counted(records)
        for number, (more, fewer) in self._left.items():
            values[number] = values[more].sum() - values[fewer].sum()
        return values

    def _add_space(self, names: tuple[str, ...], months: tuple[Group, ...]) -> None:
        """Of steps every code by itself, because tables are compared by them."""
        codes = STEPS_OF_LEADS.get(names[0])
        if codes is None:
            super()._add_space(names, months)
            return
        numbers = np.arange(self.size, self.size + len(months) * len(codes)).reshape(len(months), len(codes))
        self.spaces[names] = Space(names, months, (tuple(frozenset({code}) for code in sorted(codes)),), numbers)
        self.size += numbers.size

    def _reckon_totals(self) -> None:
        """No total is known: tables of the same steps add up to the same, and steps are within each other."""
        steps = self.spaces["lead_stap",]
        for month in sorted(self._so_far):
            here, until = frozenset({month}), frozenset(one for one in self._so_far if one <= month)
            for rows, table in DIVIDED.items():
                self.know(steps.where(here, _of(rows)), 0, 0, minus=self.spaces[table,].where(here, {}))
            helped = self.spaces["lead_afloop",].where(here, {"lead_afloop": frozenset({"geholpen"})})
            self.know(steps.where(here, _of(("geholpen",))), 0, 0, minus=helped)
            for fewer, more in WITHIN.items():
                what = f"{'+'.join(more)} without {'+'.join(fewer)} until {month}"
                self._leave(steps.where(until, _of(more)), steps.where(until, _of(fewer)), what)
            for asked, helped in self._by_initiative(until):
                self.know(helped, -np.inf, 0, minus=asked)

    def _by_initiative(self, until: Group) -> Iterator[tuple[Numbers, Numbers]]:
        """Who asked an initiative and whom it helped, where both tables tell it apart."""
        asked, helped = self.spaces["lead_initiatief",], self.spaces["lead_geholpen",]
        for group in set(asked.codes[0]) & set(helped.codes[0]):
            yield asked.where(until, {"lead_initiatief": group}), helped.where(until, {"lead_geholpen": group})

    def _leave(self, more: Numbers, fewer: Numbers, what: str) -> None:
        """One unknown more: how many leads took one step and not the other."""
        number = self.size
        self.size += 1
        self._left[number], self.described[number] = (more, fewer), what
        self.know(more, 0, 0, minus=np.append(fewer, number))


def _of(rows: tuple[str, ...]) -> dict[str, Group]:
    return {"lead_stap": frozenset(rows)}
