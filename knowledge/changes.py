"""What owners told about an initiative, laid over its file: that it holds, and fields that are different now."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import msgspec

from knowledge.catalogue import MAY_MISS, Initiative, SizeClass, StageId, entry_problems
from knowledge.loading import Document, KnowledgeError, Problem, convert
from knowledge.matching import EVERYBODY
from knowledge.texts import Texts

CHANGEABLE = (
    *("biedt", "voorWie", "waar", "kosten", "url", "contact", "eigenaar", "regio", "thema", "fase", "grootte"),
    *("status", "einde", "opvolger", "toelichting"),
)


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the owner last said that the data holds, and the fields that are not as in the file."""

    bevestigd: date | None = None
    wijzigingen: dict[str, Any] = {}


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is laid over the files, by the id of the initiative."""

    initiatieven: dict[str, Any]  # each a Change; read one by one, so that a fault in one does not hold back another


def changed(
    document: Document, initiative: Initiative, changes: Mapping[str, Any], municipalities: Collection[str]
) -> Initiative:
    """An initiative with other values in fields that may change, held to the same rules as its file.

    Whether anybody is referred to it and what is not known of it follow from those values. Raises KnowledgeError with
    every fault, at the places where the document has these fields.
    """
    forbidden = [
        document.problem((name,), f"Het veld '{name}' staat hier vast.", f"Verander het in {initiative.id}.yaml.")
        for name in changes
        if name not in CHANGEABLE
    ]
    if forbidden:
        raise KnowledgeError(forbidden)
    merged = msgspec.to_builtins(initiative, builtin_types=(date,)) | changes
    merged["verwijst"] = merged["status"] == "actief" and (initiative.verwijst or initiative.status != "actief")
    merged["nietBekend"] = _not_known(initiative, changes)
    found = convert(replace(document, data=merged), Initiative)
    problems = entry_problems(document, found) + offer_problems(document, found, municipalities)
    if problems:
        raise KnowledgeError(problems)
    return found


def _not_known(initiative: Initiative, changes: Mapping[str, Any]) -> list[str]:
    missing = {
        name
        for name in MAY_MISS
        if name in changes and (changes[name] is None or changes[name] == {"soort": "onbekend", "waarde": None})
    }
    still = [name for name in initiative.nietBekend if name not in changes or name in missing]
    return still + [name for name in MAY_MISS if name in missing and name not in still]


def confirmed(initiative: Initiative, day: date | None, texts: Texts) -> Initiative:
    """An initiative of which the owner said on this day that the data holds; a later sign of life stays."""
    if day is None or (day.year, day.month) < initiative.seen:
        return initiative
    month, sign = f"{day.year}-{day.month:02}", texts.bevestigd.format(dag=texts.day(day))
    return msgspec.structs.replace(initiative, gezien=month, laatsteLevensteken=sign)


def offer_problems(document: Document, initiative: Initiative, municipalities: Collection[str]) -> list[Problem]:
    """Faults in one entry that show only beside other data: municipalities, and who is served in the end."""
    problems = []
    for index, area in enumerate(initiative.regio):
        if area.startswith("GM") and area not in municipalities:
            what = f"De gemeente {area} bestaat niet."
            problems.append(document.problem(("regio", index), what, "Noem een code uit municipalities.yaml."))
    if initiative.id == EVERYBODY and not _serves_everybody(initiative):
        what = (
            "Het laatste vangnet moet iedereen kunnen helpen: landelijk, elke fase en elke grootte, zonder einddatum."
        )
        problems.append(document.problem((), what, "Herstel status, regio, fase en grootte."))
    return problems


def _serves_everybody(initiative: Initiative) -> bool:
    return (
        initiative.status == "actief"
        and initiative.verwijst
        and initiative.einde is None
        and "landelijk" in initiative.regio
        and set(initiative.fase) == set(get_args(StageId))
        and set(initiative.grootte) == set(get_args(SizeClass))
    )
