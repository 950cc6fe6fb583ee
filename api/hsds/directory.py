"""The tables of one moment as the interface shows them: objects with what belongs to them in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from api.hsds.package import pack
from api.hsds.tables import Row, Tables
from knowledge.word_search import WordSearch

Item = dict[str, Any]

_NAME, _TEXT = 3.0, 1.0  # how much a word counts in a search


@dataclass(frozen=True)
class Directory:
    """Everything that the interface gives, whole and in the order of the catalogue."""

    tables: Tables
    homepage: str = ""
    services: dict[str, Item] = field(init=False)
    organizations: dict[str, Item] = field(init=False)
    service_at_locations: dict[str, Item] = field(init=False)
    taxonomies: dict[str, Item] = field(init=False)
    taxonomy_terms: dict[str, Item] = field(init=False)

    def __post_init__(self) -> None:
        """Put everything where it belongs."""
        made = _Nesting(self.tables)
        for name in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
            object.__setattr__(self, name, {item["id"]: item for item in getattr(made, name)})

    @cached_property
    def package(self) -> bytes:
        """The whole as a zip."""
        return pack(self.tables, self.homepage)

    @cached_property
    def search(self) -> WordSearch:
        """Look-up of everything that has words, by id."""
        every = (self.services, self.organizations, self.taxonomies, self.taxonomy_terms)
        found = {item["id"]: list(_texts(item)) for items in every for item in items.values()}
        for item in self.service_at_locations.values():
            found[item["id"]] = [*found[item["service_id"]], (_TEXT, item["location"].get("description", ""))]
        return WordSearch(found)


def brief(item: Item) -> Item:
    """An object without the lists of objects in it."""
    return {name: value for name, value in item.items() if not isinstance(value, list)}


def _texts(item: Item) -> Iterator[tuple[float, str]]:
    for name, weight in (("name", _NAME), ("alternate_name", _NAME), ("description", _TEXT)):
        yield weight, item.get(name, "")
    yield _TEXT, item.get("eligibility_description", "")
    for attribute in item.get("attributes", ()):
        yield _TEXT, attribute["taxonomy_term"]["name"]
    for area in item.get("service_areas", ()):
        yield _TEXT, area["name"]


class _Nesting:
    """Objects made of rows; empty columns are left out."""

    def __init__(self, tables: Tables) -> None:
        self.taxonomies = [_item(row) for row in tables["taxonomy"]]
        taxonomies = {item["id"]: item for item in self.taxonomies}
        self.taxonomy_terms = [
            {**item, "taxonomy_detail": taxonomies[item["taxonomy_id"]]} for item in map(_item, tables["taxonomy_term"])
        ]
        terms = {item["id"]: item for item in self.taxonomy_terms}
        locations = {row["id"]: _item(row) for row in tables["location"]}
        organizations = {row["id"]: _item(row) for row in tables["organization"]}
        areas = _grouped(map(_item, tables["service_area"]), "service_id")
        at_locations = _grouped(
            (
                {**item, "location": locations[item["location_id"]]}
                for item in map(_item, tables["service_at_location"])
            ),
            "service_id",
        )
        attributes = _grouped(
            ({**item, "taxonomy_term": terms[item["taxonomy_term_id"]]} for item in map(_item, tables["attribute"])),
            "link_id",
        )
        self.services = [
            {
                **item,
                "organization": organizations[item["organization_id"]],
                "service_areas": areas[item["id"]],
                "service_at_locations": at_locations[item["id"]],
                "attributes": attributes[item["id"]],
            }
            for item in map(_item, tables["service"])
        ]
        offered = _grouped(self.services, "organization_id")
        self.organizations = [{**item, "services": offered[item["id"]]} for item in organizations.values()]
        self.service_at_locations = [
            {**item, "service": brief(service), "service_areas": service["service_areas"]}
            for service in self.services
            for item in service["service_at_locations"]
        ]


def _item(row: Row) -> Item:
    return {name: value for name, value in row.items() if value is not None}


def _grouped(items: Iterable[Item], by: str) -> defaultdict[str, list[Item]]:
    found = defaultdict[str, list[Item]](list)
    for item in items:
        found[item[by]].append(item)
    return found


Test = Callable[[Item], bool]


def has_term(term: str) -> Test:
    """Tells services that have a term of a taxonomy."""
    return lambda service: any(attribute["taxonomy_term_id"] == term for attribute in service["attributes"])


def has_taxonomy(taxonomy: str) -> Test:
    """Tells services that have any term of a taxonomy."""
    return lambda service: any(
        attribute["taxonomy_term"]["taxonomy_id"] == taxonomy for attribute in service["attributes"]
    )
