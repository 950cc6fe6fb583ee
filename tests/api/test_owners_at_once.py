"""Several people at the same moment, on both databases: one is first, the others are told, and nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.database import migrate, open_database
from api.owners.projection import Projection
from api.owners.service import AlreadyDecided, ChangedMeanwhile, OwnerData
from api.portal.repository import PortalRepository
from api.questionnaires.codes import Firm
from api.questionnaires.service import Questionnaires
from knowledge.base import Knowledge
from tests.api.both_databases import at_once
from tests.api.owner_desk import TODAY, WERKPLAATS

AT_ONCE = 4
FIRM = Firm("F", "GM0344", "2-9", "adhoc")
_TABLES = ("initiative_state", "proposed_change", "questionnaire", "participant", "outbox_item", "account")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
    else:
        address = f"sqlite:///{tmp_path_factory.mktemp('owners') / 'x.db'}"
    migrate(address)
    opened = open_database(address)
    yield opened
    opened.dispose()


@pytest.fixture
def data(engine: Engine, knowledge: Knowledge, tmp_path: Path) -> OwnerData:
    """An initiative with an owner, and nothing else."""
    with engine.begin() as connection:
        for table in _TABLES:
            connection.execute(text(f"delete from {table}"))
    PortalRepository(engine).invite("olga@voorbeeld.example", "Olga", "eigenaar", [WERKPLAATS])
    return OwnerData(engine, knowledge, Projection(engine, knowledge, tmp_path))


@pytest.fixture
def asked(engine: Engine, data: OwnerData) -> Questionnaires:
    return Questionnaires(engine, data)


def got_through(act: Callable[[int], object], *refusals: type[Exception]) -> list[bool]:
    """Who got through, of several who act at the same moment."""

    def one(number: int) -> bool:
        try:
            act(number)
        except refusals:
            return False
        return True

    return at_once(one, AT_ONCE)


def test_one_of_several_decisions_counts(data: OwnerData) -> None:
    data.propose(data.one(WERKPLAATS), "olga", {"kosten": "Tien euro"}, "", TODAY)
    standing, (proposal,) = data.one(WERKPLAATS), data.proposals(WERKPLAATS)

    def decide(number: int) -> None:
        if number % 2:
            data.take_over(standing, proposal.id, str(number), f"antwoord {number}", TODAY)
        else:
            data.refuse(WERKPLAATS, proposal.id, str(number), f"antwoord {number}", TODAY)

    through = got_through(decide, AlreadyDecided, ChangedMeanwhile)
    assert sum(through) == 1
    first = through.index(True)
    (decided,) = data.proposals(WERKPLAATS)
    assert (decided.state, decided.answer) == ("overgenomen" if first % 2 else "afgewezen", f"antwoord {first}")
    assert (data.one(WERKPLAATS).entry.kosten == "Tien euro") is (first % 2 == 1)


def test_one_of_several_changes_counts(data: OwnerData) -> None:
    standing = data.one(WERKPLAATS)
    through = got_through(lambda number: data.change(standing, {"kosten": f"{number} euro"}), ChangedMeanwhile)
    assert sum(through) == 1
    assert data.one(WERKPLAATS).entry.kosten == f"{through.index(True)} euro"


def test_decision_that_comes_too_late_leaves_the_proposal_open(data: OwnerData) -> None:
    data.propose(data.one(WERKPLAATS), "olga", {"kosten": "Tien euro"}, "", TODAY)
    standing, (proposal,) = data.one(WERKPLAATS), data.proposals(WERKPLAATS)
    data.confirm(WERKPLAATS, standing.version, TODAY)
    with pytest.raises(ChangedMeanwhile):
        data.take_over(standing, proposal.id, "cor", "", TODAY)
    assert data.proposals(WERKPLAATS)[0].waits


def test_one_of_several_drafts_counts(data: OwnerData, asked: Questionnaires) -> None:
    sheet = asked.sheet(data.one(WERKPLAATS).entry, 2026)
    through = got_through(lambda number: asked.save(sheet, 0, {"focus": f"van {number}"}), ChangedMeanwhile)
    assert sum(through) == 1
    assert asked.sheet(data.one(WERKPLAATS).entry, 2026).answers["focus"] == f"van {through.index(True)}"


def test_firms_of_several_are_all_kept_and_one_changes_each(asked: Questionnaires) -> None:
    assert all(got_through(lambda _: asked.add(WERKPLAATS, 2026, [FIRM] * 3)))
    firms = asked.firms(2026, WERKPLAATS)
    assert [one.firm for one in firms] == [FIRM] * 3 * AT_ONCE
    other = [Firm(sector, "GM0344", "2-9", "adhoc") for sector in "ABCD"]
    through = got_through(lambda number: asked.change(WERKPLAATS, firms[0].id, FIRM, other[number]), ChangedMeanwhile)
    assert sum(through) == 1
    (changed,) = [one.firm for one in asked.firms(2026, WERKPLAATS) if one.id == firms[0].id]
    assert changed == other[through.index(True)]
    assert asked.remove(WERKPLAATS, 2026, [one.id for one in firms]) == 3 * AT_ONCE


def test_owners_are_asked_once_by_several_gateways(engine: Engine, data: OwnerData, asked: Questionnaires) -> None:
    december = int(datetime(2026, 12, 1, 12).timestamp())
    got_through(lambda _: (data.sweep(december), asked.sweep(december)))
    with engine.connect() as connection:
        templates = sorted(connection.execute(text("select template from outbox_item")).scalars())
    assert templates == ["gegevens-controle", "vragenlijst"]
    assert data.one(WERKPLAATS).asked_on == date(2026, 12, 1)
    entry = data.one(WERKPLAATS).entry
    assert (asked.sheet(entry, 2026).asked_on, asked.sheet(entry, 2026).version) == (date(2026, 12, 1), 0)
