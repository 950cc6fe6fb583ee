"""What came of the leads: how they ended, how long it took, what entrepreneurs say, and by initiative."""

from collections.abc import Iterator, Sequence

from analytics.figures import Release
from analytics.menu import LEAD_END, LEAD_EXPERIENCE, LEAD_INITIATIVE, LEAD_STEP, LEAD_TIME
from analytics.metric_lines import Line
from analytics.metric_values import by_initiative, ends, experiences, helped, in_contact, lead_times
from analytics.outcomes import HELPED
from api.dashboard import charts, words
from api.dashboard.choice import Choice, Found
from api.dashboard.drawings import Words
from api.dashboard.panels import Grid, Panel, bars, grid, nothing

_QUARTERLY = "Cijfers over aanvragen komen er per heel kwartaal, omdat het er weinig zijn."
_AN_ANSWER = "Een ondernemer krijgt na 30 dagen één vraag: ben je geholpen? Wie niet antwoordt, telt niet mee."
_HELPED_NOT_SHOWN = "Hoeveel er per initiatief zijn geholpen, is bij deze aantallen nog niet te zien."


def panels(choice: Choice) -> Iterator[Panel]:
    """The parts about leads, in the order of the page."""
    yield _ends(choice)
    yield _times(choice)
    yield _experiences(choice)
    yield _by_initiative(choice)


def _ends(choice: Choice) -> Panel:
    """By how they ended; where that is too fine, whether they were helped."""
    identifier, title = "afloop", "Wat er van aanvragen kwam"
    finer, coarser = choice.table(LEAD_END), choice.table(LEAD_STEP)
    found = finer if finer and not (coarser and coarser.release.month > finer.release.month) else coarser
    if found is None:
        return nothing(identifier, title)
    release, scope = found.release, found.table.scope
    lines, good = ends(release, scope), helped(release, scope)
    sentence = f"{_about(release, good).capitalize()} aanvragen brachten de ondernemer een stap verder{_share(good)}."
    note = f"Het deel is van alle aanvragen die zijn afgesloten. Dit zeggen de eigenaren. {_QUARTERLY}"
    return _panel(identifier, title, (sentence, *words.least(release, lines, "aanvragen")), found, lines, note)


def _times(choice: Choice) -> Panel:
    identifier, title = "doorlooptijd", "Hoe snel er contact is"
    found = choice.table(LEAD_TIME)
    if found is None:
        return nothing(identifier, title)
    release, scope = found.release, found.table.scope
    lines, reached = lead_times(release, scope), in_contact(release, scope)
    sentence = words.most(release, lines, None, "aanvragen")
    note = "De afspraak is: contact binnen 2 werkdagen. Het deel is van alle aanvragen met contact."
    if reached.percent is not None:
        note = f"Er was contact bij ongeveer {reached.percent}% van de aanvragen. {note}"
    return _panel(identifier, title, (sentence,), found, lines, note)


def _experiences(choice: Choice) -> Panel:
    identifier, title = "ervaring", "Wat ondernemers zelf zeggen"
    found = choice.table(LEAD_EXPERIENCE)
    if found is None:
        return nothing(identifier, title)
    lines = experiences(found.release, found.table.scope)
    good = next(line for line in lines if line.code == HELPED)
    sentence = f"{_about(found.release, good).capitalize()} ondernemers zeggen dat ze geholpen zijn{_share(good)}."
    return _panel(identifier, title, (sentence,), found, lines, _AN_ANSWER, head=("Ben je geholpen?", "Antwoorden"))


def _by_initiative(choice: Choice) -> Panel:
    """Initiatives of which anything can be shown."""
    identifier, title = "aanvragen-initiatief", "Aanvragen per initiatief"
    found = choice.table(LEAD_INITIATIVE)
    if found is None:
        return nothing(identifier, title)
    release, scope = found.release, found.table.scope
    every = by_initiative(release, scope)
    some = [line for line in every if (line.leads.value, line.helped.value) != (None, None)]
    some.sort(key=lambda line: (-(line.leads.value or 0), line.leads.title))
    asked = [line.leads for line in some if line.leads.value is not None]
    sentence = words.most(release, asked, None, "aanvragen")
    with_helped = any(line.helped.status != "niet_getoond" for line in every)
    head = ("Initiatief", "Aanvragen", "Geholpen") if with_helped else ("Initiatief", "Aanvragen")
    rows = tuple(
        (line.leads.title, words.figure(release, line.leads), words.figure(release, line.helped))[: len(head)]
        for line in some
    )
    rest = f"Initiatieven die hier niet staan, kregen elk {words.few(release)} aanvragen, misschien geen."
    return Panel(
        identifier,
        title,
        (sentence, *((rest,) if len(some) < len(every) else ())),
        Grid(f"{title}: {found.when}", head, rows),
        charts.bars(Words(identifier, title, sentence), bars(release, asked)),
        notes=("Wie geholpen is, kan de aanvraag ook eerder hebben gedaan.",) if with_helped else (_HELPED_NOT_SHOWN,),
        when=found.when,
    )


def _panel(
    identifier: str,
    title: str,
    sentences: tuple[str, ...],
    found: Found,
    lines: Sequence[Line],
    *notes: str,
    head: tuple[str, str] = ("Groep", "Aanvragen"),
) -> Panel:
    return Panel(
        identifier,
        title,
        sentences,
        grid(f"{title}: {found.when}", found.release, lines, head),
        charts.bars(Words(identifier, title, sentences[0]), bars(found.release, lines)),
        notes=notes,
        when=found.when,
    )


def _about(release: Release, line: Line) -> str:
    return words.few(release) if line.value is None else f"ongeveer {words.number(line.value)}"


def _share(line: Line) -> str:
    return "" if line.percent is None else f" ({line.percent}%)"
