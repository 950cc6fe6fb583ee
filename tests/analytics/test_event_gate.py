"""Figures of an event beside those of the months that counted its records: together they give nothing away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from analytics import event_gate, event_summary, published, releases
from analytics.at_events import AtEvent, at_events
from analytics.disclosure import FOR_STAFF, Count
from analytics.drafts import Draft
from analytics.event_summary import publish_event, read_summary
from analytics.gate import DERIVABLE_TOGETHER, Gate
from analytics.linear import Known, Within
from analytics.menu import INITIATIVES
from analytics.models import Publication, Referral
from analytics.published import Reader
from analytics.tally import Moved, Tally
from analytics.true_counts import TrueCounts
from analytics.verification import verify
from knowledge.base import Knowledge
from tests.analytics.desk import MIXED, OCTOBER, SECRET, STAGES, THEMES, Desk, firms

CODE, OTHER = "ZEIST-4K7", "SOEST-2B9"
TODAY = date(2026, 11, 20)
TELLING = 2  # with this seed the stages of the event tell too much beside those of the month
TELLING_ITS_OWN = 5  # with this one something does to who is one of the firms that were not there


def came(random: Random, number: int, start: int, week: str = OCTOBER, event: str | None = None) -> list[Referral]:
    """Firms of which few are of the last stage and question."""
    at_event = {"event": event, "channel": "evenement"} if event else {}
    found: list[Referral] = []
    for place in range(start, start + number):
        found += firms(
            1,
            week,
            start=place,
            stage=random.choices(STAGES, (5, 3, 1))[0],
            sbi2008=random.choice("FGGQ"),
            question=random.choices(THEMES, (4, 3, 1))[0],
            size_class=random.choice(("2-9", "10-49")),
            **at_event,
        )
    return found


def fill(desk: Desk, seed: int) -> None:
    random = Random(seed)
    at_event, beside = random.randint(20, 40), random.randint(10, 25)
    desk.add(came(random, at_event, 0, event=CODE), came(random, beside, 500))


def publish(desk: Desk, code: str = CODE, *, demonstration: bool = False) -> Any:
    publish_event(desk.engine, desk.knowledge, SECRET, code, TODAY, demonstration=demonstration)
    with Session(desk.engine) as session:
        publication = session.get(Publication, f"evenement/{code}")
        assert publication
        return publication.decisions


def narrow(desk: Desk) -> list[Any]:
    return [one.outcome.narrow for one in verify(desk.engine, desk.knowledge) if one.outcome.narrow]


def test_all_that_tables_of_an_event_divide_is_counted(desk: Desk) -> None:
    fill(desk, TELLING)
    desk.make("2026-10")
    with Session(desk.engine) as session:
        (event,) = at_events(session, desk.knowledge, ["2026-10"])
    for name in ("fase", "sector", "grootte", "hulpvraag", "aanbod"):
        assert sum(count.records for count in event.tally.of(name).values()) == event.total > 0


@pytest.mark.parametrize("of_firms", [False, True])
def test_as_much_is_left_open_to_who_is_one_of_the_firms(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, of_firms: bool
) -> None:
    """Beside the same event for strangers only."""
    fill(desk, TELLING_ITS_OWN)
    desk.make("2026-10")
    with monkeypatch.context() as strangers:
        if not of_firms:
            strangers.setattr(published, "TrueCounts", lambda *_: TrueCounts())
        publish(desk)
    assert (narrow(desk) == []) == of_firms


def test_table_that_tells_too_much_beside_its_month_is_left_out(desk: Desk) -> None:
    fill(desk, TELLING)
    desk.make("2026-10")
    decisions = publish(desk)
    assert decisions["fase"] == DERIVABLE_TOGETHER
    (proof,) = decisions["controle"]
    assert proof["cellen"] > 20
    assert proof["smalste"] >= 3
    summary = read_summary(desk.engine, CODE)
    assert summary
    assert summary.total == 21
    assert "fase" not in summary.tables
    assert {"sector", "grootte", "hulpvraag"} <= summary.tables.keys()
    assert narrow(desk) == []


def test_without_the_gate_that_table_does_tell_too_much(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk, TELLING)
    desk.make("2026-10")
    monkeypatch.setattr(event_summary, "pass_gate", lambda *_: [])
    publish(desk)
    assert [cell.names for cell in narrow(desk)] == [("fase",)]


@pytest.mark.parametrize("seed", [TELLING, 1, 5])
def test_event_before_its_month_stays_and_the_month_gives_way(desk: Desk, seed: int) -> None:
    fill(desk, seed)
    assert "controle" not in publish(desk, demonstration=True)
    before = desk.stored(CODE)
    desk.make("2026-10")
    assert desk.stored(CODE) == before
    assert narrow(desk) == []


@pytest.mark.parametrize("seed", range(3))
def test_several_events_of_a_month(desk: Desk, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is proven beside the release and the others."""
    beside: list[set[str]] = []

    class Noting(Gate):
        def settle(self, drafts: Sequence[Draft]) -> None:
            beside.append({sheet.publication for sheet in self.earlier})
            super().settle(drafts)

    monkeypatch.setattr(event_gate, "Gate", Noting)
    random = Random(seed)
    desk.add(came(random, 24, 0, event=CODE), came(random, 22, 100, event=OTHER), came(random, 15, 200))
    publish(desk)
    desk.make("2026-10")
    publish(desk, OTHER)
    assert beside == [{"werkgroep/2026-10", f"evenement/{CODE}"}]
    assert narrow(desk) == []


def test_event_of_which_two_years_counted_a_part(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that gives way beside the one year is not tried beside the other; readers know the same beside both."""
    tried: list[set[str]] = []
    known: list[set[type]] = []

    class Strict(Gate):
        def settle(self, drafts: Sequence[Draft]) -> None:
            known.append({type(rule) for rule in self.rules})
            tried.append({draft.id for draft in drafts if draft.values})
            super().settle(drafts)
            if len(tried) == 1:
                self.drafts["sector"] = self.drafts["sector"].dropped(DERIVABLE_TOGETHER)

    monkeypatch.setattr(event_gate, "Gate", Strict)
    random = Random(1)
    desk.add(came(random, 15, 0, "2026-W53", CODE), came(random, 15, 100, "2027-W01", CODE))
    desk.add(came(random, 20, 200, "2026-W53"), came(random, 20, 300, "2027-W01"))
    desk.make("2027-01")
    decisions = publish(desk)
    assert len(decisions["controle"]) == 2
    assert decisions["sector"] == DERIVABLE_TOGETHER
    before, after = tried
    assert "sector" in before
    assert "sector" not in after
    assert known == [{Known, Within}] * 2  # of channels and sites, and of matching
    assert {one.year for one in verify(desk.engine, desk.knowledge)} == {2026, 2027}
    assert narrow(desk) == []


def test_demonstration_is_beside_no_release(desk: Desk) -> None:
    desk.add(firms(60, **MIXED), firms(20, start=100, **MIXED, event=CODE, channel="evenement", site="demo"))
    desk.make("2026-10")
    assert "controle" not in publish(desk, demonstration=True)


def test_page_says_the_same_as_for_any_other_reason(desk: Desk) -> None:
    """Nothing in what is shown tells that it was this reason."""
    fill(desk, TELLING)
    desk.make("2026-10")
    publish(desk)
    cells = [row[3:] for row in desk.stored(CODE) if row[3] in ("fase", "aanbod")]
    assert {(value, status) for _, _, _, value, status in cells} == {(None, "samengevoegd")}


def test_initiative_that_the_month_names_and_the_event_does_not_has_few_at_the_event(knowledge: Knowledge) -> None:
    counted = Tally({INITIATIVES: {("kvk", ""): Count(30), ("spot035", ""): Count(20)}})
    event = AtEvent(CODE, {"2026-10": 12}, Tally({INITIATIVES: {("spot035", ""): Count(12)}}))
    reader = Reader(knowledge, {"2026-10": counted}, [event])
    month = reader.of_event(event, INITIATIVES, {("kvk", ""): 30, ("spot035", ""): 20}, FOR_STAFF, TODAY)
    of_month = replace(month, event="", totals={})
    of_event = reader.of_event(event, INITIATIVES, {("spot035", ""): 10}, FOR_STAFF, TODAY)
    found = [sheet.values for sheet in reader.with_unnamed([of_month, of_event])]
    assert found == [of_month.values, {("kvk", ""): None, ("spot035", ""): 10}]


class TestAtTheSameMoment:
    def test_release_that_was_proven_without_the_event_is_proven_again(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(desk, TELLING)
        build, times = releases.build, []

        def meanwhile(*given: Any, **named: Any) -> Any:
            made = build(*given, **named)
            times.append(given)
            publish(desk)
            return made

        monkeypatch.setattr(releases, "build", meanwhile)
        desk.make("2026-10")
        assert len(times) == 2
        assert narrow(desk) == []

    def test_event_that_was_proven_without_the_release_is_proven_again(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(desk, TELLING)
        gate, times = event_summary.pass_gate, []

        def meanwhile(*given: Any) -> Any:
            passed = gate(*given)
            times.append(given)
            desk.make("2026-10")
            return passed

        monkeypatch.setattr(event_summary, "pass_gate", meanwhile)
        assert publish(desk)["fase"] == DERIVABLE_TOGETHER
        assert len(times) == 2
        assert narrow(desk) == []

    def test_other_figures_that_keep_coming_end_it_with_nothing_kept(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(desk, TELLING)
        number = iter(range(100))

        def meanwhile(*_: Any) -> list[Any]:
            with Session(desk.engine) as session, session.begin():
                session.add(Publication(id=f"x/{next(number)}", made_on=TODAY, threshold=5, base=5, decisions={}))
            return []

        monkeypatch.setattr(event_summary, "pass_gate", meanwhile)
        with pytest.raises(Moved):
            publish(desk)
        assert read_summary(desk.engine, CODE) is None
