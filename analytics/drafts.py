"""The tables of a release before they are published: counted, divided as finely as says something, and rounded.

How finely depends on nothing but the exact total, which is published too: a category has to have twice the threshold of
records on average. So the choice tells a reader nothing about the counts.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from analytics.dimensions import FITS, OTHER, Dimension, Level
from analytics.disclosure import Count, Line, Rules, Setting, crossed_table, derivable, mentions, table
from analytics.lead_tables import titles
from analytics.menu import (
    APART,
    INITIATIVES,
    LEFT_OUT,
    OF_LEADS,
    ONE_WAY,
    QUARTER,
    SENSITIVE,
    STOPPED,
    TWO_WAY,
    Scope,
    table_id,
)
from analytics.tally import Key, Tally, at_level
from knowledge.base import Knowledge
from knowledge.intake import OPEN, OUTSIDE_REGION
from knowledge.matching import SHOWN_AT_MOST

TOO_COARSE = "te_grof"  # there is no coarser level left
FEWEST = 10  # records: a period with fewer is left to the next longer one, and no two tables differ by fewer
FEWEST_OF_QUARTER = 50  # steps of leads: with fewer, a quarter apart would cost more of the year so far than it tells
_BESIDE = (OPEN, OUTSIDE_REGION, OTHER)  # categories that do not count as one: mostly few are in them
_EVERYBODY_KNOWS = {("plaats", "aanbod"): OUTSIDE_REGION}  # rows whose firms are all in one category, by the rules

Levels = tuple[Level, ...]


@dataclass(frozen=True)
class Draft:
    """A table as it would be published. Without `values` there is none, for the `reason`."""

    id: str
    scope: Scope
    dimensions: tuple[str, ...]
    levels: Levels
    values: Mapping[Key, int | None]
    reason: str = ""
    coarser: tuple[Levels, ...] = ()  # what is left to try, the finest first

    def dropped(self, reason: str) -> "Draft":
        """No table."""
        return replace(self, values={}, reason=reason, coarser=())


@dataclass(frozen=True)
class Drafting:
    """What tables are made from: the rules of an audience, the secret, the dimensions of the day, and the counts."""

    knowledge: Knowledge
    rules: Rules
    secret: bytes
    known: Mapping[str, Dimension]

    def drafts(self, scope: Scope, tally: Tally) -> Iterator[Draft]:
        """Every table of the menu for a scope; a scope with few records has none."""
        if tally.total.records >= FEWEST:
            pairs = TWO_WAY if scope.crossed else ()
            offer: Mapping[Key, int | None] = {}
            for names in (*((name,) for name in ONE_WAY), *pairs):
                made = self._first(scope, names, tally, self._options(names, tally.total.records))
                offer = made.values if names == ("aanbod",) else offer
                yield made
            yield self._initiatives(scope, tally, offer)
        if tally.stopped >= FEWEST:
            yield self._apart(scope, STOPPED, tally)
        for name in OF_LEADS if scope.has_leads else ():
            if tally.whole(name) >= (FEWEST_OF_QUARTER if scope.id == QUARTER else FEWEST):
                yield self._apart(scope, name, tally)

    def coarser(self, draft: Draft, tally: Tally) -> Draft:
        """The same table at the next coarser level at which it can be shown, or no table."""
        return self._first(draft.scope, draft.dimensions, tally, draft.coarser)

    def within(self, wider: Draft, tally: Tally) -> Draft:
        """The same table under these rules, as finely divided: of what a table under wider rules shows, what may be."""
        if not wider.values:
            return wider
        if wider.dimensions[0] in APART:
            made = self._apart(wider.scope, wider.dimensions[0], tally)
        elif wider.dimensions == (INITIATIVES,):
            made = self._initiatives(wider.scope, tally, {})
            made = replace(made, values={key: value for key, value in made.values.items() if key in wider.values})
        else:
            made = self._first(wider.scope, wider.dimensions, tally, (wider.levels,))
        return replace(made, coarser=())

    def _options(self, names: Sequence[str], records: int) -> tuple[Levels, ...]:
        """The levels to try: those that are fine enough for this many records, the finest first, then the coarsest.

        When even that shows too little it may be too coarse, as when all are in one region: then the finer ones.
        """
        every = sorted(product(*(self.known[name].levels for name in names)), key=_categories)
        coarsest, finer = every[0], every[1:]
        enough = [levels for levels in finer if records >= 2 * self.rules.threshold * _categories(levels)]
        return (*reversed(enough), coarsest, *(levels for levels in finer if levels not in enough))

    def _first(self, scope: Scope, names: tuple[str, ...], tally: Tally, options: tuple[Levels, ...]) -> Draft:
        made = Draft(table_id(scope.id, *names), scope, names, (), {}, TOO_COARSE)
        for position, levels in enumerate(options):
            if made.reason not in (TOO_COARSE, "te_weinig") and _categories(levels) > _categories(made.levels):
                continue
            values, reason = self._shown(names, levels, tally)
            coarser = tuple(other for other in options[position + 1 :] if _categories(other) < _categories(levels))
            made = replace(made, levels=levels, values=values, reason=reason, coarser=coarser)
            if values:
                break
        return made

    def _shown(self, names: tuple[str, ...], levels: Levels, tally: Tally) -> tuple[Mapping[Key, int | None], str]:
        counts = self._at(names, levels, tally)
        if len(names) == 1:
            single = {row: counted for (row, _), counted in counts.items()}
            verdict = table(self.rules, self.secret, single, sensitive=SENSITIVE.get(names[0], ()))
            return {(row, ""): value for row, value in verdict.values.items()}, verdict.reason or ""
        left_out = LEFT_OUT.get(names)
        counts = {key: counted for key, counted in counts.items() if key[0] != left_out}
        crossed = crossed_table(self.rules, self.secret, counts, list(_lines(names, levels)))
        return crossed.values, crossed.reason or ""

    def _at(self, names: tuple[str, ...], levels: Levels, tally: Tally) -> dict[Key, Count]:
        finest = [self.known[name].levels[0] for name in names]
        every = product(*(level.titles for level in levels))
        counts = {(codes[0], codes[1] if len(codes) > 1 else ""): Count() for codes in every}
        for key, counted in tally.of("*".join(names)).items():
            codes = [at_level(level, fine, code) for level, fine, code in zip(levels, finest, key, strict=False)]
            counts[codes[0], codes[1] if len(codes) > 1 else ""] += counted
        return counts

    def _initiatives(self, scope: Scope, tally: Tally, offer: Mapping[Key, int | None]) -> Draft:
        counts = {name: counted for (name, _), counted in tally.of(INITIATIVES).items()}
        whole = tally.total.records
        inside = {row: value for (row, _), value in offer.items()}
        offered = sum(initiative.verwijst for initiative in self.knowledge.catalogue)
        setting = Setting(
            whole=whole,
            categories=max(offered, len(counts)),
            most_each=SHOWN_AT_MOST,
            lowest_inside=derivable(self.rules, whole, inside)[FITS].low if inside else 0,
        )
        verdict = mentions(self.rules, self.secret, counts, setting)
        names = {initiative.id: initiative.naam for initiative in self.knowledge.catalogue}
        return Draft(
            table_id(scope.id, INITIATIVES),
            scope,
            (INITIATIVES,),
            (Level(INITIATIVES, names, str),),
            {(row, ""): value for row, value in sorted(verdict.values.items())},
            verdict.reason or "",
        )

    def _apart(self, scope: Scope, name: str, tally: Tally) -> Draft:
        """A table that divides records of its own, in which each is once."""
        stops = {question.id: question.kort for question in self.knowledge.intake.vragen}
        level = Level(name, stops if name == STOPPED else titles(self.knowledge)[name], str)
        counts = dict.fromkeys(level.titles, Count())
        for (code, _), counted in sorted(tally.of(name).items()):
            category = OTHER if OTHER in level.titles and code not in level.titles else code
            counts[category] = counts.get(category, Count()) + counted
        verdict = table(self.rules, self.secret, counts, sensitive=SENSITIVE.get(name, ()))
        return Draft(
            table_id(scope.id, name),
            scope,
            (name,),
            (level,),
            {(row, ""): value for row, value in verdict.values.items()},
            verdict.reason or "",
        )


def _categories(levels: Levels) -> int:
    """How many cells a table of these levels has, without those that stand beside the rest."""
    cells = 1
    for level in levels:
        cells *= sum(code not in _BESIDE for code in level.titles)
    return cells


def _lines(names: tuple[str, ...], levels: Levels) -> Iterator[Line]:
    """The rows and columns of which the cells tell something sensitive that not everybody knows."""
    rows, columns = [row for row in levels[0].titles if row != LEFT_OUT.get(names)], levels[1].titles
    if names[1] in SENSITIVE:
        for row in rows:
            if _EVERYBODY_KNOWS.get((names[0], names[1])) != row:
                yield _line([(column, (row, column)) for column in columns], SENSITIVE[names[1]])
    if names[0] in SENSITIVE:
        for column in columns:
            yield _line([(row, (row, column)) for row in rows], SENSITIVE[names[0]])


def _line(cells: Sequence[tuple[str, Key]], sensitive: Collection[str] | None) -> Line:
    telling = tuple(key for code, key in cells if sensitive is None or code in sensitive)
    return Line(tuple(key for _, key in cells), telling)
