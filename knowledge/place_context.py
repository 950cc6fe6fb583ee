"""Which of the places that somebody names is where the firm is: not the one it left, lies near, or is not in.

"Vroeger in Woerden, nu in Houten", "van Baarn naar Soest verhuisd", "tegen Zeist aan, maar gemeente De Bilt" name two
places and mean one. Every name is judged by the words of its own clause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

# Names within so many words of a denial are where the firm is not; the denial itself must deny a place.
DENIED_WITHIN = 5
DENIES = frozenset({"niet", "geen", "nooit", "buiten"})
DENIES_SOMETHING_ELSE = frozenset({"alleen", "idee", "ver", "zo", "groot", "weet"})
# Somebody or something else is there, or the firm is there no more or not yet.
ELSEWHERE = frozenset({
    "woon", "wonen", "woonde", "woont", "woonachtig", "opgegroeid", "geboren", "klant", "klanten", "klussen", "lever",
    "oorspronkelijk", "afkomstig", "kwam", "kom", "komen", "leveren", "bezorgen", "accountant", "boekhouder",
    "postadres", "opslag", "familie", "ouders", "vandaan", "broer", "zus", "moeder", "vader", "buurman", "zwager",
    "leverancier", "boot", "lijkt", "denkt", "denken", "vroeger", "eerst", "eerder", "voorheen", "hiervoor", "ooit",
    "tot", "was", "waren", "zat", "zaten", "gezeten", "begonnen", "gestart", "jarenlang",
})  # fmt: skip
SEATED = frozenset({
    "zit", "zitten", "gevestigd", "ingeschreven", "staat", "bedrijf", "zaak", "winkel", "praktijk", "kantoor", "werk",
    "werken", "officieel", "werkplaats", "loods", "pand", "nu", "tegenwoordig", "inmiddels", "momenteel",
})  # fmt: skip
SEATED_NOW = frozenset({
    "werk", "werken", "zaak", "bedrijf", "gevestigd", "nu", "tegenwoordig", "inmiddels", "momenteel",
})  # fmt: skip
NEAR_BEFORE = re.compile(
    r"\b(?:vlak ?bij|dicht ?bij|bij|naast|tegen|(?:rook|buurt|omgeving) van|richting|tussen(?: [^ ]+){0,3} en|tussen"
    r"|(?:die|dat|deze)(?: [^ ]+)?(?: in| bij| van| aan| onder| tussen)?)(?: de| het| t| stad| gemeente)?$"
)
NEAR_AFTER = re.compile(r"^(?:is |ligt )?(?:[^ ]+ )?(?:om de hoek|hemelsbreed|ernaast|aan vast|verderop)\b")
MOVED = frozenset({"verhuisd", "verkast", "vertrokken", "gegaan", "verplaatst", "overgegaan", "getrokken"})
GOING_TO_MOVE = "verhuizen"
FROM, TO = "van", "naar"  # "van Baarn naar Soest"
PUNCTUATION = re.compile(r"[,.;:!?()]")
TURNS = frozenset({"maar", "nu", "inmiddels", "tegenwoordig", "sinds", "terwijl"})
AND = "en"
# After "en" these begin a clause, and a name does not.
AFTER_AND = frozenset({
    "ik", "mijn", "mn", "m'n", "me", "de", "het", "we", "wij", "onze", "ons", "is", "zit", "heb", "werk",
})  # fmt: skip


class Named(Protocol):
    """A name found in a text: which of its words it is, from `start` up to `end`."""

    @property
    def start(self) -> int:
        """The first of its words, from 0."""

    @property
    def end(self) -> int:
        """One past its last word."""


Hit = TypeVar("Hit", bound=Named)


def clause_starts(clean: str, tokens: Sequence[str]) -> list[int]:
    """At which words a clause begins: the first, after punctuation, and at words that turn a sentence."""
    starts, position = [], 0
    for index, word in enumerate(tokens):
        found = clean.find(word, position)
        apart = PUNCTUATION.search(clean[position:found]) is not None
        goes_on = word == AND and not AFTER_AND.isdisjoint(tokens[index + 1 : index + 2])
        if index == 0 or apart or goes_on or word in TURNS:
            starts.append(index)
        position = found + len(word)
    return starts


def denied(tokens: Sequence[str], starts: Sequence[int], start: int, names: Sequence[Named] = ()) -> bool:
    """Whether the name at `start` is one where the firm is not: "niet in Zeist", "hoort niet bij Zeist"."""
    begin = max(index for index in starts if index <= start)
    begin = max([begin, start - DENIED_WITHIN, *(other.end for other in names if other.end <= start)])
    before = tokens[begin:start]
    for index, token in enumerate(before):
        following = before[index + 1] if index + 1 < len(before) else ""
        if token in DENIES and following not in DENIES_SOMETHING_ELSE:
            return True
    return False


def of_the_firm(hits: Sequence[Hit], tokens: Sequence[str], starts: Sequence[int]) -> list[Hit]:
    """The names that may be where the firm is, of several; all of them when the words leave it open."""
    kept = list(hits)
    for telling in (_of_today, _not_near, _seated):
        if len(kept) > 1:
            kept = [hit for hit in kept if telling(_Around.of(hit, kept, tokens, starts))] or kept
    return kept


def elsewhere(hit: Hit, hits: Sequence[Hit], tokens: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether the firm is said not to be at this name, or not any more."""
    return not _of_today(_Around.of(hit, hits, tokens, starts))


@dataclass(frozen=True)
class _Around:
    """The words of a name's own clause, without the other names in it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    clause: str  # up to the name, other names included
    leads_on: bool  # another name follows "naar"
    alone: bool  # no other name stands in the clause

    @classmethod
    def of(cls, hit: Named, hits: Sequence[Named], tokens: Sequence[str], starts: Sequence[int]) -> "_Around":
        begin = max(index for index in starts if index <= hit.start)
        end = min((index for index in starts if index >= hit.end), default=len(tokens))
        clause = " ".join(tokens[begin : hit.start])
        alone = not any(begin <= other.start < end for other in hits if other is not hit)
        begin = max([begin, *(other.end for other in hits if other.end <= hit.start)])
        follow = min([end, *(other.start for other in hits if other.start >= hit.end)])
        leads_on = any(tokens[other.start - 1] == TO for other in hits if other.start > hit.start)
        return cls(tuple(tokens[begin : hit.start]), tuple(tokens[hit.end : follow]), clause, leads_on, alone)


def _of_today(around: _Around) -> bool:
    """Neither left, nor somebody else's, nor where the firm is only going to be."""
    if around.before[-1:] == (FROM,) and around.leads_on:
        return False
    spoken = {*around.clause.split(), *around.after}
    going = around.before[-1:] == (TO,) and not spoken & MOVED and GOING_TO_MOVE in spoken
    return not going and (not spoken & ELSEWHERE or bool(spoken & SEATED_NOW))


def _not_near(around: _Around) -> bool:
    """The place itself, where another is only named to find it by."""
    return not NEAR_BEFORE.search(around.clause) and not NEAR_AFTER.search(" ".join(around.after))


def _seated(around: _Around) -> bool:
    """Said to be where the firm is, in a clause of its own: "een zaak in Zeist en een in Soest" are two."""
    return not around.alone or bool({*around.before, *around.after} & SEATED)
