"""publiccode.yml: catalogues of public code can read what this software is, and it says what is so."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from knowledge.languages import load_languages

SCHEMA = json.loads(Path(__file__).with_name("publiccode.schema.json").read_text())
TEXT = Path("publiccode.yml").read_text(encoding="utf-8")
# What the packages that the handbook of operations has installed are called there; None: comes along with another one.
PACKAGES = {
    "python3": "Python",
    "python3-venv": None,
    "git": "Git",
    "make": "GNU Make",
    "postgresql": "PostgreSQL",
    "redis-server": "Redis",
}


def described() -> dict[str, Any]:
    return yaml.safe_load(TEXT)


def test_keeps_to_the_standard() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(described(), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"publiccodeYmlVersion": "0.9"},
        {"url": "git@example.nl:product.git"},
        {"releaseDate": "26-11-2026"},
        {"categories": ["chatbot"]},
        {"platforms": []},
        {"maintenance": {"type": "internal"}},
        {"maintenance": {"type": "contract"}},
        {"maintenance": {"type": "none", "contractors": [{"name": "Een bedrijf", "until": "2027-01-01"}]}},
        {"supports": [{"id": "alias:avg"}]},
        {"description": {"nl": {"shortDescription": "Kort", "longDescription": "Te kort", "features": ["Iets"]}}},
        {"localisation": {"localisationReady": "ja", "availableLanguages": ["nl"]}},
        {"organisation": {"name": "Zonder adres"}},
    ],
)
def test_what_the_standard_forbids_is_found(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(described() | change, SCHEMA)


def test_licence_is_that_of_the_licence_file() -> None:
    assert described()["legal"]["license"] == "EUPL-1.2"
    assert Path("LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_version_is_that_of_the_product_and_of_the_changelog() -> None:
    version = tomllib.loads(Path("pyproject.toml").read_text())["project"]["version"]
    assert described()["softwareVersion"] == version
    assert f"## [{version}] - {described()['releaseDate']}\n" in Path("CHANGELOG.md").read_text()


def test_languages_are_those_of_the_frame() -> None:
    assert described()["localisation"]["availableLanguages"] == list(load_languages()), "publiccode.yml: name them all"


def dependencies() -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in described()["dependsOn"]["open"]}


def test_it_depends_on_what_the_handbook_has_installed() -> None:
    handbook = "\n".join(path.read_text(encoding="utf-8") for path in Path("docs/operations").glob("*.md"))
    packages = {word for words in re.findall(r"apt-get install ([a-z0-9 -]+)", handbook) for word in words.split()}
    assert {"Linux"} | {PACKAGES[package] for package in packages} - {None} == set(dependencies())


def test_versions_that_it_depends_on_are_those_of_the_product() -> None:
    wanted = tomllib.loads(Path("pyproject.toml").read_text())["project"]["requires-python"]
    assert wanted == f"=={dependencies()['Python']['version']}.*"
    handbook = Path("docs/operations/databases.md").read_text(encoding="utf-8")
    for name, version in re.findall(r"(PostgreSQL|Redis) ([0-9.]+) or\s+newer", handbook):
        assert dependencies()[name]["versionMin"] == version
        assert dependencies()[name]["optional"]
    assert len(re.findall(r"[0-9] or\s+newer", handbook)) == 2


def test_screenshots_are_there() -> None:
    pictures = [
        picture for language in described()["description"].values() for picture in language.get("screenshots", [])
    ]
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)
