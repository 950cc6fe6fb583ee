"""Looking at a file of intakes, and taking the rows that are right. Knows no HTTP and no HTML."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from analytics.recording import Entry, Recorder, Source
from api.events.service import Event, EventService
from api.imports.columns import intake_columns
from api.imports.notes import notes
from api.imports.reading import read_table
from api.imports.report import MOST_ASKED, Report
from api.imports.repository import StagedImports
from api.imports.rows import Fault, IntakeRow, RowReader, shown
from api.imports.table import MOST_ROWS, TOO_MANY_ROWS, Unreadable
from api.intakes.service import IntakeService
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN
from knowledge.result import result
from knowledge.words import visible

LATE_DAYS = 60  # how long after the last day of an event paper may still be typed over
CHANNEL = "evenement"


class Undecided(ValueError):
    """Words whose meaning somebody has to choose first, by number."""

    def __init__(self, numbers: list[int]) -> None:
        """Tell which."""
        self.numbers = numbers
        super().__init__("words without a meaning")


class ImportService:
    """Files of intakes over the knowledge, the register of events and the recording function."""

    def __init__(
        self,
        knowledge: Knowledge,
        events: EventService,
        intakes: IntakeService,
        recorder: Recorder,
        staged: StagedImports,
    ) -> None:
        """Take the parts."""
        self._knowledge = knowledge
        self._events = events
        self._intakes = intakes
        self._recorder = recorder
        self._staged = staged
        self.columns = intake_columns(knowledge.intake)

    def refusal(self, event: Event, today: date) -> str | None:
        """Why an event takes no files; None when it does."""
        if event.closed_on is not None:
            return "Dit evenement is afgesloten. Er kunnen geen intakes meer bij."
        if today > event.last_day + timedelta(days=LATE_DAYS):
            last = self._knowledge.texts.day(event.last_day)
            return f"Dit evenement liep tot en met {last}. Inlezen kon tot {LATE_DAYS} dagen daarna, en nu niet meer."
        return None

    def look(self, event: Event, name: str, data: bytes, today: date) -> Report:
        """Read a file; nothing is recorded. Raises Unreadable when no row of it can be read."""
        table = read_table(data, self.columns)
        header = self.columns.header(table.rows)
        reader = RowReader(
            table,
            header,
            self.columns,
            knowledge=self._knowledge,
            service=self._intakes,
            salt=self._events.salt(event.code),
        )
        below = [row for row in table.rows if row.number > header.row]
        full = [row for row in below if not reader.empty(row)]
        if len(full) > MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        rows: list[IntakeRow] = []
        faults: list[Fault] = []
        for row in full:
            found = reader.read(row, today)
            if isinstance(found, IntakeRow):
                rows.append(found)
            else:
                faults += found
        known = self._recorder.recorded([row.record for row in rows])
        return Report(
            file=shown(visible(name)) or "zonder naam",
            rows=[replace(row, known=row.record in known) for row in rows],
            words=reader.words,
            faults=faults,
            empty=full[-1].number - header.row - len(full) if full else 0,
            notes=[*table.notes, *notes(table, header, reader.words, full)],
        )

    def take(
        self, event: Event, report: Report, chosen: Mapping[int, str], otherwise: Collection[int] = frozenset()
    ) -> int:
        """Record the rows that are right, all in one transaction. Returns how many were not recorded before.

        `chosen` holds codes for words by number; `otherwise` are the words that were clear, and mean something else.
        Raises Undecided when a choice is lacking, and SQLAlchemyError when the database cannot take the rows; then
        nothing is recorded.
        """
        open_words = {use.number for use in report.used("twijfel", "onbekend")} | set(otherwise)
        undecided = sorted(open_words - chosen.keys())
        if undecided:
            raise Undecided(undecided)
        entries = []
        for row in report.rows:
            if row.known:
                continue
            meant = {
                question: chosen.get(number) or report.words[number].choices[0][0]
                for question, number in row.words.items()
            }
            codes = {**row.codes, **meant}
            source = Source(row.record, event.site, CHANNEL, event.code)
            entries.append(Entry(source, codes, result(self._knowledge, codes, row.day), row.day))
        return self._recorder.record_many(entries)

    def can_mean(self, report: Report, number: int, code: str) -> bool:
        """Whether a code is an answer to the question of these words."""
        word = report.words[number]
        question = self._knowledge.intake.question(word.question)
        return question.id in MAY_BE_LEFT_OPEN and (self._intakes.known(question, code) or code in dict(word.choices))

    def stage(self, event: Event, report: Report, now: int) -> str:
        """Keep a report until somebody approves it, an hour at most. Returns its token."""
        asked = report.without_asking(self.columns, MOST_ASKED)
        return self._staged.add(event.code, msgspec.to_builtins(asked), now)

    def staged(self, event: Event, token: str, now: int) -> Report | None:
        """The report of this token, when it is there still."""
        found = self._staged.find(token, event.code, now)
        return None if found is None else msgspec.convert(found, Report)

    def finish(self, token: str, report: Report, taken: int) -> None:
        """Note how many rows of a report were taken. The rows are forgotten, what is wrong stays to be read."""
        self._staged.change(token, msgspec.to_builtins(replace(report, rows=[], words=[], taken=taken)))
