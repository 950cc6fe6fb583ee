"""From how many records counts are shown, as an installation chose it, within bounds that are safe."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.disclosure import BASE, FOR_EVERYBODY, FOR_STAFF, Rules
from analytics.menu import AUDIENCES, PUBLIC, STAFF

LOWEST = {STAFF: FOR_STAFF.threshold, PUBLIC: FOR_EVERYBODY.threshold}
HIGHEST = 50  # above it a region with some hundreds of firms a year would see next to nothing
SETTINGS = {STAFF: "STAFF_THRESHOLD", PUBLIC: "PUBLIC_THRESHOLD"}


class BadThreshold(Exception):
    """A threshold cannot be used; says which setting it is and the remedy, in Dutch, a line for each."""


@dataclass(frozen=True)
class Thresholds:
    """The rules that new figures are made with, for each audience. A release keeps those that it was made with."""

    staff: Rules = FOR_STAFF
    public: Rules = FOR_EVERYBODY

    def of(self, audience: str) -> Rules:
        """The rules for "werkgroep" or "publiek"."""
        return self.public if audience == PUBLIC else self.staff


DEFAULT = Thresholds()


def usable(audience: str, records: int, staff: int = 0) -> int:
    """A threshold for an audience, beside that of staff. Raises ValueError with the remedy when it is not safe."""
    if records < LOWEST[audience]:
        raise ValueError(f"geef minstens {LOWEST[audience]}")
    if records > HIGHEST:
        raise ValueError(f"geef hoogstens {HIGHEST}")
    if records % BASE:
        raise ValueError(f"geef een veelvoud van {BASE}, want aantallen worden afgerond op {BASE}-tallen")
    if records < staff:
        raise ValueError(f"geef minstens evenveel als {SETTINGS[STAFF]}")
    return records


def thresholds_of(environment: Mapping[str, str]) -> Thresholds:
    """The thresholds that an environment sets, for commands that need no other settings. Raises BadThreshold."""
    found, faults = dict(LOWEST), []
    for audience in AUDIENCES:
        name = SETTINGS[audience]
        try:
            given = _whole(environment[name]) if name in environment else LOWEST[audience]
            found[audience] = usable(audience, given, 0 if audience == STAFF else found[STAFF])
        except ValueError as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise BadThreshold("\n".join(faults))
    return Thresholds(Rules(found[STAFF]), Rules(found[PUBLIC]))


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("geef een heel getal") from None
