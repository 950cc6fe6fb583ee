"""The catalogue as the tables of the standard: one row per object, with what the standard has a column for.

`docs/hsds.md` says which field of the catalogue stands where. `reading.py` reads the tables back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from api.hsds.standard import TABLES, identifier
from api.hsds.terms import FIELD, spelt, taxonomies
from api.initiatives.words import area
from knowledge.base import Knowledge
from knowledge.catalogue import Catalogue, Initiative
from knowledge.words import words

Row = dict[str, str | None]
Tables = dict[str, list[Row]]

INTERNAL = ("toelichting",)  # for the working group, so not in what everybody gets
UNKNOWN_ORGANIZATION = identifier("organization")
YES, NO = "ja", "nee"
_LISTED = ("thema", "fase", "grootte")
_TEXTS = ("ookBekendAls", "nietBekend", "bronnen")
_SINGLE = ("opvolger", "begin", "einde", "laatsteLevensteken", "toelichting")
_ONLINE = "online"
_TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/{}"  # register of the Dutch government


def tables(knowledge: Knowledge, catalogue: Catalogue, today: date, *, internal: bool) -> Tables:
    """The tables of a catalogue on a day, which decides what is active.

    `internal` tells whether fields are in them that only the working group reads.
    """
    made: Tables = {name: [] for name in TABLES}
    made["organization"] = list(_organizations(catalogue))
    for taxonomy in taxonomies(knowledge).values():
        made["taxonomy"].append({"id": taxonomy.id, "name": taxonomy.name, "description": taxonomy.description})
        made["taxonomy_term"] += [
            {
                "id": taxonomy.term_id(code),
                "code": spelt(taxonomy.code, code),
                "name": title,
                "description": title,
                "taxonomy": taxonomy.name,
                "language": "nl",
                "taxonomy_id": taxonomy.id,
            }
            for code, title in taxonomy.terms.items()
            if internal or code not in INTERNAL
        ]
    for entry in catalogue:
        made["service"].append(_service(entry, today))
        made["service_area"] += _areas(knowledge, entry)
        made["attribute"] += _attributes(knowledge, entry, internal=internal)
        if entry.waar is not None:
            location = _location(entry, entry.waar)
            made["location"].append(location)
            made["service_at_location"].append(
                {
                    "id": identifier("service_at_location", entry.id),
                    "service_id": service_id(entry),
                    "location_id": location["id"],
                }
            )
    return made


def service_id(entry: Initiative) -> str:
    """Id of an initiative in the standard."""
    return identifier("service", entry.id)


def _organization_id(owner: str | None) -> str:
    return UNKNOWN_ORGANIZATION if owner is None else identifier("organization", owner)


def _organizations(catalogue: Catalogue) -> Iterator[Row]:
    """Who runs initiatives: the standard wants somebody at each, so what is not known has an entry too."""
    offered: dict[str | None, list[str]] = {}
    for entry in catalogue:
        offered.setdefault(entry.eigenaar, []).append(entry.naam)
    for owner, names in offered.items():
        yield {
            "id": _organization_id(owner),
            "name": "Nog niet bekend" if owner is None else owner,
            "description": (
                "Van deze initiatieven weten we nog niet wie ze aanbiedt."
                if owner is None
                else f"Biedt aan: {', '.join(names)}."
            ),
        }


def _service(entry: Initiative, today: date) -> Row:
    ended = entry.status != "actief"
    return {
        "id": service_id(entry),
        "organization_id": _organization_id(entry.eigenaar),
        "name": entry.naam,
        "alternate_name": ", ".join(entry.ookBekendAls) or None,
        "description": entry.biedt,
        "url": entry.url,
        "status": "defunct" if ended else "active" if entry.running(today) else "inactive",
        "fees_description": entry.kosten,
        "eligibility_description": entry.voorWie,
        "assured_date": f"{entry.gezien}-01",  # a month is known, the standard wants a day
    }


def _areas(knowledge: Knowledge, entry: Initiative) -> Iterator[Row]:
    for index, code in enumerate(entry.regio):
        yield {
            "id": identifier("service_area", entry.id, str(index), code),
            "service_id": service_id(entry),
            "name": area(knowledge, code),
            "extent": code,
            "extent_type": "text",
            "uri": _TOOI.format(code.lower()) if code.startswith("GM") else None,
        }


def _location(entry: Initiative, where: str) -> Row:
    virtual = _ONLINE in words(where)
    return {
        "id": identifier("location", entry.id),
        "location_type": "virtual" if virtual else "physical",
        "url": entry.url if virtual else None,
        "description": where,
    }


def _attributes(knowledge: Knowledge, entry: Initiative, *, internal: bool) -> Iterator[Row]:
    known, used = taxonomies(knowledge), Counter[tuple[str, str]]()
    for taxonomy, code, value in _facts(entry):
        if code in INTERNAL and not internal:
            continue
        used[taxonomy, code] += 1
        yield {
            "id": identifier("attribute", entry.id, taxonomy, code, str(used[taxonomy, code])),
            "link_id": service_id(entry),
            "taxonomy_term_id": known[taxonomy].term_id(code),
            "link_type": taxonomy,
            "link_entity": "service",
            "value": value,
            "label": known[taxonomy].name,
        }


def _facts(entry: Initiative) -> Iterator[tuple[str, str, str | None]]:
    """Taxonomy, code and value of everything that has no column, in an order that lists keep."""
    yield FIELD, "id", entry.id
    for name in ("groep", "soort", "status"):
        yield name, getattr(entry, name), None
    for name in _LISTED:
        codes: Iterable[str] = getattr(entry, name)
        yield from ((name, code, None) for code in codes)
    if entry.contact is not None:
        yield "contact", entry.contact.soort, entry.contact.waarde
    yield FIELD, "verwijst", YES if entry.verwijst else NO
    for name in _TEXTS:
        texts: Iterable[str] = getattr(entry, name)
        yield from ((FIELD, name, text) for text in texts)
    for name in _SINGLE:
        value = getattr(entry, name)
        if value is not None:
            yield FIELD, name, str(value)
