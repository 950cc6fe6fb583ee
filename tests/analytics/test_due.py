"""In which release a record counts: settled when it comes, so that none is lost, doubled or changed by a release."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.due import closing, due
from analytics.menu import TOTAL
from analytics.models import Counted, Outcome, Referral, Stopped
from analytics.periods import Month
from analytics.recording import Entry, Recorder, Source, add_outcome
from knowledge.base import Knowledge
from knowledge.result import Result, result
from tests.analytics.desk import NOVEMBER, Desk, firms, stops
from tests.analytics.test_recording import ANSWERS
from tests.api.both_databases import KINDS, empty_database
from tests.api.served import until

OCTOBER_DAY, NOVEMBER_DAY, DECEMBER_DAY = date(2026, 10, 7), date(2026, 11, 11), date(2026, 12, 9)
LOCK_WAITED_FOR = "select count(*) from pg_locks where locktype = 'advisory' and not granted"


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[Desk]:
    url = empty_database(request, tmp_path)
    migrate(url)
    engine = open_database(url)
    yield Desk(engine, knowledge)
    engine.dispose()


@pytest.fixture
def recorder(desk: Desk) -> Recorder:
    return Recorder(desk.engine, desk.knowledge)


@pytest.fixture(scope="module")
def outcome(knowledge: Knowledge) -> Result:
    return result(knowledge, ANSWERS, OCTOBER_DAY)


def source(name: str) -> Source:
    return Source(name, "utrecht", "widget")


def told(engine: Engine) -> dict[str, str | None]:
    """In which month's release each record says that it counts."""
    with Session(engine) as session:
        return {
            identifier: period
            for records in (Referral, Stopped, Outcome)
            for identifier, period in session.execute(select(records.id, records.period))
        }


def counted(desk: Desk) -> dict[str, int]:
    """How many conversations with a result each release has counted."""
    with Session(desk.engine) as session:
        wanted = select(Counted.period, Counted.records).where(Counted.table == TOTAL)
        return dict(session.execute(wanted).all())


class TestBeforeAnyRelease:
    def test_record_counts_in_the_month_of_its_week(self, desk: Desk, recorder: Recorder, outcome: Result) -> None:
        recorder.record_referral(source("a"), ANSWERS, outcome, OCTOBER_DAY)
        recorder.record_many([Entry(source("b"), ANSWERS, outcome, NOVEMBER_DAY)])
        recorder.record_stopped(source("c"), "hulpvraag", date(2026, 10, 1))  # a Thursday: its week is of October
        recorder.record_stopped(source("d"), "hulpvraag", date(2026, 9, 27))
        assert told(desk.engine) == {"a": "2026-10", "b": "2026-11", "c": "2026-10", "d": "2026-09"}

    def test_refined_result_moves_to_the_later_month(self, desk: Desk, recorder: Recorder, outcome: Result) -> None:
        for day in (OCTOBER_DAY, NOVEMBER_DAY):
            recorder.record_referral(source("a"), ANSWERS, outcome, day)
            recorder.record_stopped(source("b"), "hulpvraag", day)
        assert told(desk.engine) == {"a": "2026-11", "b": "2026-11"}


class TestAfterARelease:
    @pytest.fixture(autouse=True)
    def october(self, desk: Desk, recorder: Recorder, outcome: Result) -> None:
        recorder.record_referral(source("a"), ANSWERS, outcome, OCTOBER_DAY)
        recorder.record_stopped(source("b"), "hulpvraag", OCTOBER_DAY)
        assert desk.make("2026-10") == ["2026-10"]

    def test_what_was_counted_stays_where_it_was(self, desk: Desk, recorder: Recorder, outcome: Result) -> None:
        recorder.record_referral(source("a"), ANSWERS, outcome, NOVEMBER_DAY)
        recorder.record_stopped(source("b"), "administratie", NOVEMBER_DAY)
        assert told(desk.engine) == {"a": "2026-10", "b": "2026-10"}

    def test_what_comes_late_counts_in_the_next(self, desk: Desk, recorder: Recorder, outcome: Result) -> None:
        recorder.record_referral(source("c"), ANSWERS, outcome, OCTOBER_DAY)
        recorder.record_many([Entry(source("d"), ANSWERS, outcome, OCTOBER_DAY)])
        recorder.record_stopped(source("e"), "hulpvraag", OCTOBER_DAY)
        recorder.record_referral(source("f"), ANSWERS, outcome, DECEMBER_DAY)
        with Session(desk.engine) as session, session.begin():
            add_outcome(session, initiative="kvk", step="aangevraagd", day=OCTOBER_DAY)
        late = {name: period for name, period in told(desk.engine).items() if name not in "ab"}
        assert sorted(map(str, late.values())) == ["2026-11", "2026-11", "2026-11", "2026-11", "2026-12"]
        desk.make("2026-12")
        assert counted(desk) == {"2026-10": 1, "2026-11": 2, "2026-12": 1}


class TestRecordsOfAnOlderVersion:
    def test_count_in_the_release_of_their_month_or_the_next(self, desk: Desk) -> None:
        """It runs beside this one while machines are brought up to date one by one."""
        desk.add(firms(3), firms(4, NOVEMBER, start=10), stops(2), stops(1, NOVEMBER))
        self.forget(desk)
        desk.make("2026-10")
        assert {period for name, period in told(desk.engine).items() if period} == {"2026-10"}
        desk.add(firms(2, start=20))
        self.forget(desk)
        desk.make("2026-11")
        assert counted(desk) == {"2026-10": 3, "2026-11": 6}
        assert None not in told(desk.engine).values()

    def test_step_of_an_owner_alone_makes_its_month_due(self, desk: Desk) -> None:
        with Session(desk.engine) as session, session.begin():
            add_outcome(session, initiative="kvk", step="aangevraagd", day=OCTOBER_DAY)
        self.forget(desk)
        assert desk.make("2026-11") == ["2026-10", "2026-11"]

    def test_tell_it_when_the_database_is_brought_up_to_date(self, desk: Desk) -> None:
        desk.add(firms(3))
        desk.make("2026-10")
        desk.add(firms(2, start=20), firms(4, "2026-W51", start=30), stops(2))
        with Session(desk.engine) as session, session.begin():
            add_outcome(session, initiative="kvk", step="aangevraagd", day=OCTOBER_DAY)
        before = told(desk.engine)
        self.forget(desk)
        assert told(desk.engine) != before
        with desk.engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = '0009'"))
        migrate(desk.engine.url.render_as_string(hide_password=False))
        assert told(desk.engine) == before

    def forget(self, desk: Desk) -> None:
        """Leave records as an older version does: untold until they are counted."""
        released = max(counted(desk), default="")
        with desk.engine.begin() as connection:
            for records in (Referral, Stopped, Outcome):
                connection.execute(update(records).where(records.period > released).values(period=None))


class TestAtTheSameMoment:
    def test_release_waits_for_who_is_recording(self, desk: Desk) -> None:
        desk.add(firms(3))
        with ThreadPoolExecutor(1) as pool:
            with Session(desk.engine) as session, session.begin():
                here = due(session.connection())
                (late,) = firms(1, start=10)
                late.period = here.in_release_of(Month(2026, 10))
                session.add(late)
                session.flush()
                making = pool.submit(desk.make, "2026-10")
                if desk.engine.dialect.name == "postgresql":
                    until(lambda: self.waiting(desk))
                assert not making.done()
            assert making.result() == ["2026-10"]
        assert counted(desk) == {"2026-10": 4}

    def test_who_records_waits_for_the_release_that_is_stored(
        self, desk: Desk, recorder: Recorder, outcome: Result
    ) -> None:
        desk.add(firms(3))
        with ThreadPoolExecutor(1) as pool:
            with Session(desk.engine) as session, session.begin():
                closing(session)
                recording = pool.submit(recorder.record_referral, source("a"), ANSWERS, outcome, OCTOBER_DAY)
                if desk.engine.dialect.name == "postgresql":
                    until(lambda: self.waiting(desk))
                assert not recording.done()
                session.execute(
                    text(
                        "insert into publication (id, made_on, threshold, base, decisions) "
                        "values ('werkgroep/2026-10', '2026-12-01', 5, 5, '{}')"
                    )
                )
            recording.result()
        assert told(desk.engine)["a"] == "2026-11"

    def waiting(self, desk: Desk) -> bool:
        with desk.engine.connect() as connection:
            return bool(connection.scalar(text(LOCK_WAITED_FOR)))
