"""The product is made of what may be used under, and given along with, the EUPL-1.2; the lists of it are up to date."""

import hashlib
import json
import re
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.quality.components import Component, acceptable, components, licence, package_locks, rules
from tests.quality.foreign_files import foreign, tracked
from tests.quality.sbom import PAGE, SBOM, page, sbom

SCHEMAS = "56c5fa53404eb3d40f78626969f20d7b4d45fa640da8641993baa30cd9628df3"
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


def unlisted(files: list[Path], root: Path = Path()) -> set[Path]:
    """Those of others that licences.yaml does not name, by themselves or by a folder around them."""
    named = [Path(entry["path"]) for entry in rules()["bundled"]]
    return {
        path
        for path in foreign(files, root)
        if not any(path.is_relative_to(one) or path == Path(f"{one}.license") for one in named)
    }


def test_files_of_others_are_in_the_list() -> None:
    files = tracked()
    found = set(foreign(files))
    assert {Path("api/fonts"), Path("api/hsds/schemas"), Path("api/hsds/schemas/service.json")} <= found
    assert unlisted(files) == set(), "name them under bundled in licences.yaml, and run make sbom"


@pytest.mark.parametrize(
    ("name", "content", "is_of_others"),
    [
        ("api/lijst/codes.json", '{"$id": "https://voorbeeld.org/codes.json"}', True),
        ("api/lijst/codes.json", '{"$schema": "https://voorbeeld.org/vorm.json"}', True),
        ("api/lijst/codes.json", '{"$schema": "https://json-schema.org/draft/2020-12/schema"}', False),
        ("api/lijst/codes.json", "[]", False),
        ("api/lijst/README.md", "From elsewhere, under Creative Commons Attribution 4.0.", True),
        ("api/lijst/README.md", "What is in this folder.", False),
        ("api/lijst/LICENSE.txt", "MIT License", True),
        ("api/lijst/NOTICE", "Licensed under the Apache License", True),
        ("api/lijst/codes.yaml", "# SPDX-License-Identifier: MIT", True),
        ("api/lijst/codes.js", "/*! @license of somebody */", True),
        ("api/lijst/codes.js", "let licence;", False),
        ("README.md", "Under Creative Commons.", False),
        ("api/hsds/schemas/nieuw.json", '{"$id": "https://voorbeeld.org/codes.json"}', False),
    ],
)
def test_file_of_others_is_found_by_what_it_says(tmp_path: Path, name: str, content: str, is_of_others: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    assert bool(unlisted([Path(name)], tmp_path)) is is_of_others


def test_schemas_of_others_are_unchanged() -> None:
    """Their licence asks who changes them to say so, and to give the changes under it."""
    files = sorted(Path("api/hsds/schemas").glob("*.json"))
    found = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert found == SCHEMAS, "say in README.md beside them of which commit they are now, and put its digest here"
    told = Path("api/hsds/schemas/README.md").read_text()
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in told
    assert "unchanged" in told
