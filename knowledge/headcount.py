"""How many people work in a firm, read from what somebody typed.

Counts the owner (CBS: werkzame personen). Years, ages, euros, hours and the like are not people. What is read is an
interval, because people say "tussen de 30 en 40" and "9 medewerkers" (with or without the owner); only an interval
inside one size class is certain.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import alpha2digit

from knowledge.people import (
    ABOUT,
    ALONE,
    ALONE_NOW,
    CLAUSE,
    COLLECTIVE,
    EACH,
    EMPLOYEE,
    FAMILY,
    FEWER,
    FILLERS,
    GONE,
    MORE,
    MY,
    NO_IDEA,
    NOT_ALL_COUNT,
    NOT_PEOPLE,
    NOT_PEOPLE_AFTER,
    NOW,
    PAST,
    PEOPLE,
    SELF,
    TENS,
    TIMES,
    TOGETHER,
    TOTAL,
    VAGUE,
)
from knowledge.relatives import family_members, relatives_only
from knowledge.words import normal

# Lower bounds of the CBS size classes; the upper bound is excluded.
CLASSES = ((1, "1"), (2, "2-9"), (10, "10-49"), (50, "50-249"), (250, "250+"))
IMPLAUSIBLE = 100_000  # nobody in the region employs more; such a number is something else


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
    clean = re.sub(r"\b\d+(?:e|de|ste)\b", "", clean)  # "de 3e generatie" counts no people
    each = EACH.search(clean)
    if each:
        people = int(each.group(1)) * int(each.group(2))
        return _interval(people, people)
    together = _together(clean)
    if together is not None:
        return _interval(*together)
    if ALONE_NOW.search(clean):
        return Headcount(("1",), certain=True)
    relatives = relatives_only(clean)
    if relatives:
        return _interval(relatives, relatives)
    named = _numbers(clean)
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


def _present(numbers: list["_Number"], text: str) -> list["_Number"]:
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


@dataclass(frozen=True)
class _Number:
    low: int
    high: int
    unit: str  # "people", "employees", "fte" or "" when nothing is said
    sure: bool
    start: int
    end: int
    followed: bool  # by a word, which may name people we do not know: "60 chaufeurs"


@lru_cache(maxsize=16)  # one message is read for several purposes
def digits(text: str) -> str:
    """A text in its normal form with number words as digits. "Een" counts only before people who can be one."""
    text = re.sub(r"\b(?:een )?half dozijn\b", "6", text)
    text = re.sub(r"\b(?:een )?dozijn\b", "12", text)
    text = re.sub(r"\b(?:een )?stuk of\b", "ongeveer", text)
    text = re.sub(r"\been (?:man|mens|mannetje) of\b", "ongeveer", text)
    text = re.sub(r"\banderhalfhonderd\b", "150", text)
    text = re.sub(r"\banderhalve?\b", "1.5", text)
    text = re.sub(r"\been(?= persoon\b)", "1", text)
    text = re.sub(rf"\b(?:een|1)\s+((?!paar|handje)(?:\w+ ){{0,1}}{EMPLOYEE}\b)", r"1 \1", text)
    text = re.sub(r"\btwee\b", "2", text)
    text = re.sub(r"\bdrie\b", "3", text)
    text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
    # The library drops runs it cannot read from its answer only when they hold no letters: safe on plain text.
    return str(alpha2digit(text, "nl"))


def _together(text: str) -> tuple[int, int] | None:
    """Read the collective number in "met z'n zessen", which includes the speaker; people named after it may be more."""
    for match in TOGETHER.finditer(text):
        if _of_the_past(text, match.start()):
            continue
        word = match.group(1)
        number = COLLECTIVE.get(word) or alpha2digit(word.removesuffix("en"), "nl")  # "dertienen"
        if str(number).isdigit():
            more = sum(other.high for other in _numbers(text[match.end() :]) if other.unit)
            return int(number), int(number) + more
    return None


def _numbers(text: str) -> list[_Number]:
    """The numbers in a text that can be people, with what stands around them."""
    found: list[_Number] = []
    taken = -1
    for match in re.finditer(r"€?\s?(?<![\w.,])(\d+(?:[.,]\d+)?)(\s?\+)?(?:\s?(?:-|–|à)\s?(\d+))?", text):
        if match.start() < taken:
            continue
        before, after = text[: match.start()].rstrip() + " ", text[match.end() :].lstrip()
        if "€" in match.group(0) or _not_people(match.group(1), before, after):
            continue
        low = high = round(float(match.group(1).replace(",", ".")))
        end = match.end()
        partner = re.match(r"(?:of|a|tot|tot en met|t/m|en)\s+(?:de )?(\d+)\b", after)
        next_one = re.match(rf",?\s?({low + 1})\b", after)  # "een stuk of 7, 8"
        if next_one and not partner:
            partner = next_one
        between = re.search(r"\btussen (?:de |'t )?$", before)
        if match.group(3):
            high = int(match.group(3))
        elif partner and (between or not after.startswith("en")) and int(partner.group(1)) > low:
            high = int(partner.group(1))
            end += len(text[match.end() :]) - len(after) + partner.end()
            after = text[end:].lstrip()
            if _not_people(partner.group(1), before, after):
                continue
        if high >= IMPLAUSIBLE:
            continue
        sure = True
        if match.group(2) or re.match(r"(?:plus|of meer|en meer|\+)\b", after):
            high, sure = low * 2, False
        elif FEWER.search(before):
            low, high, sure = max(1, low - 1), max(1, low - 1), not re.search(r"geen (?:de )?$", before)
        elif MORE.search(before):
            low, high = low + 1, low + 1
        elif ABOUT.search(before) or re.match(r"(?:ongeveer|ofzo|of zo|zoiets|a |\w+ ongeveer)", after):
            margin = 1 if low >= 8 else 0
            low, high = low - margin, high + margin
        found.append(_Number(low, high, _unit(after), sure, match.start(), end, after[:1].isalpha()))
        taken = end
    return found


def _unit(after: str) -> str:
    if re.match(r"(?:\w+ )?fte", after):
        return "fte"
    if re.match(rf"(?:(?!en |in de |in het )[\w'-]+ ){{0,2}}{EMPLOYEE}\b", after):
        return "employees"
    if re.match(rf"(?:[\w'-]+ )?{PEOPLE}\b", after):
        return "people"
    return ""


def _not_people(digits: str, before: str, after: str) -> bool:
    if re.match(rf"\s?(?:{NOT_PEOPLE})\b|[%€:/]|\.\d|,-", after):
        return True
    if len(digits.split(".", maxsplit=1)[0]) >= 6:
        return True
    year_or_postcode = re.fullmatch(r"(?:19|20)\d\d", digits) or re.fullmatch(r"\d{4} ?[a-z]{2}", f"{digits} {after}")
    if year_or_postcode and _unit(after) == "":
        return True
    if re.search(rf"\b(?:{FAMILY}|jongste|oudste)(?: \w+){{0,3}} (?:is|wordt|van) $", before):  # an age
        return True
    if NOT_PEOPLE_AFTER.search(before):
        return re.match(rf"(?:[\w'-]+ )?(?:{PEOPLE}|{EMPLOYEE})\b", after) is None
    return bool(
        re.search(
            r"\b(?:kvk|omzet|postcode)(?: (?:is|van|nummer|nr|zit|ligt|rond|de|ongeveer|bij))*:? $"
            r"|\bles aan (?:\w+ )?$",
            before,
        )
    )


_STOP = re.compile(r"[,;:!?]|\.(?!\d)")


def _clause_at(text: str, position: int) -> str:
    """What stands between the commas and full stops around a position: "200, verdeeld over vier filialen"."""
    return _STOP.split(text[:position])[-1] + _STOP.split(text[position:])[0]


def _counted(text: str, numbers: list[_Number], family: int) -> Headcount | None:
    """Numbers of people added up, with the speaker where the words leave him out."""
    named = [number for number in numbers if number.unit]
    if not named and len(numbers) > 1 and not TOTAL.search(text):
        if (
            re.search(r"\b(?:en|plus|erbij|nog)\b", text)
            and not TIMES.search(text)
            and all(n.followed for n in numbers)
        ):
            people = sum(number.high for number in numbers)  # "5 koks, 9 in de bediening en ik als eigenaar"
            return _interval(people, people + bool(re.search(rf"\b(?:en|plus) {SELF}\b", text)))
        # "in de zomer 12, in de winter 6"
        lowest, highest = min(number.low for number in numbers), max(number.high for number in numbers)
        return _interval(lowest, highest, sure=False, explicit=False, vague=True)
    used = named or numbers[:1]
    first = numbers[0]
    begins = re.fullmatch(r"\W*(?:we|wij|zijn|met)?\W*", text[: first.start])
    if named and not first.unit and begins and re.match(r"\W*(?:en|plus|\+|met)\b", text[first.end :]):
        used = [first, *named]  # "13, en dan loopt er nog een stagiair rond"
    total = TOTAL.search(text)
    if total:  # "op deze vestiging 30 maar in totaal 650"
        used = [number for number in numbers if number.start >= total.start()][:1] or used
    plain = set(re.findall(r"[^\W\d_]+", _clause_at(text, first.start))) <= FILLERS
    parts = re.search(r"\b(?:waarvan|van wie|de helft|daarvan)\b", text)
    if parts:
        used = [number for number in used if number.start < parts.start()] or used[:1]
    low, high = sum(number.low for number in used), sum(number.high for number in used)
    sure = all(number.sure and (number.unit or number.followed or plain) for number in used)
    vague = any(number.unit == "fte" or not number.sure for number in used) or bool(NOT_ALL_COUNT.search(text))
    if family and not re.search(rf"\b{MY} \d+ ", text):
        low, high = low + family, high + family
    elif family:
        return _interval(1 + family, 1 + family)
    includes_self = re.search(r"\b(?:wij|we|totaal|samen)\b", text)
    counts_self = re.search(r"\b(?:inclusief|incl|zelf erbij|meegeteld|meegerekend)\b", text)
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
