"""The made-up firms of synthetic records: how many there are of each kind, and what each kind asks for.

Sector and size follow the CBS table of knowledge/cbs.yaml. All other shares are guesses that only have to be plausible:
they are good enough to show what figures look like, and never a source of figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, get_args

from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId
from knowledge.intake import OPEN, OUTSIDE_REGION

ALONE = "1"
_ALONE_SHARE = 0.28  # of all records; CBS does not count who works alone
_OPEN_SHARE = 0.02  # of size, sector and place each

# How much likelier a firm of this size or section is to come than its number says.
_EAGER_SIZE = {"2-9": 1.0, "10-49": 1.3, "50-249": 0.7, "250+": 0.1}
_EAGER_SECTION = {"F": 0.7, "G": 1.1, "I": 0.6, "M": 1.3, "Q": 0.5}
# Sections of SBI 2008 that CBS counts together, with the section that took most of each in SBI 2025.
_OTHER_SECTIONS = {"A": 5, "C": 10, "H": 8, "J": 17, "K": 6, "L": 6, "N": 16, "P": 10, "R": 8, "S": 14}
_NEWER = {"J": "K", "K": "L", "L": "M", "N": "O", "P": "Q", "R": "S", "S": "T", "M": "N", "Q": "R"}

_STAGES = {  # adhoc, engaged, verder
    ALONE: (0.62, 0.31, 0.07),
    "2-9": (0.55, 0.35, 0.10),
    "10-49": (0.35, 0.43, 0.22),
    "50-249": (0.20, 0.45, 0.35),
    "250+": (0.10, 0.40, 0.50),
    OPEN: (0.55, 0.35, 0.10),
}
_AHEAD = {"J": 2.2, "K": 1.6, "M": 1.4, "F": 0.7, "I": 0.6, "A": 0.8}  # odds of each next stage

_QUESTIONS = {
    "klanten": 0.26,
    "administratie": 0.20,
    "veilig": 0.16,
    "gegevens_ai": 0.12,
    "personeel": 0.08,
    "weet_niet": 0.18,
}
_ASKED_MORE = {
    ("I", "klanten"): 1.5,
    ("G", "klanten"): 1.4,
    ("F", "administratie"): 1.7,
    ("Q", "veilig"): 1.5,
    ("M", "gegevens_ai"): 1.7,
    ("J", "gegevens_ai"): 2.0,
    ("adhoc", "weet_niet"): 1.3,
    ("adhoc", "gegevens_ai"): 0.5,
    ("verder", "gegevens_ai"): 2.5,
    ("verder", "weet_niet"): 0.5,
}

_INHABITANTS = {  # thousands, roughly
    "GM0344": 374, "GM0307": 161, "GM0402": 94, "GM1904": 66, "GM0345": 69, "GM0356": 66, "GM0355": 66, "GM1942": 61,
    "GM1961": 60, "GM0632": 53, "GM0321": 51, "GM1581": 50, "GM0342": 48, "GM0736": 46, "GM0310": 43, "GM0406": 42,
    "GM0353": 34, "GM0327": 31, "GM0308": 25, "GM1696": 25, "GM0352": 24, "GM0313": 23, "GM0340": 20, "GM0312": 16,
    "GM0331": 15, "GM0335": 14, "GM0351": 14, "GM0376": 12, "GM0417": 12, "GM0589": 10, "GM0317": 9, "GM0339": 6,
}  # fmt: skip
_SMALLEST = 5  # thousand: of a municipality that is not in the list
_OUTSIDE_SHARE = 0.03

EVERY_DAY = {"widget": 0.8, "formulier": 0.2}
AT_EVENTS = {"evenement": 1.0}
_OWN_SITE, _SHARED_SITE, _OTHER_SITE = 5.0, 1.5, 0.1  # how likely a firm is to come along a site


@dataclass(frozen=True)
class Firm:
    """A kind of firm: sections in both versions of the SBI, CBS size class, stage, and what it asks."""

    sbi2008: str
    sbi2025: str
    size: str
    stage: str
    question: str


@dataclass(frozen=True)
class Visit:
    """Where a firm is and along which site and channel it comes."""

    municipality: str
    site: str
    channel: str


def firms(cbs: Mapping[str, Any]) -> dict[Firm, float]:
    """Every kind of firm with its share of the records. `cbs` is what knowledge.cbs.load_cbs reads."""
    found = {}
    for (section, size), share in _sections_and_sizes(cbs).items():
        stages = dict(zip(get_args(StageId), _STAGES[size], strict=True))
        ahead = _AHEAD.get(section, 1.0)
        weighed = {stage: share_of * ahead**step for step, (stage, share_of) in enumerate(stages.items())}
        for stage, of_stage in _shares(weighed).items():
            asked = {
                question: weight * _ASKED_MORE.get((section, question), 1.0) * _ASKED_MORE.get((stage, question), 1.0)
                for question, weight in _QUESTIONS.items()
            }
            for question, of_question in _shares(asked).items():
                firm = Firm(section, _NEWER.get(section, section), size, stage, question)
                found[firm] = share * of_stage * of_question
    return found


def _sections_and_sizes(cbs: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Sector and size together, as CBS has them, with those who work alone and what was left open."""
    counted = {}
    for row in cbs["sectoren"]:
        for size, number in row["vestigingen"].items():
            counted[row["sbi2008"], size] = number * _EAGER_SIZE[size] * _EAGER_SECTION[row["sbi2008"]]
    for section, share in _shares(_OTHER_SECTIONS).items():
        for size, number in cbs["overigeSectoren"]["vestigingen"].items():
            counted[section, size] = number * _EAGER_SIZE[size] * share
    of_section: dict[str, float] = {}
    for (section, _), number in counted.items():
        of_section[section] = of_section.get(section, 0) + number
    with_size = 1 - _ALONE_SHARE - _OPEN_SHARE
    known = {key: share * with_size for key, share in _shares(counted).items()}
    for section, share in _shares(of_section).items():
        known[section, ALONE] = share * _ALONE_SHARE
        known[section, OPEN] = share * _OPEN_SHARE
    told = {key: share * (1 - _OPEN_SHARE) for key, share in known.items()}
    for size in (*get_args(SizeClass), OPEN):
        told[OPEN, size] = _OPEN_SHARE * sum(share for (_, of_size), share in known.items() if of_size == size)
    return told


def places(knowledge: Knowledge) -> dict[str, float]:
    """Every municipality, and the two that are none, with its share of the records."""
    inhabitants = {m.code: _INHABITANTS.get(m.code, _SMALLEST) for m in knowledge.municipalities.gemeenten}
    inside = 1 - _OUTSIDE_SHARE - _OPEN_SHARE
    shares = {code: share * inside for code, share in _shares(inhabitants).items()}
    return shares | {OUTSIDE_REGION: _OUTSIDE_SHARE, OPEN: _OPEN_SHARE}


def visits(knowledge: Knowledge, channels: Mapping[str, float]) -> dict[Visit, float]:
    """Every visit by these channels, which have these shares, to the sites that count. The shares add up to 1.

    Raises ValueError when no site counts.
    """
    sites = {identifier: site for identifier, site in sorted(knowledge.sites.items()) if site.telt}
    if not sites:
        raise ValueError("no site counts")
    found = {}
    for (municipality, share), (channel, of_channel) in product(places(knowledge).items(), channels.items()):
        near = {
            identifier: _SHARED_SITE
            if site.gemeente is None
            else _OWN_SITE
            if site.gemeente == municipality
            else _OTHER_SITE
            for identifier, site in sites.items()
        }
        for site, of_site in _shares(near).items():
            found[Visit(municipality, site, channel)] = share * of_site * of_channel
    return found


def _shares(weights: Mapping[Any, float]) -> dict[Any, float]:
    """Weights made to add up to 1."""
    whole = sum(weights.values())
    return {key: weight / whole for key, weight in weights.items()}
