"""The questions of the scan, their options, and the rules of the score, as `intake.yaml` holds them."""

from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from knowledge.catalogue import SizeClass, StageId, Theme
from knowledge.loading import Document, KnowledgeError, Problem, blank_texts, convert, read, same_titles, texts_in

UNKNOWN = "weet_niet"  # "I do not know" at a scored question or the hulpvraag: 0 points, counted
NOT_APPLICABLE = "nvt"  # the question does not fit the firm: left out of the score
DOES_NOT_FIT = "past_niet"  # intent of answers that mean NOT_APPLICABLE
OPEN = "onbekend"  # a profile question left open: fits every grootte, and only the regio "regio" and "landelijk"
OUTSIDE_REGION = "buiten_regio"
MAY_BE_LEFT_OPEN = ("personen", "bedrijf", "gemeente")  # profile questions that may be left open
DO_NOT_KNOW = "Weet ik niet"  # the button for UNKNOWN and OPEN


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer that can be chosen: its code, its button, and what it says about the firm."""

    waarde: str
    titel: str
    zin: str
    titelAlleen: str | None = None  # for somebody who works alone


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. A question with a `gewicht` is scored 0 to 3; the others make the profile."""

    id: str
    deel: Literal["kern", "verdieping"]
    levert: tuple[str, ...]
    kort: str
    vraag: str
    nogeens: str
    waarom: str
    uitleg: str
    opties: tuple[Option, ...] = ()
    gewicht: Annotated[int, msgspec.Meta(ge=1)] | None = None
    bron: str | None = None
    vraagAlleen: str | None = None
    nvt: str | None = None
    ja: str | None = None
    nee: str | None = None
    weetNiet: str | None = None
    stappen: tuple[str, ...] = ()

    @property
    def scored(self) -> bool:
        """Whether the answer counts in the maturity score."""
        return self.gewicht is not None

    @property
    def unknown(self) -> str:
        """The code of "I do not know" here."""
        return OPEN if self.id in MAY_BE_LEFT_OPEN else UNKNOWN

    def option(self, code: str) -> Option | None:
        """The option with this code, if it is one of the listed ones."""
        return next((option for option in self.opties if option.waarde == code), None)

    def choices(self, *, alone: bool = False) -> tuple[tuple[str, str], ...]:
        """Code and button text of everything that can be chosen, in the order of the buttons."""
        listed = [(o.waarde, o.titelAlleen if alone and o.titelAlleen else o.titel) for o in self.opties]
        if self.nvt:
            listed.append((NOT_APPLICABLE, self.nvt))
        if self.scored:
            listed.append((UNKNOWN, DO_NOT_KNOW))
        return tuple(listed)

    def intent(self, code: str) -> str:
        """The intent of the training data in data/nlu that stands for an answer."""
        if code == NOT_APPLICABLE:
            return DOES_NOT_FIT
        return UNKNOWN if code == UNKNOWN else f"{self.id}_{code.replace('/', '_')}"

    def text(self, *, alone: bool = False) -> str:
        """The question as it is asked."""
        return self.vraagAlleen if alone and self.vraagAlleen else self.vraag

    def statement(self, code: str) -> str:
        """What an answer says about the firm, as a sentence to the entrepreneur."""
        option = self.option(code)
        if option:
            return option.zin
        if code == NOT_APPLICABLE:
            return f"{self.kort} past niet bij je bedrijf."
        return self.weetNiet or f"{self.kort}: niet ingevuld."


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stage of digital maturity: the scores it holds, both ends included, and its words."""

    id: StageId
    van: int
    tot: int
    label: str
    betekenis: str


class Scoring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of the score. The working group owns them."""

    maximum: int
    fasen: tuple[Stage, ...]
    voorlopigBijWeetNiet: int
    veiligheid: tuple[str, ...]
    bijnaAlles: str


class Intake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All questions in the order in which they are asked, and the scoring."""

    versie: int
    vragen: tuple[Question, ...]
    scoring: Scoring

    def question(self, identifier: str) -> Question:
        """The question with this id. Raises KeyError when there is none."""
        for question in self.vragen:
            if question.id == identifier:
                return question
        raise KeyError(identifier)

    def part(self, deel: str) -> tuple[Question, ...]:
        """The questions of one half of the scan: "kern" or "verdieping"."""
        return tuple(question for question in self.vragen if question.deel == deel)

    @property
    def core(self) -> tuple[Question, ...]:
        """The nine questions of the core scan."""
        return self.part("kern")

    @property
    def further(self) -> tuple[Question, ...]:
        """The five questions that are offered after the first result."""
        return self.part("verdieping")

    @property
    def scored(self) -> tuple[Question, ...]:
        """The ten questions that count in the score."""
        return tuple(question for question in self.vragen if question.scored)

    def subject(self, intent: str) -> str:
        """What an intent of data/nlu speaks of: the question that it answers, or the intent itself."""
        return next((q.id for q in self.vragen if intent == q.id or intent.startswith(f"{q.id}_")), intent)

    def stage(self, identifier: str) -> Stage:
        """The stage with this id. Raises KeyError when there is none."""
        for stage in self.scoring.fasen:
            if stage.id == identifier:
                return stage
        raise KeyError(identifier)


def load_intake(path: Path) -> Intake:
    """Read the questions. Raises KnowledgeError with every fault that was found."""
    document = read(path)
    intake = convert(document, Intake)
    problems = blank_texts(document)
    seen: dict[str, int] = {}
    for index, question in enumerate(intake.vragen):
        where = ("vragen", index, "id")
        if question.id in seen:
            problems.append(
                document.problem(where, f"De vraag '{question.id}' staat er twee keer.", "Haal er een weg.")
            )
        seen[question.id] = index
        codes = [option.waarde for option in question.opties]
        if len(codes) != len(set(codes)):
            problems.append(
                document.problem(("vragen", index, "opties"), "Twee opties hebben dezelfde waarde.", "Maak ze uniek.")
            )
        problems += _wording_problems(document, index, question)
        if question.scored and (codes != ["0", "1", "2", "3"] or len(question.stappen) != 3 or not question.weetNiet):
            remedy = "Geef opties 0, 1, 2 en 3, drie stappen en een tekst bij weetNiet."
            problems.append(document.problem(where, f"De vraag '{question.id}' is niet compleet.", remedy))
        for answer in (question.ja, question.nee):
            if answer is not None and answer not in codes:
                problems.append(document.problem(where, f"'{answer}' is geen optie.", "Kies een waarde uit opties."))
    problems += _profile_problems(document, intake) + _stage_problems(document, intake)
    for identifier in intake.scoring.veiligheid:
        if identifier not in seen:
            what = f"De vraag '{identifier}' bestaat niet."
            problems.append(document.problem(("scoring", "veiligheid"), what, "Noem een id uit vragen."))
    if problems:
        raise KnowledgeError(problems)
    return intake


def _wording_problems(document: Document, index: int, question: Question) -> list[Problem]:
    """Buttons that are the same for somebody who works alone or for others, and braces: nothing is filled in here."""
    options: tuple[str | int, ...] = ("vragen", index, "opties")
    buttons = {tuple(title for _, title in question.choices(alone=alone)) for alone in (False, True)}
    problems = {problem for titles in buttons for problem in same_titles(document, options, titles)}
    for steps, text in texts_in(document.data["vragen"][index]):
        if set(text) & set("{}"):
            what = "Hier staat een accolade, en in een vraag wordt niets ingevuld."
            problems.add(document.problem(("vragen", index, *steps), what, "Schrijf het woord voluit, zonder { en }."))
    return list(problems)


# The profile questions that matching needs, with the codes of their options; those of the other two come from look-ups.
_PROFILE = {"personen": get_args(SizeClass), "bedrijf": (), "gemeente": (), "hulpvraag": get_args(Theme)}


def _profile_problems(document: Document, intake: Intake) -> list[Problem]:
    """Profile questions that are missing, and options that the catalogue does not know."""
    problems = []
    places = {question.id: index for index, question in enumerate(intake.vragen)}
    for identifier, codes in _PROFILE.items():
        if identifier not in places:
            what = f"De vraag '{identifier}' ontbreekt."
            problems.append(document.problem(("vragen",), what, "Zet hem terug: het advies hangt ervan af."))
        elif {option.waarde for option in intake.question(identifier).opties} != set(codes):
            where = ("vragen", places[identifier], "opties")
            what = f"De opties van '{identifier}' zijn anders dan die van de initiatieven."
            remedy = f"Gebruik precies deze waarden: {', '.join(codes) or 'geen'}."
            problems.append(document.problem(where, what, remedy))
    return problems


def _stage_problems(document: Document, intake: Intake) -> list[Problem]:
    """Gaps and overlaps between the stages: together they must hold every score exactly once."""
    problems = []
    expected = 0
    for index, stage in enumerate(intake.scoring.fasen):
        if stage.van != expected or stage.tot < stage.van:
            what = f"De fase '{stage.id}' loopt van {stage.van} tot {stage.tot}, maar moet beginnen bij {expected}."
            remedy = "Laat de grenzen op elkaar aansluiten, zonder gat en zonder overlap."
            problems.append(document.problem(("scoring", "fasen", index), what, remedy))
        expected = stage.tot + 1
    if expected != intake.scoring.maximum + 1:
        what = f"De laatste fase eindigt bij {expected - 1}, de hoogste score is {intake.scoring.maximum}."
        problems.append(document.problem(("scoring", "fasen"), what, "Laat de laatste fase eindigen bij het maximum."))
    return problems
