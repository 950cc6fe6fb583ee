"""Making the figures of one month for every audience, up to the point where they can be stored."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from analytics.at_events import at_events
from analytics.counting import excluded
from analytics.dimensions import Dimension, dimensions
from analytics.disclosure import BASE, total
from analytics.drafts import Draft, Drafting
from analytics.gate import Gate
from analytics.known import lowest, rules_of_events, rules_of_matching
from analytics.linear import Rule, Sheet
from analytics.menu import (
    AUDIENCES,
    INITIATIVES,
    LEAD_HELPED,
    LEAD_INITIATIVE,
    PUBLIC,
    STAFF,
    STOPPED,
    TOTAL,
    publication_id,
    scopes,
    table_id,
)
from analytics.models import Publication, PublishedCell
from analytics.periods import Month
from analytics.published import Reader, all_published
from analytics.tally import Tally, apart, kept, tally, together
from analytics.thresholds import Thresholds
from knowledge.base import Knowledge

SHOWN, HIDDEN = "getoond", "te_klein"


@dataclass(frozen=True)
class Made:
    """What the release of a month counted, and what is to be published of it."""

    tally: Tally
    publications: tuple[Publication, ...]
    known: frozenset[str]  # ids of what was published before, beside which it is proven


def fingerprint(secret: bytes) -> str:
    """Tells one secret from another and nothing of either."""
    return hmac.digest(secret, b"which secret", hashlib.sha256).hex()[:32]


def of_releases(year: int | None = None) -> Any:
    """Which publications are releases, of a year or of any."""
    identifiers = [f"{audience}/{year}-" if year else f"{audience}/" for audience in AUDIENCES]
    return Publication.id.startswith(identifiers[0]) | Publication.id.startswith(identifiers[1])


def build(
    engine: Engine,
    knowledge: Knowledge,
    secret: bytes,
    month: Month,
    made_on: date,
    *,
    thresholds: Thresholds,
) -> Made:
    """Count a month, decide what can be shown, and prove that it gives nothing away. Nothing is written."""
    counted = tally(engine, knowledge, month)
    with Session(engine) as session:
        known = all_published(session)
        tallies = {**kept(session, month.of_year[:-1]), month.id: counted}
        events = at_events(session, knowledge, list(tallies), month)
        reader = Reader(knowledge, tallies, events)
        before = session.scalars(select(Publication.decisions).where(of_releases(month.year))).all()
        for_everybody = list(reader.releases(session, month.year, PUBLIC))
        for_staff = list(reader.releases(session, month.year, STAFF))
        of_events = list(reader.events(session, month.last_day))
    making = _Making(knowledge, secret, month, tallies, reader, thresholds=thresholds)
    rules = list(rules_of_matching(knowledge, month.last_day, tallies, events))
    # What everybody gets is a part of what staff get, who have to be reckoned to see both.
    seen = lowest([*for_staff, *of_events], thresholds.staff)
    staff = making.gate(STAFF, [*for_staff, *of_events], [*rules, *rules_of_events(tallies, events, seen)])
    public = making.gate(PUBLIC, for_everybody, rules, within=staff)
    synthetic = counted.synthetic or any(decisions["synthetisch"] for decisions in before)
    return Made(
        counted,
        (making.publication(STAFF, staff, made_on, synthetic), making.publication(PUBLIC, public, made_on, synthetic)),
        known,
    )


class _Making:
    """The figures of one month."""

    def __init__(
        self,
        knowledge: Knowledge,
        secret: bytes,
        month: Month,
        tallies: Mapping[str, Tally],
        reader: Reader,
        *,
        thresholds: Thresholds,
    ) -> None:
        self._knowledge, self._secret, self._month, self._thresholds = knowledge, secret, month, thresholds
        self._tallies, self._reader = tallies, reader
        self._known: Mapping[str, Dimension] = dimensions(knowledge, month.last_day)
        self._together: dict[tuple[Month, ...], Tally] = {}

    def gate(self, audience: str, earlier: Sequence[Sheet], rules: Sequence[Rule], within: Gate | None = None) -> Gate:
        """The tables for an audience, after the gate; with `within` only such as have passed that one.

        Whoever has those has these too, so that what is possible for them is so for readers of these.
        """
        drafting = self._drafting(audience)
        gate = Gate(
            publication=publication_id(audience, self._month),
            earlier=earlier,
            records={period: tally.total.records for period, tally in self._tallies.items()},
            apart=apart(self._tallies),
            sheet=lambda draft: self._reader.draft(
                draft,
                self._known,
                audience=audience,
                month=self._month,
                thresholds=self._thresholds,
                beside=self._for_everybody(draft) if audience == STAFF else None,
            ),
            coarser=lambda draft: drafting.coarser(draft, self._tally(draft.scope.months)),
            complete=self._reader.with_unnamed,
            rules=rules,
            true=self._reader.true,
            shown=within.outcome.shown if within else {},
        )
        if within is None:
            due = scopes(audience, self._month)
            drafts = [draft for scope in due for draft in drafting.drafts(scope, self._tally(scope.months))]
        else:
            drafts = [made for draft in within.drafts.values() if (made := self._for_everybody(draft))]
        gate.settle(drafts)
        return gate

    def _for_everybody(self, draft: Draft) -> Draft | None:
        """What everybody gets of a table for staff; None when they get no such tables."""
        if draft.scope.id not in {scope.id for scope in scopes(PUBLIC, self._month)}:
            return None
        return self._drafting(PUBLIC).within(draft, self._tally(draft.scope.months))

    def _drafting(self, audience: str) -> Drafting:
        return Drafting(self._knowledge, self._thresholds.of(audience), self._secret, self._known)

    def publication(self, audience: str, gate: Gate, made_on: date, synthetic: bool) -> Publication:
        """What is stored."""
        rules = self._thresholds.of(audience)
        cells = []
        for scope in scopes(audience, self._month):
            counted = self._tally(scope.months)
            for row, records in (("", counted.total.records), (STOPPED, counted.stopped)):
                cells.append(_cell(table_id(scope.id, TOTAL), (row, ""), total(rules, records)))
        shown = [draft for draft in gate.drafts.values() if draft.values]
        for draft in shown:
            cells += [_cell(draft.id, key, value) for key, value in draft.values.items()]
        for position, cell in enumerate(cells):
            cell.position = position
        decisions = {
            "niveaus": {draft.id: [level.id for level in draft.levels] for draft in shown},
            "namen": dict(_names(shown)),
            "vervallen": {draft.id: draft.reason for draft in gate.drafts.values() if not draft.values},
            "grover": gate.merged,
            "controle": gate.proof,
            "synthetisch": synthetic,
            "telt_niet": excluded(self._knowledge.sites),
            "geheim": fingerprint(self._secret),
        }
        return Publication(
            id=publication_id(audience, self._month),
            made_on=made_on,
            threshold=rules.threshold,
            base=BASE,
            decisions=decisions,
            cells=cells,
        )

    def _tally(self, months: tuple[Month, ...]) -> Tally:
        if months not in self._together:
            self._together[months] = together(self._tallies[month.id] for month in months)
        return self._together[months]


def _cell(table: str, key: tuple[str, str], value: int | None) -> PublishedCell:
    status = HIDDEN if value is None else SHOWN
    return PublishedCell(table=table, row=key[0], column=key[1], value=value, status=status)


def _names(shown: Sequence[Draft]) -> Iterator[tuple[str, str]]:
    """The names of initiatives and websites, which may be gone from the data when somebody reads this."""
    for draft in shown:
        if draft.dimensions[0] in (INITIATIVES, LEAD_INITIATIVE, LEAD_HELPED, "site"):
            titles = draft.levels[0].titles
            yield from ((row, titles[row]) for row, _ in draft.values if row in titles)
