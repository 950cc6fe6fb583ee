"""An earlier answer that somebody changes in words: "o wacht, we zijn met twaalf", "toch hou ik het bij in Excel"."""

from actions.meanings import Answers, Heard
from actions.phrases import CORRECTION
from actions.profile import certain_readings
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, UNKNOWN
from knowledge.scan import Scan

# How much of all answers an earlier question must have, and its option of that question, to change it unasked.
ON_EARLIER, CERTAIN = 0.75, 0.70


def corrected(knowledge: Knowledge, scan: Scan, heard: Heard, clean: str) -> Answers | None:
    """The answers that change; None when nothing is corrected, or it is not beyond doubt."""
    if not CORRECTION.search(clean):
        return None
    given = [
        (name, code)
        for name, code in certain_readings(heard).items()
        if name != scan.open and scan.answers.get(name, code) != code
    ]
    given = given or _scored(knowledge, scan, heard)
    return Answers(tuple(given), correction=True) if given else None


def _scored(knowledge: Knowledge, scan: Scan, heard: Heard) -> list[tuple[str, str]]:
    """An answer to an earlier question with options, where the words speak of nothing else."""
    codes = {
        question.intent(code): (question.id, code)
        for question in knowledge.intake.vragen
        if question.id not in MAY_BE_LEFT_OPEN and (question.id == scan.open or question.id in scan.answers)
        for code, _ in question.choices()
        if code != UNKNOWN
    }
    ranking = Ranking.of(heard.intents, codes)
    if not ranking.shares or ranking.mass < 0.5:
        return []
    question, code = codes[ranking.first[0]]
    mine = [intent for intent, (subject, _) in codes.items() if subject == question]
    if question == scan.open or ranking.share(mine) < ON_EARLIER:
        return []
    if ranking.first[1] / ranking.share(mine) < CERTAIN or scan.answers.get(question) == code:
        return []
    return [(question, code)]
