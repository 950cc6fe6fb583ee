"""What owners and coordinators change counts at once in all processes of the running product."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete

from analytics.database import open_database
from api.owners.models import InitiativeState
from api.owners.projection import Projection
from api.owners.service import OwnerData
from knowledge.base import load
from knowledge.following import LOOK_SECONDS
from tests.product.running import Chat, Product

INITIATIVE = "mediapark-hilversum"  # nobody is referred there, so no other test meets what is changed here
LIVE_SECONDS = 4


@pytest.fixture
def data(product: Product) -> Iterator[OwnerData]:
    """The gateway's own service, on its database and its folder; afterwards nothing is left."""
    engine, knowledge = open_database(product.database_url), load()
    projection = Projection(engine, knowledge, product.folder / "catalogue")
    yield OwnerData(engine, knowledge, projection)
    with engine.begin() as connection:
        connection.execute(delete(InitiativeState).where(InitiativeState.initiative == INITIATIVE))
    projection.write()
    engine.dispose()
    time.sleep(LOOK_SECONDS)  # then every process looks again before it answers the next test


def soon(look: Callable[[], bool]) -> None:
    """Wait until something holds, as people do who look again."""
    deadline = time.monotonic() + LIVE_SECONDS
    while not look():
        assert time.monotonic() < deadline, "the change does not count"
        time.sleep(0.2)


def shown(product: Product) -> dict[str, Any]:
    found: dict[str, Any] = product.http.get(f"/v1/initiatieven/{INITIATIVE}").json()
    return found


def test_change_and_confirmation_are_told_by_the_interface_and_in_the_conversation(
    product: Product, data: OwnerData
) -> None:
    costs, today = f"{uuid4().int % 1000} euro per jaar", date.today()
    chat = Chat(product)
    chat.say("wat is Media Park Hilversum?")
    assert "Wat het kost, weten we niet." in chat.text
    assert "Dat is meer dan een jaar geleden." in chat.text
    data.change(data.one(INITIATIVE), {"kosten": costs})
    data.confirm(INITIATIVE, data.one(INITIATIVE).version, today)
    soon(lambda: shown(product)["kosten"] == costs)
    assert (shown(product)["gezien"], shown(product)["verouderd"]) == (f"{today:%Y-%m}", False)

    def told() -> bool:
        chat.say("wat is Media Park Hilversum?")
        return f"Kosten: {costs}." in chat.text and "meer dan een jaar geleden" not in chat.text

    soon(told)


def test_initiative_that_has_stopped_is_told_to_have(product: Product, data: OwnerData) -> None:
    data.change(data.one(INITIATIVE), {"einde": (date.today() - timedelta(days=1)).isoformat()})
    chat = Chat(product)

    def told() -> bool:
        chat.say("vertel eens over Media Park Hilversum")
        return "Je kunt er nu niet meer terecht." in chat.text

    soon(told)


def test_restarted_processes_know_the_changes(product: Product, data: OwnerData) -> None:
    costs = f"{uuid4().int % 1000} euro per jaar"
    data.change(data.one(INITIATIVE), {"kosten": costs})
    product.restart("actions")
    chat = Chat(product)
    chat.say("wat is Media Park Hilversum?")
    assert f"Kosten: {costs}." in chat.text
