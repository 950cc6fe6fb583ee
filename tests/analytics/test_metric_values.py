"""The value of every metric, worked out by hand from one release.

Until 30 September 128 firms were reached and 73 conversations stopped.
"""

from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from typing import Any

import msgspec
import pytest

from analytics.coverage import by_sector, by_size, target_group
from analytics.event_summary import Summary
from analytics.figures import Release
from analytics.gaps import Combination, Place, gaps
from analytics.metric_lines import Line, at_least
from analytics.metric_values import (
    alone,
    divided,
    events,
    funnel,
    gooi,
    initiatives,
    pace,
    progress,
    reach,
    referrals,
    stopped,
    without_offer,
)
from analytics.metrics import metrics
from knowledge.base import FOLDER, Knowledge
from knowledge.cbs import load_cbs
from tests.analytics.made_releases import release, table
from tests.analytics.test_metric_values_leads import GOLDEN_OF_LEADS, TABLES_OF_LEADS, parts

SCOPE, LAST_DAY = "tot_nu", date(2026, 9, 30)
WERKPLAATS, SPOT, EDIH = "digitale-mkb-werkplaats-utrecht", "spot035", "edih-noordwest"
CBS = load_cbs(FOLDER / "cbs.yaml")
HERE = Place("Utrecht", "provincie", ("GM0344",))
COMBINATIONS = [
    Combination(HERE, "adhoc", size, question, ("kvk",) if fits else ())
    for size, question, fits in (
        ("1", "klanten", False),
        ("2-9", "klanten", True),
        ("10-49", "klanten", True),
        ("1", "veilig", True),
        ("2-9", "veilig", False),
        ("10-49", "veilig", False),
    )
]
SUMMARY = Summary(date(2026, 6, 1), 5, 23, {})

RELEASE = release(
    table("tot_nu/kanaal", "kanaal", {"widget": 80, "formulier": 20, "evenement": 30}),
    table("tot_nu/site", "site", {"utrecht": 60, "kvk": 65, "overig": None}),
    table(
        "tot_nu/sector",
        "zes",
        {"handel": 45, "zakelijke_dienstverlening": 40, "zorg": 10, "horeca": None, "bouw": 5, "overig": 25},
    ),
    table(
        "tot_nu/grootte",
        "klasse",
        {"1": 30, "2-9": 60, "10-49": 25, "50-249": 5, "250+": None, "onbekend": None},
    ),
    table(
        "tot_nu/plaats",
        "deelregio",
        {
            "utrecht_stad": 40,
            "eemland": 25,
            "zuidoost": 15,
            "lekstroom": 15,
            "utrecht_west": 10,
            "foodvalley": 5,
            "gooi": 15,
            "buiten_regio": None,
            "onbekend": None,
        },
    ),
    table("tot_nu/fase", "fase", {"adhoc": 70, "engaged": 45, "verder": 15}),
    table("tot_nu/hulpvraag", "hulpvraag", {"klanten": 65, "veilig": 40, "weet_niet": 25}),
    table("tot_nu/aanbod", "aanbod", {"passend": 105, "geen": 25}),
    table("tot_nu/initiatief", "initiatief", {WERKPLAATS: 75, SPOT: 15, EDIH: 10}),
    table("tot_nu/gestopt", "gestopt", {"personen": 25, "bedrijf": 20, "gemeente": 10, "hulpvraag": None}),
    *TABLES_OF_LEADS,
    totals={"maand": 17, SCOPE: 128},
    stopped={SCOPE: 73},
)


GOLDEN: dict[str, tuple[Callable[[Knowledge], Any], Any]] = {
    "bereik": (lambda _: parts([reach(131)]), [("bereik", 131, "getoond", None)]),
    # 2026 has 53 weeks; 30 September is Wednesday of week 40: 276 of 371 days. 250 * 276 / 371 = 185.98; 131 / 250.
    "doel": (lambda _: astuple(pace(131, LAST_DAY, CBS)), (250, 1000, 131, 186, 52)),
    # 2-9 is 56 to 64 and 10-49 is 21 to 29; outside the province are 11 to 19 + 4 + 4. 500 / 13,500 and 930 / 13,500.
    "doelgroep": (lambda data: astuple(target_group(RELEASE, SCOPE, data, CBS)), (13500, 50, 93, 4, 7)),
    "doorverwijzingen": (
        lambda _: parts([referrals(RELEASE, SCOPE)]),
        [("doorverwijzingen", 100, "getoond", None)],
    ),
    "kanaal": (
        lambda _: parts(divided(RELEASE, SCOPE, "kanaal")),
        [("widget", 80, "getoond", 63), ("formulier", 20, "getoond", 16), ("evenement", 30, "getoond", 23)],
    ),
    "site": (
        lambda _: parts(divided(RELEASE, SCOPE, "site")),
        [("utrecht", 60, "getoond", 47), ("kvk", 65, "getoond", 51), ("overig", None, "te_klein", None)],
    ),
    "evenement": (
        lambda _: parts(events([("ZEIST-4K7", "Ontbijt", SUMMARY), ("SOEST-2B3", "Beurs", None)])),
        [("ZEIST-4K7", 23, "getoond", None), ("SOEST-2B3", None, "niet_getoond", None)],
    ),
    "sector": (
        lambda _: parts(divided(RELEASE, SCOPE, "sector"))[:4],
        [
            ("handel", 45, "getoond", 35),
            ("zakelijke_dienstverlening", 40, "getoond", 31),
            ("zorg", 10, "getoond", 8),
            ("horeca", None, "te_klein", None),
        ],
    ),
    "grootte": (
        lambda _: parts(divided(RELEASE, SCOPE, "grootte"))[:3],
        [("1", 30, "getoond", 23), ("2-9", 60, "getoond", 47), ("10-49", 25, "getoond", 20)],
    ),
    "plaats": (
        lambda _: parts(divided(RELEASE, SCOPE, "plaats"))[:2],
        [("utrecht_stad", 40, "getoond", 31), ("eemland", 25, "getoond", 20)],
    ),
    "fase": (
        lambda _: parts(divided(RELEASE, SCOPE, "fase")),
        [("adhoc", 70, "getoond", 55), ("engaged", 45, "getoond", 35), ("verder", 15, "getoond", 12)],
    ),
    "hulpvraag": (
        lambda _: parts(divided(RELEASE, SCOPE, "hulpvraag")),
        [("klanten", 65, "getoond", 51), ("veilig", 40, "getoond", 31), ("weet_niet", 25, "getoond", 20)],
    ),
    "geen_aanbod": (lambda _: parts([without_offer(RELEASE, SCOPE)]), [("geen", 25, "getoond", 20)]),
    "gestopt": (  # of the 73 that stopped
        lambda _: parts(stopped(RELEASE, SCOPE)),
        [
            ("personen", 25, "getoond", 34),
            ("bedrijf", 20, "getoond", 27),
            ("gemeente", 10, "getoond", 14),
            ("hulpvraag", None, "te_klein", None),
        ],
    ),
    "trechter": (  # 128 + 73 were opened, 25 of them stopped at the first question
        lambda _: parts(funnel(RELEASE, SCOPE, "personen")),
        [
            ("geopend", 201, "getoond", 100),
            ("begonnen", 176, "getoond", 88),
            ("afgerond", 128, "getoond", 64),
            ("doorverwezen", 105, "getoond", 52),
            ("lead", 60, "getoond", 30),
            ("in_contact", 45, "getoond", 22),
            ("geholpen", 15, "getoond", 7),
        ],
    ),
    # 600 / 26,865 is 2.2 percent: 2 of every 1,000; 250 / 6,895 and 50 / 1,647.
    "dekking": (
        lambda data: [(one.code, one.reached, one.per_thousand) for one in by_size(RELEASE, SCOPE, data, CBS).groups],
        [("2-9", 60, 2), ("10-49", 25, 4), ("50+", 5, 3)],
    ),
    # Of 128 at most 38 work alone (or did not tell) and 27 are elsewhere: those can be all of a group, or none of it.
    # Horeca is at most 4 even when nobody in it is one of those, of at least 63: 6.3 percent, beside 7.6.
    "vertegenwoordiging": (
        lambda data: [(group.code, group.word) for group in by_sector(RELEASE, SCOPE, data, CBS).groups],
        [
            ("handel", "niet te zeggen"),
            ("zakelijke_dienstverlening", "niet te zeggen"),
            ("zorg", "niet te zeggen"),
            ("horeca", "ondervertegenwoordigd"),
            ("bouw", "niet te zeggen"),
            ("overig", "niet te zeggen"),
        ],
    ),
    "gaten": (
        lambda _: [(gap.sizes, gap.questions, gap.firms) for gap in gaps(COMBINATIONS, CBS)],
        [(("2-9", "10-49"), ("veilig",), 33760), (("1",), ("klanten",), None)],
    ),
    "zzp": (lambda _: parts([alone(RELEASE, SCOPE)]), [("zzp", 30, "getoond", 23)]),
    "gooi": (
        lambda data: parts([gooi(RELEASE, SCOPE, data.municipalities)]),
        [("gooi", 15, "getoond", 12)],
    ),
    "initiatieven": (
        lambda data: [
            (
                line.mentions.code,
                line.mentions.value,
                line.mentions.percent,
                line.seen,
                line.outdated,
            )
            for line in initiatives(RELEASE, SCOPE, data.catalogue, LAST_DAY)[:3]
        ],
        [
            (WERKPLAATS, 75, 59, "2024-05", True),
            (SPOT, 15, 12, "2022-11", True),
            (EDIH, 10, 8, "2025-11", False),
        ],
    ),
}


@pytest.mark.parametrize("metric", [metric for metric in metrics() if metric not in GOLDEN_OF_LEADS])
def test_a_metric_has_the_value_that_was_worked_out_by_hand(knowledge, metric):
    value, expected = GOLDEN[metric]
    assert value(knowledge) == expected


def test_below_the_threshold_reach_and_pace_have_no_value():
    assert reach(None).status == "te_klein"
    assert pace(None, LAST_DAY, CBS).percent is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), 3),  # Thursday of week 1: 4 of 371 days
        (date(2027, 1, 3), 250),  # the last day of week 53 of 2026
        (date(2027, 1, 4), 1),  # the first of 364 days: 0.69
        (date(2025, 12, 29), 1),  # Monday of week 1 of 2026: 0.67
    ],
)
def test_the_pace_follows_the_year_of_whole_weeks(day, expected):
    assert pace(10, day, CBS).expected == expected


def test_progress_has_the_months_of_one_year():
    releases = [
        release(totals={SCOPE: 90}, month_id="2025-12"),
        release(totals={SCOPE: None}, month_id="2026-01"),
        release(totals={SCOPE: 12}, month_id="2026-02"),
    ]
    assert parts(progress(releases, 2026)) == [
        ("2026-01", None, "te_klein", None),
        ("2026-02", 12, "getoond", None),
    ]


def only(*tables: Any, total: int | None = 128, stopped: int | None = 73) -> Release:
    return release(*tables, totals={SCOPE: total}, stopped={SCOPE: stopped})


def test_what_was_not_released_has_no_value(knowledge):
    bare = only()
    assert divided(bare, SCOPE, "sector") == ()
    assert stopped(bare, SCOPE) == ()
    assert referrals(bare, SCOPE).status == "niet_getoond"
    assert without_offer(bare, SCOPE).status == "niet_getoond"
    assert alone(bare, SCOPE).status == "niet_getoond"
    assert gooi(bare, SCOPE, knowledge.municipalities).status == "niet_getoond"
    assert [line.status for line in funnel(bare, SCOPE, "personen")][:4] == [
        "getoond",
        "niet_getoond",
        "getoond",
        "niet_getoond",
    ]


def test_only_ways_to_divide_the_records_can_be_asked_for():
    with pytest.raises(ValueError, match="initiatief"):
        divided(RELEASE, SCOPE, "initiatief")


def test_when_few_stopped_at_least_the_referrals_were_opened():
    opened, *_ = funnel(only(stopped=None), SCOPE, "personen")
    assert (opened.value, opened.status) == (128, "ten_minste")


def test_shares_of_a_minimum_are_at_most_that():
    offered = table("tot_nu/aanbod", "aanbod", {"passend": 105, "geen": 25})
    opened, begun, finished, referred, *_ = funnel(only(offered, stopped=None), SCOPE, "personen")
    assert (opened.percent, opened.bound) == (100, "")
    assert (begun.percent, begun.bound) == (None, "")
    assert (finished.percent, finished.bound) == (100, "hoogstens")
    assert referred.value == 105
    assert (referred.percent, referred.bound) == (86, "hoogstens")  # 109 of 128, rounded up
    assert {line.bound for line in funnel(RELEASE, SCOPE, "personen")} == {""}


def test_share_of_a_minimum_is_the_least_that_it_can_be():
    least = at_least(Line("F", "Bouw", 25, "getoond", 42), 60)
    assert (least.percent, least.bound) == (41, "minstens")  # 41.7, rounded down
    for line, whole in ((Line("F", "Bouw", None, "niet_getoond"), 60), (Line("F", "Bouw", 25, "getoond"), None)):
        assert at_least(line, whole) == line


def test_rounding_never_makes_the_funnel_wider_below():
    tight = only(
        table("tot_nu/gestopt", "gestopt", {"personen": 10}),
        table("tot_nu/aanbod", "aanbod", {"passend": 30, "geen": 5}),
        total=28,
        stopped=8,
    )
    values = [line.value for line in funnel(tight, SCOPE, "personen")][:4]
    assert values == [36, 28, 28, 28]


def test_without_records_the_funnel_is_empty():
    assert {line.value for line in funnel(only(total=None, stopped=None), SCOPE, "personen")} == {None}


def test_no_percentage_of_fewer_than_twenty():
    few = only(table("tot_nu/kanaal", "kanaal", {"widget": 10, "formulier": 5}), total=17)
    assert {line.percent for line in divided(few, SCOPE, "kanaal")} == {None}


def test_a_part_that_is_rounded_up_is_no_more_than_all():
    rounded_up = only(table("tot_nu/kanaal", "kanaal", {"widget": 25, "formulier": 5}), total=24)
    assert divided(rounded_up, SCOPE, "kanaal")[0].percent == 100


def test_in_three_groups_who_works_alone_is_not_told_apart():
    coarse = only(table("tot_nu/grootte", "drie", {"1-9": 90, "10-49": 25, "50+": 10, "onbekend": None}))
    assert alone(coarse, SCOPE).status == "niet_getoond"


def test_the_gooi_is_added_up_from_its_municipalities(knowledge):
    places = {"GM0344": 40, "GM0402": 15, "GM0406": None, "GM1942": 10}
    line = gooi(only(table("tot_nu/plaats", "gemeente", places)), SCOPE, knowledge.municipalities)
    # Of 15 and 10 together there may be 11 + 6: that is the least that there is.
    assert (line.value, line.status, line.percent, line.bound) == (17, "ten_minste", 13, "minstens")
    of_more = only(table("tot_nu/plaats", "gemeente", places), total=131)
    line = gooi(of_more, SCOPE, knowledge.municipalities)
    assert (line.percent, line.bound) == (12, "minstens")  # 12.98, and not at least 13
    hidden = {"GM0344": 40, "GM0402": None, "GM0406": None}
    line = gooi(only(table("tot_nu/plaats", "gemeente", hidden)), SCOPE, knowledge.municipalities)
    assert (line.value, line.status) == (None, "te_klein")


def test_an_initiative_that_vanished_from_the_catalogue_keeps_its_referrals(knowledge):
    left = tuple(initiative for initiative in knowledge.catalogue if initiative.id != SPOT)
    (gone,) = [line for line in initiatives(RELEASE, SCOPE, left, LAST_DAY) if line.mentions.code == SPOT]
    assert (gone.mentions.value, gone.mentions.title, gone.seen) == (15, "Spot035", None)


def test_an_initiative_nobody_can_be_sent_to_is_not_listed(knowledge):
    closed = tuple(
        msgspec.structs.replace(initiative, verwijst=False) if initiative.id == "kvk" else initiative
        for initiative in knowledge.catalogue
    )
    listed = {line.mentions.code for line in initiatives(RELEASE, SCOPE, closed, LAST_DAY)}
    assert "kvk" not in listed
    assert "pvo-midden-nederland" in listed
