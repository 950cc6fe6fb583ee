"""The entry for the Algoritmeregister holds to the publication standard, version 1.0."""

import json

import pytest

from api.accountability.algorithm_register import Field, template
from api.accountability.documents import lower_first
from knowledge.base import Knowledge
from tests.api.accountability.installation import BASE, text, written

# The fields of the standard with the most characters that the register takes, and whether it needs them; from the
# register's own configuration (MinBZK/Algoritmeregister, backend/app/schemas/config/v1_0.json). `lars` it makes itself.
STANDARD: dict[str, tuple[int | None, bool]] = {
    "name": (100, True),
    "description_short": (350, True),
    "organization": (100, True),
    "category": (None, False),
    "status": (None, True),
    "begin_date": (7, False),
    "end_date": (7, False),
    "contact_email": (500, True),
    "website": (500, False),
    "publication_category": (None, True),
    "url": (500, False),
    "goal": (2500, False),
    "proportionality": (2500, False),
    "human_intervention": (2500, False),
    "risks": (2500, False),
    "lawful_basis": (2500, False),
    "lawful_basis_grouping": (None, False),
    "process_index_url": (500, False),
    "impacttoetsen_grouping": (None, False),
    "impacttoetsen": (2500, False),
    "source_data": (2500, False),
    "source_data_grouping": (None, False),
    "methods_and_models": (5000, False),
    "provider": (200, False),
    "publiccode": (500, False),
    "lang": (None, True),
    "standard_version": (None, False),
    "source_id": (100, False),
    "tags": (2500, False),
}
CHOICES = {
    "status": ("In ontwikkeling", "In gebruik", "Buiten gebruik"),
    "publication_category": ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"),
    "lang": ("nld",),
    "standard_version": ("1.0",),
}
THEMES = [
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
]
LONGEST_TITLE, LONGEST_LINK = 100, 500


def test_fields_are_those_of_the_standard() -> None:
    assert {field.veld: (field.hoogstens, field.verplicht) for field in template()} == STANDARD


def test_every_value_is_one_that_the_register_takes(knowledge: Knowledge) -> None:
    entry = written(knowledge).algorithm
    for name, value in entry.items():
        longest, _ = STANDARD[name]
        if longest:
            assert 0 < len(value) <= longest, name
        if name in CHOICES:
            assert value in CHOICES[name]
    assert set(entry["category"]) <= set(THEMES)
    for name in ("lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping"):
        for reference in entry[name]:
            assert len(reference["title"]) <= LONGEST_TITLE
            assert reference["link"].startswith("https://")
            assert len(reference["link"]) <= LONGEST_LINK
    json.dumps(entry)


def test_nothing_that_the_register_needs_is_missing(knowledge: Knowledge) -> None:
    entry = written(knowledge).algorithm
    assert [name for name, (_, needed) in STANDARD.items() if needed and name not in entry] == []


def test_addresses_are_those_of_this_installation(knowledge: Knowledge) -> None:
    entry = written(knowledge).algorithm
    assert entry["website"] == f"{BASE}/verantwoording/uitleg"
    assert entry["impacttoetsen_grouping"][0]["link"] == f"{BASE}/verantwoording/dpia"
    without = written(knowledge, base="").algorithm
    assert not {"website", "url", "contact_email", "impacttoetsen_grouping"} & set(without)


def test_long_name_of_an_organisation_is_shown_whole(knowledge: Knowledge) -> None:
    assert written(knowledge, controller="Provincie Utrecht").algorithm["organization"] == "Provincie Utrecht"


@pytest.mark.parametrize(
    "field", [field for field in template() if field.beslissing], ids=lambda field: str(field.veld)
)
def test_what_somebody_has_to_decide_is_marked(knowledge: Knowledge, field: Field) -> None:
    assert field.beslissing is not None
    mark = f"[Beslissing {field.beslissing.wie}: {lower_first(field.beslissing.wat)}]"
    assert mark in text(written(knowledge), "algoritmeregister")
