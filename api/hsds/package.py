"""The tables as one file: a Tabular Data Package, which is a zip with a description and a CSV file per table."""

import csv
import io
import json
import zipfile
import zlib
from typing import Any

from api.description.texts import LICENCE_NOT_CHOSEN, PUBLISHER, RIGHTS
from api.hsds.reading import BadPackage
from api.hsds.standard import PROFILE, TABLES, VERSION, columns, schema
from api.hsds.tables import Row, Tables

MEDIA_TYPE = "application/zip"
DESCRIPTION = "datapackage.json"
LARGEST_TABLE = 50 * 1024 * 1024  # bytes of one file, unpacked
_MADE = (1980, 1, 1, 0, 0, 0)  # of every file in it, so that the same tables give the same zip
_STANDARD = f"HSDS {VERSION} van Open Referral, CC BY-SA 4.0: de namen van velden en hun beschrijving"
_BROKEN = "Dit is geen pakket van HSDS, of het is beschadigd. Maak het opnieuw met make hsds-export."


def homepage(public_url: str) -> str:
    """Where people read what is in the package; empty when the address of the product is not known."""
    return f"{public_url.rstrip('/')}/initiatieven" if public_url else ""


def pack(tables: Tables, page: str = "") -> bytes:
    """The tables as a zip, the same for the same tables. `page` is where people read them, when known."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files(tables, page).items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(data: bytes) -> Tables:
    """The tables in a zip. Raises BadPackage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {table: _read(archive, table) for table in TABLES}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadPackage(_BROKEN) from error
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise BadPackage(_BROKEN) from error


def _files(tables: Tables, page: str) -> dict[str, str]:
    described = json.dumps(_description(page), ensure_ascii=False, indent=2) + "\n"
    return {DESCRIPTION: described} | {schema(name)["path"]: _csv(name, tables[name]) for name in TABLES}


def _csv(table: str, rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns(table)))  # what a row does not have is left empty
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _read(archive: zipfile.ZipFile, table: str) -> list[Row]:
    with archive.open(schema(table)["path"]) as file:
        content = file.read(LARGEST_TABLE + 1)
    if len(content) > LARGEST_TABLE:
        raise BadPackage(_BROKEN)
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if missing := set(columns(table)) - set(reader.fieldnames or ()):
        raise BadPackage(f"In {schema(table)['path']} ontbreekt de kolom {min(missing)}. {_BROKEN}")
    return [{name: row[name] or None for name in columns(table)} for row in reader]


def _description(page: str) -> dict[str, Any]:
    """What is in the package, as the Data Package standard wants it told."""
    return {
        "profile": "tabular-data-package",
        "name": "digitale-hulp-regio-utrecht",
        "title": "Digitale hulp voor ondernemers in de regio Utrecht",
        "description": f"De initiatieven als Human Services Data Specification (HSDS) {VERSION}. {RIGHTS}",
        "version": VERSION,
        **({"homepage": page} if page else {}),
        "licenses": [{"path": LICENCE_NOT_CHOSEN, "title": RIGHTS}],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "sources": [{"title": _STANDARD, "path": PROFILE}],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: str) -> dict[str, Any]:
    official = schema(table)
    told = official["datapackage_metadata"]
    return {
        "name": table,
        "path": official["path"],
        "description": official["description"],
        "profile": told["profile"],
        "format": told["format"],
        "mediatype": told["mediatype"],
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(table, name, said) for name, said in columns(table).items()],
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": f"{other}_id", "reference": {"resource": other, "fields": "id"}}
                for other in TABLES
                if f"{other}_id" in columns(table)
            ],
        },
    }


def _field(table: str, name: str, said: dict[str, Any]) -> dict[str, Any]:
    official = schema(table)
    required = name in (*official.get("required", ()), *official.get("tabular_required", ()))
    constraints: dict[str, Any] = {"required": required, "unique": said["constraints"]["unique"]}
    if "enum" in said:
        constraints["enum"] = said["enum"]
    kind = said.get("datapackage_type", said["type"])
    found = {"name": name, "type": kind, "title": said["title"], "description": said["description"]}
    if kind == "string" and "format" in said:
        found["format"] = said["format"]
    return {**found, "constraints": constraints}
