"""Changes to Rasa 3.6.21 itself, each with its reason. Applied by `apply`, once, before the server starts.

They change how fast Rasa is, and nothing of what the product does; docs/speed.md tells what each gains.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import rasa
import rasa.core.processor
import rasa.shared.utils.common
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.schemas.events import EVENTS_SCHEMA

RASA = "3.6.21"


class UntestedRasaError(RuntimeError):
    """The patches were written for another version of Rasa."""


def _validator(schema: dict[str, Any]) -> Draft7Validator:
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator: Draft7Validator = kind(schema)
    return validator


@lru_cache(maxsize=1)
def _answer_validator() -> Draft7Validator:
    return _validator(RemoteAction.action_response_format_spec())


@lru_cache(maxsize=1)
def _event_validators() -> dict[str, Draft7Validator]:
    """What the schema asks of an event, by the event's name.

    The schema asks some things of all events and then one of many kinds, told apart by a constant name. So only the
    kind of that name can be the one.
    """
    schema: Any = EVENTS_SCHEMA["items"]
    every = {name: asked for name, asked in schema.items() if name != "oneOf"}
    kinds = schema["oneOf"]
    return {kind["properties"]["event"]["const"]: _validator(every | {"allOf": [kind]}) for kind in kinds}


def _is_event(event: Any) -> bool:
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return False
    kind = _event_validators().get(event["event"])
    return kind is not None and kind.is_valid(event)


def _fits(result: Any) -> bool:
    """Whether an answer certainly fits the schema; a list of events and a list of objects, in short."""
    events, responses = result.get("events", []), result.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(_is_event(event) for event in events)
    )


def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """The check that Rasa makes of every answer of the action server, without trying every kind of event.

    Rasa builds the validator and checks the schema itself at every call, which took two thirds of a turn; and for each
    event it tries all 23 kinds. Raises jsonschema.ValidationError for an answer that does not fit, as Rasa does.
    """
    if isinstance(result, dict) and _fits(result):
        return True
    error = next(_answer_validator().iter_errors(result), None)
    if error is not None:
        raise ValidationError(f"Failed to validate the answer of the action server: {error.validator} does not hold.")
    return True


def _in_order(schema: GraphSchema, targets: tuple[str, ...]) -> list[str]:
    """The nodes that the targets need, each after those that it needs itself."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in order and name in schema.nodes:
            for needed in schema.nodes[name].needs.values():  # none needs itself: training refuses such a graph
                visit(needed)
            order[name] = None

    for target in targets:
        visit(target)
    return list(order)


def run_graph(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Run the nodes one after another, in an order that is worked out once for each set of targets.

    Rasa copies the graph at every run and hands it to a scheduler for work in parallel, which then runs it in one
    thread, one after another. Raises GraphRunError, as Rasa does; what a node raises, Rasa's nodes turn into errors of
    Rasa's own.
    """
    wanted = tuple(targets or self._graph_schema.target_names)
    plans: dict[tuple[str, ...], list[str]] = self.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = _in_order(self._graph_schema, wanted)
    done: dict[str, Any] = {}
    for name, value in (inputs or {}).items():
        if isinstance(value, str) and value in plans[wanted]:
            raise GraphRunError(f"Input value '{value}' clashes with a node name.")
        done[name] = (name, value)
    for name in plans[wanted]:
        if name not in done:
            needs = self._graph_schema.nodes[name].needs.values()
            done[name] = self._instantiated_nodes[name](*(done.get(needed, needed) for needed in needs))
    return dict(done[target] for target in wanted)


@lru_cache(maxsize=1)
def _event_classes() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for kind in rasa.shared.utils.common.all_subclasses(Event):
        found.setdefault(kind.type_name, kind)
    return found


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """The class of an event by its name, from a table. Raises ValueError for an unknown name, as Rasa does.

    Rasa goes through all classes anew for each event.
    """
    return _event_classes().get(type_name) or _STOCK_RESOLVE(type_name, default)


_STOCK_RESOLVE = Event.resolve_by_type


def copied_slot(self: Slot) -> Slot:
    """What copy.copy makes of a slot, without asking how.

    Rasa copies every slot at every copy of a tracker, five times a turn.
    """
    copied = object.__new__(type(self))
    copied.__dict__.update(self.__dict__)
    return copied


def call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What Rasa sends to the action server, without the events of the conversation and without the domain.

    The product's action looks at the slots and the last message. Of a conversation whose slots travel, the events are
    those same slots once more.
    """
    return {
        "next_action": self.name(),
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state() | {"events": []},
        "version": rasa.__version__,
    }


@lru_cache(maxsize=1)
def _nothing() -> dict[str, Any]:
    found: dict[str, Any] = Domain.empty().as_dict()
    return found


def is_empty(self: Domain) -> bool:
    """Whether a domain holds nothing. Rasa makes an empty domain for every message, to compare with."""
    return self.as_dict() == _nothing()


def apply() -> None:
    """Put the changes in place. Raises UntestedRasaError for another version of Rasa."""
    if rasa.__version__ != RASA:
        raise UntestedRasaError(
            f"bot/patches.py was tested with Rasa {RASA}, this is {rasa.__version__}: check each patch."
        )
    RemoteAction._action_call_format = call_format  # type: ignore[method-assign]
    RemoteAction._validate_action_result = validate_action_result  # type: ignore[method-assign]
    DaskGraphRunner.run = run_graph  # type: ignore[method-assign]
    Event.resolve_by_type = staticmethod(resolve_by_type)  # type: ignore[method-assign]
    Domain.is_empty = is_empty  # type: ignore[method-assign]
    Slot.__copy__ = copied_slot  # type: ignore[attr-defined]
    # Rasa copies events deeply for messages of the level debug, which are not written: at that level is what was typed.
    rasa.core.processor.copy = SimpleNamespace(deepcopy=lambda events: events)  # type: ignore[assignment,attr-defined]
