"""CHANGELOG.md knows what other documents say has changed, and names only what is there."""

import re

from api.description.changelog import FILE
from api.settings import Settings
from tests.docs.documents import ROOT, blocks, inline

CHANGELOG = ROOT / "CHANGELOG.md"
TEXT = CHANGELOG.read_text(encoding="utf-8")
HEADINGS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_every_version_of_the_interface_but_the_first_is_told() -> None:
    versions = re.findall(r"^## ([0-9.]+) ", FILE.read_text(encoding="utf-8"), re.M)
    assert len(versions) > 1
    assert [version for version in versions[:-1] if f"ersion {version}" not in TEXT] == []


def test_settings_that_it_names_are_there() -> None:
    named = {word for text in inline(CHANGELOG) for word in re.findall(r"^[A-Z]+(?:_[A-Z]+)+$", text)}
    assert "REDIS_URL" in named
    assert {word for word in named if word.lower() not in Settings.model_fields} <= {"RASA_WORKERS"}


def test_sections_are_those_of_keep_a_changelog_each_once_in_a_version() -> None:
    assert blocks(CHANGELOG) == []
    for version in re.split(r"^## ", TEXT, flags=re.M)[1:]:
        found = re.findall(r"^### (.+)$", version, re.M)
        assert sorted(set(found), key=HEADINGS.index) == found
