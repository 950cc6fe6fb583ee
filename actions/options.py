"""What a typed answer to a question with options means: certain, unsure or no idea.

The classifier's probabilities are limited to the options of the open question, not knowing, and what people say in
between. An option that leads clearly is taken; otherwise one counter-question follows, and when the two likeliest do
not hold nearly everything, all buttons.
"""

from actions.meanings import Answers, Aside, AskBack, Command, Heard, Understood
from actions.phrases import ASIDES, COMMANDS, NO, NONSENSE, NOT_KNOWING, SAID_UNKNOWN, STEERING, YES
from actions.ranking import Ranking
from knowledge.intake import UNKNOWN, Question
from knowledge.scan import Candidate, Doubt, Scan

# Probability from which something is taken without asking: not knowing, and something said in between.
UNKNOWN_CERTAIN, ASIDE_CERTAIN = 0.55, 0.50
# Lead of the likeliest option on the next, times how much speaks of an answer at all, from which it is taken. Of what
# was tried on the evaluation this told right from wrong best: the lead says more than the probability itself. In
# cross-validation of the training data a threshold of its own for each question, or for long texts, gained nothing.
CERTAIN = 0.60
# What forgets the answers has to be said beyond doubt.
NOT_LIGHTLY, BEYOND_DOUBT = frozenset({"stop", "opnieuw"}), 0.70
# Who is no victim should not be told to call the police.
EMERGENCY, AN_EMERGENCY = "gehackt_nu", 0.55
# "Ik verzuip in de bonnetjes" is despair, and at the question what somebody wants help with it is the answer too.
COMPLAINT, WANTED, CLEAR_COMPLAINT = Aside("wanhoop"), "hulpvraag", 0.70
# After a counter-question one of the offered answers needs less: the choice is small.
CERTAIN_OF_OFFERED = 0.20
# One candidate this much ahead of the next is asked back alone; the two likeliest are offered when they hold this much.
AHEAD, BOTH = 8.0, 0.85
# From this share of not knowing "is it this one?" may well be in vain: two are offered, with not knowing beside them.
MAY_NOT_KNOW = 0.10
# Somebody who says not to know, and then says something as clear as this, is asked back.
SURE_ALL_THE_SAME = 0.97
# Below this share of all probability nothing is said at all of what it is a share of.
LEAST = 0.03
# Below this share of all probability a text does not speak of what the open question asks.
ON_TOPIC = 0.02


def option_answer(scan: Scan, question: Question, heard: Heard, clean: str) -> Understood | None:
    """What a text means at this question; None when it is not understood."""
    if clean in SAID_UNKNOWN:
        return Answers(((question.id, UNKNOWN),))
    if len(clean) == 1 or clean.isdecimal():  # the number or letter of a button that is not there
        return None
    bare = question.ja if clean in YES else question.nee if clean in NO else None
    if bare:
        return Answers(((question.id, bare),))
    codes = {question.intent(code): code for code, _ in question.choices() if code != UNKNOWN}
    ranking = Ranking.of(heard.intents, heard.intents)
    options = Ranking.of(heard.intents, codes)
    name, lead = options.lead
    aside = said_in_between(ranking)
    if aside == COMPLAINT and question.id == WANTED and lead >= CLEAR_COMPLAINT and options.mass >= ON_TOPIC:
        return Answers(((question.id, codes[name]),))
    if aside:
        return aside
    unknown = ranking.shares.get(UNKNOWN, 0.0)
    # Whatever speaks of another question is an answer to this one too, in the words of that other one.
    answering = 1 - unknown - ranking.share({NONSENSE, *ASIDES, *COMMANDS})
    confidence = lead * answering
    if NOT_KNOWING.search(clean) and unknown > LEAST and confidence < SURE_ALL_THE_SAME:
        unknown = max(unknown, UNKNOWN_CERTAIN)
    if unknown >= UNKNOWN_CERTAIN:
        return Answers(((question.id, UNKNOWN),))
    if options.mass < ON_TOPIC or answering < ranking.shares.get(NONSENSE, 0.0):
        return None
    needed = CERTAIN_OF_OFFERED if name and codes[name] in scan.offered else CERTAIN
    if confidence >= needed:
        return Answers(((question.id, codes[name]),))
    return _unsure(scan, question, options, codes, alone=unknown < MAY_NOT_KNOW)


def _unsure(scan: Scan, question: Question, options: Ranking, codes: dict[str, str], *, alone: bool) -> AskBack | None:
    """One counter-question about the two likeliest, or, if it may, about the likeliest alone; None for any."""
    ordered = options.ordered
    if len(ordered) < 2:
        return None
    (first, share), (second, next_share) = ordered[:2]
    if alone and share >= AHEAD * next_share:
        return AskBack(Doubt("bevestig", (candidate(scan, question, codes[first]),)))
    if share + next_share >= BOTH:
        return AskBack(Doubt("kies", tuple(candidate(scan, question, codes[name]) for name in (first, second))))
    return None


def candidate(scan: Scan, question: Question, code: str) -> Candidate:
    """An option as it is asked back."""
    title = dict(question.choices(alone=scan.alone))[code]
    return Candidate(code, title, question.statement(code).rstrip("."))


def said_in_between(ranking: Ranking) -> Aside | Command | None:
    """A question back, another moment, or a command in words, when together they stand out from an answer."""
    possible = {name: share for name, share in ranking.shares.items() if name in ASIDES or name in STEERING}
    if sum(possible.values()) < ASIDE_CERTAIN:
        return None
    name = max(possible, key=lambda intent: possible[intent])
    if name in NOT_LIGHTLY and possible[name] < BEYOND_DOUBT:
        return None
    if name == EMERGENCY and possible[name] < AN_EMERGENCY:
        return None
    return Aside(name) if name in ASIDES else Command(name)
