"""Which numbers in a text can be people, in digits or words; knowledge/headcount.py counts with them.

Years, ages, euros, hours and the like are not people.
"""

import re
from dataclasses import dataclass

from knowledge.people import (
    ABOUT,
    EMPLOYEE,
    FAMILY,
    FEWER,
    MANY_PUPILS,
    MORE,
    NOT_PEOPLE,
    NOT_PEOPLE_AFTER,
    PEOPLE,
    PUPILS,
)

IMPLAUSIBLE = 100_000  # nobody in the region employs more; such a number is something else


@dataclass(frozen=True)
class Number:
    """A number of people, as an interval, with its place in the text. A whole number has twice the same bound."""

    low: int
    high: int
    unit: str  # "people", "employees", "fte" or "" when nothing is said
    sure: bool
    start: int
    end: int
    followed: bool  # by a word, which may name people we do not know: "60 chaufeurs"


def numbers(text: str) -> list[Number]:
    """The numbers in a text that can be people, with what stands around them."""
    found: list[Number] = []
    taken = -1
    for match in re.finditer(r"(?:€\s?)?(?<![\w.,])(\d+(?:[.,]\d+)?)(\s?\+)?(?:\s?(?:-|–|à)\s?(\d+))?", text):
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
        sure = re.search(r"[.,]", match.group(1)) is None or not after  # nobody is half a person
        if match.group(2) or re.match(r"(?:plus(?=\W*$)|of meer|en meer|of wat meer)", after):
            high = low * 2
        elif FEWER.search(before):
            low, high, sure = max(1, low - 1), max(1, low - 1), not re.search(r"(?<!net )geen (?:de )?$", before)
        elif MORE.search(before):
            low, high = low + 1, low + 1
        elif ABOUT.search(before) or re.match(r"(?:ongeveer|ofzo|of zo|zoiets|a |\w+ ongeveer)", after):
            margin = 1 if low >= 8 else 0
            low, high = low - margin, high + margin
        found.append(Number(low, high, _unit(after), sure, match.start(), end, after[:1].isalpha()))
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
    if re.match(rf"\s?(?:(?:vaste|andere|trouwe|nieuwe) )?(?:{NOT_PEOPLE})\b|[%€:/]|-plus|\.\d|,-", after):
        return True
    if len(digits.split(".", maxsplit=1)[0]) >= 6:
        return True
    if PUPILS.match(after) and float(digits.replace(",", ".")) >= MANY_PUPILS:
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
