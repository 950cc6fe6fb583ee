"""How many firms there truly are in what tables count: exact numbers, not fit to be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from analytics.at_events import AtEvent
from analytics.disclosure import Count
from analytics.linear import Codes, Names
from analytics.tally import Tally

_Of = tuple[str, Names, frozenset[str], tuple[Codes, ...]]


@dataclass(frozen=True)
class TrueCounts:
    """The firms of months, and of events."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    events: Sequence[AtEvent] = ()
    _found: dict[_Of, int] = field(default_factory=dict)

    def of(self, event: str, names: Names, months: frozenset[str], codes: Sequence[Codes]) -> int:
        """How many are of some codes of each dimension, in months or else at an event."""
        what = event, names, months, tuple(codes)
        if what not in self._found:
            self._found[what] = self._count(*what)
        return self._found[what]

    def _count(self, event: str, names: Names, months: frozenset[str], codes: tuple[Codes, ...]) -> int:
        among = [one.tally for one in self.events if one.code == event] if event else self._in(months)
        keys = list(product(codes[0], codes[1] if len(codes) > 1 else ("",)))
        counted = (tally.of("*".join(names)) for tally in among)
        return sum(those.get(key, Count()).records for those in counted for key in keys)

    def _in(self, months: frozenset[str]) -> Iterable[Tally]:
        return (self.tallies[one] for one in months if one in self.tallies)
