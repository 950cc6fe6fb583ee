"""A whole scan taken at once, as codes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analytics.recording import Source
from api.intakes.service import IntakeAnswers, IntakeService, Unfit
from knowledge.base import Knowledge
from knowledge.result import result
from tests.api.scan_page import CODES, Form


@pytest.fixture
def service(scan: Form) -> IntakeService:
    found: IntakeService = scan.app.state.parts.intakes
    return found


@pytest.fixture
def take(service: IntakeService) -> Callable[..., Any]:
    def taken(**changes: str) -> Any:
        return service.take(IntakeAnswers({**CODES, **changes}), Source("r", "demo", "formulier"), date.today())

    return taken


def test_gives_the_result_of_the_public_interface(take: Callable[..., Any], knowledge: Knowledge) -> None:
    taken = take()
    assert taken.uitslag == result(knowledge, CODES, date.today()).as_dict()
    assert taken.outcome.as_dict() == taken.uitslag


def test_names_what_is_missing_and_what_does_not_exist(service: IntakeService) -> None:
    answers = {name: code for name, code in CODES.items() if name != "inloggen"}
    wrong = {"personen": "3", "bedrijf": "Z/Z", "gemeente": "GM9999", "plan": "nvt", "kleur": "rood"}
    with pytest.raises(Unfit) as raised:
        service.take(IntakeAnswers(answers | wrong), Source("r", "demo", "formulier"), date.today())
    assert raised.value.faults == {**dict.fromkeys(wrong, "bestaat_niet"), "inloggen": "ontbreekt"}
    assert "rood" not in str(raised.value)


@pytest.mark.parametrize(
    ("question", "code"),
    [("personen", "onbekend"), ("bedrijf", "onbekend"), ("gemeente", "onbekend"), ("gemeente", "buiten_regio")],
)
def test_profile_may_be_left_open(take: Callable[..., Any], question: str, code: str) -> None:
    assert take(**{question: code}).uitslag["vangnet"]


def test_nothing_is_recorded_of_answers_that_do_not_fit(scan: Form, take: Callable[..., Any]) -> None:
    with pytest.raises(Unfit):
        take(hulpvraag="onbekend")
    assert scan.records() == []
