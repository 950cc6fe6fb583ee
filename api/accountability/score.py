"""How the score is made, worked out on answers that nobody gave: for who wants to check it with pen and paper."""

from dataclasses import dataclass

from knowledge.intake import NOT_APPLICABLE, UNKNOWN, Intake, Question, Stage
from knowledge.maturity import Answers, Maturity, assess, counted, points

HIGHEST = 3  # points that an answer can give before weighing
_CORE = ("1", "2", "1", "0", "2")  # answers of the examples, by the place of the question among the scored ones
_FURTHER = ("3", "2", NOT_APPLICABLE, UNKNOWN, "1")
_IN_ITS_PLACE = "2"  # of "does not fit", at a question that always fits


@dataclass(frozen=True)
class Line:
    """One question of an example: the answer in words, its points, and those times its weight."""

    question: Question
    answer: str
    points: int
    weighed: int
    counts: bool


@dataclass(frozen=True)
class Example:
    """A score worked out: of how many points, and which stage it gives."""

    lines: tuple[Line, ...]
    weighed: int
    highest: int
    maturity: Maturity
    stage: Stage


def examples(intake: Intake) -> tuple[Example, Example]:
    """A core scan, and the whole scan with a question that does not fit and one that was not known."""
    core = _answers(tuple(question for question in intake.core if question.scored), _CORE)
    further = _answers(tuple(question for question in intake.further if question.scored), _FURTHER)
    return _example(intake, core), _example(intake, {**core, **further})


def _answers(questions: tuple[Question, ...], codes: tuple[str, ...]) -> Answers:
    found = {}
    for place, question in enumerate(questions):
        code = codes[place % len(codes)]
        found[question.id] = _IN_ITS_PLACE if code == NOT_APPLICABLE and question.nvt is None else code
    return found


def _example(intake: Intake, answers: Answers) -> Example:
    counting = counted(intake, answers)
    lines = tuple(
        _line(question, answers[question.id], counts=question in counting)
        for question in intake.scored
        if question.id in answers
    )
    maturity = assess(intake, answers)
    return Example(
        lines=lines,
        weighed=sum(line.weighed for line in lines),
        highest=sum(HIGHEST * (question.gewicht or 0) for question in counting),
        maturity=maturity,
        stage=intake.stage(maturity.stage),
    )


def _line(question: Question, code: str, *, counts: bool) -> Line:
    got = points(code) if counts else 0
    words = dict(question.choices())
    return Line(question, words[code], got, got * (question.gewicht or 0), counts)
