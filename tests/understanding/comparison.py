"""`make classifiers`: the classifier of the product beside Rasa's own, on the same sentences, in one table in docs.

Every candidate is trained in a process of its own and loaded in another. All get the same share of the training data,
because DIET on everything takes hours; the product's classifier is shown on everything too. Accuracy is on the
evaluation: of answers to questions with options, whether the likeliest option of the open question is right; of what is
said in between, whether it is found among all intents.
"""

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from knowledge.base import load
from knowledge.intake import MAY_BE_LEFT_OPEN
from tests.understanding.evaluation import ELSEWHERE, utterances
from tests.understanding.training_data import examples

DOCUMENT = Path("docs/classifiers.md")
WORDS = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer", "min_ngram": 1, "max_ngram": 2},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5, "min_df": 2},
]
OWN = [{"name": "bot.dutch.DutchSpacy"}, {"name": "bot.classifier.TopicClassifier"}]
CANDIDATES: dict[str, tuple[int, list[dict[str, Any]]]] = {
    "topic and option, linear SVM (the product)": (1, OWN),
    "the same, on a share of the data": (0, OWN),
    "LogisticRegressionClassifier": (0, [*WORDS, {"name": "LogisticRegressionClassifier", "max_iter": 100}]),
    "DIETClassifier, 20 epochs": (
        0,
        [*WORDS, {"name": "DIETClassifier", "epochs": 20, "entity_recognition": False, "random_seed": 1}],
    ),
}
INTRODUCTION = """# Which classifier

Made by `make classifiers`, which trains each candidate in a process of its own and then loads it in another. All but
the first row get every {share}th sentence of the training data. `option` is the share of answers to questions with
options in which the likeliest option of the open question is right; `in between` that of questions back, commands and
other moments that are recognised among all intents. Memory is the highest of the process that answers, all of Rasa
included.

"""


def write_sample(folder: Path, share: int) -> None:
    """Every so manieth sentence of each intent, in Rasa's format."""
    kept: dict[str, list[str]] = {}
    for example in examples():
        kept.setdefault(example.intent, []).append(example.text)
    entries = [
        {"intent": intent, "examples": "\n".join(f"- {text}" for text in texts[::share]) + "\n"}
        for intent, texts in kept.items()
    ]
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True))


def train(name: str, share: int, folder: Path) -> dict[str, float]:
    """Train a candidate into a folder. Gives the seconds it took."""
    from rasa.model_training import train_nlu  # noqa: PLC0415  # seconds of imports that the overview does not need

    every, pipeline = CANDIDATES[name]
    write_sample(folder, every or share)
    config = {"recipe": "default.v1", "language": "nl", "assistant_id": "comparison", "pipeline": pipeline}
    if pipeline is OWN:
        config["importers"] = [{"name": "bot.importer.PlainNluImporter"}]
    (folder / "config.yml").write_text(yaml.safe_dump(config))
    begun = time.perf_counter()
    train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    return {"training": time.perf_counter() - begun}


def measure(folder: Path) -> dict[str, float]:
    """Load a candidate and let it judge the evaluation."""
    begun = time.perf_counter()
    from rasa.core.agent import Agent  # noqa: PLC0415  # its import is part of the start

    agent = Agent.load(str(folder / "model.tar.gz"))
    start = time.perf_counter() - begun
    intake = load().intake
    right: dict[str, list[bool]] = {"option": [], "between": []}
    milliseconds = []
    for utterance in utterances():
        question = intake.question(utterance.question)
        begun = time.perf_counter()
        parsed = asyncio.run(agent.parse_message(utterance.text))
        milliseconds.append((time.perf_counter() - begun) * 1000)
        ranking = [entry["name"] for entry in parsed["intent_ranking"]]
        if utterance.subject == ELSEWHERE:
            right["between"].append(ranking[0] == utterance.expected)
        elif question.id not in MAY_BE_LEFT_OPEN and utterance.expected in dict(question.choices()):
            possible = {question.intent(code) for code, _ in question.choices()}
            likeliest = next((name for name in ranking if name in possible), None)
            right["option"].append(likeliest == question.intent(utterance.expected))
    return {
        "start": start,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "message": statistics.median(milliseconds),
        **{name: sum(found) / len(found) for name, found in right.items()},
    }


def row(name: str, share: int) -> str:
    """One candidate, trained and measured in processes of its own, as a row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, float] = {}
        for step in ("train", "measure"):
            command = [sys.executable, "-W", "ignore", "-m", __spec__.name, "--step", step]
            command += ["--name", name, "--folder", folder, "--share", str(share)]
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
            if answer.returncode != 0:
                raise RuntimeError(f"{name}: {answer.stderr[-2000:]}")
            found |= json.loads(answer.stdout.splitlines()[-1])
    accuracy = f"{found['option']:.1%} | {found['between']:.1%}"
    seconds = f"{found['training']:.0f} s | {found['start']:.1f} s"
    return f"| {name} | {accuracy} | {seconds} | {found['memory']:.0f} MB | {found['message']:.1f} ms |"


def main() -> None:
    """The table, on screen and in docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=16, help="train on every so manieth sentence (default: 16)")
    parser.add_argument("--step", choices=("train", "measure"), help=argparse.SUPPRESS)
    parser.add_argument("--name", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "train":
        print(json.dumps(train(options.name, options.share, options.folder)))
        return
    if options.step == "measure":
        print(json.dumps(measure(options.folder)))
        return
    lines = [
        "| classifier | option | in between | training | start | memory | a message |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    print("\n".join(lines), flush=True)
    for name in CANDIDATES:
        lines.append(row(name, options.share))
        print(lines[-1], flush=True)
    kept = DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[2] if DOCUMENT.exists() else ""
    table = INTRODUCTION.format(share=options.share) + "\n".join(lines) + "\n"
    DOCUMENT.write_text(table + (f"\n## {kept}" if kept else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
