"""What a message means, given the question that is open.

Rasa gives what it heard: the probabilities of all intents, and what the look-ups read. Here that is limited to what the
open question can mean. Three outcomes are kept apart: certain (taken), unsure (asked back) and no idea (asked again in
other words). Nothing here knows a text that is said.
"""

from dataclasses import replace

from rapidfuzz import fuzz

from actions import parts
from actions.corrections import corrected
from actions.distress import DISTRESS
from actions.earlier import changed_to, spoken_of_earlier
from actions.in_between import offered_too
from actions.meanings import NOT_UNDERSTOOD, Answers, Aside, AskBack, Command, Heard, Understood
from actions.moments import ALARMING, OF_OTHERS, ruled
from actions.options import EMERGENCY, NOT_LIGHTLY, option_answer
from actions.phrases import (
    ASIDES,
    ASKS,
    BOTH,
    CHANGE,
    COMMANDS,
    LEGAL_FORMS,
    LITERAL,
    LITERAL_ASIDES,
    MEANING,
    NO,
    NONE_OF_THESE,
    OF_SOMETHING_ELSE,
    ORDINAL,
    ORDINALS,
    OTHER_SCRIPT,
    POSITION,
    SIGNS,
    TYPED_COMMAND,
    YES,
)
from actions.profile_answers import profile_answer
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, Question
from knowledge.retold import retold
from knowledge.scan import NOT_SO, STAYS, Doubt, Scan
from knowledge.sectors import DENIED, MAIN_ACTIVITY
from knowledge.subjects import questions_named
from knowledge.words import normal, words

# Probability from which yes or no, a command or a moment is taken when nothing else can be meant.
LIKELY, YES_OR_NO = 0.40, 0.60
# With a word of the questions or an initiative named, a question about it needs little more.
HINTED = 0.10
SHORT = 2  # words up to which a term with a question mark asks what it means
SAME_TITLE = 92  # rapidfuzz ratio from which typed text is a button's own text
BEGINS_ANEW = frozenset({"ja", "verder", "groet", "opnieuw", "terug"})  # said after the end without a result
# Words up to which a text is one of the offered answers in other words, and letters that the same word begins with.
FEW_WORDS, SAME_START = 3, 5
YES_OR_NO_ASKED = frozenset({"bevestig", "eerder", "overslaan"})
PATIENCE = 2  # answers to one question that were not understood, before leaving it open is offered


def understand(knowledge: Knowledge, scan: Scan, heard: Heard, offered: tuple[str, ...]) -> Understood:
    """What the message means now. `offered` are the codes of the buttons under the last message, in order."""
    code = heard.choice if heard.choice is not None else _chosen(knowledge, scan, heard.text, offered)
    understood = _button(scan, code) if code is not None else _typed(knowledge, scan, heard)
    if isinstance(understood, AskBack) and scan.open and understood.doubt.ask != STAYS:
        # A counter-question to the answer on a counter-question is a failure too: nobody is kept going round. Who does
        # not take up the offer to skip gets the question once more before it is offered again.
        failed = understood.failed or scan.doubt is not None
        offered_to_skip = scan.doubt is not None and scan.doubt.kind == "overslaan"
        if failed and scan.tries >= PATIENCE and not offered_to_skip:
            return replace(understood, doubt=Doubt("overslaan"), failed=True)
        return replace(understood, failed=failed)
    return understood


def _button(scan: Scan, code: str) -> Understood:
    """What a button stands for."""
    if code in COMMANDS:
        return Command(code)
    if code in ASIDES:
        return Aside(code)
    if scan.open is None:
        return AskBack(Doubt("anders"), failed=True)
    if scan.doubt and code == "ja":
        if scan.doubt.kind == "overslaan":
            return Command("sla_over")
        if scan.doubt.about:
            return Answers(((scan.doubt.about, scan.doubt.candidates[0].code),), correction=True)
        return Answers(((scan.open, scan.doubt.candidates[0].code),))
    if scan.doubt and scan.doubt.about and code == "nee":
        return AskBack(Doubt("anders", ask=STAYS))
    if scan.doubt and code == "nee":
        return AskBack(Doubt("anders", ask=NOT_SO if scan.doubt.kind == "bevestig" else None), failed=True)
    return Answers(((scan.open, code),))


def _chosen(knowledge: Knowledge, scan: Scan, text: str, offered: tuple[str, ...]) -> str | None:
    """The button that somebody typed: its position (from 1), its letter, or its own text."""
    clean = normal(text).rstrip(".!")
    index = _position(scan, clean)
    if index is not None and offered:
        return offered[index] if -len(offered) <= index < len(offered) else None
    if scan.open is None:
        return None
    if scan.doubt and scan.doubt.kind in YES_OR_NO_ASKED and clean in YES | NO:
        return None  # "Nee" may be an option of the question too
    titles = dict(knowledge.intake.question(scan.open).choices(alone=scan.alone))
    if scan.doubt:
        titles |= {candidate.code: candidate.titel for candidate in scan.doubt.candidates}
    for code, title in titles.items():
        if normal(title) == clean or (len(clean) > 8 and fuzz.ratio(normal(title), clean) >= SAME_TITLE):
            return code
    return None


def _position(scan: Scan, clean: str) -> int | None:
    """Which button a number, letter or ordinal points at, from 0. A bare number at personen counts people."""
    ordinal = ORDINAL.fullmatch(clean)
    if ordinal:
        number = ORDINALS[ordinal.group(1)]
        return number - 1 if number > 0 else number
    position = POSITION.fullmatch(clean)
    if position is None or (scan.open == "personen" and clean.isdigit()):
        return None
    given = position.group(1)
    if given.isdigit():
        return int(given) - 1
    # A letter says nothing at a question that shows no buttons.
    return ord(given) - ord("a") if len(given) == 1 and (scan.open != "bedrijf" or scan.doubt) else None


def _typed(knowledge: Knowledge, scan: Scan, heard: Heard) -> Understood:
    clean = " ".join(words(heard.text)) or SIGNS.get(heard.text.strip()[:1], "")
    if heard.text.startswith(TYPED_COMMAND) or not clean:  # nothing but signs
        return NOT_UNDERSTOOD
    outright = _said_outright(knowledge, scan, heard, clean)
    if outright:
        return outright
    correction = corrected(knowledge, scan, heard, clean)
    if correction:
        return changed_to(knowledge, scan, heard, correction)
    itself = _said_to_itself(knowledge, scan, heard)
    if itself:
        return itself
    about = _question_about(knowledge, scan, heard, clean)
    if about:
        return about
    if scan.open is None:
        return _between_questions(knowledge, scan, heard, clean)
    answer = _doubt_answer(scan, heard, clean)
    if answer:
        return answer
    question = knowledge.intake.question(scan.open)
    if question.id == "bedrijf" and LEGAL_FORMS.fullmatch(clean):
        return NOT_UNDERSTOOD
    read = _not_lightly(_with_others(knowledge, scan, question, heard, clean), clean)
    if not ALARMING.search(clean) or OF_OTHERS.search(clean):
        heard = replace(heard, intents={name: share for name, share in heard.intents.items() if name != EMERGENCY})
        if read == Aside(EMERGENCY):
            read = _with_others(knowledge, scan, question, heard, clean)
    earlier = None if isinstance(read, Answers) else spoken_of_earlier(knowledge, scan, heard, read)
    if earlier:
        return earlier
    return offered_too(read, heard, knowledge.texts.tussendoor) if isinstance(read, AskBack) else read


def _said_outright(knowledge: Knowledge, scan: Scan, heard: Heard, clean: str) -> Understood | None:
    """A command or a moment in words that mean it whatever the classifier makes of them."""
    if clean in LITERAL:
        return Command(LITERAL[clean])
    if clean in LITERAL_ASIDES:
        return Aside(LITERAL_ASIDES[clean])
    if DISTRESS.search(clean):
        return Aside("nood")
    if OTHER_SCRIPT.search(heard.text):
        return Aside("andere_taal")
    change = CHANGE.match(clean)
    if change:
        return Command("wijzig", _named_question(knowledge, change.group(1)))
    return ruled(knowledge.intake, scan, clean)


def _said_to_itself(knowledge: Knowledge, scan: Scan, heard: Heard) -> Understood | None:
    """The answer that follows a question to oneself: "even denken... ja in Excel"."""
    part = parts.answered_itself(knowledge, heard) if scan.open else None
    if part is None or scan.open is None:
        return None
    question = knowledge.intake.question(scan.open)
    read = _read(knowledge, scan, question, part, " ".join(words(part.text)))
    return read if parts.answers(read, question.id) else None


def _with_others(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """The answer to the open question, with what the same message answers of questions that were not asked yet."""
    divided = parts.divided(knowledge, scan, heard)
    if divided and divided.own:
        read = _read(knowledge, scan, question, divided.own, " ".join(words(divided.own.text)))
        if isinstance(read, Answers) and parts.answers(read, question.id):
            return Answers((*divided.others, *read.given))
    read = _read(knowledge, scan, question, heard, clean)
    if divided and isinstance(read, Answers) and parts.answers(read, question.id):
        given = dict(read.given)
        return Answers((*(other for other in divided.others if other[0] not in given), *read.given))
    return read


def _read(knowledge: Knowledge, scan: Scan, question: Question, heard: Heard, clean: str) -> Understood:
    """What the message means as an answer to the open question, or as a moment."""
    if question.id in MAY_BE_LEFT_OPEN:
        return profile_answer(knowledge, scan, question, heard, clean)
    told = retold(heard.text)
    named = knowledge.lexicon.answer(heard.text, question.id)
    if not named and told.so and told.not_so:  # "in Word, niet op papier"
        named = knowledge.lexicon.answer(told.so, question.id)
    if named:
        return Answers(((question.id, named),))
    return option_answer(scan, question, heard, clean) or NOT_UNDERSTOOD


def _named_question(knowledge: Knowledge, words_after: str) -> str | None:
    """The question that somebody names, by its id or by its short name."""
    wanted = normal(words_after.replace("_", " "))
    for question in knowledge.intake.vragen:
        if wanted and wanted in (normal(question.id.replace("_", " ")), normal(question.kort)):
            return question.id
    for question in knowledge.intake.vragen:
        if any(name in wanted for name in (normal(question.id.replace("_", " ")), normal(question.kort))):
            return question.id
    by_word = questions_named(wanted)
    return next(iter(by_word)) if len(by_word) == 1 else None


def _question_about(knowledge: Knowledge, scan: Scan, heard: Heard, clean: str) -> Aside | None:
    """A question about a word of the questions, or about an initiative by its name."""
    asks = ASKS.search(heard.text.lower()) is not None
    if not asks:
        return None
    if knowledge.initiative_names.find(heard.text) and _hinted(heard, "vraag_initiatief"):
        return Aside("vraag_initiatief")
    if scan.open in MAY_BE_LEFT_OPEN or not knowledge.terms.named(heard.text):
        return Aside("vraag_betekenis") if MEANING.search(clean) and _hinted(heard, "vraag_betekenis") else None
    short = len(clean.split()) <= SHORT and heard.text.rstrip().endswith("?")
    if short or (MEANING.search(clean) and _hinted(heard, "vraag_betekenis")):
        return Aside("vraag_betekenis")
    return None


def _hinted(heard: Heard, name: str) -> bool:
    """Whether the classifier sees at least something of this moment, among the moments."""
    return Ranking.of(heard.intents, ASIDES).shares.get(name, 0.0) >= HINTED


def _between_questions(knowledge: Knowledge, scan: Scan, heard: Heard, clean: str) -> Understood:
    """Typed text when no question is open: at the offer of the further questions, or at the end."""
    offer = scan.phase == "aanbod"
    if offer and clean in YES:
        return Command("verder")
    if offer and clean in NO:
        return Command("klaar")
    steering = {"verder", "klaar", "ja", "nee"} if offer or scan.phase == "gestopt" else set()
    name, share = Ranking.of(heard.intents, steering | ASIDES | COMMANDS).first
    if scan.phase == "gestopt" and (clean in YES or (share >= LIKELY and name in BEGINS_ANEW)):
        return Command("opnieuw")
    if share < LIKELY:
        return spoken_of_earlier(knowledge, scan, heard, NOT_UNDERSTOOD) or NOT_UNDERSTOOD
    if name in ("ja", "verder"):
        return Command("verder")
    if name in ("nee", "klaar"):
        return Command("klaar")
    return Aside(name) if name in ASIDES else _not_lightly(Command(name), clean)


def _not_lightly(read: Understood, clean: str) -> Understood:
    """What forgets the answers is asked back when the message speaks of more: "ik wil stoppen met papier"."""
    forgets = isinstance(read, Command) and read.name in NOT_LIGHTLY
    return NOT_UNDERSTOOD if forgets and OF_SOMETHING_ELSE.search(clean) else read


def _doubt_answer(scan: Scan, heard: Heard, clean: str) -> Understood | None:
    """Yes or no to a counter-question, or that none of the offered answers is meant."""
    if not scan.doubt or scan.doubt.kind == "anders":
        return None
    if scan.doubt.kind == "kies":
        if clean in NO or NONE_OF_THESE.fullmatch(clean):
            return _button(scan, "nee")
        return _of_two_trades(scan, scan.doubt, clean) if scan.open == "bedrijf" else None
    if clean in YES:
        return _button(scan, "ja")
    if clean in NO:
        return _button(scan, "nee")
    ranking = Ranking.of(heard.intents, heard.intents)
    said = max(("ja", "nee"), key=lambda name: ranking.shares.get(name, 0.0))
    return _button(scan, said) if ranking.shares.get(said, 0.0) >= YES_OR_NO else None


def _of_two_trades(scan: Scan, doubt: Doubt, clean: str) -> Understood | None:
    """The trade that is meant by "repareren" where "Ik repareer ze" is offered; "allebei" asks which earns most."""
    if BOTH.fullmatch(clean) and doubt.ask != MAIN_ACTIVITY:
        return AskBack(replace(doubt, ask=MAIN_ACTIVITY), failed=True)
    said = {word[:SAME_START] for word in clean.split() if len(word) >= SAME_START} - {"bedri"}
    if len(clean.split()) > FEW_WORDS or DENIED & set(clean.split()):
        return None
    named = [
        candidate.code
        for candidate in doubt.candidates
        if said & {word[:SAME_START] for word in words(candidate.titel) if len(word) >= SAME_START}
    ]
    return _button(scan, named[0]) if len(named) == 1 else None
