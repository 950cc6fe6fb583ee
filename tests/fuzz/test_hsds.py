"""Whatever is asked of `/hsds`, the answer is one that its description knows, and says nothing of what was asked."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    status_code_conformance,
)

from api.hsds.description import PREFIX
from tests.api.hsds.conftest import guide
from tests.fuzz.conftest import tries

__all__ = ["guide"]

# What is in an answer is held to the official schemas by tests/api/hsds, which needs no network for it.
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance]
MARK = "kanarie-5f1e"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture(scope="module")
def ids(guide: TestClient) -> dict[str, str]:
    """One that is there, of each list."""
    return {name: guide.get(f"{PREFIX}/{name}").json()["contents"][0]["id"] for name in LISTS}


@pytest.fixture(scope="module")
def operations(guide: TestClient) -> list[APIOperation]:
    schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", guide.app)
    found = [result.ok() for result in schema.get_all_operations()]
    assert len(found) == 2 * len(LISTS) + 2
    return found


def try_out(operation: APIOperation, mode: GenerationMode, ids: dict[str, str]) -> None:
    @given(data=st.data())
    @tries(quick=3, thorough=200)
    def asked(data: st.DataObject) -> None:
        case: Any = data.draw(operation.as_strategy(mode), label=operation.label)
        if case.path_parameters and data.draw(st.booleans(), label="bestaat"):
            case.path_parameters["id"] = ids[operation.path.split("/")[1]]
        if data.draw(st.integers(0, 2), label="merk") == 0:
            case.query = {name: f"{value}{MARK}" for name, value in (case.query or {}).items()}
        response = case.call()
        case.validate_response(response, checks=CHECKS)
        assert MARK.encode() not in response.content
        assert response.headers["api-version"]

    asked()


# The interface answers in threads of this process, and what they draw by chance is taken for the strategy's doing.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning")
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_gets_an_answer_that_is_described(
    operations: list[APIOperation], ids: dict[str, str], mode: GenerationMode
) -> None:
    for operation in operations:
        if mode is GenerationMode.POSITIVE or operation.query:  # else nothing can be wrong with it
            try_out(operation, mode, ids)
