"""A message that answers the open question in no way, and speaks of one that was answered before.

Where the words say that an answer changes, it changes; otherwise it is asked whether it should. What it changes to is
read clause by clause: "er staat Soest, maar we zitten in Baarn" names the answer that was given, and the other one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from actions.meanings import Answers, AskBack, Command, Heard, Understood
from actions.phrases import NOT_KNOWING, SPEAKS_OF
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.intake import MAY_BE_LEFT_OPEN, UNKNOWN, Question
from knowledge.retold import RETOLD, Retold, is_denied, retold, without_denial
from knowledge.scan import Candidate, Doubt, Scan
from knowledge.sectors import MAIN_ACTIVITY
from knowledge.subjects import questions_named
from knowledge.words import words

# Share of all that was heard which an earlier question needs, and the share of its likeliest other answer.
ON_SUBJECT, CLEAR = 0.70, 0.70
# From these an answer changes without asking, where the words say that it may.
ON_SUBJECT_FOR_SURE, FOR_SURE = 0.85, 0.85
NAMED_TOO = 0.25  # share of another answer beside the one that was given, from which it is what it becomes
NAMED_AT_ALL = 0.05  # share of all that was heard which a question needs that is named as the one to change
# Share of the question of size, and of trade, from which a number counts people and a word names the trade: with the
# answer that was given beside it, and without.
OF_PEOPLE, ONLY_OF_PEOPLE, SURELY_OF_PEOPLE = 0.15, 0.40, 0.85
OF_TRADES, OF_ONE_TRADE = 0.15, 0.50
OF_PLACES, ONLY_OF_PLACES = 0.25, 0.60
FEW_WORDS = 5  # up to which a message has room for a number and nothing else
HELP = "hulpvraag"
_NUMBER = re.compile(r"\d")
KEPT = frozenset({"stop", "opnieuw", "klaar", "wijzig"})  # said outright, these are meant


@dataclass(frozen=True)
class _Found:
    """What an earlier answer becomes; `sure` when nothing else can be meant, if the words say that one changes."""

    question: str
    code: str
    sure: bool


@dataclass(frozen=True)
class _Message:
    """What was heard, what it says is so, and its words."""

    heard: Heard
    told: Retold
    clean: str


@dataclass(frozen=True)
class _Named:
    """What a clause names: codes, and whether it can name nothing else."""

    codes: frozenset[str] = frozenset()
    certain: bool = False


def spoken_of_earlier(knowledge: Knowledge, scan: Scan, heard: Heard, read: Understood) -> Answers | AskBack | None:
    """The earlier answer that changes, or the question whether it does; None when none is spoken of.

    `read` is what was made of it as an answer to the open question.
    """
    message = _Message(heard, retold(heard.text), " ".join(words(heard.text)))
    if NOT_KNOWING.search(message.clean) or not _may_be_earlier(read, message.told):
        return None
    found = next(_earlier(knowledge, scan, message), None)
    if found is None:
        return _place_again(knowledge, scan, heard, read)
    taken_back = found.question == "gemeente" and bool(message.told.so and message.told.not_so)
    if found.sure or message.told.changes or message.told.turns or taken_back:
        return Answers(((found.question, found.code),), correction=True)
    if not isinstance(read, AskBack) or read.doubt.kind != "anders" or scan.open in questions_named(message.clean):
        return None
    if scan.open is None:  # there is nothing else that it could be said of
        return Answers(((found.question, found.code),), correction=True)
    offered = Candidate(found.code, found.code, knowledge.statement(found.question, found.code))
    return AskBack(Doubt("eerder", (offered,), about=found.question))


def _place_again(knowledge: Knowledge, scan: Scan, heard: Heard, read: Understood) -> Answers | None:
    """The place that was given, said once more by a name: "niet Doorn maar Driebergen", which is one municipality."""
    place = heard.readings.get("gemeente")
    before = scan.answers.get("gemeente")
    told = heard.intents.get("gemeente", 0.0) >= ONLY_OF_PLACES
    lost = isinstance(read, AskBack) and read.doubt.kind == "anders"
    if not (lost and told and before and place and place["certain"] and place["places"][0]["code"] == before):
        return None
    return Answers((("gemeente", before),), correction=True)


def changed_to(knowledge: Knowledge, scan: Scan, heard: Heard, correction: Answers | Command) -> Answers | Command:
    """The correction, with the answer itself when the question to change was clear and the clauses name what to."""
    if isinstance(correction, Answers):
        return correction
    message = _Message(heard, retold(heard.text), " ".join(words(heard.text)))
    found = next(_earlier(knowledge, scan, message), None)
    if found is None or found.question != correction.question or NOT_KNOWING.search(message.clean):
        return correction
    return Answers(((found.question, found.code),), correction=True)


def _may_be_earlier(read: Understood, told: Retold) -> bool:
    if isinstance(read, AskBack):
        return not read.doubt.ask
    return told.changes and not (isinstance(read, Command) and read.name in KEPT)


def _earlier(knowledge: Knowledge, scan: Scan, message: _Message) -> Iterator[_Found]:
    readers: dict[str, Callable[[Knowledge, str], _Named]] = {
        "gemeente": _place,
        "personen": _size,
        "bedrijf": _trade,
    }
    for question, read in readers.items():
        before = scan.answers.get(question)
        if before is None or question == scan.open:
            continue
        named = [(read(knowledge, without_denial(part)), is_denied(part)) for part in message.told.parts]
        both = any(before in one.codes for one, _ in named)
        if question == "personen" and _is_as_before(before, message):
            continue
        others = {
            code for one, denied in named if not denied and (both or one.certain) for code in one.codes - {before}
        }
        code = others.pop() if len(others) == 1 else None
        if code and _speaks_of(knowledge, question, code, message, both=both):
            yield _Found(question, code, sure=both)
    for asked in knowledge.intake.vragen:
        if asked.id in scan.answers and asked.id not in (scan.open, "gemeente", "personen"):
            found = _option(_codes(knowledge, asked), scan.answers[asked.id], asked.id, message)
            if found:
                yield found


def _is_as_before(before: str, message: _Message) -> bool:
    """Whether its numbers together are the size that was given: "mijn broer werkt ook mee, we zijn met 18"."""
    read = read_headcount(message.heard.text)
    return not message.told.not_so and read is not None and read.certain and read.classes == (before,)


def _speaks_of(knowledge: Knowledge, question: str, code: str, message: _Message, *, both: bool) -> bool:
    """Whether the message is about this profile question; `both` when it names the answer given and another."""
    heard, clean = message.heard, message.clean
    if question == "gemeente":
        share = Ranking.of(heard.intents, heard.intents).shares.get(question, 0.0)
        return both or share >= OF_PLACES or SPEAKS_OF[question].search(clean) is not None
    codes = _codes(knowledge, knowledge.intake.question(question))
    share = Ranking.of(heard.intents, heard.intents).share(codes)
    if question == "bedrijf":
        return share >= (OF_TRADES if both else OF_ONE_TRADE)
    explicit = bool(heard.readings.get("personen", {}).get("explicit"))
    likeliest = codes.get(Ranking.of(heard.intents, codes).first[0])
    if not (both or explicit) and likeliest != code and share < SURELY_OF_PEOPLE:
        return False  # a number of something else
    said = SPEAKS_OF[question].search(clean) or (_NUMBER.search(clean) and len(clean.split()) <= FEW_WORDS)
    return bool(said) or share >= (OF_PEOPLE if both or explicit else ONLY_OF_PEOPLE)


def _place(knowledge: Knowledge, part: str) -> _Named:
    read = knowledge.places.read(part, date.today())
    return _Named(frozenset(place.code for place in read.places), read.certain) if read else _Named()


def _size(_: Knowledge, part: str) -> _Named:
    read = read_headcount(part)
    single = read is not None and len(read.classes) == 1
    return _Named(frozenset(read.classes), not read.vague) if read and single else _Named()


def _trade(knowledge: Knowledge, part: str) -> _Named:
    """A word that stands for either of two trades ("bakker") names none of them."""
    read = knowledge.sectors.read(part)
    if read is None or (len(read.sectors) > 1 and read.ask != MAIN_ACTIVITY):
        return _Named()
    return _Named(frozenset(sector.code for sector in read.sectors), read.certain)


def _codes(knowledge: Knowledge, question: Question) -> dict[str, str]:
    """The code that each intent of a question stands for; not knowing is none."""
    sector = question.id == "bedrijf"
    options = knowledge.sectors.codes if sector else [code for code, _ in question.choices()]
    return {question.intent(code): code for code in options if code != UNKNOWN}


def _option(codes: Mapping[str, str], before: str, question: str, message: _Message) -> _Found | None:
    """Another option of this question, when the words speak more of it than of anything else."""
    told, so = message.told, message.heard.readings.get(RETOLD, {}).get("intents") or {}
    whole = message.heard.intents
    first, second = (so, whole) if told.changes or told.turns else (whole, so)
    return _option_of(codes, before, question, first, message) or _option_of(codes, before, question, second, message)


def _option_of(
    codes: Mapping[str, str], before: str, question: str, intents: Mapping[str, float], message: _Message
) -> _Found | None:
    told = message.told
    share = Ranking.of(intents, intents).share(codes)
    says = told.changes or told.turns or told.hints
    named = questions_named(message.clean)
    only_this = (told.changes and named == {question}) or (says and question == HELP and HELP in named)
    if share < (NAMED_AT_ALL if only_this else ON_SUBJECT):
        return None
    ranking = Ranking.of(intents, codes)
    others = Ranking.of(intents, [name for name, code in codes.items() if code != before])
    name, part = others.first
    taken_back = says and ranking.share(others.shares) >= NAMED_TOO
    if not name or part < CLEAR or not (codes[ranking.first[0]] != before or taken_back):
        return None
    sure = min(share / ON_SUBJECT_FOR_SURE, ranking.shares[name] / FOR_SURE) >= 1 and told.hints
    return _Found(question, codes[name], sure=sure and question not in MAY_BE_LEFT_OPEN)
