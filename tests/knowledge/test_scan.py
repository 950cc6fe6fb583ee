"""The course of a scan: what an answer, a correction and skipping do to it. Going back: test_scan_changes.py."""

import pytest

from knowledge import scan as course
from knowledge.scan import Candidate, Doubt
from tests.knowledge.agreed import AGREED

CORE = [question["id"] for question in AGREED["vragen"] if question["kern"]]
FURTHER = [question["id"] for question in AGREED["vragen"] if not question["kern"]]


# Straight on.


def test_a_scan_begins_with_the_first_question(intake):
    scan = course.begin(intake)
    assert (scan.phase, scan.open, scan.answers) == ("kern", "personen", {})
    assert not scan.has_result(intake)


@pytest.mark.parametrize("answered", range(8))
def test_an_answer_opens_the_next_question(intake, walk, answered):
    scan = walk(answered + 1)
    assert scan.open == CORE[answered + 1]
    assert list(scan.answers) == CORE[: answered + 1]
    assert not scan.has_result(intake)


def test_the_ninth_answer_brings_the_offer_and_a_result(intake, walk):
    scan = walk(9)
    assert (scan.phase, scan.open) == ("aanbod", None)
    assert scan.has_result(intake)


def test_going_on_opens_the_first_further_question(intake, walk):
    scan = course.go_on(intake, walk(9))
    assert (scan.phase, scan.open) == ("verdieping", "plan")


@pytest.mark.parametrize("answered", range(4))
def test_a_further_answer_opens_the_next_further_question(walk, answered):
    assert walk(10 + answered).open == FURTHER[answered + 1]


def test_the_last_answer_ends_the_scan(intake, walk):
    scan = walk(14)
    assert (scan.phase, scan.open) == ("klaar", None)
    assert list(scan.answers) == CORE + FURTHER
    assert scan.has_result(intake)


def test_who_declines_the_offer_ends_with_the_core_result(intake, walk):
    scan = course.finish(walk(9))
    assert (scan.phase, scan.open) == ("klaar", None)
    assert scan.has_result(intake)


def test_an_answer_does_not_change_the_scan_it_was_given_to(intake):
    before = course.begin(intake)
    course.answer(intake, before, "personen", "1")
    assert before == course.begin(intake)


# Other questions, corrections.


def test_an_answer_to_another_question_keeps_the_open_one(intake, walk):
    scan = course.answer(intake, walk(1), "gemeente", "GM0355")
    assert scan.open == "bedrijf"
    assert scan.answers["gemeente"] == "GM0355"


def test_a_question_that_was_answered_before_its_turn_is_not_asked(intake, walk):
    scan = course.answer(intake, walk(1), "gemeente", "GM0355")
    assert course.answer(intake, scan, "bedrijf", "F/F").open == "hulpvraag"


def test_a_correction_holds_and_keeps_the_open_question(intake, walk):
    scan = course.answer(intake, walk(4), "personen", "10-49")
    assert (scan.open, scan.answers["personen"]) == ("administratie", "10-49")


def test_a_correction_at_the_offer_keeps_the_offer(intake, walk):
    scan = course.answer(intake, walk(9), "personen", "10-49")
    assert (scan.phase, scan.open, scan.answers["personen"]) == ("aanbod", None, "10-49")


def test_a_correction_after_the_end_keeps_the_end(intake, walk):
    scan = course.answer(intake, walk(14), "plan", "3")
    assert (scan.phase, scan.open, scan.answers["plan"]) == ("klaar", None, "3")


def test_an_answer_clears_what_was_not_understood(intake):
    scan = course.doubt(course.begin(intake), Doubt("anders"), failed=True)
    assert (scan.tries, scan.doubt) == (1, Doubt("anders"))
    answered = course.answer(intake, scan, "personen", "1")
    assert (answered.tries, answered.doubt) == (0, None)


def test_an_answer_to_another_question_leaves_the_doubt_about_the_open_one(intake):
    scan = course.doubt(course.begin(intake), Doubt("anders"), failed=True)
    assert course.answer(intake, scan, "gemeente", "GM0355").tries == 1


def test_a_question_back_about_an_answer_does_not_count_as_a_failed_try(intake):
    about = Doubt("bevestig", (Candidate("2-9", "2 tot 9", "Je werkt met 2 tot 9 mensen."),))
    scan = course.doubt(course.begin(intake), about)
    assert (scan.tries, scan.doubt, scan.open) == (0, about, "personen")


def test_a_question_back_is_over_when_something_that_it_offered_was_asked(intake):
    about = Doubt(
        "kies", (Candidate("1", "Alleen ik", "Je werkt alleen."), Candidate("vraag_kosten", "Wat kost het?", ""))
    )
    scan = course.doubt(course.begin(intake), about)
    assert course.without_offer(scan, "vraag_kosten").doubt is None
    assert course.without_offer(scan, "vraag_wie").doubt == about


def test_two_failed_tries_are_two(intake):
    scan = course.doubt(course.begin(intake), Doubt("anders"), failed=True)
    assert course.doubt(scan, Doubt("overslaan"), failed=True).tries == 2


# Skipping.


@pytest.mark.parametrize("position", range(9))
def test_skipping_leaves_the_first_three_open_and_does_not_know_the_others(intake, walk, position):
    scan = course.skip(intake, walk(position))
    assert scan.answers[CORE[position]] == ("onbekend" if position < 3 else "weet_niet")


def test_somebody_who_skips_everything_gets_a_result(intake):
    scan = course.begin(intake)
    while scan.open:
        scan = course.skip(intake, scan)
    assert scan.phase == "aanbod"
    assert scan.has_result(intake)


def test_without_an_open_question_there_is_nothing_to_skip(intake, walk):
    assert course.skip(intake, walk(9)) == walk(9)


# Position and wording.


@pytest.mark.parametrize("answered", range(9))
def test_the_core_questions_are_numbered_to_nine(intake, walk, answered):
    assert course.position(intake, walk(answered)) == (answered + 1, 9)


@pytest.mark.parametrize("answered", range(5))
def test_the_further_questions_are_numbered_to_five(intake, walk, answered):
    scan = course.go_on(intake, walk(9)) if answered == 0 else walk(9 + answered)
    assert course.position(intake, scan) == (answered + 1, 5)


@pytest.mark.parametrize("answered", [9, 14])
def test_without_an_open_question_there_is_no_position(intake, walk, answered):
    assert course.position(intake, walk(answered)) is None


def test_who_works_alone_is_known_from_the_first_answer(intake):
    assert course.answer(intake, course.begin(intake), "personen", "1").alone
    assert not course.answer(intake, course.begin(intake), "personen", "2-9").alone
    assert not course.begin(intake).alone
