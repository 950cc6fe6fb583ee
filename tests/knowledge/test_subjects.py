"""Where one answer in a message ends and the next begins, by the words of the questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.subjects import answer_to_itself, questions_named, spans


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("slager, en de website doet mijn zus", ["slager", "de website doet mijn zus"]),
        ("updates komen vanzelf; een wachtwoord is er niet", ["updates komen vanzelf", "een wachtwoord is er niet"]),
        ("administratie. de bonnen gaan in een map", ["administratie", "de bonnen gaan in een map"]),
        ("Yuki, maar de facturen typ ik over", ["yuki, maar de facturen typ ik over"]),
        ("site en insta zijn er, af en toe een bericht", ["site en insta zijn er, af en toe een bericht"]),
        ("met z'n vijven in Rhenen", ["met z'n vijven in rhenen"]),
    ],
)  # fmt: skip
def test_new_part_begins_with_the_name_of_another_question(text: str, parts: list[str]) -> None:
    assert [span.text for span in spans(text)] == parts


def test_part_tells_which_questions_it_names() -> None:
    assert questions_named("klanten boeken een afspraak op de site") == {"online_bestellen", "vindbaar"}
    assert [span.questions for span in spans("bakker, en een back-up maak ik nooit")] == [set(), {"backup_updates"}]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("even nadenken... nou in Exact", "nou in exact"),
        ("bedoel je de kassa? die hangt eraan", "die hangt eraan"),
        ("waar we zitten? Zeist", "zeist"),
        ("wat kost het?", ""),
        ("in Exact", ""),
    ],
)
def test_what_follows_a_question_to_oneself(text: str, answer: str) -> None:
    assert answer_to_itself(text) == answer


@given(text=st.text(max_size=200))
def test_whatever_is_typed_is_divided_without_an_error(text: str) -> None:
    assert spans(text)
    answer_to_itself(text)
