import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import LOOP, TravellingTrackerStore, turn


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load("domain.yml")


@pytest.fixture
def store(domain: Domain) -> TravellingTrackerStore:
    return TravellingTrackerStore(domain)


def test_new_conversation_has_no_tracker(store: TravellingTrackerStore) -> None:
    with turn(None):
        assert asyncio.run(store.retrieve("x")) is None


def test_tracker_has_the_slots_that_came_along_and_waits_for_an_answer(store: TravellingTrackerStore) -> None:
    with turn({"personen": "2-9", "open_vraag": "bedrijf"}):
        tracker = asyncio.run(store.retrieve("x"))
    assert tracker is not None
    assert tracker.get_slot("personen") == "2-9"
    assert tracker.active_loop_name == LOOP
    assert tracker.latest_action_name == "action_listen"


def test_saving_keeps_slots_and_drops_what_was_typed(store: TravellingTrackerStore) -> None:
    with turn({"personen": "2-9"}) as held:
        tracker = asyncio.run(store.retrieve("x"))
        assert tracker is not None
        tracker.update(UserUttered("kanarie", {"name": "bedrijf"}))
        asyncio.run(store.save(tracker))
    assert held.slots == {"personen": "2-9"}


def test_slot_of_an_older_version_is_ignored(store: TravellingTrackerStore) -> None:
    with turn({"personen": "1", "bestaat_niet_meer": "x"}):
        tracker = asyncio.run(store.retrieve("x"))
    assert isinstance(tracker, DialogueStateTracker)
    assert tracker.get_slot("personen") == "1"


def test_nothing_is_kept_after_the_turn(store: TravellingTrackerStore) -> None:
    with turn({"personen": "1"}):
        asyncio.run(store.retrieve("x"))
    assert asyncio.run(store.retrieve("x")) is None
    assert asyncio.run(store.keys()) == []
