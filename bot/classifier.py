"""The intent classifier: first what a message is about, then, for an answer, which option is meant.

One flat classifier over all intents has to tell "Excel" as an answer about bookkeeping from "Excel" as an answer about
customers, which only the open question can. So a topic model gives the probability of each topic (a command, a question
back, an answer to one of the questions), and a model per question that of its options. The probability of an intent is
the product, so that limiting the ranking to one question gives that question's own model. The options are also told
apart by what each clause speaks of (bot/clauses.py), and by naive Bayes beside the support vectors.

It takes messages apart itself (bot/phrases.py) instead of behind featurizers of its own: Rasa copies and fingerprints
the whole training data between any two components, which took more than half of the training time.
Linear support vector machines were the best of what was compared (docs/classifiers.md).
"""

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack

from bot.clauses import said
from bot.fitting import fit, joined
from bot.phrases import Counts, Row, Vocabulary, of_kinds, parts, phrases, plain, words
from knowledge.base import FOLDER
from knowledge.intake import load_intake
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.number_words import digits
from knowledge.retold import RETOLD, retold
from knowledge.sectors import load_sectors
from knowledge.subjects import MOST_SPANS, SPOKEN, answer_to_itself, spans

WEIGHTS, PHRASES = "models.npz", "vocabulary.json"
PARTS = ("classes", "places", "weights", "bias")
PROCESSES = 2  # more would each hold a copy of the features
LOTS = 4  # of messages that are taken apart; more take longer to put together again
TOPIC = "topic"
LEAST = 0.001  # probability of an intent that is worth telling of a part
LEARNERS = (Vocabulary.learn, Vocabulary.learn_parts, Vocabulary.learn)  # of phrases, parts of words, clauses
SECTOR = "bedrijf"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from="DutchSpacy")
class TopicClassifier(IntentClassifier, GraphComponent):
    """Linear models on words, pairs of words and parts of words.

    Settings: `c` (how much a wrong example weighs against a simple model), `sharpness` (how much the lead of the
    likeliest intent counts in its probability), `name_weight` (of a bare name of an activity against a sentence),
    `bayes` (how much naive Bayes counts among the options), `random_state`.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Start untrained."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._models: dict[str, Linear] = {}
        self._vocabularies: tuple[Vocabulary, ...] = ()
        self._lexicon = load_lexicon(FOLDER / "lexicon.yaml", load_intake(FOLDER / "intake.yaml"))

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that were best on utterances that were written apart from the training data."""
        return {"c": 1.0, "sharpness": 4.0, "name_weight": 0.5, "bayes": 0.15, "random_state": 0}

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
        with model_storage.read_from(resource) as folder:
            known = json.loads((folder / PHRASES).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS) as stored:
                component._vocabularies = tuple(
                    Vocabulary({phrase: index for index, phrase in enumerate(kept)}, stored[f"idf{number}"])
                    for number, kept in enumerate(known)
                )
                names = {key.rpartition(".")[0] for key in stored.files if "." in key}
                component._models = {name: Linear(*(stored[f"{name}.{part}"] for part in PARTS)) for name in names}
        return component

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        """Fit the topic model and one model per question. Sectors are learnt from the names in knowledge/ too."""
        intake = load_intake(FOLDER / "intake.yaml")
        examples = [(e.get(TEXT), e.get(INTENT)) for e in training_data.intent_examples if e.get(TEXT)]
        sentences = len(examples)
        for activity in load_sectors(FOLDER / "sectors.yaml", FOLDER / "activities.yaml").activities.activiteiten:
            intent = intake.question(SECTOR).intent(f"{activity.sbi2025}/{activity.sbi2008}")
            examples += [(name, intent) for name in (activity.naam, *activity.ook)]
        said = _counted([text for text, _ in examples], model, self._lexicon)
        learnt = [learn(block) for learn, block in zip(LEARNERS, said, strict=True)]
        self._vocabularies = tuple(vocabulary for vocabulary, _ in learnt)
        messages, answers = _for_topics_and_options([rows for _, rows in learnt])
        intents = np.array([intent for _, intent in examples])
        subjects = np.array([intake.subject(intent) for intent in intents])
        weights = np.where(np.arange(len(examples)) < sentences, 1.0, self._config["name_weight"])
        own = np.arange(len(examples)) < sentences  # a bare name does not tell that a message speaks of sectors
        topic = (messages[own], subjects[own], weights[own])
        topics = sorted(set(subjects[own]))
        tasks = {}
        for question in sorted(set(subjects)):
            options = (subjects == question) & (intents != question)
            if len(set(intents[options])) > 1:
                tasks[question] = (answers[options], intents[options], weights[options])
        settings = {"c": self._config["c"], "seed": self._config["random_state"]}
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            # The topics are most of the work, so each process learns a share of them.
            shares = [
                pool.submit(fit, *topic, **settings, classes=topics[part::PROCESSES]) for part in range(PROCESSES)
            ]
            bayes = self._config["bayes"]
            fitted = {name: pool.submit(fit, *task, **settings, bayes=bayes) for name, task in tasks.items()}
            models = {name: future.result() for name, future in fitted.items()}
            models[TOPIC] = joined([share.result() for share in shares])
        self._models = {name: Linear(*model) for name, model in models.items()}
        self._persist()
        return self._resource

    def _persist(self) -> None:
        arrays = {f"idf{number}": vocabulary.idf for number, vocabulary in enumerate(self._vocabularies)}
        for name, model in self._models.items():
            arrays |= {f"{name}.{part}": getattr(model, part) for part in PARTS}
        with self._storage.write_to(self._resource) as folder:
            # Compressed here, because Rasa's archive takes five times as long over it.
            np.savez_compressed(folder / WEIGHTS, **arrays)
            known = json.dumps([list(vocabulary.known) for vocabulary in self._vocabularies], ensure_ascii=False)
            (folder / PHRASES).write_text(known, encoding="utf-8")

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        """Set the likeliest intent and the ranking of all intents."""
        for message in messages:
            if message.get(TEXT):
                ranking = self._ranking(message.get(TEXT), model)
                message.set("intent", ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
                self._hear_correction(message, model)
                self._hear_parts(message, model)
        return messages

    def _hear_correction(self, message: Message, model: SpacyModel) -> None:
        """Of who takes something back, add what the rest of the message says by itself."""
        told = retold(message.get(TEXT))
        if not told.so or not (told.changes or told.turns or (told.hints and told.not_so)):
            return
        self._add(message, RETOLD, {"intents": self._intents(told.so, model)})

    def _hear_parts(self, message: Message, model: SpacyModel) -> None:
        """Add what each part of the message says by itself, when they speak of different questions."""
        text = message.get(TEXT)
        parts, itself = spans(text), answer_to_itself(text)
        value: dict[str, Any] = {}
        if 1 < len(parts) <= MOST_SPANS:
            value["spans"] = [self._intents(part.text, model) for part in parts]
        if itself:
            value["itself"] = self._intents(itself, model)
        if value:
            self._add(message, SPOKEN, value)

    def _intents(self, text: str, model: SpacyModel) -> dict[str, float]:
        return {one["name"]: one["confidence"] for one in self._ranking(text, model) if one["confidence"] >= LEAST}

    def _add(self, message: Message, name: str, value: dict[str, Any]) -> None:
        reading = {"entity": name, "value": value, "start": 0, "end": len(message.get(TEXT))}
        message.set(ENTITIES, [*message.get(ENTITIES, []), reading], add_to_output=True)

    def _ranking(self, text: str, model: SpacyModel) -> list[dict[str, Any]]:
        phrases, typed, clauses = _taken_apart(text, model, self._lexicon)
        blocks = zip(self._vocabularies, (phrases, parts(typed), clauses), strict=True)
        weighed = [vocabulary.weigh_one(block) for vocabulary, block in blocks]
        widths = [len(vocabulary.known) for vocabulary in self._vocabularies]
        message, answer = _beside_each_other(weighed[:-1], widths), _beside_each_other(weighed, widths)
        probabilities: dict[str, float] = {}
        for topic, share in self._probabilities(TOPIC, message).items():
            if topic in self._models:
                options = self._probabilities(topic, answer)
                probabilities |= {intent: share * part for intent, part in options.items()}
            else:
                probabilities[topic] = share
        ranked = sorted(probabilities.items(), key=lambda item: -item[1])
        return [{"name": name, "confidence": probability} for name, probability in ranked]

    def _probabilities(self, model: str, features: Row) -> dict[str, float]:
        return self._models[model].probabilities(features, self._config["sharpness"])


def _for_topics_and_options(blocks: list[csr_matrix]) -> tuple[csr_matrix, csr_matrix]:
    """A row a message: the weights of the blocks side by side, of length 1 together; for topics, and for options.

    What the clauses speak of is for the options only: it would lengthen the fit of the topics.
    """
    return _side_by_side(blocks[:-1]), _side_by_side(blocks)


def _side_by_side(blocks: list[csr_matrix]) -> csr_matrix:
    rows = hstack(blocks, format="csr", dtype=np.float32)
    rows.data /= np.sqrt(len(blocks), dtype=np.float32)
    return rows


def _beside_each_other(blocks: list[Row], widths: list[int]) -> Row:
    """The blocks of one message as one row of length 1, as `_side_by_side` makes it of many messages."""
    starts = np.cumsum([0, *widths], dtype=np.int32)
    indices = np.concatenate([block.indices + start for block, start in zip(blocks, starts, strict=False)])
    return Row(indices, np.concatenate([block.data for block in blocks]) / np.sqrt(len(blocks), dtype=np.float32))


def _taken_apart(text: str, model: SpacyModel, lexicon: Lexicon) -> tuple[list[str], list[str], list[str]]:
    """Phrases, the words whose parts count, and the words with what their clause speaks of."""
    typed = plain(text)
    counted = digits(typed)
    pairs = words(model, counted)
    clauses = said(counted, dict(pairs), lexicon)
    return [*phrases([basic for _, basic in pairs]), *of_kinds(counted, lexicon)], typed.split(), list(clauses)


_inherited: dict[str, Any] = {}  # of a process that takes messages apart; a pipeline takes seconds to load again


def _counted(texts: Sequence[str], model: SpacyModel, lexicon: Lexicon) -> list[Counts]:
    """What messages are taken apart into, counted: phrases, words whose parts count, and words with their clauses."""
    ends = np.linspace(0, len(texts), LOTS + 1, dtype=int)
    known = {"model": model, "lexicon": lexicon}
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), _inherited.update, (known,)) as pool:
        lots = list(pool.map(_counted_lot, (texts[start:end] for start, end in pairwise(ends))))
    return [Counts.together(block) for block in zip(*lots, strict=True)]


def _counted_lot(texts: Sequence[str]) -> list[Counts]:
    blocks = zip(*(_taken_apart(text, **_inherited) for text in texts), strict=True)
    return [Counts.of(block) for block in blocks]


@dataclass(frozen=True)
class Linear:
    """A trained linear model, read without scikit-learn: a row of weights a feature, a column a class.

    `places` tells in which row a feature is; those that say nothing about these classes share the first, of zeros.
    """

    classes: NDArray[np.str_]
    places: NDArray[np.int32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def probabilities(self, features: Row, sharpness: float) -> dict[str, float]:
        """The probability of each class for one row of features, from its distance to the boundary of the class."""
        rows = self.places[features.indices]
        telling = rows.nonzero()
        found = features.data[telling] @ self.weights[rows[telling]].astype(np.float32)
        scores = sharpness * (found + self.bias)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return dict(zip(self.classes.tolist(), shares.tolist(), strict=True))
