"""The words of the intake and of its result, for the build of its scripts: `python -m api.tablet.script_words`."""

import json
from pathlib import Path

from knowledge.languages import DUTCH, Languages, load_languages

FOLDER = Path(__file__).parent / "source/words"
PARTS = ("tablet", "uitslag")


def script_words(languages: Languages, part: str) -> str:
    """The words of one part by key, as JSON."""
    return f"{json.dumps(languages[DUTCH][part], ensure_ascii=False, indent=2)}\n"


if __name__ == "__main__":
    found = load_languages()
    for name in PARTS:
        (FOLDER / f"{name}.json").write_text(script_words(found, name), encoding="utf-8")
