"""The same result may be recorded twice at one moment: a client repeats a message of which the answer is on its way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.models import Referral, ReferredInitiative
from analytics.recording import Recorder, Source
from knowledge.base import Knowledge
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, TODAY

RECORDS = 40


@pytest.fixture
def engine(postgresql: str) -> Iterator[Engine]:
    """PostgreSQL; SQLite lets nobody record while another does."""
    migrate(postgresql)
    opened = open_database(postgresql)
    yield opened
    opened.dispose()


def test_each_is_recorded_once_with_its_initiatives(engine: Engine, knowledge: Knowledge) -> None:
    outcome = result(knowledge, ANSWERS, TODAY)
    recorders, together = (Recorder(engine, knowledge), Recorder(engine, knowledge)), Barrier(2)

    def record(recorder: Recorder) -> None:
        for number in range(RECORDS):
            together.wait(timeout=10)
            recorder.record_referral(Source(f"twice-{number}", "utrecht", "widget"), ANSWERS, outcome, TODAY)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(record, recorders))

    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Referral)) == RECORDS
        assert session.scalar(select(func.count()).select_from(ReferredInitiative)) == RECORDS * len(
            outcome.initiatives
        )
