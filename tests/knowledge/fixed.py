"""The initiatives of the agreement alone, for tests of rules: what a region adds or changes is no fault."""

from dataclasses import replace
from typing import Any

import msgspec

from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.catalogue_folder import Edition
from tests.knowledge.agreed import INITIATIVES

FACTS = ("groep", "soort", "status", "gezien", "verwijst", "regio", "thema", "fase", "grootte", "einde", "opvolger")


def with_agreed_initiatives(knowledge: Knowledge) -> Knowledge:
    """The same data, but of the initiatives only those that were agreed, with the facts that were agreed."""
    return replace(knowledge, editions=Edition(tuple(_as_agreed(knowledge, one) for one in INITIATIVES), "afgesproken"))


def _as_agreed(knowledge: Knowledge, agreed: dict[str, Any]) -> Initiative:
    found = knowledge.initiative(agreed["id"])
    assert found is not None, f"{agreed['id']} is agreed with others: it may stop, but its file stays"
    facts = {name: agreed.get(name) for name in FACTS}
    as_read = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    return msgspec.structs.replace(found, **as_read, begin=None)
