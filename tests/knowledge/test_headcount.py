"""How many people work somewhere, read from what somebody types. The sentences are in headcount.yaml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.headcount import read_headcount, size_class
from tests.knowledge.sentences import cases, read


@pytest.mark.parametrize(("sentence", "classes"), cases("headcount.yaml", certain=True))
def test_what_is_clear_is_taken(sentence, classes):
    reading = read_headcount(sentence)
    assert (reading.classes, reading.certain) == (classes, True)


@pytest.mark.parametrize(("sentence", "classes"), cases("headcount.yaml", certain=False))
def test_what_is_not_clear_is_asked_back(sentence, classes):
    reading = read_headcount(sentence)
    assert (reading.classes, reading.certain) == (classes, False)


@pytest.mark.parametrize("sentence", read("headcount.yaml")["niets"])
def test_other_numbers_and_other_words_are_not_people(sentence):
    assert read_headcount(sentence) is None


def agreed_class(people: int) -> str:
    """The classes of CBS, the upper bound excluded."""
    if people == 1:
        return "1"
    for code, first, after in (("2-9", 2, 10), ("10-49", 10, 50), ("50-249", 50, 250)):
        if first <= people < after:
            return code
    return "250+"


@pytest.mark.parametrize("sentence", ["{}", "we zijn met {}", "{} mensen", "we werken hier met {} mensen"])
def test_a_plain_number_of_people_is_taken(sentence):
    readings = {people: read_headcount(sentence.format(people)) for people in range(1, 401)}
    taken = {people: reading.classes for people, reading in readings.items() if reading and reading.certain}
    assert taken == {people: (agreed_class(people),) for people in range(1, 401)}


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (1, "1"),
        (2, "2-9"),
        (9, "2-9"),
        (10, "10-49"),
        (49, "10-49"),
        (50, "50-249"),
        (249, "50-249"),
        (250, "250+"),
        (100_000, "250+"),
    ],
)
def test_a_size_class_holds_its_lower_bound_and_not_its_upper(people, code):
    assert size_class(people) == code


@pytest.mark.parametrize("people", [0, -1])
def test_a_firm_has_at_least_one_person(people):
    with pytest.raises(ValueError, match="at least one"):
        size_class(people)


@pytest.mark.parametrize(
    "sentence", ["6 mensen", "we zijn met 6", "met z'n zessen", "ik en mijn vrouw", "ik werk alleen"]
)
def test_words_about_people_count_at_another_question_too(sentence):
    assert read_headcount(sentence).explicit


@pytest.mark.parametrize("sentence", ["6", "twaalf", "ongeveer 10", "8 tot 12"])
def test_a_bare_number_counts_only_at_its_own_question(sentence):
    assert not read_headcount(sentence).explicit


@given(text=st.text(max_size=80))
def test_whatever_is_typed_is_read_without_an_error(text):
    reading = read_headcount(text)
    assert reading is None or set(reading.classes) <= {"1", "2-9", "10-49", "50-249", "250+"}


WORDS = ["ik", "we", "zijn", "met", "9", "1,5", "60", "1.000", "jaar", "mensen", "man", "€", "-", "en", "of", "tussen"]
WORDS += ["de", "fte", "tot", "z'n", "negenen", "+", "%"]


@given(text=st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_mix_of_numbers_and_words_is_read_without_an_error(text):
    reading = read_headcount(text)
    assert reading is None or len(reading.classes) == 1 or not reading.certain
