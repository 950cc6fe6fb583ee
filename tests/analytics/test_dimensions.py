"""By what records can be told apart: each level is a grouping of the finer one, and leaves nothing out."""

from datetime import date
from itertools import pairwise
from typing import Any, get_args

import pytest

from analytics.dimensions import OTHER, Dimension, dimensions
from analytics.tally import at_level
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId, Theme
from knowledge.intake import OPEN, OUTSIDE_REGION

HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"
NAMES = ("fase", "hulpvraag", "grootte", "sector", "plaats", "kanaal", "site", "aanbod")


@pytest.fixture
def known(knowledge: Knowledge) -> dict[str, Dimension]:
    return dimensions(knowledge)


def test_every_dimension(known: dict[str, Dimension]) -> None:
    assert tuple(known) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_level_holds_every_category_of_the_finer_one(known: dict[str, Dimension], name: str) -> None:
    finest, *coarser = known[name].levels
    for level in coarser:
        assert {level.of(code) for code in finest.titles} == set(level.titles)
    for finer, level in pairwise(coarser):
        # Who is together at a level is together at every coarser one.
        together = {(finer.of(code), level.of(code)) for code in finest.titles}
        assert len(together) == len(finer.titles)


@pytest.mark.parametrize("name", NAMES)
def test_levels_are_ever_coarser(known: dict[str, Dimension], name: str) -> None:
    sizes = [len(level.titles) for level in known[name].levels]
    assert sizes == sorted(set(sizes), reverse=True)


def stored(knowledge: Knowledge) -> dict[str, list[Any]]:
    """Every value that a record can have."""
    return {
        "fase": list(get_args(StageId)),
        "hulpvraag": list(get_args(Theme)),
        "grootte": [*get_args(SizeClass), OPEN],
        "sector": [*knowledge.sectors.sections.sbi2008, OPEN],
        "plaats": [*(one.code for one in knowledge.municipalities.gemeenten), OUTSIDE_REGION, OPEN],
        "kanaal": ["widget", "formulier", "evenement"],
        "site": [*knowledge.sites, "weg"],
        "aanbod": [True, False],
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", [None, date(2026, 12, 31), date(2027, 1, 1)])
def test_every_value_of_a_record_has_its_category(knowledge: Knowledge, name: str, day: date | None) -> None:
    dimension = dimensions(knowledge, day)[name]
    for value in stored(knowledge)[name]:
        for level in dimension.levels:
            assert level.of(value) in level.titles, (level.id, value)


def test_municipality_that_ended_counts_as_its_successor_from_then_on(knowledge: Knowledge) -> None:
    before, after = (dimensions(knowledge, day)["plaats"].levels[0] for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before.of(WIJDEMEREN), after.of(WIJDEMEREN)) == (WIJDEMEREN, HILVERSUM)
    assert WIJDEMEREN in before.titles
    assert WIJDEMEREN not in after.titles
    assert len(before.titles) - len(after.titles) == 1


def test_sectors_are_those_of_cbs_in_2020(known: dict[str, Dimension]) -> None:
    seed = known["sector"].level("zes")
    assert {letter: seed.of(letter) for letter in "FGIMQ"} == {
        "F": "bouw",
        "G": "handel",
        "I": "horeca",
        "M": "zakelijke_dienstverlening",
        "Q": "zorg",
    }
    assert seed.of("A") == seed.of(OPEN) == OTHER
    assert "V" not in known["sector"].levels[0].titles  # only in SBI 2025


def test_demo_has_no_name_among_the_websites(known: dict[str, Dimension]) -> None:
    websites = known["site"].levels[0]
    assert "utrecht" in websites.titles
    assert "demo" not in websites.titles
    assert websites.of("weg") == OTHER


def test_code_that_is_no_longer_known(known: dict[str, Dimension]) -> None:
    site, size = known["site"].levels[0], known["grootte"].levels[0]
    assert at_level(site, site, "weg") == OTHER
    assert at_level(size, size, "500+") == OPEN


def test_level_that_is_not_there(known: dict[str, Dimension]) -> None:
    assert known["plaats"].level("deelregio").titles["gooi"] == "Gooi en Vechtstreek"
    with pytest.raises(KeyError):
        known["plaats"].level("straat")
