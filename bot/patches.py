"""Changes to Rasa 3.6.21 itself, each with its reason. Applied by `apply`, once, before the server starts."""

from functools import lru_cache
from typing import Any

import rasa
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

RASA = "3.6.21"


class UntestedRasaError(RuntimeError):
    """The patches were written for another version of Rasa."""


@lru_cache(maxsize=1)
def _answer_validator() -> Draft7Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """The check that Rasa makes of every answer of the action server, with a validator that is built once.

    Rasa builds the validator and checks the schema itself at every call, which took two thirds of a turn.
    Raises jsonschema.ValidationError for an answer that does not fit, as Rasa does.
    """
    error = next(_answer_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"Failed to validate the answer of the action server: {error.validator} does not hold.")
    return True


def apply() -> None:
    """Put the changes in place. Raises UntestedRasaError for another version of Rasa."""
    if rasa.__version__ != RASA:
        raise UntestedRasaError(
            f"bot/patches.py was tested with Rasa {RASA}, this is {rasa.__version__}: check each patch."
        )
    RemoteAction._validate_action_result = validate_action_result  # type: ignore[method-assign]
