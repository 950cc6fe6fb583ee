"""What is wrong with the training data: the same sentence twice, thin intents, and sentences of the evaluation in it.

`make data-report` prints it. Short answers ("geen idee") are what everybody says, so a sentence counts as leaked
from five words on.
"""

import string
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.words import words
from tests.understanding.evaluation import Utterance, utterances

DATA = Path("data/nlu")
THIN = 75  # examples; an intent with fewer is reported
LEAK_WORDS = 5
LETTERS = string.ascii_lowercase
LEAK_RATIO = 90  # rapidfuzz ratio, 0 to 100, from which two sentences are one


@dataclass(frozen=True)
class Example:
    """A sentence of the training data, and where it stands."""

    intent: str
    text: str
    file: str

    @property
    def form(self) -> str:
        """The sentence without capitals, accents and punctuation."""
        return " ".join(words(self.text))


def examples(folder: Path = DATA) -> list[Example]:
    """Every sentence of the training data."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            found += [Example(entry["intent"], line.removeprefix("- ").strip(), path.name) for line in lines]
    return found


def repeated(data: Iterable[Example]) -> list[str]:
    """Sentences that stand twice within an intent."""
    counts = Counter((example.intent, example.form or example.text) for example in data)
    return sorted(f"{intent}: {form}" for (intent, form), number in counts.items() if number > 1)


def contradicting(data: Iterable[Example]) -> list[str]:
    """Sentences that stand at more than one intent of those that are told apart from each other.

    Options of two different questions may share a sentence: the open question tells which is meant.
    """
    intents = defaultdict(set)
    for example in data:
        if example.form:
            intents[example.form].add(example.intent)
    found = []
    for form, names in intents.items():
        kinds = Counter(name.rpartition("_")[0] if name[-1:].isdigit() else name for name in names)
        general = [name for name in names if not name[-1:].isdigit() and "_" not in name]
        if max(kinds.values()) > 1 or (len(names) > 1 and len(general) == len(names)):
            found.append(f"{' / '.join(sorted(names))}: {form}")
    return sorted(found)


def thin(data: Iterable[Example], least: int = THIN) -> list[str]:
    """Intents with few sentences."""
    counts = Counter(example.intent for example in data)
    return [f"{intent}: {number}" for intent, number in sorted(counts.items()) if number < least]


def leaked(data: Iterable[Example], evaluation: Iterable[Utterance]) -> list[str]:
    """Sentences of the evaluation that stand in the training data, to the letter or nearly so."""
    known = sorted({example.form for example in data if len(example.form.split()) >= LEAK_WORDS}, key=len)
    letters = np.array([_letters(form) for form in known]).reshape(len(known), len(LETTERS))
    lengths = np.array([len(form) for form in known])
    found, longest = [], (200 - LEAK_RATIO) / LEAK_RATIO  # of two sentences that are one, beside the other
    for utterance in evaluation:
        form = " ".join(words(utterance.text))
        if len(form.split()) < LEAK_WORDS:
            continue
        among = slice(
            bisect_left(known, len(form) / longest, key=len), bisect_right(known, len(form) * longest, key=len)
        )
        # At least as many letters have to change as one has more of than the other: most are ruled out by that.
        changed = np.abs(letters[among] - _letters(form)).sum(axis=1)
        able = changed * 100 <= (100 - LEAK_RATIO) * (lengths[among] + len(form))
        near = compress(known[among], able)
        match = process.extractOne(form, near, scorer=fuzz.ratio, score_cutoff=LEAK_RATIO)
        if match:
            found.append(f"{utterance.subject}: {utterance.text} ~ {match[0]}")
    return found


def _letters(form: str) -> NDArray[np.int16]:
    return np.array([form.count(letter) for letter in LETTERS], dtype=np.int16)


def main() -> int:
    """Print the report. Returns 1 when something has to be mended."""
    data = examples()
    print(f"{len(data)} sentences, {len({example.intent for example in data})} intents")
    parts = {
        "Twice within an intent": repeated(data),
        "At intents that exclude each other": contradicting(data),
        f"Intents with fewer than {THIN} sentences": thin(data),
        "Of the evaluation in the training data": leaked(data, utterances()),
    }
    for title, lines in parts.items():
        print(f"\n{title}: {len(lines)}")
        print("\n".join(f"  {line}" for line in lines))
    return 1 if any(parts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
