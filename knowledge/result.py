"""The result of a scan: stage, reasons, next step, initiatives and fallback."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.base import Knowledge
from knowledge.intake import OUTSIDE_REGION
from knowledge.matching import LARGE, Matched, Profile, Referral, refer
from knowledge.maturity import Answers, Maturity, assess, next_step, reasons
from knowledge.texts import Note, Texts


@dataclass(frozen=True)
class Advice:
    """One initiative as it is shown: why, and how fresh what we know of it is."""

    id: str
    name: str
    reason: str
    url: str | None
    last_seen: str  # month, "2024-05"
    outdated: bool

    def as_dict(self) -> dict[str, Any]:
        """The shape of the public interface."""
        return {
            "id": self.id,
            "naam": self.name,
            "reden": self.reason,
            "url": self.url,
            "laatstGezien": self.last_seen,
            "verouderd": self.outdated,
        }


@dataclass(frozen=True)
class Result:
    """What a scan comes to, for one day. `notes` name what has to be said with it, in this order.

    `catalogue_version` names the initiatives that were there to choose from.
    """

    maturity: Maturity
    reasons: tuple[str, ...]
    next_step: str
    referral: Referral
    initiatives: tuple[Advice, ...]
    fallback: Advice
    notes: tuple[Note, ...]
    catalogue_version: str

    def as_dict(self) -> dict[str, Any]:
        """The `uitslag` of the public interface."""
        return {
            "fase": self.maturity.stage,
            "score": self.maturity.score,
            "voorlopig": self.maturity.provisional,
            "veiligheidsvlag": self.maturity.safety_flag,
            "uitleg": list(self.reasons),
            "volgendeStap": self.next_step,
            "initiatieven": [advice.as_dict() for advice in self.initiatives],
            "vangnet": self.fallback.as_dict(),
            "geenPassendAanbod": self.referral.nothing_fits,
        }


def profile(answers: Answers, maturity: Maturity) -> Profile:
    """What matching needs to know, from the answers and the maturity."""
    return Profile(
        size=answers["personen"],
        municipality=answers["gemeente"],
        question=answers["hulpvraag"],
        stage=maturity.stage,
        safety_flag=maturity.safety_flag,
    )


def result(knowledge: Knowledge, answers: Answers, today: date) -> Result:
    """The result of the answers on this day. Raises ValueError before the core scan is complete."""
    knowledge = knowledge.now()
    maturity = assess(knowledge.intake, answers)
    firm = profile(answers, maturity)
    referral = refer(firm, knowledge.catalogue, knowledge.municipalities, today)
    return Result(
        maturity=maturity,
        reasons=reasons(knowledge.intake, answers),
        next_step=next_step(knowledge.intake, answers),
        referral=referral,
        initiatives=tuple(_advice(knowledge, matched, firm, today) for matched in referral.shown),
        fallback=_advice(knowledge, referral.fallback, firm, today),
        notes=tuple(_notes(firm, referral)),
        catalogue_version=knowledge.catalogue_version,
    )


def _notes(firm: Profile, referral: Referral) -> Iterator[Note]:
    """What has to be said with a result: attention to safety, and honest advice for who falls outside."""
    if firm.safety_flag:
        yield "veiligheid"
    if firm.municipality == OUTSIDE_REGION:
        yield "buiten_regio"
    elif not referral.shown:
        yield "geen_aanbod"
    if firm.size in LARGE:
        yield "groot_bedrijf"
    if firm.stage == "verder":
        yield "al_ver"


def _advice(knowledge: Knowledge, matched: Matched, firm: Profile, today: date) -> Advice:
    initiative = matched.initiative
    texts = knowledge.texts
    words = {
        "nabij": _near(texts, knowledge, matched, firm, today),
        "thema": texts.thema[firm.question],
        "fase": texts.fase[firm.stage],
    }
    template = texts.redenen.initiatief
    if initiative.groep == "vangnet":
        template = texts.redenen.vangnet[initiative.id]
    return Advice(
        id=initiative.id,
        name=initiative.naam,
        reason=template.format(**words),
        url=initiative.url,
        last_seen=initiative.gezien,
        outdated=initiative.outdated(today),
    )


def _near(texts: Texts, knowledge: Knowledge, matched: Matched, firm: Profile, today: date) -> str:
    if matched.nearness not in ("gemeente", "streek"):
        return texts.nabij[matched.nearness]
    code = knowledge.municipalities.current(firm.municipality, today)
    municipality = knowledge.municipalities.municipality(code)
    return texts.nabij[matched.nearness].format(gemeente=municipality.naam, streek=texts.streek[municipality.regio])
