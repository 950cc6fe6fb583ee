"""Every command that a document names is there and takes what the document gives it, in a block or in a sentence."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from api.settings import Settings
from tests.docs.documents import EVERY, ROOT, blocks, inline, name

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^([a-z-]+):[^\n]*\n((?:[\t#][^\n]*\n)*)", MAKEFILE, re.M))
BEFORE = r"(?:^|(?<=[\s;&(.\"]))(?P<given>(?:[A-Z_]+=\S+ +)*)"
MAKE = re.compile(BEFORE + r"make (?P<target>[a-z-]+)(?P<rest>[^\n;&|#]*)", re.M)
MODULE = re.compile(r"python3?(?:\.11)? (?:-W ignore )?-m (?P<module>[a-z_.]+)(?P<rest>[^\n;&|#]*)")
OF_OTHERS = {"pytest", "venv", "pip"}
SETTINGS = {*Settings.model_fields, "rasa_workers"}
MAKE_ITSELF = {"PYTHON"}  # that any target takes


def said(path: Path) -> Iterator[str]:
    """Everything in a document that somebody could type: what is between backticks, and the lines of blocks."""
    yield from inline(path)
    for block in blocks(path):
        yield from block.body.replace("\\\n", " ").splitlines()


def faults(line: str) -> Iterator[str]:
    """What is wrong with the commands in a line."""
    for found in MAKE.finditer(line):
        target, rest = found["target"], re.sub(r"[\[\]]", " ", found["rest"])
        if target not in RECIPES:
            yield f"there is no make {target}"
            continue
        taken = set(re.findall(r"\$\((?:if |or )?(?:\$\()?([A-Z_]+)", RECIPES[target])) | MAKE_ITSELF
        given = re.findall(r"(?<!\S)([A-Z_]+)=", re.sub(r"\"[^\"]*\"", "", rest))
        yield from (f"make {target} takes no {word}" for word in given if word not in taken)
        settings = re.findall(r"([A-Z_]+)=", found["given"])
        yield from (f"there is no setting {word}" for word in settings if word.lower() not in SETTINGS)
    for found in MODULE.finditer(line):
        if found["module"].partition(".")[0] not in OF_OTHERS:
            yield from module_faults(found["module"], tuple(found["rest"].split()))


def module_faults(module: str, arguments: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the command and the options that a module is given."""
    folder = ROOT / module.replace(".", "/")
    if not folder.with_suffix(".py").exists() and not (folder / "__main__.py").exists():
        yield f"there is no {module}"
        return
    first = [arguments[0]] if arguments and re.fullmatch(r"[a-z]+", arguments[0]) else []
    code, helped = help_of(module, *first)
    if code:
        yield f"{module} knows no {' '.join(first)}"
    options = [word.partition("=")[0] for word in arguments if word.startswith("--")]
    yield from (f"{module} takes no {option}" for option in options if not re.search(rf"{option}\b", helped))


@cache
def help_of(module: str, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_commands_that_a_document_names_are_there_and_take_what_it_gives(path: Path) -> None:
    assert [fault for line in said(path) for fault in faults(line)] == []


def test_commands_are_found_in_sentences_and_in_blocks_without_a_language() -> None:
    readme = "\n".join(said(ROOT / "README.md"))
    assert "make synthetic VAN=2026-01-01 TOT=2026-10-31 AANTAL=250" in readme
    assert "python -m analytics lijst" in readme
    assert "make backup NAAR=folder [SLEUTELS=ja] [GEHEIMEN=ja]" in list(said(ROOT / "docs/operations/copies.md"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("make bakcup NAAR=folder", "there is no make bakcup"),
        ("make backup NAAR=folder [SLEUTEL=ja]", "make backup takes no SLEUTEL"),
        ("make restore NAAR=folder", "make restore takes no NAAR"),
        ('make invite NAME="Anna Bos"', "make invite takes no NAME"),
        ("DATABASE=sqlite:///x.db make start", "there is no setting DATABASE"),
        ("python -m api.portals lijst", "there is no api.portals"),
        (".venv/bin/python -m api.portal lijsten", "api.portal knows no lijsten"),
        ("python -m api.portal intrekken --mail anna@gemeente.nl", "api.portal takes no --mail"),
    ],
)
def test_command_that_is_not_there_is_found(line: str, fault: str) -> None:
    assert list(faults(line)) == [fault]
