"""The tables of the standard, as `tables.py` makes them, back to entries of the catalogue."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from api.hsds import terms
from api.hsds.tables import UNKNOWN_ORGANIZATION, YES, Row, Tables
from knowledge.catalogue import Catalogue, Initiative, entry_problems
from knowledge.loading import Document, KnowledgeError, Problem, convert

_MONTH = 7  # characters of "2024-05", the month in a day
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # it becomes the name of a file
_LISTS = ("thema", "fase", "grootte", "ookBekendAls", "nietBekend", "bronnen")
_NOT_OURS = "Lees alleen pakketten in die met dit product zijn gemaakt."


class BadPackage(Exception):
    """A package that holds no catalogue; says why and what to do, in Dutch."""


def catalogue(tables: Tables) -> Catalogue:
    """The initiatives in the tables, in their order. Raises BadPackage."""
    try:
        entries = tuple(_Reader(tables).entries())
    except KnowledgeError as error:
        raise BadPackage(str(error)) from error
    except LookupError as error:
        raise BadPackage(f"In het pakket wordt iets genoemd dat er niet in staat ({error}). {_NOT_OURS}") from error
    if len({entry.id for entry in entries}) < len(entries):
        raise BadPackage(f"Een initiatief staat er twee keer in. {_NOT_OURS}")
    return entries


class _Reader:
    """The tables by what they belong to."""

    def __init__(self, tables: Tables) -> None:
        self._services = tables["service"]
        self._organizations = {row["id"]: row for row in tables["organization"]}
        self._codes = {row["id"]: terms.read(row["code"] or "") for row in tables["taxonomy_term"]}
        self._areas, self._attributes = defaultdict[str, list[Row]](list), defaultdict[str, list[Row]](list)
        for row in tables["service_area"]:
            self._areas[row["service_id"] or ""].append(row)
        for row in tables["attribute"]:
            self._attributes[row["link_id"] or ""].append(row)
        locations = {row["id"]: row for row in tables["location"]}
        self._where = {row["service_id"]: locations[row["location_id"]] for row in tables["service_at_location"]}

    def entries(self) -> list[Initiative]:
        found, problems = [], list[Problem]()
        for row in self._services:
            fields = self._fields(row)
            document = Document(Path(f"initiatives/{fields.get('id', row['name'])}.yaml"), fields, None)
            try:
                entry = convert(document, Initiative)
            except KnowledgeError as error:
                problems += error.problems
                continue
            if not _ID.fullmatch(entry.id):
                what = "Dit kan geen naam van een bestand zijn."
                problems.append(document.problem(("id",), what, "Gebruik kleine letters, cijfers en streepjes."))
            problems += entry_problems(document, entry)
            found.append(entry)
        if problems:
            raise KnowledgeError(problems)
        return found

    def _fields(self, row: Row) -> dict[str, Any]:
        """The fields of an entry as its file would have them; what is not there is left out."""
        service = row["id"] or ""
        fields: dict[str, Any] = {
            "naam": row["name"] or "",
            "biedt": row["description"] or "",
            "url": row["url"],
            "kosten": row["fees_description"],
            "voorWie": row["eligibility_description"],
            "gezien": (row["assured_date"] or "")[:_MONTH],
            "regio": [area["extent"] for area in self._areas[service]],
            **{name: [] for name in _LISTS},
        }
        owner = row["organization_id"]
        fields["eigenaar"] = None if owner == UNKNOWN_ORGANIZATION else self._organizations[owner]["name"]
        fields["waar"] = self._where[service]["description"] if service in self._where else None
        for attribute in self._attributes[service]:
            taxonomy, code = self._codes[attribute["taxonomy_term_id"]]
            _add(fields, taxonomy, code, attribute["value"])
        return fields


def _add(fields: dict[str, Any], taxonomy: str, code: str, value: str | None) -> None:
    """Put what an attribute says where an entry has it."""
    name, said = (code, value or "") if taxonomy == terms.FIELD else (taxonomy, code)
    if name in _LISTS:
        fields[name].append(said)
    elif name == "contact":
        fields[name] = {"soort": code, "waarde": value}
    elif name == "verwijst":
        fields[name] = said == YES
    else:
        fields[name] = said
