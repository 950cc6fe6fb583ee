"""The check against the official schemas finds what is wrong."""

from typing import Any

import pytest
from referencing.exceptions import Unresolvable

from tests.api.hsds.official import faults, page_faults

SERVICE = {"id": "5d2b4371-7ed1-5c4b-82e2-5379f79ba367", "name": "KVK", "status": "active"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "kvk"},
        {"status": "gestopt"},
        {"name": None},
        {"naam": "KVK"},
        {"service_areas": [{"name": "Zonder id"}]},
        {"service_areas": [{"id": SERVICE["id"], "naam": "Zeist"}]},
    ],
)
def test_a_fault_is_found(wrong: dict[str, Any]) -> None:
    assert faults("service", SERVICE) == []
    assert faults("service", SERVICE | wrong)


def test_object_without_a_schema_here_does_not_pass() -> None:
    with pytest.raises(Unresolvable):
        faults("service", SERVICE | {"phones": [{"id": SERVICE["id"]}]})


def test_page_that_does_not_say_whether_it_is_empty() -> None:
    assert page_faults({"total_items": 0})
