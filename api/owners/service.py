"""What owners say of their initiatives, and what the coordinator does with it. Knows no HTTP and no HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.leads.repository import owners
from api.outbox import queue
from api.owners import repository
from api.owners.fields import Faults, merged, with_changes
from api.owners.models import InitiativeState, ProposedChange
from api.owners.projection import Projection
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.changes import confirmed

HOLDS = timedelta(weeks=26)  # how long a confirmation holds: then the owners are asked again
SILENCE = timedelta(days=30)  # after being asked


class ChangedMeanwhile(Exception):
    """Somebody else changed what this was about; nothing was done."""


class AlreadyDecided(Exception):
    """Somebody else decided on this proposal; nothing was done."""


@dataclass(frozen=True)
class Standing:
    """An initiative as it is now by the database, and how it stands with its confirmation.

    `files` is what its file alone says; `fault` tells why changes could not be laid over that.
    """

    entry: Initiative
    files: Initiative
    version: int
    changes: Mapping[str, Any]
    confirmed_on: date | None
    asked_on: date | None
    fault: str | None = None

    def unconfirmed(self, today: date) -> bool:
        """Whether nobody said in half a year that the data holds."""
        return self.confirmed_on is None or self.confirmed_on <= today - HOLDS

    def asked(self, today: date) -> bool:
        """Whether the owners were asked in the last half year."""
        return self.asked_on is not None and self.asked_on > today - HOLDS

    def silent(self, today: date) -> bool:
        """Whether the owners were asked a while ago and did not answer."""
        waiting = self.asked_on is not None and (self.confirmed_on is None or self.confirmed_on < self.asked_on)
        return waiting and self.asked_on is not None and self.asked_on <= today - SILENCE


@dataclass(frozen=True)
class Proposal:
    """What an owner wants to be different, by whom, and what was decided."""

    id: str
    initiative: str
    fields: Mapping[str, Any]
    note: str
    made_by: str
    made_on: date
    state: str
    decided_by: str | None
    decided_on: date | None
    answer: str

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == repository.PROPOSED


class OwnerData:
    """The data of initiatives over the files, the database and the file that other programs follow."""

    def __init__(self, engine: Engine, knowledge: Knowledge, projection: Projection) -> None:
        """Take the parts."""
        self._engine = engine
        self._knowledge = knowledge
        self._projection = projection

    def all(self) -> list[Standing]:
        """Every initiative, by name."""
        with Session(self._engine) as session:
            known = repository.states(session)
            found = [self._standing(files, known.get(files.id)) for files in self._files()]
        return sorted(found, key=lambda standing: standing.entry.naam.casefold())

    def one(self, initiative: str) -> Standing | None:
        """One initiative; None when there is none with this id."""
        files = next((entry for entry in self._files() if entry.id == initiative), None)
        if files is None:
            return None
        with Session(self._engine) as session:
            return self._standing(files, repository.state(session, initiative))

    def _files(self) -> tuple[Initiative, ...]:
        return self._knowledge.editions.files.catalogue

    def _standing(self, files: Initiative, state: InitiativeState | None) -> Standing:
        if state is None:
            return Standing(files, files, 0, {}, None, None)
        entry, fault = files, None
        try:
            entry = with_changes(self._knowledge, files, state.changes)
        except Faults as faults:
            fault = str(faults)
        entry = confirmed(entry, state.confirmed_on, self._knowledge.texts)
        return Standing(entry, files, state.version, state.changes, state.confirmed_on, state.asked_on, fault)

    def confirm(self, initiative: str, version: int, today: date) -> None:
        """Note that the data holds, as it was at this version. Raises ChangedMeanwhile."""
        with Session(self._engine) as session, session.begin():
            if not repository.store(session, initiative, version, confirmed_on=today):
                raise ChangedMeanwhile
        self._projection.write()

    def change(self, standing: Standing, fields: Mapping[str, Any]) -> None:
        """Make fields different at once. Raises Faults, and ChangedMeanwhile when it is no longer as it stands."""
        changes = merged(standing.files, standing.changes, fields)
        with_changes(self._knowledge, standing.files, changes)
        with Session(self._engine) as session, session.begin():
            if not repository.store(session, standing.entry.id, standing.version, changes=changes):
                raise ChangedMeanwhile
        self._projection.write()

    def propose(self, standing: Standing, account: str, fields: Mapping[str, Any], note: str, today: date) -> None:
        """Ask the coordinator to make fields different. The same proposal sent twice is one. Raises Faults."""
        with_changes(self._knowledge, standing.files, merged(standing.files, standing.changes, fields))
        initiative = standing.entry.id
        with Session(self._engine) as session, session.begin():
            waiting = [one for one, *_ in repository.proposals(session, initiative) if one.state == repository.PROPOSED]
            if not any(one.fields == fields and one.note == note for one in waiting):
                repository.propose(session, initiative, account, fields=fields, note=note, today=today)

    def proposals(self, initiative: str | None = None) -> list[Proposal]:
        """The proposals of one or of every initiative: those that wait first, then the newest."""
        with Session(self._engine) as session:
            return [_proposal(*found) for found in repository.proposals(session, initiative)]

    def refuse(self, initiative: str, proposal: str, who: str, answer: str, today: date) -> None:
        """Leave the data as it is, and tell why. Raises AlreadyDecided, and Faults when no reason is given."""
        if not answer:
            raise Faults({"antwoord": "Vertel de eigenaar waarom je het niet overneemt."})
        with Session(self._engine) as session, session.begin():
            to = repository.REFUSED
            if not repository.decide(session, proposal, initiative, to=to, who=who, answer=answer, today=today):
                raise AlreadyDecided

    def take_over(self, standing: Standing, proposal: str, who: str, answer: str, today: date) -> None:
        """Make the data what an owner proposes, who thereby said on that day that the rest of it holds.

        Raises AlreadyDecided, ChangedMeanwhile, and Faults when the proposal no longer fits the rules; then nothing is
        done.
        """
        initiative, to = standing.entry.id, repository.TAKEN_OVER
        with Session(self._engine) as session, session.begin():
            decided = repository.decide(session, proposal, initiative, to=to, who=who, answer=answer, today=today)
            if decided is None:
                raise AlreadyDecided
            changes = merged(standing.files, standing.changes, decided.fields)
            with_changes(self._knowledge, standing.files, changes)
            said_on = max(decided.made_on, standing.confirmed_on or decided.made_on)
            if not repository.store(session, initiative, standing.version, changes=changes, confirmed_on=said_on):
                raise ChangedMeanwhile
        self._projection.write()

    def sweep(self, now: int) -> int:
        """Ask owners who were not asked in half a year, and bring the file up to date. Tells how many were asked."""
        today = date.fromtimestamp(now)
        open_ones = [one for one in self.all() if one.unconfirmed(today) and not one.asked(today)]
        asked = sum(self._ask(one.entry.id, today, now) for one in open_ones if not _over(one.entry, today))
        self._projection.write()
        return asked

    def _ask(self, initiative: str, today: date, now: int) -> bool:
        """Put the question in the outbox for every owner, once. False when there is nobody, or it was asked already."""
        with Session(self._engine) as session, session.begin():
            accounts = owners(session, initiative)
            if not accounts or not repository.note_asking(session, initiative, today, today - HOLDS):
                return False
            queue.tell(session, accounts, "gegevens-controle", now=now, details={"initiatief": initiative})
        return True


def _over(initiative: Initiative, today: date) -> bool:
    """Whether an initiative has ended; one that is yet to begin has not."""
    return initiative.status != "actief" or (initiative.einde is not None and initiative.einde < today)


def _proposal(row: ProposedChange, made_by: str, decided_by: str | None) -> Proposal:
    return Proposal(
        id=row.id,
        initiative=row.initiative,
        fields=row.fields,
        note=row.note,
        made_by=made_by,
        made_on=row.made_on,
        state=row.state,
        decided_by=decided_by,
        decided_on=row.decided_on,
        answer=row.answer,
    )
