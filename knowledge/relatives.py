"""Relatives and partners who work along, as people name them instead of a number."""

import re

from knowledge.people import CHILDREN, ELSEWHERE, FAMILY, MY, SELF

_JOINING = frozenset({"en", "met", "samen", "plus", "de", "mijn", "mn", "m'n", "me", "dus", "we", "wij", "zijn", "ja"})


def family_members(text: str) -> int:
    """How many relatives and partners somebody names as working along."""
    count = len(re.findall(rf"\b{MY} (?:\w+ )?{FAMILY}\b(?!{ELSEWHERE})", text))
    count += len(re.findall(r"\b(?:een (?:compagnon|vennoot|zakenpartner)|echtpaar|duo)\b", text))
    for number in re.findall(rf"\b{MY} (\d+) (?:\w+ )?{CHILDREN}\b", text):
        count += int(number)
    if not count and re.search(rf"\b(?:met|en|plus) (?:een|1) {FAMILY}\b", text):
        count = 1
    if not count and re.search(rf"\bmet {MY} {CHILDREN}\b", text):
        count = 2
    return count


def relatives_only(text: str) -> int:
    """How many people a text names that does nothing else: "pa, ma en ik", "vader en zoon"."""
    words = re.findall(r"[\w']+", text)
    family = [word for word in words if re.fullmatch(FAMILY, word)]
    selves = [word for word in words if re.fullmatch(SELF, word)]
    other = set(words) - set(family) - set(selves) - _JOINING
    return 0 if other or not family or len(family) + len(selves) < 2 else len(family) + bool(selves)
