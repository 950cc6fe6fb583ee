"""Text as people type it, brought to one form for look-ups."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’`-][^\W_]+)*\+?")
APOSTROPHES = "’`´‘"
_NONE = frozenset({"Cc", "Cs"})  # control characters, and halves of a character, which no library takes
ENDINGS = ("etjes", "etje", "tjes", "tje", "jes", "je", "'s", "en", "s")  # diminutive and plural
SHORTEST_STEM = 4  # letters
VOWELS = "aeiou"

_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

# In this order; the last letter of a word loses its voice, and "oude" its d.
SOUNDS = tuple(
    (re.compile(spelling), heard)
    for spelling, heard in (
        (r"oude\b", "ou"), ("oude", "ouwe"), ("ij|ei|ey", "y"), ("[ao]uw(?=[^aeiou]|$)|au", "ou"), ("ch|gh", "g"),
        ("ck|c|q", "k"), ("z", "s"), ("v|ph", "f"), ("th", "t"), (r"dt\b|d\b", "t"), (r"[aeo]m\b|um\b", "em"),
        (r"(.)(?=\1)", ""), (r"en\b", "e"),
    )
)  # fmt: skip


def normal(text: str) -> str:
    """Lower case, accents and what is no character gone, one kind of apostrophe, single spaces."""
    if text.isascii() and text.isprintable():  # most of what people type, and far faster
        return " ".join(text.translate(_ONE_APOSTROPHE).lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_ONE_APOSTROPHE)).lower()
    kept = "".join(" " if unicodedata.category(c) in _NONE else c for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def words(text: str) -> list[str]:
    """The words and numbers of a text in their normal form, without punctuation."""
    return WORD.findall(normal(text))


def windows(tokens: list[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Every run of words as (start, end, phrase), the longest first, and of one length from left to right."""
    for length in range(min(longest, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield start, start + length, " ".join(tokens[start : start + length])


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the endings that do not change what it names: diminutive and plural.

    Crude on purpose: it is used on both sides of a comparison, never shown.
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in VOWELS:
        word = word[:-1]
    return word


def sound(word: str) -> str:
    """A word as it sounds, roughly: different spellings of one sound become the same. Never shown."""
    for spelling, heard in SOUNDS:
        word = spelling.sub(heard, word)
    return word


def visible(text: str) -> str:
    """A text on one line without control and format characters; empty when nothing of it can be seen."""
    shown = "".join(" " if unicodedata.category(character)[0] == "C" else character for character in text)
    return " ".join(shown.split())


def listed(texts: Iterable[str]) -> str:
    """Names or clauses in a sentence: "a, b en c"."""
    each = list(texts)
    return " en ".join(filter(None, (", ".join(each[:-1]), each[-1]))) if each else ""
