"""Programmes and things that entrepreneurs name, and what each says by itself, as `lexicon.yaml` holds them."""

from pathlib import Path

import msgspec

from knowledge.intake import Intake
from knowledge.loading import Document, KnowledgeError, Problem, convert, read, repeated_names
from knowledge.words import windows, words

LONGEST_NAME = 4  # words
# Words that may stand around a name without changing what it says.
_AROUND = frozenset({
    "in", "op", "met", "via", "een", "de", "het", "t", "n", "mn", "mijn", "ons", "onze", "gewoon", "we", "wij", "ik",
    "heb", "hebben", "gebruik", "gebruiken", "werk", "werken", "doe", "doen", "alles", "allemaal", "gaat", "zit",
    "staat", "ja", "daarvoor", "hier", "dat", "is", "nu", "hoor", "bij", "zo'n", "zon",
})  # fmt: skip


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of programme or thing: the names it goes by, and the option that the bare name is at a question."""

    soort: str
    namen: tuple[str, ...]
    zegt: dict[str, str] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    soorten: tuple[Kind, ...]


class Lexicon:
    """Look-up of names in running text."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        """Index every name."""
        self.kinds = kinds
        self._names = {" ".join(words(name)): kind for kind in kinds for name in kind.namen}

    def marked(self, tokens: list[str]) -> list[str]:
        """The words with every name replaced by its kind, as <soort>; longer names first."""
        marked: list[str | None] = list(tokens)
        for start, end, phrase in windows(tokens, LONGEST_NAME):
            kind = self._names.get(phrase)
            if kind is not None and marked[start:end] == tokens[start:end]:
                marked[start:end] = [f"<{kind.soort}>", *[None] * (end - start - 1)]
        return [word for word in marked if word is not None]

    def answer(self, text: str, question: str) -> str | None:
        """The option that a text is which holds nothing but names; None when they say nothing, or not the same."""
        found = set()
        for word in self.marked(words(text)):
            if word.startswith("<"):
                found.add(self._says(word, question))
            elif word not in _AROUND:
                return None
        return found.pop() if len(found) == 1 else None

    def told(self, text: str, question: str) -> set[str]:
        """The options that the names in a text say by themselves."""
        says = (self._says(word, question) for word in self.marked(words(text)) if word.startswith("<"))
        return {code for code in says if code is not None}

    def _says(self, marked: str, question: str) -> str | None:
        return next(kind for kind in self.kinds if f"<{kind.soort}>" == marked).zegt.get(question)


def load_lexicon(path: Path, intake: Intake) -> Lexicon:
    """Read the lexicon. Raises KnowledgeError for a name that stands twice, or an option that does not exist."""
    document = read(path)
    kinds = convert(document, _File).soorten
    # A kind's own id is no name, but tells two kinds apart.
    problems = repeated_names(document, "soorten", [(f"<{kind.soort}>", *kind.namen) for kind in kinds])
    problems += [fault for index, kind in enumerate(kinds) for fault in _option_problems(document, index, kind, intake)]
    if problems:
        raise KnowledgeError(problems)
    return Lexicon(kinds)


def _option_problems(document: Document, index: int, kind: Kind, intake: Intake) -> list[Problem]:
    """What a kind says about questions or options that do not exist."""
    options = {question.id: {code for code, _ in question.choices()} for question in intake.vragen}
    return [
        document.problem(
            ("soorten", index, "zegt", question),
            f"'{kind.soort}' zegt '{code}' bij '{question}', en dat bestaat niet.",
            "Kies een vraag en een waarde uit intake.yaml.",
        )
        for question, code in kind.zegt.items()
        if code not in options.get(question, set())
    ]
