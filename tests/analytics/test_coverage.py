"""Who is reached beside who there are: by hand, and never more certain than the published values allow."""

import random
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.coverage import by_sector, by_sector_and_size, by_size, target_group
from analytics.disclosure import FOR_STAFF, Count, rounded
from analytics.groups import Coverage, Group
from knowledge.base import FOLDER
from knowledge.cbs import load_cbs
from tests.analytics.made_releases import release, table

SCOPE = "kwartaal"
CBS = load_cbs(FOLDER / "cbs.yaml")
POPULATION = {
    "handel": 9154,
    "zakelijke_dienstverlening": 4340,
    "zorg": 4164,
    "horeca": 2700,
    "bouw": 2020,
    "overig": 13029,
}
SIXTY = {"handel": 30, "zakelijke_dienstverlening": 15, "zorg": 5, "horeca": None, "bouw": None, "overig": 10}


def together(total: int):
    """Tables by which everybody is in the province, and nobody works alone."""
    value = total - total % 5
    sizes, places = {"2-9": value}, {"provincie": value}
    return table("kwartaal/grootte", "klasse", sizes), table("kwartaal/plaats", "regio", places)


def sectors(values: dict[str, int | None], total: int, levels: str = "zes"):
    return release(table("kwartaal/sector", levels, values), *together(total), totals={SCOPE: total})


def sizes(values: dict[str, int | None], total: int, levels: str = "klasse"):
    return release(table("kwartaal/grootte", levels, values), together(total)[1], totals={SCOPE: total})


def group(coverage: Coverage | None, code: str) -> Group:
    assert coverage
    (found,) = [one for one in coverage.groups if one.code == code]
    return found


def test_the_population_is_that_of_cbs_without_who_works_alone(knowledge):
    by_sectors = by_sector(sectors(SIXTY, 60), SCOPE, knowledge, CBS)
    assert {one.code: one.population for one in by_sectors.groups} == POPULATION
    of_size = by_size(sizes({"2-9": 40, "10-49": 20}, 60), SCOPE, knowledge, CBS)
    assert {one.code: one.population for one in of_size.groups} == {"2-9": 26865, "10-49": 6895, "50+": 1647}


def both(values: dict[tuple[str, str], int | None], total: int, levels: str = "zes*klasse"):
    crossed = table("kwartaal/sector*grootte", levels, values)
    return release(crossed, *together(total), totals={SCOPE: total})


def test_the_population_by_sector_and_size_is_that_of_cbs(knowledge):
    found = by_sector_and_size(both({("bouw", "2-9"): 60}, 60), SCOPE, knowledge, CBS)
    population = {one.code: one.population for one in found.groups}
    assert len(population) == 6 * 3
    assert (population["bouw*2-9"], population["bouw*10-49"], population["bouw*50+"]) == (1468, 445, 94 + 13)
    assert population["overig*50+"] == 731 + 154
    for sector, firms in POPULATION.items():
        assert sum(number for code, number in population.items() if code.startswith(f"{sector}*")) == firms
    assert by_sector_and_size(sectors(SIXTY, 60), SCOPE, knowledge, CBS) is None


def test_who_works_alone_is_not_in_a_sector_and_size(knowledge):
    values = {("bouw", "1"): 30, ("bouw", "2-9"): 15, ("bouw", "50-249"): 10, ("bouw", "250+"): None, ("F", "1"): 5}
    found = by_sector_and_size(both(values, 60), SCOPE, knowledge, CBS)
    small, large = group(found, "bouw*2-9"), group(found, "bouw*50+")
    assert (small.title, small.reached, small.per_thousand, small.partly) == ("Bouw, 2 tot en met 9", 15, 10, False)
    assert (large.reached, large.partly) == (10, True)  # those of 250 and more are hidden


def test_sections_that_are_no_sector_of_the_seed_are_the_others(knowledge):
    values = {("F", "2-9"): 20, ("J", "2-9"): 10, ("S", "2-9"): 15, ("onbekend", "2-9"): 15}
    found = by_sector_and_size(both(values, 60, "sectie*klasse"), SCOPE, knowledge, CBS)
    assert (group(found, "bouw*2-9").reached, group(found, "overig*2-9").reached) == (20, 25)


def test_in_three_groups_the_small_ones_of_a_sector_are_at_most_all_up_to_nine(knowledge):
    values = {("bouw", "1-9"): 40, ("bouw", "10-49"): 20, ("bouw", "50+"): None}
    found = by_sector_and_size(both(values, 60, "zes*drie"), SCOPE, knowledge, CBS)
    small = group(found, "bouw*2-9")
    assert (small.reached, small.lowest, small.per_thousand) == (None, 0, None)
    assert small.highest >= 40
    assert group(found, "bouw*10-49").reached == 20


def test_a_quarter_with_sixty_referrals_already_says_something_of_sectors(knowledge):
    """Handel is 26 to 34 of 60, so 43 to 57 percent, beside 9,154 of 35,407: 25.9 percent."""
    coverage = by_sector(sectors(SIXTY, 60), SCOPE, knowledge, CBS)
    handel = group(coverage, "handel")
    assert (handel.reached, handel.lowest, handel.highest, handel.per_thousand) == (30, 26, 34, 3)
    assert handel.ratio == (pytest.approx(26 / 60 / 0.25854, abs=0.001), pytest.approx(34 / 60 / 0.25854, abs=0.001))
    assert handel.word == "oververtegenwoordigd"
    assert group(coverage, "overig").word == "ondervertegenwoordigd"  # 6 to 14 of 60, beside 36.8 percent


def test_a_group_of_which_nothing_is_shown_has_no_number_but_may_have_a_word(knowledge):
    horeca = group(by_sector(sectors(SIXTY, 60), SCOPE, knowledge, CBS), "horeca")
    assert (horeca.reached, horeca.per_thousand, horeca.lowest, horeca.highest) == (None, None, 0, 4)
    assert horeca.word == "ondervertegenwoordigd"  # at most 4 of 60 is 6.7 percent, beside 7.6
    few = {"handel": 10, "zakelijke_dienstverlening": 10, "zorg": None, "horeca": None, "bouw": None, "overig": 5}
    assert group(by_sector(sectors(few, 27), SCOPE, knowledge, CBS), "horeca").word == "niet te zeggen"


def test_the_exact_total_narrows_what_a_group_can_be(knowledge):
    """11 firms: two groups of at least 5 leave at most 1 for the others."""
    values = dict.fromkeys(POPULATION, None) | {"handel": 5, "bouw": 5}
    bouw = group(by_sector(sectors(values, 11), SCOPE, knowledge, CBS), "bouw")
    assert (bouw.lowest, bouw.highest) == (5, 6)


def test_sections_are_added_up_to_the_sectors_of_the_seed(knowledge):
    values = {"G": 40, "M": 20, "Q": None, "I": 10, "F": 10, "C": 10, "J": 15, "H": None, "onbekend": 10}
    coverage = by_sector(sectors(values, 119, "sectie"), SCOPE, knowledge, CBS)
    assert {one.code: one.reached for one in coverage.groups} == {
        "handel": 40,
        "zakelijke_dienstverlening": 20,
        "zorg": None,
        "horeca": 10,
        "bouw": 10,
        "overig": 25,
    }
    assert group(coverage, "overig").partly
    assert not group(coverage, "handel").partly


def test_sectors_leave_out_who_works_alone_when_sizes_were_released_by_class(knowledge):
    crossed = {
        (sector, size): value
        for sector in POPULATION
        for size, value in {"1": 30, "2-9": 20, "10-49": 10, "50-249": None, "250+": None, "onbekend": None}.items()
    }
    both = release(
        table("kwartaal/sector", "zes", dict.fromkeys(POPULATION, 60)),
        table("kwartaal/sector*grootte", "zes*klasse", crossed),
        totals={SCOPE: 370},
    )
    coverage = by_sector(both, SCOPE, knowledge, CBS)
    assert (coverage.table, coverage.with_alone) == ("kwartaal/sector*grootte", False)
    assert group(coverage, "handel").reached == 30
    assert group(coverage, "handel").partly


def test_sectors_say_that_who_works_alone_is_in_it_when_it_is(knowledge):
    crossed = {(sector, size): 10 for sector in POPULATION for size in ("1-9", "10-49", "50+", "onbekend")}
    both = release(
        table("kwartaal/sector", "zes", dict.fromkeys(POPULATION, 40)),
        table("kwartaal/sector*grootte", "zes*drie", crossed),
        totals={SCOPE: 240},
    )
    coverage = by_sector(both, SCOPE, knowledge, CBS)
    assert (coverage.table, coverage.with_alone) == ("kwartaal/sector", True)
    assert group(coverage, "handel").reached == 40


def test_sizes_in_three_groups_do_not_tell_two_to_nine_from_who_works_alone(knowledge):
    coverage = by_size(sizes({"1-9": 90, "10-49": 20, "50+": 10, "onbekend": None}, 121, "drie"), SCOPE, knowledge, CBS)
    micro = group(coverage, "2-9")
    assert (micro.reached, micro.lowest, micro.word) == (None, 0, "niet te zeggen")
    assert (group(coverage, "10-49").reached, group(coverage, "10-49").per_thousand) == (20, 3)
    assert group(coverage, "50+").reached == 10


def test_without_a_table_nothing_is_said(knowledge):
    bare = release(totals={SCOPE: 60})
    assert by_sector(bare, SCOPE, knowledge, CBS) is None
    assert by_size(bare, SCOPE, knowledge, CBS) is None
    assert target_group(bare, SCOPE, knowledge, CBS) is None


@pytest.mark.parametrize(
    ("ratio", "word"),
    [
        ((0.2, 0.9), "ondervertegenwoordigd"),
        ((0.75, 0.95), "niet te zeggen"),  # below 1, and not sure to be so much below
        ((0.2, 1.1), "niet te zeggen"),
        ((0.85, 1.2), "naar verhouding"),
        ((0.7, 1.2), "niet te zeggen"),
        ((1.05, 1.9), "oververtegenwoordigd"),
        ((0.95, 1.9), "niet te zeggen"),
        ((1.05, 1.35), "niet te zeggen"),
    ],
)
def test_a_word_is_said_only_when_it_is_certain(ratio, word):
    assert Group("x", "X", 100, 10, False, 6, 14, 1, ratio).word == word


def test_the_target_group_without_places_can_all_be_outside_the_province(knowledge):
    of_size = table("kwartaal/grootte", "klasse", {"1": 30, "2-9": 60, "10-49": 25})
    found = target_group(release(of_size, totals={SCOPE: 115}), SCOPE, knowledge, CBS)
    assert (found.lowest, found.highest) == (0, 89)  # who works alone is at least 26 of 115


def test_the_target_group_is_known_at_the_level_of_municipalities_too(knowledge):
    """Of 125, 0 to 4 work alone, so 121 to 125 are with 2 to 49 people; 36 to 44 are in Hilversum."""
    found = target_group(
        release(
            table("kwartaal/grootte", "klasse", {"2-9": 100, "10-49": 25, "1": None}),
            table("kwartaal/plaats", "gemeente", {"GM0344": 85, "GM0402": 40}),
            totals={SCOPE: 125},
        ),
        SCOPE,
        knowledge,
        CBS,
    )
    assert (found.size, found.lowest, found.highest) == (13500, 121 - 44, 125 - 36)
    assert (found.lowest_per_thousand, found.highest_per_thousand) == (6, 7)


AS_CBS = {"handel": 45, "zakelijke_dienstverlening": 20, "zorg": 20, "horeca": 15, "bouw": 10, "overig": 60}
ALONE = AS_CBS | {"zakelijke_dienstverlening": 100}  # 80 of whom work alone


def words(coverage: Coverage | None) -> dict[str, str]:
    assert coverage
    return {one.code: one.word for one in coverage.groups}


def test_who_works_alone_makes_no_sector_missing(knowledge):
    """170 firms exactly as CBS has them, and 80 in one sector whom CBS did not count."""
    whole = sum(ALONE.values())
    of_size = {"1": 80, "2-9": 130, "10-49": 40}
    places = table("kwartaal/plaats", "regio", {"provincie": whole})
    sector = table("kwartaal/sector", "zes", ALONE)
    found = release(sector, table("kwartaal/grootte", "klasse", of_size), places, totals={SCOPE: whole})
    assert set(words(by_sector(found, SCOPE, knowledge, CBS)).values()) == {"niet te zeggen"}
    nobody_alone = table("kwartaal/grootte", "klasse", {"2-9": 200, "10-49": 50})
    known = release(sector, nobody_alone, places, totals={SCOPE: whole})
    assert words(by_sector(known, SCOPE, knowledge, CBS))["zakelijke_dienstverlening"] == "oververtegenwoordigd"


def test_firms_of_the_gooi_make_no_group_missing(knowledge):
    """Of 250 firms 80 can be of the Gooi, also where who works alone was left out."""
    whole = sum(ALONE.values())
    sector = {(code, "2-9"): value for code, value in ALONE.items()}
    of_size = table("kwartaal/grootte", "klasse", {"2-9": 170, "10-49": 80})
    crossed = table("kwartaal/sector*grootte", "zes*klasse", sector)
    places = table("kwartaal/plaats", "regio", {"provincie": 170, "gooi": 80})
    found = release(of_size, crossed, places, totals={SCOPE: whole})
    assert set(words(by_sector(found, SCOPE, knowledge, CBS)).values()) == {"niet te zeggen"}
    assert words(by_size(found, SCOPE, knowledge, CBS))["10-49"] == "niet te zeggen"
    elsewhere = table("kwartaal/plaats", "regio", {"provincie": whole})
    known = release(of_size, crossed, elsewhere, totals={SCOPE: whole})
    assert words(by_size(known, SCOPE, knowledge, CBS))["10-49"] == "oververtegenwoordigd"


def test_without_tables_of_size_and_place_nothing_is_certain(knowledge):
    bare = release(table("kwartaal/sector", "zes", SIXTY), totals={SCOPE: 60})
    assert set(words(by_sector(bare, SCOPE, knowledge, CBS)).values()) == {"niet te zeggen"}


def test_three_groups_of_sizes_by_sector_tell_where_nobody_works_alone(knowledge):
    """80 can work alone, but none of them in a sector of which all are with ten people or more."""
    crossed = {(code, "10-49" if code == "horeca" else "1-9"): value for code, value in ALONE.items()}
    crossed |= {("horeca", "10-49"): 120}
    sector = table("kwartaal/sector", "zes", ALONE | {"horeca": 120})
    of_size = table("kwartaal/grootte", "drie", {"1-9": 235, "10-49": 120})
    places = table("kwartaal/plaats", "regio", {"provincie": 355})
    both = table("kwartaal/sector*grootte", "zes*drie", crossed)
    coarse = by_sector(release(sector, of_size, places, both, totals={SCOPE: 355}), SCOPE, knowledge, CBS)
    without = by_sector(release(sector, of_size, places, totals={SCOPE: 355}), SCOPE, knowledge, CBS)
    assert words(coarse)["horeca"] == "oververtegenwoordigd"
    assert words(without)["horeca"] == "niet te zeggen"


def test_who_surely_works_alone_is_where_there_is_room_for_them(knowledge):
    """At least 76 of 250 work alone. Only in zakelijke_dienstverlening are there firms of less than ten people."""
    crossed = {(code, "1-9" if code.startswith("zakelijke") else "10-49"): value for code, value in ALONE.items()}
    tables = (
        table("kwartaal/sector", "zes", ALONE),
        table("kwartaal/grootte", "klasse", {"1": 80, "2-9": 20, "10-49": 150}),
        table("kwartaal/plaats", "regio", {"provincie": 250}),
        table("kwartaal/sector*grootte", "zes*drie", crossed),
    )
    found = by_sector(release(*tables, totals={SCOPE: 250}), SCOPE, knowledge, CBS)
    of_sector, share = group(found, "zakelijke_dienstverlening"), POPULATION["zakelijke_dienstverlening"] / 35407
    assert of_sector.ratio[1] == pytest.approx(28 / (28 + 146) / share)  # 104 less 76, beside 250 less 104
    handel, share = group(found, "handel"), POPULATION["handel"] / 35407
    assert handel.ratio[0] == pytest.approx(41 / (41 + 209 - 76) / share)


NOBODY = st.just([0] * 6)
COUNTS = st.lists(st.integers(0, 60), min_size=6, max_size=6).filter(lambda counts: sum(counts) >= 5)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_truth_is_always_between_lowest_and_highest(knowledge, counts, draw: random.Random):
    """Whatever the records are, their share lies within the ratio that is told."""
    truth = dict(zip(POPULATION, counts, strict=True))
    secret = draw.randbytes(32)
    shown = {code: rounded(FOR_STAFF, secret, Count(number, draw.getrandbits(40))) for code, number in truth.items()}
    coverage = by_sector(sectors(shown, sum(counts)), SCOPE, knowledge, CBS)
    for one in coverage.groups:
        assert one.lowest <= truth[one.code] <= one.highest
        share = truth[one.code] / sum(counts) / (one.population / 35407)
        assert one.ratio[0] - 1e-9 <= share <= one.ratio[1] + 1e-9


@given(COUNTS, st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_truth_of_sizes_is_within_what_is_told(knowledge, counts, left_open, draw: random.Random):
    truth = dict(zip(("1", "2-9", "10-49", "50-249", "250+"), counts, strict=False)) | {"onbekend": left_open}
    total = sum(truth.values())
    if total < 5:
        return
    secret = draw.randbytes(32)
    coarse = {
        "1-9": truth["1"] + truth["2-9"],
        "10-49": truth["10-49"],
        "50+": truth["50-249"] + truth["250+"],
        "onbekend": left_open,
    }
    told = {"2-9": truth["2-9"], "10-49": truth["10-49"], "50+": coarse["50+"]}
    for levels, cells in (("klasse", truth), ("drie", coarse)):
        shown = {code: rounded(FOR_STAFF, secret, Count(number, number)) for code, number in cells.items()}
        for one in by_size(sizes(shown, total, levels), SCOPE, knowledge, CBS).groups:
            share = told[one.code] / max(sum(told.values()), 1) / (one.population / 35407)
            assert one.lowest <= told[one.code] <= one.highest
            assert share <= one.ratio[1] + 1e-9
            assert share >= one.ratio[0] - 1e-9


def test_figures_of_the_public_are_read_by_its_own_threshold(knowledge):
    public = release(table("kwartaal/sector", "zes", SIXTY | {"zorg": None}), totals={SCOPE: 60})
    public = type(public)(**{**vars(public), "audience": "publiek", "threshold": 10, "made_on": date(2026, 10, 5)})
    assert group(by_sector(public, SCOPE, knowledge, CBS), "horeca").highest == 9


@given(
    st.tuples(COUNTS, NOBODY | COUNTS, NOBODY | COUNTS),
    st.tuples(st.sampled_from(("klasse", "drie")), st.booleans()),
    st.sampled_from(("", "plaats", "grootte", "sector")),
    st.randoms(use_true_random=False),
)
def test_the_truth_is_within_what_is_told_whoever_is_counted(knowledge, counts, tables_of_sizes, untold, draw):
    """Some work alone and some are in the Gooi: the share of the others lies within the ratio.

    Also when those do not tell their place, their size, or their sector.
    """
    (counted, alone, gooi), (level, both) = counts, tables_of_sizes
    secret = draw.randbytes(32)

    def shown(numbers):
        return {key: rounded(FOR_STAFF, secret, Count(number, draw.getrandbits(40))) for key, number in numbers.items()}

    truth = dict(zip(POPULATION, counted, strict=True))
    whole = sum(counted) + sum(alone) + sum(gooi)
    least, more = ("1", "2-9") if level == "klasse" else ("1-9", "1-9")
    kinds = [(more, "provincie", counted), (least, "provincie", alone), ("10-49", "gooi", gooi)]
    places, by_sizes = dict.fromkeys(("provincie", "gooi", "onbekend"), 0), dict.fromkeys((least, more, "10-49"), 0)
    by_sizes["onbekend"] = 0
    crossed = dict.fromkeys(product([*POPULATION, "onbekend"], by_sizes), 0)
    for size, place, numbers in kinds:
        hidden = untold if numbers is not counted else ""
        for code, number in zip(POPULATION, numbers, strict=True):
            told_size = "onbekend" if hidden == "grootte" else size
            crossed["onbekend" if hidden == "sector" else code, told_size] += number
            by_sizes[told_size] += number
            places["onbekend" if hidden == "plaats" else place] += number
    sectors = {code: sum(number for (of, _), number in crossed.items() if of == code) for code, _ in crossed}
    tables = [
        table("kwartaal/sector", "zes", shown(sectors)),
        table("kwartaal/grootte", level, shown(by_sizes)),
        table("kwartaal/plaats", "regio", shown(places)),
        *([table("kwartaal/sector*grootte", f"zes*{level}", shown(crossed))] if both else []),
    ]
    coverage = by_sector(release(*tables, totals={SCOPE: whole}), SCOPE, knowledge, CBS)
    for one in coverage.groups:
        share = truth[one.code] / sum(counted) / (one.population / 35407)
        assert one.ratio[0] - 1e-9 <= share <= one.ratio[1] + 1e-9
