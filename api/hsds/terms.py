"""The code lists of the catalogue as taxonomies, and the fields for which the standard has no place as one more.

A code is unique in all of a package, as the standard asks, so each starts with the name of its taxonomy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from api.hsds.standard import identifier
from api.initiatives import words
from knowledge.base import Knowledge

FIELD = "veld"  # taxonomy of the fields that the standard has no place for
_FIELDS = {
    "id": "Naam van het initiatief in de catalogus",
    "verwijst": "Of de assistent ondernemers naar het initiatief verwijst: ja of nee",
    "ookBekendAls": "Andere naam van het initiatief",
    "opvolger": "Waar het initiatief in is opgegaan",
    "begin": "Eerste dag van het initiatief",
    "einde": "Laatste dag van het initiatief",
    "laatsteLevensteken": "Wat er het laatst van het initiatief is gezien",
    "nietBekend": "Veld van de catalogus waarvan de waarde niet bekend is",
    "bronnen": "Waar de gegevens vandaan komen",
    "toelichting": "Toelichting voor de werkgroep",
}


@dataclass(frozen=True)
class Taxonomy:
    """A code list: what it is about, and its codes with what they mean."""

    code: str
    name: str
    description: str
    terms: Mapping[str, str]

    @property
    def id(self) -> str:
        """Id of the taxonomy in the standard."""
        return identifier("taxonomy", self.code)

    def term_id(self, code: str) -> str:
        """Id of a term in the standard."""
        return identifier("taxonomy_term", self.code, code)


@lru_cache(maxsize=4)
def taxonomies(knowledge: Knowledge) -> dict[str, Taxonomy]:
    """Every taxonomy by its code."""
    listed = (
        Taxonomy("groep", "Soort hulp", "Hoe rechtstreeks een initiatief helpt.", words.GROUPS),
        Taxonomy("soort", "Onderwerp", "Waar een initiatief over gaat.", words.KINDS),
        Taxonomy("status", "Status", "Of een initiatief nog bestaat.", words.STATUSES),
        Taxonomy("thema", "Hulpvraag", "Waar een initiatief bij helpt.", words.themes(knowledge)),
        Taxonomy("fase", "Fase", "Hoe digitaal een bedrijf al werkt.", words.stages(knowledge)),
        Taxonomy("grootte", "Grootte", "Hoeveel mensen er in een bedrijf werken.", words.sizes(knowledge)),
        Taxonomy("contact", "Contact", "Hoe een ondernemer bij een initiatief komt.", words.CONTACTS),
        Taxonomy(FIELD, "Velden van de catalogus", "Gegevens waar HSDS geen plaats voor heeft.", _FIELDS),
    )
    return {taxonomy.code: taxonomy for taxonomy in listed}


def spelt(taxonomy: str, code: str) -> str:
    """A code as it stands in a package."""
    return f"{taxonomy}:{code}"


def read(code: str) -> tuple[str, str]:
    """The taxonomy and the code in it of a code as it stands in a package."""
    taxonomy, _, own = code.partition(":")
    return taxonomy, own
