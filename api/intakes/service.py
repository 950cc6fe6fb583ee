"""A whole scan taken at once: the answers as codes in, the result and its record out. Knows no HTTP and no HTML."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from analytics.database import Base
from analytics.recording import Recorder, Source
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, OPEN, OUTSIDE_REGION, Question
from knowledge.result import Result, result

Fault = Literal["ontbreekt", "bestaat_niet"]


@dataclass(frozen=True)
class IntakeAnswers:
    """The answers of one entrepreneur: question ids and codes, as the conversation holds them.

    The core questions are needed. The further ones count when all of them are there, as in a conversation that stops in
    its second half.
    """

    codes: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """What a scan came to: its answers, the result, and the `uitslag` of the public interface."""

    answers: IntakeAnswers
    outcome: Result
    uitslag: dict[str, Any]


class Unfit(ValueError):
    """Answers that no result can be made of: what is wrong, by question id."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        """Name the questions, never what was answered."""
        self.faults = dict(faults)
        super().__init__(", ".join(f"{question}: {fault}" for question, fault in self.faults.items()))


def record_id(key: str) -> str:
    """The id of the record that belongs to a client's random key: the same key, the same record.

    A hash, so that who sees the record cannot tell the key.
    """
    return str(UUID(bytes=hashlib.sha256(key.encode()).digest()[:16], version=4))


class IntakeService:
    """Scans over the knowledge and the recording function."""

    def __init__(self, knowledge: Knowledge, recorder: Recorder) -> None:
        """Take the parts."""
        self._knowledge = knowledge
        self._recorder = recorder

    def known(self, question: Question, code: str) -> bool:
        """Whether a code is an answer to this question."""
        if question.id in MAY_BE_LEFT_OPEN and code == OPEN:
            return True
        if question.id == "bedrijf":
            return code in self._knowledge.sectors.codes
        if question.id == "gemeente":
            codes = {municipality.code for municipality in self._knowledge.municipalities.gemeenten}
            return code in codes or code == OUTSIDE_REGION
        return code in dict(question.choices())

    def faults(self, answers: IntakeAnswers) -> dict[str, Fault]:
        """What keeps these answers from having a result, by question id in the order of the scan."""
        intake, codes = self._knowledge.intake, answers.codes
        asked = {question.id for question in intake.vragen}
        found: dict[str, Fault] = {}
        for question in intake.vragen:
            if question.id not in codes:
                if question.deel == "kern":
                    found[question.id] = "ontbreekt"
            elif not self.known(question, codes[question.id]):
                found[question.id] = "bestaat_niet"
        return {**found, **{name: "bestaat_niet" for name in codes if name not in asked}}

    def assess(self, answers: IntakeAnswers, day: date) -> Taken:
        """What these answers come to on a day, without recording it. Raises Unfit when they are not whole."""
        faults = self.faults(answers)
        if faults:
            raise Unfit(faults)
        outcome = result(self._knowledge, answers.codes, day)
        return Taken(answers, outcome, outcome.as_dict())

    def take(self, answers: IntakeAnswers, source: Source, day: date) -> Taken:
        """Make the result and record it; again with the same source it replaces what was recorded.

        Raises Unfit when the answers are not whole, and SQLAlchemyError when the database cannot take the record; then
        nothing is recorded.
        """
        taken = self.assess(answers, day)
        try:
            self._recorder.record_referral(source, answers.codes, taken.outcome, day)
        except (IntegrityError, StaleDataError):  # the same answers at the same moment: the other request came first
            self._recorder.record_referral(source, answers.codes, taken.outcome, day)
        return taken

    def record_once(self, taken: Taken, source: Source, day: date, *, beside: Base) -> bool:
        """Record a result that was not recorded yet, together with a row of one's own, or neither.

        False when there was a record of this source already. Raises SQLAlchemyError when the database cannot take it.
        """
        return self._recorder.record_once(source, taken.answers.codes, taken.outcome, day, beside=beside)
