"""The attacks together: what readers of some papers find out, held against the truth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from knowledge.base import Knowledge
from tests.analytics.attacks.intervals import EXACT, Solver
from tests.analytics.attacks.reading import Paper, Seen
from tests.analytics.attacks.records import Record
from tests.analytics.attacks.solving import Reader

NARROWEST = 3  # between the lowest and the highest that a count of others can be
FEWEST = 10  # records: of a month with fewer, the exact total says more than any table
APART = (
    ("sector", "grootte", "fase", "hulpvraag", "plaats", "aanbod", "initiatief"),
    ("kanaal",),
    ("site",),
    ("gestopt",),
)


@dataclass(frozen=True)
class Loot:
    """What an attack brought: how many counts it was after, which it has exactly, and which too nearly."""

    after: int = 0
    recovered: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()

    def __add__(self, other: "Loot") -> "Loot":
        return Loot(self.after + other.after, self.recovered + other.recovered, self.narrow + other.narrow)


def solve(
    paper: Paper,
    knowledge: Knowledge,
    records: Sequence[Record],
    acquaintances: Sequence[Record] = (),
    *,
    below: int | None = None,
) -> Loot:
    """Solve for every sensitive count: of other firms, fewer than the threshold and not none.

    Of those that the reader knows of, how many others there are is left open by the threshold itself by so many less.
    Where the threshold changed, counts `below` another one than the lowest can be sought.
    """
    readers = (Reader(paper, knowledge, names, acquaintances) for names in APART)
    return sum((pursue(reader, records, below=below) for reader in readers), Loot())


def pursue(
    reader: Reader,
    records: Sequence[Record],
    also: Iterable[tuple[tuple[int, ...], str]] = (),
    *,
    below: int | None = None,
) -> Loot:
    """The same for one reader, who may be after some more counts."""
    truth = reader.counted(records)
    agrees(reader, truth)
    threshold = below or min((seen.threshold for seen in reader.cells), default=0)
    wanted, what = [], []
    for place, description in (*targets(reader), *also):
        unknowns = np.array(place)
        if (truth - reader.known)[unknowns].sum() > 0 and truth[unknowns].sum() < threshold:
            wanted.append(unknowns)
            what.append(description)
    if not wanted:
        return Loot()
    known = np.array([reader.known[unknowns].sum() for unknowns in wanted])
    wide = np.minimum(NARROWEST, threshold - 1 - known)
    low, high = Solver(reader).intervals(wanted, wide)
    found = [
        f"{one}: {below:.2f} to {above:.2f}, {truth[unknowns].sum():.0f}"
        for one, below, above, unknowns in zip(what, low, high, wanted, strict=True)
    ]
    return Loot(
        len(wanted),
        tuple(found[at] for at in np.flatnonzero((high - low < 1 - EXACT) & (wide >= 1))),
        tuple(found[at] for at in np.flatnonzero(high - low < wide - EXACT)),
    )


def agrees(reader: Reader, truth: np.ndarray) -> None:
    """An attack that rules out the truth proves nothing."""
    matrix, low, high = reader.inequalities()
    values = matrix @ truth
    assert np.all((low <= values) & (values <= high))


def targets(reader: Reader) -> Iterator[tuple[tuple[int, ...], str]]:
    """Hidden cells, each month of every category, and what is between two cells; each once."""
    shown = {tuple(reader.of(seen).tolist()) for seen in reader.cells if seen.value is not None}
    found: dict[tuple[int, ...], str] = {}
    for seen in reader.cells:
        if seen.value is None:
            found.setdefault(tuple(reader.of(seen).tolist()), f"{seen.table} {_words(seen)}")
    for place, what in (*_months(reader), *_between(reader)):
        if place not in shown:
            found.setdefault(place, what)
    yield from found.items()


def _months(reader: Reader) -> Iterator[tuple[tuple[int, ...], str]]:
    for names, space in reader.spaces.items():
        for group in {seen.codes[0] for seen in reader.cells if seen.names == names}:
            for months in space.months:
                if reader.most(months) >= FEWEST:
                    place = tuple(space.where(months, {names[0]: group}).tolist())
                    yield place, f"{names[0]} {'+'.join(sorted(group))} in {'+'.join(months)}"


def _between(reader: Reader) -> Iterator[tuple[tuple[int, ...], str]]:
    """What is left of a cell without another that is a part of it, where the records are of enough."""
    for names in {seen.names for seen in reader.cells}:
        cells = [(seen, frozenset(reader.of(seen).tolist())) for seen in reader.cells if seen.names == names]
        for (one, few), (other, many) in combinations(cells, 2):
            small, large = ((one, few), (other, many)) if len(few) < len(many) else ((other, many), (one, few))
            months = large[0].months - small[0].months
            if small[1] < large[1] and (not months or reader.most(months) >= FEWEST):
                what = f"{large[0].table} {_words(large[0])} without {small[0].table} {_words(small[0])}"
                yield tuple(sorted(large[1] - small[1])), what


def _words(seen: Seen) -> str:
    return "*".join("+".join(sorted(group)) for group in seen.codes)


def in_row_space(paper: Paper, knowledge: Knowledge, records: Sequence[Record]) -> Loot:
    """Hidden counts that are a combination of what is known exactly, whatever rounding and thresholds are."""
    loot = Loot()
    for names in APART:
        reader = Reader(paper, knowledge, names)
        truth = reader.counted(records)
        matrix, low, high = reader.inequalities()
        equal = matrix[low == high].toarray()
        _, sizes, basis = np.linalg.svd(equal, full_matrices=False)
        basis = basis[sizes > EXACT * sizes[0]]
        hidden = {
            tuple(reader.of(seen).tolist()): seen
            for seen in reader.cells
            if seen.value is None and truth[reader.of(seen)].sum() > 0
        }
        sums = reader.sums([np.array(place) for place in hidden]).toarray()
        left = np.linalg.norm(sums - (sums @ basis.T) @ basis, axis=1)
        found = [f"{seen.table} {_words(seen)}" for seen in hidden.values()]
        loot += Loot(len(found), tuple(found[at] for at in np.flatnonzero(left < EXACT)))
    return loot


def naive(paper: Paper, records: Sequence[Record]) -> Paper:
    """The same tables as they are commonly made: exact, and only what is below 5 left out."""
    cells = []
    for seen in paper.cells:
        count = sum(record.within(seen) for record in records)
        cells.append(replace(seen, value=count if count >= 5 else None, threshold=5, exact=True))
    return replace(paper, cells=tuple(cells))
