"""What a message means, given the question that is open.

Rasa gives what it heard: the probabilities of all intents, and what the look-ups read. Here that is limited to what the
open question can mean. Three outcomes are kept apart: certain (taken), unsure (asked back) and no idea (asked again in
other words). Nothing here knows a text that is said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, NOT_APPLICABLE, OPEN, UNKNOWN, Question
from knowledge.scan import Candidate, Doubt, Scan
from knowledge.words import normal, words

# Probability of the likeliest meaning, and its lead on the next, from which an answer is taken without asking.
CERTAIN, LEAD = 0.60, 0.25
# From here a meaning is worth asking back; below it the question is asked again in other words.
LIKELY = 0.30
# A question back or a command in words must stand out more than an answer, because it leaves the open question as it is.
ASIDE_CERTAIN = 0.55
SAME_TITLE = 92  # rapidfuzz ratio from which typed text is a button's own text

COMMANDS = frozenset({"stop", "opnieuw", "terug", "sla_over", "hulp", "hoeveel_nog", "wijzig", "verder", "klaar"})
ASIDES = frozenset({
    "vraag_waarom", "vraag_betekenis", "vraag_wie", "vraag_kosten", "vraag_privacy", "vraag_robot", "vraag_duur",
    "vraag_zzp", "vraag_initiatief", "vraag_subsidie", "mens_spreken", "gehackt_nu", "belediging", "wanhoop",
    "bedankt", "groet", "afscheid", "andere_taal", "buiten_onderwerp", "onzin", "opdracht",
})  # fmt: skip
PROFILE_INTENTS = frozenset({"personen", "bedrijf", "gemeente"})

# Said in so many words, these are commands whatever the classifier makes of them.
_LITERAL = {
    "stop": "stop", "stoppen": "stop", "ik stop": "stop", "ik wil stoppen": "stop", "laat maar": "stop",
    "opnieuw": "opnieuw", "opnieuw beginnen": "opnieuw", "begin opnieuw": "opnieuw", "restart": "opnieuw",
    "terug": "terug", "ga terug": "terug", "vorige": "terug", "vorige vraag": "terug",
    "sla over": "sla_over", "overslaan": "sla_over", "volgende": "sla_over", "sla deze over": "sla_over",
    "sla deze vraag over": "sla_over", "skip": "sla_over",
    "help": "hulp", "hulp": "hulp", "hoeveel nog": "hoeveel_nog", "hoe lang nog": "hoeveel_nog",
    "verder": "verder", "ga verder": "verder", "klaar": "klaar", "ik ben klaar": "klaar",
}  # fmt: skip
_YES = frozenset({"ja", "j", "jep", "jup", "yes", "klopt", "ja klopt", "ja dat klopt", "dat klopt", "jazeker", "zeker", "inderdaad", "ok", "oke", "prima", "goed", "doe maar", "ja hoor", "ja graag", "graag"})
_NO = frozenset({"nee", "n", "neen", "no", "nope", "klopt niet", "nee klopt niet", "nee dat klopt niet", "nee hoor", "dat klopt niet", "niet", "nee dank je", "nee bedankt"})
_UNKNOWN = frozenset({
    "weet ik niet", "weet niet", "geen idee", "weet ik nog niet", "ik weet het niet", "ik weet niet", "geen flauw idee",
    "dat weet ik niet", "zou het niet weten", "zou ik niet weten", "onbekend", "weet het niet", "geen id",
})  # fmt: skip
_POSITION = re.compile(r"(?:optie|nummer|nr|antwoord|keuze|knop)?\s*\(?(\d{1,2}|[a-h])[).]?")
_CORRECTION = re.compile(
    r"\b(?:o wacht|wacht even|wacht|ho|correctie|sorry|ik bedoel(?:de)?|toch|eigenlijk|verkeerd|foutje|vergis|oeps|in plaats van)\b"
)
_CHANGE = re.compile(r"^(?:ik wil )?(?:mijn antwoord (?:op|over|bij) )?(?:wijzig|verander|pas aan|aanpassen|wijzigen)\b\s*(.*)$")
_TYPED_COMMAND = "\N{DIVISION SLASH}"  # the bot channel writes "/" at the start of a text like this


@dataclass(frozen=True)
class Heard:
    """What Rasa made of a message: the text as typed, a chosen button, intents with probability, and readings."""

    text: str = ""
    choice: str | None = None
    intents: Mapping[str, float] = field(default_factory=dict)
    readings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """Answers to take, in this order: question ids and codes. `correction` when earlier ones change."""

    given: tuple[tuple[str, str], ...]
    correction: bool = False


@dataclass(frozen=True)
class AskBack:
    """A counter-question about the open question. `failed` when the answer was not understood."""

    doubt: Doubt
    failed: bool = False


@dataclass(frozen=True)
class Command:
    """Something said about the conversation itself; `question` is what "wijzig" is about."""

    name: str
    question: str | None = None


@dataclass(frozen=True)
class Aside:
    """A question back or another moment that is answered before the open question returns."""

    name: str


Understood = Answers | AskBack | Command | Aside


def understand(knowledge: Knowledge, scan: Scan, heard: Heard, offered: tuple[str, ...]) -> Understood:
    """What the message means now. `offered` are the codes of the buttons under the last message, in order."""
    code = heard.choice if heard.choice is not None else _chosen(knowledge, scan, heard.text, offered)
    if code is not None:
        return _button(scan, code)
    return _typed(knowledge, scan, heard)


def _button(scan: Scan, code: str) -> Understood:
    """What a button stands for."""
    if code in COMMANDS:
        return Command(code)
    if scan.open is None:
        return AskBack(Doubt("anders"), failed=True)
    if scan.doubt and code == "ja":
        if scan.doubt.kind == "overslaan":
            return Command("sla_over")
        return Answers(((scan.open, scan.doubt.candidates[0].code),))
    if scan.doubt and code == "nee":
        return AskBack(Doubt("anders"), failed=True)
    return Answers(((scan.open, code),))


def _chosen(knowledge: Knowledge, scan: Scan, text: str, offered: tuple[str, ...]) -> str | None:
    """The button that somebody typed: its position (from 1), its letter, or its own text."""
    clean = normal(text).rstrip(".!")
    position = _POSITION.fullmatch(clean)
    if position and offered and not (scan.open == "personen" and clean.isdigit()):
        given = position.group(1)
        index = int(given) - 1 if given.isdigit() else ord(given) - ord("a")
        if given.isdigit() or (len(given) == 1 and scan.open not in PROFILE_INTENTS):
            return offered[index] if 0 <= index < len(offered) else None
    if scan.open is None:
        return None
    titles = dict(knowledge.intake.question(scan.open).choices(alone=scan.alone))
    if scan.doubt:
        titles |= {candidate.code: candidate.titel for candidate in scan.doubt.candidates}
    for code, title in titles.items():
        if normal(title) == clean or (len(clean) > 8 and fuzz.ratio(normal(title), clean) >= SAME_TITLE):
            return code
    return None


def _typed(knowledge: Knowledge, scan: Scan, heard: Heard) -> Understood:
    clean = " ".join(words(heard.text))
    if heard.text.startswith(_TYPED_COMMAND):
        return _no_idea(scan)
    if clean in _LITERAL:
        return Command(_LITERAL[clean])
    change = _CHANGE.match(clean)
    if change:
        return Command("wijzig", _named_question(knowledge, change.group(1)))
    if scan.open is None:
        return _between_questions(scan, heard, clean)
    question = knowledge.intake.question(scan.open)
    correction = _corrected(scan, heard, clean)
    if correction:
        return correction
    if question.id in MAY_BE_LEFT_OPEN:
        return _profile_answer(knowledge, scan, question, heard, clean)
    return _option_answer(knowledge, scan, question, heard, clean)


def _named_question(knowledge: Knowledge, words_after: str) -> str | None:
    """The question that somebody names, by its id or by its short name."""
    wanted = normal(words_after.replace("_", " "))
    for question in knowledge.intake.vragen:
        if wanted and wanted in (normal(question.id.replace("_", " ")), normal(question.kort)):
            return question.id
    for question in knowledge.intake.vragen:
        if any(name in wanted for name in (normal(question.id.replace("_", " ")), normal(question.kort))):
            return question.id
    return None


def _between_questions(scan: Scan, heard: Heard, clean: str) -> Understood:
    """Typed text when no question is open: at the offer of the further questions, or at the end."""
    if scan.phase == "aanbod":
        if clean in _YES:
            return Command("verder")
        if clean in _NO:
            return Command("klaar")
    allowed = {"verder", "klaar", "ja", "nee"} if scan.phase == "aanbod" else set()
    name, probability, _ = _likeliest(heard.intents, allowed | ASIDES | COMMANDS)
    if probability >= LIKELY:
        if name in ("ja", "verder"):
            return Command("verder")
        if name in ("nee", "klaar"):
            return Command("klaar")
        return Aside(name) if name in ASIDES else Command(name)
    return _no_idea(scan)


def _corrected(scan: Scan, heard: Heard, clean: str) -> Answers | None:
    """An earlier answer that somebody changes in words: "o wacht, we zijn met twaalf"."""
    if not _CORRECTION.search(clean):
        return None
    given = []
    for name, codes in _certain_readings(heard, strict=True).items():
        if name != scan.open and name in scan.answers and scan.answers[name] != codes:
            given.append((name, codes))
    return Answers(tuple(given), correction=True) if given else None


def _certain_readings(heard: Heard, *, strict: bool) -> dict[str, str]:
    """Profile answers that the look-ups are sure of. Strict asks for words that can mean nothing else."""
    found = {}
    size = heard.readings.get("personen")
    if size and size["certain"] and (size["explicit"] or not strict):
        found["personen"] = size["classes"][0]
    sector = heard.readings.get("bedrijf")
    if sector and sector["certain"] and not strict:
        found["bedrijf"] = f"{sector['sectors'][0]['sbi2025']}/{sector['sectors'][0]['sbi2008']}"
    place = heard.readings.get("gemeente")
    if place and place["certain"] and (place["after_preposition"] or not strict):
        found["gemeente"] = place["places"][0]["code"]
    return found


def _profile_answer(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """Size, sector or place, read by the look-ups; other answers in the same sentence are taken along."""
    doubt = _reading_doubt(knowledge, question, heard)
    certain = _certain_readings(heard, strict=False).get(question.id)
    if certain and not _is_question_back(heard):
        also = {
            name: code
            for name, code in _certain_readings(heard, strict=True).items()
            if name != question.id and name not in scan.answers
        }
        if question.id != "bedrijf" and "bedrijf" not in scan.answers and len(clean.split()) > 2:
            sector = _certain_readings(heard, strict=False).get("bedrijf")
            also |= {"bedrijf": sector} if sector else {}
        return Answers((*also.items(), (question.id, certain)))
    if scan.doubt and scan.doubt.kind in ("bevestig", "overslaan") and not doubt:
        said = _yes_or_no(heard, clean)
        if said:
            return _button(scan, said)
    if clean in _UNKNOWN or _likeliest(heard.intents)[0] == UNKNOWN:
        return Answers(((question.id, OPEN),)) if scan.tries else AskBack(Doubt("anders"), failed=True)
    aside = _aside(heard)
    if aside and not (doubt and aside not in (Aside("mens_spreken"),)):
        return aside
    if doubt:
        return AskBack(doubt)
    other = {
        name: code
        for name, code in _certain_readings(heard, strict=True).items()
        if name != question.id and name not in scan.answers
    }
    return Answers(tuple(other.items())) if other else _no_idea(scan)


def _reading_doubt(knowledge: Knowledge, question: Question, heard: Heard) -> Doubt | None:
    """The counter-question about a reading that is not certain."""
    reading = heard.readings.get(question.id)
    if reading is None:
        return None
    if question.id == "personen":
        options = [question.option(code) for code in reading["classes"]]
        candidates = tuple(Candidate(o.waarde, o.titel, o.zin) for o in options if o)
    elif question.id == "bedrijf":
        candidates = tuple(
            Candidate(f"{sector['sbi2025']}/{sector['sbi2008']}", sector["titel"], sector["zin"])
            for sector in reading["sectors"]
        )
    else:
        candidates = tuple(Candidate(p["code"], p["titel"], _place_sentence(p["titel"])) for p in reading["places"])
    if not candidates:
        return Doubt("anders", ask="gebied")
    return Doubt("bevestig" if len(candidates) == 1 else "kies", candidates[:4], reading.get("ask"))


def _place_sentence(name: str) -> str:
    return "je bedrijf zit buiten de regio" if name == "Buiten de regio" else f"je bedrijf zit in {name}"


def _option_answer(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """An answer to a question with options: the classifier's probabilities, limited to what is possible now."""
    if scan.doubt and scan.doubt.kind in ("bevestig", "overslaan"):
        said = _yes_or_no(heard, clean)
        if said:
            return _button(scan, said)
    if clean in _UNKNOWN:
        return Answers(((question.id, UNKNOWN),))
    bare = question.ja if clean in _YES else question.nee if clean in _NO else None
    if bare:
        return Answers(((question.id, bare),))
    aside = _aside(heard)
    codes = {_intent(question, code): code for code, _ in question.choices() if code != UNKNOWN} | {UNKNOWN: UNKNOWN}
    name, probability, lead = _likeliest(heard.intents, set(codes))
    share = sum(heard.intents.get(intent, 0.0) for intent in codes)
    if aside and share < heard.intents.get(aside.name if isinstance(aside, Aside) else aside.name, 0.0):
        return aside
    if probability >= CERTAIN and lead >= LEAD:
        return Answers(((question.id, codes[name]),))
    likely = sorted((p, intent) for intent, p in _restricted(heard.intents, set(codes)).items() if p >= LIKELY)
    candidates = tuple(_candidate(question, codes[intent], scan) for _, intent in reversed(likely))
    if len(candidates) == 1:
        return AskBack(Doubt("bevestig", candidates))
    if candidates:
        return AskBack(Doubt("kies", candidates[:2]))
    return _no_idea(scan)


def _candidate(question: Question, code: str, scan: Scan) -> Candidate:
    title = dict(question.choices(alone=scan.alone))[code]
    return Candidate(code, title, question.statement(code).rstrip("."))


def _intent(question: Question, code: str) -> str:
    return "past_niet" if code == NOT_APPLICABLE else f"{question.id}_{code}"


def _restricted(intents: Mapping[str, float], allowed: set[str]) -> dict[str, float]:
    """The probabilities of what is possible, made to add up to 1 again."""
    possible = {name: probability for name, probability in intents.items() if name in allowed}
    total = sum(possible.values())
    return {name: probability / total for name, probability in possible.items()} if total > 0 else {}


def _likeliest(intents: Mapping[str, float], allowed: set[str] | None = None) -> tuple[str, float, float]:
    """Name, probability and lead on the next of the likeliest intent, of those that are possible."""
    possible = dict(intents) if allowed is None else _restricted(intents, allowed)
    if not possible:
        return "", 0.0, 0.0
    ranked = sorted(possible.items(), key=lambda item: -item[1])
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0], ranked[0][1], ranked[0][1] - second


def _yes_or_no(heard: Heard, clean: str) -> str | None:
    if clean in _YES:
        return "ja"
    if clean in _NO:
        return "nee"
    name, probability, _ = _likeliest(heard.intents, {"ja", "nee"})
    raw = heard.intents.get(name, 0.0)
    return name if raw >= LIKELY and probability >= CERTAIN else None


def _is_question_back(heard: Heard) -> bool:
    aside = _aside(heard)
    return isinstance(aside, Aside) and heard.intents.get(aside.name, 0.0) >= 0.8


def _aside(heard: Heard) -> Aside | Command | None:
    """A question back, another moment, or a command in words, when it stands out from everything else."""
    name, probability, _ = _likeliest(heard.intents)
    if probability < ASIDE_CERTAIN:
        return None
    if name in ASIDES:
        return Aside(name)
    return Command(name) if name in COMMANDS - {"verder", "klaar"} else None


def _no_idea(scan: Scan) -> AskBack:
    """Not understood: the question in other words, and after three times the offer to leave it open."""
    return AskBack(Doubt("overslaan" if scan.tries >= 2 and scan.open else "anders"), failed=True)
