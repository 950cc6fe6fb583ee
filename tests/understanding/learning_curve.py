"""`make learning-curve`: would more training data help? The classifier on shares of the data, as a table in docs."""

import tempfile
from pathlib import Path

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.classifier import TopicClassifier
from bot.dutch import load as load_spacy
from bot.pipelines import AUTOMATIC
from knowledge.base import Knowledge, load
from knowledge.intake import MAY_BE_LEFT_OPEN
from tests.understanding.evaluation import Utterance, utterances
from tests.understanding.training_data import Example, examples

DOCUMENT = Path("docs/learning-curve.md")
SHARES = (0.1, 0.25, 0.5, 1.0)
INTRODUCTION = """# Would more training data help?

Made by `make learning-curve`. The classifier is trained on a share of the sentences of every intent, drawn by a fixed
seed, and judged on the evaluation: the share of answers to questions with options in which the likeliest option of the
open question is right.

"""


def main() -> None:
    """The table, on screen and in docs."""
    knowledge = load()
    judged = [entry for entry in utterances() if _has_option(knowledge, entry)]
    lines = ["| share of the data | sentences | right option | of the hard ones |", "|---:|---:|---:|---:|"]
    for share in SHARES:
        sample = drawn(examples(), share)
        right = _judge(knowledge, sample, judged)
        hard = [found for entry, found in zip(judged, right, strict=True) if entry.level == "moeilijk"]
        lines.append(f"| {share:.0%} | {len(sample)} | {np.mean(right):.1%} | {np.mean(hard):.1%} |")
        print(lines[-1], flush=True)
    kept = DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[2] if DOCUMENT.exists() else ""
    DOCUMENT.write_text(INTRODUCTION + "\n".join(lines) + "\n" + (f"\n## {kept}" if kept else ""), encoding="utf-8")


def _has_option(knowledge: Knowledge, utterance: Utterance) -> bool:
    question = knowledge.intake.question(utterance.question)
    expected = utterance.expected in {code for code, _ in question.choices()}
    return utterance.subject == question.id and question.id not in MAY_BE_LEFT_OPEN and expected


def drawn(data: list[Example], share: float) -> list[Example]:
    """A share of the sentences of every intent."""
    chance = np.random.default_rng(20261125).random(len(data))
    ranks: dict[str, list[tuple[float, Example]]] = {}
    for luck, example in zip(chance, data, strict=True):
        ranks.setdefault(example.intent, []).append((luck, example))
    return [
        example
        for entries in ranks.values()
        for _, example in sorted(entries, key=lambda entry: entry[0])[: max(2, round(share * len(entries)))]
    ]


def _judge(knowledge: Knowledge, sample: list[Example], judged: list[Utterance]) -> list[bool]:
    """Whether the likeliest option of the open question is right, per utterance."""
    spacy = load_spacy(AUTOMATIC)
    with tempfile.TemporaryDirectory() as folder:
        storage, context = LocalModelStorage.create(Path(folder)), ExecutionContext(GraphSchema({}))
        classifier = TopicClassifier.create(TopicClassifier.get_default_config(), storage, Resource("curve"), context)
        classifier.train(TrainingData([Message({TEXT: e.text, INTENT: e.intent}) for e in sample]), spacy)
    messages = classifier.process([Message({TEXT: entry.text}) for entry in judged], spacy)
    found = []
    for entry, message in zip(judged, messages, strict=True):
        question = knowledge.intake.question(entry.question)
        possible = {question.intent(code) for code, _ in question.choices()}
        ranking = [intent["name"] for intent in message.get("intent_ranking")]
        likeliest = next((name for name in ranking if name in possible), None)
        found.append(likeliest == question.intent(entry.expected))
    return found


if __name__ == "__main__":  # training starts processes, which read this module too
    main()
