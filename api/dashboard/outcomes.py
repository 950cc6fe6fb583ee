"""What came of it: from opened to helped, where conversations stop, and what each initiative got."""

from collections.abc import Iterator, Sequence
from datetime import date

from analytics.menu import INITIATIVES, LEAD_STEP, SO_FAR, STOPPED, YEAR
from analytics.metric_lines import Line
from analytics.metric_values import InitiativeLine, funnel, initiatives, referrals, stopped, without_offer
from analytics.periods import month
from api.dashboard import charts, lead_outcomes, words
from api.dashboard.choice import Choice, Place
from api.dashboard.drawings import Words
from api.dashboard.panels import Grid, Panel, bars, grid, nothing, values
from knowledge.base import Knowledge
from knowledge.words import listed

_NOT_OF_QUARTER = (
    "Een streepje bij aanvraag, in contact of geholpen: dat komt er per heel kwartaal, als het er genoeg zijn."
)
_OF_OPENED = "Het deel is van alle geopende gesprekken."
_SEVERAL = "Een gesprek kan meer aanvragen geven: een per initiatief. Elke stap telt in de maand waarin hij is gezet."


def panels(choice: Choice, knowledge: Knowledge, today: date) -> Iterator[Panel]:
    """The parts of the page, in order."""
    yield _funnel(choice, knowledge.intake.vragen[0].id)
    yield from lead_outcomes.panels(choice)
    yield _stopped(choice)
    yield _offer(choice)
    yield _initiatives(choice, knowledge, today)


def _funnel(choice: Choice, first_question: str) -> Panel:
    identifier, title = "trechter", "Van geopend tot geholpen"
    place = _place_of_funnel(choice)
    if place is None:
        return nothing(identifier, title)
    release, scope = place
    lines = funnel(release, scope, first_question)
    opened, finished, lead, good = (_of(lines, code) for code in ("geopend", "afgerond", "lead", "geholpen"))
    sentences = [words.NOT_SHOWN]
    if opened.value is not None and finished.value is not None:
        share = "" if finished.percent is None else f" ({words.share(finished)})"
        least = "minstens " if opened.status == "ten_minste" else ""
        sentences = [
            f"Van de {least}{words.number(opened.value)} geopende gesprekken kregen er "
            f"{words.number(finished.value)} een uitslag{share}."
        ]
        if lead.value is not None:
            asked = f"ongeveer {words.number(lead.value)} aanvragen om contact"
            end = words.few(release) if good.value is None else f"ongeveer {words.number(good.value)}"
            sentences.append(f"Er waren {asked}. Geholpen: {end}.")
    rows = tuple((line.title, words.figure(release, line), words.share(line)) for line in lines)
    return Panel(
        identifier,
        title,
        tuple(sentences),
        Grid(f"{title}: {choice.when(release, scope)}", ("Stap", "Aantal", "Deel"), rows),
        charts.bars(
            Words(identifier, title, sentences[0]),
            bars(release, [line for line in lines if line.status != "niet_getoond"]),
        ),
        notes=(_OF_OPENED, _NOT_OF_QUARTER if lead.status == "niet_getoond" else _SEVERAL),
        when=choice.when(release, scope),
    )


def _place_of_funnel(choice: Choice) -> Place | None:
    """Where all steps are together: of a year that is not over, the part of it of which leads were released."""
    found = choice.table(LEAD_STEP)
    if found is None or (choice.over == "jaar" and found.table.scope not in (SO_FAR, YEAR)):
        return choice.place
    return found.release, found.table.scope


def _stopped(choice: Choice) -> Panel:
    identifier, title = "gestopt", "Waar gesprekken stoppen"
    found = choice.table(STOPPED)
    if found is None:
        return nothing(identifier, title)
    release, scope = found.release, found.table.scope
    lines, whole = stopped(release, scope), release.stopped.get(scope)
    sentence = words.most(release, lines, whole, "gestopte gesprekken")
    return Panel(
        identifier,
        title,
        (sentence,),
        grid(f"{title}: {found.when}", release, lines, ("Laatste vraag", "Gestopt")),
        charts.bars(Words(identifier, title, sentence), bars(release, lines)),
        notes=("Een gesprek is gestopt als er een dag lang niets meer kwam, en er nog geen uitslag was.",),
        when=found.when,
    )


def _offer(choice: Choice) -> Panel:
    identifier, title = "aanbod", "Was er hulp die past?"
    found = choice.table("aanbod")
    if found is None:
        return nothing(identifier, title)
    release, table = found.release, found.table
    none = without_offer(release, table.scope)
    if none.value is None:
        sentence = f"Voor {words.few(release)} gesprekken was er geen initiatief dat past."
    else:
        percent = "" if none.percent is None else f" ({none.percent}%)"
        sentence = f"Voor ongeveer {words.number(none.value)} gesprekken{percent} was er geen initiatief dat past."
    lines = values(found)
    return Panel(
        identifier,
        title,
        (sentence,),
        grid(f"{title} {found.when}", release, lines),
        charts.bars(Words(identifier, title, sentence), bars(release, lines)),
        notes=("Wie niets passends vindt, krijgt wel een loket genoemd, zoals de KVK.",),
        when=found.when,
    )


def _initiatives(choice: Choice, knowledge: Knowledge, today: date) -> Panel:
    identifier, title = "initiatieven", "Per initiatief"
    found = choice.table(INITIATIVES)
    place = (found.release, found.table.scope) if found else choice.place
    if place is None:
        return nothing(identifier, title)
    release, scope = place
    lines = initiatives(release, scope, knowledge.catalogue, today)
    together = referrals(release, scope)
    named = [line for line in lines if line.mentions.value is not None]
    sentence = words.NOT_SHOWN
    if together.value is not None and named:
        top = [line.mentions.title for line in named if line.mentions.value == named[0].mentions.value]
        sentence = (
            f"De initiatieven hieronder noemden we samen ongeveer {words.figure(release, together)} keer. "
            f"Het vaakst: {listed(top)}, "
            f"{'elk ' if len(top) > 1 else ''}ongeveer {words.number(named[0].mentions.value or 0)} keer."
        )
    chart = charts.bars(Words(identifier, title, sentence), bars(release, [line.mentions for line in named]))
    return Panel(
        identifier,
        title,
        (sentence, *_outdated(lines)),
        Grid(
            f"Initiatieven: {choice.when(release, scope)}",
            ("Initiatief", "Keer genoemd", "Laatst gezien"),
            tuple(
                (line.mentions.title, words.figure(release, line.mentions), _freshness(line, knowledge))
                for line in lines
            ),
            wordy=True,
        ),
        chart if named else None,
        notes=("Een streepje: te weinig genoemd om te laten zien, of bij bijna elk gesprek genoemd.",),
        when=choice.when(release, scope),
    )


def _outdated(lines: Sequence[InitiativeLine]) -> tuple[str, ...]:
    old = [line.mentions.title for line in lines if line.outdated]
    return (f"Langer dan een jaar niets van gezien: {listed(old)}.",) if old else ()


def _freshness(line: InitiativeLine, knowledge: Knowledge) -> str:
    if line.seen is None:
        return "niet meer in de lijst"
    return words.month_name(knowledge.texts, month(line.seen)) + (" (verouderd)" if line.outdated else "")


def _of(lines: tuple[Line, ...], code: str) -> Line:
    return next(line for line in lines if line.code == code)
