"""The Dutch spaCy pipeline: nl_core_news_sm when it is there, else one built from spaCy's own Dutch data."""

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

from bot.pipelines import AUTOMATIC, BUILT_IN, resolve


def load(setting: str) -> SpacyModel:
    """The pipeline, under its own name. Raises OSError when a package that is asked for by name is not installed."""
    name = resolve(setting)
    if name != BUILT_IN:
        return SpacyModel(model=spacy.load(name, disable=["parser", "ner"]), model_name=name)
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("lemmatizer", config={"mode": "lookup"})
    pipeline.initialize()
    return SpacyModel(model=pipeline, model_name=BUILT_IN)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MODEL_LOADER, is_trainable=False, model_from="DutchSpacy")
class DutchSpacy(SpacyNLP):
    """Rasa's SpacyNLP with a pipeline that is always there. Setting `model`: auto, ingebouwd or a package name."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchSpacy":
        """Load the pipeline that the setting asks for."""
        model = load(config.get("model", AUTOMATIC))
        print(f"Dutch spaCy pipeline: {model.model_name}", flush=True)
        return cls(model, {**cls.get_default_config(), **config})
