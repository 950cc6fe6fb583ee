"""The catalogue: its entries against what was agreed, and how fresh they are."""

from datetime import date
from urllib.parse import urlsplit

import msgspec
import pytest

from tests.knowledge.agreed import AGREED, INITIATIVES
from tests.knowledge.fixed import FACTS, with_agreed_initiatives

IS_AGREED = "this is agreed with others: change it in the agreement first (tests/knowledge/contract.yaml), together"


def test_the_catalogue_holds_the_twenty_of_the_seed_and_five_more(knowledge):
    ids = {initiative.id for initiative in knowledge.catalogue}
    assert len(ids) == len(knowledge.catalogue)
    assert {initiative["id"] for initiative in INITIATIVES} - ids == set(), IS_AGREED
    assert (len(INITIATIVES), len(AGREED["buiten_het_startdocument"])) == (25, 5)


def test_what_comes_from_the_seed_says_so(knowledge):
    from_seed = {initiative.id for initiative in knowledge.catalogue if "seed" in initiative.bronnen}
    assert from_seed == {initiative["id"] for initiative in INITIATIVES} - set(AGREED["buiten_het_startdocument"]), (
        IS_AGREED
    )


@pytest.mark.parametrize("agreed", INITIATIVES, ids=lambda agreed: agreed["id"])
def test_the_facts_that_matching_needs_are_the_agreed_ones(knowledge, agreed):
    initiative = knowledge.initiative(agreed["id"])
    found = {fact: getattr(initiative, fact) for fact in FACTS}
    as_lists = {fact: list(value) if isinstance(value, tuple) else value for fact, value in found.items()}
    assert as_lists == {fact: agreed.get(fact) for fact in FACTS}, IS_AGREED


def test_nobody_invented_a_first_day(knowledge):
    begun = {initiative.id for initiative in knowledge.catalogue if initiative.begin}
    assert begun & {initiative["id"] for initiative in INITIATIVES} == set(), IS_AGREED


def test_an_address_is_a_whole_one(knowledge):
    addresses = [initiative.url for initiative in knowledge.catalogue if initiative.url]
    assert addresses
    assert all(urlsplit(address).scheme == "https" and "." in urlsplit(address).netloc for address in addresses)


@pytest.mark.parametrize(
    ("seen", "today", "outdated"),
    [
        ("2025-11", date(2026, 11, 1), False),
        ("2025-11", date(2026, 11, 30), False),  # twelve months
        ("2025-11", date(2026, 12, 1), True),  # thirteen
        ("2026-01", date(2026, 12, 31), False),
        ("2026-01", date(2027, 1, 31), False),
        ("2026-01", date(2027, 2, 1), True),
        ("2026-11", date(2026, 11, 23), False),
        ("2022-03", date(2026, 11, 23), True),
    ],
)
def test_data_are_old_after_twelve_calendar_months(knowledge, seen, today, outdated):
    initiative = msgspec.structs.replace(knowledge.initiative("kvk"), gezien=seen)
    assert initiative.outdated(today) is outdated


def test_on_the_day_of_the_data_five_are_fresh(knowledge, today):
    catalogue = with_agreed_initiatives(knowledge).catalogue
    fresh = {initiative.id for initiative in catalogue if not initiative.outdated(today)}
    assert fresh == {"edih-noordwest", "kvk", "ncsc", "ondernemersloket-gemeente", "rom-utrecht-region"}


@pytest.mark.parametrize(
    ("fields", "running"),
    [
        ({}, True),
        ({"status": "gestopt"}, False),
        ({"status": "opgegaan_in"}, False),
        ({"begin": date(2026, 11, 23)}, True),
        ({"begin": date(2026, 11, 24)}, False),
        ({"einde": date(2026, 11, 23)}, True),
        ({"einde": date(2026, 11, 22)}, False),
    ],
    ids=str,
)
def test_an_initiative_runs_when_active_and_between_its_days(knowledge, today, fields, running):
    assert msgspec.structs.replace(knowledge.initiative("kvk"), **fields).running(today) is running


@pytest.mark.parametrize(
    ("said", "identifier"),
    [
        ("wat is SPOT035?", "spot035"),
        ("vertel eens over de EDIH", "edih-noordwest"),
        ("ik hoorde van U-Tech", "u-tech-community"),
        ("wat doet de kvk", "kvk"),
        ("ROM Utrecht Region", "rom-utrecht-region"),
        ("bestaat NuDigitaal nog", "nudigitaal"),
    ],
)
def test_an_initiative_is_known_by_its_name_and_short_forms(knowledge, said, identifier):
    assert knowledge.initiative_names.find(said).id == identifier


@pytest.mark.parametrize("said", ["", "wat kost het", "ik heb een kapsalon", "digitaal werken in de zorg"])
def test_a_sentence_without_a_name_names_no_initiative(knowledge, said):
    assert knowledge.initiative_names.find(said) is None


def test_an_initiative_that_is_not_there_is_none(knowledge):
    assert knowledge.initiative("bestaat-niet") is None


def test_every_name_leads_to_its_own_initiative(knowledge):
    for initiative in knowledge.catalogue:
        for name in (initiative.naam, *initiative.ookBekendAls):
            assert knowledge.initiative_names.find(f"ken je {name}?").id == initiative.id, name
