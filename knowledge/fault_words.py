"""What PyYAML and msgspec find wrong in a data file, in Dutch and with what to do about it."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import yaml

Words = tuple[str, str]  # what is wrong, and the remedy

_LOOK_AROUND = "Kijk op deze regel en de regel ervoor naar inspringing, dubbele punten en aanhalingstekens."
_QUOTE = "Zet de hele tekst tussen dubbele aanhalingstekens."
_SPACES = "Gebruik spaties in plaats van tabs, evenveel als op de regels eromheen."
_ALIGN = "Laat de regel even ver inspringen als de andere regels van dit deel. Kijk ook naar de regel ervoor."

# How a message of PyYAML begins, what to say of it, and whether the fault lies where the part began that never ends.
_YAML: tuple[tuple[str, str, str, bool], ...] = (
    (
        "mapping values are not allowed",
        "hier staat een dubbele punt die er niet hoort, of de regel springt verkeerd in",
        f"Hoort de dubbele punt bij de tekst? {_QUOTE} Anders: laat de regel even ver inspringen als die ervoor.",
        False,
    ),
    ("did not find expected ',' or ']'", "een lijst met [ is niet gesloten", "Zet ] aan het eind van de lijst.", True),
    ("did not find expected ',' or '}'", "een deel met { is niet gesloten", "Zet } aan het eind van het deel.", True),
    (
        "did not find expected key",
        "deze regel past niet bij de regels ervoor",
        f"{_ALIGN} Staan er aanhalingstekens midden in een tekst? {_QUOTE}",
        False,
    ),
    (
        "did not find expected '-'",
        "in deze lijst hoort hier een streepje",
        f"Begin met '- ', of spring anders in. {_ALIGN}",
        False,
    ),
    ("found a tab character", "de regel springt in met een tab", _SPACES, False),
    (
        "found character that cannot start any token",
        "de tekst begint met een tab of met een teken als @, % of `",
        f"{_SPACES} Begint de tekst met zo'n teken? {_QUOTE}",
        False,
    ),
    ("found unexpected end of stream", "een aanhalingsteken is niet gesloten", "Zet het ook achter de tekst.", True),
    (
        "could not find expected ':'",
        "op deze regel ontbreekt een dubbele punt",
        f"Zet hem erbij, of spring anders in. {_ALIGN}",
        True,
    ),
    (
        "block sequence entries are not allowed",
        "een lijst met streepjes begint niet achter een dubbele punt",
        "Zet elk streepje op een regel van zichzelf.",
        False,
    ),
    ("found undefined alias", "de tekst begint met een sterretje", _QUOTE, False),
    ("second occurrence", "de tekst begint met een &-teken", _QUOTE, False),
    ("did not find expected alphabetic", "de tekst begint met een sterretje of een &-teken", _QUOTE, False),
    ("found unknown escape character", "achter een schuine streep \\ staat een verkeerd teken", "Haal \\ weg.", False),
    ("could not determine a constructor", "de tekst begint met een uitroepteken of is alleen <<", _QUOTE, False),
    ("did not find expected comment", "achter | of > staat tekst op dezelfde regel", _QUOTE, False),
    ("did not find expected node content", "hier staat een ] of } te veel", "Haal dat teken weg.", False),
    ("but found another document", "er staat een regel met --- midden in het bestand", "Haal die regel weg.", False),
)
# Faults that knowledge.loading finds itself, in Dutch already.
_OF_OURS = (
    (r"'.*' bestaat niet als datum", f"Kijk of de dag en de maand bestaan. Is het geen datum? {_QUOTE}"),
    (r"hier hoort een woord en dan", f"Begint de tekst met {{ of [? {_QUOTE}"),
    (r"de sleutel '.*' staat er twee keer", "Haal een van de twee weg."),
)


def yaml_fault(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """The line (from 1), what is wrong, and the remedy of a text that is not YAML."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or "")
    line = mark.line + 1 if mark else 1
    if isinstance(error, yaml.reader.ReaderError):
        what, remedy = "er staat een teken dat je niet ziet", "Typ de tekst op deze regel opnieuw."
        line = text[: error.position].count("\n") + 1
    elif ours := next((says for pattern, says in _OF_OURS if re.match(pattern, problem)), None):
        what, remedy = problem, ours
    else:
        found = next((each for each in _YAML if problem.startswith(each[0])), None)
        what, remedy = (found[1], found[2]) if found else ("de computer kan deze regel niet lezen", _LOOK_AROUND)
        if found and found[3] and began:
            line = began.line + 1
    return line, f"Dit is geen goede YAML: {what}.", remedy


_NAMES = {
    "str": "een tekst",
    "int": "een heel getal",
    "float": "een getal",
    "bool": "true of false",
    "array": "een lijst",
    "object": "een deel met sleutels",
    "date": "een datum",
    "null": "niets",
}
_LIMITS = {">=": "van {} of meer", "<=": "van hoogstens {}", ">": "van meer dan {}", "<": "van minder dan {}"}
_FORM = "Vergelijk met een ander bestand of onderdeel van dezelfde soort."
_DATE = ("Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31.", "Schrijf de datum zo.")


def value_fault(message: str, kind: Any) -> Words:
    """What msgspec says of a value that should be a `kind`, and the remedy."""
    if missing := re.search(r"missing required field `(.*)`", message):
        return f"Het veld '{missing[1]}' ontbreekt.", f"Zet er een regel bij die begint met '{missing[1]}:'."
    if unknown := re.search(r"unknown field `(.*)`", message):
        known = ", ".join(name for each in alternatives(kind) for name in fields(each))
        return f"Het veld '{unknown[1]}' hoort hier niet.", f"Haal het weg, of schrijf de naam goed: {known}."
    if wrong := re.search(r"Invalid enum value '?(.*?)'?$", message):
        return f"De waarde '{wrong[1]}' bestaat niet.", f"Kies uit: {', '.join(map(str, choices(kind)))}."
    if limit := re.search(r"Expected `(\w+)` (>=|<=|>|<) (.*)", message):
        says = f"{_named(limit[1])} {_LIMITS[limit[2]].format(limit[3])}"
        return f"Hier hoort {says}.", "Pas het getal aan."
    if other := re.search(r"Expected `(.*)`, got `(.*)`", message):
        return _other_kind(other[1], other[2])
    if "date" in message:
        return _DATE
    return "Deze waarde klopt niet.", _FORM


def _other_kind(wanted: str, got: str) -> Words:
    if wanted.split(" | ", maxsplit=1)[0] == "date":
        return _DATE
    what = f"Hier hoort {_named(wanted)}, er staat {_named(got)}."
    if got == "null":
        return what, "Vul het in."
    several = got in ("array", "object")
    remedies = {
        "str": "Schrijf één tekst, zonder lijst of sleutels." if several else "Zet de waarde tussen aanhalingstekens.",
        "int": "Schrijf een getal in cijfers, zonder aanhalingstekens.",
        "bool": "Schrijf true of false, zonder aanhalingstekens.",
        "array": "Zet het tussen [ en ], of op regels die met een streepje beginnen.",
        "object": "Schrijf regels met een sleutel, een dubbele punt en een waarde.",
    }
    return what, f"{remedies.get(wanted.split(' | ', maxsplit=1)[0], '')} {_FORM}".strip()


def _named(kinds: str) -> str:
    """Names of kinds in Dutch; that a value may be left out is no kind of it."""
    parts = [part for part in kinds.split(" | ") if part != "null"] or ["null"]
    return " of ".join(_NAMES.get(part, "iets anders") for part in parts)


def alternatives(kind: Any) -> Iterator[Any]:
    """The kinds that a value may be of: those of a union, without what was noted at them."""
    if get_origin(kind) is Annotated:
        yield from alternatives(get_args(kind)[0])
    elif get_origin(kind) is Union or isinstance(kind, type(int | None)):
        for each in get_args(kind):
            yield from alternatives(each)
    else:
        yield kind


def fields(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a record; of anything else none."""
    return kind.__struct_fields__ if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else ()


def choices(kind: Any) -> tuple[Any, ...]:
    """The values that a kind lists."""
    return tuple(value for each in alternatives(kind) if get_origin(each) is Literal for value in get_args(each))


def below(kind: Any, step: str | int) -> Any:
    """The kind of what stands in a value of this kind, at a field, an index or a key. None when that is not known."""
    for each in alternatives(kind):
        if step in fields(each):
            return get_type_hints(each, include_extras=True)[str(step)]
        if get_origin(each) in (tuple, list, frozenset, set):
            return get_args(each)[0]
        if get_origin(each) is dict:
            return get_args(each)[1]
    return None
