"""Numbers of people that a text leaves to be worked out: "ik + 1", "2 ploegen van 12", "eerst 11, 4 zijn weg"."""

import re

from knowledge.numbers_of_people import numbers
from knowledge.people import NOT_PEOPLE, NOW, PARTS, SELF

# Who were there, and who left or came since.
_WERE = re.compile(r"\b(?:waren|was|hadden|had|vorig jaar|begin dit jaar|werkten|zaten|begonnen)\b")
_LEFT = re.compile(
    r"\b(?:weg\w*|vertrokken|vertrok|eruit|uitgestapt|ontslagen|opgestapt|gestopt|met pensioen|afgevloeid)\b"
)
_CAME = re.compile(r"\b(?:bijgekomen|erbij|bij|aangenomen)\b")
_PLACES = (
    r"(?:van (?:mijn|mn|onze|de) )?\w*(?:winkels|vestigingen|filialen|fabrieken|locaties|zaken|ploegen|teams|groepen"
    r"|kantoren|salons|praktijken|huizen|busjes|bussen|restaurants|garages|studio's|shifts|hallen|afdelingen|diensten)"
)
_ONE_PLACE = r"(?:winkel|vestiging|filiaal|locatie|zaak|ploeg|team|kantoor|salon|praktijk|huis|bus|stuk)"
_MOMENT = r"(?:\w*dag|week|weekend|maand|kwartaal|jaar|keer|uur|\w*avond|\w*ochtend|\w*morgen|\w*middag|nacht)\b"
# Several places with so many people each: "3 winkels met elk een man of zeven", "2 ploegen van 12", "5 lunchrooms x 6".
_EACH = (
    re.compile(
        rf"\b(\d+) {_PLACES}\b.{{0,40}}?\b(?:(?:elke?|iedere?)(?! {_MOMENT})"
        rf"|per {_ONE_PLACE})\b"
        rf"\D{{0,25}}(\d+)\b(?! {NOT_PEOPLE}\b)"
    ),
    re.compile(rf"\b(\d+) {_PLACES} (?:van|a) (?:elk |ongeveer |zo'n )?(\d+)\b(?! ?{NOT_PEOPLE}\b)"),
    re.compile(rf"\belk\w* van (?:de|onze|mijn|mn) (\d+) {_PLACES}\b\D{{0,25}}(\d+)\b(?! {NOT_PEOPLE}\b)"),
    re.compile(r"\b(\d+) (?:ploegen|teams|groepen|shifts|diensten) van (?:elk |ongeveer |zo'n )?(\d+)\b"),
    re.compile(rf"\b(\d+) {_PLACES}\b\D{{0,40}}\b(\d+) (?!{NOT_PEOPLE}\b)(?:[a-z]+ ){{1,2}}per {_ONE_PLACE}\b"),
    re.compile(rf"\bper {_ONE_PLACE} (\d+) (?!{NOT_PEOPLE}\b)\D{{0,40}}\b(\d+)(?: {_PLACES})?\W*$"),
    re.compile(rf"\b(\d+) [a-z]+ (?:x|keer|maal) (\d+)\b(?! {NOT_PEOPLE}\b)"),
)
_SINCE = ("weer", "sindsdien")
_PEOPLE = r"(?: (?:man|mensen|personen|koppen|mannen))?"
_MINUS = re.compile(rf"^\W*(?:we zijn met )?(\d+){_PEOPLE} (?:min|minus|-) (\d+)\W*$")
_PLUS = re.compile(r"(?<![\d.,])\d+(?: ?\+ ?\d+)+(?![\d.,])")
_AND_ME = re.compile(rf"(?:\b{SELF} ?\+ ?(\d+)|(\d+){_PEOPLE} ?\+ ?{SELF})\b")
_WITHOUT_ME = re.compile(rf"\b(\d+){_PEOPLE} (?:zonder|buiten|exclusief|excl) (?:mij|mezelf|mijzelf|me)(?:zelf)?\b")
_WITH_ME = re.compile(r"\b(\d+) met (?:mij|mezelf|mijzelf|me)\b|\bmet (?:mij|mezelf|mijzelf|me)(?: erbij)? (\d+)\b")
_TIMES = re.compile(rf"\b(\d+) ?(?:keer|maal|x) ?(\d+){_PEOPLE}\W*$")
_DOUBLE = re.compile(
    r"\b(?:(\d) (?:keer|maal|x) zo ?veel(?: \w+)? als|dubbel zo ?veel(?: \w+)? als|(?:het )?dubbele van)\D*(\d+)\b"
)
_OUTCOME = re.compile(
    r"\b(?:dus|oftewel|dat maakt|maakt samen|dan kom ik op|komen we op|kom ik op|(?:ik|mezelf|mij|zelf|samen|totaal) is"
    rf"|(?:dat|dan) (?:is|zijn|heb ik)(?: er| dat| we)*)\W+(?:(?:we|zijn|met|in|totaal|samen) )*(\d+){_PEOPLE}"
    r"(?: (?:in totaal|samen|totaal|bij elkaar|ongeveer))?\W*$"
)
_OUTCOME_FIRST = re.compile(rf",\s(\d+){_PEOPLE} dus\W*$")


def worked_out(text: str) -> int | None:
    """The number of people that the text makes, or None when it leaves nothing to be worked out."""
    for rule in (_times, _added, _double, _outcome, _with_me, _changed):
        people = rule(text)
        if people is not None and people > 0:
            return people
    return None


def of_places(text: str) -> int | None:
    """The number of people at several places with so many each: "3 winkels met elk 7", or None."""
    found = next((found for pattern in _EACH if (found := pattern.search(text))), None)
    return int(found.group(1)) * int(found.group(2)) if found else None


def _times(text: str) -> int | None:
    """Nothing but a product: "2 keer 6 man"."""
    found = _TIMES.search(text)
    return int(found.group(1)) * int(found.group(2)) if found and len(numbers(text)) <= 2 else None


def _added(text: str) -> int | None:
    """Signs between numbers: "1+1", "ik + 2", "5 min 1"."""
    minus = _MINUS.match(text)
    if minus:
        return int(minus.group(1)) - int(minus.group(2))
    plus = _PLUS.search(text)
    if plus:
        return sum(map(int, re.findall(r"\d+", plus.group())))
    me = _AND_ME.search(text)
    return 1 + int(me.group(1) or me.group(2)) if me and len(numbers(text)) == 1 else None


def _double(text: str) -> int | None:
    found = _DOUBLE.search(text)
    if not found or re.match(rf"\s?{NOT_PEOPLE}\b", text[found.end() :]):
        return None
    return int(found.group(1) or 2) * int(found.group(2))


def _outcome(text: str) -> int | None:
    """What somebody comes to: "9 plus mezelf dus 10", "9 plus ik, 10 dus"."""
    found = _OUTCOME.search(text) or _OUTCOME_FIRST.search(text)
    if not found or PARTS.search(text):
        return None
    ends = [number for number in numbers(text) if number.start == found.start(1)]
    return ends[0].high if ends and ends[0].sure else None


def _with_me(text: str) -> int | None:
    """Told with the speaker, or without: "8 zonder mij, 9 met mij"."""
    without, found = _WITHOUT_ME.search(text), numbers(text)
    with_me = _WITH_ME.search(text)
    if with_me:
        people = int(with_me.group(1) or with_me.group(2))
        if re.search(r"\bzonder\b", text) or any(number.high == people - 1 for number in found):
            return people
    if not without:
        return None
    return int(without.group(1)) + 1 if len(found) == 1 else None


def _changed(text: str) -> int | None:
    """Who were there and who left or came since, when nothing tells how many there are now."""
    found = numbers(text)
    if len(found) != 2 or not all(number.sure and number.low == number.high for number in found):
        return None
    before, since = found
    now = NOW.search(text)
    if not _WERE.search(text[: before.start] + text[before.end : before.end + 20]) or (
        now and now.group() not in _SINCE
    ):
        return None
    told = text[before.end :]
    if _LEFT.search(told):
        return before.high - since.high
    return before.high + since.high if _CAME.search(told) else None
