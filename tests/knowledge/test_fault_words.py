"""What is said of a value that does not fit, also where little is known of it."""

from datetime import date
from typing import Annotated, Any

import pytest

from knowledge.fault_words import alternatives, below, value_fault


@pytest.mark.parametrize(
    ("message", "what"),
    [
        ("Expected `date | null`, got `int`", "Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31."),
        ("Expected `int`, got `str`", "Hier hoort een heel getal, er staat een tekst."),
        ("what a later version of the library may say", "Deze waarde klopt niet."),
    ],
)
def test_fault_is_told_in_dutch_with_a_remedy(message: str, what: str) -> None:
    said, remedy = value_fault(message, int)
    assert said == what
    assert remedy


def test_kinds_are_told_without_what_was_noted_at_them() -> None:
    assert list(alternatives(Annotated[int | None, "1 or more"] | date)) == [int, type(None), date]


@pytest.mark.parametrize(
    ("kind", "step", "inside"), [(dict[str, int], "a", int), (list[str] | None, 0, str), (int, "a", None)]
)
def test_kind_of_what_stands_in_a_value(kind: Any, step: str | int, inside: Any) -> None:
    assert below(kind, step) == inside
