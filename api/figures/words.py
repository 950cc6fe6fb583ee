"""How released figures are spoken of: tables by name, and how to read the numbers."""

from collections.abc import Mapping

from analytics.dimensions import Dimension
from analytics.figures import Release, Table
from analytics.lead_tables import HEADINGS
from analytics.menu import INITIATIVES, MONTH, QUARTER, SO_FAR, STOPPED, YEAR

SCOPES = (MONTH, QUARTER, YEAR, SO_FAR)
SYNTHETIC = "Synthetische gegevens: verzonnen om te laten zien hoe het werkt."
_OTHER_TITLES = {INITIATIVES: "Initiatief", STOPPED: "Bij welke vraag het stopte", **HEADINGS}


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
        "We tellen gesprekken met een uitslag, geen unieke bedrijven. Wie de scan twee keer doet, telt twee keer.",
        "Het totaal is precies. Andere aantallen zijn afgerond op vijftallen. Daarom tellen ze niet op tot het totaal.",
        f"“Minder dan {release.threshold}” kan ook 0 zijn. Zo zie je nooit wat één bedrijf heeft ingevuld.",
        "Een tabel ontbreekt bij te weinig gesprekken, of als je er te veel over één bedrijf uit kunt afleiden.",
        "Een maand bestaat uit hele weken. Een week hoort bij de maand van haar donderdag.",
        "Wat later binnenkomt, telt mee in de maand daarna. Deze cijfers veranderen niet meer.",
        "Een aanvraag is een ondernemer die een initiatief om contact vraagt. Wie er drie vraagt, telt drie keer. "
        "Cijfers daarover komen er per heel kwartaal, en ook het totaal is afgerond.",
    )
    return (SYNTHETIC, *notes) if release.synthetic else notes
