"""The words of the intake and of its result, for the build of its scripts: `python -m api.tablet.script_words`."""

import json
import re
from pathlib import Path

from knowledge.languages import DUTCH, Languages, load_languages

SOURCE = Path(__file__).parent / "source"
FOLDER = SOURCE / "words"
PARTS = {"tablet": "w", "uitslag": "u"}  # by what the source calls each


def script_words(languages: Languages, part: str) -> str:
    """The words of one part that the source uses, by key, as JSON; so another word of a page changes no script."""
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.ts"))
    used = set(re.findall(rf"\b{PARTS[part]}\.(\w+)", source))
    words = {key: text for key, text in languages[DUTCH][part].items() if key in used}
    return f"{json.dumps(words, ensure_ascii=False, indent=2)}\n"


if __name__ == "__main__":
    found = load_languages()
    for name in PARTS:
        (FOLDER / f"{name}.json").write_text(script_words(found, name), encoding="utf-8")
