"""How plain the Dutch is: the length of sentences, and words that few people use.

A word counts as hard when it is rare in Dutch (wordfreq, less than once in a million words) and is not put together of
two words that are not. Level B1 is judged by people; these are the two signs of it that a program can count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from wordfreq import zipf_frequency

from tests.quality.dutch_spelling import names
from tests.quality.dutch_texts import Sentence, settings

_READERS = {"programmers": "programmeurs", "entrepreneurs": "ondernemers", "staff": "medewerkers"}
RARE = 3.0  # on the scale of Zipf: 3 is once in a million words
COMMON = 4.0  # once in a hundred thousand
_LINKS = ("", "s", "en", "n", "e", "-")
_SHORTEST_PART = 3
_SEPARABLE = ("aan", "af", "bij", "door", "in", "mee", "na", "om", "op", "over", "terug", "uit")


@dataclass(frozen=True)
class Limits:
    """How plain the texts for an audience must be."""

    words: int  # in the longest sentence
    mean: float  # words in a sentence, on average
    hard: float  # of a hundred words

    @classmethod
    def of(cls, audience: str) -> "Limits":
        """Those that dutch.yaml gives."""
        return cls(**next(each["limits"] for each in settings()["audiences"] if each["for"] == audience))


@dataclass(frozen=True)
class Reading:
    """What the texts for one audience are like."""

    audience: str
    sentences: int
    mean: float
    longest: tuple[Sentence, ...]
    hard: float
    hard_words: dict[str, list[str]]


@cache
def is_hard(word: str) -> bool:
    """Whether few people use this word, nor the two that it is put together of."""
    lower = word.lower().replace("’", "'")
    return lower not in explained() and not {word, word.capitalize()} & names() and is_rare(lower)


def is_rare(word: str) -> bool:
    """Whether it is rare, and so is at least one of the two words that it is put together of."""
    lower = word.removesuffix("'s")
    if _known(lower):
        return False
    verb = any(lower.startswith(part) and _known(lower.removeprefix(part)) for part in _SEPARABLE)
    return not verb and not any(_common(first) and _common(last) for first, last in _halves(lower))


def _halves(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        for link in _LINKS:
            if word[:cut].endswith(link) and len(word[:cut].removesuffix(link)) >= _SHORTEST_PART:
                yield word[:cut].removesuffix(link), word[cut:]


def _known(word: str) -> bool:
    return zipf_frequency(word, "nl") >= RARE


def _common(word: str) -> bool:
    return zipf_frequency(word, "nl") >= COMMON


@cache
def explained() -> frozenset[str]:
    """Rare words that may be used all the same: dutch.yaml says why."""
    return frozenset(word.lower() for each in settings()["hard_words"] for word in each["words"])


def read(sentences: Iterable[Sentence], audience: str) -> Reading:
    """What the texts for this audience are like; labels of one or two words count for words, not for sentences."""
    own = [sentence for sentence in sentences if sentence.audience == audience]
    whole = [sentence for sentence in own if len(sentence.words) > 2]
    count = Counter(word for sentence in own for word in sentence.words)
    where: dict[str, set[str]] = defaultdict(set)
    for sentence in own:
        for word in filter(is_hard, sentence.words):
            where[word.lower()].add(sentence.file)
    limit = Limits.of(audience).words
    return Reading(
        audience=audience,
        sentences=len(whole),
        mean=sum(len(sentence.words) for sentence in whole) / len(whole),
        longest=tuple(sorted((each for each in whole if too_long(each, limit)), key=lambda each: -len(each.words))),
        hard=100 * sum(number for word, number in count.items() if is_hard(word)) / count.total(),
        hard_words={word: sorted(files) for word, files in sorted(where.items())},
    )


def too_long(sentence: Sentence, limit: int) -> bool:
    """Whether a sentence has more words than it may; dutch.yaml says which may be longer."""
    excepted = any(
        sentence.file == each["file"] and sentence.text.startswith(each["begins"])
        for each in settings()["long_sentences"]
    )
    return len(sentence.words) > limit and not excepted


def report(reading: Reading) -> str:
    """The same in Dutch, with what does not keep to the limits."""
    limits = Limits.of(reading.audience)
    lines = [
        f"{_READERS[reading.audience]}: {reading.sentences} zinnen van {reading.mean:.1f} woorden "
        f"(hoogstens {limits.mean}), {reading.hard:.1f}% moeilijke woorden (hoogstens {limits.hard})",
        *(f"  te lang, {len(each.words)} woorden: {each.file}: {each.text}" for each in reading.longest),
        *(f"  moeilijk: {word} ({', '.join(files[:3])})" for word, files in reading.hard_words.items()),
    ]
    return "\n".join(lines)
