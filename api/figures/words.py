"""How released figures are spoken of: tables by name, and how to read the numbers."""

from collections.abc import Mapping

from analytics.dimensions import Dimension
from analytics.figures import Release, Table
from analytics.lead_tables import HEADINGS
from analytics.menu import INITIATIVES, MONTH, QUARTER, SO_FAR, STOPPED, YEAR
from knowledge.languages import DUTCH, shipped

SCOPES = (MONTH, QUARTER, YEAR, SO_FAR)
WORDS = shipped()[DUTCH]["cijfers"]
SYNTHETIC = WORDS["leesVerzonnen"]
_OTHER_TITLES = {INITIATIVES: WORDS["initiatief"], STOPPED: WORDS["stopte"], **HEADINGS}


def headings(table: Table, dimensions: Mapping[str, Dimension]) -> tuple[str, ...]:
    """What the rows of a table are, and its columns when it has them."""
    return tuple(dimensions[name].title if name in dimensions else _OTHER_TITLES[name] for name in table.dimensions)


def title(table: Table, dimensions: Mapping[str, Dimension]) -> str:
    """A table by name, "Sector en aantal mensen"."""
    first, *others = headings(table, dimensions)
    return " en ".join((first, *(other[0].lower() + other[1:] for other in others)))


def footnotes(release: Release) -> tuple[str, ...]:
    """How to read the numbers of a release."""
    notes = (
        WORDS["leesGesprekken"],
        WORDS["leesAfgerond"],
        WORDS["leesMinderDan"].format(drempel=release.threshold),
        WORDS["leesOntbreekt"],
        WORDS["leesMaand"],
        WORDS["leesLater"],
        WORDS["leesAanvraag"],
    )
    return (SYNTHETIC, *notes) if release.synthetic else notes
