"""The package that everybody can download is what its description says."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.hsds.standard import TABLES

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


@pytest.mark.parametrize(("table", "others"), REFERRING.items())
def test_what_is_referred_to_is_there(package: Package, table: str, others: list[str]) -> None:
    keys = package.resources[table]["schema"]["foreignKeys"]
    assert [key["reference"]["resource"] for key in keys] == others
    for key in keys:
        known = {row["id"] for row in package.rows[key["reference"]["resource"]]}
        assert {row[key["fields"]] for row in package.rows[table]} - {""} <= known
