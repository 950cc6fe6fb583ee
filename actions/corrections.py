"""An earlier answer that somebody changes in words: "o wacht, we zijn met twaalf", "toch hou ik het bij in Excel".

Size, trade and place are read again, from what is said to be so; what is said not to be so tells which answer is meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.meanings import Answers, Command, Heard
from actions.phrases import NAMED, NOT_KNOWING, SPEAKS_OF
from actions.profile import certain_readings
from actions.ranking import Ranking
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.intake import MAY_BE_LEFT_OPEN, UNKNOWN
from knowledge.retold import RETOLD, Retold, retold
from knowledge.scan import Scan

_IT_IS = re.compile(
    r"^(?:(?:o|wacht|trouwens|eigenlijk|sorry) )*(?:het|dat|t|'t) (?:is|was|moet)(?: trouwens| eigenlijk| dus)? "
)
ALONE = "1"  # the size class
SHORT, NAME_ALONE = 4, 2  # words, up to which a message has room for one thing: "blaricum sorry", "11, niet 1"
NOT_KNOWN = 0.30  # probability from which somebody does not know, and corrects nothing
# How much of all answers an earlier question must have, and its option of that question, to change it unasked. Who says
# that an earlier answer is to change has to be less clear about which, and where the option is not clear it is asked.
ON_EARLIER, CERTAIN = 0.75, 0.70
SAID_TO_CHANGE, ASK_AGAIN, OF_ANOTHER = 0.50, 0.60, 0.15
# How much of all that was heard has to speak of an answer.
TURNED_AT_ALL, SAID_AT_ALL = 0.50, 0.30
# Share of all answers from which a text speaks of a question, and from which it speaks of no other.
ON_SUBJECT, ON_THIS = 0.50, 0.85


@dataclass(frozen=True)
class _Said:
    """What was said, and how much of all answers each question has in it as the classifier hears it."""

    told: Retold
    clean: str
    subjects: Mapping[str, float]

    @property
    def short(self) -> bool:
        return _has_room_for_one(self.clean)

    def elsewhere(self, question: str) -> float:
        """How much another question has at most."""
        return max((share for subject, share in self.subjects.items() if subject != question), default=0.0)

    def names(self, question: str) -> bool:
        return SPEAKS_OF[question].search(self.clean) is not None

    def to_change(self, question: str) -> bool:
        """Whether it is this answer that is said to change."""
        heard = question == "gemeente" or (question == "personen" and self.subjects.get(question, 0.0) >= ON_SUBJECT)
        named = self.names(question) and self.elsewhere(question) < ON_THIS
        # A name alone says where the firm is, whatever was asked; of what firms do, much else is said in passing.
        alone = self.short or (self.told.turns and not self.told.not_so)
        by_itself = question == "gemeente" and alone and len(_IT_IS.sub("", self.told.so).split()) <= NAME_ALONE
        return (
            (self.told.changes and (heard or named))
            or (self.told.turns and named and question != "bedrijf")
            or by_itself
        )

    def of_another(self, question: str, code: str) -> bool:
        """Whether "alleen" is said of something else: "we doen er alleen niks mee"."""
        return code == ALONE and self.elsewhere(question) >= ON_SUBJECT


def _has_room_for_one(clean: str) -> bool:
    return len(clean.split()) <= SHORT


def corrected(knowledge: Knowledge, scan: Scan, heard: Heard, clean: str) -> Answers | Command | None:
    """The answers that change, or the question to ask again; None when nothing is corrected beyond doubt."""
    told = retold(heard.text)
    if not (told.changes or told.turns or told.not_so or _has_room_for_one(clean)):
        return None
    said = _Said(told, clean, _subjects(knowledge, heard))
    given = _profile(knowledge, scan, said)
    if not given and told.turns and said.subjects.get(scan.open or "", 0.0) < ON_THIS:
        given = {
            name: code
            for name, code in certain_readings(heard).items()
            if name != scan.open and scan.answers.get(name, code) != code and not said.of_another(name, code)
        }
    if given:
        return Answers(tuple(given.items()), correction=True)
    if NOT_KNOWING.search(clean) or heard.intents.get(UNKNOWN, 0.0) >= NOT_KNOWN:
        return _named(scan, clean) if told.changes else None
    if told.changes or (told.turns and told.not_so):
        return _option(knowledge, scan, heard, told_to=True) or (_named(scan, clean) if told.changes else None)
    return _option(knowledge, scan, heard, told_to=False) if told.turns else None


def _subjects(knowledge: Knowledge, heard: Heard) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for question in knowledge.intake.vragen:
        codes = knowledge.sectors.codes if question.id == "bedrijf" else [code for code, _ in question.choices()]
        found[question.id] = sum(heard.intents.get(question.intent(code), 0.0) for code in codes if code != UNKNOWN)
    whole = sum(found.values())
    return {name: share / whole for name, share in found.items()} if whole else {}


def _profile(knowledge: Knowledge, scan: Scan, said: _Said) -> dict[str, str]:
    """Size, trade and place as they are now said to be, of those that were answered before."""
    given = {}
    for name, read in (("personen", _size), ("bedrijf", _trade), ("gemeente", _place)):
        before = scan.answers.get(name)
        if name == scan.open or before is None or not (said.told.not_so or said.to_change(name)):
            continue  # nothing is taken back, and it is not this that changes
        code = read(knowledge, before, said)
        if code and not said.of_another(name, code):
            given[name] = code
    return given


def _size(_: Knowledge, before: str, said: _Said) -> str | None:
    now, then = read_headcount(said.told.so), read_headcount(said.told.not_so)
    if now is None or len(now.classes) > 1 or now.vague:
        return None
    of_people = said.names("personen") or said.short or now.explicit or (then is not None and then.explicit)
    takes_back = then is not None and before in then.classes
    return now.classes[0] if said.to_change("personen") or (takes_back and of_people) else None


def _trade(knowledge: Knowledge, before: str, said: _Said) -> str | None:
    now, then = knowledge.sectors.read(said.told.so), knowledge.sectors.read(said.told.not_so)
    if now is None or not now.certain:
        return None
    takes_back = then is not None and then.certain and before in (one.code for one in then.sectors)
    code = now.sectors[0].code
    return code if code != before and (said.to_change("bedrijf") or takes_back) else None


def _place(knowledge: Knowledge, before: str, said: _Said) -> str | None:
    today = date.today()
    now, then = knowledge.places.read(said.told.so, today), knowledge.places.read(said.told.not_so, today)
    others = [place.code for place in now.places if place.code != before] if now else []
    if now is None or len(others) != 1:
        return None
    takes_back = len(now.places) > 1 or (then is not None and before in {place.code for place in then.places})
    return others[0] if takes_back or (now.certain and said.to_change("gemeente")) else None


def _option(knowledge: Knowledge, scan: Scan, heard: Heard, *, told_to: bool) -> Answers | Command | None:
    """An answer to an earlier question with options, where the words speak of nothing else."""
    codes = {
        question.intent(code): (question.id, code)
        for question in knowledge.intake.vragen
        if question.id not in MAY_BE_LEFT_OPEN and (question.id == scan.open or question.id in scan.answers)
        for code, _ in question.choices()
        if code != UNKNOWN
    }
    intents = heard.readings.get(RETOLD, {}).get("intents") or heard.intents
    ranking = Ranking.of(intents, codes)
    if ranking.mass < (SAID_AT_ALL if told_to else TURNED_AT_ALL):
        return None
    shares = dict.fromkeys((question for question, _ in codes.values()), 0.0)
    for intent, (question, _) in codes.items():
        shares[question] += ranking.shares.get(intent, 0.0)
    question, share = max(shares.items(), key=lambda one: one[1])
    if question == scan.open or share < (SAID_TO_CHANGE if told_to else ON_EARLIER):
        return None
    before = (question, scan.answers[question])
    if not told_to and codes[ranking.first[0]] == before:
        return None
    # Who corrects himself may name what he said before, and does not mean it.
    others = [intent for intent, told in codes.items() if told[0] == question and told != before]
    name, part = Ranking.of(intents, others).first
    if part < CERTAIN or ranking.share(others) / share < OF_ANOTHER:
        return Command("wijzig", question) if told_to and share >= ASK_AGAIN else None
    return Answers((codes[name],), correction=True)


def _named(scan: Scan, clean: str) -> Command | None:
    """The question that is named as one to change, when what it changes to is not clear."""
    named = [name for name, pattern in NAMED.items() if pattern.search(clean) and name != scan.open]
    return Command("wijzig", named[0]) if len(named) == 1 and named[0] in scan.answers else None
