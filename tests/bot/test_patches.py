from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction

from bot import patches

STOCK = RemoteAction._validate_action_result
ANSWERS: list[tuple[dict[str, Any], bool]] = [
    ({"events": [], "responses": []}, True),
    ({"events": [{"event": "slot", "name": "personen", "value": "1"}], "responses": [{"text": "x"}]}, True),
    ({"events": [{"event": "active_loop", "name": "scan"}]}, True),
    ({"events": "x"}, False),
    ({"events": [{"event": "slot"}]}, False),
    ({"events": [{"event": "bestaat niet"}]}, False),
    ({"responses": [1]}, False),
]


def accepts(check: Any, answer: dict[str, Any]) -> bool:
    try:
        return bool(check(RemoteAction("scan", None), answer))
    except jsonschema.ValidationError:
        return False


@pytest.mark.parametrize(("answer", "good"), ANSWERS)
def test_validator_built_once_judges_like_rasas_own(answer: dict[str, Any], good: bool) -> None:
    assert accepts(STOCK, answer) is good
    assert accepts(patches.validate_action_result, answer) is good


def test_validator_is_built_once() -> None:
    assert patches._answer_validator() is patches._answer_validator()


def test_another_version_of_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.6.22")
    with pytest.raises(patches.UntestedRasaError, match=r"3\.6\.22"):
        patches.apply()


def test_this_version_of_rasa_is_the_tested_one() -> None:
    assert rasa.__version__ == patches.RASA
