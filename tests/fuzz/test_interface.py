"""Whatever anybody sends to `/v1`, the answer is one that the description knows, and says nothing of what was sent."""

import time
from typing import Any

import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.conftest import tries
from tests.fuzz.interface import EVERYWHERE, Interface, Role

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
MARK = "kanarie-5f1e"
MOST_SECONDS = 2.0  # of this process: what others on the machine take does not count
ROLES = ("niemand", "vreemde", "ondernemer", "apparaat", "eigenaar")


@pytest.fixture(scope="module")
def interface(tmp_path_factory: pytest.TempPathFactory) -> Interface:
    return Interface(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def operations(interface: Interface) -> list[APIOperation]:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", interface.gateway.app)
    found = [result.ok() for result in schema.get_all_operations()]
    assert len(found) > 25
    return found


def role_of(interface: Interface, name: str) -> Role:
    return next(role for role in interface.roles if role.name == name)


def marked(value: Any) -> Any:
    """The same with a mark in every text, which no answer may repeat."""
    if isinstance(value, str):
        return value + MARK
    if isinstance(value, list):
        return [marked(part) for part in value]
    if isinstance(value, dict):
        return {name: marked(part) for name, part in value.items()}
    return value


def aimed(case: Case, role: Role, data: st.DataObject) -> None:
    """Make somebody of the role send this: often about what there is, now and then with a mark in it."""
    for name in case.path_parameters or {}:
        known = {**EVERYWHERE, **role.knows}.get(name)
        if known and data.draw(st.integers(0, 3), label="bestaat"):
            case.path_parameters[name] = known
    if data.draw(st.integers(0, 2), label="merk") == 0:
        case.body = marked(case.body)
        case.query = marked(case.query)


def send(interface: Interface, case: Case, role: Role) -> None:
    started = time.process_time()
    response = case.call(headers=role.headers)
    assert time.process_time() - started < MOST_SECONDS
    case.validate_response(response, checks=CHECKS)
    assert MARK not in response.text
    assert response.headers["api-version"]
    assert response.headers["x-content-type-options"] == ["nosniff"]


def try_out(interface: Interface, operation: APIOperation, role: Role, mode: GenerationMode) -> None:
    @given(data=st.data())
    @tries(quick=4, thorough=150)
    def sent(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(mode), label=operation.label)
        aimed(case, role, data)
        send(interface, case, role)

    sent()


# The interface answers in threads of this process, and what they draw by chance is taken for the strategy's doing.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning")
@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_sent_gets_an_answer_that_is_described(
    interface: Interface, operations: list[APIOperation], name: str, mode: GenerationMode
) -> None:
    for operation in operations:
        if mode is GenerationMode.POSITIVE or operation.body or operation.query:  # else nothing can be wrong with it
            try_out(interface, operation, role_of(interface, name), mode)
