"""The yearly answers of initiatives and the firms that took part. Knows no HTTP and no HTML."""

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.leads.repository import owners
from api.outbox import queue
from api.owners.models import Participant
from api.owners.repository import Participants
from api.owners.service import ChangedMeanwhile, OwnerData
from api.questionnaires import questions, repository
from api.questionnaires.codes import Firm
from api.questionnaires.periods import asked_year
from knowledge.catalogue import Initiative

BY_REQUEST, BY_OWNER = "aanvraag", "eigenaar"
MOST_LISTED = 2000  # firms of one initiative in one year: eight times what the region as a whole wants to reach


@dataclass(frozen=True)
class Sheet:
    """The answers of an initiative about a year, and how far they are. Version 0: nobody has saved anything yet."""

    initiative: str
    year: int
    answers: questions.Answers
    version: int
    handed_in_on: date | None
    handed_in_by: str | None
    asked_on: date | None
    listed: int

    @property
    def begun(self) -> bool:
        """Whether somebody has saved something."""
        return self.version > 0


@dataclass(frozen=True)
class Listed:
    """A firm in the list of an initiative, and whether it came as a request or the owner added it."""

    id: str
    initiative: str
    firm: Firm
    origin: str


class TooManyListed(Exception):
    """The list would become longer than any initiative needs."""


class Questionnaires:
    """The yearly questions."""

    def __init__(self, engine: Engine, data: OwnerData) -> None:
        """Take the database, and the initiatives."""
        self._engine = engine
        self._data = data

    def sheet(self, initiative: Initiative, year: int) -> Sheet:
        """The answers about a year; when there are none yet, those that are known to begin with."""
        with Session(self._engine) as session:
            found = repository.one(session, initiative.id, year)
            last = repository.one(session, initiative.id, year - 1)
            listed = len(repository.participants(session, year, initiative.id))
        row, name = found or (None, None)
        before = last[0].answers if last else {}
        return Sheet(
            initiative=initiative.id,
            year=year,
            answers=row.answers if row and row.answers else questions.known(initiative, before),
            version=row.version if row else 0,
            handed_in_on=row.handed_in_on if row else None,
            handed_in_by=name,
            asked_on=row.asked_on if row else None,
            listed=listed,
        )

    def save(self, sheet: Sheet, version: int, answers: questions.Answers) -> None:
        """Keep answers that are not finished; what was handed in stays so. Raises ChangedMeanwhile."""
        self._store(sheet, version, answers=dict(answers))

    def hand_in(self, sheet: Sheet, version: int, answers: questions.Answers, who: str, today: date) -> None:
        """Hand answers in, for the first time or again. Raises AnswerFaults and ChangedMeanwhile."""
        questions.check(answers, sheet.listed)
        self._store(sheet, version, answers=dict(answers), handed_in_on=today, handed_in_by=who)

    def _store(self, sheet: Sheet, version: int, **values: Any) -> None:
        with Session(self._engine) as session, session.begin():
            if not repository.store(session, sheet.initiative, sheet.year, version, **values):
                raise ChangedMeanwhile

    def firms(self, year: int, initiative: str | None = None) -> list[Listed]:
        """The firms that took part, of one or of every initiative."""
        with Session(self._engine) as session:
            return [_listed(row) for row in repository.participants(session, year, initiative)]

    def add(self, initiative: str, year: int, firms: Sequence[Firm]) -> None:
        """Add firms, all or none. Raises TooManyListed."""
        with Session(self._engine) as session, session.begin():
            if len(repository.participants(session, year, initiative)) + len(firms) > MOST_LISTED:
                raise TooManyListed
            for firm in firms:
                Participants.add(
                    session,
                    initiative=initiative,
                    year=year,
                    sector=firm.sector,
                    municipality=firm.municipality,
                    size_class=firm.size_class,
                    stage=firm.stage,
                    origin=BY_OWNER,
                )

    def change(self, initiative: str, participant: str, before: Firm, after: Firm) -> None:
        """Change what is known of a firm. Raises ChangedMeanwhile when it is no longer what it was before."""
        with Session(self._engine) as session, session.begin():
            was, becomes = astuple(before), astuple(after)
            if not repository.change(session, participant, initiative, before=was, after=becomes):
                raise ChangedMeanwhile

    def remove(self, initiative: str, year: int, ids: Collection[str]) -> int:
        """Take firms off the list, and tell how many that were."""
        with Session(self._engine) as session, session.begin():
            return repository.remove(session, initiative, year, ids)

    def overview(self, year: int) -> list[tuple[Initiative, Sheet]]:
        """Every initiative with its answers about a year; nothing is filled in of who has not begun."""
        with Session(self._engine) as session:
            rows, counts = repository.of_year(session, year), repository.counts(session, year)
        found = []
        for standing in self._data.all():
            row = rows.get(standing.entry.id)
            sheet = Sheet(
                initiative=standing.entry.id,
                year=year,
                answers=row.answers if row else {},
                version=row.version if row else 0,
                handed_in_on=row.handed_in_on if row else None,
                handed_in_by=None,
                asked_on=row.asked_on if row else None,
                listed=counts.get(standing.entry.id, 0),
            )
            found.append((standing.entry, sheet))
        return found

    def sweep(self, now: int) -> int:
        """Ask the owners of every initiative that ran this year, once, in the season for it. Tells how many."""
        today = date.fromtimestamp(now)
        year = asked_year(today)
        if year is None:
            return 0
        waiting = [entry for entry, sheet in self.overview(year) if not sheet.asked_on and not sheet.handed_in_on]
        return sum(self._ask(entry.id, year, now) for entry in waiting if _ran(entry, year))

    def _ask(self, initiative: str, year: int, now: int) -> bool:
        """Put the question in the outbox for every owner, once. False when there is nobody, or it was asked already."""
        with Session(self._engine) as session, session.begin():
            accounts = owners(session, initiative)
            today = date.fromtimestamp(now)
            if not accounts or not repository.note_asking(session, initiative, year, today):
                return False
            queue.tell(session, accounts, "vragenlijst", now=now, details={"initiatief": initiative, "jaar": year})
        return True


def _ran(initiative: Initiative, year: int) -> bool:
    """Whether an initiative ran in some part of a year, as far as is known."""
    if initiative.begin is not None and initiative.begin.year > year:
        return False
    return initiative.einde.year >= year if initiative.einde else initiative.status == "actief"


def _listed(row: Participant) -> Listed:
    firm = Firm(row.sector, row.municipality, row.size_class, row.stage)
    return Listed(row.id, row.initiative, firm, row.origin)
