"""Who we reach and who is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analytics import coverage, metric_values
from analytics.counting import excluded
from analytics.disclosure import percentage
from analytics.event_summary import Summary
from analytics.figures import Release
from analytics.groups import Coverage, Group
from analytics.metric_values import alone, gooi
from api.dashboard import charts, words
from api.dashboard.charts import Bar, Pair
from api.dashboard.choice import Choice, Found
from api.dashboard.drawings import Words
from api.dashboard.goal import cbs
from api.dashboard.panels import Grid, Panel, nothing, one_way, two_way
from api.dashboard.tiles import TileMap, tile_map
from api.events.service import Event
from knowledge.base import Knowledge
from knowledge.words import listed

_TITLES = {
    "sector": "Sector",
    "grootte": "Aantal mensen",
    "fase": "Hoe digitaal ze werken",
    "hulpvraag": "Waar ze hulp bij willen",
    "kanaal": "Waarlangs ze komen",
    "site": "Via welke website",
}
_CROSSED = {
    ("sector", "grootte"): "Sector en aantal mensen",
    ("fase", "sector"): "Fase en sector",
    ("sector", "hulpvraag"): "Sector en hulpvraag",
}
_WITH_ALONE = "Zzp'ers zijn bij ons bereik meegeteld, omdat we ze hier niet apart kunnen zien. Bij alle bedrijven niet."
_WITHOUT_ALONE = "Zzp'ers zijn hier niet meegeteld."
_POPULATION = (
    "Alle bedrijven: vestigingen vanaf 2 mensen in de provincie Utrecht (CBS, 2020, bewerking Birch). Bij ons bereik "
    "telt Gooi en Vechtstreek mee."
)
_RATIO = (
    "De verhouding ligt ergens tussen die twee getallen: aantallen zijn afgerond, en wie niet bij alle bedrijven "
    "hoort, kan in elke groep zitten."
)
_COVERED = ("Bereikt", "Alle bedrijven", "Per 1.000")
_MOST_EVENTS = 10
_ALONE = "Een streepje: dit is bij deze aantallen niet apart te zien."
_HEADINGS = {"sector": "Sector", "fase": "Fase"}


def panels(choice: Choice) -> Iterator[Panel]:
    """What conversations are divided by, but for places, in the order of the page."""
    for name, title in _TITLES.items():
        yield one_way(name, title, choice.table(name))


def places(choice: Choice, knowledge: Knowledge) -> tuple[Panel, TileMap | None]:
    """Where the firms are, as a panel and as a map; a map there is not of whole regions."""
    found = choice.table("plaats")
    panel = one_way("plaats", "Waar ze vandaan komen", found)
    return panel, tile_map(knowledge, found.release, found.table) if found else None


def crossed(choice: Choice, knowledge: Knowledge) -> Iterator[Panel]:
    """Two dimensions at once, of the newest quarter or year that has them."""
    yield covered(choice, knowledge)
    for names, title in _CROSSED.items():
        yield two_way("-".join(names), title, _HEADINGS[names[0]], choice.newest_crossed(*names))


def missing(choice: Choice, knowledge: Knowledge) -> Iterator[Panel]:
    """Who we reach beside all firms that there are, by sector and by size."""
    sector, size = choice.table("sector"), choice.table("grootte")
    yield _beside(
        "vertegenwoordiging-sector",
        "Welke sectoren ontbreken",
        sector,
        coverage.by_sector(sector.release, sector.table.scope, knowledge, cbs()) if sector else None,
    )
    yield _beside(
        "vertegenwoordiging-grootte",
        "Welke groottes ontbreken",
        size,
        coverage.by_size(size.release, size.table.scope, knowledge, cbs()) if size else None,
    )


def _beside(identifier: str, title: str, found: Found | None, beside: Coverage | None) -> Panel:
    if found is None or beside is None:
        return nothing(identifier, title)
    groups, firms = beside.groups, sum(group.population for group in beside.groups)
    reached = sum(group.reached or 0 for group in groups)
    pairs = [
        Pair(group.title, percentage(group.reached, reached), percentage(group.population, firms)) for group in groups
    ]
    sentence = _judgement(groups)
    rows = tuple(
        (
            group.title,
            *_covered(found.release, group),
            _ratio(group),
            group.word,
        )
        for group in groups
    )
    head = ("Groep", *_COVERED, "Verhouding", "Oordeel")
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid(f"{title}: {found.when}, naast alle bedrijven", head, rows),
        charts.pairs(Words(identifier, title, sentence), ("van ons bereik", "van alle bedrijven"), pairs),
        notes=(_WITH_ALONE if beside.with_alone else _WITHOUT_ALONE, f"{_POPULATION} {_RATIO}"),
        when=found.when,
    )


def covered(choice: Choice, knowledge: Knowledge) -> Panel:
    """What was reached of all firms that there are, by sector and size at once."""
    identifier, title = "dekking-sector-grootte", "Welk deel we bereiken, per sector en aantal mensen"
    found = choice.newest_crossed("sector", "grootte")
    beside = coverage.by_sector_and_size(found.release, found.table.scope, knowledge, cbs()) if found else None
    if found is None or beside is None:
        return nothing(identifier, title)
    rows = tuple((group.title, *_covered(found.release, group)) for group in beside.groups)
    known = [group for group in beside.groups if group.per_thousand is not None and not group.partly]
    most = max((group.per_thousand or 0 for group in known), default=None)
    top = listed(f"“{group.title}”" for group in known if group.per_thousand == most)
    sentence = (
        "Hoeveel we van elke groep bereiken, is niet precies te zien."
        if most is None
        else f"Het meest bereikt: {top}, ongeveer {words.per_thousand(most)} van elke 1.000 bedrijven."
    )
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid(f"{title}: {found.when}", ("Groep", *_COVERED), rows),
        notes=(_WITHOUT_ALONE, _POPULATION),
        when=found.when,
    )


def _covered(release: Release, group: Group) -> tuple[str, str, str]:
    """What was reached, how many firms there are, and how many of every 1,000 that is.

    When a part of the group is hidden it is at least what the others can be, and when all is, at most what it can be.
    """
    firms = group.population
    if group.partly:
        least = 1000 * group.lowest // firms
        reached = f"minstens {words.number(group.lowest)}"
        of_thousand = f"minstens {words.number(least)}" if least else "meer dan 0"
    elif group.reached is None and group.highest >= release.threshold:
        reached = f"hoogstens {words.number(group.highest)}"
        of_thousand = f"hoogstens {words.number(-(-1000 * group.highest // firms))}"
    else:
        reached, of_thousand = words.shown(release, group.reached), words.per_thousand(group.per_thousand)
    return reached, words.number(firms), of_thousand


def _judgement(groups: Iterable[Group]) -> str:
    """What can be said of which groups."""
    said: dict[str, list[str]] = {}
    for group in groups:
        said.setdefault(group.word, []).append(group.title)
    order = ("ondervertegenwoordigd", "oververtegenwoordigd", "naar verhouding", "niet te zeggen")
    return " ".join(f"{word.capitalize()}: {listed(said[word])}." for word in order if word in said)


def _ratio(group: Group) -> str:
    low, high = (f"{bound:.1f}".replace(".", ",") for bound in group.ratio)
    return f"{low} keer" if low == high else f"{low} tot {high} keer"


def apart(choice: Choice, knowledge: Knowledge) -> Panel:
    """Who is not among the firms that CBS counted: who works alone, and Gooi en Vechtstreek."""
    size, place = choice.table("grootte"), choice.table("plaats")
    lines = []
    if size:
        lines.append((size, alone(size.release, size.table.scope)))
    if place:
        lines.append((place, gooi(place.release, place.table.scope, knowledge.municipalities)))
    identifier, title = "apart", "Zzp'ers en Gooi en Vechtstreek"
    if not lines:
        return nothing(identifier, title)
    rows = tuple(
        (line.title, words.figure(found.release, line), words.share(line), found.when) for found, line in lines
    )
    sentence = (
        "Zzp'ers en Gooi en Vechtstreek zitten niet in de 13.500 en niet bij alle bedrijven. Daarom staan ze apart."
    )
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid("Wie niet bij de 13.500 hoort", ("Groep", "Gesprekken", "Deel", "Wanneer"), rows),
        notes=(_ALONE,),
    )


def events(found: Sequence[Event], summaries: Mapping[str, Summary], knowledge: Knowledge) -> Panel | None:
    """What the newest events that were closed came to; None when none was. Demonstrations do not count here either."""
    demonstrations, texts = excluded(knowledge.sites), knowledge.texts
    newest = [event for event in found if event.code in summaries and event.site not in demonstrations][:_MOST_EVENTS]
    lines = metric_values.events([(event.code, event.name, summaries[event.code]) for event in newest])
    if not lines:
        return None
    shown = {
        line.code: f"<{summaries[line.code].threshold}" if line.value is None else words.number(line.value)
        for line in lines
    }
    highest = max(line.value or 0 for line in lines)
    top = listed(f"“{line.title}”" for line in lines if line.value == highest)
    few = max(summaries[event.code].threshold for event in newest)
    sentence = f"De meeste gesprekken: {top}, met {words.number(highest)}."
    if not highest:
        sentence = f"Bij elk evenement waren er minder dan {few} gesprekken."
    title = "Per evenement"
    rows = tuple((event.name, texts.day(event.day), shown[event.code]) for event in newest)
    return Panel(
        "evenementen",
        title,
        (sentence,),
        Grid("De laatste evenementen die zijn afgesloten", ("Evenement", "Dag", "Gesprekken"), rows),
        charts.bars(
            Words("evenementen", title, sentence), [Bar(line.title, line.value, shown[line.code]) for line in lines]
        ),
        notes=("Deze gesprekken zitten ook in de andere cijfers. Tel ze er niet bij op.",),
    )
