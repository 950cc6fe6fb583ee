"""What the assistant says besides questions and results: the `responses` of domain.yml."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from knowledge.loading import Document, KnowledgeError, Problem, convert, read

# What the product fills in: a text that lacks one of these would leave the entrepreneur without it.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "utter_aangepast": ("zin",),
    "utter_anders": ("vraag",),
    "utter_bevestig": ("zin",),
    "utter_blijft": ("vraag",),
    "utter_eerder": ("eerst", "zin"),
    "utter_geen_probleem": ("vraag",),
    "utter_genoteerd": ("zin",),
    "utter_hulp": ("uitleg",),
    "utter_ook_genoteerd": ("zin",),
    "utter_persoonsgegevens": ("wat",),
    "utter_straks": ("vraag",),
    "utter_toch_niet": ("vraag",),
    "utter_uitslag": ("label", "betekenis", "uitleg", "stap"),
    "utter_uitslag_opnieuw": ("label", "betekenis", "uitleg", "stap"),
    "utter_vangnet": ("advies",),
    "utter_vraag_betekenis": ("uitleg",),
    "utter_vraag_subsidie": ("dicht",),
    "utter_vraag_waarom": ("waarom",),
}
# Answers to questions back: each is told who runs the assistant and who can be called, and may leave that out.
_ASIDES = (
    *("utter_vraag_wie", "utter_vraag_kosten", "utter_vraag_privacy", "utter_vraag_robot", "utter_vraag_duur"),
    *("utter_vraag_zzp", "utter_mens_spreken", "utter_gehackt_nu", "utter_belediging", "utter_wanhoop", "utter_nood"),
    "utter_pauze",
    *("utter_bedankt", "utter_groet", "utter_afscheid", "utter_andere_taal", "utter_buiten_onderwerp"),
    "utter_opdracht",
)
# What a text may hold besides.
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "utter_hoeveel_nog": ("nummer", "totaal", "nog"),
    "utter_welkom": ("aanbieder",),
    **dict.fromkeys(_ASIDES, ("aanbieder", "contact")),
}
WITHOUT_VARIABLES = (
    *("utter_aanbod", "utter_klaar", "utter_gestopt", "utter_opnieuw", "utter_terug", "utter_terug_eerste"),
    *("utter_overgeslagen", "utter_wijzig", "utter_wijzig_wat", "utter_hulp_algemeen", "utter_geen_vragen_meer"),
    *("utter_kies", "utter_gebied", "utter_overslaan", "utter_niet_begrepen", "utter_vraag_duur_verder"),
    *("utter_vraag_initiatief", "utter_waarom_uitslag"),
)
NAMES = frozenset((*NEEDED, *OPTIONAL, *WITHOUT_VARIABLES))

_VARIABLE = re.compile(r"\{(\w+)\}")


class Response(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text, with the names of what is filled in between braces."""

    text: str


def load_responses(path: Path) -> dict[str, str]:
    """The text of every response, by name. Raises KnowledgeError with every fault in them."""
    problems: list[Problem] = []
    try:
        document = read(path)
        found = _responses(document, problems)
    except KnowledgeError as error:
        raise KnowledgeError(_named(path, error.problems)) from error
    problems += _problems(document, found, document.data["responses"])
    if problems:
        raise KnowledgeError(_named(path, problems))
    return {name: texts[0].text for name, texts in found.items()}


def _responses(document: Document, problems: list[Problem]) -> dict[str, tuple[Response, ...]]:
    """The texts of every response that has the right form; faults of the others are added to `problems`."""
    part = document.data.get("responses") if isinstance(document.data, dict) else None
    if not isinstance(part, dict):
        raise KnowledgeError([document.problem((), "Het deel 'responses' ontbreekt.", "Zet het terug uit git.")])
    found = {}
    for name in part:
        try:
            found[name] = convert(document, tuple[Response, ...], "responses", name)
        except KnowledgeError as error:
            problems += error.problems
    return found


def filled_in(text: str, values: Mapping[str, object]) -> str:
    """A text with its variables replaced, as Rasa does it."""
    return _VARIABLE.sub(lambda match: str(values.get(match.group(1), match.group(0))), text)


def _named(path: Path, problems: list[Problem]) -> list[Problem]:
    """The faults with the name of the file alone: the folder that it stands in is that of the product."""
    return [replace(problem, file=path.name) for problem in problems]


def _problems(
    document: Document, found: Mapping[str, tuple[Response, ...]], named: Collection[str]
) -> Iterator[Problem]:
    for name in sorted(NAMES - set(named)):
        what = f"De tekst '{name}' ontbreekt."
        yield document.problem(("responses",), what, f"Zet er een deel bij dat begint met '{name}:'.")
    for name, texts in found.items():
        where: tuple[str | int, ...] = ("responses", name)
        if name not in NAMES:
            what = f"De tekst '{name}' bestaat niet: niemand krijgt hem te lezen."
            yield document.problem(where, what, "Kijk of de naam goed gespeld is, of haal de tekst weg.")
        elif len(texts) != 1:
            what = f"Bij '{name}' horen geen {len(texts)} teksten."
            yield document.problem(where, what, "Schrijf er één, achter '- text:'.")
        else:
            yield from _text_problems(document, (*where, 0, "text"), name, texts[0].text)


def _text_problems(document: Document, where: tuple[str | int, ...], name: str, text: str) -> Iterator[Problem]:
    needed, optional = NEEDED.get(name, ()), OPTIONAL.get(name, ())
    listed = ", ".join(f"{{{variable}}}" for variable in (*needed, *optional)) or "niets"
    used = set(_VARIABLE.findall(text))
    if not text.strip():
        yield document.problem(where, "Deze tekst is leeg.", "Vul hem in.")
    elif set(_VARIABLE.sub("", text)) & set("{}"):
        remedy = f"Tussen accolades hoort hier: {listed}. Haal andere accolades weg."
        yield document.problem(where, "Een accolade staat alleen, of er staat geen woord tussen.", remedy)
    elif used - {*needed, *optional}:
        wrong = ", ".join(f"{{{variable}}}" for variable in sorted(used - {*needed, *optional}))
        yield document.problem(where, f"{wrong} wordt hier niet ingevuld.", f"Tussen accolades hoort hier: {listed}.")
    elif set(needed) - used:
        missing = ", ".join(f"{{{variable}}}" for variable in needed if variable not in used)
        yield document.problem(where, f"In de tekst ontbreekt {missing}.", "Zet het terug, met de accolades.")
