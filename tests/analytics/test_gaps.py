"""Gaps in the offer: found in small catalogues with known gaps, merged and weighed; and where people found nothing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product

import pytest

from analytics.gaps import (
    NOTHING_KNOWN,
    Combination,
    Demand,
    Gap,
    combinations,
    demand,
    gaps,
    in_target_group,
    places,
    unmet,
)
from knowledge.base import Knowledge
from knowledge.matching import Profile, refer
from tests.analytics.made_releases import release, table
from tests.analytics.small_offers import CBS, SIZES, STAGES, THEMES, TODAY, found_in, initiative, offer

NEW_YEAR = date(2027, 1, 1)
AMERSFOORT = "GM0307"


@pytest.fixture
def offering(knowledge: Knowledge) -> Callable[..., Knowledge]:
    return partial(offer, knowledge)


def every(gap: Gap) -> set[tuple[str, str, str, str]]:
    """The combinations of a gap, by the title of the place."""
    return set(product([place.title for place in gap.places], gap.stages, gap.sizes, gap.questions))


def test_an_offer_for_everybody_has_no_gaps(offering):
    assert found_in(offering(initiative("alles"))) == ()


def test_without_an_offer_each_region_is_one_gap(offering):
    province, gooi = found_in(offering())
    assert (province.stages, province.sizes, province.questions) == (STAGES, SIZES, THEMES)
    assert (province.others, gooi.others) == ((), ())
    assert [place.title for place in gooi.places] == ["Gooi en Vechtstreek"]


def test_a_gap_is_weighed_by_the_firms_of_its_sizes_in_the_province_and_the_gooi_not_at_all(offering):
    province, gooi = found_in(offering(initiative("klein", grootte=("1", "2-9"))))
    assert province.sizes == gooi.sizes == ("10-49", "50-249", "250+")
    assert province.firms == 6895 + 1400 + 247
    assert gooi.firms is None


def test_who_works_alone_is_not_counted_by_cbs(offering):
    province, _ = found_in(offering(initiative("bedrijven", grootte=SIZES[1:])))
    assert (province.sizes, province.firms) == (("1",), None)


def test_a_gap_is_exactly_what_nobody_serves(offering):
    """Nobody for who is far, in the province; and in the Gooi also nobody for clients."""
    here = offering(
        initiative("provincie", regio=("provincie",), fase=("adhoc", "engaged")),
        initiative("gooi", regio=("gooi",), fase=("adhoc", "engaged"), thema=THEMES[1:]),
    )
    province, *gooi = found_in(here)
    assert (province.stages, province.questions, province.others) == (("verder",), THEMES, ())
    missing = set().union(*map(every, gooi))
    assert missing == {
        ("Gooi en Vechtstreek", stage, size, theme)
        for stage, size, theme in product(STAGES, SIZES, THEMES)
        if stage == "verder" or theme == "klanten"
    }


def test_a_municipality_with_something_of_its_own_is_apart_in_its_deelregio(offering):
    here = offering(initiative("cyberchef", regio=(AMERSFOORT,)))
    titles = [place.title for place in places(here, TODAY)]
    assert titles[:3] == ["Stad Utrecht", "Eemland zonder Amersfoort", "Amersfoort"]
    province, _ = found_in(here)
    assert [place.title for place in province.others] == ["Amersfoort"]


def test_municipalities_that_are_served_alike_are_apart_together(offering):
    here = offering(initiative("samen", regio=("GM0355", "GM0310")))
    titles = [place.title for place in places(here, TODAY)]
    assert "Utrecht-Zuidoost zonder De Bilt en Zeist" in titles
    assert "De Bilt en Zeist" in titles


def test_every_municipality_of_the_day_is_in_one_place(knowledge):
    for day, number in ((TODAY, 32), (NEW_YEAR, 31)):  # Wijdemeren is part of Hilversum by then
        codes = [code for place in places(knowledge, day) for code in place.codes]
        assert sorted(codes) == sorted(municipality.code for municipality in knowledge.municipalities.valid(day))
        assert len(codes) == number


def test_what_takes_no_referrals_does_not_set_a_place_apart(offering):
    assert len(places(offering(initiative("dicht", regio=(AMERSFOORT,), verwijst=False)), TODAY)) == 7


def test_an_initiative_that_has_ended_leaves_a_gap(offering):
    here = offering(initiative("project", einde=date(2026, 12, 31)))
    assert found_in(here, TODAY) == ()
    assert len(found_in(here, NEW_YEAR)) == 2


def test_the_fallback_fills_no_gap(offering):
    assert len(found_in(offering(initiative("kvk", groep="vangnet")))) == 2


def test_every_combination_agrees_with_what_firms_are_told(knowledge):
    """On the real catalogue, for every municipality."""
    found: dict[tuple[str, str, str, str], Combination] = {
        (code, one.stage, one.size, one.question): one
        for one in combinations(knowledge, TODAY)
        for code in one.place.codes
    }
    for (code, stage, size, question), one in found.items():
        firm = Profile(size=size, municipality=code, question=question, stage=stage, safety_flag=False)
        told = refer(firm, knowledge.catalogue, knowledge.municipalities, TODAY)
        assert [matched.initiative.id for matched in told.shown] == list(one.initiatives[:3])
    assert len(found) == 32 * 3 * 5 * 6


def test_merging_neither_loses_nor_invents_a_gap(knowledge):
    every_one = combinations(knowledge, TODAY)
    empty = {(one.place.title, one.stage, one.size, one.question) for one in every_one if not one.initiatives}
    merged = gaps(every_one, CBS)
    assert set().union(*map(every, merged)) == empty
    assert sum(len(every(gap)) for gap in merged) == len(empty)
    assert len(merged) <= 20


def test_the_largest_gap_comes_first_and_the_gooi_last(knowledge):
    found = found_in(knowledge)
    assert [gap.region for gap in found] == sorted((gap.region for gap in found), reverse=True)
    sizes = [(in_target_group(gap, CBS), gap.firms or 0) for gap in found if gap.region == "provincie"]
    assert sizes == sorted(sizes, reverse=True)


def test_gaps_of_the_target_group_come_before_larger_ones_of_firms_that_are_far(knowledge):
    """Whom the target group has is hardly digital, and CBS does not tell how many of a size are."""
    of_province = [gap for gap in found_in(knowledge) if gap.region == "provincie"]
    far = [gap for gap in of_province if gap.stages == ("verder",)]
    assert far
    assert max(gap.firms or 0 for gap in far) > 0
    others = [gap for gap in of_province if in_target_group(gap, CBS)]
    assert others
    assert of_province[: len(others)] == others
    assert not any(in_target_group(gap, CBS) for gap in far)


def test_where_people_found_nothing_comes_from_the_released_table(knowledge):
    here = release(
        table(
            "kwartaal/plaats*aanbod",
            "deelregio*aanbod",
            {
                ("eemland", "passend"): 30,
                ("eemland", "geen"): 10,
                ("gooi", "passend"): 20,
                ("gooi", "geen"): 25,
                ("lekstroom", "passend"): 15,
                ("lekstroom", "geen"): None,
                ("foodvalley", "passend"): 10,
                ("foodvalley", "geen"): 5,
            },
        ),
        totals={"kwartaal": 117},
    )
    found = [(one.code, one.without, one.fitted, one.percent) for one in unmet(here, "kwartaal", "plaats")]
    assert found == [
        ("gooi", 25, 20, 56),
        ("eemland", 10, 30, 25),
        ("foodvalley", 5, 10, None),  # of 15: too few for a percentage
        ("lekstroom", None, 15, None),
    ]
    assert unmet(here, "kwartaal", "hulpvraag") == ()
    assert demand(here, "kwartaal", knowledge) == Demand({}, {"gooi": 25, "provincie": 15})
    assert demand(release(totals={}), "kwartaal", knowledge) == NOTHING_KNOWN
