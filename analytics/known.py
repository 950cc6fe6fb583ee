"""What readers can know of records beside the tables: how firms are matched, and where those of events came in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from analytics.at_events import AtEvent
from analytics.dimensions import NOTHING_FITS
from analytics.disclosure import FOR_STAFF, Count, Rules, total
from analytics.linear import Codes, Known, Rule, Sheet, Within
from analytics.menu import INITIATIVES
from analytics.tally import Tally
from knowledge.base import Knowledge
from knowledge.intake import OPEN, OUTSIDE_REGION
from knowledge.matching import fits_question, serves

AT_EVENTS = "evenement"  # the channel


def rules_of_matching(
    knowledge: Knowledge, day: date, tallies: Mapping[str, Tally], events: Sequence[AtEvent]
) -> Iterator[Rule]:
    """For a firm outside the region nothing fits, and an initiative is for some stages, sizes, places and questions.

    The catalogue changes, and what was matched by an older one may break a rule of today's: a rule is of the months and
    the events in which the counts keep to it.
    """
    yield Within("plaats", frozenset({OUTSIDE_REGION}), "aanbod", frozenset({NOTHING_FITS}), frozenset(tallies))
    places = [*(one.code for one in knowledge.municipalities.gemeenten), OUTSIDE_REGION, OPEN]
    questions = [code for code, _ in knowledge.intake.question("hulpvraag").choices()]
    for initiative in knowledge.catalogue:
        near = (code for code in places if serves(initiative, code, knowledge.municipalities, day))
        those: dict[str, Codes] = {
            "fase": frozenset(initiative.fase),
            "grootte": frozenset({*initiative.grootte, OPEN}),
            "plaats": frozenset(near),
            "hulpvraag": frozenset(code for code in questions if fits_question(initiative, code)),
        }
        for name, codes in those.items():
            yield Within(
                INITIATIVES,
                frozenset({initiative.id}),
                name,
                codes,
                frozenset(month for month, tally in tallies.items() if _holds(tally, initiative.id, name, codes)),
                frozenset(event.code for event in events if _holds(event.tally, initiative.id, name, codes)),
            )


def lowest(sheets: Iterable[Sheet], *now: Rules) -> Rules:
    """The lowest threshold under which somebody could look: when tables were published, and today."""
    every = (*now, *(sheet.rules for sheet in sheets))
    return min(every, key=lambda rules: rules.threshold, default=FOR_STAFF)


def rules_of_events(tallies: Mapping[str, Tally], events: Sequence[AtEvent], seen: Rules) -> Iterator[Rule]:
    """Who has logged in can see how many firms an event has, and so how many came along its site and this channel.

    `seen` are the rules under which they saw it: what somebody noted before a threshold rose is known still.
    """
    known = [event for event in events if total(seen, event.total) is not None]
    hidden = [event for event in events if total(seen, event.total) is None]
    yield Known("kanaal", frozenset({AT_EVENTS}), dict(_channel(tallies, known, hidden, seen)), told=True)
    for site in sorted({site for event in known for site in event.codes("site")}):
        here = [event for event in known if event.codes("site") == {site}]
        months = {month: (float(sum(one.records.get(month, 0) for one in here)), float("inf")) for month in tallies}
        yield Known("site", frozenset({site}), months)


def _channel(
    tallies: Mapping[str, Tally], known: Sequence[AtEvent], hidden: Sequence[AtEvent], seen: Rules
) -> Iterator[tuple[str, tuple[float, float]]]:
    """How many records can have come at events, by month: no upper limit where others name that channel too."""
    for month, tally in tallies.items():
        there = [event for event in (*known, *hidden) if month in event.records]
        strict = all(event.codes("kanaal") == {AT_EVENTS} for event in there)
        counted = tally.of("kanaal").get((AT_EVENTS, ""))
        strict = strict and (counted.records if counted else 0) == sum(event.records[month] for event in there)
        low = sum(one.records.get(month, 0) for one in known if one.codes("kanaal") == {AT_EVENTS})
        few = sum(event in hidden for event in there) * (seen.threshold - 1)
        yield month, (low, low + few if strict else float("inf"))


def _holds(tally: Tally, initiative: str, name: str, codes: Codes) -> bool:
    """Whether no more firms were referred to an initiative than there are of these codes."""
    referred = tally.of(INITIATIVES).get((initiative, ""), Count()).records
    return referred <= sum(tally.of(name).get((code, ""), Count()).records for code in codes)
