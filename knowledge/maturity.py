"""How digital a firm is: the score, the stage and what follows from the answers themselves.

A stage only steers advice. It has no legal effect and never excludes anyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.intake import NOT_APPLICABLE, UNKNOWN, Intake, Question

Answers = Mapping[str, str]  # question id -> code


@dataclass(frozen=True)
class Maturity:
    """The outcome of the scored questions.

    `score` runs from 0 to the intake's maximum (36). `provisional` holds for the core scan and when the entrepreneur
    did not know several answers. `safety_flag` asks for attention to back-ups and passwords at any stage.
    """

    score: int
    stage: str
    provisional: bool
    safety_flag: bool


def counted(intake: Intake, answers: Answers) -> tuple[Question, ...]:
    """The scored questions that count: all ten when all are answered, else those of the core scan.

    Nothing in between: who stops in the second half keeps the result of the core scan. Questions that do not fit the
    firm are left out. Raises ValueError when a core question has no answer.
    """
    missing = [question.id for question in intake.core if question.scored and question.id not in answers]
    if missing:
        raise ValueError(f"no result before the core scan is complete: {', '.join(missing)} unanswered")
    complete = all(question.id in answers for question in intake.scored)
    asked = intake.scored if complete else tuple(question for question in intake.core if question.scored)
    return tuple(question for question in asked if answers[question.id] != NOT_APPLICABLE)


def points(code: str) -> int:
    """What an answer is worth before weighing: 0 to 3, and 0 for "I do not know"."""
    return 0 if code == UNKNOWN else int(code)


def assess(intake: Intake, answers: Answers) -> Maturity:
    """The score over the answered questions, and its stage.

    Raises ValueError when a core question has no answer.
    """
    questions = counted(intake, answers)
    weighed = sum((question.gewicht or 0) * points(answers[question.id]) for question in questions)
    highest = sum((question.gewicht or 0) * 3 for question in questions)
    rules = intake.scoring
    score = (2 * rules.maximum * weighed + highest) // (2 * highest)  # round half up, in whole numbers
    stage = next(stage.id for stage in rules.fasen if stage.van <= score <= stage.tot)
    asked = [question for question in intake.scored if question.id in answers]
    complete = len(asked) == len(intake.scored)
    unknown = sum(answers[question.id] == UNKNOWN for question in questions)
    safety = [answers[identifier] for identifier in rules.veiligheid]
    return Maturity(
        score=score,
        stage=stage,
        provisional=not complete or unknown >= rules.voorlopigBijWeetNiet,
        safety_flag="0" in safety or all(code == UNKNOWN for code in safety),
    )


def reasons(intake: Intake, answers: Answers) -> tuple[str, ...]:
    """Two to four sentences from the person's own answers that say most about the score.

    What weighs heaviest comes first; of the answers that lift the score and those that hold it back both are shown.
    """
    questions = counted(intake, answers)
    weights = {question.id: question.gewicht or 0 for question in questions}
    strong = sorted(
        (q for q in questions if points(answers[q.id]) >= 2), key=lambda q: -weights[q.id] * points(answers[q.id])
    )
    weak = sorted(
        (q for q in questions if points(answers[q.id]) < 2), key=lambda q: -weights[q.id] * (3 - points(answers[q.id]))
    )
    chosen = strong[:2] + weak[:2]
    chosen += (strong[2:] + weak[2:])[: max(0, 3 - len(chosen))]
    return tuple(question.statement(answers[question.id]) for question in chosen)


def next_step(intake: Intake, answers: Answers) -> str:
    """The one step that would lift the score most: the heaviest question with the most still to gain."""
    questions = [question for question in counted(intake, answers) if points(answers[question.id]) < 3]
    if not questions:
        return intake.scoring.bijnaAlles
    best = max(questions, key=lambda question: ((question.gewicht or 0), 3 - points(answers[question.id])))
    return best.stappen[points(answers[best.id])]
