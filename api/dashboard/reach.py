"""Who we reach and who is missing."""

from collections.abc import Sequence

from api.dashboard.choice import Choice
from api.dashboard.panels import Panel, one_way, two_way

_NOT_TOLD = "“Niet gezegd” is van wie de vraag overslaat."


def panels(choice: Choice) -> Sequence[Panel]:
    """The dimensions that have a chart of bars, in the order of the page."""
    return (
        one_way("sector", "Sector", choice.table("sector")),
        one_way("grootte", "Aantal mensen", choice.table("grootte"), _NOT_TOLD),
        one_way("fase", "Hoe digitaal ze werken", choice.table("fase")),
        one_way("hulpvraag", "Waar ze hulp bij willen", choice.table("hulpvraag")),
        one_way("kanaal", "Waarlangs ze komen", choice.table("kanaal")),
        one_way("site", "Via welke website", choice.table("site")),
    )


def crossed(choice: Choice) -> Sequence[Panel]:
    """Two dimensions at once, of the newest quarter or year that has them."""
    return (
        two_way("sector-grootte", "Sector en aantal mensen", "Sector", choice.newest_crossed("sector", "grootte")),
        two_way("fase-sector", "Fase en sector", "Fase", choice.newest_crossed("fase", "sector")),
        two_way("sector-hulpvraag", "Sector en hulpvraag", "Sector", choice.newest_crossed("sector", "hulpvraag")),
    )
