"""The list of changes is the one in the documentation, and the newest version is the one that answers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.description.changelog import read, versions
from api.description.document import BASE
from api.headers import API_VERSION

OPERATIONS = Path(__file__).with_name("operations.yaml")


def test_newest_version_is_the_one_that_answers() -> None:
    assert versions()[0].number == API_VERSION
    numbers = [tuple(map(int, version.number.split("."))) for version in versions()]
    assert numbers == sorted(numbers, reverse=True)


def test_operation_that_comes_or_goes_has_a_version_that_names_it(described: dict[str, Any]) -> None:
    kept: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(OPERATIONS.read_text())
    assert list(kept) == [version.number for version in reversed(versions())]
    there: set[tuple[str, str]] = set()
    for version in reversed(versions()):
        named = {piece for change in version.changes for piece in change[1::2]}
        changes = kept[version.number]
        for path in {**changes.get("new", {}), **changes.get("gone", {})}:
            assert f"{BASE}{path}" in named, version.number
        there |= {(method, path) for path, methods in changes.get("new", {}).items() for method in methods}
        there -= {(method, path) for path, methods in changes.get("gone", {}).items() for method in methods}
    assert there == {(method, path) for path, item in described["paths"].items() for method in item}


def test_changes_are_read_with_the_code_in_them() -> None:
    (version,) = read("# Titel\n\nInleiding.\n\n## 2.0.0 (2027-01-31)\n\n- Weg: `/v1/oud`,\n  al lang.\n- Nieuw.\n")
    assert (version.number, version.day) == ("2.0.0", date(2027, 1, 31))
    assert version.changes == (("Weg: ", "/v1/oud", ", al lang."), ("Nieuw.",))


@pytest.mark.parametrize(
    "text", ["## 2.0 (2027-01-31)\n\n- x\n", "## 2.0.0\n\n- x\n", "## 2.0.0 (2027-01-31)\n\nEen zin.\n"]
)
def test_text_of_another_form_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(ValueError, match=r"Schrijf|Begin"):
        read(text)
