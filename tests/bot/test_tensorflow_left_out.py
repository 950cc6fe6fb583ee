import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.tensorflow_left_out import is_needed
from tests.bot.agents import trained

TEXTS = ("alles in excel", "ik en drie monteurs", "loodgieter in Zeist", "wat kost het", "asdf qwer")
WITHOUT = """
import asyncio, json, sys
from bot.tensorflow_left_out import leave_out
leave_out()
from rasa.core.agent import Agent
from bot.train import model_path
from tests.bot.agents import trained
agent = Agent.load(str(model_path()))
parsed = [asyncio.run(agent.parse_message(text)) for text in json.loads(sys.argv[1])]
files = [getattr(module, "__file__", None) or "" for module in list(sys.modules.values())]
loaded = [file for file in files if "site-packages/tensorflow/" in file]
print("RESULT" + json.dumps([parsed, loaded]))
"""


def test_model_understands_the_same_and_nothing_of_tensorflow_is_loaded() -> None:
    command = [sys.executable, "-W", "ignore", "-c", WITHOUT, json.dumps(TEXTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parsed, loaded = json.loads(done.stdout.partition("RESULT")[2])
    agent = trained()
    assert parsed == json.loads(json.dumps([asyncio.run(agent.parse_message(text)) for text in TEXTS]))
    assert loaded == []


def test_present_components_do_without() -> None:
    assert not is_needed(Path("config.yml"))


@pytest.mark.parametrize(
    ("part", "name"), [("pipeline", "DIETClassifier"), ("policies", "TEDPolicy"), ("pipeline", "some.other.Component")]
)
def test_component_that_may_need_it_keeps_it(part: str, name: str, tmp_path: Path) -> None:
    settings = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    settings[part].append({"name": name})
    config = tmp_path / "config.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert is_needed(config)
