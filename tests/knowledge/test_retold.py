"""What is so and what is not, in the words of somebody who corrects himself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retold import retold


@pytest.mark.parametrize(
    ("text", "so", "not_so"),
    [
        ("ik zei 4, maar we zijn met 14", "maar we zijn met 14", "ik zei 4"),
        ("Sorry, geen 50 man maar 5", "maar 5", "50 man"),
        ("Woudenberg, niet Renswoude", "woudenberg", "renswoude"),
        ("oeps, Zeist moet het zijn", "zeist", "oeps, zeist moet het zijn"),
        ("foutje, Laren moet Huizen zijn", "foutje, huizen", "foutje, laren moet huizen zijn"),
        ("in Excel ipv op papier", "in excel", "op papier"),
        ("vroeger op papier, nu in Moneybird", "nu in moneybird", "vroeger op papier"),
        ("wij zijn met 4.5 fte", "wij zijn met 4.5 fte", ""),
    ],
)
def test_what_is_so_is_told_from_what_is_not(text: str, so: str, not_so: str) -> None:
    told = retold(text)
    assert (told.so, told.not_so) == (so, not_so)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ik zei net 4",
            "dat klopt niet",
            "ik had het verkeerd ingevuld",
            "pas je dat nog aan",
            "bij nader inzien Zeist",
        ),
        *(
            "12 heb ik doorgegeven",
            "abusievelijk vermeldde ik Soest",
            "hierboven staat papier",
            "Laren lees ik hier terug",
        ),
        *("jullie hebben mij bij de horeca staan", "ter verduidelijking: wij zijn architecten", "net koos ik te laag"),
    ],
)
def test_who_speaks_of_an_answer_that_was_given(text: str) -> None:
    assert retold(text).changes


@pytest.mark.parametrize(
    "text", ["alles nog op papier", "mijn neef doet dat", "dat zegt de boekhouder", "we zetten het in de cloud", "niks"]
)
def test_who_does_not(text: str) -> None:
    told = retold(text)
    assert not told.changes
    assert not told.turns


@pytest.mark.parametrize(
    "text", ["er staat kapper", "tegenwoordig in de cloud", "die website is weg", "overigens met z'n zessen"]
)
def test_what_may_be_said_in_any_answer_only_hints(text: str) -> None:
    told = retold(text)
    assert told.hints
    assert not told.changes


def test_no_longer_at_the_end_takes_nothing_apart() -> None:
    assert retold("die trainingen geven we niet meer").parts == ("die trainingen geven we niet meer",)


@given(text=st.text(max_size=200))
def test_whatever_is_typed_is_divided_without_an_error(text: str) -> None:
    retold(text)
