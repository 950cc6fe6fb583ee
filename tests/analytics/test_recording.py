"""The anonymous record: one row a conversation, replaced and never doubled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Referral, Stopped
from analytics.periods import week_of
from analytics.recording import Recorder, Source
from knowledge.base import Knowledge
from knowledge.result import Result, result

TODAY = date(2026, 11, 23)
SOURCE = Source("record-1", "utrecht", "widget")
ANSWERS = {
    "personen": "2-9",
    "bedrijf": "T/G",
    "gemeente": "GM1696",
    "hulpvraag": "klanten",
    "administratie": "1",
    "vindbaar": "1",
    "gegevens": "1",
    "backup_updates": "2",
    "inloggen": "1",
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'test met spatie.db'}"
    migrate(url)
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def recorder(engine: Engine, knowledge: Knowledge) -> Recorder:
    return Recorder(engine, knowledge)


@pytest.fixture
def outcome(knowledge: Knowledge) -> Result:
    return result(knowledge, ANSWERS, TODAY)


def referrals(engine: Engine) -> list[Referral]:
    with Session(engine) as session:
        return list(session.scalars(select(Referral)))


def stops(engine: Engine) -> list[Stopped]:
    with Session(engine) as session:
        return list(session.scalars(select(Stopped)))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_week_around_new_year(day: date, week: str) -> None:
    assert week_of(day) == week


def test_result_is_recorded_with_its_initiatives_in_order(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    with Session(engine) as session:
        (row,) = session.scalars(select(Referral)).all()
        assert (row.week, row.site, row.channel, row.sbi2025, row.sbi2008) == (
            "2026-W48",
            "utrecht",
            "widget",
            "T",
            "G",
        )
        assert [entry.initiative for entry in row.initiatives] == [advice.id for advice in outcome.initiatives]
        assert row.initiatives


def test_refined_result_replaces_the_first(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    refined = replace(outcome, maturity=replace(outcome.maturity, score=30, provisional=False), initiatives=())
    recorder.record_referral(SOURCE, ANSWERS, refined, TODAY)
    (row,) = referrals(engine)
    assert (row.score, row.provisional) == (30, False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from referred_initiative").scalar() == 0


def test_recording_twice_changes_nothing(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    assert len(referrals(engine)) == 1


def test_what_the_database_refuses_again_is_told_and_not_recorded(
    engine: Engine, recorder: Recorder, outcome: Result
) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("create trigger refuse before insert on referral begin select raise(abort, 'refused'); end")
        )
    with pytest.raises(IntegrityError, match="refused"):
        recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    assert referrals(engine) == []


def test_municipality_is_the_one_of_that_day(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, ANSWERS, outcome, date(2026, 12, 31))
    recorder.record_referral(replace(SOURCE, record="record-2"), ANSWERS, outcome, date(2027, 1, 1))
    assert {row.id: row.municipality for row in referrals(engine)} == {"record-1": "GM1696", "record-2": "GM0402"}


def test_sector_that_was_left_open(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, {**ANSWERS, "bedrijf": "onbekend"}, outcome, TODAY)
    (row,) = referrals(engine)
    assert (row.sbi2025, row.sbi2008) == ("onbekend", "onbekend")


def test_stop_is_recorded_once(engine: Engine, recorder: Recorder) -> None:
    recorder.record_stopped(SOURCE, "gemeente", TODAY)
    recorder.record_stopped(SOURCE, "hulpvraag", TODAY)
    (row,) = stops(engine)
    assert row.question == "hulpvraag"


def test_result_after_a_stop_takes_its_place(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_stopped(SOURCE, "gemeente", TODAY)
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    assert stops(engine) == []


def test_stop_after_a_result_is_no_stop(engine: Engine, recorder: Recorder, outcome: Result) -> None:
    recorder.record_referral(SOURCE, ANSWERS, outcome, TODAY)
    recorder.record_stopped(SOURCE, "plan", TODAY)
    assert stops(engine) == []
