"""The municipalities of the region by date."""

from datetime import date, timedelta

import msgspec
import pytest

from tests.knowledge.agreed import AGREED, CODES

LAST_OF_2026 = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)


def codes(municipalities) -> set[str]:
    return {municipality.code for municipality in municipalities}


def test_there_are_32_until_wijdemeren_joins_hilversum(knowledge):
    assert codes(knowledge.municipalities.valid(LAST_OF_2026)) == set(CODES)
    assert len(CODES) == 32


def test_there_are_31_from_new_year(knowledge):
    valid = knowledge.municipalities.valid(NEW_YEAR)
    assert codes(valid) == set(CODES) - {"GM1696"}
    assert len(valid) == 31


@pytest.mark.parametrize(("part", "number"), [("provincie", 26), ("gooi", 6)])
def test_each_part_of_the_region_has_its_own(knowledge, part, number):
    found = codes(m for m in knowledge.municipalities.gemeenten if m.regio == part)
    assert found == set(AGREED[part])
    assert len(found) == number


def test_they_are_listed_by_name(knowledge, today):
    names = [municipality.naam for municipality in knowledge.municipalities.valid(today)]
    assert names == sorted(names)
    assert (names[0], names[-1]) == ("Amersfoort", "Zeist")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GM0344", "Utrecht"),
        ("GM0307", "Amersfoort"),
        ("GM0310", "De Bilt"),
        ("GM0317", "Eemnes"),
        ("GM0352", "Wijk bij Duurstede"),
        ("GM0353", "IJsselstein"),
        ("GM0736", "De Ronde Venen"),
        ("GM1581", "Utrechtse Heuvelrug"),
        ("GM1904", "Stichtse Vecht"),
        ("GM1961", "Vijfheerenlanden"),
        ("GM0402", "Hilversum"),
        ("GM1696", "Wijdemeren"),
        ("GM1942", "Gooise Meren"),
    ],
)
def test_a_code_belongs_to_its_name(knowledge, code, name):
    assert knowledge.municipalities.name(code) == name


def test_outside_the_region_has_words_of_its_own(knowledge):
    assert knowledge.municipalities.name("buiten_regio") == "buiten de regio"


def test_wijdemeren_counts_as_hilversum_from_new_year(knowledge):
    assert knowledge.municipalities.current("GM1696", LAST_OF_2026) == "GM1696"
    assert knowledge.municipalities.current("GM1696", NEW_YEAR) == "GM0402"


@pytest.mark.parametrize("code", ["GM0402", "GM0344", "buiten_regio", "onbekend"])
def test_other_codes_stay_what_they_are(knowledge, code):
    assert knowledge.municipalities.current(code, LAST_OF_2026) == code
    assert knowledge.municipalities.current(code, NEW_YEAR) == code


def test_the_name_of_a_municipality_that_ended_can_still_be_said(knowledge):
    assert knowledge.municipalities.municipality("GM1696").naam == "Wijdemeren"


@pytest.mark.parametrize("code", ["GM9999", "onbekend", "buiten_regio", ""])
def test_a_code_that_is_not_in_the_list_is_refused(knowledge, code):
    with pytest.raises(KeyError):
        knowledge.municipalities.municipality(code)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2001, 12, 31), False),
        (date(2002, 1, 1), True),
        (LAST_OF_2026, True),
        (NEW_YEAR, False),
    ],
)
def test_a_municipality_is_valid_on_its_first_and_last_day(knowledge, day, valid):
    assert knowledge.municipalities.municipality("GM1696").valid(day) is valid


def test_a_municipality_without_dates_is_always_valid(knowledge):
    utrecht = knowledge.municipalities.municipality("GM0344")
    assert utrecht.valid(date.min)
    assert utrecht.valid(date.max)


def test_a_successor_may_have_a_successor(knowledge):
    ended = {"GM0402": date(2028, 12, 31)}
    gemeenten = tuple(
        msgspec.structs.replace(m, geldigTot=ended[m.code], opvolger="GM1942") if m.code in ended else m
        for m in knowledge.municipalities.gemeenten
    )
    municipalities = msgspec.structs.replace(knowledge.municipalities, gemeenten=gemeenten)
    assert municipalities.current("GM1696", NEW_YEAR) == "GM0402"
    assert municipalities.current("GM1696", ended["GM0402"] + timedelta(days=1)) == "GM1942"


def test_no_postcode_belongs_to_two_municipalities(knowledge):
    spans = [(span, m.code) for m in knowledge.municipalities.gemeenten for span in m.postcodes]
    owner: dict[int, str] = {}
    for span, code in spans:
        for postcode in range(int(span[:4]), int(span[-4:]) + 1):
            assert owner.setdefault(postcode, code) == code, postcode
    assert (owner[3512], owner[3701], owner[1231]) == ("GM0344", "GM0355", "GM1696")
