"""Rasa's own checks: `rasa data validate` of domain, data and rules, and `rasa test` of the trained model."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.train import model_path
from knowledge.base import load
from knowledge.intake import MAY_BE_LEFT_OPEN
from tests.understanding.evaluation import ELSEWHERE, utterances

STORIES = Path("tests/bot/rasa")
PLAIN = "makkelijk"
# Without the open question, which Rasa's own test does not know, some answers could be about two things.
RECOGNISED = 0.75


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of Rasa."""
    command = [sys.executable, "-W", "ignore", "-m", "rasa", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_rasa_data_validate_finds_nothing_wrong() -> None:
    result = rasa("data", "validate", "--fail-on-warnings")
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


def test_rasa_test_core_predicts_the_form_for_every_message(tmp_path: Path) -> None:
    options = ["--model", str(model_path()), "--out", str(tmp_path), "--endpoints", "/dev/null", "--no-plot"]
    result = rasa("test", "core", "--stories", str(STORIES), "--fail-on-prediction-errors", *options)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["accuracy"] == 1


@pytest.mark.slow  # tests/understanding looks at the same model every day, as the assistant uses it
def test_rasa_test_nlu_recognises_plain_answers(tmp_path: Path) -> None:
    intake = load().intake
    sentences: dict[str, list[str]] = {}
    for utterance in utterances():
        question = intake.question(utterance.question)
        if utterance.level != PLAIN or question.id in MAY_BE_LEFT_OPEN:
            continue
        if utterance.subject == ELSEWHERE or utterance.expected in dict(question.choices()):
            known = utterance.subject != ELSEWHERE
            intent = question.intent(utterance.expected) if known else utterance.expected
            sentences.setdefault(intent, []).append(utterance.text)
    nlu = [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in sentences.items()]
    (tmp_path / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))
    options = ["--model", str(model_path()), "--out", str(tmp_path), "--no-plot", "--no-errors"]
    result = rasa("test", "nlu", "--nlu", str(tmp_path / "nlu.yml"), *options)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    report = json.loads((tmp_path / "intent_report.json").read_text())
    assert report["weighted avg"]["recall"] >= RECOGNISED


def test_every_intent_with_examples_is_in_the_domain_and_the_other_way_round() -> None:
    domain = yaml.safe_load(Path("domain.yml").read_text())
    known = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["intents"]}
    trained = {
        entry["intent"] for path in Path("data/nlu").glob("*.yml") for entry in yaml.safe_load(path.read_text())["nlu"]
    }
    assert known - {"kies"} == trained
