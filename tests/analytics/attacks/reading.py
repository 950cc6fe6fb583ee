"""What a reader has: every published cell with the firms that it is of, as the public descriptions tell it.

Written from what is said to readers, not from the code that makes the figures.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from analytics.figures import Figures, Release, Table
from knowledge.base import Knowledge

Group = frozenset[str]  # ids of months, or codes of the finest level

SIZES = {"1-9": {"1", "2-9"}, "10-49": {"10-49"}, "50+": {"50-249", "250+"}}
MONTHS_IN_QUARTER = 3
STEPS_OF_LEADS = {
    "lead_stap": frozenset({"aangevraagd", "contact", "geholpen", "anders", "ervaring"}),
    "lead_afloop": frozenset(
        {"geholpen", "niet_verder", "niet_passend", "geen_gehoor", "geen_plek", "ingetrokken", "verlopen"}
    ),
    "lead_tijd": frozenset({"0-2", "3-5", "6-10", "11+"}),
    "lead_ervaring": frozenset({"geholpen", "nog_bezig", "niet_geholpen"}),
}


@dataclass(frozen=True)
class Seen:
    """A published cell: of what, over which months, which codes, and what was published; `value` is None for "<k"."""

    names: tuple[str, ...]
    months: Group
    codes: tuple[Group, ...]
    value: int | None
    threshold: int
    exact: bool = False
    table: str = ""

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest that the true count can be, by the rules as the page explains them."""
        if self.value is None:
            return 0, self.threshold - 1
        if self.exact:
            return self.value, self.value
        return max(self.threshold, self.value - 4), self.value + 4


@dataclass(frozen=True)
class Paper:
    """All that a reader has of one year: cells, and up to each month the total of results and of stops.

    Totals are exact; None is one below the threshold, the lowest of those that the reader is given a month with.
    """

    cells: tuple[Seen, ...]
    totals: Mapping[str, int | None]
    stopped: Mapping[str, int | None]
    threshold: int


class Meaning:
    """Which codes of the finest level a published code stands for: the data dictionary and public registers."""

    def __init__(self, knowledge: Knowledge) -> None:
        sections, towns = knowledge.sectors.sections, knowledge.municipalities
        self.codes: dict[str, Group] = {
            "sector": frozenset({*sections.sbi2008, "onbekend"}),
            "grootte": frozenset({*(code for codes in SIZES.values() for code in codes), "onbekend"}),
            "plaats": frozenset({*(town.code for town in towns.valid(DAY)), "buiten_regio", "onbekend"}),
            "fase": frozenset({"adhoc", "engaged", "verder"}),
            "hulpvraag": frozenset({"klanten", "administratie", "veilig", "gegevens_ai", "personeel", "weet_niet"}),
            "kanaal": frozenset({"widget", "formulier", "evenement"}),
            "site": frozenset({*(name for name, site in knowledge.sites.items() if site.telt), "overig"}),
            "aanbod": frozenset({"passend", "geen"}),
            "initiatief": frozenset(initiative.id for initiative in knowledge.catalogue),
            "gestopt": frozenset(question.id for question in knowledge.intake.vragen),
            **STEPS_OF_LEADS,
            **dict.fromkeys(
                ("lead_initiatief", "lead_geholpen"), frozenset({*(one.id for one in knowledge.catalogue), "overig"})
            ),
        }
        seed = {name: {sector.sbi2008} for name, sector in sections.seed.items()}
        seed["overig"] = set(self.codes["sector"]) - {code for codes in seed.values() for code in codes}
        places: dict[str, set[str]] = {}
        for town in towns.valid(DAY):
            for code in (town.deelregio, town.regio):
                places.setdefault(code, set()).add(town.code)
        self._wider = {("sector", "zes"): seed, ("grootte", "drie"): SIZES}
        self._wider |= {("plaats", level): places for level in ("deelregio", "regio")}
        self._now = lambda code: towns.current(code, DAY)

    def of(self, name: str, level: str, code: str) -> Group:
        """The finest codes within a published one."""
        return frozenset(self._wider.get((name, level), {}).get(code, {code}))

    def finest(self, name: str, stored: str) -> str:
        """The finest code of what a record has."""
        return self._now(stored) if name == "plaats" else stored


DAY = date(2026, 12, 31)


def read(engine: Engine, knowledge: Knowledge, audiences: Iterable[str], year: int) -> Paper:
    """What readers of these audiences were given about a year."""
    figures, meaning = Figures(engine, knowledge), Meaning(knowledge)
    releases = [one for audience in audiences for one in figures.all(audience) if one.month.year == year]
    cells = [
        seen for release in releases for table in release.tables.values() for seen in cells_of(release, table, meaning)
    ]
    # The lowest threshold last: what it shows stays.
    releases.sort(key=lambda release: -release.threshold)
    lowest = {release.month.id: release.threshold for release in releases}
    return Paper(
        tuple(cells),
        {release.month.id: release.totals["tot_nu"] for release in releases},
        {release.month.id: release.stopped["tot_nu"] for release in releases},
        max(lowest.values()),
    )


def months_of(scope: str, month_id: str) -> Group:
    """The months that a table is of."""
    year, last = month_id.split("-")
    first = {"maand": int(last), "kwartaal": int(last) - MONTHS_IN_QUARTER + 1}.get(scope, 1)
    return frozenset(f"{year}-{number:02}" for number in range(first, int(last) + 1))


def cells_of(release: Release, table: Table, meaning: Meaning) -> Iterator[Seen]:
    """The cells of a table; of one that names only some initiatives, those."""
    months = months_of(table.scope, release.month.id)
    for cell in table.cells:
        codes = (cell.row, cell.column)[: len(table.dimensions)]
        groups = zip(table.dimensions, table.levels, codes, strict=True)
        yield Seen(
            table.dimensions,
            months,
            tuple(meaning.of(*group) for group in groups),
            cell.value,
            release.threshold,
            table=f"{release.id} {table.id}",
        )
