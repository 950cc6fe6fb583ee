"""What a clause speaks of goes with its words: today, the past, a wish, somebody else, or what is not so."""

import pytest

from bot.clauses import said
from knowledge.base import load
from knowledge.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load().lexicon


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("vroeger op papier, nu moneybird", "nu: <boekhoudprogramma>", "nu: <papier>"),
        ("vroeger op papier, nu moneybird", "toen: <papier>", "toen: <boekhoudprogramma>"),
        ("eerst op papier maar nu moneybird", "toen: <papier>", "nu: <papier>"),
        ("niet meer op papier sinds de verhuizing moneybird", "niet: <papier>", "niet: <boekhoudprogramma>"),
        ("mijn buurman werkt met moneybird, ik op papier", "ander: <boekhoudprogramma>", "ander: <papier>"),
        ("volgend jaar wil ik moneybird. het is papier", "wens: <boekhoudprogramma>", "wens: <papier>"),
        ("alles in moneybird, alleen bonnen op papier", "maar: <papier>", "maar: <boekhoudprogramma>"),
        ("nog steeds op papier", "nu: <papier>", "-: <papier>"),
    ],
)
def test_words_go_with_what_their_clause_speaks_of(lexicon: Lexicon, text: str, told: str, not_told: str) -> None:
    found = set(said(text, {}, lexicon))
    assert told in found
    assert not_told not in found


def test_first_and_last_clause_are_told_apart(lexicon: Lexicon) -> None:
    found = set(said("op papier, met de hand, in moneybird", {}, lexicon))
    assert {"eerste: <papier>", "laatste: <boekhoudprogramma>"} <= found
    assert not {"laatste: <papier>", "eerste: hand", "laatste: hand"} & found


def test_a_single_clause_is_neither_first_nor_last(lexicon: Lexicon) -> None:
    assert not [
        phrase for phrase in said("alles in moneybird", {}, lexicon) if phrase.startswith(("eerste", "laatste"))
    ]


def test_words_are_told_in_their_basic_form(lexicon: Lexicon) -> None:
    assert "-: klant" in set(said("alle klanten", {"klanten": "klant"}, lexicon))


@pytest.mark.parametrize("text", ["", "...", " - "])
def test_signs_alone_have_no_clauses(lexicon: Lexicon, text: str) -> None:
    assert list(said(text, {}, lexicon)) == ["."]
