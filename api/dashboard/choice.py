"""What somebody chose to look at: a release, and the year so far, a quarter or a month of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analytics.figures import Release, Table
from analytics.menu import MONTH, QUARTER, SO_FAR, YEAR, table_id
from api.dashboard import words
from api.errors import NotFound
from knowledge.texts import Texts

Over = Literal["jaar", "kwartaal", "maand"]
Place = tuple[Release, str]  # where tables are: a release, and the scope that they are of

OVER: dict[Over, str] = {
    "jaar": "Het jaar tot en met die maand",
    "kwartaal": "Het laatste hele kwartaal",
    "maand": "Alleen die maand",
}
_NO_RELEASE = "Van deze maand zijn er geen cijfers. Kies een maand uit de lijst."


@dataclass(frozen=True)
class Found:
    """A table, the release that it is in, and the months that it is of, in words."""

    release: Release
    table: Table
    when: str

    @property
    def whole(self) -> int | None:
        """How many conversations there were in those months, exactly; None below the threshold."""
        return self.release.totals.get(self.table.scope)


@dataclass(frozen=True)
class Choice:
    """The chosen release, which is the last of `releases`, all up to then; and over which months to look."""

    releases: tuple[Release, ...]
    over: Over
    texts: Texts = field(compare=False)

    @property
    def release(self) -> Release:
        """The chosen one."""
        return self.releases[-1]

    @property
    def synthetic(self) -> bool:
        """Whether any of the releases counts made-up records."""
        return any(release.synthetic for release in self.releases)

    @property
    def place(self) -> Place | None:
        """The release and the scope of the chosen months; None when no quarter has ended yet."""
        return next(self._places(), None)

    def when(self, release: Release, scope: str) -> str:
        """Those months in words."""
        return words.period(self.texts, scope, release.month)

    def table(self, *dimensions: str) -> Found | None:
        """The table of these dimensions over the chosen months; None when there is none that may be shown.

        Over a year it is what covers most of it, and of those the newest: where too little can be shown of the year up
        to this month, what was shown earlier in that year still holds for its own months.
        """
        return self._first(self._places(), dimensions)

    def table_beside(self, dimension: str, other: str) -> Found | None:
        """The table of a dimension over months of which there is one of another dimension too; else table()."""
        both = ((one, scope) for one, scope in self._places() if table_id(scope, other) in one.tables)
        return self._first(both, (dimension,)) or self.table(dimension)

    def newest_crossed(self, *dimensions: str) -> Found | None:
        """The newest table of two dimensions up to the chosen month; those are of whole quarters and years only."""
        places = ((release, scope) for release in reversed(self.releases) for scope in (YEAR, QUARTER))
        return self._first(places, dimensions)

    def _first(self, places: Iterator[Place], dimensions: Sequence[str]) -> Found | None:
        for release, scope in places:
            table = release.tables.get(table_id(scope, *dimensions))
            if table is not None:
                return Found(release, table, self.when(release, scope))
        return None

    def _places(self) -> Iterator[Place]:
        if self.over == "maand":
            yield self.release, MONTH
        elif self.over == "kwartaal":
            closing = (release for release in reversed(self.releases) if QUARTER in release.totals)
            yield from ((release, QUARTER) for release in list(closing)[:1])
        else:
            this_year = [one for one in reversed(self.releases) if one.month.year == self.release.month.year]
            for scopes in ((SO_FAR, YEAR), (QUARTER,), (MONTH,)):
                yield from ((one, scope) for one in this_year for scope in scopes if scope in one.totals)


def chosen(releases: tuple[Release, ...], texts: Texts, month: str, over: Over) -> Choice | None:
    """What to look at of all releases: the newest when no month is named. None when there is no release at all.

    Raises NotFound when there is no release of that month.
    """
    if month:
        releases = tuple(release for release in releases if release.month.id <= month)
        if not releases or releases[-1].month.id != month:
            raise NotFound(_NO_RELEASE)
    return Choice(releases, over, texts) if releases else None
