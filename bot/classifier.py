"""The intent classifier: first what a message is about, then, for an answer, which option is meant.

One flat classifier over all intents has to tell "Excel" as an answer about bookkeeping from "Excel" as an answer about
customers, which only the open question can. So a topic model gives the probability of each topic (a command, a question
back, an answer to one of the questions), and a small model per question that of its options. The probability of an
intent is the product, so that limiting the ranking to one question gives that question's own model.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import SGDClassifier

from knowledge.base import FOLDER
from knowledge.intake import load_intake

FILE = "models.npz"
TOPIC = "topic"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Linear models on the sparse features of the featurizers before it, trained by seeded gradient descent.

    Settings: `topic_alpha` and `option_alpha` (strength of regularisation), `epochs`, `random_state`.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Start untrained."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._models: dict[str, Linear] = {}
        self._idf = np.empty(0)

    @classmethod
    def required_components(cls) -> list[type]:
        """It needs features."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that were best in cross-validation on data/nlu."""
        return {"topic_alpha": 1e-5, "option_alpha": 1e-4, "epochs": 30, "random_state": 0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        """The trained classifier from the model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as stored:
            component._idf = stored["idf"]
            names = {key.rpartition(".")[0] for key in stored.files if "." in key}
            component._models = {
                name: Linear(*(stored[f"{name}.{part}"] for part in ("classes", "weights", "bias"))) for name in names
            }
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the topic model and one model per question."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = np.array([example.get(INTENT) for example in examples])
        counts = _counts(examples)
        self._idf = np.log((1 + counts.shape[0]) / (1 + counts.getnnz(axis=0))) + 1
        features = self._weigh(counts)
        table = load_intake(FOLDER / "intake.yaml").answer_intents
        subjects = np.array([table.get(intent, intent) for intent in intents])
        self._models = {TOPIC: self._fit("topic_alpha", features, subjects)}
        for question in sorted(set(table.values())):
            mine = subjects == question
            if len(set(intents[mine])) > 1:
                self._models[question] = self._fit("option_alpha", features[mine], intents[mine])
        arrays = {"idf": self._idf}
        for name, model in self._models.items():
            arrays |= {f"{name}.classes": model.classes, f"{name}.weights": model.weights, f"{name}.bias": model.bias}
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, **arrays)
        return self._resource

    def _fit(self, alpha: str, features: csr_matrix, labels: np.ndarray) -> "Linear":
        model = SGDClassifier(
            loss="log_loss",
            alpha=self._config[alpha],
            max_iter=self._config["epochs"],
            random_state=self._config["random_state"],
        ).fit(features, labels)
        if len(model.classes_) == 2:
            weights, bias = np.vstack([-model.coef_, model.coef_]), np.hstack([-model.intercept_, model.intercept_])
        else:
            weights, bias = model.coef_, model.intercept_
        return Linear(model.classes_, weights.astype(np.float32), bias.astype(np.float32))

    def _weigh(self, counts: csr_matrix) -> csr_matrix:
        """Counts to tf-idf with sublinear tf, each row of length 1."""
        weighed = counts.astype(np.float32)
        weighed.data = (1 + np.log(weighed.data)) * self._idf[weighed.indices]
        lengths = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A.ravel()
        lengths[lengths == 0] = 1
        weighed.data /= np.repeat(lengths, np.diff(weighed.indptr))
        return weighed

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest intent and the ranking of all intents."""
        for message in messages:
            if message.get(TEXT):
                ranking = self._ranking(message)
                message.set("intent", ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        features = self._weigh(_counts([message]))
        probabilities: dict[str, float] = {}
        for topic, share in self._models[TOPIC].probabilities(features).items():
            options = self._models.get(topic)
            if options is None:
                probabilities[topic] = share
            else:
                parts = options.probabilities(features)
                probabilities |= {intent: share * part for intent, part in parts.items()}
        ranked = sorted(probabilities.items(), key=lambda item: -item[1])
        return [{"name": name, "confidence": probability} for name, probability in ranked]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add to the training data."""
        return training_data


def _counts(messages: list[Message]) -> csr_matrix:
    """The counts of words and parts of words that the featurizers made, one row a message."""
    return vstack([message.get_sparse_features(attribute=TEXT)[1].features for message in messages]).tocsr()


@dataclass(frozen=True)
class Linear:
    """A trained linear model: one row of weights a class, read without scikit-learn."""

    classes: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def probabilities(self, features: csr_matrix) -> dict[str, float]:
        """The probability of each class for one row of features: one logistic curve a class, made to add up to 1."""
        used = features.indices
        scores = self.weights[:, used] @ features.data + self.bias
        shares = 1 / (1 + np.exp(-scores))
        shares /= shares.sum()
        return dict(zip(self.classes.tolist(), shares.tolist(), strict=True))
