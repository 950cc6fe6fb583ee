"""Who follows docs/handboek/inhoud.md keeps the tests green and can save the work."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from actions.preview.versions import BUILT_IN
from knowledge.catalogue import (
    AREAS,
    MAY_MISS,
    Contact,
    Group,
    Initiative,
    Kind,
    SizeClass,
    StageId,
    Status,
    Theme,
    load_catalogue,
)
from knowledge.languages import OF_SITES
from knowledge.sites import NotKnown, Site
from tests.docs.content_changes import CHANGES, NEW_INITIATIVE, NEW_SITE, copy, new_initiative, new_site, reworded
from tests.docs.documents import ROOT, blocks

# What looks at content and needs nothing that runs, and no dictionary from npm.
GATES = (
    "tests/knowledge",
    "tests/quality/test_dutch.py",
    "tests/actions/preview",
    "tests/actions/test_texts.py",
    "tests/api/accountability/test_weights.py",
    "tests/api/hsds",
    "tests/api/test_event_prints.py",
    "tests/api/test_initiative_pages.py",
    "tests/api/test_initiatives.py",
    "tests/api/test_owners_export.py",
    "tests/api/test_scan_words.py",
    "tests/api/test_sites.py",
    "tests/api/test_tablet_rules.py",
)
HANDBOOK = ROOT / "docs/handboek/inhoud.md"
LEFT_OUT = "not every_word and not own_list and not test_spelling"


@pytest.mark.slow
def test_ordinary_changes_turn_no_test_red(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    for make in CHANGES:
        make(folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    for command in (("knowledge.check",), ("pytest", "-q", "-p", "no:cacheprovider", "-k", LEFT_OUT, *GATES)):
        done = subprocess.run(
            (sys.executable, "-m", *command),
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr


def test_new_and_changed_files_are_saved_as_told(tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    shutil.copytree(ROOT / "knowledge", folder / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(ROOT / "domain.yml", folder)
    git = ("git", "-c", "user.name=Cor", "-c", "user.email=cor@gemeente.example")
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "Begin")):
        subprocess.run((*git, *command), cwd=folder, check=True)
    (told,) = [block.body for block in blocks(HANDBOOK) if "git commit" in block.body]
    assert "knowledge/intake.yaml" in told
    settings = "git config user.name Cor\ngit config user.email cor@gemeente.example\n"
    for make, file in ((new_initiative, NEW_INITIATIVE), (new_site, NEW_SITE), (reworded, "knowledge/intake.yaml")):
        make(folder)
        subprocess.run(
            ("bash", "-euo", "pipefail", "-c", settings + told.replace("knowledge/intake.yaml", file)),
            cwd=folder,
            check=True,
            capture_output=True,
        )
        saved = subprocess.run(
            (*git, "show", "--name-only", "--format=%B"), cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        assert saved.splitlines()[-1] == file
        assert "Signed-off-by: Cor" in saved


def _rows(heading: str) -> dict[str, list[str]]:
    """A table of the handbook: per field the values it names."""
    table = HANDBOOK.read_text(encoding="utf-8").partition(f"### {heading}\n")[2].partition("\n#")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| `")]
    return {name.strip(" `"): re.findall(r"`([^`]+)`", allowed) for name, _, allowed in cells}


@pytest.mark.parametrize(
    ("heading", "form"), [("De velden van een initiatief", Initiative), ("De velden van een website", Site)]
)
def test_every_field_is_explained(heading: str, form: type[Initiative | Site]) -> None:
    assert set(_rows(heading)) == set(form.__struct_fields__)


def test_values_that_may_stand_there_are_those_of_the_code() -> None:
    told = _rows("De velden van een initiatief")
    for field, kind in (("groep", Group), ("soort", Kind), ("status", Status), ("thema", Theme), ("fase", StageId)):
        assert told[field] == list(get_args(kind)), field
    assert [size.strip('"') for size in told["grootte"]] == list(get_args(SizeClass))
    assert told["regio"] == [*AREAS, "GM0344"]
    assert told["nietBekend"] == list(MAY_MISS)
    assert told["contact"] == list(get_args(get_type_hints(Contact)["soort"]))
    site = _rows("De velden van een website")
    assert site["status"] == list(get_args(get_type_hints(Site)["status"]))
    assert site["nietBekend"] == list(get_args(NotKnown))
    assert site["teksten"] == list(OF_SITES)


@pytest.mark.parametrize(
    "lines",
    [
        {"einde": "2026-12-31"},
        {"status": "gestopt", "verwijst": "false"},
        {"status": "opgegaan_in", "verwijst": "false", "opvolger": "Iets nieuws"},
    ],
    ids=str,
)
def test_initiative_that_stops_as_told_is_in_order(tmp_path: Path, lines: dict[str, str]) -> None:
    folder = tmp_path / "initiatives"
    folder.mkdir()
    text = (ROOT / "knowledge/initiatives/spot035.yaml").read_text(encoding="utf-8")
    for name, value in lines.items():
        text = re.sub(rf"^{name}: .*\n", "", text, flags=re.M) + f"{name}: {value}\n"
    (folder / "spot035.yaml").write_text(text, encoding="utf-8")
    (stopped,) = load_catalogue(folder)
    assert not stopped.running(date(2027, 1, 1))


def test_words_that_a_script_holds_are_named() -> None:
    told = HANDBOOK.read_text(encoding="utf-8")
    for target, parts in BUILT_IN.items():
        (line,) = [line for line in told.splitlines() if line.startswith("|") and f"eerst `{target}`" in line]
        assert all(f"`{part}`" in line for part in parts)
