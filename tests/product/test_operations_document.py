"""docs/operations.md: its commands work as they stand, or it says why nobody ran them; what it names is there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from api.operations.readiness import STOPPING
from api.settings import Settings
from tests.product.running import ROOT, Chat, Product, free_port

DOCUMENT = (ROOT / "docs/operations.md").read_text()
MARK = re.compile(r"<!-- (run|run: stopped|not run: [^\n]+) -->\n```sh\n(.*?)```", re.DOTALL)
BLOCKS = MARK.findall(DOCUMENT)


def run(commands: str, folder: Path, url: str, environment: dict[str, str]) -> str:
    here = commands.replace("/var/backups/assistent", str(folder)).replace("http://127.0.0.1:8000", url)
    done = subprocess.run(
        ["bash", "-euc", here], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_command_is_marked() -> None:
    assert DOCUMENT.count("```sh") == len(BLOCKS)


def test_commands_do_what_they_are_there_for(product: Product, tmp_path: Path) -> None:
    """Copies are made while the product runs; putting one back is done elsewhere, where nothing runs."""
    chat = Chat(product)
    chat.profile()
    chat.core("1", "1", "1", "2", "1")
    running = {**os.environ, **product.environment}
    for mark, commands in BLOCKS:
        if mark == "run":
            run(commands, tmp_path, product.url, running)
    elsewhere = {
        **running,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'terug.db'}",
        "CATALOGUE_FOLDER": str(tmp_path / "catalogue"),
        **{name: str(free_port()) for name in ("GATEWAY_PORT", "RASA_PORT", "ACTIONS_PORT")},
    }
    told = [run(commands, tmp_path, product.url, elsewhere) for mark, commands in BLOCKS if mark == "run: stopped"]
    (count,) = [row["number"] for row in product.rows("select count(*) as number from referral")]
    assert count > 0
    assert f"referral {count}," in told[0]


def test_copy_is_not_put_back_under_a_product_that_runs(product: Product, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Het product draait nog"):
        run(f"make restore VAN={tmp_path}", tmp_path, product.url, {**os.environ, **product.environment})


def test_settings_and_targets_that_it_names_are_there() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b", DOCUMENT))
    assert named - known - {"THE_SAME"} == set()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", DOCUMENT)) - targets == set()


def test_codes_of_readiness_that_stop_are_explained() -> None:
    for part, code in STOPPING:
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{part}` |"))
        assert f"`{code}`" in row.split("|")[2]
