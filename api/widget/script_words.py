"""The words that the script holds itself, for its build: `python -m api.widget.script_words`."""

import json
from pathlib import Path

from knowledge.languages import Languages, load_languages

FILE = Path(__file__).parent / "source/words.json"
_IN_ORDER = ("knop", "sluiten", "probeer", "kwijt")  # as the script reads them


def script_words(languages: Languages) -> str:
    """The words by language, in the order in which the script reads them, as JSON."""
    words = {code: [parts["script"][key] for key in _IN_ORDER] for code, parts in languages.items()}
    return f"{json.dumps(words, ensure_ascii=False, indent=2)}\n"


if __name__ == "__main__":
    FILE.write_text(script_words(load_languages()), encoding="utf-8")
