"""Small catalogues of which the gaps are known."""

from dataclasses import replace
from datetime import date

from analytics.gaps import Gap, combinations, gaps
from knowledge.base import FOLDER, Knowledge
from knowledge.catalogue import Initiative
from knowledge.catalogue_folder import Edition
from knowledge.cbs import load_cbs

TODAY = date(2026, 11, 26)
CBS = load_cbs(FOLDER / "cbs.yaml")
SIZES, STAGES = ("1", "2-9", "10-49", "50-249", "250+"), ("adhoc", "engaged", "verder")
THEMES = ("klanten", "administratie", "veilig", "gegevens_ai", "personeel", "weet_niet")


def initiative(identifier: str, **fields: object) -> Initiative:
    """An initiative that helps everybody in the region with everything, but for what the test names."""
    values = {
        "id": identifier,
        "naam": identifier.title(),
        "groep": "direct",
        "soort": "cyber",  # so that it also serves the question for safe working
        "status": "actief",
        "gezien": "2026-10",
        "verwijst": True,
        "regio": ("regio",),
        "thema": THEMES,
        "fase": STAGES,
        "grootte": SIZES,
        "biedt": "Hulp.",
        "bronnen": ("test",),
    }
    return Initiative(**{**values, **fields})


def offer(knowledge: Knowledge, *initiatives: Initiative) -> Knowledge:
    """The real data with another catalogue."""
    return replace(knowledge, editions=Edition(initiatives, "1"))


def found_in(data: Knowledge, today: date = TODAY) -> tuple[Gap, ...]:
    return gaps(combinations(data, today), CBS)
