"""What a message means, given the question that is open.

Rasa gives what it heard: the probabilities of all intents, and what the look-ups read. Here that is limited to what the
open question can mean. Three outcomes are kept apart: certain (taken), unsure (asked back) and no idea (asked again in
other words). Nothing here knows a text that is said.
"""

from collections.abc import Mapping

from rapidfuzz import fuzz

from actions.meanings import Answers, Aside, AskBack, Command, Heard, Understood
from actions.phrases import (
    ASIDES,
    CHANGE,
    COMMANDS,
    CORRECTION,
    LITERAL,
    LITERAL_ASIDES,
    NO,
    NONSENSE,
    NOT_KNOWING,
    OTHER_SCRIPT,
    POSITION,
    SAID_UNKNOWN,
    TYPED_COMMAND,
    YES,
)
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, OPEN, UNKNOWN, Question
from knowledge.scan import LARGER_AREA, NOT_KNOWN, Candidate, Doubt, Scan
from knowledge.words import normal, words

# Probability of the likeliest meaning, and its lead on the next, from which an answer is taken without asking.
CERTAIN, LEAD = 0.60, 0.25
# From here a meaning is worth asking back; below it the question is asked again in other words.
LIKELY = 0.30
# A question back or a command in words has to stand out more than an answer: it leaves the open question as it is.
ASIDE_CERTAIN = 0.5
# Not knowing is one topic against the four or five options of a question, so it needs less, but a clear lead.
UNKNOWN_CERTAIN, LEAD_OF_UNKNOWN = 0.30, 1.5
# Somebody who says not to know, and then says something as clear as this, is asked back.
SURE_ALL_THE_SAME = 0.90
# Below this share of all probability a text does not speak of what the open question asks.
ON_TOPIC = 0.05
SAME_TITLE = 92  # rapidfuzz ratio from which typed text is a button's own text


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
    position = POSITION.fullmatch(clean)
    if position and offered and not (scan.open == "personen" and clean.isdigit()):
        given = position.group(1)
        index = int(given) - 1 if given.isdigit() else ord(given) - ord("a")
        if given.isdigit() or (len(given) == 1 and scan.open not in MAY_BE_LEFT_OPEN):
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
    if heard.text.startswith(TYPED_COMMAND):
        return _no_idea(scan)
    if clean in LITERAL:
        return Command(LITERAL[clean])
    if clean in LITERAL_ASIDES:
        return Aside(LITERAL_ASIDES[clean])
    if OTHER_SCRIPT.search(heard.text):
        return Aside("andere_taal")
    change = CHANGE.match(clean)
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
        if clean in YES:
            return Command("verder")
        if clean in NO:
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
    if not CORRECTION.search(clean):
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
        also = _along(scan, heard, question)
        if question.id != "bedrijf" and "bedrijf" not in scan.answers and len(clean.split()) > 2:
            sector = _certain_readings(heard, strict=False).get("bedrijf")
            also |= {"bedrijf": sector} if sector else {}
        return Answers((*also.items(), (question.id, certain)))
    if scan.doubt and scan.doubt.kind in ("bevestig", "overslaan") and not doubt:
        said = _yes_or_no(heard, clean)
        if said:
            return _button(scan, said)
    if clean in SAID_UNKNOWN or NOT_KNOWING.search(clean) or heard.intents.get(UNKNOWN, 0.0) >= ASIDE_CERTAIN:
        return Answers(((question.id, OPEN),)) if scan.tries else AskBack(Doubt("anders", ask=NOT_KNOWN), failed=True)
    aside = _aside(heard)
    if aside and not doubt:
        return aside
    if doubt:
        return AskBack(doubt)
    other = _along(scan, heard, question)
    return Answers(tuple(other.items())) if other else _no_idea(scan)


def _along(scan: Scan, heard: Heard, question: Question) -> dict[str, str]:
    """Answers to other profile questions, not yet answered, that stand in the same sentence beyond doubt."""
    readings = _certain_readings(heard, strict=True)
    return {name: code for name, code in readings.items() if name != question.id and name not in scan.answers}


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
        return Doubt("anders", ask=LARGER_AREA)
    return Doubt("bevestig" if len(candidates) == 1 else "kies", candidates[:4], reading.get("ask"))


def _place_sentence(name: str) -> str:
    return "je bedrijf zit buiten de regio" if name == "Buiten de regio" else f"je bedrijf zit in {name}"


def _option_answer(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """An answer to a question with options: the classifier's probabilities, limited to what is possible now."""
    if scan.doubt and scan.doubt.kind in ("bevestig", "overslaan"):
        said = _yes_or_no(heard, clean)
        if said:
            return _button(scan, said)
    if clean in SAID_UNKNOWN:
        return Answers(((question.id, UNKNOWN),))
    bare = question.ja if clean in YES else question.nee if clean in NO else None
    if bare:
        return Answers(((question.id, bare),))
    codes = {question.intent(code): code for code, _ in question.choices() if code != UNKNOWN}
    answering = sum(heard.intents.get(intent, 0.0) for intent in codes)
    unknown = heard.intents.get(UNKNOWN, 0.0)
    name, probability, lead = _likeliest(heard.intents, set(codes))
    if NOT_KNOWING.search(clean) or (unknown >= UNKNOWN_CERTAIN and unknown > LEAD_OF_UNKNOWN * answering):
        if answering > unknown and probability >= SURE_ALL_THE_SAME:
            return AskBack(Doubt("bevestig", (_candidate(question, codes[name], scan),)))
        return Answers(((question.id, UNKNOWN),))
    aside = _aside(heard, answering)
    if aside:
        return aside
    if answering < max(ON_TOPIC, heard.intents.get(NONSENSE, 0.0)):
        return _no_idea(scan)
    if probability >= CERTAIN and lead >= LEAD:
        return Answers(((question.id, codes[name]),))
    ranked = sorted(_restricted(heard.intents, set(codes)).items(), key=lambda item: -item[1])
    candidates = tuple(_candidate(question, codes[intent], scan) for intent, share in ranked if share >= LIKELY)[:2]
    if not candidates:
        return _no_idea(scan)
    return AskBack(Doubt("bevestig" if len(candidates) == 1 else "kies", candidates))


def _candidate(question: Question, code: str, scan: Scan) -> Candidate:
    title = dict(question.choices(alone=scan.alone))[code]
    return Candidate(code, title, question.statement(code).rstrip("."))


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
    if clean in YES:
        return "ja"
    if clean in NO:
        return "nee"
    name, probability, _ = _likeliest(heard.intents, {"ja", "nee"})
    return name if heard.intents.get(name, 0.0) >= LIKELY and probability >= CERTAIN else None


def _is_question_back(heard: Heard) -> bool:
    aside = _aside(heard)
    return isinstance(aside, Aside) and heard.intents.get(aside.name, 0.0) >= 0.8


def _aside(heard: Heard, answering: float = 0.0) -> Aside | Command | None:
    """A question back, another moment, or a command in words, when together they stand out from an answer."""
    steering = COMMANDS - {"verder", "klaar"}
    possible = {name: share for name, share in heard.intents.items() if name in ASIDES or name in steering}
    together = sum(possible.values())
    if together < ASIDE_CERTAIN or together <= answering:
        return None
    name = max(possible, key=lambda intent: possible[intent])
    return Aside(name) if name in ASIDES else Command(name)


def _no_idea(scan: Scan) -> AskBack:
    """Not understood: the question in other words, and after three times the offer to leave it open."""
    return AskBack(Doubt("overslaan" if scan.tries >= 2 and scan.open else "anders"), failed=True)
