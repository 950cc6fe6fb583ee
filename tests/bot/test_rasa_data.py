"""Rasa's own checks of domain, training data and rules."""

import subprocess
import sys
from pathlib import Path

import yaml


def test_rasa_data_validate_finds_nothing_wrong() -> None:
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rasa", "data", "validate", "--fail-on-warnings"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


def test_every_intent_with_examples_is_in_the_domain_and_the_other_way_round() -> None:
    domain = yaml.safe_load(Path("domain.yml").read_text())
    known = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["intents"]}
    trained = {
        entry["intent"] for path in Path("data/nlu").glob("*.yml") for entry in yaml.safe_load(path.read_text())["nlu"]
    }
    assert known - {"kies"} == trained
