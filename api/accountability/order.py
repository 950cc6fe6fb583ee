"""Which help is shown and in which order, told from what decides it: knowledge/matching.py."""

from collections.abc import Iterable
from typing import Any

from knowledge import matching
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.intake import UNKNOWN
from knowledge.matching import GROUPS, Rank, fits_question

# Each thing that `Rank` goes by, in words; which comes first is not said here.
WORDS = {
    "other_help": "bij “{unknown}” wat je helpt om digitaler te werken",
    "distance": "wat het dichtst bij je in de buurt werkt",
    "indirectness": "wat je het meest direct helpt",
    "unseen": "waarvan we het laatst iets zagen",
    "id": "wat eerder in het alfabet staat, naar het kenmerk in onze lijst",
}


def order(knowledge: Knowledge) -> tuple[str, ...]:
    """What decides the order, the first thing first."""
    unknown = dict(knowledge.intake.question("hulpvraag").choices())[UNKNOWN].lower()
    return tuple(WORDS[name].format(unknown=unknown) for name in Rank._fields)


def told(knowledge: Knowledge) -> dict[str, Any]:
    """What the documents say of the choice: its order, what serves two of the questions, and what is never in it."""
    titles = dict(knowledge.intake.question("hulpvraag").choices())
    referred = [initiative for initiative in knowledge.catalogue if initiative.verwijst and initiative.groep in GROUPS]

    def serving(question: str) -> tuple[str, ...]:
        return _names(initiative for initiative in referred if fits_question(initiative, question))

    return {
        "order": order(knowledge),
        "safe_title": titles[matching.SAFE_WORKING],
        "unknown_title": titles[UNKNOWN],
        "serve_safe": serving(matching.SAFE_WORKING),
        "serve_unknown": serving(UNKNOWN),
        "never_shown": _names(one for one in knowledge.catalogue if one.groep not in GROUPS),
    }


def _names(initiatives: Iterable[Initiative]) -> tuple[str, ...]:
    return tuple(sorted(initiative.naam for initiative in initiatives))
