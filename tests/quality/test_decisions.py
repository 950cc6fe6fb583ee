"""Decision records: each can be found, and says what was asked, chosen and left out."""

import re
from pathlib import Path

import pytest

FOLDER = Path("docs/decisions")
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))


def test_numbered_without_gaps_and_all_listed() -> None:
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
    assert re.findall(r"\((\d{4}-.*?\.md)\)", (FOLDER / "README.md").read_text()) == [path.name for path in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_says_what_was_asked_chosen_and_left_out(record: Path) -> None:
    text = record.read_text()
    assert text.startswith(f"# {record.name[:4]} ")
    assert re.search(r"^Status: (accepted|overturned by \d{4}), \d+ \w+ 20\d\d", text, re.MULTILINE)
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Question", "Options", "Choice", "Consequences"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_what_it_points_to_is_there(record: Path) -> None:
    text = record.read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    named = re.findall(r"`((?:api|bot|tests|docs)/[\w/.-]+)`", text)
    assert [link for link in links if not (FOLDER / link).exists()] == []
    assert [path for path in named if not Path(path).exists()] == []
