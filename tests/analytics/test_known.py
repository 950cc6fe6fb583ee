"""What readers can know beside the tables: whom initiatives serve, and how many came at events."""

from collections.abc import Mapping
from math import inf

import pytest

from analytics.at_events import AtEvent
from analytics.disclosure import FOR_STAFF
from analytics.known import AT_EVENTS, rules_of_events, rules_of_matching
from analytics.linear import Codes, Known, Within
from analytics.tally import Tally
from knowledge.base import Knowledge
from knowledge.intake import OPEN
from tests.analytics.test_drafts import DECEMBER, tally

MONTH = "2026-12"


def event(code: str, records: int, channel: str = AT_EVENTS) -> AtEvent:
    return AtEvent(code, {MONTH: records}, tally(records, kanaal={channel: records}, site={"utrecht": records}))


class TestMatching:
    def rules(
        self, knowledge: Knowledge, counted: Mapping[str, Tally], events: list[AtEvent]
    ) -> dict[tuple[Codes, str], Within]:
        found = rules_of_matching(knowledge, DECEMBER.last_day, counted, events)
        return {(rule.codes, rule.other): rule for rule in found if isinstance(rule, Within)}

    @pytest.mark.parametrize(("referred", "holds"), [(10, True), (11, False)])
    def test_rule_is_of_the_months_and_events_that_keep_to_it(
        self, knowledge: Knowledge, referred: int, *, holds: bool
    ) -> None:
        """As many firms as there are of its stages can have been referred to an initiative, and no more."""
        initiative = next(one for one in knowledge.catalogue if len(one.fase) == 1)
        counted = tally(40, initiatief={initiative.id: referred}, fase={initiative.fase[0]: 10, "other": 30})
        rules = self.rules(knowledge, {MONTH: counted}, [AtEvent("ZEIST-1", {MONTH: 40}, counted)])
        rule = rules[frozenset({initiative.id}), "fase"]
        assert rule.others == frozenset(initiative.fase)
        assert (rule.months, rule.events) == (({MONTH}, {"ZEIST-1"}) if holds else (set(), set()))

    def test_who_did_not_tell_a_size_may_be_of_any(self, knowledge: Knowledge) -> None:
        rules = self.rules(knowledge, {}, [])
        for initiative in knowledge.catalogue:
            assert rules[frozenset({initiative.id}), "grootte"].others == {*initiative.grootte, OPEN}


class TestEvents:
    def known(self, counted: int, *events: AtEvent) -> dict[str, Known]:
        months = {MONTH: tally(60, kanaal={AT_EVENTS: counted, "widget": 60 - counted})}
        return {rule.name: rule for rule in rules_of_events(months, events, FOR_STAFF) if isinstance(rule, Known)}

    def test_of_an_event_with_few_firms_is_known_that_they_are_few(self) -> None:
        rules = self.known(15, event("ZEIST-1", 12), event("ZEIST-2", 3))
        assert rules["kanaal"].months == {MONTH: (12, 16)}
        assert rules["kanaal"].told
        assert rules["site"].months == {MONTH: (12, inf)}

    def test_where_others_name_that_channel_too_there_is_no_upper_limit(self) -> None:
        assert self.known(16, event("ZEIST-1", 12), event("ZEIST-2", 3))["kanaal"].months == {MONTH: (12, inf)}

    def test_event_of_which_firms_name_another_channel(self) -> None:
        rules = self.known(12, event("ZEIST-1", 12), event("ZEIST-2", 8, "widget"))
        assert rules["kanaal"].months == {MONTH: (12, inf)}
        assert rules["site"].months == {MONTH: (20, inf)}

    def test_of_events_that_are_all_small_nothing_is_known_of_the_site(self) -> None:
        rules = self.known(4, event("ZEIST-1", 4))
        assert rules["kanaal"].months == {MONTH: (0, 4)}
        assert "site" not in rules
