"""The value of every metric of leads, worked out by hand from tables that were written down."""

from collections.abc import Callable
from typing import Any

import pytest

from analytics.figures import Release
from analytics.metric_values import by_initiative, ends, experiences, helped, in_contact, lead_times, leads
from tests.analytics.made_releases import release, table

SCOPE = "tot_nu"
WERKPLAATS, SPOT, EDIH = "digitale-mkb-werkplaats-utrecht", "spot035", "edih-noordwest"

TABLES_OF_LEADS = (
    table(
        "tot_nu/lead_stap",
        "lead_stap",
        {"aangevraagd": 60, "contact": 45, "geholpen": 15, "anders": 25, "ervaring": 20},
    ),
    table("tot_nu/lead_afloop", "lead_afloop", {"geholpen": 15, "niet_verder": 10, "geen_plek": None}),
    table("tot_nu/lead_tijd", "lead_tijd", {"0-2": 25, "3-5": 10, "6-10": 5, "11+": None}),
    table("tot_nu/lead_ervaring", "lead_ervaring", {"geholpen": 10, "nog_bezig": None, "niet_geholpen": 5}),
    table("tot_nu/lead_initiatief", "lead_initiatief", {WERKPLAATS: 40, SPOT: 15, EDIH: None}),
    table("tot_nu/lead_geholpen", "lead_geholpen", {WERKPLAATS: 10, SPOT: None, EDIH: None}),
)


def parts(lines: Any) -> list[tuple[str, int | None, str, int | None]]:
    """Code, value, status and percent of each line."""
    return [(line.code, line.value, line.status, line.percent) for line in lines]


GOLDEN_OF_LEADS: dict[str, tuple[Callable[[Release], Any], Any]] = {
    "aanvragen": (lambda given: parts([leads(given, SCOPE)]), [("aanvragen", 60, "getoond", None)]),
    "contact": (lambda given: parts([in_contact(given, SCOPE)]), [("in_contact", 45, "getoond", 75)]),
    # 15 of the 15 + 25 that were closed: 37.5
    "geholpen": (lambda given: parts([helped(given, SCOPE)]), [("geholpen", 15, "getoond", 38)]),
    "afloop": (
        lambda given: parts(ends(given, SCOPE)),
        [("geholpen", 15, "getoond", 38), ("niet_verder", 10, "getoond", 25), ("geen_plek", None, "te_klein", None)],
    ),
    "doorlooptijd": (  # of the 45 with contact
        lambda given: parts(lead_times(given, SCOPE)),
        [
            ("0-2", 25, "getoond", 56),
            ("3-5", 10, "getoond", 22),
            ("6-10", 5, "getoond", 11),
            ("11+", None, "te_klein", None),
        ],
    ),
    "ervaring": (  # of the 20 who answered
        lambda given: parts(experiences(given, SCOPE)),
        [("geholpen", 10, "getoond", 50), ("nog_bezig", None, "te_klein", None), ("niet_geholpen", 5, "getoond", 25)],
    ),
    "uitkomst_initiatief": (
        lambda given: [parts([line.leads, line.helped]) for line in by_initiative(given, SCOPE)],
        [
            [(WERKPLAATS, 40, "getoond", None), (WERKPLAATS, 10, "getoond", None)],
            [(SPOT, 15, "getoond", None), (SPOT, None, "te_klein", None)],
            [(EDIH, None, "te_klein", None), (EDIH, None, "te_klein", None)],
        ],
    ),
}


@pytest.mark.parametrize("metric", GOLDEN_OF_LEADS)
def test_a_metric_has_the_value_that_was_worked_out_by_hand(metric: str) -> None:
    value, expected = GOLDEN_OF_LEADS[metric]
    assert value(release(*TABLES_OF_LEADS, totals={SCOPE: 128})) == expected


@pytest.mark.parametrize("metric", GOLDEN_OF_LEADS)
def test_without_tables_of_leads_there_is_nothing_to_see(metric: str) -> None:
    found = GOLDEN_OF_LEADS[metric][0](release(totals={SCOPE: 128}))
    assert {(value, status) for _, value, status, _ in found} <= {(None, "niet_getoond")}


def test_shares_of_what_was_closed_need_both_ways_to_be_closed() -> None:
    steps = table("tot_nu/lead_stap", "lead_stap", {"aangevraagd": 30, "geholpen": 25, "anders": None})
    assert parts([helped(release(steps, totals={}), SCOPE)]) == [("geholpen", 25, "getoond", None)]


def test_no_share_of_fewer_than_twenty_leads() -> None:
    steps = table("tot_nu/lead_stap", "lead_stap", {"aangevraagd": 15, "contact": 10})
    assert parts([in_contact(release(steps, totals={}), SCOPE)]) == [("in_contact", 10, "getoond", None)]


def test_contact_with_leads_of_before_is_no_more_than_all() -> None:
    steps = table("kwartaal/lead_stap", "lead_stap", {"aangevraagd": 20, "contact": 30})
    assert parts([in_contact(release(steps, totals={}), "kwartaal")]) == [("in_contact", 30, "getoond", 100)]


def test_what_helped_is_known_also_where_leads_cannot_be_shown() -> None:
    only = table("tot_nu/lead_geholpen", "lead_geholpen", {WERKPLAATS: 10, SPOT: None})
    found = by_initiative(release(only, totals={}), SCOPE)
    assert [(line.leads.status, line.helped.value) for line in found] == [("niet_getoond", 10), ("niet_getoond", None)]
