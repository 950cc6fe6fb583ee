"""Who records on PostgreSQL waits for the disk, unless something that does is stored next."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from analytics.database import migrate, open_database
from analytics.recording import Recorder, Source
from knowledge.base import Knowledge
from knowledge.result import result
from tests.analytics.test_recording import ANSWERS, TODAY
from tests.postgresql import needed, server


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A server that writes to disk when it is asked to, and by itself only after ten seconds."""
    needed()
    with server(settings={"wal_writer_delay": "10s", "autovacuum": "off"}) as address:
        migrate(address)
        opened = open_database(address)
        yield opened
        opened.dispose()


def ends(engine: Engine) -> tuple[int, int]:
    """How far it has written, and how much of that is on disk."""
    where = "select pg_current_wal_insert_lsn() - '0/0', pg_current_wal_flush_lsn() - '0/0'"
    with engine.connect() as connection:
        written, on_disk = connection.execute(text(where)).one()
    return int(written), int(on_disk)


def test_result_is_on_disk_at_once_or_with_the_turn_that_follows(engine: Engine, knowledge: Knowledge) -> None:
    outcome = result(knowledge, ANSWERS, TODAY)
    alone, with_turn = Recorder(engine, knowledge), Recorder(engine, knowledge, turn_follows=True)

    before, _ = ends(engine)
    alone.record_referral(Source("alone", "utrecht", "formulier"), ANSWERS, outcome, TODAY)
    _, on_disk = ends(engine)
    assert on_disk > before

    with_turn.record_referral(Source("with-turn", "utrecht", "widget"), ANSWERS, outcome, TODAY)
    written, on_disk = ends(engine)
    assert on_disk < written
    with engine.begin() as turn:
        turn.execute(text("create table turn (answer integer)"))
    assert ends(engine)[1] >= written
