"""What a typed message means while size, sector or place is asked: an answer, a moment, both, or answers to others."""

from dataclasses import replace
from datetime import date

from actions import profile
from actions.meanings import NOT_UNDERSTOOD, Answers, Aside, AskBack, Heard, Understood
from actions.options import said_in_between
from actions.phrases import ASKS, COUNTED, GREETING, NOT_KNOWING, QUESTIONED, SAID_UNKNOWN, SENTENCES
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.intake import OPEN, UNKNOWN, Question
from knowledge.scan import LATER, NOT_KNOWN, Doubt, Scan

# Probability from which not knowing is taken.
LIKELY = 0.40
# A moment has to stand out against anything that a look-up read, which what is put as a question does by itself.
ASIDE_DESPITE_READING = 0.80


def profile_answer(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """Size, sector or place; answers to other profile questions in the same sentence are taken along."""
    if clean in SAID_UNKNOWN:
        return _left_open(scan, question)
    ranking = Ranking.of(heard.intents, heard.intents)
    aside = said_in_between(ranking)
    read = profile.reading(knowledge, scan, question, heard)
    questioned = QUESTIONED.search(heard.text.lower()) is not None
    strong = aside is not None and (questioned or ranking.shares.get(aside.name, 0.0) >= ASIDE_DESPITE_READING)
    if questioned and COUNTED.search(clean) and isinstance(read, Answers):
        return Aside("vraag_betekenis")
    if aside == Aside("vraag_initiatief") and read and not ASKS.search(heard.text.lower()):
        aside = None  # an initiative can be called after the place where it is
    if aside == Aside("groet") and read is None:
        ahead = _ahead(knowledge, scan, question, heard)
        return ahead if isinstance(ahead, Answers) else aside
    if isinstance(aside, Aside) and (strong or read is None):
        return _beside(knowledge, question, heard, aside) or aside
    if aside and (strong or read is None):
        return aside
    if isinstance(read, Answers):
        also = profile.along(knowledge, scan, heard, question)
        if question.id == "bedrijf":
            return Answers((*also.items(), *read.given))
        also |= profile.sector_along(knowledge, scan, heard)
        return Answers((*also.items(), *read.given), trade=profile.trade_to_ask(knowledge, scan, heard))
    unknown = ranking.shares.get(UNKNOWN, 0.0)
    if (NOT_KNOWING.search(clean) and read is None) or unknown >= LIKELY:
        return _left_open(scan, question)
    if read:
        return replace(read, given=tuple(profile.along(knowledge, scan, heard, question).items()))
    return _ahead(knowledge, scan, question, heard)


def _beside(knowledge: Knowledge, question: Question, heard: Heard, aside: Aside) -> Answers | None:
    """The size or place in one sentence, and a question or a greeting in another: "hoi 4", "Zeist. Wat kost dit?"."""
    if question.id == "bedrijf":
        return None
    for sentence in SENTENCES.split(GREETING.sub("", heard.text)):
        if ASKS.search(f"{sentence} ".lower()) or not sentence.strip() or sentence.strip() == heard.text.strip():
            continue
        if question.id == "personen":
            size = read_headcount(sentence)
            code = size.classes[0] if size and size.certain else None
        else:
            place = knowledge.places.read(sentence, date.today())
            code = place.places[0].code if place and place.certain else None
        if code:
            return Answers(((question.id, code),), beside=None if aside.name == "groet" else aside.name)
    return None


def _ahead(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard) -> Answers | AskBack:
    """What a message that is no answer to a profile question says of others."""
    trade = profile.sector_ahead(knowledge, scan, heard)
    taken = trade.given if isinstance(trade, Answers) else ()
    other = (*taken, *profile.along(knowledge, scan, heard, question).items())
    if other:
        return Answers(other)
    return AskBack(Doubt("anders", ask=LATER), failed=True) if trade else NOT_UNDERSTOOD


def _left_open(scan: Scan, question: Question) -> Answers | AskBack:
    """Who does not know gets one friendly second try, and then the question is left open."""
    return Answers(((question.id, OPEN),)) if scan.tries else AskBack(Doubt("anders", ask=NOT_KNOWN), failed=True)
