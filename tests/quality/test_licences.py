"""The product is made of what may be used under, and given along with, the EUPL-1.2; the lists of it are up to date."""

import json
import re
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.quality.components import Component, acceptable, components, licence, package_locks, rules
from tests.quality.sbom import PAGE, SBOM, page, sbom

STALE = "run make sbom and commit both files"


@pytest.fixture(scope="module")
def found() -> list[Component]:
    return components()


def of_exceptions() -> dict[str, str]:
    return {name: each["licence"] for each in rules()["exceptions"] for name in each["packages"]}


def test_every_licence_is_allowed_or_an_exception_with_a_reason(found: list[Component]) -> None:
    excepted = of_exceptions()
    refused = [
        f"{each.name} {each.version}: {each.licence or 'says nothing'}"
        for each in found
        if not acceptable(each.licence, rules()["allowed"]) and excepted.get(each.name) != each.licence
    ]
    assert refused == []
    assert all(each["why"] for each in rules()["exceptions"])


def test_exceptions_and_corrections_are_still_needed(found: list[Component]) -> None:
    used = {each.name: each.licence for each in found}
    assert of_exceptions().items() <= used.items()
    assert set(rules()["packages"]) <= used.keys()


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("(MIT OR GPL-3.0-only) AND SSPL-1.0", False),
        ("", False),
    ],
)
def test_expressions(expression: str, verdict: bool) -> None:
    assert acceptable(expression, ["MIT", "Apache-2.0"]) is verdict


@pytest.mark.parametrize(
    ("metadata", "found"),
    [
        ("License-Expression: MIT-0\nLicense: Other", "MIT-0"),
        ("License: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License", "BSD-3-Clause"),
        ("Classifier: License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("Classifier: License :: Other/Proprietary License", "Other/Proprietary License"),
        ("Summary: Says nothing", ""),
    ],
)
def test_licence_of_a_package_is_read_from_what_it_says(tmp_path: Path, metadata: str, found: str) -> None:
    folder = tmp_path / "example-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: example\nVersion: 1.0\n{metadata}\n")
    package: Distribution = PathDistribution(folder)
    assert licence(package) == found


def test_what_stands_in_the_repository_is_there(found: list[Component]) -> None:
    assert all(Path(path).exists() for each in found if each.kind == "bundled" for path in each.used_in)


def test_lists_are_of_the_locks_as_they_are(found: list[Component]) -> None:
    assert SBOM.read_text() == sbom(found), f"{SBOM}: {STALE}"
    assert PAGE.read_text() == page(found), f"{PAGE}: {STALE}"


def test_list_for_programs_is_valid() -> None:
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(SBOM.read_text())
    # Not the fault itself, with which pytest would show the whole schema.
    said = "" if fault is None else fault.data.message[:200]
    assert said == ""


def test_list_names_what_runs_and_what_does_not() -> None:
    scopes = {each["name"]: each["scope"] for each in json.loads(SBOM.read_text())["components"]}
    assert {name: scopes[name] for name in ("fastapi", "rasa", "lean-qr", "pytest-cov", "esbuild", "axe-core")} == {
        "fastapi": "required",
        "rasa": "required",
        "lean-qr": "required",
        "pytest-cov": "excluded",
        "esbuild": "excluded",
        "axe-core": "excluded",
    }


def test_no_list_or_lock_names_where_packages_are_fetched() -> None:
    files = [SBOM, PAGE, *package_locks(), Path("requirements.txt"), Path("bot/requirements.txt")]
    address = re.compile(r"\"resolved\"|--index-url|https?://[^\s\"]*(npm|pypi)")
    assert len(files) > 6
    assert [str(path) for path in files if address.search(path.read_text())] == []
