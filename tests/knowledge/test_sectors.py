"""What a firm does, in people's own words, as a section of both versions of the SBI. The sentences: sectors.yaml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.sentences import cases, read


@pytest.mark.parametrize(("sentence", "codes"), cases("sectors.yaml", certain=True))
def test_what_is_clear_is_taken(knowledge, sentence, codes):
    reading = knowledge.sectors.read(sentence)
    assert (tuple(sector.code for sector in reading.sectors), reading.certain) == (codes, True)


@pytest.mark.parametrize(("sentence", "codes"), cases("sectors.yaml", certain=False))
def test_what_is_misspelt_or_means_more_is_asked_back(knowledge, sentence, codes):
    reading = knowledge.sectors.read(sentence)
    assert (tuple(sector.code for sector in reading.sectors), reading.certain) == (codes, False)


@pytest.mark.parametrize("sentence", read("sectors.yaml")["niets"])
def test_a_sentence_about_something_else_says_nothing_about_the_firm(knowledge, sentence):
    assert knowledge.sectors.read(sentence) is None


def test_a_doubtful_word_brings_its_own_question(knowledge):
    assert knowledge.sectors.read("bakker").ask == "Bak je zelf, of verkoop je vooral?"


def test_two_activities_bring_the_question_which_earns_most(knowledge):
    assert knowledge.sectors.read("rijschool en garage").ask == "Waar verdien je het meeste mee?"


def test_what_is_certain_or_only_misspelt_brings_no_question(knowledge):
    assert knowledge.sectors.read("loodgieter").ask is None
    assert knowledge.sectors.read("loodgietr").ask is None


def test_two_activities_in_one_section_need_no_question(knowledge):
    reading = knowledge.sectors.read("loodgieter en elektricien")
    assert (len(reading.sectors), reading.certain) == (1, True)


def test_a_doubtful_word_is_settled_by_another_that_it_may_mean(knowledge):
    reading = knowledge.sectors.read("elektricien, dus monteur")
    assert (reading.sectors[0].code, reading.certain) == ("F/F", True)


def test_the_longest_phrase_wins(knowledge):
    assert knowledge.sectors.read("bouwmarkt").sectors[0].code == "G/G"
    assert knowledge.sectors.read("webshop in fietsen").sectors[0].titel == "webshop in vrije tijd"


@pytest.mark.parametrize("sentence", ["Kappers", "kappertje", "KAPPER", "  kapper!  ", "ik ben kápper"])
def test_plurals_diminutives_capitals_and_accents_make_no_difference(knowledge, sentence):
    reading = knowledge.sectors.read(sentence)
    assert (reading.sectors[0].code, reading.certain) == ("T/S", True)


def test_a_compound_is_what_its_last_part_says_and_is_asked_back(knowledge):
    reading = knowledge.sectors.read("lasagnerestaurant")
    assert (reading.sectors[0].code, reading.certain) == ("I/I", False)


def test_a_reading_can_be_repeated_back(knowledge):
    (sector,) = knowledge.sectors.read("ik ben loodgieter").sectors
    assert (sector.titel, sector.zin) == ("loodgieter", "je bent loodgieter")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("T/G", "je zit in de persoonlijke diensten of reparatie"),
        ("F/F", "je zit in de bouw"),
        ("K/J", "je zit in de ict"),
    ],
)
def test_a_stored_code_can_be_said_again(knowledge, code, sentence):
    sector = knowledge.sectors.sector(code)
    assert (sector.code, sector.zin) == (code, sentence)


@pytest.mark.parametrize("code", ["W/S", "T/V", "T", "", "onbekend"])
def test_a_code_that_does_not_exist_is_refused(knowledge, code):
    with pytest.raises(KeyError):
        knowledge.sectors.sector(code)


def test_every_name_in_the_list_leads_to_its_own_sections(knowledge):
    wrong = []
    for activity in knowledge.sectors.activities.activiteiten:
        for name in (activity.naam, *activity.ook):
            reading = knowledge.sectors.read(name)
            if (
                not reading
                or not reading.certain
                or reading.sectors[0].code != f"{activity.sbi2025}/{activity.sbi2008}"
            ):
                wrong.append(name)
    assert wrong == []


def test_every_doubtful_name_brings_its_own_question(knowledge):
    wrong = []
    for doubt in knowledge.sectors.activities.twijfel:
        for name in (doubt.naam, *doubt.ook):
            reading = knowledge.sectors.read(name)
            if (
                not reading
                or reading.certain
                or reading.ask != doubt.vraag
                or len(reading.sectors) != len(doubt.opties)
            ):
                wrong.append(name)
    assert wrong == []


def test_a_doubt_has_a_choice_between_sections(knowledge):
    alike = [
        doubt.naam
        for doubt in knowledge.sectors.activities.twijfel
        if len({(option.sbi2025, option.sbi2008) for option in doubt.opties}) < 2
    ]
    assert alike == []


def test_several_hundred_activities_are_known_in_every_section_but_government_and_households(knowledge):
    activities = knowledge.sectors.activities.activiteiten
    assert len(activities) >= 300
    assert {activity.sbi2025 for activity in activities} >= set("ACDEFGHIJKLMNOQRST")


# Most letters moved between the two versions: these pairs are the only ones that the two lists allow.
PAIRS = {"A/A", "B/B", "C/C", "D/D", "E/E", "F/F", "G/G", "H/H", "I/I", "J/J", "K/J", "L/K", "M/L", "N/M", "O/N", "P/O"}
PAIRS |= {"Q/P", "R/Q", "S/R", "T/S", "U/T", "V/U"}
MOVED = {"T/G", "T/H", "M/F"}  # repair and recovery of cars, and project development


def test_the_sections_of_both_versions_belong_together(knowledge):
    activities = knowledge.sectors.activities
    found = {f"{activity.sbi2025}/{activity.sbi2008}" for activity in activities.activiteiten}
    found |= {f"{option.sbi2025}/{option.sbi2008}" for doubt in activities.twijfel for option in doubt.opties}
    assert found - PAIRS == MOVED


def test_both_versions_have_all_their_sections(knowledge):
    assert "".join(knowledge.sectors.sections.sbi2025) == "ABCDEFGHIJKLMNOPQRSTUV"
    assert "".join(knowledge.sectors.sections.sbi2008) == "ABCDEFGHIJKLMNOPQRSTU"


def test_the_five_sectors_of_the_seed_have_a_section_in_both_versions(knowledge):
    seed = knowledge.sectors.sections.seed
    assert {name: f"{sector.sbi2025}/{sector.sbi2008}" for name, sector in seed.items()} == {
        "handel": "G/G",
        "zakelijke_dienstverlening": "N/M",
        "zorg": "R/Q",
        "horeca": "I/I",
        "bouw": "F/F",
    }


@given(text=st.text(max_size=80))
def test_whatever_is_typed_is_read_without_an_error(knowledge, text):
    reading = knowledge.sectors.read(text)
    assert reading is None or reading.sectors
