"""Which initiatives fit a firm, in which order, and why."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from knowledge.catalogue import Catalogue, Initiative
from knowledge.intake import OPEN, OUTSIDE_REGION, UNKNOWN
from knowledge.municipalities import Municipalities

SHOWN_AT_MOST = 3
SAFE_WORKING = "veilig"
CYBER, DIGITISING = "cyber", "digitalisering"  # kinds of initiatives that two of the questions go by
# Next to the cyber initiatives this one also serves the question for safe working: it tests before firms invest.
ALSO_SAFE_WORKING = ("edih-noordwest",)
LARGE = ("50-249", "250+")
# Fallbacks in the order of rule 4: cyber near by, cyber national, innovation, everybody else.
CYBER_NEAR, CYBER_NATIONAL, INNOVATION, EVERYBODY = "pvo-midden-nederland", "ncsc", "rom-utrecht-region", "kvk"
FALLBACKS = (CYBER_NEAR, CYBER_NATIONAL, INNOVATION, EVERYBODY)

NEAR_FIRST = ("gemeente", "streek", "regio", "landelijk")
GROUPS = ("direct", "indirect", "kennis")  # those that are shown, what helps most directly first


@dataclass(frozen=True)
class Profile:
    """What matching needs to know of a firm. `municipality` is a CBS code, `buiten_regio` or `onbekend`."""

    size: str
    municipality: str
    question: str
    stage: str
    safety_flag: bool


@dataclass(frozen=True)
class Matched:
    """An initiative that fits, and how near it is: "gemeente", "streek", "regio" or "landelijk"."""

    initiative: Initiative
    nearness: str


class Rank(NamedTuple):
    """What decides which of two that fit comes first: the first in which they differ, and there what is lowest.

    `api/accountability` tells this order, in the words that it has for each of these names.
    """

    other_help: bool
    distance: int
    indirectness: int
    unseen: tuple[int, int]
    id: str


@dataclass(frozen=True)
class Referral:
    """At most three initiatives, exactly one fallback, and whether nothing in the offer fits."""

    shown: tuple[Matched, ...]
    fallback: Matched
    nothing_fits: bool


def serves(initiative: Initiative, municipality: str, municipalities: Municipalities, today: date) -> str | None:
    """How near an initiative is for a firm in this municipality, or None when it does not serve it.

    A municipality that ended counts as its successor, on both sides.
    """
    code = municipalities.current(municipality, today)
    nearness = set()
    for area in initiative.regio:
        if area == "landelijk":
            nearness.add("landelijk")
        elif area == "regio" and code != OUTSIDE_REGION:
            nearness.add("regio")
        elif code in (OUTSIDE_REGION, OPEN):
            continue
        elif area in ("provincie", "gooi") and municipalities.municipality(code).regio == area:
            nearness.add("streek")
        elif municipalities.current(area, today) == code:
            nearness.add("gemeente")
    return next((near for near in NEAR_FIRST if near in nearness), None)


def fits_question(initiative: Initiative, question: str) -> bool:
    """Whether an initiative serves this hulpvraag."""
    if question == SAFE_WORKING:
        return initiative.soort == CYBER or initiative.id in ALSO_SAFE_WORKING
    if question == UNKNOWN:
        return initiative.soort == DIGITISING or UNKNOWN in initiative.thema
    return question in initiative.thema


def _eligible(initiative: Initiative, profile: Profile, municipalities: Municipalities, today: date) -> Matched | None:
    """The initiative with its nearness when an entrepreneur with this profile can be sent there today."""
    if not initiative.verwijst or not initiative.running(today):
        return None
    if profile.stage not in initiative.fase:
        return None
    if profile.size != OPEN and profile.size not in initiative.grootte:
        return None
    nearness = serves(initiative, profile.municipality, municipalities, today)
    return Matched(initiative, nearness) if nearness else None


def fitting(profile: Profile, catalogue: Catalogue, municipalities: Municipalities, today: date) -> tuple[Matched, ...]:
    """Every initiative that helps a firm with its question, the best first, however many there are."""
    return _fitting(profile, _all_eligible(profile, catalogue, municipalities, today))


def _all_eligible(
    profile: Profile, catalogue: Catalogue, municipalities: Municipalities, today: date
) -> dict[str, Matched]:
    return {
        matched.initiative.id: matched
        for initiative in catalogue
        if (matched := _eligible(initiative, profile, municipalities, today))
    }


def _fitting(profile: Profile, eligible: dict[str, Matched]) -> tuple[Matched, ...]:
    found = [
        matched
        for matched in eligible.values()
        if matched.initiative.groep in GROUPS and fits_question(matched.initiative, profile.question)
    ]
    return tuple(sorted(found, key=lambda matched: rank(matched, profile.question)))


def refer(profile: Profile, catalogue: Catalogue, municipalities: Municipalities, today: date) -> Referral:
    """What to refer a firm to. Raises LookupError when the catalogue misses a fallback."""
    eligible = _all_eligible(profile, catalogue, municipalities, today)
    shown = _fitting(profile, eligible)[:SHOWN_AT_MOST]
    return Referral(
        shown=shown,
        fallback=_fallback(profile, shown, eligible),
        nothing_fits=not shown or profile.municipality == OUTSIDE_REGION,
    )


def instead_of(
    stopped: Initiative,
    catalogue: Catalogue,
    municipalities: Municipalities,
    today: date,
    *,
    size: str = OPEN,
    municipality: str = OPEN,
) -> tuple[Initiative, ...]:
    """What does exist for who asks about an initiative that has stopped: at most two with the same themes, and the KVK.

    For an unknown municipality only what serves a whole region counts.
    """
    whole_regions = {*NEAR_FIRST[1:], "provincie", "gooi"}
    similar = [
        initiative
        for initiative in catalogue
        if initiative.verwijst
        and initiative.running(today)
        and initiative.groep in GROUPS
        and (set(initiative.thema) & set(stopped.thema) or initiative.soort == stopped.soort)
        and (size == OPEN or size in initiative.grootte)
        and (
            set(initiative.regio) & whole_regions
            if municipality == OPEN
            else serves(initiative, municipality, municipalities, today)
        )
    ]
    similar.sort(key=lambda initiative: (GROUPS.index(initiative.groep), initiative.soort != stopped.soort))
    everybody = [initiative for initiative in catalogue if initiative.id == EVERYBODY]
    return (*similar[:2], *everybody)


def rank(matched: Matched, question: str) -> Rank:
    """The place of an initiative among those that fit: who cannot say yet what to ask is helped to digitise first."""
    initiative = matched.initiative
    year, month = initiative.seen
    return Rank(
        other_help=question == UNKNOWN and initiative.soort != DIGITISING,
        distance=NEAR_FIRST.index(matched.nearness),
        indirectness=GROUPS.index(initiative.groep),
        unseen=(-year, -month),
        id=initiative.id,
    )


def _fallback(profile: Profile, shown: tuple[Matched, ...], eligible: dict[str, Matched]) -> Matched:
    """The one initiative that everybody can turn to."""
    cyber_shown = any(matched.initiative.soort == CYBER for matched in shown)
    order = [EVERYBODY]
    if profile.question == SAFE_WORKING or (profile.safety_flag and not cyber_shown):
        order = [CYBER_NEAR, CYBER_NATIONAL, EVERYBODY]
    elif profile.size in LARGE or profile.stage == "verder":
        order = [INNOVATION, EVERYBODY]
    for identifier in order:
        if identifier in eligible:
            return eligible[identifier]
    raise LookupError(f"the catalogue has no fallback for {profile}: {', '.join(order)} must be able to take referrals")
