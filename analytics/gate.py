"""The gate that tables pass before they are published: what gives something away is made coarser, or left out.

What was published before stays as it is, so it is always the new tables that give way.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from analytics.audit import Outcome, allowed_before, audit, components
from analytics.drafts import FEWEST, Draft
from analytics.linear import Cell, Place, Rule, Sheet
from analytics.menu import MONTH, QUARTER, SO_FAR, YEAR
from analytics.solver import Range
from analytics.true_counts import TrueCounts

OF_FIRMS = "deelnemers"  # in a proof that reckons with who is one of the firms behind a count
DERIVABLE_TOGETHER, TOO_CLOSE = "afleidbaar_samen", "te_dicht_bij_een_andere"
_SHORTEST_FIRST = {MONTH: 0, QUARTER: 1, YEAR: 2, SO_FAR: 3}


@dataclass
class Gate:
    """The tables of one release for one audience, or of one event, on their way to be published.

    `publication` is its id. `earlier` are the tables that its readers have already, `records` the exact totals of
    months, `apart` those of tables with records of their own, and `rules` what its readers can know besides. `true`
    tells in which counts there are firms. `sheet` makes a table as a reader has it, `coarser` the next coarser one, and
    `complete` adds what tables tell by what they do not name. `shown` are solutions that hold already, as for somebody
    who has all of these tables and more.
    """

    publication: str
    earlier: Sequence[Sheet]
    records: Mapping[str, int]
    apart: Mapping[str, Mapping[str, int]]
    sheet: Callable[[Draft], Sheet]
    coarser: Callable[[Draft], Draft]
    complete: Callable[[Sequence[Sheet]], list[Sheet]]
    rules: Sequence[Rule] = ()
    true: TrueCounts = field(default_factory=TrueCounts)
    shown: Mapping[Place, Range] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    given_away: int = 0  # counts that can be worked out of what was published before
    allowed: int = 0  # counts that could be before a threshold rose, and were high enough for that

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Let tables through, changed where they have to be; `drafts` has then all, also those that are left out."""
        self.drafts = {draft.id: draft for draft in drafts}
        self._keep_apart()
        for sheets in components([*self.earlier, *self.sheets()]):
            # Where nothing is new, what was published before has passed.
            if any(sheet.publication == self.publication for sheet in sheets):
                self._settle_together(sheets)

    @property
    def proof(self) -> dict[str, int | None]:
        """What the proof looked at, for who audits."""
        return {
            "cellen": self.outcome.cells,
            "smalste": self.outcome.narrowest,
            "al_afleidbaar": self.given_away,
            "drempel": max((sheet.rules.threshold for sheet in (*self.earlier, *self.sheets())), default=None),
            "eerder_toegestaan": self.allowed,
            OF_FIRMS: 1,
        }

    def sheets(self) -> list[Sheet]:
        """The new tables that are let through, as a reader has them."""
        return [self.sheet(draft) for draft in self.drafts.values() if draft.values]

    def _settle_together(self, sheets: Sequence[Sheet]) -> None:
        """Change tables that hang together until none of their counts can be worked out, or none of them is new."""
        shown = self.shown
        coarser: dict[str, Draft] = {}
        lost: list[Place] = []
        allowed = allowed_before(sheets, self._audit)
        self.allowed += len(allowed)
        while True:
            found = self._audit(sheets, shown=shown, but=allowed.union(lost))
            draft = self._one_to_drop(found.narrow, sheets) if found.narrow else None
            if found.narrow and not draft:
                # What was published before gives it away; that cannot be helped any more.
                lost.append(found.narrow.place)
                shown = found.shown
            elif draft:
                # Without a table a reader knows less, so that what was shown still holds.
                sheets, shown = self._without(sheets, draft), found.shown
                self.drafts[draft.id] = draft.dropped(DERIVABLE_TOGETHER)
                # The year so far is not tried more coarsely. It comes every month, and each level at which it was
                # once told stays with the reader, so that later months, quarters and years would have to give way.
                if draft.coarser and draft.scope.id != SO_FAR:
                    coarser[draft.id] = self.coarser(draft)
            elif coarser:
                # Coarser ones come in their place when all is well, together: each tells something new.
                self.merged += coarser
                self.drafts |= coarser
                sheets = [*sheets, *(self.sheet(one) for one in coarser.values() if one.values)]
                coarser, shown = {}, self.shown
            else:
                self.outcome += found
                self.given_away += len(lost)
                return

    def _audit(
        self,
        sheets: Sequence[Sheet],
        *,
        shown: Mapping[Place, Range] | None = None,
        only: Cell | None = None,
        but: Collection[Place] = (),
    ) -> Outcome:
        return audit(
            self.complete(sheets),
            self.records,
            self.apart,
            rules=self.rules,
            true=self.true,
            shown=shown,
            only=only,
            but=but,
        )

    def _one_to_drop(self, cell: Cell, sheets: Sequence[Sheet]) -> Draft | None:
        """The new table that has to give way for a count: the first that helps, or else the first that may help.

        None when it helps to drop none of them.
        """
        here = {sheet.id for sheet in sheets if sheet.publication == self.publication}
        new = [draft for draft in self.drafts.values() if draft.values and draft.id in here]
        near = [draft for draft in new if set(draft.dimensions) & set(cell.names)] or new
        near.sort(key=lambda draft: self._who_gives_way_first(draft, cell))
        for draft in near:
            if self._audit(self._without(sheets, draft), only=cell).narrow is None:
                return draft
        before = [sheet for sheet in sheets if sheet.publication != self.publication]
        return near[0] if near and self._audit(before, only=cell).narrow is None else None

    def _who_gives_way_first(self, draft: Draft, cell: Cell) -> tuple[object, ...]:
        """One that was made coarser already, the year so far, the table itself, what can be coarser, and so on."""
        return (
            draft.id not in self.merged,
            draft.scope.id != SO_FAR,
            draft.dimensions != cell.names,
            not draft.coarser,
            -len(draft.dimensions),
            _SHORTEST_FIRST.get(draft.scope.id, 0),
            draft.id,
        )

    def _without(self, sheets: Sequence[Sheet], draft: Draft) -> list[Sheet]:
        return [sheet for sheet in sheets if (sheet.publication, sheet.id) != (self.publication, draft.id)]

    def _keep_apart(self) -> None:
        """No table that differs from another by a few records: what changed would be theirs."""
        before = [(sheet.names, sheet.months) for sheet in self.earlier if not sheet.event]
        for draft in list(self.drafts.values()):
            if not draft.values or not draft.scope.months:
                continue
            names, months = draft.dimensions, frozenset(month.id for month in draft.scope.months)
            counted = self.apart.get(names[0], self.records)
            between = [
                sum(counted[month] for month in months ^ other)
                for others, other in before
                if others == names and (months <= other or other <= months)
            ]
            if any(0 < records < max(FEWEST, self.sheet(draft).rules.threshold) for records in between):
                self.drafts[draft.id] = draft.dropped(TOO_CLOSE)
            else:
                before.append((names, months))
