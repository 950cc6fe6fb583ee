"""Gaps in the offer in Dutch sentences, and with whom to talk about them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from analytics.gaps import Demand, Gap, Place, listed
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative, SizeClass, StageId, Theme
from knowledge.matching import GROUPS, fits_question, serves

_WHOLE = {"provincie": "de hele provincie Utrecht", "gooi": "heel Gooi en Vechtstreek"}
_OWNERS = {"provincie": "de provincie Utrecht", "gooi": "de gemeenten in Gooi en Vechtstreek"}
_NEAREST = 2  # initiatives to talk to about one question of a gap


@dataclass(frozen=True)
class Talk:
    """With whom to talk, and about what.

    `initiative` is an id, and None when nothing in the offer comes near; `owner` is None when it is not known. `firms`
    is that of the largest gap that it is about; None when CBS did not count those. `nothing` is how often firms found
    nothing there, as far as that was published.
    """

    who: str
    about: tuple[str, ...]
    initiative: str | None = None
    owner: str | None = None
    firms: int | None = None
    nothing: int = 0


@dataclass
class _Subject:
    """The questions of one change to talk about, and the most that a gap of it has: found nothing, and firms."""

    questions: set[str] = field(default_factory=set)
    nothing: int = 0
    firms: int | None = None

    def add(self, question: str, nothing: int, firms: int | None) -> None:
        """A question that asks for the same change."""
        self.questions.add(question)
        self.nothing = max(self.nothing, nothing)
        self.firms = max((self.firms, firms), key=lambda number: number or 0)


@dataclass(frozen=True)
class _Lacks:
    """What keeps an initiative from filling a gap."""

    places: tuple[Place, ...]
    stages: tuple[str, ...]
    sizes: tuple[str, ...]

    @property
    def number(self) -> int:
        """In how many ways it would have to change."""
        return sum(map(bool, (self.places, self.stages, self.sizes)))


def statement(knowledge: Knowledge, gap: Gap) -> str:
    """A gap as a sentence."""
    firm, where = _firm(knowledge, gap.sizes, gap.stages), _where(gap, gap.places)
    return f"Er is geen hulp bij {_themes(knowledge, gap.questions)} voor {firm}, in {where}."


def talk_to(knowledge: Knowledge, found: Iterable[Gap], demand: Demand, today: date) -> tuple[Talk, ...]:
    """Whom to talk to about gaps, and then about what may no longer be there.

    First is where firms found nothing most often, then where there are the most firms.

    For each question of a gap these are the initiatives that help with it and would have to change in the fewest ways:
    in another place, stage or size. Where there are none it is who is there for the region.
    """
    about: dict[str, dict[str, _Subject]] = {}
    for gap in found:
        for question in gap.questions:
            for who, change in _nearest(knowledge, gap, question, today):
                about.setdefault(who, {}).setdefault(change, _Subject()).add(
                    question, demand.of(gap.region, question), gap.firms
                )
    talks = [_talk(knowledge, who, changes) for who, changes in about.items()]
    talks.sort(key=_first)
    return (*talks, *doubts(knowledge, today))


def doubts(knowledge: Knowledge, today: date) -> tuple[Talk, ...]:
    """Whom to ask whether an initiative is still there, because it was not seen for long."""
    return tuple(
        _doubt(knowledge, initiative)
        for initiative in knowledge.catalogue
        if initiative.verwijst and initiative.running(today) and initiative.outdated(today)
    )


def _talk(knowledge: Knowledge, who: str, changes: Mapping[str, _Subject]) -> Talk:
    subjects = sorted(changes.items(), key=lambda change: _first(change[1]))
    about = tuple(f"hulp bij {_themes(knowledge, subject.questions)}{change}" for change, subject in subjects)
    most = subjects[0][1]
    initiative = knowledge.initiative(who)
    name, owner = (initiative.naam, initiative.eigenaar) if initiative else (who, None)
    return Talk(name, about, initiative.id if initiative else None, owner, most.firms, most.nothing)


def _first(one: Talk | _Subject) -> tuple[int, int]:
    """What to talk about first."""
    return -one.nothing, -(one.firms or 0)


def _doubt(knowledge: Knowledge, initiative: Initiative) -> Talk:
    year, month = initiative.seen
    seen = f"of het er nog is: voor het laatst gezien in {knowledge.texts.maanden[month - 1]} {year}"
    return Talk(initiative.naam, (seen,), initiative.id, initiative.eigenaar)


def _nearest(knowledge: Knowledge, gap: Gap, question: str, today: date) -> Iterator[tuple[str, str]]:
    """The ids of who to talk to about a question of a gap, and the change to talk about."""
    lacking = {
        initiative.id: (_lacks(knowledge, initiative, gap, today), initiative)
        for initiative in knowledge.catalogue
        if initiative.verwijst
        and initiative.running(today)
        and initiative.groep in GROUPS
        and fits_question(initiative, question)
    }
    if not lacking:
        yield _OWNERS[gap.region], f" voor {_firm(knowledge, gap.sizes, gap.stages)}, in {_where(gap, gap.places)}"
        return
    fewest = min(lacks.number for lacks, _ in lacking.values())
    nearest = [(lacks, initiative) for lacks, initiative in lacking.values() if lacks.number == fewest]
    nearest.sort(key=lambda one: _last_to_ask(*one))
    for lacks, initiative in nearest[:_NEAREST]:
        yield initiative.id, _change(knowledge, gap, lacks)


def _last_to_ask(lacks: _Lacks, initiative: Initiative) -> tuple[bool, int, int, int, str]:
    """What serves the place already is asked first, then what helps most directly, then what was seen last."""
    year, month = initiative.seen
    return bool(lacks.places), GROUPS.index(initiative.groep), -year, -month, initiative.id


def _lacks(knowledge: Knowledge, initiative: Initiative, gap: Gap, today: date) -> _Lacks:
    municipalities = knowledge.municipalities
    return _Lacks(
        tuple(place for place in gap.places if not serves(initiative, place.codes[0], municipalities, today)),
        tuple(stage for stage in gap.stages if stage not in initiative.fase),
        tuple(size for size in gap.sizes if size not in initiative.grootte),
    )


def _change(knowledge: Knowledge, gap: Gap, lacks: _Lacks) -> str:
    firm = f" voor {_firm(knowledge, lacks.sizes, lacks.stages)}" if lacks.sizes or lacks.stages else ""
    where = f" in {_where(gap, lacks.places)}" if lacks.places else ""
    return f", ook{firm}{where}"


def _themes(knowledge: Knowledge, questions: Collection[str]) -> str:
    return listed([knowledge.texts.thema[question] for question in get_args(Theme) if question in questions], "of")


def _firm(knowledge: Knowledge, sizes: Sequence[str], stages: Sequence[str]) -> str:
    """A kind of firm; no sizes or no stages leaves those out."""
    words = ["een bedrijf"]
    if sizes:
        words.append(_of_size(sizes))
    if len(stages) == len(get_args(StageId)):
        words.append("in welke fase ook")
    elif stages:
        words.append(listed([knowledge.texts.fase[stage] for stage in stages], "of"))
    return " ".join(words)


def _of_size(sizes: Sequence[str]) -> str:
    """Size classes in words, those that follow each other as one: "van 2 tot en met 49 mensen"."""
    order = list(get_args(SizeClass))
    if len(sizes) == len(order):
        return "van elke grootte"
    runs: list[list[str]] = []
    for size in sizes:
        follows = runs and order.index(size) == order.index(runs[-1][-1]) + 1
        runs[-1].append(size) if follows else runs.append([size])
    return listed([_range(run[0], run[-1]) for run in runs], "of")


def _range(smallest: str, largest: str) -> str:
    low, high = smallest.rstrip("+").partition("-")[0], largest.rsplit("-", maxsplit=1)[-1]
    if high == "1":
        return "van 1 persoon"
    if high.endswith("+"):
        return f"van {low} of meer mensen"
    return f"van hoogstens {high} mensen" if low == "1" else f"van {low} tot en met {high} mensen"


def _where(gap: Gap, places: Sequence[Place]) -> str:
    """Places of the region of a gap; when they are most of it, those that are not among them."""
    apart = [place for place in (*gap.places, *gap.others) if place not in places]
    if not apart:
        return _WHOLE[gap.region]
    if len(apart) < len(places):
        return f"{_WHOLE[gap.region]} behalve {listed([place.title for place in apart])}"
    return listed([place.title for place in places])
