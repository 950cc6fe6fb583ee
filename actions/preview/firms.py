"""The firms of a preview: answers that lead to each stage."""

from collections.abc import Iterator

from actions.preview.playing import Script
from knowledge.intake import Intake, Question
from knowledge.maturity import assess
from knowledge.sites import Site

SIZE = "2-9"
UTRECHT = "GM0344"  # where a firm is when the site is of no municipality


def profile(script: Script, site: Site, question: str) -> tuple[dict[str, str], dict[str, str]]:
    """Answers to the profile questions, and what those of them are called that have no button."""
    knowledge = script.knowledge
    sector = next(iter(knowledge.sectors.sections.seed.values()))
    code, municipality = f"{sector.sbi2025}/{sector.sbi2008}", site.gemeente or UTRECHT
    answers = {"personen": SIZE, "bedrijf": code, "gemeente": municipality, "hulpvraag": question}
    return answers, {code: sector.naam, municipality: knowledge.municipalities.name(municipality)}


def levels_by_stage(intake: Intake) -> dict[str, dict[str, str]]:
    """For each stage answers to the scored questions that end in it, both after nine questions and after all.

    Of all that do, those in the middle of the stage. A stage that no such answers lead to is left out.
    """
    found: dict[str, list[dict[str, str]]] = {stage.id: [] for stage in intake.scoring.fasen}
    for answers in _ladder(intake.scored):
        core = {question.id: answers[question.id] for question in intake.core if question.scored}
        stages = {assess(intake, core).stage, assess(intake, answers).stage}
        if len(stages) == 1:
            found[stages.pop()].append(answers)
    return {stage: ways[len(ways) // 2] for stage, ways in found.items() if ways}


def _ladder(questions: tuple[Question, ...]) -> Iterator[dict[str, str]]:
    """Answers from the lowest to the highest, one question a step."""
    for level in range(3):
        for higher in range(len(questions)):
            yield {q.id: str(level + 1 if index < higher else level) for index, q in enumerate(questions)}
    yield {q.id: "3" for q in questions}
