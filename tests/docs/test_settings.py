"""Every setting is in the README, with the default that it has."""

import re

from api.settings import Settings
from tests.docs.documents import EVERY, ROOT, code

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:4] for line in README.partition("## Settings")[2].splitlines() if line.startswith("| `")]
CODE = re.compile(r"`([^`]+)`")
FOLDERS = ("actions", "analytics", "api", "bot", "knowledge")
# Switches of Rasa and what is under it, which the product sets itself, and which of several processes one is.
SWITCHES = {"OPENBLAS_NUM_THREADS", "RASA_MAX_CACHE_SIZE", "RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL"}
SET_BY_US = SWITCHES | {"RASA_WORKER"}


def documented() -> set[str]:
    return {setting for row in ROWS for setting in CODE.findall(row[0])}


def read_by_the_code() -> set[str]:
    """Names that the code takes from the environment, whether it knows Settings or not."""
    found = {setting.upper() for setting in Settings.model_fields}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if ".venv" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found |= set(re.findall(r'environ(?:\.get\(|\.setdefault\(|\[)"([A-Z_]+)"', text))
                found |= set(re.findall(r'= "([A-Z]+(?:_[A-Z]+)+)"  # setting', text))
    return found - SET_BY_US


def test_every_setting_is_documented_and_every_documented_one_is_there() -> None:
    assert documented() == read_by_the_code()


def test_defaults_are_those_of_the_code() -> None:
    checked = 0
    for names, defaults, _ in ROWS:
        settings, values = CODE.findall(names), CODE.findall(defaults)
        if len(settings) != len(values) or re.search(r"\bin `|made", defaults):
            continue
        for setting, value in zip(settings, values, strict=True):
            field = Settings.model_fields.get(setting.lower())
            if field is not None:
                real = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
                real = str(int(field.default)) if isinstance(field.default, float) else real
                assert value == real, setting
                checked += 1
    assert checked > 20


def test_settings_that_documents_name_are_there() -> None:
    """Words in capitals with an underscore are settings, in documents as in code."""
    known = read_by_the_code() | SET_BY_US
    for path in EVERY:
        if path.is_relative_to(ROOT / "docs/operations") or path.name == "README.md":
            named = {word for text in code(path) for word in re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b", text)}
            assert named - known - {"THE_SAME"} == set(), path
