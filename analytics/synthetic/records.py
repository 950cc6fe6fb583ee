"""Made-up records, a batch at a time."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from analytics.periods import week_of
from analytics.synthetic import leads
from analytics.synthetic.firms import AT_EVENTS, EVERY_DAY, Firm, Visit, firms, visits
from knowledge.base import FOLDER, Knowledge
from knowledge.cbs import load_cbs
from knowledge.matching import Profile, refer

T = TypeVar("T")

SYNTHETIC = "synthetisch"  # the scoring_version of a made-up referral, and how the id of every made-up record begins

_BATCH = 5000  # referrals
_ID_BITS = 96
_WEEKS_BETWEEN_EVENTS = 8
_EVENT_SHARE = 0.2  # of all records
_AT_HOME = 6.0  # how much likelier a firm of the municipality is to be at an event there
_STOPS_PER_REFERRAL = 0.6
_STOPS_NEXT = 0.7  # as many stop at a question as at the one before it, times this
_SUMMER, _QUIET = range(28, 35), (1, 52, 53)  # ISO weeks
_SUMMER_SHARE, _QUIET_SHARE = 0.5, 0.3  # of the records of another week
_GROWTH = 0.8  # how much busier the last week is than the first
_UNSAFE = {"adhoc": 0.6, "engaged": 0.3, "verder": 0.1}
_PROVISIONAL, _WITH_VERDICT = 0.55, 0.25
_CONTENT, _CONTENT_WITHOUT_OFFER = 0.85, 0.35  # of those who give a verdict


@dataclass(frozen=True)
class Batch:
    """Rows of the tables referral, referred_initiative, stopped and outcome, as they are inserted."""

    referrals: list[dict[str, Any]] = field(default_factory=list)
    initiatives: list[dict[str, Any]] = field(default_factory=list)
    stops: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Occasion:
    """A visit, and the event and its week when it was at one."""

    visit: Visit
    event: str | None = None
    week: str | None = None


class _Draw(Generic[T]):
    """Draws from things that are not equally likely."""

    def __init__(self, random: Random, weights: Mapping[T, float]) -> None:
        self._random = random
        self._things, self._steps = list(weights), list(accumulate(weights.values()))

    def __call__(self, number: int) -> list[T]:
        return self._random.choices(self._things, cum_weights=self._steps, k=number)


def generate(knowledge: Knowledge, *, seed: int, records: int, first: date, last: date) -> Iterator[Batch]:
    """So many referrals in the weeks from one day to another, with conversations that stopped and steps of leads.

    The same seed, data and days give the same rows. Raises ValueError when the last day lies before the first.
    """
    if last < first:
        raise ValueError(f"the last day lies before the first: {first} {last}")
    return _Generator(knowledge, seed, first, last).batches(records)


class _Generator:
    """What is the same for every batch."""

    def __init__(self, knowledge: Knowledge, seed: int, first: date, last: date) -> None:
        random = Random(seed)  # noqa: S311 - nothing depends on chance
        self._knowledge, self._random, self._last = knowledge, random, last
        # What leads come to changes nothing of the firms themselves.
        self._chance_of_leads = Random(f"leads {seed}")  # noqa: S311
        self._thursdays = _thursdays(first, last)
        self._firms = _Draw(random, firms(load_cbs(FOLDER / "cbs.yaml")))
        self._weeks = _Draw(random, self._busy())
        self._occasions = _Draw(random, self._all_occasions())
        core = knowledge.intake.core
        self._questions = _Draw(random, {question.id: _STOPS_NEXT**place for place, question in enumerate(core)})
        stages = knowledge.intake.scoring.fasen
        self._scores: dict[str, tuple[int, int]] = {
            stage.id: (stage.van, stage.tot + 1 - stage.van) for stage in stages
        }
        changes = _changes(knowledge)
        self._eras = {week: bisect(changes, thursday) for week, thursday in self._thursdays.items()}
        self._matches: dict[tuple[Profile, int], tuple[dict[str, Any], tuple[str, ...]]] = {}

    def _busy(self) -> dict[str, float]:
        """How busy each week is: more so every week, but for summer and the turn of the year."""
        weights = {}
        for number, week in enumerate(self._thursdays):
            of_year = int(week[-2:])
            season = _SUMMER_SHARE if of_year in _SUMMER else _QUIET_SHARE if of_year in _QUIET else 1.0
            growth = 1 + _GROWTH * number / len(self._thursdays)
            weights[week] = season * growth * self._random.uniform(0.8, 1.2)
        return weights

    def _all_occasions(self) -> dict[_Occasion, float]:
        """Every visit to a site, and to the events, of which there is one in every eight weeks."""
        weights = {
            _Occasion(visit): weight * (1 - _EVENT_SHARE)
            for visit, weight in visits(self._knowledge, EVERY_DAY).items()
        }
        at_events, weeks = visits(self._knowledge, AT_EVENTS), list(self._thursdays)
        events = 1 + len(weeks) // _WEEKS_BETWEEN_EVENTS
        for number, host in enumerate(_Draw(self._random, at_events)(events), start=1):
            week = weeks[self._random.randrange(len(weeks))]
            there = {
                visit: weight * (_AT_HOME if visit.municipality == host.municipality else 1.0)
                for visit, weight in at_events.items()
                if visit.site == host.site
            }
            share = _EVENT_SHARE / events / sum(there.values())
            for visit, weight in there.items():
                weights[_Occasion(visit, f"SYNTH-{number}", week)] = weight * share
        return weights

    def batches(self, records: int) -> Iterator[Batch]:
        """The records in the order of their ids, so that a database appends them; their weeks are in no order."""
        step = 2**_ID_BITS // max(records, 1)
        for start in range(0, records, _BATCH):
            stop = min(start + _BATCH, records)
            stops = range(int(start * _STOPS_PER_REFERRAL), int(stop * _STOPS_PER_REFERRAL))
            yield self._batch(
                [self._id(place * step, step) for place in range(start, stop)],
                [self._id(place * step, step) for place in stops],
            )

    def _id(self, lowest: int, step: int) -> str:
        return f"{SYNTHETIC}-{lowest + int(self._random.random() * step):0{_ID_BITS // 4}x}"

    def _batch(self, referred: Sequence[str], stopped: Sequence[str]) -> Batch:
        batch = Batch()
        for identifier, firm, source in zip(
            referred, self._firms(len(referred)), self._sources(len(referred)), strict=True
        ):
            place, columns = source
            row, initiatives = self._referral(firm, place, columns["week"])
            batch.referrals.append({"id": identifier, **columns, **row})
            batch.initiatives.extend(
                {"referral_id": identifier, "position": position, "initiative": initiative}
                for position, initiative in enumerate(initiatives, start=1)
            )
            batch.outcomes.extend(self._steps(columns["week"], initiatives))
        for identifier, (_, columns), question in zip(
            stopped, self._sources(len(stopped)), self._questions(len(stopped)), strict=True
        ):
            batch.stops.append({"id": identifier, **columns, "question": question})
        return batch

    def _steps(self, week: str, initiatives: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The steps of the leads of a firm, with ids in no order: nothing tells which are of one lead."""
        for step in leads.steps(self._chance_of_leads, week, initiatives, self._last):
            yield {"id": f"{SYNTHETIC}-{self._chance_of_leads.getrandbits(_ID_BITS):0{_ID_BITS // 4}x}", **step}

    def _sources(self, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Where firms are, and the columns that tell when and along what they came."""
        for occasion, week in zip(self._occasions(number), self._weeks(number), strict=True):
            visit = occasion.visit
            yield (
                visit.municipality,
                {
                    "week": occasion.week or week,
                    "channel": visit.channel,
                    "site": visit.site,
                    "event": occasion.event,
                },
            )

    def _referral(self, firm: Firm, municipality: str, week: str) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The columns that tell of the firm and what it came to, and its initiatives."""
        chance = self._random.random
        unsafe = chance() < _UNSAFE[firm.stage]
        profile = Profile(firm.size, municipality, firm.question, firm.stage, unsafe)
        outcome, initiatives = self._match(profile, week)
        lowest, scores = self._scores[firm.stage]
        verdict = None
        if chance() < _WITH_VERDICT:
            content = _CONTENT_WITHOUT_OFFER if outcome["nothing_fits"] else _CONTENT
            verdict = "goed" if chance() < content else "slecht"
        row = {
            "sbi2025": firm.sbi2025,
            "sbi2008": firm.sbi2008,
            "size_class": firm.size,
            "stage": firm.stage,
            "score": lowest + int(chance() * scores),
            "provisional": chance() < _PROVISIONAL,
            "safety_flag": unsafe,
            "question": firm.question,
            "verdict": verdict,
            "scoring_version": SYNTHETIC,
            "catalogue_version": self._knowledge.catalogue_version,
            "rounding_key": self._random.getrandbits(32),
            **outcome,
        }
        return row, initiatives

    def _match(self, profile: Profile, week: str) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The columns that matching gives, and the initiatives; worked out once for all weeks in which it is so."""
        key = profile, self._eras[week]
        if key not in self._matches:
            municipalities, day = self._knowledge.municipalities, self._thursdays[week]
            referral = refer(profile, self._knowledge.catalogue, municipalities, day)
            self._matches[key] = (
                {
                    "municipality": municipalities.current(profile.municipality, day),
                    "fallback": referral.fallback.initiative.id,
                    "nothing_fits": referral.nothing_fits,
                },
                tuple(matched.initiative.id for matched in referral.shown),
            )
        return self._matches[key]


def _thursdays(first: date, last: date) -> dict[str, date]:
    """The Thursday of each week from that of one day to that of another."""
    day = first + timedelta(4 - first.isoweekday())
    found = {}
    while week_of(day) <= week_of(last):
        found[week_of(day)] = day
        day += timedelta(7)
    return found


def _changes(knowledge: Knowledge) -> list[date]:
    """The days on which matching may begin to give something else, in order."""
    begun = [initiative.begin for initiative in knowledge.catalogue]
    begun += [municipality.geldigVan for municipality in knowledge.municipalities.gemeenten]
    ended = [initiative.einde for initiative in knowledge.catalogue]
    ended += [municipality.geldigTot for municipality in knowledge.municipalities.gemeenten]
    return sorted({*filter(None, begun), *(day + timedelta(1) for day in ended if day)})
