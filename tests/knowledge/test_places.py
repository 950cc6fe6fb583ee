"""Where a firm is, read from what somebody types. The sentences are in places.yaml."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import FOLDER
from knowledge.municipalities import load_municipalities
from tests.knowledge.sentences import cases, read

MUNICIPALITIES = load_municipalities(FOLDER / "municipalities.yaml")
AMBIGUOUS = {ambiguous.naam for ambiguous in MUNICIPALITIES.dubbelzinnig}
NAMES = [(name, m.code) for m in MUNICIPALITIES.gemeenten for name in m.names if name not in AMBIGUOUS]
MISSPELT = [(text, code) for code, texts in read("places.yaml")["verschreven"].items() for text in texts]
NEW_YEAR = date(2027, 1, 1)


def codes(reading) -> tuple[str, ...]:
    return tuple(place.code for place in reading.places)


@pytest.mark.parametrize(("sentence", "expected"), cases("places.yaml", certain=True))
def test_what_is_clear_is_taken(knowledge, today, sentence, expected):
    reading = knowledge.places.read(sentence, today)
    assert (codes(reading), reading.certain) == (expected, True)


@pytest.mark.parametrize(("sentence", "expected"), cases("places.yaml", certain=False))
def test_what_is_not_clear_is_asked_back(knowledge, today, sentence, expected):
    reading = knowledge.places.read(sentence, today)
    assert (codes(reading), reading.certain) == (expected, False)


@pytest.mark.parametrize("sentence", read("places.yaml")["niets"])
def test_a_sentence_about_something_else_names_no_place(knowledge, today, sentence):
    assert knowledge.places.read(sentence, today) is None


@pytest.mark.parametrize(("text", "code"), MISSPELT)
def test_a_misspelt_name_is_the_right_municipality_or_asked_back(knowledge, today, text, code):
    assert codes(knowledge.places.read(text, today))[0] == code


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_every_name_of_a_municipality_leads_to_it(knowledge, today, name, code):
    reading = knowledge.places.read(name, today)
    assert (codes(reading), reading.certain) == ((code,), True)


def test_every_name_outside_leads_outside(knowledge, today):
    wrong = []
    for outside in knowledge.municipalities.buitenRegio:
        reading = knowledge.places.read(outside.naam, today)
        if (codes(reading), reading.certain) != (("buiten_regio",), True):
            wrong.append(outside.naam)
    assert wrong == []


@pytest.mark.parametrize("ambiguous", MUNICIPALITIES.dubbelzinnig, ids=lambda ambiguous: ambiguous.naam)
def test_an_ambiguous_name_is_asked_back_unless_a_municipality_has_it(knowledge, today, ambiguous):
    reading = knowledge.places.read(ambiguous.naam, today)
    if ambiguous.naam == "Laren":
        assert codes(reading) == ("GM0417",)
    else:
        assert [place.titel for place in reading.places] == [choice.titel for choice in ambiguous.opties]
    assert reading.certain is (ambiguous.naam == "Laren")


@pytest.mark.parametrize("area", MUNICIPALITIES.gebieden, ids=lambda area: area.naam)
def test_a_larger_area_names_no_municipality(knowledge, today, area):
    reading = knowledge.places.read(area.naam, today)
    assert (reading.places, reading.certain) == ((), False)


def slips(name: str) -> set[str]:
    """A letter left out, doubled, or changed places with the next; never the first letter."""
    found = set()
    for i in range(1, len(name)):
        found |= {name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:]}
        found.add(name[:i] + name[i + 1 : i + 2] + name[i] + name[i + 2 :])
    return found


@pytest.mark.parametrize("municipality", MUNICIPALITIES.gemeenten, ids=lambda municipality: municipality.naam)
def test_a_slip_in_the_name_of_a_municipality_never_gives_another(knowledge, today, municipality):
    wrong = []
    for slip in slips(municipality.naam.lower()):
        reading = knowledge.places.read(slip, today)
        if reading and reading.certain and codes(reading) != (municipality.code,):
            wrong.append(slip)
    assert wrong == []


def test_wijdemeren_is_hilversum_from_new_year(knowledge, today):
    for name in ("Wijdemeren", "Loosdrecht", "ik zit in Kortenhoef", "1231"):
        assert codes(knowledge.places.read(name, today)) == ("GM1696",)
        assert codes(knowledge.places.read(name, NEW_YEAR)) == ("GM0402",)
        assert knowledge.places.read(name, NEW_YEAR).places[0].titel == "Hilversum"


def test_two_names_of_one_municipality_are_one_place(knowledge, today):
    assert knowledge.places.read("Overvecht in Utrecht", today).certain


def test_two_places_that_have_become_one_need_no_question(knowledge, today):
    assert not knowledge.places.read("Loosdrecht en Hilversum", today).certain
    assert knowledge.places.read("Loosdrecht en Hilversum", NEW_YEAR).certain


@pytest.mark.parametrize("municipality", MUNICIPALITIES.gemeenten, ids=lambda municipality: municipality.naam)
def test_a_postcode_suggests_its_municipality(knowledge, today, municipality):
    for span in municipality.postcodes:
        for postcode in (span[:4], span[-4:]):
            assert codes(knowledge.places.read(f"{postcode} AB", today)) == (municipality.code,)


@pytest.mark.parametrize("sentence", ["in Zeist", "mijn zaak zit te Zeist", "vanuit Zeist", "gemeente Zeist"])
def test_a_name_after_a_preposition_counts_at_another_question_too(knowledge, today, sentence):
    assert knowledge.places.read(sentence, today).after_preposition


@pytest.mark.parametrize("sentence", ["Zeist", "houten vloeren", "een doorn in het oog", "in zeistt", "3512 JE"])
def test_a_name_elsewhere_in_a_sentence_counts_only_at_its_own_question(knowledge, today, sentence):
    assert not knowledge.places.read(sentence, today).after_preposition


@pytest.mark.parametrize(
    "sentence",
    [
        "met 4 man, woerden",
        "Hoveniersbedrijf Maartensdijk",
        "hilversum hier, we zijn met zijn vijven",
        "met mn broer in ijselstein",
    ],
)
def test_a_name_by_itself_or_at_the_end_counts_beside_another_answer(knowledge, today, sentence):
    reading = knowledge.places.read(sentence, today)
    assert reading.certain
    assert reading.apart


@pytest.mark.parametrize(
    "sentence", ["groothandel voor heel Utrecht", "wij leggen vloeren van houten", "uit Zeist komt mijn neef"]
)
def test_a_name_of_something_else_does_not(knowledge, today, sentence):
    reading = knowledge.places.read(sentence, today)
    assert reading is None or not reading.apart


@given(text=st.text(max_size=80))
def test_whatever_is_typed_is_read_without_an_error(knowledge, text):
    reading = knowledge.places.read(text, date(2026, 11, 23))
    assert reading is None or not reading.certain or len(reading.places) == 1


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("ik woon in Zeist maar de zaak zit in Bunnik", "GM0312"),
        ("vroeger in Houten, tegenwoordig in Leusden", "GM0327"),
        ("onze klanten zitten in Amsterdam, wijzelf in Woerden", "GM0632"),
    ],
)
def test_place_where_the_firm_is_not_does_not_count(knowledge, today, sentence, code):
    reading = knowledge.places.read(sentence, today)
    assert (codes(reading), reading.certain) == ((code,), True)


def test_only_place_counts_wherever_it_comes_from(knowledge, today):
    assert codes(knowledge.places.read("ik woon en werk in Soest", today)) == ("GM0342",)


@pytest.mark.parametrize(
    ("text", "certain"),
    [("huizen", True), ("in huizen", True), ("houten, bij de molen", True), ("ik verf al jaren huizen", False)],
)
def test_place_that_is_also_a_word_counts_where_a_place_stands(knowledge, text, certain):
    found = knowledge.places.read(text, date(2026, 11, 25))
    assert found is not None
    assert found.certain == certain
