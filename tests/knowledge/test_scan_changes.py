"""Going back in a scan, opening a question again, and stopping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import scan as course
from knowledge.scan import Doubt, Scan
from tests.knowledge.agreed import AGREED

CORE = [question["id"] for question in AGREED["vragen"] if question["kern"]]


# Back.


def test_before_the_first_question_there_is_none(intake):
    assert course.back(intake, course.begin(intake)) is None


def test_back_opens_the_question_before(intake, walk):
    scan = course.back(intake, walk(3))
    assert (scan.open, list(scan.answers), dict(scan.replaced)) == ("gemeente", CORE[:2], {"gemeente": "GM0344"})


def test_back_twice_opens_the_question_before_that(intake, walk):
    scan = course.back(intake, course.back(intake, walk(3)))
    assert (scan.open, list(scan.answers)) == ("bedrijf", CORE[:1])


def test_after_going_back_twice_both_questions_are_asked_again(intake, walk):
    scan = course.back(intake, course.back(intake, walk(3)))
    scan = course.answer(intake, scan, "bedrijf", "T/S")
    assert scan.open == "gemeente"
    scan = course.answer(intake, scan, "gemeente", "GM0355")
    assert (scan.open, dict(scan.replaced)) == ("hulpvraag", {})


def test_back_from_the_offer_opens_the_last_core_question(intake, walk):
    scan = course.back(intake, walk(9))
    assert (scan.phase, scan.open) == ("aanbod", "inloggen")
    again = course.answer(intake, scan, "inloggen", "3")
    assert (again.phase, again.open, again.answers["inloggen"]) == ("aanbod", None, "3")


def test_back_from_the_first_further_question_opens_the_last_core_question(intake, walk):
    scan = course.back(intake, course.go_on(intake, walk(9)))
    assert (scan.phase, scan.open) == ("verdieping", "inloggen")
    assert course.answer(intake, scan, "inloggen", "3").open == "plan"


def test_back_from_the_end_opens_the_last_question(intake, walk):
    scan = course.back(intake, walk(14))
    assert (scan.phase, scan.open) == ("klaar", "automatisering")
    again = course.answer(intake, scan, "automatisering", "3")
    assert (again.phase, again.open) == ("klaar", None)


def test_back_from_the_end_twice_asks_both_questions_again(intake, walk):
    scan = course.back(intake, course.back(intake, walk(14)))
    assert scan.open == "mensen"
    scan = course.answer(intake, scan, "mensen", "2")
    assert scan.open == "automatisering"
    assert course.answer(intake, scan, "automatisering", "2").open is None


def test_back_from_an_early_end_opens_the_last_core_question(intake, walk):
    assert course.back(intake, course.finish(walk(9))).open == "inloggen"


def test_after_stopping_without_a_result_there_is_no_way_back(intake, walk):
    assert course.back(intake, course.stop(intake, walk(3))) is None


# Reopening.


def test_a_reopened_question_keeps_the_result_until_the_new_answer(intake, walk):
    scan = course.reopen(walk(9), "gegevens")
    assert (scan.open, "gegevens" in scan.answers) == ("gegevens", False)
    assert scan.effective["gegevens"] == "1"
    assert scan.has_result(intake)
    answered = course.answer(intake, scan, "gegevens", "3")
    assert (answered.open, answered.effective["gegevens"], dict(answered.replaced)) == (None, "3", {})


def test_reopening_a_question_forgets_the_doubt_about_another(walk):
    scan = course.reopen(course.doubt(walk(4), Doubt("anders"), failed=True), "personen")
    assert (scan.open, scan.tries, scan.doubt) == ("personen", 0, None)


def test_after_a_reopened_question_the_scan_goes_on_where_it_was(intake, walk):
    assert course.answer(intake, course.reopen(walk(6), "personen"), "personen", "1").open == "gegevens"


def test_reopening_the_open_question_changes_nothing(walk):
    assert course.reopen(walk(4), "administratie") == walk(4)


def test_the_offer_goes_on_with_a_core_question_that_was_reopened(intake, walk):
    scan = course.go_on(intake, course.reopen(walk(9), "gegevens"))
    assert (scan.phase, scan.open) == ("verdieping", "gegevens")


# Stopping.


@pytest.mark.parametrize("answered", range(9))
def test_stopping_without_a_result_forgets_the_answers(intake, walk, answered):
    assert course.stop(intake, walk(answered)) == Scan(phase="gestopt")


@pytest.mark.parametrize("answered", [9, 10, 13, 14])
def test_stopping_with_a_result_keeps_it(intake, walk, answered):
    scan = course.stop(intake, walk(answered))
    assert (scan.phase, scan.open) == ("klaar", None)
    assert scan.answers == walk(answered).answers


def test_stopping_while_a_question_is_reopened_restores_its_answer(intake, walk):
    scan = course.stop(intake, course.reopen(walk(9), "gegevens"))
    assert (scan.answers["gegevens"], dict(scan.replaced)) == ("1", {})


# Whatever somebody does.

STEPS = st.lists(st.sampled_from(["answer", "skip", "back", "go_on", "reopen"]), max_size=60)


@given(steps=STEPS)
def test_a_result_that_was_given_is_never_lost(knowledge, steps):
    intake, scan, had_result = knowledge.intake, course.begin(knowledge.intake), False
    for step in steps:
        if step == "answer" and scan.open:
            scan = course.answer(intake, scan, scan.open, "1")
        elif step == "skip":
            scan = course.skip(intake, scan)
        elif step == "back":
            scan = course.back(intake, scan) or scan
        elif step == "go_on" and scan.open is None:
            scan = course.go_on(intake, scan)
        elif step == "reopen" and scan.answers:
            scan = course.reopen(scan, next(iter(scan.answers)))
        assert scan.has_result(intake) or not had_result
        assert scan.open is not None or scan.phase in ("aanbod", "klaar")
        had_result = scan.has_result(intake)
