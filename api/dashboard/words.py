"""Released figures in words: careful with what is rounded, and the same words whatever the reason that one lacks."""

from collections.abc import Iterable, Sequence

from analytics.figures import Release, Table, as_text
from analytics.menu import MONTH, QUARTER, YEAR
from analytics.metric_lines import Line
from analytics.periods import Month
from knowledge.intake import OPEN, OUTSIDE_REGION
from knowledge.texts import Texts
from knowledge.words import listed

NOT_SHOWN = (
    "Dit laten we niet zien. Er zijn er nog te weinig, of ze vallen bijna allemaal in één groep. "
    "Zo blijft iedereen anoniem."
)
_MOST_NAMED = 3
_LONGEST_LIST = 250  # characters


def number(value: int) -> str:
    """A whole number, with a dot between thousands."""
    return f"{value:,}".replace(",", ".")


def shown(release: Release, value: int | None) -> str:
    """A figure as it is written: "1.035", or "<5" for one that is not shown."""
    return as_text(release, None) if value is None else number(value)


def few(release: Release) -> str:
    """What stands for a figure that is not shown, in a sentence."""
    return f"minder dan {release.threshold}"


def percents(value: int | None) -> str:
    """A percentage, or a dash for one that says more than there is."""
    return "–" if value is None else f"{value or '<1'}%"


def share(line: Line) -> str:
    """The share of a value of a metric: "12%", or "minstens 12%" where the value or its whole is a minimum."""
    if line.percent == 0 and line.bound == "minstens":
        return "meer dan 0%"
    return f"{'' if line.percent is None else line.bound} {percents(line.percent)}".strip()


def per_thousand(value: int | None) -> str:
    """How many of every 1,000, or a dash for who has no number; less than half a firm is not none."""
    return "–" if value is None else number(value) if value else "<1"


def month_name(texts: Texts, month: Month) -> str:
    """A month in a sentence: "oktober 2026"."""
    return f"{texts.maanden[month.number - 1]} {month.year}"


def period(texts: Texts, scope: str, month: Month) -> str:
    """The months that a table is of: "juli tot en met september 2026"."""
    months: Sequence[Month] = {MONTH: (month,), QUARTER: month.of_quarter}.get(scope, month.of_year)
    if scope == YEAR:
        return f"heel {month.year}"
    first, last = texts.maanden[months[0].number - 1], month_name(texts, month)
    return last if len(months) == 1 else f"{first} tot en met {last}"


def figure(release: Release, line: Line) -> str:
    """A value of a metric as it is written in a table."""
    match line.status:
        case "getoond":
            return shown(release, line.value)
        case "ten_minste":
            return f"minstens {shown(release, line.value)}"
        case "te_klein":
            return shown(release, None)
        case "niet_getoond":
            return "–"


def most(release: Release, lines: Sequence[Line], whole: int | None, unit: str = "gesprekken") -> str:
    """What there is most of among the categories of a table, as far as the published values tell."""
    highest = max((line.value or 0 for line in lines), default=0)
    top = [line for line in lines if line.value == highest]
    if not highest:
        return f"Elke groep heeft {few(release)} {unit}. Dat kan ook 0 zijn."
    percent = "" if top[0].percent is None else f" ({top[0].percent}%)"
    of_all = "" if whole is None else f" van de {number(whole)}"
    each = "elk " if len(top) > 1 else ""
    names = listed(f"“{line.title}”" for line in top)
    return f"Het vaakst: {names}, {each}ongeveer {number(highest)}{of_all} {unit}{percent}."


def most_crossed(release: Release, table: Table) -> str:
    """The largest figure of a table of two dimensions."""
    highest = max((cell.value or 0 for cell in table.cells), default=0)
    if not highest:
        return f"Elk vak heeft {few(release)} gesprekken. Dat kan ook 0 zijn."
    names = [
        f"“{table.rows[cell.row]}” met “{table.columns[cell.column]}”" for cell in table.cells if cell.value == highest
    ]
    among = "onder meer " if len(names) > _MOST_NAMED else ""
    return f"Het vaakst samen: {among}{listed(names[:_MOST_NAMED])}, ongeveer {number(highest)} gesprekken."


def least(release: Release, lines: Iterable[Line], unit: str = "gesprekken") -> tuple[str, ...]:
    """Which categories have too few to show, as a sentence; nothing when none has."""
    hidden = [line.title for line in lines if line.value is None and line.code not in (OPEN, OUTSIDE_REGION)]
    names = listed(hidden)
    if len(names) > _LONGEST_LIST:
        names = "alle andere groepen"
    return (f"{few(release).capitalize()} {unit}, misschien geen: {names}.",) if hidden else ()
