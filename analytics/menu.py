"""The fixed menu of figures: which tables there are, over which months, and for whom. There is nothing outside it.

A finite menu is what keeps figures safe: whoever may choose freely can average the rounding away, or ask for
everybody but one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analytics.dimensions import NOTHING_FITS
from analytics.outcomes import ENDS, EXPERIENCES, HELPED
from analytics.periods import Month
from knowledge.intake import OPEN

STAFF, PUBLIC = "werkgroep", "publiek"
AUDIENCES = (STAFF, PUBLIC)

MONTH, QUARTER, YEAR, SO_FAR = "maand", "kwartaal", "jaar", "tot_nu"
TOTAL, INITIATIVES, STOPPED = "totaal", "initiatief", "gestopt"
# Leads by the steps they took, what came of those that were closed, how long it took until contact, and what
# entrepreneurs say; and by initiative those that came and those that helped.
LEAD_STEP, LEAD_END, LEAD_TIME, LEAD_EXPERIENCE = "lead_stap", "lead_afloop", "lead_tijd", "lead_ervaring"
LEAD_INITIATIVE, LEAD_HELPED = "lead_initiatief", "lead_geholpen"
OF_LEADS = (LEAD_STEP, LEAD_END, LEAD_TIME, LEAD_EXPERIENCE, LEAD_INITIATIVE, LEAD_HELPED)
APART = (STOPPED, *OF_LEADS)  # each of these divides records of its own, and none of the conversations with a result

ONE_WAY = ("fase", "hulpvraag", "grootte", "sector", "plaats", "kanaal", "site", "aanbod")
TWO_WAY = (
    ("sector", "grootte"),
    ("fase", "sector"),
    ("plaats", "hulpvraag"),
    ("plaats", "aanbod"),
    ("hulpvraag", "aanbod"),
    ("sector", "hulpvraag"),
)
# A row that a table does not have: whose place is not known is served by what serves the whole region and by nothing
# else, so that nearly all of them find nothing. That is so by the catalogue, and tells nothing of those firms.
LEFT_OUT: Mapping[tuple[str, ...], str] = {("plaats", "aanbod"): OPEN}
# What a firm would rather not have told: by dimension the categories, None for all of them. Its sector, size and place
# can be seen from the street, and that there is something for it is no secret, nor that it was helped.
SENSITIVE: Mapping[str, frozenset[str] | None] = {
    "fase": None,
    "hulpvraag": None,
    "aanbod": frozenset({NOTHING_FITS}),
    LEAD_END: frozenset(ENDS) - {HELPED},
    LEAD_EXPERIENCE: frozenset(EXPERIENCES) - {HELPED},
}


@dataclass(frozen=True)
class Scope:
    """The months that tables of one kind are of: "maand", "kwartaal", "jaar" or "tot_nu", the year so far."""

    id: str
    months: tuple[Month, ...]

    @property
    def crossed(self) -> bool:
        """Whether it has tables of two dimensions."""
        return self.id in (QUARTER, YEAR)

    @property
    def has_leads(self) -> bool:
        """Whether it has tables of leads: those come with whole quarters, because leads are few and take weeks."""
        return self.months[-1].ends_quarter and self.id != MONTH


def scopes(audience: str, month: Month) -> Iterator[Scope]:
    """What the release of a month has, for an audience. Months alone are for the working group only."""
    due = {MONTH: audience == STAFF, QUARTER: month.ends_quarter, YEAR: month.ends_year, SO_FAR: True}
    for scope, is_due in due.items():
        if is_due:
            yield Scope(scope, months_of(scope, month))


def months_of(scope: str, month: Month) -> tuple[Month, ...]:
    """The months that a scope has in the release of a month."""
    return {MONTH: (month,), QUARTER: month.of_quarter}.get(scope, month.of_year)


def table_id(scope: str, *dimensions: str) -> str:
    """Id of a table: "kwartaal/sector*grootte"."""
    return f"{scope}/{'*'.join(dimensions)}"


def dimensions_of(table: str) -> tuple[str, ...]:
    """The dimensions of the table with an id; "totaal", "initiatief" and the tables apart stand in their place."""
    return tuple(table.partition("/")[2].split("*"))


def scope_of(table: str) -> str:
    """The scope of the table with an id."""
    return table.partition("/")[0]


def publication_id(audience: str, month: Month) -> str:
    """Id of a release: "werkgroep/2026-11"."""
    return f"{audience}/{month.id}"
