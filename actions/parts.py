"""Two answers in one message ("Excel, en back-ups maken we niet"), and a question that somebody answers himself.

Each part was heard by itself. What is said of a question that was not asked yet is taken along only when its part
names the question, says it of today and of the firm, and leaves no doubt: nobody may be told an answer he did not give.
"""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date

from actions.meanings import Answers, Aside, Command, Heard, Understood
from actions.phrases import ASIDES, NOT_KNOWING, STEERING
from actions.profile import WANTS
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.intake import OPEN, UNKNOWN
from knowledge.scan import Scan
from knowledge.subjects import SPOKEN, answer_to_itself, spans
from knowledge.words import words

HELP = "hulpvraag"
# Share of all that was heard in a part which a question needs, and the lead of its likeliest answer, to be taken along.
ON_SUBJECT, CERTAIN = 0.80, 0.60
HEARD_AT_ALL = 0.25  # share of all that was heard which speaks of scored questions at all
AGREED = 0.40  # share that is enough when a programme or thing that is named says the same by itself
WHATEVER_IS_NAMED = 0.90
# Share of a question back, from which what follows it is no answer to it.
REALLY_ASKED = 0.60
# Of what was, will be or may be, of somebody else, and of what is asked.
_NOT_OF_TODAY = re.compile(
    r"\b(?:vroeger|voorheen|ooit|eerst|was|waren|had|hadden|deed|deden|zou\w*|moet\w*|straks|binnenkort|later|misschien"
    r"|buur\w*|concurren\w*|klant wil|anderen|hoe|waarom)\b|\?"
)
# Something is said of it, besides its name: "en bij de webwinkel ook" says nothing of a webshop.
_SAYS = re.compile(
    r"\b(?:niet|geen|nooit|nergens|niks|is|zijn|ben|sta(?:at|an)|zit(?:ten)?|lig(?:t|gen)|doe(?:n|t)?|heb(?:ben|be)?|heeft"
    r"|ma(?:ak|akt|ken)|ga(?:at|an)|kan|kunnen|ho(?:u|ud|udt|uden)|gebruik\w*|werk\w*|bewa(?:ar|art|ren)|typ(?:e|en|t)?"
    r"|tik(?:t|ken)?|bel(?:t|len)|boek(?:t|en)|post(?:en)?|lo(?:opt|pen)|dra(?:ait|aien)|test(?:en)?|kom(?:t|en)"
    r"|schrij(?:f|ft|ven)|puzzel\w*|zoek\w*|vind(?:en|t)|ontbre(?:ekt|ken)|inloggen)\b"
)


@dataclass(frozen=True)
class Divided:
    """What of a message may answer the open question, and what answers questions that were not asked yet."""

    own: Heard | None
    others: tuple[tuple[str, str], ...]


def divided(knowledge: Knowledge, scan: Scan, heard: Heard) -> Divided | None:
    """The message in parts; None when it says nothing beside an answer to the open question."""
    said = heard.readings.get(SPOKEN, {}).get("spans")
    found = spans(heard.text)
    if not said or len(said) != len(found):
        return None
    others, own = {}, []
    for span, intents in zip(found, said, strict=True):
        given = _given(knowledge, scan, span.text, span.questions, intents)
        if given and given[0] not in others:
            others[given[0]] = given[1]
        else:
            own.append(_only(knowledge, heard, span.text, intents))
    if not others or not own:
        return None
    return Divided(own[0] if len(own) == 1 else None, tuple(others.items()))


def answered_itself(knowledge: Knowledge, heard: Heard) -> Heard | None:
    """What somebody says after a question to himself, or after a pause."""
    intents = heard.readings.get(SPOKEN, {}).get("itself")
    text = answer_to_itself(heard.text)
    if not intents or not text:
        return None
    ranking = Ranking.of(heard.intents, heard.intents)
    asked = max((ranking.shares.get(name, 0.0) for name in ASIDES | STEERING), default=0.0)
    return None if asked >= REALLY_ASKED else _only(knowledge, heard, text, intents)


def answers(understood: Understood, question: str) -> bool:
    """Whether the question is answered by this, and not left open."""
    if isinstance(understood, Aside | Command) or not isinstance(understood, Answers):
        return False
    return dict(understood.given).get(question, OPEN) not in (OPEN, UNKNOWN)


def _given(
    knowledge: Knowledge, scan: Scan, text: str, named: frozenset[str], intents: dict[str, float]
) -> tuple[str, str] | None:
    """The question that a part answers besides the open one, and the answer."""
    wish = WANTS.search(text) is not None
    possible = ({HELP} if wish else named - {HELP}) - {scan.open or "", *scan.answers}
    if not possible or len(words(text)) < 2:
        return None
    if HELP in possible and HELP in named and NOT_KNOWING.search(text):
        return HELP, UNKNOWN
    if NOT_KNOWING.search(text) or _NOT_OF_TODAY.search(text) or not (wish or _SAYS.search(text.split(",", 1)[0])):
        return None
    # Named, it is no trade, and without a wish none for help: only what else was answered counts.
    answered = {intent for one in knowledge.intake.vragen if one.scored for intent in _codes(knowledge, one.id)}
    everything = Ranking.of(intents, intents if wish else answered)
    if everything.mass < HEARD_AT_ALL:
        return None
    question = max(possible, key=lambda name: everything.share(_codes(knowledge, name)))
    codes = _codes(knowledge, question)
    name, lead = Ranking.of(intents, codes).lead
    told = knowledge.lexicon.told(text, question)
    needed = AGREED if told == {codes.get(name)} else ON_SUBJECT
    # A name may say otherwise by itself: "loopt via Exact" is no programme that is coupled.
    certain = CERTAIN if told <= {codes.get(name)} else WHATEVER_IS_NAMED
    return (question, codes[name]) if everything.share(codes) >= needed and lead >= certain else None


def _codes(knowledge: Knowledge, name: str) -> dict[str, str]:
    question = knowledge.intake.question(name)
    return {question.intent(code): code for code, _ in question.choices() if code != UNKNOWN}


def _only(knowledge: Knowledge, heard: Heard, text: str, intents: dict[str, float]) -> Heard:
    """A part as if it were the whole message."""
    found = {
        "personen": read_headcount(text),
        "bedrijf": knowledge.sectors.read(text),
        "gemeente": knowledge.places.read(text, date.today()),
    }
    readings = {name: asdict(reading) for name, reading in found.items() if reading is not None}
    return replace(heard, text=text, intents=intents, readings=readings)
