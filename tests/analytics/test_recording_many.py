"""Many results at once: all or none, and what is there already stays, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Referral, ReferredInitiative
from analytics.recording import Entry, Recorder, Source
from knowledge.base import Knowledge
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, TODAY

MANY = 1200


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    migrate(url)
    opened = open_database(url)
    with Session(opened) as session, session.begin():
        for row in session.scalars(select(Referral)):
            session.delete(row)
    yield opened
    opened.dispose()


@pytest.fixture
def recorder(engine: Engine, knowledge: Knowledge) -> Recorder:
    return Recorder(engine, knowledge)


def entries(knowledge: Knowledge, numbers: range, **changes: object) -> list[Entry]:
    outcome = result(knowledge, ANSWERS, TODAY)
    return [
        replace(
            Entry(Source(f"record-{number:05}", "utrecht", "evenement", "ZEIST-4K7"), ANSWERS, outcome, TODAY),
            **changes,
        )
        for number in numbers
    ]


def count(engine: Engine, table: type[Referral | ReferredInitiative] = Referral) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_records_are_those_that_are_made_one_by_one(engine: Engine, recorder: Recorder, knowledge: Knowledge) -> None:
    outcome = result(knowledge, ANSWERS, TODAY)
    recorder.record_referral(Source("one", "utrecht", "evenement", "ZEIST-4K7"), ANSWERS, outcome, TODAY)
    assert (
        recorder.record_many([Entry(Source("two", "utrecht", "evenement", "ZEIST-4K7"), ANSWERS, outcome, TODAY)]) == 1
    )
    with Session(engine) as session:
        one, two = (session.get_one(Referral, record) for record in ("one", "two"))
        own = {"id", "rounding_key"}
        columns = [column.key for column in Referral.__table__.columns if column.key not in own]
        assert [getattr(one, name) for name in columns] == [getattr(two, name) for name in columns]
        assert [(i.position, i.initiative) for i in one.initiatives] == [
            (i.position, i.initiative) for i in two.initiatives
        ]
        assert one.initiatives
        assert one.rounding_key != two.rounding_key


def test_what_is_there_already_stays_as_it_is(engine: Engine, recorder: Recorder, knowledge: Knowledge) -> None:
    assert recorder.record_many(entries(knowledge, range(3))) == 3
    assert recorder.record_many(entries(knowledge, range(5), day=date(2026, 1, 5))) == 2
    with Session(engine) as session:
        weeks = session.scalars(select(Referral.week).order_by(Referral.id)).all()
    assert weeks == ["2026-W48"] * 3 + ["2026-W02"] * 2
    assert recorder.recorded([f"record-{number:05}" for number in range(9)]) == {f"record-{n:05}" for n in range(5)}


def test_one_failure_records_nothing_of_all(engine: Engine, recorder: Recorder, knowledge: Knowledge) -> None:
    broken = entries(knowledge, range(1), answers={**ANSWERS, "hulpvraag": None})
    with pytest.raises(SQLAlchemyError):
        recorder.record_many([*entries(knowledge, range(1, MANY)), *broken])
    assert (count(engine), count(engine, ReferredInitiative)) == (0, 0)


def test_nothing_to_record_is_no_fault(engine: Engine, recorder: Recorder) -> None:
    assert recorder.record_many([]) == 0


def test_the_same_at_the_same_time_counts_once(engine: Engine, recorder: Recorder, knowledge: Knowledge) -> None:
    same = entries(knowledge, range(MANY))
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(recorder.record_many, [same, same[::-1], same[MANY // 2 :], same[: MANY // 2]]))
    assert sum(new) == count(engine) == MANY
    assert count(engine, ReferredInitiative) == MANY * len(same[0].outcome.initiatives)
