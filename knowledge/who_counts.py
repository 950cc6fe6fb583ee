"""What of a text tells who works in the firm today.

People also tell who was there and who may come, whom a neighbour employs, who is hired and how many full jobs it comes
to. Such pieces are left out as long as the rest tells how many there are. Texts have their numbers in digits.
"""

import re
from collections.abc import Callable

from knowledge.numbers_of_people import numbers
from knowledge.people import ALONE, ALONE_NOW, FAMILY, FILLERS, MY, TOGETHER
from knowledge.relatives import family_members

# Who is paid by another firm or not at all. The question leaves them out.
_HIRED = re.compile(
    r"\b(?:uitzend\w*|\w*ingehuurde?|inge?huurd\w*|inhuur\w*|inhuren|hure?n? (?:ik|we|wij|er|soms)|(?:ik|we|wij"
    r"|die|en) hure?n?"
    r"|vrijwillig(?:ers?)?|flexwerkers?|flexkrachten|flexers|flex|payrollers?|payroll|gedetacheerd\w*|randstad"
    r"|tempo.?team)\b"
)
# Beside own people these work for themselves.
_SELF_EMPLOYED = re.compile(r"\b(?:zzp(?:'?e?rs?)?|freelancers?)\b")
_OWN = re.compile(r"\b(?:eigen (?:personeel|mensen|man)|vaste?|in dienst|in loondienst|loonlijst|contracten)\b")
_NOT_WITH_HIRED = re.compile(
    r"\b(?:zonder|exclusief|excl\.?|los van|buiten|afgezien van) (?:de |het |onze |mijn )?"
    r"(?:uitzend\w*|inhuur\w*|vrijwilligers|flex\w*)"
    r"|\b(?:de )?(?:uitzend\w*|vrijwilligers|flex\w*) (?:tel(?:len)? (?:ik |we )?)?(?:niet|nie) (?:mee\w*|erbij)"
)
# Who work for somebody else.
_OF_OTHERS = re.compile(
    rf"\b(?:buurman|buurvrouw|buren|concurrent\w*|(?:vorige|oude|vroegere) (?:baas|werkgever|zaak|bedrijf|baan)"
    r"|moeder(?:bedrijf|maatschappij|concern)|opdrachtgevers?|klant heeft|\w*gebouw|winkelcentrum"
    r"|(?<!hele )concern|bouwplaats"
    r"|\w*terrein|ziekenhuis|leverancier|franchisegever|"
    r"(?:franchise)?keten|cao|accountant|boekhouder|investeerder|(?:ze|men) (?:zeggen|zegt|denken)"
    rf"|(?:kvk|site|website|linkedin) (?:zegt|denkt)|{MY} (?:\w+ )?{FAMILY} heeft)\b"
)
# What is expected or wished for.
_TO_COME = re.compile(
    r"\b(?:straks|volgende?|binnenkort|over (?:een|1|2|3|5|10) (?:paar )?(?:jaar|maand|maanden|tijd|tijdje)|misschien"
    r"|hopelijk|hopen|hoop|wil|willen|streven|streef|doel|ambitie|plan|droom|worden|wordt|komt er|komen er|zoek|zoeken"
    r"|vacatures?|eind van het jaar|toekomst|eventueel|groeien)\b"
)
# Where a number is taken back for the next one.
_TAKEN_BACK = re.compile(
    r"(?:\W+|\b)(?:(?:o|oh|eh|euh|of) )?(?:nee|wacht|sorry|eigenlijk|correctie|bedoel)\b(?: (?:wacht|sorry|eh|nee))?\W+"
)
# The same people, told as full jobs.
_FULL_JOBS = re.compile(
    r"\b(?:(?:ongeveer|zo'n|circa|samen|bij elkaar) )?(?<![\d.,])(\d+(?:[.,]\d+)?) ?fte(?:'?s)?\b"
    r"|\b(?:in fte|fte(?:'?s)?|omgerekend) (\d+(?:[.,]\d+)?)\b(?: ?fte)?"
)
_HEADS_BESIDE_JOBS = re.compile(r"\b(?:koppen|koppies|hoofden|mensen|personen|man|lopen|werken)\b")
_NUMBER = r"\d+(?: (?:man|mannen|mensen|personen|medewerkers|werknemers))?"
# Where another piece begins. "Tussen de 5 en 8" and "5 en 6" stay together.
_BORDER = re.compile(r"([;()!?:]|[,.](?!\d)|\s-\s|\+(?= ?[a-z])|\b(?:plus|maar|terwijl|daarnaast|verder|naast|en)\b)")
_OPEN_PAIR = re.compile(r"\btussen (?:de |'t )?\d+\s*$")
_DENIED = re.compile(r"(?<!nog )(?<!net )\b(?:niet|nie|geen) (?!meer |minder |eens )(?:(?:we|met|er|zijn|de) )*\d")
# "Meer dan 100 maar geen 200"
_BOUNDS = re.compile(
    r"\b(?:meer dan|boven|over|groter dan|(ten ?minste|minstens|minimaal)) (?:de )?(\d+)(?:,| maar| en| wel"
    r"| zeker)* (?:minder dan|onder|beneden|geen|nog geen)"
    r" (?:de )?(\d+)\b"
)
_WISH = re.compile(r"\b(?:gaan|gaat|ga|wil|willen|hopen|hoop|moeten|straks|volgend|groeien)\b")
_FROM_TO = re.compile(rf"\bvan (?:de )?({_NUMBER}) ((?:[a-z]+ ){{0,3}})naar (?:de )?(?=(\d))")


def of_today(text: str) -> str:
    """The text without what tells of other moments, other firms and people who do not count."""
    text = _NOT_WITH_HIRED.sub(" ", text)
    text = _BOUNDS.sub(
        lambda found: f"{int(found.group(2)) + (not found.group(1))} tot {int(found.group(3)) - 1}", text
    )
    for rule in (_heads_beside_jobs, _moved, _taken_back):
        text = rule(text)
    if _OWN.search(text):
        text = _without(text, lambda piece: _SELF_EMPLOYED.search(piece) is not None)
    for pattern in (_HIRED, _OF_OTHERS, _TO_COME, _DENIED):
        text = _without(text, lambda piece, pattern=pattern: pattern.search(piece) is not None)  # type: ignore[misc]
    return text


def tells(text: str) -> bool:
    """Whether a text says how many people there are."""
    if numbers(text) or family_members(text):
        return True
    return any(pattern.search(text) for pattern in (TOGETHER, ALONE, ALONE_NOW))


def _pieces(text: str) -> list[tuple[str, str]]:
    """The pieces of a text, each with the border in front of it."""
    parts = _BORDER.split(text)
    found = [("", parts[0])]
    for border, piece in zip(parts[1::2], parts[2::2], strict=True):
        if border == "en" and _OPEN_PAIR.search(found[-1][1]):
            found[-1] = (found[-1][0], f"{found[-1][1]}{border}{piece}")
        else:
            found.append((border, piece))
    return found


def _without(text: str, leave_out: Callable[[str], bool]) -> str:
    """The text without the pieces that count somebody and are to be left out, when the rest still tells."""
    pieces = _pieces(text)
    kept = [
        (border, piece)
        for border, piece in pieces
        if not (leave_out(piece) and (re.search(r"\d", piece) or TOGETHER.search(piece)))
    ]
    rest = " ".join("".join(border + piece for border, piece in kept).split()).lstrip(",;:.) ")
    return rest if len(kept) < len(pieces) and tells(rest) else text


def _heads_beside_jobs(text: str) -> str:
    """Heads where the same people are told in full jobs too: "9 fte maar wel 17 mensen"."""
    jobs = _FULL_JOBS.search(text)
    if not jobs:
        return text
    rest = " ".join(_FULL_JOBS.sub(" ", text).split())
    heads = [number for number in numbers(rest) if number.unit or number.followed or _HEADS_BESIDE_JOBS.search(rest)]
    added = re.search(rf"(?:\b(?:en|plus|met)|\+) {jobs.group()}|{jobs.group()} (?:en|plus|met|\+)(?! )?\b", text)
    amount = float((jobs.group(1) or jobs.group(2)).replace(",", "."))
    whole = sum(number.high for number in heads)
    return rest if heads and not added and whole >= amount else text


def _moved(text: str) -> str:
    """What there are after a change from one number to another: "van 13 terug naar 6"; before it, when it is a wish."""
    change = _FROM_TO.search(text)
    if not change:
        return text
    around = text[: change.start()].rsplit(",", maxsplit=1)[-1] + change.group(2)
    if not _WISH.search(around):
        return text[: change.start()] + text[change.start(3) :]
    before, comma, _ = text[: change.start()].rpartition(",")
    return f"{before}{comma} {change.group(1)}" + re.sub(r"^\d+(?: man| mensen)?", "", text[change.start(3) :])


def _taken_back(text: str) -> str:
    """The second of two numbers where the first is taken back at once: "6, o nee 7"."""
    turn = _TAKEN_BACK.search(text)
    if not turn:
        return text
    before = set(re.findall(r"[^\W\d_]+", text[: turn.start()]))
    alone = before <= FILLERS and len(numbers(text[: turn.start()])) == 1
    return text[turn.end() :] if alone and numbers(text[turn.end() :]) else text
