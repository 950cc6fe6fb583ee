"""What is wrong with the Dutch, in Dutch, for who writes it: the file, the line and what to do. `make taal`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.quality.dutch_reading import Limits, is_hard, too_long
from tests.quality.dutch_spelling import unknown
from tests.quality.dutch_texts import Sentence

_SPELLED = "Verbeter het. Is het toch goed? Zet het dan in tests/quality/dutch_words.txt."
_SHORTER = "Maak er twee zinnen van, of laat woorden weg."
_PLAINER = "Kies een gewoner woord. Kan dat niet? Zet het dan met de reden in tests/quality/dutch.yaml, bij hard_words."


def faults(sentences: Iterable[Sentence]) -> list[str]:
    """Every fault as one line, in the order of file and line."""
    found = list(sentences)
    told = {*_misspelt(found), *_heavy(found)}
    return [f"{file}, regel {line}: {what} Oplossing: {remedy}" for file, line, what, remedy in sorted(told)]


def _misspelt(sentences: list[Sentence]) -> Iterator[tuple[str, int, str, str]]:
    words = unknown(sentences)
    for sentence in sentences:
        for word in set(sentence.words) & words.keys():
            yield sentence.file, line_of(sentence, word), f"'{word}' staat niet in het woordenboek.", _SPELLED


def _heavy(sentences: list[Sentence]) -> Iterator[tuple[str, int, str, str]]:
    """Sentences that are too long for who reads them, and hard words where none may be."""
    for sentence in sentences:
        limits = Limits.of(sentence.audience)
        if too_long(sentence, limits.words):
            what = f"Deze zin heeft {len(sentence.words)} woorden, hoogstens {limits.words} mag: {sentence.text}"
            yield sentence.file, line_of(sentence), what, _SHORTER
        for word in filter(is_hard, sentence.words if limits.hard == 0 else ()):
            yield sentence.file, line_of(sentence, word), f"'{word}' is een moeilijk woord.", _PLAINER


def line_of(sentence: Sentence, word: str = "") -> int:
    """The line (from 1) on which a sentence begins, or one of its words stands; 1 when it is put together in code."""
    path = Path(sentence.file)
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    parts = sentence.text.split()
    starts = [" ".join(parts[:count]) for count in range(min(len(parts), 8), 0, -1)]
    first = next((number for start in starts for number, line in enumerate(lines, 1) if start in line), 1)
    return next((number for number, line in enumerate(lines, 1) if number >= first and word in line), first)
