"""What owners and coordinators type about an initiative, as changes to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from api.owners.fields import FOR_THE_WORKING_GROUP, LISTS, LONGEST, TITLES, Faults, plain
from api.portal.dependencies import text_of
from knowledge.catalogue import Initiative
from knowledge.words import visible

LONGEST_NOTE = 500
_TOGETHER = ("status", "einde", "opvolger")  # what one of these means depends on the others


def version_of(form: FormData) -> int:
    """The version of the data that a form was made for; -1 when it says none."""
    text = text_of(form, "versie")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def note(form: FormData, name: str) -> str:
    """A remark, on one line. Raises Faults."""
    text = visible(text_of(form, name))
    if len(text) > LONGEST_NOTE:
        raise Faults({name: f"Gebruik hoogstens {LONGEST_NOTE} tekens."})
    return text


def typed(form: FormData, now: Initiative, *, internal: bool) -> dict[str, Any]:
    """What a form says that differs from what an initiative is now. Raises Faults.

    `internal` tells whether the form holds the fields that only the working group sees.
    """
    before = plain(now)
    given, faults = _given(form, before, internal=internal)
    if faults:
        raise Faults(faults)
    different = {name: value for name, value in given.items() if value != before[name]}
    if different.keys() & set(_TOGETHER):
        different |= {name: given[name] for name in _TOGETHER}
    return different


def _given(form: FormData, before: Mapping[str, Any], *, internal: bool) -> tuple[dict[str, Any], dict[str, str]]:
    given: dict[str, Any] = {}
    faults = {}
    for name, longest in LONGEST.items():
        if name in FOR_THE_WORKING_GROUP and not internal:
            continue
        text = visible(text_of(form, name))
        if len(text) > longest:
            faults[name] = f"{TITLES[name]}: gebruik hoogstens {longest} tekens."
        given[name] = text or None
    if not given["biedt"]:
        faults["biedt"] = f"{TITLES['biedt']}: vul dit in. Ondernemers lezen dit als eerste."
    # A text that only has other line ends or spaces is the same text.
    for name, text in given.items():
        if name != "contact" and isinstance(before[name], str) and visible(before[name]) == text:
            given[name] = before[name]
    given["contact"] = _contact(given["contact"], before["contact"])
    for name in LISTS:
        given[name] = _in_order(form, name, before[name])
    given["status"] = text_of(form, "status") or before["status"]
    given["einde"] = text_of(form, "einde") or None
    if given["status"] != "opgegaan_in":
        given["opvolger"] = None
    elif not given["opvolger"]:
        faults["opvolger"] = f"{TITLES['opvolger']}: vul in waarin het is opgegaan."
    if given["einde"] and not _is_day(given["einde"]):
        faults["einde"] = f"{TITLES['einde']}: kies een dag, of laat dit leeg."
    return given, faults


def _contact(text: str | None, before: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if text == (before or {}).get("waarde"):
        return before
    if text is None:
        return {"soort": "onbekend", "waarde": None}
    return {"soort": "website" if text.startswith("https://") else "loket", "waarde": text}


def _in_order(form: FormData, name: str, before: list[str]) -> list[str]:
    """What was ticked, in the order that it had, and what is new behind it."""
    ticked = [value for value in form.getlist(name) if isinstance(value, str)]
    return [value for value in before if value in ticked] + [value for value in ticked if value not in before]


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
