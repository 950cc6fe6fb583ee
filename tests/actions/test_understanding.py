"""Certain, unsure and no idea are three different things, and only what the open question can mean counts."""

from dataclasses import replace
from typing import Any

import pytest

from actions.meanings import Answers, Aside, AskBack, Command, Heard
from actions.understanding import understand
from knowledge.base import Knowledge
from knowledge.scan import NOT_SO, Candidate, Doubt, Scan

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0355", "hulpvraag": "klanten"}
SCORED = Scan(phase="kern", open="administratie", answers=PROFILE)
FIRST = Scan(phase="kern", open="personen")
OPTIONS = ("0", "1", "2", "3", "weet_niet")


def heard(text: str = "iets", **intents: float) -> Heard:
    return Heard(text=text, intents=intents)


def size(certain: bool, *classes: str, explicit: bool = True) -> dict[str, Any]:
    return {"classes": classes, "certain": certain, "explicit": explicit}


def test_likely_option_is_taken(knowledge: Knowledge) -> None:
    said = heard(administratie_1=0.7, administratie_2=0.1)
    assert understand(knowledge, SCORED, said, OPTIONS) == Answers((("administratie", "1"),))


def test_answer_to_another_question_does_not_count(knowledge: Knowledge) -> None:
    said = heard(gegevens_1=0.7, administratie_1=0.2, administratie_0=0.02)
    assert understand(knowledge, SCORED, said, OPTIONS) == Answers((("administratie", "1"),))


def test_two_options_that_are_near_each_other_are_offered(knowledge: Knowledge) -> None:
    understood = understand(knowledge, SCORED, heard(administratie_1=0.4, administratie_2=0.38), OPTIONS)
    assert isinstance(understood, AskBack)
    assert understood.doubt.kind == "kies"
    assert [candidate.code for candidate in understood.doubt.candidates] == ["1", "2"]
    assert not understood.failed


def test_one_option_that_stands_out_a_little_is_asked_back(knowledge: Knowledge) -> None:
    said = heard(administratie_0=0.35, administratie_1=0.03, weet_niet=0.05, groet=0.4)
    understood = understand(knowledge, SCORED, said, OPTIONS)
    assert isinstance(understood, AskBack)
    assert understood.doubt.kind == "bevestig"


def test_what_may_have_been_a_question_is_offered_beside_the_answer(knowledge: Knowledge) -> None:
    said = heard(administratie_0=0.35, administratie_1=0.03, weet_niet=0.05, vraag_kosten=0.4)
    understood = understand(knowledge, SCORED, said, OPTIONS)
    assert isinstance(understood, AskBack)
    assert understood.doubt.kind == "kies"
    assert [candidate.code for candidate in understood.doubt.candidates] == ["0", "vraag_kosten"]


def test_button_of_an_offered_question_asks_it(knowledge: Knowledge) -> None:
    assert understand(knowledge, SCORED, Heard(choice="vraag_kosten"), ()) == Aside("vraag_kosten")


def test_who_may_not_know_is_offered_two_options_and_not_asked_to_confirm_one(knowledge: Knowledge) -> None:
    said = heard(administratie_0=0.35, administratie_1=0.03, weet_niet=0.45, vraag_kosten=0.1)
    understood = understand(knowledge, SCORED, said, OPTIONS)
    assert isinstance(understood, AskBack)
    assert understood.doubt.kind == "kies"


def test_who_is_done_has_not_answered(knowledge: Knowledge) -> None:
    understood = understand(knowledge, SCORED, heard(klaar=0.92, administratie_0=0.05), OPTIONS)
    assert isinstance(understood, AskBack)


def test_something_else_altogether_is_not_understood(knowledge: Knowledge) -> None:
    understood = understand(knowledge, SCORED, heard(vindbaar_1=0.9, administratie_0=0.01), OPTIONS)
    assert understood == AskBack(Doubt("anders"), failed=True)


def test_keyboard_mash_is_not_understood(knowledge: Knowledge) -> None:
    understood = understand(knowledge, SCORED, heard(onzin=0.5, administratie_0=0.2), OPTIONS)
    assert understood == AskBack(Doubt("anders"), failed=True)


def test_not_knowing_is_an_answer(knowledge: Knowledge) -> None:
    assert understand(knowledge, SCORED, heard("Geen idee!"), OPTIONS) == Answers((("administratie", "weet_niet"),))
    said = heard("moet ik navragen", weet_niet=0.8, administratie_0=0.1)
    assert understand(knowledge, SCORED, said, OPTIONS) == Answers((("administratie", "weet_niet"),))


def test_question_back_wins_from_a_weak_answer(knowledge: Knowledge) -> None:
    said = heard(vraag_kosten=0.5, vraag_subsidie=0.2, administratie_0=0.1)
    assert understand(knowledge, SCORED, said, OPTIONS) == Aside("vraag_kosten")


def test_answer_wins_from_a_weak_question_back(knowledge: Knowledge) -> None:
    said = heard(vraag_betekenis=0.3, administratie_0=0.6)
    assert understand(knowledge, SCORED, said, OPTIONS) == Answers((("administratie", "0"),))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stop", "stop"),
        ("Terug", "terug"),
        ("sla over.", "sla_over"),
        ("OPNIEUW", "opnieuw"),
        ("hoeveel nog?", "hoeveel_nog"),
    ],
)
def test_command_in_so_many_words(knowledge: Knowledge, text: str, command: str) -> None:
    assert understand(knowledge, SCORED, heard(text, administratie_0=0.9), OPTIONS) == Command(command)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("wijzig gemeente", "gemeente"),
        ("wijzig de gemeente even", "gemeente"),
        ("wijzig aantal mensen", "personen"),
        ("wijzig backup_updates", "backup_updates"),
    ],
)
def test_change_names_its_question(knowledge: Knowledge, text: str, question: str) -> None:
    assert understand(knowledge, SCORED, heard(text), OPTIONS) == Command("wijzig", question)


@pytest.mark.parametrize(
    ("text", "code"), [("1", "0"), ("optie 2", "1"), ("c", "2"), ("(4)", "3"), ("5.", "weet_niet")]
)
def test_position_of_a_button(knowledge: Knowledge, text: str, code: str) -> None:
    assert understand(knowledge, SCORED, heard(text), OPTIONS) == Answers((("administratie", code),))


def test_position_that_no_button_has_is_not_understood(knowledge: Knowledge) -> None:
    assert understand(knowledge, SCORED, heard("9"), OPTIONS) == AskBack(Doubt("anders"), failed=True)


def test_text_of_a_button(knowledge: Knowledge) -> None:
    assert understand(knowledge, SCORED, heard("in word of excel"), OPTIONS) == Answers((("administratie", "1"),))


def test_command_of_rasa_is_text(knowledge: Knowledge) -> None:
    said = heard("\N{DIVISION SLASH}stop", stop=0.99)
    assert understand(knowledge, SCORED, said, OPTIONS) == AskBack(Doubt("anders"), failed=True)


def test_yes_and_no_answer_a_confirmation(knowledge: Knowledge) -> None:
    asked = Scan(
        phase="kern", open="administratie", answers=PROFILE, doubt=Doubt("bevestig", (Candidate("2", "x", "y"),))
    )
    assert understand(knowledge, asked, heard("ja"), ("ja", "nee")) == Answers((("administratie", "2"),))
    assert understand(knowledge, asked, heard("nee"), ("ja", "nee")) == AskBack(
        Doubt("anders", ask=NOT_SO), failed=True
    )


def test_no_to_a_confirmation_is_not_the_option_of_that_name(knowledge: Knowledge) -> None:
    asked = Scan(
        phase="kern", open="backup_updates", answers=PROFILE, doubt=Doubt("bevestig", (Candidate("1", "Soms", "y"),))
    )
    assert "Nee" in dict(knowledge.intake.question("backup_updates").choices()).values()
    assert isinstance(understand(knowledge, asked, heard("nee"), ("ja", "nee")), AskBack)
    assert understand(knowledge, replace(asked, doubt=None), heard("nee"), ()) == Answers((("backup_updates", "0"),))


def test_bare_no_answers_a_question_where_it_is_clear(knowledge: Knowledge) -> None:
    backups = Scan(phase="kern", open="backup_updates", answers=PROFILE)
    assert understand(knowledge, backups, heard("nee"), OPTIONS) == Answers((("backup_updates", "0"),))
    assert isinstance(understand(knowledge, SCORED, heard("nee"), OPTIONS), AskBack)


def test_size_that_is_certain_is_taken(knowledge: Knowledge) -> None:
    said = Heard("vier", readings={"personen": size(True, "2-9", explicit=False)})
    assert understand(knowledge, FIRST, said, ()) == Answers((("personen", "2-9"),))


def test_size_on_a_border_is_asked_back(knowledge: Knowledge) -> None:
    understood = understand(
        knowledge, FIRST, Heard("rond de tien", readings={"personen": size(False, "2-9", "10-49")}), ()
    )
    assert isinstance(understood, AskBack)
    assert understood.doubt.kind == "kies"


def test_bare_number_elsewhere_is_not_a_size(knowledge: Knowledge) -> None:
    second = Scan(phase="kern", open="bedrijf", answers={})
    said = Heard("iets met 12", readings={"personen": size(True, "10-49", explicit=False)})
    assert isinstance(understand(knowledge, second, said, ()), AskBack)


def test_earlier_answer_is_corrected_only_with_words_that_say_so(knowledge: Knowledge) -> None:
    reading = {"personen": size(True, "10-49")}
    with_words = Heard(text="o wacht, we zijn met twaalf", readings=reading)
    assert understand(knowledge, SCORED, with_words, OPTIONS) == Answers((("personen", "10-49"),), correction=True)
    without = Heard(
        text="we doen het met twaalf mensen in een schrift", intents={"administratie_0": 0.9}, readings=reading
    )
    assert understand(knowledge, SCORED, without, OPTIONS) == Answers((("administratie", "0"),))


@pytest.mark.parametrize("text", ["هل تتحدث العربية", "Ви говорите українською?", "日本語"])
def test_another_script_is_another_language(knowledge: Knowledge, text: str) -> None:
    assert understand(knowledge, SCORED, heard(text), OPTIONS) == Aside("andere_taal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dat regelt mijn vrouw, ik zou het echt niet weten", Answers((("administratie", "weet_niet"),))),
        ("moet ik aan de boekhouder vragen", Answers((("administratie", "weet_niet"),))),
        ("ik weet niet hoe het heet maar het is een programma", Answers((("administratie", "2"),))),
    ],
)
def test_not_knowing_in_a_story(knowledge: Knowledge, text: str, expected: Answers) -> None:
    said = heard(text, administratie_2=0.6, administratie_1=0.1, weet_niet=0.1)
    assert understand(knowledge, SCORED, said, OPTIONS) == expected


def test_third_failure_offers_to_skip(knowledge: Knowledge) -> None:
    tired = Scan(phase="kern", open="administratie", answers=PROFILE, tries=2)
    assert understand(knowledge, tired, heard("asdf"), OPTIONS) == AskBack(Doubt("overslaan"), failed=True)


def test_profile_question_gets_one_friendly_second_try(knowledge: Knowledge) -> None:
    first = understand(knowledge, FIRST, heard("weet ik niet"), ())
    assert isinstance(first, AskBack)
    tried = Scan(phase="kern", open="personen", tries=1)
    assert understand(knowledge, tried, heard("weet ik niet"), ()) == Answers((("personen", "onbekend"),))


def test_yes_and_no_at_the_offer(knowledge: Knowledge) -> None:
    offer = Scan(phase="aanbod", answers=PROFILE)
    assert understand(knowledge, offer, heard("ja"), ("verder", "klaar")) == Command("verder")
    assert understand(knowledge, offer, heard("nee dank je"), ("verder", "klaar")) == Command("klaar")
    assert understand(knowledge, offer, heard("doe er nog vijf", verder=0.7), ("verder", "klaar")) == Command("verder")
