"""The tables of leads: what each divides, and the titles of its codes.

Every step of a lead is a record of its own. A table divides the steps of one kind, and `lead_stap` all of them, each
once; so it has two rows for leads that were closed. Who was helped had contact, and who had contact had asked for it:
the difference of two steps is a count of leads too. That is why no exact number of leads is published. Between two
values that are rounded apart there are always at least four counts possible.
"""

from collections.abc import Mapping
from typing import NamedTuple

from analytics.dimensions import OTHER
from analytics.disclosure import Count
from analytics.menu import LEAD_END, LEAD_EXPERIENCE, LEAD_HELPED, LEAD_INITIATIVE, LEAD_STEP, LEAD_TIME, OF_LEADS
from analytics.outcomes import CONTACT, ENDS, EXPERIENCE, EXPERIENCES, HELPED, LEAD_TIMES, REQUESTED
from knowledge.base import Knowledge

HEADINGS: Mapping[str, str] = {  # what the rows of each table are
    LEAD_STEP: "Stap van een aanvraag",
    LEAD_END: "Hoe een aanvraag afliep",
    LEAD_TIME: "Tijd tot contact",
    LEAD_EXPERIENCE: "Of de ondernemer is geholpen",
    LEAD_INITIATIVE: "Aanvragen per initiatief",
    LEAD_HELPED: "Geholpen per initiatief",
}
NOT_HELPED = "anders"  # closed in any other way
STEPS: Mapping[str, str] = {
    REQUESTED: "Aangevraagd",
    CONTACT: "In contact",
    HELPED: "Geholpen",
    NOT_HELPED: "Anders afgesloten",
    EXPERIENCE: "Gaf een mening",
}


class Step(NamedTuple):
    """A step of a lead, with all that is known of it; what does not go with the step is empty."""

    step: str
    outcome: str
    lead_time: str
    initiative: str


def titles(knowledge: Knowledge) -> dict[str, Mapping[str, str]]:
    """The codes of each table with their titles, in the order in which they are shown."""
    names = {initiative.id: initiative.naam for initiative in knowledge.catalogue}
    initiatives = names | {OTHER: "Andere initiatieven"}
    return {
        LEAD_STEP: STEPS,
        LEAD_END: ENDS,
        LEAD_TIME: LEAD_TIMES,
        LEAD_EXPERIENCE: EXPERIENCES,
        LEAD_INITIATIVE: initiatives,
        LEAD_HELPED: initiatives,
    }


def by_table(steps: Mapping[Step, Count]) -> dict[str, dict[tuple[str, str], Count]]:
    """Steps as the counts of every table, by code; a code without records is not there."""
    tables: dict[str, dict[tuple[str, str], Count]] = {name: {} for name in OF_LEADS}
    for step, counted in steps.items():
        for table, code in _places(step).items():
            tables[table][code, ""] = tables[table].get((code, ""), Count()) + counted
    return tables


def _places(step: Step) -> dict[str, str]:
    """The tables that a step is in, and its code in each."""
    if step.step == REQUESTED:
        return {LEAD_STEP: REQUESTED, LEAD_INITIATIVE: step.initiative}
    if step.step == CONTACT:
        return {LEAD_STEP: CONTACT, LEAD_TIME: step.lead_time}
    if step.step == EXPERIENCE:
        return {LEAD_STEP: EXPERIENCE, LEAD_EXPERIENCE: step.outcome}
    if step.outcome == HELPED:
        return {LEAD_STEP: HELPED, LEAD_END: HELPED, LEAD_HELPED: step.initiative}
    return {LEAD_STEP: NOT_HELPED, LEAD_END: step.outcome}
