"""How many people work in a firm, read from what somebody typed.

Counts the owner (CBS: werkzame personen). Years, ages, euros, hours and the like are not people. What is read is an
interval, because people say "tussen de 30 en 40" and "9 medewerkers" (with or without the owner); only an interval
inside one size class is certain.
"""

import re
from dataclasses import dataclass

from text_to_num import alpha2digit

from knowledge.number_words import digits
from knowledge.numbers_of_people import Number
from knowledge.numbers_of_people import numbers as numbers_of_people
from knowledge.parts_of_firm import (
    ADDED,
    BETWEEN,
    SEASONS,
    SHIFTS,
    made_exact,
    may_be_whole,
    one_after_another,
    told_as_parts,
    whole_first,
)
from knowledge.people import (
    AGES,
    ALONE,
    ALONE_NOW,
    AND_ME,
    CLAUSE,
    COLLECTIVE,
    EXACTLY,
    FILLERS,
    GONE,
    MY,
    NO_IDEA,
    NOT_ALL_COUNT,
    NOT_PEOPLE,
    NOW,
    PARTS,
    PAST,
    SELF,
    TENS,
    TOGETHER,
    TOGETHER_IN_DIGITS,
    TOTAL,
    VAGUE,
)
from knowledge.relatives import family_members, relatives_only
from knowledge.who_counts import of_today
from knowledge.words import normal
from knowledge.written_sums import of_places, worked_out

# Lower bounds of the CBS size classes; the upper bound is excluded.
CLASSES = ((1, "1"), (2, "2-9"), (10, "10-49"), (50, "50-249"), (250, "250+"))


@dataclass(frozen=True)
class Headcount:
    """Size classes that fit what was said, smallest first, and whether to take it without asking.

    `explicit` tells that the words speak of people, so that it counts when another question is open too; a bare number
    does not. `vague` tells that the words themselves leave it open ("7 fte", "tussen de 8 en 14", "een paar"), so that
    only the entrepreneur can say which it is.
    """

    classes: tuple[str, ...]
    certain: bool
    explicit: bool = True
    vague: bool = False


def size_class(people: int) -> str:
    """The CBS size class of a number of people, the owner included. Raises ValueError below 1."""
    if people < 1:
        raise ValueError("a firm has at least one person")
    return [code for lowest, code in CLASSES if people >= lowest][-1]


def read_headcount(text: str) -> Headcount | None:
    """The size classes that a text speaks of, or None when it says nothing about people."""
    clean = digits(normal(text))
    if NO_IDEA.search(clean):
        return None
    clean = TOGETHER_IN_DIGITS.sub(r"\1", clean)  # "met zijn 3e"
    clean = re.sub(r"\b\d+(?:e|de|ste)\b", "", clean)  # "de 3e generatie" counts no people
    clean = AGES.sub(r"\1", clean)
    clean = of_today(clean)
    people = of_places(clean)
    if people is not None:
        return _interval(people, people)
    people = worked_out(clean)
    if people is not None:
        return _interval(people, people, explicit=any(number.unit for number in numbers_of_people(clean)))
    together = _together(clean)
    if together is not None:
        return _interval(*together)
    if ALONE_NOW.search(clean):
        return Headcount(("1",), certain=True)
    relatives = relatives_only(clean)
    if relatives:
        return _interval(relatives, relatives)
    named = numbers_of_people(clean)
    exact = EXACTLY.search(clean)
    people = int(exact.group(1) or exact.group(2)) if exact else 0
    if len(named) > 1 and any(number.low == people for number in named):  # a year is not among them
        return _interval(people, people)
    numbers = _present(named, clean)
    family = family_members(clean)
    if ALONE.search(clean) and not numbers and not family:
        return Headcount(("1",), certain=True)
    if named and not numbers:  # only who were there before
        return _interval(1, max(number.high for number in named), sure=False, vague=True)
    if not numbers:
        if family:
            return _interval(1 + family, 1 + family)
        if re.search(r"\b(?:ik ben )?zzp", clean):
            return Headcount(("1",), certain=True)
        if TENS.search(clean):
            return Headcount(("10-49", "50-249"), certain=False, vague=True)
        if VAGUE.search(clean):
            return Headcount(("2-9",), certain=False, vague=True)
        return None
    return _counted(clean, numbers, family)


def _present(numbers: list["Number"], text: str) -> list["Number"]:
    """The numbers that count who works there today, where others count who did."""
    turn = NOW.search(text)
    after = [number for number in numbers if turn and number.start > turn.start()]
    today = [number for number in numbers if not _of_the_past(text, number.start) and not GONE.match(text, number.end)]
    return after or today


def _of_the_past(text: str, position: int) -> bool:
    """Whether what stands at a position is told of the past: "vroeger 80, sinds de fusie 420"."""
    clause = CLAUSE.split(text[:position])[-1]
    before = text[: position - len(clause)] if clause else text[:position]
    return PAST.search(clause) is not None and NOW.search(before[-15:]) is None


def _together(text: str) -> tuple[int, int] | None:
    """Read the collective number in "met z'n zessen", which includes the speaker; people named after it may be more."""
    for match in TOGETHER.finditer(text):
        if _of_the_past(text, match.start()) or re.match(rf" {NOT_PEOPLE}\b", text[match.end(1) :]):
            continue
        word = match.group(1)
        number = COLLECTIVE.get(word) or alpha2digit(word.removesuffix("en"), "nl")  # "dertienen"
        if str(number).isdigit():
            more = sum(other.high for other in numbers_of_people(text[match.end() :]) if other.unit)
            return int(number), int(number) + more
    return None


_STOP = re.compile(r"[,;:!?]|\.(?!\d)|\d[\d.]*")


def _said_around(text: str, number: Number) -> set[str]:
    """The words between a number and the comma, full stop or other number on either side of it."""
    around = f"{_STOP.split(text[: number.start])[-1]} {_STOP.split(text[number.end :])[0]}"
    return set(re.findall(r"[^\W\d_]+", around))


def _several(text: str, numbers: list[Number]) -> Headcount | None:
    """What several numbers come to; None where those that are named as people simply add up."""
    named = [number for number in numbers if number.unit]
    lowest, highest = min(number.low for number in numbers), max(number.high for number in numbers)
    least, whole = sum(number.low for number in numbers), sum(number.high for number in numbers)
    explicit = bool(named)
    if made_exact(text, numbers):
        return _interval(numbers[1].low, numbers[1].high, explicit=explicit)
    if whole_first(text, numbers):
        return _interval(numbers[0].low, numbers[0].high, explicit=explicit)
    if len(named) in (0, len(numbers)) and (SEASONS.search(text) or SHIFTS.search(text)):
        # "in de zomer 12, in de winter 6"
        most = whole if ADDED.search(text) or SHIFTS.search(text) else highest
        lowest = numbers[0].low if ADDED.search(text) and re.search(r"\bvaste?\b", text) else lowest
        same = size_class(max(1, lowest)) == size_class(max(1, most))
        return _interval(lowest, most, sure=same, explicit=explicit, vague=not same)
    if len(named) < len(numbers) and told_as_parts(text, numbers):
        more = family_members(text) + bool(AND_ME.search(text))
        least = numbers[0].low if may_be_whole(text, numbers) else least + more
        most = whole + more + (not re.search(rf"\b(?:wij|we|ons|totaal|{SELF})\b", text) and not AND_ME.search(text))
        return _interval(least, most, sure=all(number.sure for number in numbers), explicit=False)
    if not named:
        counted = all(number.followed for number in numbers) or one_after_another(text, numbers)
        most = whole if counted else highest  # "7 zagers 8 polijsters" may be 15
        return _interval(lowest, most, sure=False, explicit=False, vague=True)
    if len(named) < len(numbers) and one_after_another(text, numbers, BETWEEN):
        # "3 juristen, 4 secretaresses en 2 bakfietsen": what is no known kind of people may be people.
        least = sum(number.high for number in named)
        return _interval(least, whole, sure=False) if size_class(max(1, least)) != size_class(max(1, whole)) else None
    return None


def _counted(text: str, numbers: list[Number], family: int) -> Headcount | None:
    """Numbers of people added up, with the speaker where the words leave him out."""
    parts = PARTS.search(text)
    if parts:
        numbers = [number for number in numbers if number.end <= parts.start()] or numbers
    named = [number for number in numbers if number.unit]
    if len(numbers) > 1 and not TOTAL.search(text):
        several = _several(text, numbers)
        if several:
            return several
    used = named or numbers[:1]
    first = numbers[0]
    begins = re.fullmatch(r"\W*(?:we|wij|zijn|met)?\W*", text[: first.start])
    if named and not first.unit and begins and re.match(r"\W*(?:en|plus|\+|met)\b", text[first.end :]):
        used = [first, *named]  # "13, en dan loopt er nog een stagiair rond"
    total = TOTAL.search(text)
    if total:  # "op deze vestiging 30 maar in totaal 650"
        used = [number for number in numbers if number.start >= total.start()][:1] or used
    plain = _said_around(text, first) <= FILLERS
    low, high = sum(number.low for number in used), sum(number.high for number in used)
    sure = all(number.sure and (number.unit or number.followed or plain) for number in used)
    vague = any(number.unit == "fte" or not number.sure for number in used)
    vague = vague or any(pattern.search(text) for pattern in (NOT_ALL_COUNT, TENS))
    if family and not re.search(rf"\b{MY} \d+ ", text):
        low, high = low + family, high + family
    elif family:
        return _interval(1 + family, 1 + family)
    includes_self = re.search(r"\b(?:wij|we|totaal|samen)\b", text)
    counts_self = re.search(r"\b(?:inclusief|incl|(?:zelf|mezelf|mij) (?:er)?bij|meegeteld|meegerekend)\b", text)
    says_self = not counts_self and re.search(
        rf"\b(?:en|plus|\+|met) (?:dan )?(?:nog )?{SELF}(?:zelf)?\b|\b{SELF} (?:zelf )?(?:en|plus|\+|met)\b|\bmezelf\b|"
        r"\bik (?:heb|werk met) \d+ (?:\w+ )?collega'?s\b",
        text,
    )
    only_employees = all(number.unit == "employees" for number in used)
    if says_self or (family and re.search(rf"\b{SELF}\b", text)):
        low, high = low + 1, high + 1
    elif only_employees and not includes_self and not counts_self:
        # "1 werknemer" leaves the owner out; with larger numbers people mean both.
        low = low + 1 if high <= 1 else low
        high += 1
    if high < 1:
        return Headcount(("1",), certain=True)
    explicit = bool(named or family or re.search(r"\b(?:we|wij) (?:zijn|werken|zitten) (?:nu )?(?:met|op)\b", text))
    return _interval(max(1, low), high, sure=sure and not vague, explicit=explicit, vague=vague)


def _interval(low: int, high: int, *, sure: bool = True, explicit: bool = True, vague: bool = False) -> Headcount:
    first, last = size_class(max(1, low)), size_class(max(1, high))
    codes = [code for _, code in CLASSES]
    classes = tuple(codes[codes.index(first) : codes.index(last) + 1])
    return Headcount(classes, certain=sure and len(classes) == 1, explicit=explicit, vague=vague or len(classes) > 1)
