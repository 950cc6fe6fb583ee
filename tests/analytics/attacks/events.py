"""What somebody who has logged in can reckon with who has the figures of events beside those of months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from sqlalchemy import Engine

from analytics.event_summary import read_summary
from knowledge.base import Knowledge
from tests.analytics.attacks.attack import FEWEST
from tests.analytics.attacks.reading import Group, Meaning, Paper, Seen
from tests.analytics.attacks.records import Record
from tests.analytics.attacks.solving import TOGETHER, Floats, Numbers, Reader, Space

LEVELS = {"sector": "zes", "grootte": "drie"}  # of the tables of events; the others have one
OF_EVENTS = ("fase", "sector", "grootte", "hulpvraag", "aanbod", "initiatief")


@dataclass(frozen=True)
class Event:
    """An event as its page shows it: when it was, along which website, how many firms came, and its tables."""

    code: str
    month: str
    site: str
    total: int
    cells: tuple[Seen, ...]


def read_events(engine: Engine, knowledge: Knowledge, records: Sequence[Record], year: int) -> tuple[Event, ...]:
    """The events of a year whose figures were made; month and website stand on the poster."""
    meaning, found = Meaning(knowledge), []
    for code in sorted({record.event for record in records if record.event and record.month.startswith(f"{year}")}):
        here = [record for record in records if record.event == code]
        ((month, site),) = {(record.month, record.codes["site"]) for record in here}
        summary = read_summary(engine, code)
        assert summary
        assert summary.total == len(here)
        cells = tuple(
            Seen(
                (name,),
                frozenset({month}),
                (meaning.of(name, LEVELS.get(name, name), row.code),),
                row.value,
                summary.threshold,
                table=code,
            )
            for name, rows in summary.tables.items()
            for row in rows
        )
        found.append(Event(code, month, site, len(here), cells))
    return tuple(found)


class EventReader(Reader):
    """Reasons about events too: their firms are among those of the month, each at one event at most."""

    def __init__(self, paper: Paper, knowledge: Knowledge, names: Sequence[str], events: Sequence[Event]) -> None:
        """Take what was published, and reason about tables of these dimensions."""
        self._events = events
        self._at: dict[tuple[str, tuple[str, ...]], Space] = {}
        self._left: dict[int, tuple[Numbers, Numbers]] = {}  # of a month without an event: which unknowns of each
        self.described: dict[tuple[int, ...], str] = {}
        super().__init__(paper, knowledge, names)
        for event in events:
            for name in names:
                if name in OF_EVENTS:
                    self._add_event(event, name)
            for together in TOGETHER:
                self._add_crossed(event, tuple(name for name in together if (event.code, (name,)) in self._at))
            self._reckon_event_matching(event)
        self._reckon_all_events()
        self._reckon_places(names)
        self.known = np.zeros(self.size)

    def counted(self, records: Iterable[Record]) -> Floats:
        """How many of some records are in each of the unknowns."""
        records = list(records)
        values = super().counted(records)
        for (code, names), space in self._at.items():
            for record in records:
                if record.event == code:
                    for codes in product(*(record.sides(name) for name in names)):
                        where = {name: frozenset({one}) for name, one in zip(names, codes, strict=True)}
                        values[self._touched(space, record.month, where)] += 1
        for number, (month, event) in self._left.items():
            values[number] = values[month].sum() - values[event].sum()
        return values

    def _groups(self, name: str) -> list[Group]:
        """As the tables of events have them."""
        codes = self._codes[name]
        if name in LEVELS:
            shown = {seen.codes[0] for event in self._events for seen in event.cells if seen.names == (name,)}
            return [*sorted(shown, key=sorted), *filter(None, [codes - frozenset().union(*shown)])]
        return [frozenset({code}) for code in sorted(codes)]

    def _add_space(self, names: tuple[str, ...], months: tuple[Group, ...]) -> None:
        """A dimension is divided as finely as events divide it, too."""
        if len(names) == 1 and names[0] in OF_EVENTS and self._events:
            several = [Seen(names, frozenset(), (group,), None, 5) for group in self._groups(names[0])]
            cells, self.cells = self.cells, [*self.cells, *several]
            super()._add_space(names, months)
            self.cells = cells
        else:
            super()._add_space(names, months)

    def _new(self, code: str, names: tuple[str, ...], month: str) -> Space:
        groups = tuple(tuple(self._groups(name)) for name in names)
        shape = (1, *map(len, groups))
        numbers = np.arange(self.size, self.size + int(np.prod(shape))).reshape(shape)
        self.size += numbers.size
        self._at[code, names] = Space(names, (frozenset({month}),), groups, numbers)
        return self._at[code, names]

    def _add_event(self, event: Event, name: str) -> None:
        months, space = frozenset({event.month}), self._new(event.code, (name,), event.month)
        if name != "initiatief":
            self.know(space.where(months, {}), event.total, event.total)
        for seen in event.cells:
            if seen.names == (name,):
                here = space.where(months, {name: seen.codes[0]})
                self.know(here, *seen.bounds)
                if seen.value is None:
                    self.described[tuple(here.tolist())] = f"{event.code} {name} {'+'.join(sorted(seen.codes[0]))}"
                self._reckon_rounding(seen, here)
        for group in space.codes[0]:
            here, month = space.where(months, {name: group}), self.spaces[name,].where(months, {name: group})
            number, self.size = self.size, self.size + 1
            self._left[number] = month, here
            self.know(np.append(here, number), 0, 0, minus=month)
            if self.most(months) - event.total >= FEWEST:
                self.described[number,] = f"{name} {'+'.join(sorted(group))} of {event.month} without {event.code}"

    def _reckon_rounding(self, seen: Seen, here: Numbers) -> None:
        """Where a count around it has another value, somebody was not at the event."""
        for around in self.cells:
            wider = around.names == seen.names and seen.months <= around.months and seen.codes[0] <= around.codes[0]
            if wider and seen.value is not None and around.value is not None and around.value != seen.value:
                self.know(self.of(around), 1, np.inf, minus=here)

    def _add_crossed(self, event: Event, names: tuple[str, ...]) -> None:
        """Behind the tables of an event there are firms that are also in what the months cross."""
        around = next(
            (space for those, space in self.spaces.items() if len(those) > 1 and set(names) <= set(those)), None
        )
        if len(names) < 2 or around is None:
            return
        months, space = frozenset({event.month}), self._new(event.code, names, event.month)
        for name in names:
            for group in self._at[event.code, (name,)].codes[0]:
                alone = self._at[event.code, (name,)].where(months, {name: group})
                self.know(space.where(months, {name: group}), 0, 0, minus=alone)
        for groups in product(*space.codes):
            here = dict(zip(names, groups, strict=True))
            self.know(space.where(months, here), -np.inf, 0, minus=self._touched(around, event.month, here))

    @staticmethod
    def _touched(space: Space, month: str, codes: dict[str, Group]) -> Numbers:
        """The unknowns that may hold some of these."""
        places = [[place for place, group in enumerate(space.months) if month in group]]
        for name, groups in zip(space.names, space.codes, strict=True):
            wanted = codes.get(name)
            places.append([place for place, group in enumerate(groups) if wanted is None or group & wanted])
        found: Numbers = space.numbers[np.ix_(*places)].ravel()
        return found

    def _reckon_event_matching(self, event: Event) -> None:
        """As in a month: whom initiatives serve, and three of them at most."""
        space = self._at.get((event.code, ("initiatief",)))
        if space is None:
            return
        months = frozenset({event.month})
        self.know(space.where(months, {}), 0, 3 * event.total)
        for initiative in self._knowledge.catalogue:
            here = space.where(months, {"initiatief": frozenset({initiative.id})})
            self.know(here, 0, event.total)
            sizes = frozenset({*initiative.grootte, "onbekend"})
            for name, codes in (("fase", frozenset(initiative.fase)), ("grootte", sizes)):
                inside = self._touched(self._at[event.code, (name,)], event.month, {name: codes})
                self.know(here, -np.inf, 0, minus=inside)

    def _reckon_all_events(self) -> None:
        for name, month in dict.fromkeys((names, event.month) for event in self._events for _, names in self._at):
            if len(name) == 1:
                here = [event for event in self._events if event.month == month]
                for group in self._at[here[0].code, name].codes[0]:
                    wanted = {name[0]: group}
                    plus = [self._at[event.code, name].where(frozenset({month}), wanted) for event in here]
                    around = self.spaces[name].where(frozenset({month}), wanted)
                    self.know(np.concatenate(plus), -np.inf, 0, minus=around)

    def _reckon_places(self, names: Sequence[str]) -> None:
        """All firms of an event came along one channel, which nobody else uses, and along the website of the event."""
        for month in sorted(self._so_far):
            here = [event for event in self._events if event.month == month]
            if "kanaal" in names:
                total = sum(event.total for event in here)
                events = self.spaces["kanaal",].where(frozenset({month}), {"kanaal": frozenset({"evenement"})})
                self.know(events, total, total)
            for event in here if "site" in names else ():
                site = self.spaces["site",].where(frozenset({month}), {"site": frozenset({event.site})})
                self.know(site, sum(one.total for one in here if one.site == event.site), np.inf)
