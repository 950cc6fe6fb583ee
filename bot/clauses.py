"""What each clause of a message speaks of: today, the past, a wish, somebody else, or what is not so.

"Vroeger in een schrift, nu Moneybird" names two things and answers with the second. A message is split at its
punctuation and at the words that turn it ("maar", "nu", "sinds"), and every word is told with what its clause speaks of
and whether that is the first clause or the last. So a model learns what "papier" says in a clause about the past.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from knowledge.lexicon import Lexicon
from knowledge.words import words

_SPLIT = re.compile(
    r"[.,;:!?()]+|\s-+\s"
    r"|\b(?=(?:maar|alleen|behalve|want|terwijl|sinds|tot(?! nu)|toen|daarna|omdat|doch|echter|inmiddels|tegenwoordig"
    r"|nu|eerst|vroeger)\b)"
)
_SIGNS = {
    "toen": "vroeger eerst ooit was waren had hadden gehad geweest begonnen vorig vorige toen tot geleden destijds"
    " eertijds deed deden werkte werkten gebruikte hield stond zat ging probeerde geprobeerd voorheen",
    "nu": "nu tegenwoordig inmiddels sinds sindsdien momenteel vandaag ondertussen intussen overgestapt voorlopig"
    " nog_steeds nog_altijd over_op",
    "wens": "wil willen wilde wou zou zouden graag volgend volgende binnenkort straks moet moeten wens hoop droom"
    " voornemen misschien ga gaan later eigenlijk van_plan komt_er",
    "niet": "niet geen nooit nee niks niets nie nix zonder behalve nauwelijks amper nergens niemand weg af gestopt",
    "ander": "buurman buurvrouw buren concurrent concurrenten concurrentie zwager neef vriend kennis baas iedereen"
    " anderen dochter zoon vent zeggen zegt vindt vinden men ander_bedrijf",
}
_SPEAKS_OF = {sign.replace("_", " "): name for name, signs in _SIGNS.items() for sign in signs.split()}
_BUT = frozenset({"maar", "doch", "echter", "alleen", "behalve"})
_PLAIN = ("-",)  # a clause that speaks of none of these
LONGEST = 60  # characters of what the clauses speak of, all together; a story has no shape of its own


def said(text: str, basic: Mapping[str, str], lexicon: Lexicon) -> Iterator[str]:
    """Each word with what its clause speaks of, and the order of what is spoken of.

    `text` is plain, `basic` gives the basic form of its words. Programmes and things are told by their kind.
    """
    clauses = [typed for clause in _SPLIT.split(text) if (typed := words(clause))]
    spoken = [_speaks_of(clause) for clause in clauses]
    for number, clause in enumerate(clauses):
        marked = [basic.get(word, word) for word in lexicon.marked(clause)]
        places = [*(spoken[number] or _PLAIN)]
        if len(clauses) > 1:
            places += ["eerste"] * (number == 0) + ["laatste"] * (number == len(clauses) - 1)
        yield from (f"{place}: {word}" for place in places for word in marked)
        yield "+".join(spoken[number]) + ":"
    yield " ".join("+".join(names) for names in spoken)[:LONGEST] + "."


def _speaks_of(clause: list[str]) -> tuple[str, ...]:
    """What a clause speaks of, in a fixed order; nothing in particular is an empty tuple."""
    pairs = (" ".join(pair) for pair in pairwise(clause))
    found = {_SPEAKS_OF[sign] for sign in (*clause, *pairs) if sign in _SPEAKS_OF}
    if clause[0] in _BUT:
        found.add("maar")
    return tuple(sorted(found))
