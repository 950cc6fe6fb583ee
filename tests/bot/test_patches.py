import ast
import copy
import inspect
import random
from typing import Any, ClassVar

import jsonschema
import pytest
import rasa
import rasa.core.processor
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.shared.utils.schemas.events import EVENTS_SCHEMA
from rasa.utils.endpoints import EndpointConfig

from bot import patches
from tests.bot.agents import trained

STOCK = RemoteAction._validate_action_result
STOCK_RUN = DaskGraphRunner.run
STOCK_RESOLVE = Event.resolve_by_type
STOCK_IS_EMPTY = Domain.is_empty
STOCK_FORMAT = RemoteAction._action_call_format
ANSWERS: list[tuple[dict[str, Any], bool]] = [
    ({"events": [], "responses": []}, True),
    ({}, True),
    ({"events": [{"event": "slot", "name": "personen", "value": "1"}], "responses": [{"text": "x"}]}, True),
    ({"events": [{"event": "active_loop", "name": "scan"}]}, True),
    ({"events": "x"}, False),
    ({"events": None}, False),
    ({"events": ["slot"]}, False),
    ({"events": [{"name": "personen"}]}, False),
    ({"events": [{"event": "slot"}]}, False),
    ({"events": [{"event": 1, "name": "personen", "value": "1"}]}, False),
    ({"events": [{"event": "bestaat niet"}]}, False),
    ({"responses": [1]}, False),
    ({"responses": {}}, False),
]


def accepts(check: Any, answer: Any) -> bool:
    try:
        return bool(check(RemoteAction("scan", None), answer))
    except jsonschema.ValidationError:
        return False


@pytest.mark.parametrize(("answer", "good"), ANSWERS)
def test_validator_built_once_judges_like_rasas_own(answer: dict[str, Any], good: bool) -> None:
    assert accepts(STOCK, answer) is good
    assert accepts(patches.validate_action_result, answer) is good


@pytest.mark.parametrize(("answer", "good"), ANSWERS)
def test_what_does_not_certainly_fit_is_judged_by_the_schema_itself(
    answer: dict[str, Any], good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patches, "_fits", lambda _: False)
    assert accepts(patches.validate_action_result, answer) is good


def test_answer_that_is_no_object_is_refused() -> None:
    assert not accepts(STOCK, [])
    assert not accepts(patches.validate_action_result, [])


def test_any_event_is_judged_as_rasa_judges_it() -> None:
    chance = random.Random(20261126)
    kinds = EVENTS_SCHEMA["items"]["oneOf"]
    values = (None, "x", 1, 0.5, True, [], ["x"], [{"start": 1}], {}, {"name": "x"})
    judged = set()
    for _ in range(400):
        kind = chance.choice(kinds)["properties"]
        fields = [*kind, *chance.choice(kinds)["properties"], "timestamp", "metadata"]
        event = {name: chance.choice(values) for name in fields if name != "event" and chance.random() < 0.3}
        event |= {"event": kind["event"]["const"]} | ({"name": "personen", "value": 1} if chance.random() < 0.5 else {})
        answer = {"events": [event]}
        expected = accepts(STOCK, answer)
        assert accepts(patches.validate_action_result, answer) is expected, answer
        judged.add((event["event"], expected))
    assert {("slot", True), ("active_loop", False), ("slot", False), ("user", False), ("entities", False)} <= judged


def test_kinds_of_events_are_told_apart_by_their_name_alone() -> None:
    names = [kind["properties"]["event"]["const"] for kind in EVENTS_SCHEMA["items"]["oneOf"]]
    assert len(names) == len(set(names))
    assert EVENTS_SCHEMA["items"]["required"] == ["event"]


def test_validator_is_built_once() -> None:
    assert patches._answer_validator() is patches._answer_validator()


def test_another_version_of_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.6.22")
    with pytest.raises(patches.UntestedRasaError, match=r"3\.6\.22"):
        patches.apply()


def test_this_version_of_rasa_is_the_tested_one() -> None:
    assert rasa.__version__ == patches.RASA


@pytest.fixture(scope="module")
def agent() -> Agent:
    return trained()


@pytest.mark.parametrize(
    "text", ["", "wij zijn met 4 man", "boekhouder in Zeist", "alles in excel", "asdf qwer", "stop"]
)
def test_model_understands_and_predicts_the_same_however_its_graph_is_run(agent: Agent, text: str) -> None:
    processor = agent.processor
    assert processor is not None
    runner, metadata = processor.graph_runner, processor.model_metadata
    tracker = DialogueStateTracker.from_events("x", [SlotSet("personen", "1")], processor.domain.slots)
    understand = ({"__message__": [UserMessage(text)], "__tracker__": tracker}, [metadata.nlu_target])
    predict = ({"__tracker__": tracker}, [metadata.core_target])
    for inputs, targets in (understand, predict, understand):
        found, expected = patches.run_graph(runner, inputs, targets), STOCK_RUN(runner, inputs, targets)
        assert found.keys() == expected.keys()
        (one,), (other,) = found.values(), expected.values()
        if targets == [metadata.nlu_target]:
            assert one[0].as_dict() == other[0].as_dict()
        else:
            assert (one.probabilities, one.policy_name) == (other.probabilities, other.policy_name)


class Noted(GraphComponent):
    """A component that tells in which order it is run, and can fail."""

    order: ClassVar[list[str]] = []

    @classmethod
    def create(cls, config: dict[str, Any], **_: Any) -> "Noted":
        component = cls()
        component.config = config
        return component

    def run(self, **needs: Any) -> str:
        self.order.append(self.config["name"])
        if "error" in self.config:
            raise self.config["error"]
        return f"{self.config['name']}({','.join(map(str, needs.values()))})"


def graph(needs: dict[str, dict[str, str]], **errors: Exception) -> DaskGraphRunner:
    nodes = {
        name: SchemaNode(
            needs=needed,
            uses=Noted,
            fn="run",
            constructor_name="create",
            config={"name": name} | ({"error": errors[name]} if name in errors else {}),
            eager=True,
        )
        for name, needed in needs.items()
    }
    schema = GraphSchema(nodes)
    return DaskGraphRunner(schema, None, ExecutionContext(schema))  # type: ignore[arg-type]


DIAMOND = {
    "last": {"left": "left", "right": "right"},
    "left": {"first": "first"},
    "right": {"first": "first"},
    "first": {"given": "given"},
    "apart": {},
}


@pytest.mark.parametrize("run", [STOCK_RUN, patches.run_graph])
def test_graph_is_run_in_order_each_node_once_and_only_what_is_needed(run: Any) -> None:
    Noted.order.clear()
    assert run(graph(DIAMOND), {"given": 7}, ["last"]) == {"last": "last(left(first(7)),right(first(7)))"}
    assert sorted(Noted.order) == ["first", "last", "left", "right"]
    assert (Noted.order[0], Noted.order[-1]) == ("first", "last")


@pytest.mark.parametrize("run", [STOCK_RUN, patches.run_graph])
def test_what_is_given_takes_the_place_of_a_node(run: Any) -> None:
    Noted.order.clear()
    assert run(graph(DIAMOND), {"left": "mine", "given": 7}, ["left"]) == {"left": "mine"}
    assert run(graph(DIAMOND), {"first": 3}, ["left"]) == {"left": "left(3)"}


@pytest.mark.parametrize(
    ("inputs", "error"),
    [({"given": "left"}, None), ({}, None), ({"given": 7}, RuntimeError("x")), ({"given": 7}, GraphRunError("x"))],
    ids=["a name that clashes", "something is missing", "a node fails", "a node says that the graph is wrong"],
)
def test_graph_that_cannot_be_run_is_the_same_error(inputs: dict[str, Any], error: Any) -> None:
    runner = graph(DIAMOND, **({"first": error} if error else {}))
    raised = []
    for run in (STOCK_RUN, patches.run_graph):
        with pytest.raises(Exception) as caught:  # whatever Rasa raises
            run(runner, inputs, ["last"])
        raised.append(caught.type)
    assert raised[0] is raised[1]


def test_every_event_is_found_by_its_name_as_rasa_finds_it() -> None:
    names = {kind.type_name for kind in all_subclasses(Event)}
    assert len(names) > 20
    assert all(patches.resolve_by_type(name) is STOCK_RESOLVE(name) for name in names)


def test_unknown_event_is_what_it_is_to_rasa() -> None:
    assert patches.resolve_by_type("topic") is None
    assert patches.resolve_by_type("bestaat niet", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="bestaat niet"):
        patches.resolve_by_type("bestaat niet")


def test_action_gets_to_hear_what_it_heard_but_for_the_events() -> None:
    domain = Domain.load("domain.yml")
    spoken = UserUttered("in excel", {"name": "administratie_1"}, [{"entity": "personen", "value": {}}])
    tracker = DialogueStateTracker.from_events(
        "x", [ActiveLoop("scan"), SlotSet("personen", "1"), spoken], domain.slots, domain=domain
    )
    action = RemoteAction("scan", EndpointConfig("http://127.0.0.1", enable_selective_domain=True))
    expected = STOCK_FORMAT(action, tracker, domain)
    assert [event["event"] for event in expected["tracker"].pop("events")] == ["active_loop", "slot", "user"]
    found = patches.call_format(action, tracker, domain)
    assert found["tracker"].pop("events") == []
    assert found == expected
    assert found["tracker"]["slots"]["personen"] == "1"
    assert found["tracker"]["latest_message"]["text"] == "in excel"


@pytest.mark.parametrize(("domain", "empty"), [(Domain.empty(), True), (Domain.load("domain.yml"), False)])
def test_domain_is_empty_when_rasa_says_so(domain: Domain, empty: bool) -> None:
    assert STOCK_IS_EMPTY(domain) is empty
    assert patches.is_empty(domain) is empty


def test_copy_of_a_slot_is_what_python_makes_of_it_and_apart_from_it() -> None:
    slots = Domain.load("domain.yml").slots
    assert len(slots) > 20
    for slot in slots:
        copied = patches.copied_slot(slot)
        assert type(copied) is type(slot)
        assert vars(copied) == vars(copy.copy(slot))
        slot.value = "Zeist"
        assert copied.value != "Zeist"


def test_rasa_copies_for_messages_of_debug_only() -> None:
    tree = ast.parse(inspect.getsource(rasa.core.processor))
    messages = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug"
    ]
    spared = {id(part) for message in messages for part in ast.walk(message)}
    copies = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "copy"
    ]
    assert copies
    assert all(id(node) in spared for node in copies)
