"""Commands of the README and the handbooks do what they are there for, or it says why nobody ran them."""

import os
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.docs.documents import HANDBOOKS, ROOT, blocks, name
from tests.product.running import Chat, Product, free_port

RUN, STOPPED, IN_CONVERSATION, NOT_RUN = "run", "run: stopped", "run: with a conversation", "not run: "
FOLLOWED = [path for path in HANDBOOKS if any(block.mark.startswith(RUN) for block in blocks(path))]
# How a line begins that somebody is to type; a block without a language may hold one too.
COMMAND = re.compile(
    r"^ *(?:[A-Z_]+=\S+ +)?(?:make|git|curl|systemctl|journalctl|apt-get|su|(?:\S*/)?python\S*) [\w-]", re.M
)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


@pytest.fixture(scope="module")
def code_of_event(product: Product) -> str:
    return product.event().event.code


@pytest.fixture
def places(product: Product, tmp_path: Path, code_of_event: str) -> dict[str, str]:
    """What commands name, and what stands for it here."""
    return {
        "/var/backups/assistent": str(tmp_path),
        "http://127.0.0.1:8000": product.url,
        "2026-12-03": (date.today() + timedelta(days=7)).isoformat(),
        "ZEIST-4K7": code_of_event,
        "intakes.xlsx": str(tmp_path / "intakes.xlsx"),
    }


def run(commands: str, places: dict[str, str], environment: dict[str, str]) -> str:
    for there, here in places.items():
        commands = commands.replace(there, here)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, commands + done.stdout + done.stderr
    return done.stdout


def test_every_command_is_marked() -> None:
    for path in HANDBOOKS:
        for block in blocks(path):
            if block.language == "sh" or (not block.language and COMMAND.search(block.body)):
                excused = block.mark.startswith(NOT_RUN) and len(block.mark.split()) > 5
                assert excused or block.mark in (RUN, STOPPED, IN_CONVERSATION), (name(path), block)


@pytest.mark.parametrize("path", FOLLOWED, ids=name)
def test_commands_do_what_they_are_there_for(
    product: Product, tmp_path: Path, places: dict[str, str], path: Path
) -> None:
    """Copies are made while the product runs; putting one back is done elsewhere, where nothing runs."""
    chat = Chat(product)
    with_conversation = {"GESPREK": chat.id, "SLEUTEL": chat.turn["sleutel"]}
    running = {**os.environ, **product.environment, **with_conversation}
    marked = [(block.mark, block.body) for block in blocks(path) if block.language == "sh"]
    if any(mark == STOPPED for mark, _ in marked):
        counted = Chat(product)
        counted.profile()
        counted.core("1", "1", "1", "2", "1")
    for mark, commands in marked:
        if mark in (RUN, IN_CONVERSATION):
            run(commands, places, running)
    elsewhere = {
        **running,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'terug.db'}",
        "CATALOGUE_FOLDER": str(tmp_path / "catalogue"),
        **{port: str(free_port()) for port in ("GATEWAY_PORT", "RASA_PORT", "ACTIONS_PORT")},
    }
    told = "".join(run(commands, places, elsewhere) for mark, commands in marked if mark == STOPPED)
    if told:
        (count,) = [row["number"] for row in product.rows("select count(*) as number from referral")]
        assert count > 0
        assert f"referral {count}," in told


def test_message_of_the_readme_is_understood(product: Product, places: dict[str, str]) -> None:
    (commands,) = [block.body for block in blocks(ROOT / "README.md") if block.mark == IN_CONVERSATION]
    chat = Chat(product)
    told = run(commands, places, {**os.environ, "GESPREK": chat.id, "SLEUTEL": chat.turn["sleutel"]})
    assert '"grootteklasse":"2-9"' in told


def test_copy_is_not_put_back_under_a_product_that_runs(product: Product, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Het product draait nog"):
        run(f"make restore VAN={tmp_path}", {}, {**os.environ, **product.environment})


def test_help_tells_of_every_target_and_what_it_takes() -> None:
    helped = dict(re.findall(r"^([a-z-]+):.*?## (.+)$", MAKEFILE, re.M))
    called = {word for line in re.findall(r"\$\((?:MAKE|BOTH)\)(.+)", MAKEFILE) for word in line.split()}
    assert TARGETS - set(helped) <= called  # by other targets, and by nobody else
    assigned = set(re.findall(r"^([A-Z_]+) *[:?]?=", MAKEFILE, re.M))
    for target, recipe in re.findall(r"^([a-z-]+):[^\n]*##[^\n]*\n((?:\t[^\n]*\n)+)", MAKEFILE, re.M):
        taken = set(re.findall(r"\$\((?:if \$\()?([A-Z_]+)", recipe)) - assigned - {"MAKE", "MAKECMDGOALS"}
        assert {word for word in taken if word not in helped[target]} == set(), target
