"""What somebody filled in on the form: the answers as codes, or what to ask once more. Typed words go no further."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from api.intakes.lists import Choice, LookUp, read_place, read_sector
from api.intakes.service import IntakeAnswers, IntakeService
from knowledge.base import Knowledge
from knowledge.intake import Question
from knowledge.languages import DUTCH, shipped
from knowledge.personal_data import Kind, Redacted, redact
from knowledge.words import visible

TOKEN = "formulier"  # noqa: S105  # the name of a field
LONGEST = 500  # characters, as a message of the conversation
NONE_OF_THESE = "anders"
LOOKED_UP: dict[str, LookUp] = {"bedrijf": read_sector, "gemeente": read_place}

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")

WORDS = shipped()[DUTCH]["formulier"]
MISSING = {"bedrijf": WORDS["leegBedrijf"], "gemeente": WORDS["leegGemeente"]}
NOT_FOUND = {"bedrijf": WORDS["onbekendBedrijf"], "gemeente": WORDS["onbekendGemeente"]}
SEVERAL = {"bedrijf": WORDS["meerBedrijf"], "gemeente": WORDS["meerGemeente"]}
LARGER_AREA = WORDS["groterGebied"]
TOO_LONG = WORDS["teLang"].format(aantal=LONGEST)
DIFFERENT = WORDS["anders"]
TWO_CHOSEN = WORDS["tweeGekozen"]


def words_field(question: str) -> str:
    """Name of the field with somebody's own words."""
    return f"{question}-woorden"


def radio_field(question: str) -> str:
    """Name of the choice between what those words may stand for."""
    return f"{question}-keuze"


def list_field(question: str) -> str:
    """Name of the list that can be chosen from instead."""
    return f"{question}-lijst"


def suggestion_field(question: str) -> str:
    """Name of the hidden field with the code that the list was opened at, which nobody has chosen yet."""
    return f"{question}-voorstel"


def new_token() -> str:
    """A random token for one form page, so that sending the page twice counts once."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with the answer to one question, and the id of the control where it can be mended."""

    message: str
    control: str


@dataclass(frozen=True)
class Ask:
    """A counter-question about typed words: which of these is meant."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Filled:
    """A form as it was read.

    `values` is what its fields show when the page comes back, `answers` are the codes of what is clear, `troubles`,
    `asks` and `personal` (kinds of personal data that were taken out of the words) are by question id.
    """

    token: str
    values: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)
    personal: Mapping[str, tuple[Kind, ...]] = field(default_factory=dict)

    @property
    def intake(self) -> IntakeAnswers:
        """The answers, for the service."""
        return IntakeAnswers(self.answers)


def blank(knowledge: Knowledge, suggestion: str | None, today: date) -> Filled:
    """An empty form, with a municipality to suggest."""
    if suggestion is None:
        return Filled(new_token())
    code = knowledge.municipalities.current(suggestion, today)
    return Filled(new_token(), {list_field("gemeente"): code, suggestion_field("gemeente"): code})


def again(knowledge: Knowledge, service: IntakeService, fields: Mapping[str, str], today: date) -> Filled:
    """The form with answers that were given before, to change them."""
    values = {}
    for question in knowledge.intake.vragen:
        name = list_field(question.id) if question.id in LOOKED_UP else question.id
        values[name] = _code(knowledge, service, question, fields.get(question.id, ""), today)
    return Filled(_token(fields), values)


def read(knowledge: Knowledge, service: IntakeService, fields: Mapping[str, str], today: date) -> Filled:
    """Read a form that was sent. What it does not know is left out, as if it was not filled in."""
    read_one = {
        question.id: _looked_up(knowledge, service, question, fields, today)
        if question.id in LOOKED_UP
        else _chosen(service, question, number, fields)
        for number, question in enumerate(knowledge.intake.vragen, start=1)
    }
    outcomes = {name: one.outcome for name, one in read_one.items()}
    return Filled(
        token=_token(fields),
        values={name: value for one in read_one.values() for name, value in one.values.items()},
        answers={name: outcome for name, outcome in outcomes.items() if isinstance(outcome, str)},
        troubles={name: outcome for name, outcome in outcomes.items() if isinstance(outcome, Trouble)},
        asks={name: one.ask for name, one in read_one.items() if one.ask},
        personal={name: one.personal for name, one in read_one.items() if one.personal},
    )


def _code(knowledge: Knowledge, service: IntakeService, question: Question, given: str, today: date) -> str:
    """A code that was sent, as it holds today; empty when it is no answer to the question."""
    if not service.known(question, given):
        return ""
    return knowledge.municipalities.current(given, today) if question.id == "gemeente" else given


def _token(fields: Mapping[str, str]) -> str:
    given = fields.get(TOKEN, "")
    return given if _TOKEN.fullmatch(given) else new_token()


@dataclass(frozen=True)
class _One:
    """One question as it was read. The outcome is a code, what is wrong, or None for a further question left out."""

    values: dict[str, str]
    outcome: str | Trouble | None
    ask: Ask | None = None
    personal: tuple[Kind, ...] = ()


def _chosen(service: IntakeService, question: Question, number: int, fields: Mapping[str, str]) -> _One:
    """A question with options to choose from."""
    code = fields.get(question.id, "")
    if service.known(question, code):
        return _One({question.id: code}, code)
    if question.deel != "kern":
        return _One({}, None)
    return _One({}, Trouble(WORDS["kiesBij"].format(nummer=number, onderwerp=question.kort), f"{question.id}-1"))


def _looked_up(
    knowledge: Knowledge, service: IntakeService, question: Question, fields: Mapping[str, str], today: date
) -> _One:
    """A question with words of one's own, a list instead, and a choice between what the words may stand for."""
    name = question.id
    typed = visible(fields.get(words_field(name), ""))
    redacted = redact(typed) if len(typed) <= LONGEST else Redacted(typed)
    listed = _code(knowledge, service, question, fields.get(list_field(name), ""), today)
    # A list that still stands at the suggestion was chosen by nobody: words count more.
    suggested = listed != "" and listed == fields.get(suggestion_field(name))
    own = "" if suggested and typed else listed
    radio = fields.get(radio_field(name), "")
    values = {words_field(name): redacted.text, radio_field(name): radio, list_field(name): own}
    if suggested and own:
        values[suggestion_field(name)] = own
    outcome, ask = _settle(knowledge, name, today, text=redacted.text, radio=radio, own=own)
    return _One(values, outcome, ask, redacted.found)


def _settle(
    knowledge: Knowledge, name: str, today: date, *, text: str, radio: str, own: str
) -> tuple[str | Trouble, Ask | None]:
    """The code that words, choice and list lead to, or what is in the way; and what the words may stand for.

    What was chosen counts as far as it belongs to the words as they are now: they may have been changed since.
    """
    in_words, in_list = words_field(name), list_field(name)
    if not text:
        return own or Trouble(MISSING[name], in_words), None
    if len(text) > LONGEST:
        return Trouble(TOO_LONG, in_words), None
    found = LOOKED_UP[name](knowledge, text, today)
    if found is None or not found.choices:
        return own or Trouble(NOT_FOUND[name] if found is None else LARGER_AREA, in_list), None
    codes = [code for code, _ in found.choices]
    if found.certain:
        return (Trouble(DIFFERENT, in_words) if own not in ("", codes[0]) else codes[0]), None
    ask = Ask(found.ask, (*found.choices, (NONE_OF_THESE, WORDS["geenVanDeze"])))
    if radio in codes:
        return (Trouble(TWO_CHOSEN, in_list) if own not in ("", radio) else radio), ask
    if own:
        return own, ask
    if radio == NONE_OF_THESE:
        return Trouble(NOT_FOUND[name], in_list), ask
    return Trouble(SEVERAL[name], f"{radio_field(name)}-1"), ask
