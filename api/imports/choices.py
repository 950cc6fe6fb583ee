"""The answer in a cell of a question with options: a letter, the words of an option, or that it is not known."""

from collections.abc import Callable
from string import ascii_lowercase

from rapidfuzz import fuzz, process

from api.imports.cells import Wrong, read_people
from api.imports.table import Cell
from knowledge.intake import NOT_APPLICABLE, Question
from knowledge.words import normal, words

FUZZY_FROM = 6  # letters: shorter answers differ from each other by a letter or two
FUZZY_CUTOFF = 88  # rapidfuzz ratio, 0 to 100: from here a slip is forgiven
CLEAR_MARGIN = 8  # how much further away the next answer must be
HINT_CUTOFF = 70  # from here an answer is worth asking about

NOT_KNOWN = frozenset({"?", "weet niet", "weet ik niet", "weet ik nog niet", "onbekend", "geen idee"})
_DOES_NOT_FIT = frozenset({"-", "–", "nvt", "n.v.t.", "n.v.t", "n v t", "niet van toepassing"})
_MEANING = "Wat ze betekenen, staat in het sjabloon op het blad Uitleg."


class ChoiceReader:
    """Reads the cells of one question with options."""

    def __init__(self, question: Question) -> None:
        """Take the question."""
        self._question = question
        self._letters = dict(zip(ascii_lowercase, (option.waarde for option in question.opties), strict=False))
        self._words: dict[str, str] = {}
        for option in question.opties:
            for title in (option.titel, option.titelAlleen):
                if title:
                    self._words[_plain(title)] = option.waarde
        if question.nvt:
            self._words[_plain(question.nvt)] = NOT_APPLICABLE
        for word, code in (("ja", question.ja), ("nee", question.nee)):
            if code is not None:
                self._words.setdefault(word, code)
        # "2 tot 9" is a slip away from many other numbers of people, which are read as such.
        self._otherwise: Callable[[str], str | Wrong] = read_people if question.id == "personen" else self._near

    def read(self, cell: Cell) -> str | Wrong:
        """The code of an answer, or what is wrong with it."""
        question = self._question
        text = normal(cell.text)
        if text in NOT_KNOWN:
            return question.unknown
        if text in _DOES_NOT_FIT:
            if question.nvt:
                return NOT_APPLICABLE
            return Wrong("Overslaan kan hier niet.", "Kies een antwoord, of ? voor weet niet.")
        letter = text.strip("().: ")
        if letter in self._letters:
            return self._letters[letter]
        if not question.scored and text in self._letters.values():
            return text
        if question.scored and (cell.kind == "getal" or text.isdigit()):
            return Wrong(
                "Een cijfer is niet duidelijk: de een telt vanaf 0, de ander vanaf 1.",
                f"Typ de letter: {self._allowed()}. {_MEANING}",
            )
        return self._words.get(_plain(text)) or self._otherwise(text)

    def _near(self, text: str) -> str | Wrong:
        """The answer that a text is a slip away from, when it is clearly nearest."""
        plain = _plain(text)
        near = process.extract(plain, list(self._words), scorer=fuzz.ratio, score_cutoff=HINT_CUTOFF, limit=None)
        code = self._words[near[0][0]] if near else ""
        rival = max((score for name, score, _ in near if self._words[name] != code), default=0)
        if near and near[0][1] >= FUZZY_CUTOFF and near[0][1] - rival >= CLEAR_MARGIN and len(plain) >= FUZZY_FROM:
            return code
        meant = next((letter for letter, value in self._letters.items() if value == code), None)
        hint = f"Bedoel je {meant}? Typ dan die letter. " if meant else ""
        return Wrong("Dit antwoord bestaat niet bij deze vraag.", f"{hint}Typ {self._allowed()}. {_MEANING}")

    def _allowed(self) -> str:
        """What can be typed here, as a list in words."""
        letters = ", ".join(self._letters)
        skipped = ", - (niet van toepassing)" if self._question.nvt else ""
        return f"{letters}{skipped} of ? (weet niet)"


def _plain(text: str) -> str:
    """An answer by its words alone."""
    return " ".join(words(text))
