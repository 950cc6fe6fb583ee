"""The agreement in contract.yaml, and a matching of its own, written from the agreed rules and not from knowledge/."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

AGREED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "contract.yaml").read_text(encoding="utf-8"))
INITIATIVES: list[dict[str, Any]] = AGREED["initiatieven"]

CODES = (*AGREED["provincie"], *AGREED["gooi"])
SIZES = ("1", "2-9", "10-49", "50-249", "250+", "onbekend")
PLACES = (*CODES, "buiten_regio", "onbekend")
QUESTIONS = ("klanten", "administratie", "veilig", "gegevens_ai", "personeel", "weet_niet")
STAGES = ("adhoc", "engaged", "verder")

LAST_DAY_OF_WIJDEMEREN = date(2026, 12, 31)


def valid_code(place: str, today: date) -> str:
    """A municipality that ended counts as its successor."""
    return "GM0402" if place == "GM1696" and today > LAST_DAY_OF_WIJDEMEREN else place


def distance(initiative: dict[str, Any], place: str) -> int | None:
    """1 for the own municipality, 2 for the part of the region, 3 for the region, 4 for the country."""
    distances = []
    for area in initiative["regio"]:
        if area == place:
            distances.append(1)
        if area in ("provincie", "gooi") and place in AGREED[area]:
            distances.append(2)
        if area == "regio" and place != "buiten_regio":
            distances.append(3)
        if area == "landelijk":
            distances.append(4)
    return min(distances, default=None)


def can_go(initiative: dict[str, Any], *, size: str, place: str, stage: str, today: date) -> bool:
    """Rule 1: whether a firm can be sent there today."""
    return (
        initiative["verwijst"]
        and initiative["status"] == "actief"
        and initiative.get("einde", date.max) >= today
        and stage in initiative["fase"]
        and (size == "onbekend" or size in initiative["grootte"])
        and distance(initiative, place) is not None
    )


def helps_with(initiative: dict[str, Any], question: str) -> bool:
    """Rule 2: whether it serves the hulpvraag."""
    if question == "veilig":
        return initiative["soort"] == "cyber" or initiative["id"] == "edih-noordwest"
    if question == "weet_niet":
        return initiative["soort"] == "digitalisering" or "weet_niet" in initiative["thema"]
    return question in initiative["thema"]


def expected(*, size: str, place: str, question: str, stage: str, flag: bool, today: date) -> dict[str, Any]:
    """Rules 1 to 5: the ids that are shown, the vangnet, and whether nothing fits."""
    place = valid_code(place, today)
    possible = [i for i in INITIATIVES if can_go(i, size=size, place=place, stage=stage, today=today)]
    names = [i["id"] for i in possible]
    fitting = [i for i in possible if i["groep"] in ("direct", "indirect", "kennis") and helps_with(i, question)]

    # Least important first: each sort keeps the order of the one before among equals.
    fitting.sort(key=lambda i: i["id"])
    fitting.sort(key=lambda i: i["gezien"], reverse=True)
    fitting.sort(key=lambda i: ["direct", "indirect", "kennis"].index(i["groep"]))
    fitting.sort(key=lambda i: distance(i, place))
    if question == "weet_niet":
        fitting.sort(key=lambda i: i["soort"] != "digitalisering")
    shown = fitting[:3]

    if question == "veilig" or (flag and not [i for i in shown if i["soort"] == "cyber"]):
        fallback = "pvo-midden-nederland" if "pvo-midden-nederland" in names else "ncsc"
    elif (size in ("50-249", "250+") or stage == "verder") and "rom-utrecht-region" in names:
        fallback = "rom-utrecht-region"
    else:
        fallback = "kvk"
    return {
        "shown": [i["id"] for i in shown],
        "fallback": fallback,
        "nothing_fits": not shown or place == "buiten_regio",
    }
