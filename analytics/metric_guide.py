"""`make metrics`: write docs/cijfers.md, the definitions of the figures for who reads them."""

import sys
from pathlib import Path

from analytics.menu import PUBLIC, STAFF
from analytics.metrics import Metric, metrics
from analytics.thresholds import LOWEST, SETTINGS

FILE = Path(__file__).parent.parent / "docs" / "cijfers.md"
_AUDIENCES = {STAFF: "de werkgroep", PUBLIC: "iedereen"}
_INTRODUCTION = f"""# Wat de cijfers betekenen

Elk cijfer in het portaal, het rapport en de open data heeft één betekenis. Die staat hieronder. Deze pagina wordt
gemaakt uit `analytics/metrics.yaml`: verander de tekst daar en draai `make metrics`.

Bijna alle cijfers komen uit een vrijgave. Dat zijn de cijfers van een maand, kwartaal of jaar, één keer gemaakt en
daarna nooit meer veranderd. Aantallen zijn afgerond op vijftallen. Wat te klein is, staat er niet in: minder dan
{LOWEST[STAFF]} gesprekken voor de werkgroep, minder dan {LOWEST[PUBLIC]} voor iedereen. Die grens kan hoger staan
(`{SETTINGS[STAFF]}`, `{SETTINGS[PUBLIC]}`). Bij elke vrijgave staat de grens waarmee die is gemaakt.
Waarom dat zo is, staat in [figures-safety.md](figures-safety.md).
"""


def guide() -> str:
    """The page. Raises KnowledgeError when a definition has a fault."""
    return "\n".join([_INTRODUCTION, *(_section(metric) for metric in metrics().values())])


def _section(metric: Metric) -> str:
    rows = {
        "Vraag": metric.vraag,
        "Eenheid": metric.eenheid,
        "Zo berekend": metric.formule,
        "Gemaakt van": "; ".join(metric.sources),
        "Te zien voor": " en ".join(_AUDIENCES[audience] for audience in metric.wie),
        "Let op": metric.kanttekening,
    }
    lines = [f"| {name} | {' '.join(text.split())} |" for name, text in rows.items()]
    return "\n".join([f"## {metric.naam}", "", f"| | `{metric.id}` |", "|---|---|", *lines, ""])


def main() -> int:
    """Write the page. Returns the exit code."""
    FILE.write_text(guide(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
