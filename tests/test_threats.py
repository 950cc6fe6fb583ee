"""docs/threats.md: each stop names tests that prove it, and those tests are there."""

import re
from pathlib import Path

import pytest

THREATS = Path("docs/threats.md").read_text()
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STOPS = [row for row in re.findall(r"^\|.*\|$", THREATS, re.MULTILINE) if row.count("|") == 4]


def names(table_row: str) -> list[tuple[str, str]]:
    return PROOF.findall(table_row)


def test_every_stop_names_its_proof() -> None:
    unproven = [row for row in STOPS if "---" not in row and not row.endswith("| proof |") and not names(row)]
    assert len(STOPS) > 25
    assert unproven == []


@pytest.mark.parametrize(("file", "test"), sorted(set(names(THREATS))))
def test_proof_is_there(file: str, test: str) -> None:
    assert re.search(rf"^\s*(async )?def {test}\(", Path(file).read_text(), re.MULTILINE), f"{file} has no {test}"


def test_two_pages() -> None:
    assert len(re.findall(r"\w+", PROOF.sub("", THREATS))) < 1800
