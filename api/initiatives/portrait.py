"""One initiative in words, as its page shows it."""

from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from api.initiatives.words import KINDS, WORDS, area, sizes, stages, themes
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.matching import instead_of

NOT_KNOWN = WORDS["nietBekend"]
_SUMMARY = 160  # characters; search engines cut off what is longer
SEED = "seed"  # the source that is no address


@dataclass(frozen=True)
class Source:
    """Where something is known from: its words, and its address when it has one."""

    title: str
    address: str | None


@dataclass(frozen=True)
class Portrait:
    """What the page says. `standing` tells that it is over, is to begin or will end; `instead` what there is then.

    `summary` is what search engines show below the title.
    """

    entry: Initiative
    summary: str
    running: bool
    standing: str | None
    successor: Initiative | None
    instead: tuple[Initiative, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    contact: str
    contact_address: str | None
    freshness: str
    sources: tuple[Source, ...]


def portrait(knowledge: Knowledge, entry: Initiative, today: date) -> Portrait:
    """An initiative as it is on a day."""
    running = entry.running(today)
    contact, address = _contact(entry)
    standing = _standing(knowledge, entry, today)
    return Portrait(
        entry=entry,
        summary=shorten(" ".join(filter(None, (f"{entry.naam}.", standing, entry.biedt))), _SUMMARY, placeholder=" …"),
        running=running,
        standing=standing,
        successor=_successor(knowledge, entry),
        instead=instead_of(entry, knowledge.catalogue, knowledge.municipalities, today)
        if is_over(entry, today)
        else (),
        facts=_facts(knowledge, entry, running=running),
        contact=contact,
        contact_address=address,
        freshness=knowledge.texts.freshness(entry.gezien, outdated=running and entry.outdated(today)),
        sources=tuple(_source(text) for text in entry.bronnen),
    )


def is_over(entry: Initiative, today: date) -> bool:
    """Whether it is there no more. One that is still to begin is not over."""
    to_begin = entry.status == "actief" and entry.begin is not None and entry.begin > today
    return not entry.running(today) and not to_begin


def _standing(knowledge: Knowledge, entry: Initiative, today: date) -> str | None:
    day = knowledge.texts.day
    if entry.status == "opgegaan_in":
        return WORDS["opgegaan"].format(naam=entry.opvolger)
    if entry.status == "gestopt":
        return WORDS["gestopt"]
    if entry.begin is not None and entry.begin > today:
        return WORDS["begintOp"].format(dag=day(entry.begin))
    if entry.einde is None:
        return None
    if entry.einde < today:
        return WORDS["gestoptOp"].format(dag=day(entry.einde))
    return WORDS["laatsteDag"].format(dag=day(entry.einde))


def _successor(knowledge: Knowledge, entry: Initiative) -> Initiative | None:
    """What it became part of, when that is in the catalogue too."""
    found = knowledge.initiative_names.find(entry.opvolger) if entry.opvolger else None
    return None if found is None or found.id == entry.id else found


def _facts(knowledge: Knowledge, entry: Initiative, *, running: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Questions with their answers; of what is not known it is said so, of what does not apply nothing."""
    named, staged, sized = themes(knowledge), stages(knowledge), sizes(knowledge)
    areas = tuple(area(knowledge, code) for code in entry.regio)
    where = (entry.waar,) if entry.waar else ()
    told = (
        (WORDS["watIsHet"], (entry.biedt,)),
        (WORDS["isErNu"], (WORDS["erNu"] if running else WORDS["erNietNu"],)),
        (WORDS["voorWie"], (entry.voorWie or NOT_KNOWN,)),
        (WORDS["watKost"], (entry.kosten or NOT_KNOWN,)),
        (WORDS["waar"], where or (NOT_KNOWN,)),
        (WORDS["uit"], areas),
        (WORDS["waarbij"], tuple(named[code] for code in entry.thema)),
        (WORDS["hoeDigitaal"], tuple(staged[code] for code in entry.fase)),
        (WORDS["hoeveelMensen"], tuple(sized[code] for code in entry.grootte)),
        (WORDS["onderwerp"], (KINDS[entry.soort],)),
        (WORDS["wieErachter"], (entry.eigenaar or NOT_KNOWN,)),
    )
    return tuple((title, answers) for title, answers in told if answers)


def _contact(entry: Initiative) -> tuple[str, str | None]:
    """How to get there, in words, and the address of a website."""
    known = entry.contact.waarde if entry.contact and entry.contact.soort != "onbekend" else None
    if known is not None and not known.startswith("https://"):
        return WORDS["gaNaar"].format(loket=known), entry.url
    address = known or entry.url
    return (WORDS["kijkWebsite"], address) if address else (WORDS["geenWeg"], None)


def _source(text: str) -> Source:
    """A source: an address with a month behind it, or words."""
    address, _, month = text.partition(" ")
    if text == SEED:
        return Source(WORDS["startdocument"], None)
    if not address.startswith(("https://", "http://")):
        return Source(text, None)
    site = address.split("/")[2].removeprefix("www.")
    return Source(f"{site} {month}".strip(), address)
