"""Several numbers of people in one text: parts of the firm that add up, or moments that differ."""

import re
from itertools import pairwise

from knowledge.numbers_of_people import Number
from knowledge.people import (
    ABOUT,
    FEWER,
    FILLERS,
    MORE,
    NOT_ALL_COUNT,
    TOTAL,
)

_TIMES = re.compile(
    r"\b(?:zomer|winter|seizoen\w*|drukte?|weekend|vroeger|eerst|was|waren|vorig|jaar|geleden|tot|soms|normaal|piek\w*|"
    r"corona|toen|nu|inmiddels)\b"
)
# What is said of some of those who were counted, and numbers that are told of two sources.
_NO_PARTS = re.compile(
    r"\b(?:waarvan|van wie|daarvan|ervan|zegt?|zeggen|dacht|denken|papier|officieel|formeel|echt|feitelijk|volgens|ziek"
    r"|zwanger|vrij|eerder|daarvoor|erna|als (?:het|we|ik|er|de|t)|want|zonder|hij|zij|moet|moeten|zouden"
    r"|liever|nooit|(?:van|voor) (?:de|onze|mijn|mn|die)? ?\d+|of|oftewel|ofwel|beter gezegd|laatst|ongeveer of"
    r"|min|minus|naar|hooguit)\b"
)
SHIFTS = re.compile(
    r"\b(?:(?:vroege|late|nacht|dag)\W?diensten?|(?:vroege|late) dienst|\w*ploeg|s?nachts?|dag|overdag"
    r"|\w*ochtends?|\w*avonds?|\w*middags?)\b"
)
# Where somebody works, which tells a part of the firm.
_PLACE = re.compile(
    r"\W*(?:(?:zitten|werken|werkt|staan|lopen|rijden|er|die|man|mensen|mannen) ){0,3}"
    r"(?:(?:in|op|bij|achter|aan|voor) (?:de |het |t |'t |onze |mijn |mn )?(?!(?:week|maand|jaar|dag"
    r"|uur)\b)[a-z]+|buiten|binnen|boven"
    r"|beneden|onderweg|thuis|kantoor|magazijn|administratie|bediening|keuken|verkoop|winkel|afwas|spoelkeuken"
    r"|werkplaats)\b"
)
# The same in front of the number: "kantoor 4", "in de winkel staan er 6", "een met 12".
_PLACE_BEFORE = re.compile(
    r"\W*(?:(?:en|plus|dan|nog|vestiging|filiaal|we|wij|hebben|ons|bij|in|op|de|het|t|'t|onze|mijn|mn|eentje"
    r"|een|ene|andere) )*"
    r"[a-z'-]{3,}(?: (?!van|met|op|dan|naar|is|tot|voor|boven|onder|met)[a-z'-]+){0,1}"
    r"(?: (?:er|staan|zitten|werken|lopen|rijden|nog|eens|wel|ongeveer|met|zijn|we|een))* ?"
)
_JOB = re.compile(
    r"^\W*(?:vaste |jonge |oude |losse )?(?:\w{2,}(?:ers?|eurs?|sters?|isten?|aars|aren|enten|lui|lieden|anten"
    r"|kundigen|logen"
    r"|leiders?|assistentes?"
    r"|medewerkers?|ices)|koks?|bazen|baas|hulpen|krachten|collega'?s?|caissieres|secretaresses|obers|artsen|juristen"
    r"|directeur\w*|voorman|voormannen|leerlingen|vrouwen|mannen|dames|heren|jongens|meiden|meisjes|fulltime"
    r"|parttime|fulltimers|parttimers|vast|oproep|scholieren|studenten|chefs?)\b"
)
# The other way round, as places, teams and shifts are told: "soest 7, baarn 6".
_BEFORE_EACH = re.compile(r"\s?(?:,(?: en)?|\ben|\bplus)(?: [a-z'-]+){1,3} ?")
_INSTEAD = re.compile(r"\b(?:nee|sorry|eigenlijk|bedoel|correctie|of|oftewel|dus)\b")
_OTHER_PART = re.compile(r"\b(?:andere?|overige|overigen|rest)\b")
# On top of those who are always there.
ADDED = re.compile(r"\b(?:erbij|andere?|extra|bij|nog eens|plus|oproep\w*|hulp\w*)\b")
# Moments between which the number differs; the same people may be told twice.
SEASONS = re.compile(
    r"\b(?:s?zomers?|s?winters?|\w*seizoen\w*|doordeweeks|door de week|\w*weekend|kerst|sinterklaas|normaal"
    r"|minimaal|maximaal"
    r"|minstens|hooguit|gewoonlijk|soms|drukte?|rustig|\w+dags?|vandaag|morgen|gisteren|voorjaar|najaar"
    r"|winterdag|\w+tijd|piek\w*)\b"
)
# One number after another, each with what it counts: "3 juristen, 4 secretaresses en 2 in de receptie".
BETWEEN = re.compile(r"(?: [a-z'-]+){1,4}\s?(?:,(?: (?:en|plus))?|\ben|\bplus|\+)(?: (?:dan )?nog)? ?")
_JOINING = FILLERS | {"plus", "eens", "daarnaast", "ook", "die", "heeft", "telt", "firma", "tent", "club", "hele"}
_BORDER = re.compile(r"[,;:()]|\ben\b")
_ONE_WITH = re.compile(r".*\b(?:een|eentje|1|ene|andere)(?: [a-z]+)? (?:met|van) ?")
_LOOSELY = re.compile(r"\b(?:ruim|dik|pakweg|plusminus|goed) (?:de )?$")
_THREE = 3
_NEAR = 0.1  # as a share of a rough number: how far the exact one may be from it


def one_after_another(text: str, numbers: list[Number], *patterns: re.Pattern[str]) -> bool:
    """Whether the numbers are parts that are told one after another, of the same moment and none instead of another."""
    if _told_otherwise(text) or re.search(r"\bmet\b", text):
        return False
    between = [text[one.end : other.start] for one, other in pairwise(numbers)]
    return any(all(map(pattern.fullmatch, between)) for pattern in patterns or (BETWEEN, _BEFORE_EACH))


def told_as_parts(text: str, numbers: list[Number]) -> bool:
    """Whether each number comes with the part of the firm that it counts: "8 in de keuken 9 in de bediening"."""
    if _told_otherwise(text) or SHIFTS.search(text) or _NO_PARTS.search(text):
        return False
    ends, starts = [number.end for number in numbers], [number.start for number in numbers]
    before = [text[begin:end] for begin, end in zip([0, *ends[:-1]], starts, strict=True)]
    after = [text[begin:end] for begin, end in zip(ends, [*starts[1:], len(text)], strict=True)]
    named = [number for number in numbers if number.unit]
    if not named and all(_names_place(piece) for piece in before):
        return True
    joined = re.search(r"\b(?:en|plus|erbij|nog)\b", text) and not named and not re.search(r"\bmet\b", text)
    if joined and all(number.followed for number in numbers):
        return True
    return all(
        number.unit or _JOB.match(behind) or _PLACE.match(behind) or _OTHER_PART.search(front) or _names_place(front)
        for number, front, behind in zip(numbers, before, after, strict=True)
    )


def made_exact(text: str, numbers: list[Number]) -> bool:
    """Whether the second of two numbers says how many the first, a rough one, stands for: "net geen 50, 49"."""
    if len(numbers) != 2 or _told_otherwise(text):
        return False
    rough, exact = numbers
    before = text[: rough.start].rstrip() + " "
    is_rough = any(pattern.search(before) for pattern in (ABOUT, FEWER, MORE, _LOOSELY))
    return is_rough and exact.sure and abs(exact.high - rough.high) <= max(2, _NEAR * rough.high)


def whole_first(text: str, numbers: list[Number]) -> bool:
    """Whether the first number is the sum of those that follow: "12 man, 4 vast en 8 oproep"."""
    first, *rest = numbers
    return (
        len(numbers) >= _THREE
        and first.unit != "employees"
        and not _JOB.match(text, first.end)
        and first.high == sum(number.high for number in rest)
    )


def may_be_whole(text: str, numbers: list[Number]) -> bool:
    """Whether the numbers after the first may count some of the first: "12 mensen, 4 op kantoor"."""
    first, second = numbers[:2]
    of_whole = re.match(r"\W*(?:man|mensen|personen|medewerkers|werknemers|collega'?s|koppen)\b", text[first.end :])
    placed = _PLACE.search(text[first.end : second.start])
    elsewhere = placed is not None or _OTHER_PART.search(text) is not None or _names_place(text[: first.start])
    return bool(of_whole) and not elsewhere and first.high > sum(number.high for number in numbers[1:])


def _told_otherwise(text: str) -> bool:
    """Whether numbers are told of several moments, with their total, or one instead of another."""
    return any(pattern.search(text) for pattern in (_TIMES, TOTAL, _INSTEAD, NOT_ALL_COUNT))


def _names_place(piece: str) -> bool:
    """Whether what stands between a number and the one before it names a part of the firm: ", magazijn"."""
    last = _BORDER.split(piece)[-1]
    if _ONE_WITH.fullmatch(last):
        return True
    return bool(_PLACE_BEFORE.fullmatch(last)) and bool(set(re.findall(r"[^\W\d_]+", last)) - _JOINING)
