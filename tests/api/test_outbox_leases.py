"""The lease on an item of the outbox: who was too slow has no say in it any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.outbox import queue
from api.outbox.repository import LEASE_SECONDS, Outbox
from knowledge.base import Knowledge
from tests.api.both_databases import KINDS
from tests.api.post_office import House, house_for


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = house_for(request, tmp_path, knowledge)
    yield made
    made.engine.dispose()


def test_worker_that_lost_its_lease_can_neither_end_nor_postpone_what_another_has_now(house: House) -> None:
    outbox, now = Outbox(house.engine), house.clock.now
    with Session(house.engine) as session, session.begin():
        queue.put(session, kind="mail", template="ontvangstbewijs", request="een", now=now)
    (slow,) = outbox.take_mails("slow", now, 1)
    assert outbox.take_mails("other", now + LEASE_SECONDS - 1, 1) == []
    (other,) = outbox.take_mails("other", now + LEASE_SECONDS, 1)
    assert other.id == slow.id
    assert not outbox.finish(slow, queue.GIVEN_UP, now + LEASE_SECONDS)
    assert not outbox.postpone(slow, now, "stuk")
    ((state, lease, fault),) = house.rows("select state, lease, fault from outbox_item")
    assert (state, lease, fault) == (queue.WAITING, "other", None)
    assert outbox.finish(other, queue.SENT, now + LEASE_SECONDS)
    assert house.states() == {"ontvangstbewijs": queue.SENT}
