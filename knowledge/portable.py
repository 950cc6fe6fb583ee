"""The rules of the intake as data, for a client that has to work without a connection.

A client that runs these rules itself gets every question, name, word, number and pattern from here, so that nothing is
written down twice: only the steps of the look-ups and of the matching are, and the tests hold both to the same results.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any

import msgspec

from knowledge import catalogue, intake, matching, place_context, places, sectors, words
from knowledge.base import Knowledge

VERSION_LETTERS = 12  # hexadecimal

# What clients need of each module: its public names in capitals.
_CONSTANTS: dict[ModuleType, tuple[str, ...]] = {
    catalogue: ("OUTDATED_AFTER_MONTHS",),
    intake: ("UNKNOWN", "NOT_APPLICABLE", "OPEN", "OUTSIDE_REGION", "MAY_BE_LEFT_OPEN", "DO_NOT_KNOW"),
    words: ("WORD", "APOSTROPHES", "ENDINGS", "SHORTEST_STEM", "VOWELS", "SOUNDS"),
    sectors: (
        *("LONGEST_PHRASE", "FUZZY_FROM", "FUZZY_CUTOFF", "ALL_BUT_EXACT", "LONG_WORD", "COMPOUND_FROM"),
        *("SHORTEST_MODIFIER", "MAIN_ACTIVITY", "OF_CUSTOMERS", "OF_CUSTOMERS_WITHIN", "DENIED"),
    ),
    places: (
        *("LONGEST_NAME", "LONGEST_MISSPELT", "FUZZY_FROM", "FUZZY_CUTOFF", "NEAREST", "CERTAIN_FUZZY"),
        *("CLEAR_MARGIN", "EXACT", "POSTCODE", "SAID_OUTSIDE", "ALSO_WORDS", "NEARLY_ALONE", "NEARBY"),
        *("BEFORE_PLACES", "STOP_WORDS", "OUTSIDE", "GELDERLAND", "PROVINCE", "COMMON_IN_TITLES"),
    ),
    place_context: (
        *("DENIED_WITHIN", "DENIES", "DENIES_SOMETHING_ELSE", "ELSEWHERE", "SEATED", "SEATED_NOW", "NEAR_BEFORE"),
        *("NEAR_AFTER", "MOVED", "GOING_TO_MOVE", "FROM", "TO", "PUNCTUATION", "TURNS", "AND", "AFTER_AND"),
    ),
    matching: (
        *("SHOWN_AT_MOST", "SAFE_WORKING", "ALSO_SAFE_WORKING", "LARGE", "CYBER_NEAR", "CYBER_NATIONAL"),
        *("INNOVATION", "EVERYBODY", "NEAR_FIRST", "GROUPS"),
    ),
}

# Classes of Python's patterns as JavaScript has them (with the flag u), for text in normal form (see words.py).
_WORD_CHARACTER = r"[\p{L}\p{N}_]"
_CLASSES = {
    r"[^\W_]": r"[\p{L}\p{N}]",
    r"[\w]": _WORD_CHARACTER,
    r"\b": f"(?:(?<={_WORD_CHARACTER})(?!{_WORD_CHARACTER})|(?<!{_WORD_CHARACTER})(?={_WORD_CHARACTER}))",
    r"\s": " ",
    r"\+": r"\+",
    r"\1": r"\1",
}
_ESCAPED = re.compile(r"\[\^?\\\w*_?\]|\\.")


def portable(knowledge: Knowledge) -> dict[str, Any]:
    """Everything that a client needs to take a scan, in types that JSON has; what is empty is left out.

    `versie` names the contents: other contents, another name.
    """
    content = {
        "vragen": [_of(question, leave_out=("bron", "levert", "ja", "nee")) for question in knowledge.intake.vragen],
        "scoring": _of(knowledge.intake.scoring),
        "initiatieven": _initiatives(knowledge.catalogue),
        "gemeenten": _municipalities(knowledge),
        "sectoren": _sectors(knowledge),
        "teksten": _of(knowledge.texts, leave_out=("persoonsgegevens", "bevestigd")),
        "constanten": {
            module.__name__.rpartition(".")[2]: {name: _plain(getattr(module, name)) for name in names}
            for module, names in _CONSTANTS.items()
        },
    }
    written = json.dumps(content, sort_keys=True).encode()
    return {"versie": hashlib.sha256(written).hexdigest()[:VERSION_LETTERS], **content}


def browser_pattern(pattern: str) -> str:
    """A pattern of Python as JavaScript reads it. Raises ValueError for a class of which that is not known."""

    def replaced(match: re.Match[str]) -> str:
        try:
            return _CLASSES[match.group()]
        except KeyError:
            raise ValueError(f"{match.group()} in {pattern} has no counterpart in a browser: add it") from None

    return _ESCAPED.sub(replaced, pattern)


def _initiatives(entries: catalogue.Catalogue) -> list[dict[str, Any]]:
    """Those to which anybody can be referred, with what matching and advice need of them."""
    needed = ("id", "naam", "groep", "soort", "gezien", "regio", "thema", "fase", "grootte", "url", "begin", "einde")
    return [
        {name: value for name, value in _of(entry).items() if name in needed}
        for entry in entries
        if entry.verwijst and entry.status == "actief"
    ]


def _municipalities(knowledge: Knowledge) -> dict[str, Any]:
    municipalities = knowledge.municipalities
    return {
        "gemeenten": [_of(municipality, leave_out=("deelregio",)) for municipality in municipalities.gemeenten],
        "dubbelzinnig": [_of(ambiguous) for ambiguous in municipalities.dubbelzinnig],
        "gebieden": [area.naam for area in municipalities.gebieden],
        "buitenRegio": [outside.naam for outside in municipalities.buitenRegio],
    }


def _sectors(knowledge: Knowledge) -> dict[str, Any]:
    index = knowledge.sectors
    return {
        "namen": {code: index.sector(code).heading for code in index.codes},
        "activiteiten": [_of(activity, leave_out=("zin",)) for activity in index.activities.activiteiten],
        "twijfel": [_of(doubt) for doubt in index.activities.twijfel],
    }


def _of(record: msgspec.Struct, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a record that are filled in."""
    fields = {name: _plain(value) for name, value in msgspec.structs.asdict(record).items() if name not in leave_out}
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _plain(value: Any) -> Any:
    """A value in types that JSON has."""
    if isinstance(value, msgspec.Struct):
        return _of(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, re.Pattern):
        return browser_pattern(value.pattern)
    return value.isoformat() if isinstance(value, date) else value
