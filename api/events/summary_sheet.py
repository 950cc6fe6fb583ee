"""The figures of an event in words and tables, for the page and for paper. Only what was published goes in."""

from collections.abc import Mapping

from analytics.disclosure import percentage
from analytics.event_summary import OFFER, Row, Summary
from analytics.menu import INITIATIVES
from api.events import prints
from knowledge.base import Knowledge
from knowledge.words import listed

_STAGES = {"adhoc": "Aan het begin", "engaged": "Op weg", "verder": "Al ver"}
_SIZES = {
    "1-9": "1 tot en met 9 mensen",
    "10-49": "10 tot en met 49 mensen",
    "50+": "50 mensen of meer",
    "onbekend": "Niet ingevuld",
}
_OFFER = {"passend": "Ja", "geen": "Nee"}
DEMONSTRATION = "Dit is een demonstratie. Deze gesprekken tellen niet mee in de cijfers van de regio."
_OTHER_SECTORS = "Andere sectoren, of niet ingevuld"
_NOT_SHOWN = (
    "Dit laten we niet zien. Er zijn te weinig bedrijven, bijna alle bedrijven zeiden hetzelfde, "
    "of samen met andere cijfers zou het te veel over een bedrijf zeggen."
)


def sheet(knowledge: Knowledge, summary: Summary, *, demonstration: bool) -> prints.Sheet:
    """The summary of an event, in the order in which it is read; of a demonstration it says that it is one."""
    counts_not = (DEMONSTRATION,) if demonstration else ()
    made = f"Deze cijfers zijn van {knowledge.texts.day(summary.made_on)}. Ze veranderen niet meer."
    if summary.total is None:
        too_few = (
            f"{_few(summary).capitalize()} bedrijven deden de scan.",
            "Met zo weinig bedrijven laten we geen cijfers zien. Zo blijft iedereen anoniem.",
            *counts_not,
        )
        return prints.Sheet(too_few, (), (made,))
    return prints.Sheet(
        lines=(f"{summary.total} bedrijven deden de scan.", *counts_not),
        tables=(
            _table(summary, "fase", "Hoe digitaal werken ze?", _STAGES),
            _table(summary, "sector", "In welke sector werken ze?", _sectors(knowledge)),
            _table(summary, "grootte", "Hoe groot zijn ze?", _SIZES),
            _table(summary, "hulpvraag", "Waar willen ze als eerste hulp bij?", _questions(knowledge)),
            _initiatives(knowledge, summary),
            _table(summary, OFFER, "Was er hulp die past?", _OFFER),
        ),
        footnotes=(
            "Het totaal is precies. De andere aantallen zijn afgerond op vijftallen. Daarom tellen ze niet op.",
            f"“{_few(summary).capitalize()}” kan ook 0 zijn. Zo zie je nooit wat één bedrijf heeft ingevuld.",
            made,
        ),
    )


def _table(summary: Summary, name: str, title: str, labels: Mapping[str, str]) -> prints.Table:
    rows = summary.tables.get(name)
    if rows is None:
        return prints.Table(title, (), _NOT_SHOWN)
    return prints.Table(title, _shown(summary, rows, labels), _most(summary, rows, labels))


def _initiatives(knowledge: Knowledge, summary: Summary) -> prints.Table:
    title = "Waar verwezen we ze naartoe?"
    rows = summary.tables.get(INITIATIVES)
    unnamed = f"Initiatieven met {_few(summary)} bedrijven, of juist met bijna alle bedrijven, noemen we niet."
    if rows is None:
        together = "Ook laten we niets zien wat samen met andere cijfers te veel over een bedrijf zou zeggen."
        return prints.Table(title, (), f"Hier kunnen we niets laten zien. {unnamed} {together}")
    names = {initiative.id: initiative.naam for initiative in knowledge.catalogue}
    # By name: an order by number would tell more than the rounded numbers do.
    by_name = sorted(rows, key=lambda row: names.get(row.code, row.code).casefold())
    note = f"Eén bedrijf kan naar meer initiatieven verwezen zijn. {unnamed}"
    return prints.Table(title, _shown(summary, by_name, names), note)


def _shown(summary: Summary, rows: tuple[Row, ...] | list[Row], labels: Mapping[str, str]) -> tuple[prints.Row, ...]:
    return tuple(
        prints.Row(labels.get(row.code, row.code), _few(summary) if row.value is None else str(row.value))
        for row in rows
    )


def _most(summary: Summary, rows: tuple[Row, ...], labels: Mapping[str, str]) -> str:
    """The conclusion under a table: what there is most of, as far as the published values tell."""
    highest = max(row.value or 0 for row in rows)
    names = [f"“{labels[row.code]}”" for row in rows if row.value == highest]
    share = percentage(highest, summary.total)
    percent = "" if share is None else f" ({share}%)"
    each = "elk " if len(names) > 1 else ""
    return f"Het vaakst: {listed(names)}, {each}ongeveer {highest} van de {summary.total} bedrijven{percent}."


def _few(summary: Summary) -> str:
    return f"minder dan {summary.threshold}"


def _sectors(knowledge: Knowledge) -> dict[str, str]:
    named = {code: sector.naam for code, sector in knowledge.sectors.sections.seed.items()}
    return named | {"overig": _OTHER_SECTORS}


def _questions(knowledge: Knowledge) -> dict[str, str]:
    return {option.waarde: option.titel for option in knowledge.intake.question("hulpvraag").opties}
