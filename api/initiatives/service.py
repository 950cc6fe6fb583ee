"""Selecting initiatives."""

from datetime import date

from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.matching import fits_question, serves


def select(
    knowledge: Knowledge,
    today: date,
    *,
    stage: str | None = None,
    question: str | None = None,
    municipality: str | None = None,
    size: str | None = None,
    status: str | None = None,
) -> list[Initiative]:
    """The initiatives that meet every filter that is given, by id."""
    return [
        entry
        for entry in knowledge.catalogue
        if (stage is None or stage in entry.fase)
        and (question is None or fits_question(entry, question))
        and (municipality is None or serves(entry, municipality, knowledge.municipalities, today))
        and (size is None or size in entry.grootte)
        and (status is None or entry.status == status)
    ]
