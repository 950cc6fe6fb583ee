"""The architecture page shows what is so."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.quality.architecture import BEGIN, FOLDERS, PAGE, PICTURE, Architecture, architecture, with_table
from tests.quality.architecture_picture import picture

STALE = "run make architecture, look at the picture and commit both files"


@pytest.fixture(scope="module")
def found() -> Architecture:
    return architecture()


def test_picture_is_of_the_code_as_it_is(found: Architecture) -> None:
    assert PICTURE.read_text() == picture(found), f"{PICTURE}: {STALE}"


def test_table_is_of_the_code_as_it_is(found: Architecture) -> None:
    assert PAGE.read_text() == with_table(PAGE.read_text(), found), f"{PAGE}: {STALE}"


def test_every_subject_says_what_it_is_about(found: Architecture) -> None:
    assert [subject.name for subject in found.subjects if not subject.about] == []


def test_three_processes_and_whom_they_call(found: Architecture) -> None:
    assert {each.name: (each.folder, each.port, each.calls) for each in found.processes} == {
        "gateway": ("api", 8000, {"rasa", "actions"}),
        "rasa": ("bot", 5005, {"actions"}),
        "actions": ("actions", 5055, frozenset()),
    }


def test_only_the_gateway_and_the_actions_open_the_database(found: Architecture) -> None:
    assert found.with_database == {"api", "actions"}


def test_new_subject_import_or_call_changes_the_picture_or_asks_for_a_place(found: Architecture) -> None:
    assert picture(replace(found, subjects=found.subjects[1:])) != picture(found)
    assert picture(replace(found, imports=found.imports - {("api", "knowledge")})) != picture(found)
    with pytest.raises(KeyError):
        picture(replace(found, imports=found.imports | {("knowledge", "api")}))


def test_page_without_a_place_for_the_table(found: Architecture) -> None:
    with pytest.raises(ValueError, match="must stand in it once"):
        with_table(PAGE.read_text().replace(BEGIN, ""), found)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the product alone, with its rules of imports."""
    folder = tmp_path_factory.mktemp("product")
    for name in FOLDERS:
        apart = shutil.ignore_patterns(".venv", "node_modules", "__pycache__", "*.yaml", "*.yml", "static", "templates")
        shutil.copytree(name, folder / name, ignore=apart)
    shutil.copy("pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(
    ("file", "imported"),
    [
        ("actions/planted.py", "analytics.releases"),
        ("actions/planted.py", "analytics.figures"),
        ("api/planted.py", "tests.quality"),
        ("knowledge/planted.py", "analytics.recording"),
        ("bot/planted.py", "actions.slots"),
    ],
)
def test_import_against_the_arrows_is_refused(copied: Path, file: str, imported: str) -> None:
    linter = Path(".venv/bin/lint-imports").absolute()
    (copied / file).write_text(f"import {imported}\n")
    try:
        ran = subprocess.run([linter, "--no-cache"], cwd=copied, capture_output=True, text=True, check=False)
    finally:
        (copied / file).unlink()
    assert ran.returncode == 1
    assert f"{file.removesuffix('.py').replace('/', '.')} -> {imported.removesuffix('.quality')}" in ran.stdout
    assert "1 broken" in ran.stdout
