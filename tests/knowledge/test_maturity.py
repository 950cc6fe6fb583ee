"""The score, its stage and what follows from it: the agreed test vectors, and every rule with a yes and a no."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.maturity import assess, next_step, reasons
from tests.knowledge.agreed import AGREED

CORE = [q["id"] for q in AGREED["vragen"] if q["kern"] and "gewicht" in q]
FURTHER = [q["id"] for q in AGREED["vragen"] if not q["kern"]]
ALL = CORE + FURTHER


def full(*codes) -> dict[str, str]:
    return dict(zip(ALL, map(str, codes), strict=True))


def core(*codes) -> dict[str, str]:
    return dict(zip(CORE, map(str, codes), strict=True))


def outcome(maturity) -> dict:
    return {"score": maturity.score, "fase": maturity.stage, "vlag": maturity.safety_flag}


@pytest.mark.parametrize("vector", AGREED["vectoren"], ids=lambda vector: f"score {vector['score']}")
def test_the_agreed_answers_give_the_agreed_result(knowledge, vector):
    agreed = {name: vector[name] for name in ("score", "fase", "vlag")}
    assert outcome(assess(knowledge.intake, full(*vector["waarden"]))) == agreed


# The score.


@pytest.mark.parametrize(("points", "score"), [(1, 2), (2, 3), (3, 5), (5, 8), (7, 11)])
def test_half_a_point_is_rounded_up(knowledge, points, score):
    # With weight 3 for the books the core scan has a maximum of 24, so an odd number of points ends in a half.
    heavier = {"administratie": 3}
    questions = tuple(msgspec.structs.replace(q, gewicht=heavier.get(q.id, q.gewicht)) for q in knowledge.intake.vragen)
    intake = msgspec.structs.replace(knowledge.intake, vragen=questions)
    answers = core(0, 0, 0, 0, 0)
    for question in ("vindbaar", "backup_updates", "inloggen"):
        answers[question] = str(min(points, 3))
        points -= int(answers[question])
    assert assess(intake, answers).score == score


@pytest.mark.parametrize(("vindbaar", "score"), [(0, 0), (1, 2), (2, 3), (3, 5)])  # 12/7, 24/7 and 36/7
def test_the_core_scan_is_brought_to_the_same_scale(knowledge, vindbaar, score):
    assert assess(knowledge.intake, core(0, vindbaar, 0, 0, 0)).score == score


def test_not_knowing_counts_as_nothing(knowledge):
    unknown = assess(knowledge.intake, full("weet_niet", 2, 2, 2, 2, 2, 2, 2, 2, 2))
    nothing = assess(knowledge.intake, full(0, 2, 2, 2, 2, 2, 2, 2, 2, 2))
    assert unknown.score == nothing.score == 20


def test_a_question_that_does_not_fit_is_left_out(knowledge):
    assert assess(knowledge.intake, full(3, 3, 3, 3, 3, 3, 3, "nvt", 3, 3)).score == 36
    assert assess(knowledge.intake, full(3, 3, 3, 3, 3, 3, 3, 0, 3, 3)).score == 33


def test_books_and_data_weigh_double(knowledge):
    scores = {
        question: assess(knowledge.intake, full(*[3 if other == question else 0 for other in ALL])).score
        for question in ALL
    }
    assert scores == {question: 6 if question in ("administratie", "gegevens") else 3 for question in ALL}


@pytest.mark.parametrize("answered", range(1, 5))
def test_who_stops_in_the_second_half_keeps_the_core_result(knowledge, answered):
    answers = core(2, 1, 2, 1, 1)
    half = answers | dict.fromkeys(FURTHER[:answered], "3")
    assert assess(knowledge.intake, half) == assess(knowledge.intake, answers)
    assert reasons(knowledge.intake, half) == reasons(knowledge.intake, answers)
    assert next_step(knowledge.intake, half) == next_step(knowledge.intake, answers)


def test_the_fifth_further_answer_makes_the_full_result(knowledge):
    answers = core(2, 1, 2, 1, 1)
    assert assess(knowledge.intake, answers).score == 19
    assert assess(knowledge.intake, answers | dict.fromkeys(FURTHER, "3")).score == 26


@pytest.mark.parametrize("missing", CORE)
def test_there_is_no_result_before_the_core_scan_is_complete(knowledge, missing):
    answers = full(*[1] * 10)
    del answers[missing]
    with pytest.raises(ValueError, match=missing):
        assess(knowledge.intake, answers)


# The stage.


@pytest.mark.parametrize(
    ("codes", "score", "stage"),
    [
        ([0] * 10, 0, "adhoc"),
        ([1, 1, 1, 1, 1, 0, 1, 1, 1, 1], 11, "adhoc"),
        ([1] * 10, 12, "engaged"),
        ([2, 2, 2, 2, 2, 1, 2, 1, 1, 1], 20, "engaged"),
        ([2, 2, 2, 2, 2, 1, 2, 1, 1, 2], 21, "verder"),
        ([3] * 10, 36, "verder"),
    ],
)
def test_a_stage_holds_both_its_ends(knowledge, codes, score, stage):
    maturity = assess(knowledge.intake, full(*codes))
    assert (maturity.score, maturity.stage) == (score, stage)


# Provisional.


def test_the_core_scan_is_provisional_and_the_full_scan_is_not(knowledge):
    assert assess(knowledge.intake, core(2, 2, 2, 2, 2)).provisional
    assert not assess(knowledge.intake, full(*[2] * 10)).provisional


@pytest.mark.parametrize(("unknown", "provisional"), [(0, False), (1, False), (2, False), (3, True), (10, True)])
def test_three_answers_that_are_not_known_make_it_provisional(knowledge, unknown, provisional):
    codes = ["weet_niet"] * unknown + [2] * (10 - unknown)
    assert assess(knowledge.intake, full(*codes)).provisional is provisional


def test_a_question_that_does_not_fit_is_no_answer_that_is_not_known(knowledge):
    assert not assess(knowledge.intake, full("weet_niet", "weet_niet", 2, 2, 2, 2, 2, "nvt", 2, 2)).provisional


# The safety flag.


@pytest.mark.parametrize(
    ("backups", "login", "flag"),
    [
        ("0", "3", True),
        ("3", "0", True),
        ("0", "0", True),
        ("weet_niet", "weet_niet", True),
        ("weet_niet", "0", True),
        ("weet_niet", "1", False),
        ("1", "weet_niet", False),
        ("1", "1", False),
        ("3", "3", False),
    ],
)
def test_the_safety_flag(knowledge, backups, login, flag):
    answers = core(2, 2, 2, backups, login)
    assert assess(knowledge.intake, answers).safety_flag is flag
    assert assess(knowledge.intake, answers | dict.fromkeys(FURTHER, "2")).safety_flag is flag


# Reasons and the next step.


def statement(knowledge, question, code):
    return knowledge.intake.question(question).statement(code)


def test_the_reasons_show_what_lifts_and_what_holds_back_heaviest_first(knowledge):
    assert reasons(knowledge.intake, core(3, 0, 0, 1, 2)) == (
        statement(knowledge, "administratie", "3"),
        statement(knowledge, "inloggen", "2"),
        statement(knowledge, "gegevens", "0"),
        statement(knowledge, "vindbaar", "0"),
    )


def test_who_is_good_at_everything_hears_only_that(knowledge):
    found = reasons(knowledge.intake, core(3, 3, 3, 3, 3))
    assert found == tuple(statement(knowledge, q, "3") for q in ("administratie", "gegevens", "vindbaar"))


@pytest.mark.parametrize(
    ("codes", "question", "level"),
    [
        ([0, 0, 0, 0, 0], "administratie", 0),  # the first of the two that weigh double
        ([1, 0, 0, 0, 0], "gegevens", 0),
        ([3, 0, 2, 0, 0], "gegevens", 2),  # weighs more than what has more to gain
        ([3, 1, 3, 0, 2], "backup_updates", 0),
        ([3, 3, 3, 3, "weet_niet"], "inloggen", 0),
    ],
)
def test_the_next_step_is_at_the_heaviest_question_with_the_most_to_gain(knowledge, codes, question, level):
    assert next_step(knowledge.intake, core(*codes)) == knowledge.intake.question(question).stappen[level]


def test_who_has_everything_gets_a_next_step_too(knowledge):
    assert next_step(knowledge.intake, full(*[3] * 10)) == knowledge.intake.scoring.bijnaAlles


def test_the_next_step_is_never_about_what_does_not_fit(knowledge):
    answers = full(3, 3, 3, 3, 3, 3, 3, "nvt", 3, 2)
    assert next_step(knowledge.intake, answers) == knowledge.intake.question("automatisering").stappen[2]


# Whatever is answered.

CODE = st.sampled_from(["weet_niet", "0", "1", "2", "3"])
CORE_ANSWERS = st.fixed_dictionaries(dict.fromkeys(CORE, CODE))
FULL_ANSWERS = st.fixed_dictionaries(
    {q: CODE | st.just("nvt") if q == "online_bestellen" else CODE for q in ALL},
)
ANSWERS = CORE_ANSWERS | FULL_ANSWERS
HIGHER = {"weet_niet": "1", "0": "1", "1": "2", "2": "3", "3": "3"}


@given(answers=ANSWERS, raised=st.sampled_from(ALL))
def test_more_digital_never_lowers_the_score(knowledge, answers, raised):
    if answers.get(raised, "nvt") == "nvt":
        raised = "administratie"
    better = answers | {raised: HIGHER[answers[raised]]}
    before, after = assess(knowledge.intake, answers), assess(knowledge.intake, better)
    assert after.score > before.score or (after.score == before.score and answers[raised] == better[raised])
    assert list(AGREED["fasen"]).index(after.stage) >= list(AGREED["fasen"]).index(before.stage)


@given(answers=ANSWERS)
def test_every_score_lies_on_the_scale_and_in_its_stage(knowledge, answers):
    maturity = assess(knowledge.intake, answers)
    lowest, highest = AGREED["fasen"][maturity.stage]
    assert 0 <= lowest <= maturity.score <= highest <= 36


@given(answers=ANSWERS)
def test_everybody_gets_two_to_four_reasons_from_own_answers_and_a_next_step(knowledge, answers):
    found = reasons(knowledge.intake, answers)
    assert 2 <= len(found) <= 4
    assert len(set(found)) == len(found)
    assert set(found) <= {statement(knowledge, question, code) for question, code in answers.items() if code != "nvt"}
    assert next_step(knowledge.intake, answers)
