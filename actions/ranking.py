"""The probabilities of intents, limited to what is possible now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ranking:
    """Probabilities that add up to 1, or nothing at all; `mass` is what they were of everything."""

    shares: Mapping[str, float]
    mass: float

    @classmethod
    def of(cls, intents: Mapping[str, float], possible: Iterable[str]) -> "Ranking":
        """The probabilities of what is possible, made to add up to 1 again."""
        kept = {name: intents[name] for name in possible if intents.get(name, 0.0) > 0}
        mass = sum(kept.values())
        return cls({name: share / mass for name, share in kept.items()} if mass else {}, mass)

    @property
    def ordered(self) -> list[tuple[str, float]]:
        """Names and shares, the likeliest first."""
        return sorted(self.shares.items(), key=lambda item: -item[1])

    @property
    def first(self) -> tuple[str, float]:
        """The likeliest name and its share; an empty name when nothing is possible."""
        return self.ordered[0] if self.shares else ("", 0.0)

    @property
    def lead(self) -> tuple[str, float]:
        """The likeliest name, and how much likelier it is than the next."""
        name, share = self.first
        return name, share - (self.ordered[1][1] if len(self.shares) > 1 else 0.0)

    def share(self, names: Iterable[str]) -> float:
        """How much of the probability these names have together."""
        return sum(self.shares.get(name, 0.0) for name in names)
