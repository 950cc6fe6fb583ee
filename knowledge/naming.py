"""Which initiative somebody names, in its usual or a short form, also misspelt."""

from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue, Initiative
from knowledge.loading import Problem, read
from knowledge.words import windows, words

LONGEST_NAME = 6  # words
FUZZY_FROM = 6  # letters
FUZZY_CUTOFF = 86  # rapidfuzz ratio, 0 to 100


class InitiativeNames:
    """Look-up of initiatives by name in running text."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index every name, as it is written and as one word."""
        self._names: dict[str, Initiative] = {}
        for initiative in catalogue:
            for name in (initiative.naam, *initiative.ookBekendAls, initiative.id.replace("-", " ")):
                spelt = " ".join(words(name))
                for form in (spelt, spelt.replace(" ", ""), spelt.replace("-", " "), spelt.replace("-", "")):
                    self._names.setdefault(form, initiative)
        self._long = [name for name in self._names if len(name) >= FUZZY_FROM]

    def bearer(self, name: str) -> Initiative:
        """The initiative that is found by a name of one of them: of several, the first."""
        return self._names[" ".join(words(name))]

    def find(self, text: str) -> Initiative | None:
        """The initiative that a text names, of several the one with the longest name."""
        tokens = words(text)
        runs = [phrase for _, _, phrase in windows(tokens, LONGEST_NAME)]
        exact = [phrase for phrase in runs if phrase in self._names]
        if exact:
            return self._names[max(exact, key=len)]
        best: tuple[float, int, str] | None = None
        for phrase in runs:
            if len(phrase) < FUZZY_FROM:
                continue
            match = process.extractOne(phrase, self._long, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
            if match and match[0][0] == phrase[0] and (best is None or (match[1], len(match[0])) > best[:2]):
                best = (match[1], len(match[0]), match[0])
        return self._names[best[2]] if best else None


def named_twice(folder: Path, catalogue: Catalogue) -> list[Problem]:
    """Names by which another initiative is found, for who writes the files: nobody can ask for the second by them."""
    names = InitiativeNames(catalogue)
    return [problem for initiative in catalogue for problem in _shared(folder, initiative, names)]


def _shared(folder: Path, initiative: Initiative, names: InitiativeNames) -> Iterator[Problem]:
    others = ((("ookBekendAls", index), name) for index, name in enumerate(initiative.ookBekendAls))
    for where, name in ((("naam",), initiative.naam), *others):
        first = names.bearer(name)
        if first.id != initiative.id:
            document = read(folder / f"{initiative.id}.yaml")  # again, for the line
            what = f"De naam '{name}' is ook van initiatives/{first.id}.yaml. Wie hem noemt, krijgt dat initiatief."
            yield document.problem(where, what, "Kies hier een andere naam, of verander hem daar.")
