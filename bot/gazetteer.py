"""NLU component that reads sizes, sectors and places with the look-ups of knowledge/."""

from dataclasses import asdict
from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.base import Knowledge, load
from knowledge.headcount import read_headcount

LONGEST = 500  # characters, the longest text the public interface takes


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Gazetteer(GraphComponent, EntityExtractorMixin):
    """Adds an entity per profile question that the text speaks of: personen, bedrijf, gemeente.

    The value is the reading as the look-up gives it: codes, whether it is certain, and what to ask if not.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Keep the data that the look-ups need."""
        self._knowledge = knowledge

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Gazetteer":
        """Read the data when the graph is built."""
        return cls(load())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the readings to each message."""
        for message in messages:
            text = (message.get(TEXT) or "")[:LONGEST]
            found = message.get(ENTITIES, []) + self._entities(text)
            message.set(ENTITIES, found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        readings = {
            "personen": read_headcount(text),
            "bedrijf": self._knowledge.sectors.read(text),
            "gemeente": self._knowledge.places.read(text, date.today()),
        }
        return [
            {"entity": name, "value": asdict(reading), "start": 0, "end": len(text), "extractor": "Gazetteer"}
            for name, reading in readings.items()
            if reading is not None
        ]
