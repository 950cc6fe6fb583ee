"""What a typed answer to the first three questions means: size, sector and place.

Look-ups read numbers, names and postcodes; the classifier reads sentences. Where both are sure of the same, or one is
and the other has nothing to say, the answer is taken. Where they differ, the counter-question offers both.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from actions.meanings import Answers, AskBack, Heard
from actions.phrases import LEGAL_FORMS
from actions.ranking import Ranking
from actions.trade import own_trade
from knowledge.base import Knowledge
from knowledge.intake import UNKNOWN, Question
from knowledge.scan import LARGER_AREA, Candidate, Doubt, Kind, Scan
from knowledge.sectors import MAIN_ACTIVITY
from knowledge.subjects import questions_named
from knowledge.words import normal, words

# Probability from which the classifier's reading is taken on its own, settles a doubt of the look-up, or is offered.
CERTAIN_ALONE = {"personen": 0.80, "bedrijf": 0.45}
CERTAIN_OF_OFFERED = 0.50  # after a counter-question the choice is small
SETTLES, SETTLES_QUESTION, CONTRADICTS, OFFERED = 0.65, 0.86, 0.55, 0.08
# Share of all probability that a text must have of the subject, to be read by the classifier alone.
ON_SUBJECT = 0.20
# The same share, to be taken for a trade while the question before it is open.
AHEAD = 0.40
MOST_OFFERED = 3
SENTENCE = 2  # words from which a text is more than a name
# What was, and what somebody else has: then the number that the look-up found may not be the firm's own of today.
_TURN = re.compile(
    r"\b(?:vroeger|eerst|ooit|was|waren|had|hadden|begonnen|vorig|tot|toen|sinds|inmiddels|geen|niet|nooit"
    r"|eigen zaak)\b"
)
_SECOND_ACTIVITY = re.compile(
    r"\b(?:half|helft|daarnaast|ernaast|ook nog|en ook|weekend|doordeweeks|allebei|deels|soms|erbij|combi\w*|zowel"
    r"|plus)\b"
)
# Two activities and nothing else: "slagerij en catering".
_A_AND_B = re.compile(r"[\w-]+ ?(?:en|&|\+|/) ?[\w-]+")
# With a wish come things that the firm does not do: "ik zoek hulp bij mijn administratie".
WANTS = re.compile(r"\b(?:hulp\w*|help|geholpen|wil(?:len)?|kwil|zoek(?:en)?|graag)\b")
WANTED_AT_ALL, WANTED_FOR_SURE = 0.30, 0.75
# A number in which the look-up saw no people counts none, whatever the classifier makes of it.
_NUMBER = re.compile(r"\d")


def reading(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard) -> Answers | AskBack | None:
    """The answer to this question, the counter-question about it, or None when the text says nothing about it."""
    if question.id == "gemeente":
        return _place(question, heard)
    found = heard.readings.get(question.id)
    codes = _codes(knowledge, question)
    ranking = Ranking.of(heard.intents, codes)
    likeliest, share = ranking.first
    guess = codes[likeliest] if likeliest else ""
    if guess in scan.offered and share >= CERTAIN_OF_OFFERED and ranking.mass >= ON_SUBJECT:
        return Answers(((question.id, guess),))
    if found is None:
        return _from_sentence(knowledge, question, heard, codes)
    read = _read_codes(question, found)
    if found["certain"]:
        doubtful = question.id != "personen" or _TURN.search(normal(heard.text))
        if guess in ("", read[0]) or share < CONTRADICTS or ranking.mass < ON_SUBJECT or not doubtful:
            return Answers(((question.id, read[0]),))
        return _offer(knowledge, question, (read[0], guess), found)
    if guess in read and _settled(heard, found, share):
        return Answers(((question.id, guess),))
    open_to_more = not found.get("ask") and not found.get("vague") and guess not in read
    more = [guess] if open_to_more and share >= CONTRADICTS else []
    return _offer(knowledge, question, (*read, *more), found)


def _settled(heard: Heard, found: Mapping[str, Any], share: float) -> bool:
    """Whether the classifier's choice among what the look-up read needs no counter-question.

    A doubtful word alone ("bakker") and two activities of one firm are for the entrepreneur to tell apart.
    """
    if found.get("vague"):
        return False
    if not found.get("ask"):
        return share >= SETTLES
    text = normal(heard.text)
    two = found["ask"] == MAIN_ACTIVITY and _A_AND_B.fullmatch(text)
    sentence = len(words(heard.text)) >= SENTENCE and not _SECOND_ACTIVITY.search(text) and not two
    return sentence and share >= SETTLES_QUESTION


def _codes(knowledge: Knowledge, question: Question) -> dict[str, str]:
    """The code that each intent of the classifier stands for."""
    if question.id == "personen":
        return {question.intent(option.waarde): option.waarde for option in question.opties}
    return {question.intent(code): code for code in knowledge.sectors.codes}


def _read_codes(question: Question, found: Mapping[str, Any]) -> tuple[str, ...]:
    if question.id == "personen":
        return tuple(found["classes"])
    return tuple(f"{sector['sbi2025']}/{sector['sbi2008']}" for sector in found["sectors"])


def _from_sentence(
    knowledge: Knowledge, question: Question, heard: Heard, codes: dict[str, str]
) -> Answers | AskBack | None:
    """What the classifier makes of a text in which the look-up found nothing."""
    everything = Ranking.of(heard.intents, heard.intents)
    if everything.share({*codes, question.id}) < ON_SUBJECT or (
        question.id == "personen" and _NUMBER.search(heard.text)
    ):
        return None
    ranking = Ranking.of(heard.intents, codes)
    likeliest, share = ranking.first
    if share >= CERTAIN_ALONE[question.id]:
        return Answers(((question.id, codes[likeliest]),))
    offered = tuple(codes[name] for name, part in ranking.ordered if part >= OFFERED)
    return _offer(knowledge, question, offered, {}) if offered else None


def _offer(knowledge: Knowledge, question: Question, codes: tuple[str, ...], found: Mapping[str, Any]) -> AskBack:
    """The counter-question: is it this one, or which of these."""
    named = {}
    if question.id == "bedrijf":
        for sector in found.get("sectors", ()):
            named[f"{sector['sbi2025']}/{sector['sbi2008']}"] = (sector["titel"], sector["zin"])
    candidates = []
    for code in dict.fromkeys(codes):
        if question.id == "personen":
            option = question.option(code)
            title, sentence = (option.titel, option.zin) if option else (code, code)
        else:
            sector = knowledge.sectors.sector(code)
            title, sentence = named.get(code, (sector.titel[:1].upper() + sector.titel[1:], sector.zin))
        candidates.append(Candidate(code, title, sentence))
    most = MOST_OFFERED if not found.get("ask") else MOST_OFFERED + 1
    kind: Kind = "bevestig" if len(candidates) == 1 else "kies"
    ask = found.get("ask") if question.id == "bedrijf" else None
    return AskBack(Doubt(kind, tuple(candidates[:most]), ask))


def _place(question: Question, heard: Heard) -> Answers | AskBack | None:
    found = heard.readings.get(question.id)
    if found is None:
        return None
    if found["certain"]:
        return Answers(((question.id, found["places"][0]["code"]),))
    candidates = tuple(Candidate(p["code"], p["titel"], _place_sentence(p["titel"])) for p in found["places"])
    if not candidates:
        return AskBack(Doubt("anders", ask=LARGER_AREA))
    return AskBack(Doubt("bevestig" if len(candidates) == 1 else "kies", candidates[:4]))


def _place_sentence(name: str) -> str:
    return "je bedrijf zit buiten de regio" if name == "Buiten de regio" else f"je bedrijf zit in {name}"


def along(knowledge: Knowledge, scan: Scan, heard: Heard, question: Question) -> dict[str, str]:
    """Answers to other profile questions, not yet answered, that stand in the same sentence beyond doubt."""
    codes = certain_readings(heard)
    place = heard.readings.get("gemeente")
    if place and place["certain"] and place["apart"]:
        codes["gemeente"] = place["places"][0]["code"]
    codes |= _wanted(knowledge, heard)
    return {name: code for name, code in codes.items() if name != question.id and name not in scan.answers}


def _wanted(knowledge: Knowledge, heard: Heard) -> dict[str, str]:
    """What help is wanted, where a sentence about the firm says so too: "Rhenen, en we willen meer klanten"."""
    question = knowledge.intake.question("hulpvraag")
    codes = {question.intent(code): code for code, _ in question.choices() if code != UNKNOWN}
    ranking = Ranking.of(heard.intents, codes)
    if not WANTS.search(normal(heard.text)) or ranking.mass < WANTED_AT_ALL:
        return {}
    name, lead = ranking.lead
    return {question.id: codes[name]} if lead >= WANTED_FOR_SURE else {}


def certain_readings(heard: Heard) -> dict[str, str]:
    """Size and place where the words can mean nothing else, whichever question is open."""
    found = {}
    size = heard.readings.get("personen")
    if size and size["certain"] and size["explicit"]:
        found["personen"] = size["classes"][0]
    place = heard.readings.get("gemeente")
    if place and place["certain"] and place["after_preposition"]:
        found["gemeente"] = place["places"][0]["code"]
    return found


def sector_along(knowledge: Knowledge, scan: Scan, heard: Heard) -> dict[str, str]:
    """The trade that an answer about size or place says is the speaker's own, when it was not given yet."""
    if "bedrijf" in scan.answers:
        return {}
    text = normal(heard.text)
    wish = WANTS.search(text)
    trade = own_trade(knowledge.sectors, text[: wish.start()] if wish else text)
    return {"bedrijf": trade.sectors[0].code} if trade and trade.certain else {}


def trade_to_ask(knowledge: Knowledge, scan: Scan, heard: Heard) -> Doubt | None:
    """The counter-question about a trade that is named as the speaker's own beside an answer: "bakker, 12 man"."""
    if "bedrijf" in scan.answers:
        return None
    trade = own_trade(knowledge.sectors, heard.text)
    if trade is None or trade.certain or not trade.ask:
        return None
    question = knowledge.intake.question("bedrijf")
    return _offer(knowledge, question, tuple(sector.code for sector in trade.sectors), asdict(trade)).doubt


def sector_ahead(knowledge: Knowledge, scan: Scan, heard: Heard) -> Answers | AskBack | None:
    """The trade in a message that says nothing about the open question: taken, doubtful, or not spoken of."""
    own, text = sector_along(knowledge, scan, heard), normal(heard.text)
    if own:
        return Answers(tuple(own.items()))
    if "bedrijf" in scan.answers or _TURN.search(text) or WANTS.search(text) or LEGAL_FORMS.fullmatch(text):
        return None
    place = heard.readings.get("gemeente")
    if questions_named(text) or (place and not place["after_preposition"]):
        return None  # "boekhouding" is what help is wanted with, and "huizen" may be the town
    question = knowledge.intake.question("bedrijf")
    codes = _codes(knowledge, question)
    if Ranking.of(heard.intents, heard.intents).share(codes) < AHEAD:
        return None
    read = reading(knowledge, replace(scan, doubt=None), question, heard)
    if isinstance(read, Answers) and codes[Ranking.of(heard.intents, codes).first[0]] != read.given[0][1]:
        return None
    return read
