"""The questions: ids, codes, weights and thresholds as agreed, and what can be chosen and said."""

import re

import pytest

from tests.knowledge.agreed import AGREED

QUESTIONS = AGREED["vragen"]
SCORED = [question for question in QUESTIONS if "gewicht" in question]
SCORED_IDS = [question["id"] for question in SCORED]


def test_the_questions_are_asked_in_the_agreed_order(knowledge):
    assert [question.id for question in knowledge.intake.vragen] == [question["id"] for question in QUESTIONS]


def test_nine_questions_make_the_core_scan_and_five_follow(knowledge):
    intake = knowledge.intake
    assert [q.id for q in intake.core] == [q["id"] for q in QUESTIONS if q["kern"]]
    assert [q.id for q in intake.further] == [q["id"] for q in QUESTIONS if not q["kern"]]
    assert (len(intake.core), len(intake.further), len(intake.scored)) == (9, 5, 10)


@pytest.mark.parametrize("agreed", QUESTIONS, ids=lambda agreed: agreed["id"])
def test_a_question_has_the_agreed_weight_and_codes(knowledge, agreed):
    question = knowledge.intake.question(agreed["id"])
    assert question.gewicht == agreed.get("gewicht")
    assert question.scored is ("gewicht" in agreed)
    assert [option.waarde for option in question.opties] == agreed.get("opties", ["0", "1", "2", "3"])
    assert bool(question.nvt) is agreed.get("nvt", False)


def test_the_stages_have_the_agreed_ends_and_labels(knowledge):
    stages = knowledge.intake.scoring.fasen
    assert {stage.id: [stage.van, stage.tot] for stage in stages} == AGREED["fasen"]
    assert {stage.id: stage.label for stage in stages} == AGREED["labels"]


def test_the_rules_of_the_score_are_the_agreed_ones(knowledge):
    scoring = knowledge.intake.scoring
    assert scoring.maximum == 36
    assert scoring.voorlopigBijWeetNiet == 3
    assert scoring.veiligheid == ("backup_updates", "inloggen")


@pytest.mark.parametrize("identifier", SCORED_IDS)
def test_every_scored_question_can_be_answered_with_not_knowing(knowledge, identifier):
    assert knowledge.intake.question(identifier).choices()[-1] == ("weet_niet", "Weet ik niet")


def test_only_online_ordering_may_not_fit(knowledge):
    with_nvt = [q.id for q in knowledge.intake.vragen if "nvt" in dict(q.choices())]
    assert with_nvt == ["online_bestellen"]
    assert dict(knowledge.intake.question("online_bestellen").choices())["nvt"] == "Past niet bij mijn bedrijf"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_no_two_buttons_are_the_same(knowledge, question):
    for alone in (False, True):
        choices = knowledge.intake.question(question["id"]).choices(alone=alone)
        assert len({code for code, _ in choices}) == len({title for _, title in choices}) == len(choices)


def test_the_first_three_can_be_left_open_and_the_others_not_known(knowledge):
    codes = {question.id: question.unknown for question in knowledge.intake.vragen}
    open_ended = ["personen", "bedrijf", "gemeente"]
    assert codes == {q["id"]: "onbekend" if q["id"] in open_ended else "weet_niet" for q in QUESTIONS}


def test_who_works_alone_is_not_asked_about_staff(knowledge):
    people, files = knowledge.intake.question("mensen"), knowledge.intake.question("bestanden")
    assert people.text() == "Hoe leren jij en je mensen werken met nieuwe programma's?"
    assert people.text(alone=True) == "Hoe leer je werken met nieuwe programma's?"
    assert dict(files.choices())["3"] == "Online, en iedereen die het nodig heeft kan er veilig bij, ook onderweg"
    assert dict(files.choices(alone=True))["3"] == "Online, en ik kan er overal veilig bij"


def test_other_questions_are_the_same_for_who_works_alone(knowledge):
    question = knowledge.intake.question("plan")
    assert question.text(alone=True) == question.text()
    assert question.choices(alone=True) == question.choices()


def test_an_answer_says_something_about_the_firm(knowledge):
    question = knowledge.intake.question("online_bestellen")
    assert question.statement("0") == "Klanten kunnen nog niet online bestellen of een afspraak maken."
    assert question.statement("nvt") == "Online bestellen past niet bij je bedrijf."
    assert question.statement("weet_niet") == "Je weet nog niet of klanten online kunnen bestellen."


def test_a_question_left_open_says_so(knowledge):
    assert knowledge.intake.question("bedrijf").statement("onbekend") == "Soort bedrijf: niet ingevuld."


@pytest.mark.parametrize("identifier", SCORED_IDS)
def test_every_answer_of_a_scored_question_has_its_own_sentence(knowledge, identifier):
    question = knowledge.intake.question(identifier)
    sentences = [question.statement(code) for code, _ in question.choices()]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("identifier", SCORED_IDS)
def test_there_is_a_different_next_step_for_every_level_below_the_highest(knowledge, identifier):
    assert len(set(knowledge.intake.question(identifier).stappen)) == 3


def test_an_option_that_is_not_there_is_none(knowledge):
    assert knowledge.intake.question("plan").option("3").titel == "Er is een plan en dit jaar geld"
    assert knowledge.intake.question("plan").option("4") is None


def test_a_question_or_stage_that_is_not_there_is_refused(knowledge):
    with pytest.raises(KeyError, match="omzet"):
        knowledge.intake.question("omzet")
    with pytest.raises(KeyError, match="structured"):
        knowledge.intake.stage("structured")


def test_a_stage_is_found_by_its_id(knowledge):
    assert knowledge.intake.stage("engaged").label == "Je bent op weg"


def texts(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for item in value or () for text in texts(item)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_the_assistant_says_je_and_never_u(knowledge, question):
    asked = knowledge.intake.question(question["id"])
    said = texts([asked.vraag, asked.vraagAlleen, asked.nogeens, asked.waarom, asked.uitleg, asked.weetNiet])
    said += texts([[option.titel, option.titelAlleen, option.zin] for option in asked.opties] + [asked.stappen])
    assert [text for text in said if re.search(r"\b(?:u|uw)\b", text, re.IGNORECASE)] == []


def test_a_bare_yes_or_no_is_an_option_where_it_is_clear(knowledge):
    clear = {q.id: (q.ja, q.nee) for q in knowledge.intake.vragen if q.ja or q.nee}
    assert clear["backup_updates"] == (None, "0")
    for identifier, codes in clear.items():
        for code in filter(None, codes):
            assert knowledge.intake.question(identifier).option(code)
