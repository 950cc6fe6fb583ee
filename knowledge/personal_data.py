"""Personal data that somebody types unasked: found by form and, where there is one, by checksum, and taken out.

What is taken out is not used, kept or sent on. The law allows a BSN to be used only by who is appointed to
(Uitvoeringswet AVG, article 46); the rest is simply not needed to find help.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from phonenumbers import PhoneNumberMatcher
from stdnum import iban
from stdnum.nl import bsn

Kind = Literal["bsn", "telefoon", "email", "rekening", "btw", "kvk", "kenteken", "naam"]
Span = tuple[int, int]

_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+|[\w.+-]+ apenstaartje [\w-]+ ?(?:\.|punt) ?\w+", re.IGNORECASE)
_IBAN = re.compile(r"\b[a-z]{2}\s?\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b", re.IGNORECASE)
_DUTCH_IBAN = re.compile(r"nl\d{2}[a-z]{4}\d{10}", re.IGNORECASE)
_VAT = re.compile(r"\bnl\s?\d{9}\s?b\s?\d{2}\b", re.IGNORECASE)
_NINE_DIGITS = re.compile(r"(?<![\d€.,-])\d(?:[ .-]?\d){8}(?![\d]|[.,]\d)")
_KVK = re.compile(r"(?<![\d€.,-])(?:0000)?\d{8}(?![\d]|[.,]\d|\s?(?:euro|km|kilometer)\b)")
# Three groups with hyphens: the combinations of letters and digits that the RDW gives out (sidecodes 1 to 14).
_PLATE = re.compile(
    r"\b(?=[\w-]*[a-z])(?=[\w-]*\d)(?:[a-z]{2}-\d\d-\d\d|\d\d-\d\d-[a-z]{2}|\d\d-[a-z]{2}-\d\d|[a-z]{2}-\d\d-[a-z]{2}"
    r"|[a-z]{2}-[a-z]{2}-\d\d|\d\d-[a-z]{2}-[a-z]{2}|\d\d-[a-z]{3}-\d|\d-[a-z]{3}-\d\d|[a-z]{2}-\d{3}-[a-z]"
    r"|[a-z]-\d{3}-[a-z]{2}|[a-z]{3}-\d\d-[a-z]|[a-z]-\d\d-[a-z]{3}|\d-[a-z]{2}-\d{3}|\d{3}-[a-z]{2}-\d)\b",
    re.IGNORECASE,
)
_NAMED_PLATE = re.compile(r"\bkenteken\w*\s(?:is\s|:\s?)?((?=\w*\d)(?=\w*[a-z])\w{6})\b", re.IGNORECASE)
_PARTICLE = r"(?:(?:van|von|de|den|der|het|ten|ter|te|la|el|al|'t|d')\s+)*"
_WORD = r"[^\W\d_][\w'’-]+"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]+"
# Said with these words it is a name, however it is spelt; a second word is the last name unless it goes on a sentence.
_GOES_ON = (
    r"(?:en|ik|maar|van|de|den|der|met|uit|heb|ben|zit|we|wij|mijn|hier|dus|want|hoor|trouwens|op|in|als|bij|voor)\b"
)
_INTRODUCED = re.compile(
    rf"(?i:\b(?:(?:mijn|m'n|mn) (?:\w+)?naam is|ik heet|u spreekt met|je spreekt met|op naam van))\s+"
    rf"({_WORD}(?:\s+{_PARTICLE}{_CAPITAL}|\s+(?:van|de|den|der|ten|ter)\s+{_PARTICLE}{_WORD}|\s+(?!{_GOES_ON}){_WORD})?)"
)
# After these only what is written like a first and a last name: "ik ben" is mostly followed by a trade.
_PRESENTED = re.compile(
    rf"\b(?:[Ii]k ben|[Dd]it is|[Mm]et|[Mm]evrouw|[Mm]eneer|[Dd]hr\.?|[Mm]w\.?|[Mm]evr\.?)\s+"
    rf"({_CAPITAL}\s+{_PARTICLE}{_CAPITAL})"
)
_SIGNED = re.compile(
    rf"\b(?:[Mm]et )?(?:vriendelijke groet(?:en)?|[Gg]roet(?:en|jes)?|[Mm]vg|[Gg]r)[,.!]?\s+"
    rf"({_CAPITAL}(?:\s+{_PARTICLE}{_CAPITAL})?)"
)
# Written with capitals now and then, and not a name.
_NOT_A_NAME = re.compile(
    r"\b(?:Zelfstandig|Ondernemer|Eigenaar|Directeur|Administratief|Freelance|Zzp\w*|Mijn|Digitale|Zaak|Bedrijf|Google"
    r"|Exact|Microsoft|Word|Excel|Office|Gemeente|Provincie|Utrecht|Amersfoort|Hilversum|Veenendaal)\b"
)


@dataclass(frozen=True)
class Redacted:
    """A text without personal data, and what kinds were taken out of it, each once, in the order of the text."""

    text: str
    found: tuple[Kind, ...] = ()


def redact(text: str) -> Redacted:
    """Take personal data out of a text. What is left is otherwise as it was typed; it may be empty."""
    taken: list[tuple[Span, Kind]] = []
    for kind, find in _FINDERS:
        for start, end in find(text):
            if all(end <= other[0] or start >= other[1] for other, _ in taken):
                taken.append(((start, end), kind))
    if not taken:
        return Redacted(text)
    taken.sort()
    kept, position = [], 0
    for (start, end), _ in taken:
        kept.append(text[position:start])
        position = end
    left = " ".join(" ".join([*kept, text[position:]]).split())
    return Redacted(left, tuple(dict.fromkeys(kind for _, kind in taken)))


def _by_form(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    """Everything of a form; of a form with a group only what stands in the group."""
    group = 1 if pattern.groups else 0
    return lambda text: (match.span(group) for match in pattern.finditer(text))


def _accounts(text: str) -> Iterator[Span]:
    """Account numbers with a right checksum, and Dutch ones by their form, because people mistype them."""
    for match in _IBAN.finditer(text):
        number = "".join(match.group().split())
        # A word may follow the number without a sign between them; the longest beginning that is right counts.
        for length in range(len(number), 14, -1):
            if iban.is_valid(number[:length]) or (length == 18 and _DUTCH_IBAN.fullmatch(number[:length])):
                yield match.start(), match.start() + _end_of(match.group(), length)
                break


def _end_of(written: str, characters: int) -> int:
    """Where the first so many characters end, spaces not counted."""
    positions = [index for index, character in enumerate(written) if not character.isspace()]
    return positions[characters - 1] + 1


def _citizen_numbers(text: str) -> Iterator[Span]:
    for match in _NINE_DIGITS.finditer(text):
        if bsn.is_valid(re.sub(r"\D", "", match.group())):
            yield match.span()


def _phone_numbers(text: str) -> Iterator[Span]:
    for match in PhoneNumberMatcher(text, "NL"):
        yield match.start, match.end


def _names(text: str) -> Iterator[Span]:
    for pattern in (_INTRODUCED, _PRESENTED, _SIGNED):
        for match in pattern.finditer(text):
            if not _NOT_A_NAME.search(match.group(1)):
                yield match.span(1)


# In this order: what looks like two kinds is the first of them.
_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
    ("email", _by_form(_EMAIL)),
    ("btw", _by_form(_VAT)),
    ("rekening", _accounts),
    ("bsn", _citizen_numbers),
    ("telefoon", _phone_numbers),
    ("kvk", _by_form(_KVK)),
    ("kenteken", _by_form(_PLATE)),
    ("kenteken", _by_form(_NAMED_PLATE)),
    ("naam", _names),
)
