"""What programmes and things say by themselves, and nothing more."""

import pytest

from knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("text", "question", "code"),
    [
        ("Moneybird", "administratie", "2"),
        ("gewoon in SnelStart", "administratie", "2"),
        ("we werken met e-Boekhouden", "administratie", "2"),
        ("een schriftje", "administratie", "0"),
        ("Google Drive", "bestanden", "2"),
        ("in dropbox", "bestanden", "2"),
        ("via thuisbezorgd", "online_bestellen", "1"),
    ],
)
def test_bare_name_is_an_answer(knowledge: Knowledge, text: str, question: str, code: str) -> None:
    assert knowledge.lexicon.answer(text, question) == code


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("geen moneybird", "administratie"),  # more than a name
        ("vroeger een schriftje en nu moneybird", "administratie"),
        ("moneybird en een schriftje", "administratie"),  # two names that say different things
        ("moneybird", "inloggen"),  # a name that says nothing here
        ("ik en drie monteurs", "administratie"),
        ("", "administratie"),
    ],
)
def test_anything_else_is_left_to_the_classifier(knowledge: Knowledge, text: str, question: str) -> None:
    assert knowledge.lexicon.answer(text, question) is None


def test_names_in_a_sentence_tell_what_they_say_by_themselves(knowledge: Knowledge) -> None:
    assert knowledge.lexicon.told("de bonnen gaan in een schriftje en later in moneybird", "administratie") == {
        "0",
        "2",
    }
    assert knowledge.lexicon.told("met een monteur erbij", "administratie") == set()


def test_names_are_marked_by_their_kind_the_longest_first(knowledge: Knowledge) -> None:
    assert knowledge.lexicon.marked(["we", "doen", "exact", "online", "met", "de", "bank"])[:3] == [
        "we",
        "doen",
        "<boekhoudprogramma>",
    ]


def test_lexicon_is_large(knowledge: Knowledge) -> None:
    assert sum(len(kind.namen) for kind in knowledge.lexicon.kinds) >= 1000
