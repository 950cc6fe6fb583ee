"""T1 solve and T2 rank: nobody who solves all published tables together finds a hidden count, or nearly so."""

from dataclasses import replace

import pytest

from knowledge.base import Knowledge
from tests.analytics.attacks.attack import in_row_space, naive, solve
from tests.analytics.attacks.conftest import Years
from tests.analytics.attacks.reading import Paper, read

READERS = {"working group": ("werkgroep", "publiek"), "public": ("publiek",)}


def of_sector_and_size(paper: Paper) -> Paper:
    return replace(paper, cells=tuple(seen for seen in paper.cells if set(seen.names) <= {"sector", "grootte"}))


@pytest.mark.parametrize("reader", READERS)
def test_solving_everything_together_finds_nothing(years: Years, knowledge: Knowledge, reader: str) -> None:
    for year in years.which:
        loot = solve(read(years.engine, knowledge, READERS[reader], year), knowledge, years.records)
        assert loot.after > years.in_a_year(60)
        assert (loot.recovered, loot.narrow) == ((), ())


def test_the_same_attack_breaks_exact_values_without_small_ones(years: Years, knowledge: Knowledge) -> None:
    """The negative control, on two dimensions of one year, which is enough to see."""
    paper = naive(read(years.engine, knowledge, READERS["working group"], years.which[0]), years.records)
    loot = solve(of_sector_and_size(paper), knowledge, years.records)
    assert len(loot.recovered) > years.in_a_year(2)
    assert len(loot.narrow) > len(loot.recovered)


@pytest.mark.parametrize("reader", READERS)
def test_no_hidden_count_is_a_combination_of_exact_ones(years: Years, knowledge: Knowledge, reader: str) -> None:
    for year in years.which:
        paper = read(years.engine, knowledge, READERS[reader], year)
        loot = in_row_space(paper, knowledge, years.records)
        assert loot.after > years.in_a_year(10)
        assert loot.recovered == ()


def test_with_exact_values_hidden_counts_are_combinations(years: Years, knowledge: Knowledge) -> None:
    paper = naive(read(years.engine, knowledge, READERS["working group"], years.which[0]), years.records)
    assert len(in_row_space(paper, knowledge, years.records).recovered) > years.in_a_year(2)
