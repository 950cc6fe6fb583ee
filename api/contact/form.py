"""What somebody filled in to be contacted: checked, or what to mend. Nothing of it is stored here."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from api.leads.contact import Contact, ContactFaults, contact
from api.portal.dependencies import text_of
from api.portal.tokens import new_token
from knowledge.languages import DUTCH, shipped

KEY = "formulier"
CHOICE = "initiatief"
TYPED = ("naam", "email", "telefoon", "voorkeur", "moment", "toelichting")
WORDS = shipped()[DUTCH]["contact"]
NONE_CHOSEN = WORDS["niemandGekozen"]
NO_LONGER = WORDS["nietMeer"]

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def hash_field(initiative: str) -> str:
    """Name of the hidden field that tells which text of consent was shown for an initiative."""
    return f"tekst-{initiative}"


@dataclass(frozen=True)
class Filled:
    """The form as it was read: `chosen` has the hash of the text that was shown, by the id of each initiative.

    `contact` is there when nothing is wrong with it; `faults` tell what is, by the name of the field.
    """

    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    contact: Contact | None = None
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def request_key(self) -> str:
        """The same for the same contents of the same page: sent twice they are one request, mended they are another."""
        return json.dumps([self.key, sorted(self.typed.items()), sorted(self.chosen.items())])


def blank() -> Filled:
    """An empty form, in which nothing is ticked."""
    return Filled(new_token())


def read(form: FormData, shown: Sequence[str], offered: Sequence[str]) -> Filled:
    """Read a form that was sent. `shown` are the initiatives of the result, `offered` those that can be asked now.

    Others count as not ticked.
    """
    key = text_of(form, KEY)
    ticked = [identifier for identifier in shown if identifier in form.getlist(CHOICE)]
    chosen = {identifier: text_of(form, hash_field(identifier)) for identifier in ticked if identifier in offered}
    typed = {name: text_of(form, name) for name in TYPED}
    faults, found = {}, None
    if len(chosen) < len(ticked):
        faults[CHOICE] = NO_LONGER
    elif not chosen:
        faults[CHOICE] = NONE_CHOSEN
    try:
        found = contact(typed)
    except ContactFaults as wrong:
        faults |= wrong.faults
    return Filled(key if _KEY.fullmatch(key) else new_token(), typed, chosen, found, faults)
