"""The course of one scan: which question is open, and what an answer, "terug" or "stop" does to it.

A scan is a frozen value; every step gives a new one. Texts, HTTP and storage are elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.intake import Intake, Question

Phase = Literal["kern", "aanbod", "verdieping", "klaar", "gestopt"]
Kind = Literal["bevestig", "kies", "anders", "overslaan", "eerder"]

# Why a question is asked in other words, when it is not that the answer was not understood.
LARGER_AREA, NOT_KNOWN, STAYS, LATER, NOT_SO = "gebied", "weet_niet", "blijft", "straks", "nee"


@dataclass(frozen=True)
class Candidate:
    """An answer that may be meant: its code, its button, and what it says about the firm."""

    code: str
    titel: str
    zin: str


@dataclass(frozen=True)
class Doubt:
    """A counter-question about the open question.

    Is this one answer meant (bevestig), which of these (kies), the question in other words with all its buttons
    (anders), or shall we leave it open (overslaan). `ask` is what a doubtful word makes us ask, or why we ask again.
    Among the candidates can be moments instead of answers: what may have been asked or wanted. Or it is not about the
    open question at all: does the answer to `about`, an earlier one, become this candidate (eerder).
    """

    kind: Kind
    candidates: tuple[Candidate, ...] = ()
    ask: str | None = None
    about: str | None = None


@dataclass(frozen=True)
class Scan:
    """The answers so far and where the conversation is.

    `answers` maps question ids to codes. `replaced` keeps the answer that a reopened question had, so that the result
    that was given stays in force until there is a new one. `tries` counts answers to the open question that were not
    understood.
    """

    phase: Phase = "kern"
    open: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    tries: int = 0
    doubt: Doubt | None = None

    @property
    def effective(self) -> dict[str, str]:
        """The answers that the result rests on."""
        return {**self.replaced, **self.answers}

    @property
    def alone(self) -> bool:
        """Whether the entrepreneur works alone, which changes the wording of some questions."""
        return self.answers.get("personen") == "1"

    @property
    def offered(self) -> frozenset[str]:
        """The answers to the open question that a counter-question offers."""
        if self.doubt is None or self.doubt.about:
            return frozenset()
        return frozenset(candidate.code for candidate in self.doubt.candidates)

    def has_result(self, intake: Intake) -> bool:
        """Whether the core scan has been completed."""
        return all(question.id in self.effective for question in intake.core)


def begin(intake: Intake) -> Scan:
    """A new scan with the first question open."""
    return Scan(open=intake.core[0].id)


def answer(intake: Intake, scan: Scan, question: str, code: str) -> Scan:
    """The scan with an answer to any question. The question that was open stays open when another was answered."""
    answers = {**scan.answers, question: code}
    replaced = {key: value for key, value in scan.replaced.items() if key != question}
    doubt = None if scan.doubt and scan.doubt.about == question else scan.doubt
    scan = replace(scan, answers=answers, replaced=replaced, doubt=doubt)
    return _advance(intake, scan) if question == scan.open or scan.open is None else scan


def _advance(intake: Intake, scan: Scan) -> Scan:
    """The next open question, or the offer or the end when there is none."""
    settled = replace(scan, tries=0, doubt=None, open=None)
    unanswered = _first_unanswered(intake.core, scan)
    if unanswered:
        return replace(settled, open=unanswered)
    if scan.phase == "kern":
        return replace(settled, phase="aanbod")
    if scan.phase == "verdieping":
        further = _first_unanswered(intake.further, scan)
        return replace(settled, open=further) if further else replace(settled, phase="klaar")
    # A question of the second half that was reopened after the end is the only one of it that can be missing.
    reopened = next((q.id for q in intake.further if q.id in scan.replaced), None)
    return replace(settled, open=reopened)


def _first_unanswered(questions: tuple[Question, ...], scan: Scan) -> str | None:
    return next((question.id for question in questions if question.id not in scan.answers), None)


def go_on(intake: Intake, scan: Scan) -> Scan:
    """Start the five further questions; they can only follow a complete core scan."""
    return _advance(intake, replace(scan, phase="verdieping"))


def finish(scan: Scan) -> Scan:
    """End with the result that there is."""
    return replace(scan, phase="klaar", open=None, doubt=None, tries=0)


def stop(intake: Intake, scan: Scan) -> Scan:
    """End at once. Without a result the answers are forgotten; with one it stays."""
    if scan.has_result(intake):
        restored = replace(scan, answers=scan.effective, replaced={})
        return finish(restored)
    return Scan(phase="gestopt")


def skip(intake: Intake, scan: Scan) -> Scan:
    """Leave the open question open: "weet_niet", or "onbekend" for the first three."""
    if scan.open is None:
        return scan
    return answer(intake, scan, scan.open, intake.question(scan.open).unknown)


def reopen(scan: Scan, question: str) -> Scan:
    """Open an answered question again. A result that was given stays until the new answer."""
    answers = dict(scan.answers)
    replaced = dict(scan.replaced)
    if question in answers:
        replaced[question] = answers.pop(question)
    return replace(scan, open=question, answers=answers, replaced=replaced, tries=0, doubt=None)


def back(intake: Intake, scan: Scan) -> Scan | None:
    """Open the question before the one that is open, or the last one when none is. None at the first question."""
    order = [question.id for question in intake.vragen]
    if scan.phase == "gestopt":
        return None
    if scan.open is None:
        asked = [identifier for identifier in order if identifier in scan.answers]
        return reopen(scan, asked[-1]) if asked else None
    position = order.index(scan.open)
    if position == 0:
        return None
    return reopen(scan, order[position - 1])


def without_offer(scan: Scan, code: str) -> Scan:
    """The scan after something that a counter-question offered: it has been cleared up."""
    offered = scan.doubt is not None and any(candidate.code == code for candidate in scan.doubt.candidates)
    return replace(scan, doubt=None) if offered else scan


def doubt(scan: Scan, about: Doubt, *, failed: bool = False) -> Scan:
    """The scan with a counter-question open; `failed` counts an answer that was not understood."""
    return replace(scan, doubt=about, tries=scan.tries + failed)


def position(intake: Intake, scan: Scan) -> tuple[int, int] | None:
    """Number and total of the open question within its half (1 of 9), or None when none is open."""
    if scan.open is None:
        return None
    half = intake.part(intake.question(scan.open).deel)
    return [question.id for question in half].index(scan.open) + 1, len(half)
