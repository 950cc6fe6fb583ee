"""What the working group has to go through: what changed, initiatives to look at, and gaps to talk about."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from analytics.dimensions import dimensions
from analytics.figures import Release
from analytics.gap_words import doubts
from analytics.periods import month
from api.dashboard.choice import Choice
from api.dashboard.offer import talks
from api.dashboard.panels import Grid, Panel
from api.dashboard.words import few, month_name, number, shown
from api.reports.changes import Before, Change, added, changes, coarser_or_finer, compared, previous
from api.reports.contents import Section
from api.reports.meetings import started
from api.reports.written import Written
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.words import listed

ENDS_WITHIN = timedelta(weeks=16)  # two reports ahead
MOST_CHANGES = 10
_ROUNDED = (
    "Door het afronden weten we niet precies hoeveel erbij kwam. Hier staat waar zeker het meest bij kwam. Wat er niet "
    "staat, kan ook meer zijn geworden."
)
_FIRST = "Er zijn nog geen eerdere cijfers. Vergelijken kan vanaf het volgende rapport."
_NEW_YEAR = "Er is een nieuw jaar begonnen. Alle aantallen beginnen dan opnieuw, dus vergelijken met {then} kan niet."


def agenda(knowledge: Knowledge, releases: Sequence[Release], kept: Sequence[Written], today: date) -> Section:
    """The agenda beside the newest of these releases, the oldest first; `kept` are the reports that were written."""
    changed, talk = since_last_time(knowledge, releases, kept, today), to_talk(knowledge, releases, today)
    return Section("Agenda", (changed, to_check(knowledge, today), talk))


def since_last_time(knowledge: Knowledge, releases: Sequence[Release], kept: Sequence[Written], today: date) -> Panel:
    """What changed since the last report of an earlier month, from what both releases show."""
    identifier, title = "veranderd", "Wat er veranderde"
    now, last = releases[-1], previous(releases, kept)
    since = tuple(_since(knowledge, last, _already(now, kept, today)))
    if last is None:
        return Panel(identifier, title, since)
    before = last.release
    then = month_name(knowledge.texts, before.month)
    if before.month.year != now.month.year:
        return Panel(identifier, title, (*since, _NEW_YEAR.format(then=then)))
    known = dimensions(knowledge)
    changed = sorted(changes(before, now), key=lambda change: -change.by.low)[:MOST_CHANGES]
    rows = tuple(
        (known[change.dimension].title, change.title, shown(before, change.before), shown(now, change.now), _by(change))
        for change in changed
    )
    head = ("Indeling", "Groep", f"Tot en met {then}", f"Tot en met {month_name(knowledge.texts, now.month)}", "Erbij")
    other_levels = [known[name].title.lower() for name in coarser_or_finer(before, now)]
    rounded = [_ROUNDED] if changed else []
    other = [f"Niet te vergelijken, want nu fijner of grover te zien: {listed(other_levels)}."] if other_levels else []
    return Panel(
        identifier,
        title,
        (*since, *_sentences(before, now, nothing=not changed)),
        Grid(title, head, rows) if rows else None,
        None,
        (*rounded, *other),
    )


def _already(now: Release, kept: Sequence[Written], today: date) -> date | None:
    """The first of the earlier eight weeks in which the same figures were reported, when nothing newer could be."""
    return min((one.since for one in kept if one.month == now.month and one.since < started(today)), default=None)


def _since(knowledge: Knowledge, last: Before | None, already: date | None) -> Iterator[str]:
    """With which report the figures are compared."""
    day = knowledge.texts.day
    if already:
        yield f"Deze cijfers stonden ook al in het rapport van de vergadering vanaf {day(already)}."
    if last is None:
        yield _FIRST
        return
    then = month_name(knowledge.texts, last.release.month)
    if last.since is None:
        yield f"Er is geen eerder rapport bewaard. Daarom vergelijken we met de cijfers tot en met {then}."
    else:
        which = "rapport daarvoor" if already else "vorige rapport"
        yield f"Het {which} was van de vergadering vanaf {day(last.since)}. Daarin staan de cijfers tot en met {then}."


def _sentences(before: Release, now: Release, *, nothing: bool) -> Iterator[str]:
    more = added(before, now)
    if more is None:
        yield f"Hoeveel gesprekken er bij kwamen, is niet te zeggen: een van beide totalen is {few(now)}."
    else:
        yield f"Daarna kwamen er {number(more)} gesprekken bij."
    if nothing and compared(before, now):
        yield "Van geen enkele groep is zeker te zeggen dat die groter werd. Dat komt door het afronden."
    elif nothing:
        yield "Geen enkele indeling van dit jaar is in beide te zien. Daarom is er niets te vergelijken."


def _by(change: Change) -> str:
    return f"{number(change.by.low)} tot {number(change.by.high)}"


def to_check(knowledge: Knowledge, today: date) -> Panel:
    """The initiatives to which firms are sent, and of which somebody should look whether that is still right."""
    identifier, title = "nakijken", "Initiatieven om na te kijken"
    reasons = {one: "; ".join(_reasons(knowledge, one, today)) for one in knowledge.catalogue}
    rows = tuple(
        (initiative.naam, initiative.eigenaar or "–", f"{reason[0].upper()}{reason[1:]}")
        for initiative, reason in sorted(reasons.items(), key=lambda one: one[0].naam.casefold())
        if reason
    )
    if not rows:
        return Panel(identifier, title, ("Alle initiatieven zijn bij de tijd.",))
    sentence = f"Van {len(rows)} initiatieven moet iemand nakijken of het nog klopt."
    return Panel(identifier, title, (sentence,), Grid(title, ("Initiatief", "Eigenaar", "Wat er is"), rows, wordy=True))


def _reasons(knowledge: Knowledge, initiative: Initiative, today: date) -> Iterator[str]:
    if not initiative.verwijst or not initiative.running(today):
        return
    if initiative.einde is not None and initiative.einde <= today + ENDS_WITHIN:
        yield f"stopt op {knowledge.texts.day(initiative.einde)}"
    if initiative.outdated(today):
        yield f"laatste teken van leven: {month_name(knowledge.texts, month(initiative.gezien))}"


def to_talk(knowledge: Knowledge, releases: Sequence[Release], today: date) -> Panel:
    """Whom to talk to about the gaps in the offer."""
    identifier, title = "praten", "Gaten om te bespreken"
    known = {about for doubt in doubts(knowledge, today) for about in doubt.about}  # stands under what is to be checked
    found = talks(knowledge, Choice(tuple(releases), "jaar", knowledge.texts), today)
    subjects = [(talk.who, [about for about in talk.about if about not in known]) for talk in found.talks]
    rows = tuple((who, "; ".join(about)) for who, about in subjects if about)
    if not rows:
        return Panel(identifier, title, ("Er zijn geen gaten in het aanbod.",))
    return Panel(identifier, title, (), Grid(title, ("Praat met", "Over"), rows, wordy=True), notes=(found.order,))
