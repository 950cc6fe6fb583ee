"""What a handbook tells people to press or look for is called that on the screen."""

import re
from pathlib import Path

import pytest

from tests.docs.documents import DUTCH, ROOT, name, prose

SCREENS = [
    *(ROOT / "api").rglob("*.html"),
    *(ROOT / "api/tablet/source").rglob("*.ts"),
    *(ROOT / "knowledge").glob("*.yaml"),
    *(ROOT / "knowledge/languages").glob("nl.yaml"),
    *(ROOT / "actions").glob("*.py"),
    *(ROOT / "api").rglob("words.py"),
    *(ROOT / "api/tablet").glob("*.py"),
    *(ROOT / "api/events").glob("*.py"),
]
TEXTS = "\n".join(path.read_text(encoding="utf-8") for path in SCREENS if "node_modules" not in path.parts)


def pressed(path: Path) -> list[str]:
    """Bold words within a sentence; those that begin a point or a paragraph tell what it is about."""
    text = re.sub(r"^(?:[-\d.]+ )?\*\*[^*]+\*\*", "", prose(path), flags=re.M)
    return [" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", text)]


@pytest.mark.parametrize("path", DUTCH, ids=name)
def test_what_it_tells_to_press_is_on_a_screen(path: Path) -> None:
    missing = [words for words in pressed(path) if words.rstrip(".:?") not in TEXTS]
    assert missing == []


def test_most_handbooks_tell_to_press_something() -> None:
    assert sum(bool(pressed(path)) for path in DUTCH) >= 4
