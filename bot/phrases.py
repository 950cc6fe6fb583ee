"""What a message is taken apart into for the classifier: words, pairs of words near each other, and parts of words.

A pair may have three words in between, so that "niet meer op papier" holds "niet" with "papier": what is denied, over
or wished for is mostly said by two words that do not touch. Parts of words see through typing errors and compounds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasa.nlu.utils.spacy_utils import SpacyModel
from scipy.sparse import csr_matrix, vstack

from knowledge.headcount import size_class
from knowledge.lexicon import Lexicon
from knowledge.words import normal
from knowledge.words import words as words_as_typed

REACH = 4  # words from the first of a pair to the second, at most
SHORTEST_PART, LONGEST_PART = 2, 5  # letters
LEAST = 4  # documents that a phrase must stand in; rarer ones cost time and tell nothing
LONGEST_NUMBER = 5  # digits; a longer number counts no people
YEARS = range(1950, 2041)


_SHOUTED = re.compile(r"!+")
_ASKED = re.compile(r"\?{2,}")


def plain(text: str) -> str:
    """A text without capitals, accents and the signs of loudness: "KLANTEN!!!" says what "klanten" says."""
    return normal(_ASKED.sub("?", _SHOUTED.sub(" ", text)))


def words(model: SpacyModel, text: str) -> list[tuple[str, str]]:
    """The words of a plain text in their basic form; a number as the size class that it would be, a year as a year."""
    tokens = model.model(text)
    return [(token.text, _word(token.text, token.lemma_)) for token in tokens if not token.is_space]


def _word(text: str, lemma: str) -> str:
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        number = int(text)
        if number in YEARS:
            return "<jaar>"
        return f"<{size_class(number)}>" if number else "<0>"
    return (lemma or text).lower()


def phrases(words: list[str]) -> Iterator[str]:
    """Words, neighbours, and pairs that are further apart; the last two are told from each other."""
    for first, word in enumerate(words):
        yield word
        for second in range(first + 1, min(first + REACH, len(words) - 1) + 1):
            yield f"{word} {words[second]}" if second == first + 1 else f"{word} .. {words[second]}"


def of_kinds(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Phrases with the kind of every programme or thing that is named: a name nobody trained on says as much."""
    marked = lexicon.marked(words_as_typed(text))
    return (phrase for phrase in phrases(marked) if "<" in phrase)


def parts(typed: Iterable[str]) -> Iterator[str]:
    """Every run of a few letters within a word, its ends marked by a space."""
    for word in typed:
        yield from of_word(word)


@lru_cache(maxsize=65_536)  # words come back
def of_word(word: str) -> tuple[str, ...]:
    """Every run of a few letters of one word."""
    marked = f" {word} "
    longest = min(LONGEST_PART, max(SHORTEST_PART, len(marked)))
    return tuple(
        marked[start : start + length]
        for length in range(SHORTEST_PART, longest + 1)
        for start in range(max(1, len(marked) - length + 1))
    )


class Row(NamedTuple):
    """One message as the model sees it: the features that it has, and what each weighs."""

    indices: NDArray[np.int32]
    data: NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """The phrases that the model knows, with how telling each is: its inverse document frequency."""

    known: dict[str, int]
    idf: NDArray[np.float32]

    @classmethod
    def learn(cls, said: "Counts") -> tuple["Vocabulary", csr_matrix]:
        """Every phrase that stands in enough documents, and the documents weighed by them."""
        counts, names = said
        documents = np.bincount(counts.indices, minlength=len(names))
        kept = np.flatnonzero(documents >= LEAST)
        idf = np.log((1 + counts.shape[0]) / (1 + documents[kept])) + 1
        vocabulary = cls({names[place]: index for index, place in enumerate(kept)}, idf.astype(np.float32))
        return vocabulary, vocabulary._weighed(counts[:, kept])

    @classmethod
    def learn_parts(cls, said: "Counts") -> tuple["Vocabulary", csr_matrix]:
        """The same for the parts of the words of documents, every word taken apart once however often it is used."""
        of_words = Counts.of(map(of_word, said.names))
        return cls.learn(Counts(said.rows @ of_words.rows, of_words.names))

    def weigh_one(self, document: Iterable[str]) -> Row:
        """The weights of a single document. Sparse matrices take longer to make than to calculate with."""
        counts = Counter(self.known[phrase] for phrase in document if phrase in self.known)
        indices = np.fromiter(counts, np.int32, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[indices]
        return Row(indices, weights / np.sqrt(weights @ weights) if counts else weights)

    def _weighed(self, counts: csr_matrix) -> csr_matrix:
        """A row a document: tf-idf with sublinear tf, each row of length 1."""
        counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
        counts.data /= np.repeat(lengths, np.diff(counts.indptr))
        return counts


class Counts(NamedTuple):
    """How often each phrase stands in each document: a row a document, a column a phrase, in order of appearance."""

    rows: csr_matrix
    names: list[str]

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]]) -> "Counts":
        """Count them."""
        places: dict[str, int] = {}
        found = [[places.setdefault(phrase, len(places)) for phrase in document] for document in documents]
        return cls(_rows(found, len(places)), list(places))

    @classmethod
    def together(cls, several: Sequence["Counts"]) -> "Counts":
        """Those of documents that were counted in lots, as if they had been counted at once."""
        places: dict[str, int] = {}
        lots = []
        for rows, names in several:
            columns = np.fromiter((places.setdefault(name, len(places)) for name in names), np.int32, len(names))
            lots.append((rows, columns))
        width = len(places)
        moved = [
            csr_matrix((rows.data, columns[rows.indices], rows.indptr), (rows.shape[0], width))
            for rows, columns in lots
        ]
        together = vstack(moved, format="csr")
        together.sort_indices()
        return cls(together, list(places))


def _rows(documents: list[list[int]], width: int) -> csr_matrix:
    """A row a document, with how often each column stands in it."""
    ends = np.cumsum([0, *map(len, documents)])
    columns = np.fromiter((column for document in documents for column in document), dtype=np.int32, count=ends[-1])
    rows = csr_matrix((np.ones(ends[-1], dtype=np.float32), columns, ends), shape=(len(documents), width))
    rows.sum_duplicates()
    return rows
