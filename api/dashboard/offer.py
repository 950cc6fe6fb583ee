"""Where the offer falls short: one picture, the gaps in sentences, where people found nothing, and whom to talk to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from analytics.gap_words import Talk, statement, talk_to
from analytics.gaps import NOTHING_KNOWN, Combination, Gap, combinations, demand, gaps, unmet
from api.dashboard import charts, words
from api.dashboard.charts import Bar, Square
from api.dashboard.choice import Choice
from api.dashboard.drawings import Words
from api.dashboard.goal import cbs
from api.dashboard.panels import Grid, Panel, nothing
from knowledge.base import Knowledge
from knowledge.catalogue import StageId, Theme
from knowledge.words import listed

_COLUMNS = {"adhoc": "Aan het begin", "engaged": "Op weg", "verder": "Al ver"}
_BY_FIRMS = (
    "Bovenaan staat waar de meeste bedrijven zijn (CBS, 2020). Bij welke hulpvraag ondernemers niets vonden, is nog "
    "niet te zien."
)
_BY_DEMAND = (
    "Bovenaan staat de hulpvraag waarbij ondernemers{where} het vaakst niets vonden, over {when}. "
    "Daarna telt hoeveel bedrijven er zijn (CBS, 2020)."
)
_PLACES = " in dat gebied"
_EVERYWHERE, _SOMEWHERE, _NOWHERE = Square("all", "overal"), Square("some", "deels"), Square("none", "nergens")


@dataclass(frozen=True)
class Statement:
    """A gap in a sentence, and how many firms of these sizes the province has; None when nobody counted those."""

    sentence: str
    firms: str | None


@dataclass(frozen=True)
class Offer:
    """What the catalogue alone tells: the picture, and the gaps of the province and of the Gooi."""

    picture: Panel
    province: tuple[Statement, ...]
    gooi: tuple[Statement, ...]


@dataclass(frozen=True)
class Talks:
    """Whom to talk to, and a sentence that says in which order."""

    order: str
    talks: tuple[Talk, ...]


def offer(knowledge: Knowledge, today: date) -> Offer:
    """The offer of a day."""
    return _offer(knowledge.now(), today)


@lru_cache(maxsize=2)
def _offer(knowledge: Knowledge, today: date) -> Offer:
    every, found = _gaps(knowledge, today)
    said = [
        (gap.region, Statement(statement(knowledge, gap), None if gap.firms is None else words.number(gap.firms)))
        for gap in found
    ]
    return Offer(
        picture=_picture(knowledge, every),
        province=tuple(one for region, one in said if region == "provincie"),
        gooi=tuple(one for region, one in said if region == "gooi"),
    )


@lru_cache(maxsize=2)
def _gaps(knowledge: Knowledge, today: date) -> tuple[tuple[Combination, ...], tuple[Gap, ...]]:
    every = combinations(knowledge, today)
    return every, gaps(every, cbs())


def talks(knowledge: Knowledge, choice: Choice | None, today: date) -> Talks:
    """Whom to talk to about the gaps of a day: first where people found nothing, as far as that was released."""
    _, found = _gaps(knowledge.now(), today)
    question = choice.newest_crossed("hulpvraag", "aanbod") if choice else None
    if question is None:
        return Talks(_BY_FIRMS, _by_name(talk_to(knowledge, found, NOTHING_KNOWN, today)))
    asked = demand(question.release, question.table.scope, knowledge)
    order = _BY_DEMAND.format(where=_PLACES if asked.regions else "", when=question.when)
    return Talks(order, _by_name(talk_to(knowledge, found, asked, today)))


def _by_name(talks: Iterable[Talk]) -> tuple[Talk, ...]:
    """Everything to talk about with the same people, together."""
    found: dict[str, Talk] = {}
    for talk in talks:
        earlier = found.get(talk.who)
        found[talk.who] = replace(earlier, about=(*earlier.about, *talk.about)) if earlier else talk
    return tuple(found.values())


def _picture(knowledge: Knowledge, every: Sequence[Combination]) -> Panel:
    """For firms of the target group: where there is something for each question and stage."""
    identifier, title = "voor-wie", "Voor wie is er hulp?"
    sizes = cbs()["doelgroep"]["grootteklassen"]
    names = dict(knowledge.intake.question("hulpvraag").choices())
    squares, rows, nowhere = [], [], []
    for question in get_args(Theme):
        line, cells = [], []
        for stage in get_args(StageId):
            here = [one for one in every if (one.question, one.stage) == (question, stage) and one.size in sizes]
            square, where = _where(here)
            line.append(square)
            cells.append(where)
            if square is _NOWHERE:
                nowhere.append(f"{names[question].lower()} ({_COLUMNS[stage].lower()})")
        squares.append((names[question], line))
        rows.append((names[question], *cells))
    sentence = f"Nergens hulp bij: {listed(nowhere)}." if nowhere else "Voor elke hulpvraag is er ergens hulp."
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid(
            "Waar een bedrijf van 2 tot en met 49 mensen hulp vindt",
            ("Hulpvraag", *_COLUMNS.values()),
            tuple(rows),
            wordy=True,
        ),
        charts.squares(Words(identifier, title, sentence), list(_COLUMNS.values()), squares),
        notes=("Dit volgt uit de lijst van initiatieven van vandaag. Er zijn geen gesprekken voor nodig.",),
    )


def _where(every: Sequence[Combination]) -> tuple[Square, str]:
    """In which places there is something for all of these firms, as a square and in words."""
    lacking = {one.place for one in every if not one.initiatives}
    places = dict.fromkeys(one.place for one in every)
    served = [place.title for place in places if place not in lacking]
    without = [place.title for place in places if place in lacking]
    if not (served and without):
        square = _EVERYWHERE if served else _NOWHERE
        return square, square.word
    fewest = f"alleen {listed(served)}" if len(served) <= len(without) else f"niet in {listed(without)}"
    return _SOMEWHERE, fewest


def found_nothing(choice: Choice) -> Iterator[Panel]:
    """Where people found nothing that fits, of the newest quarter or year that tells."""
    yield _found_nothing(choice, "hulpvraag", "Bij welke hulpvraag ze niets vonden")
    yield _found_nothing(choice, "plaats", "In welke plaats ze niets vonden")


def _found_nothing(choice: Choice, dimension: Literal["plaats", "hulpvraag"], title: str) -> Panel:
    identifier = f"niets-{dimension}"
    found = choice.newest_crossed(dimension, "aanbod")
    if found is None:
        return nothing(identifier, title)
    release = found.release
    lines = unmet(release, found.table.scope, dimension)
    some = [line for line in lines if line.without is not None]
    sentence = f"In elke groep waren er {words.few(release)} gesprekken zonder passend aanbod. Dat kan ook 0 zijn."
    if some:
        top = [f"“{line.title}”" for line in some if line.without == some[0].without]
        each = "elk " if len(top) > 1 else ""
        sentence = f"Het vaakst niets: {listed(top)}, {each}ongeveer {words.number(some[0].without or 0)} gesprekken."
    rows = tuple(
        (
            line.title,
            words.shown(release, line.without),
            words.shown(release, line.fitted),
            words.percents(line.percent),
        )
        for line in lines
    )
    bars = [Bar(line.title, line.without, words.shown(release, line.without)) for line in some]
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid(f"{title}: {found.when}", ("Groep", "Niets", "Wel iets", "Deel zonder"), rows),
        charts.bars(Words(identifier, title, sentence), bars) if bars else None,
        when=found.when,
    )
