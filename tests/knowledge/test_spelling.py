import random

import pytest
from rapidfuzz import fuzz, process

from knowledge.base import load
from knowledge.places import FUZZY_CUTOFF as PLACE_CUTOFF
from knowledge.sectors import FUZZY_CUTOFF as SECTOR_CUTOFF
from knowledge.spelling import Comparable

LETTERS = "abcdefghijklmnoprstuvwz"


def misspelt(name: str, chance: random.Random) -> str:
    """A name with a letter more, a letter less, another letter, or all of these."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(name) + 1)
        name = name[:at] + chance.choice(("", chance.choice(LETTERS))) + name[at + chance.choice((0, 1)) :]
    return name


@pytest.mark.parametrize("cutoff", [PLACE_CUTOFF, SECTOR_CUTOFF])
def test_leaving_names_out_by_their_length_changes_no_match(cutoff: float) -> None:
    chance = random.Random(20261126)
    names = chance.sample(list(load().places._names) + list(load().sectors._phrases), 1000)
    comparable = Comparable(names, cutoff)
    matched = 0
    for name in names:
        word = misspelt(name, chance)
        every = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=5)
        fewer = process.extract(word, comparable.to(word), scorer=fuzz.ratio, score_cutoff=cutoff, limit=5)
        assert [match[:2] for match in fewer] == [match[:2] for match in every], word
        matched += bool(every)
    assert matched > 500


def test_most_names_are_left_out() -> None:
    names = [letter * length for letter in LETTERS for length in range(1, 30)]
    assert 0 < len(Comparable(names, SECTOR_CUTOFF).to("boekhouder")) < len(names) / 4


def test_name_that_begins_otherwise_is_left_out_when_that_is_asked() -> None:
    comparable = Comparable(["zeist", "soest", "zijst"], PLACE_CUTOFF, same_start=True)
    assert comparable.to("zeits") == ["zeist", "zijst"]
    assert comparable.to("ijst") == []


def test_word_without_letters_is_near_nothing() -> None:
    assert Comparable(["zeist"], PLACE_CUTOFF).to("") == []
