"""The package that everybody can download is what its description says."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.description.texts import LICENCE_NOT_CHOSEN, PUBLISHER, RIGHTS
from api.hsds.standard import TABLES, columns
from api.settings import Settings

REFERRING = {
    "service": ["organization"],
    "service_area": ["service", "service_at_location"],
    "service_at_location": ["service", "location"],
    "attribute": ["taxonomy_term"],
    "taxonomy_term": ["taxonomy"],
}


class Package:
    """The package with its description and its rows."""

    def __init__(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(archive.namelist())
        self.description: dict[str, Any] = json.loads(archive.read("datapackage.json"))
        self.resources = {resource["name"]: resource for resource in self.description["resources"]}
        self.rows = {
            name: list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode(), newline="")))
            for name, resource in self.resources.items()
        }


@pytest.fixture(scope="module")
def package(guide: TestClient) -> Package:
    response = guide.get("/hsds/export.zip")
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"] == 'attachment; filename="hsds.zip"'
    return Package(response.content)


def test_description_names_every_file(package: Package) -> None:
    assert package.description["profile"] == "tabular-data-package"
    assert package.description["version"] == "3.2"
    assert tuple(package.resources) == TABLES
    assert package.names == {"datapackage.json", *(resource["path"] for resource in package.resources.values())}
    assert package.resources["service"]["path"] == "services.csv"


@pytest.mark.parametrize("table", TABLES)
def test_columns_and_values_are_as_described(package: Package, table: str) -> None:
    fields = {field["name"]: field for field in package.resources[table]["schema"]["fields"]}
    rows = package.rows[table]
    assert rows
    assert all(list(row) == list(fields) for row in rows)
    for name, field in fields.items():
        values, constraints = [row[name] for row in rows], field["constraints"]
        filled = [value for value in values if value]
        assert not (constraints["required"] and "" in values), name
        assert not (constraints["unique"] and len(filled) > len(set(filled))), name
        assert set(filled) <= set(constraints.get("enum", filled)), name


def test_description_says_that_no_licence_is_chosen_and_whose_standard_it_is(package: Package) -> None:
    told = package.description
    assert told["licenses"] == [{"path": LICENCE_NOT_CHOSEN, "title": RIGHTS}]
    assert told["contributors"] == [{"title": PUBLISHER, "role": "publisher"}]
    assert "CC BY-SA 4.0" in told["sources"][0]["title"]
    assert "homepage" not in told  # the address of the product is not known


def test_homepage_is_where_people_read_the_same(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    app = create_app(Settings(database_url=url, public_url="https://hulp.example.nl/"))
    client = TestClient(app, base_url="https://hulp.example.nl")
    homepage = Package(client.get("/hsds/export.zip").content).description["homepage"]
    assert homepage.startswith("https://hulp.example.nl/")
    assert client.get(homepage).status_code == 200


def is_uri(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and not re.search(r"[\s<>\"{}|\\^`]", text)


# Types and formats of Table Schema: https://specs.frictionlessdata.io/table-schema/#types-and-formats
WELL_FORMED: dict[tuple[str, str], Callable[[str], object]] = {
    ("string", "default"): bool,
    ("string", "uuid"): re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch,
    ("string", "uri"): is_uri,
    ("string", "email"): re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+").fullmatch,
    ("number", "default"): re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN").fullmatch,
    ("date", "default"): lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text) and parsed(date, text),
    # HSDS wants milliseconds, which Table Schema does not forbid in a moment of ISO 8601.
    ("datetime", "default"): lambda text: (
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text) and parsed(datetime, text)
    ),
}


def parsed(kind: type[date], text: str) -> bool:
    try:
        return bool(kind.fromisoformat(text))
    except ValueError:
        return False


def malformed(field: dict[str, Any], values: list[str]) -> list[str]:
    """Values that are not of the type and format of their field."""
    test = WELL_FORMED[field["type"], field.get("format", "default")]
    return [value for value in values if value and not test(value)]


@pytest.mark.parametrize("table", TABLES)
def test_values_are_of_the_type_and_format_that_is_described(package: Package, table: str) -> None:
    for field in package.resources[table]["schema"]["fields"]:
        assert malformed(field, [row[field["name"]] for row in package.rows[table]]) == [], field["name"]


@pytest.mark.parametrize("table", TABLES)
def test_types_are_those_of_the_standard(package: Package, table: str) -> None:
    described = {field["name"]: field for field in package.resources[table]["schema"]["fields"]}
    for name, said in columns(table).items():
        assert described[name]["type"] == said.get("datapackage_type", said["type"]), name
        if "datapackage_type" not in said:
            assert described[name].get("format") == said.get("format"), name


@pytest.mark.parametrize(
    ("kind", "form", "good", "bad"),
    [
        ("string", "uuid", "a8114f9b-3e02-5d10-b636-29baa4318b39", "kvk"),
        ("string", "uri", "https://www.kvk.nl/", "www.kvk.nl"),
        ("string", "uri", "https://www.kvk.nl/", "https://www.kvk.nl/een adres"),
        ("string", "email", "info@kvk.nl", "info bij kvk.nl"),
        ("number", None, "52.1", "52,1"),
        ("date", None, "2024-05-01", "2024-05"),
        ("date", None, "2024-05-01", "2024-02-30"),
        ("datetime", None, "2026-11-26T12:00:00.000Z", "2026-11-26"),
        ("datetime", None, "2026-11-26T12:00:00.000Z", "2026-11-26T25:00:00.000Z"),
    ],
)
def test_what_is_malformed_is_found(kind: str, form: str | None, good: str, bad: str) -> None:
    field = {"type": kind} | ({"format": form} if form else {})
    assert malformed(field, [good, "", bad]) == [bad]


@pytest.mark.parametrize(("table", "others"), REFERRING.items())
def test_what_is_referred_to_is_there(package: Package, table: str, others: list[str]) -> None:
    keys = package.resources[table]["schema"]["foreignKeys"]
    assert [key["reference"]["resource"] for key in keys] == others
    for key in keys:
        known = {row["id"] for row in package.rows[key["reference"]["resource"]]}
        assert {row[key["fields"]] for row in package.rows[table]} - {""} <= known
