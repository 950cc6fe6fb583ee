"""The words of the questions and what they mean, as `terms.yaml` holds them."""

from functools import cached_property
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process

from knowledge.loading import KnowledgeError, blank_texts, convert, read, repeated_names
from knowledge.words import windows, words

LONGEST_NAME = 5  # words
FUZZY_FROM = 6  # letters: shorter words differ from each other by one letter too often
FUZZY_CUTOFF = 84  # rapidfuzz ratio, 0 to 100


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word, other words for the same, and what it means."""

    naam: str
    uitleg: str
    ook: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begrippen: tuple[Term, ...]


class Terms:
    """Look-up of a word in what somebody typed."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Index every name."""
        self.terms = terms
        self._names = {" ".join(words(name)): term for term in terms for name in (term.naam, *term.ook)}

    @cached_property
    def _fuzzy_names(self) -> list[str]:
        return [name for name in self._names if len(name) >= FUZZY_FROM]

    def named(self, text: str) -> Term | None:
        """The term that a text names; of several the longest name, then the last, where a question has its subject."""
        tokens = words(text)
        exact = [
            (end - start, start, self._names[phrase])
            for start, end, phrase in windows(tokens, LONGEST_NAME)
            if phrase in self._names
        ]
        if exact:
            return max(exact, key=lambda found: found[:2])[2]
        for token in reversed(tokens):
            if len(token) >= FUZZY_FROM:
                match = process.extractOne(token, self._fuzzy_names, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
                if match:
                    return self._names[match[0]]
        return None


def load_terms(path: Path) -> Terms:
    """Read the terms. Raises KnowledgeError when a name stands at two terms."""
    document = read(path)
    terms = convert(document, _File).begrippen
    problems = blank_texts(document) + repeated_names(document, "begrippen", [(term.naam, *term.ook) for term in terms])
    if problems:
        raise KnowledgeError(problems)
    return Terms(terms)
