"""What a reader can work out who has every published table and the means to solve them all together.

Of each hidden count the reader must be left with at least NARROWEST between lowest and highest, also who is one of the
firms behind it. That is proven by showing whole-number solutions which differ that much; where none turn up, the count
is solved for exactly.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from analytics.linear import Cell, Known, Place, Rule, Sheet
from analytics.menu import INITIATIVES
from analytics.solver import EXACT, Range, Solver
from analytics.system import System
from analytics.targets import targets
from analytics.true_counts import TrueCounts

# Dimensions that rules of the matching tie to others (analytics.known).
_JOINED = {"plaats": {"aanbod"}, INITIATIVES: {"fase", "grootte", "plaats", "aanbod", "hulpvraag"}}


@dataclass(frozen=True)
class Outcome:
    """How many counts were looked at, the least that is left between lowest and highest, and one that is too narrow.

    `narrowest` is what was shown; the true width may be more. None when there was nothing to look at. `shown` are the
    solutions found for each count, also for those that are published: its lowest and its highest value. `high` are the
    counts that a reader may know nearly, because they are surely as high as the threshold.
    """

    cells: int = 0
    narrowest: int | None = None
    narrow: Cell | None = None
    shown: Mapping[Place, Range] = field(default_factory=dict)
    high: frozenset[Place] = frozenset()

    def __add__(self, other: "Outcome") -> "Outcome":
        widths = [one.narrowest for one in (self, other) if one.narrowest is not None]
        return Outcome(
            self.cells + other.cells,
            min(widths, default=None),
            self.narrow or other.narrow,
            {**self.shown, **other.shown},
            self.high | other.high,
        )


def components(sheets: Iterable[Sheet]) -> list[tuple[Sheet, ...]]:
    """The tables in groups of which one can tell something about another: by a dimension they share, or by a rule."""
    groups: list[tuple[set[str], list[Sheet]]] = []
    for sheet in sheets:
        names, those = set(sheet.names).union(*(_JOINED.get(name, ()) for name in sheet.names)), [sheet]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                those = [*group[1], *those]
            else:
                apart.append(group)
        groups = [*apart, (names, those)]
    return [tuple(those) for _, those in groups]


def audit(
    sheets: Sequence[Sheet],
    records: Mapping[str, int],
    apart: Mapping[str, Mapping[str, int]],
    *,
    rules: Sequence[Rule] = (),
    true: TrueCounts | None = None,
    shown: Mapping[Place, Range] | None = None,
    only: Cell | None = None,
    but: Collection[Place] = (),
) -> Outcome:
    """Look at everything hidden in tables that hang together, given how many records each month has.

    `apart` are those numbers for tables that divide records of their own, by what they divide them, and `rules` what
    everybody can know; `true` tells in which counts there are firms, in none when it is left out. It ends at the first
    count that is too narrow. `shown` are solutions that hold already; with `only` no more than that one count is looked
    at, and what is in `but` is passed by.
    """
    if not sheets:
        return Outcome()
    totals = apart.get(sheets[0].names[0], records)
    system = System(sheets, totals, rules)
    told = {((rule.name,), "+".join(sorted(rule.codes))) for rule in rules if isinstance(rule, Known) and rule.told}
    cells, inside = [], list[int | None]()
    for cell, firms in targets(system, sheets, totals, true or TrueCounts(), only.place if only else None):
        cells.append(cell)
        passed = cell.place in but or (cell.names, cell.key[0]) in told
        inside.append(None if passed else firms)
    sought = sum(firms is not None for firms in inside)
    if not sought:
        return Outcome()
    solver = Solver(system, cells, inside, shown or {})
    narrow = solver.narrow()
    width = solver.width()
    least = max(0, int(width.min() + EXACT)) if width.size and np.isfinite(width).all() else 0
    return Outcome(
        cells=sought,
        narrowest=least if width.size else None,
        narrow=narrow,
        shown={
            cell.place: (float(low), float(high))
            for cell, low, high in zip(cells, solver.lowest, solver.highest, strict=True)
        },
        high=frozenset(cell.place for cell, high in zip(cells, solver.high, strict=True) if high),
    )


class Prove(Protocol):
    """Audits some tables, but for some counts."""

    def __call__(self, sheets: Sequence[Sheet], *, but: Collection[Place]) -> Outcome:
        """What was found."""


def allowed_before(sheets: Iterable[Sheet], prove: Prove) -> frozenset[Place]:
    """The counts that were known before a threshold rose, and were high enough to be so by the one of that time.

    Counts are held against the highest threshold that any of the tables was made with. What could be worked out under
    a lower one is known for good, so that no later table need give way for it.
    """
    allowed = frozenset[Place]()
    for before in _until_rises(sheets):
        lost = set[Place]()
        while True:
            found = prove(before, but=allowed | lost)
            allowed |= found.high
            if found.narrow is None:
                break
            lost.add(found.narrow.place)
    return allowed


def _until_rises(sheets: Iterable[Sheet]) -> Iterator[list[Sheet]]:
    """The tables that there were each time that a higher threshold came than any before."""
    in_order = sorted(sheets, key=lambda sheet: (sheet.made_on, bool(sheet.event), sheet.publication))
    highest = 0
    for place, sheet in enumerate(in_order):
        if 0 < highest < sheet.rules.threshold:
            yield in_order[:place]
        highest = max(highest, sheet.rules.threshold)
