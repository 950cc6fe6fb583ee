"""What is said in a turn: texts from domain.yml by name, and questions and buttons from knowledge/."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.intake import MAY_BE_LEFT_OPEN, OPEN, Question
from knowledge.matching import instead_of
from knowledge.result import Advice, Result
from knowledge.scan import LARGER_AREA, LATER, NOT_KNOWN, NOT_SO, STAYS, Doubt, Scan
from knowledge.sites import Site
from knowledge.words import listed

Button = tuple[str, str]  # code, title

YES: Button = ("ja", "Ja, dat klopt")
NO: Button = ("nee", "Nee")
CHANGE_IT: Button = ("ja", "Ja, pas dat aan")
KEEP_IT: Button = ("nee", "Nee, terug naar de vraag")
LEAVE_OPEN: Button = (OPEN, "Weet ik niet")
GO_ON: Button = ("verder", "Nog vijf vragen")
DONE: Button = ("klaar", "Zo is het goed")
AGAIN: Button = ("opnieuw", "Opnieuw beginnen")


@dataclass(frozen=True)
class Reply:
    """One message: a response of domain.yml with its variables, or a text as it is; and the buttons under it."""

    response: str | None = None
    text: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()


def said(response: str, *buttons: Button, **variables: str) -> Reply:
    """A response of domain.yml."""
    return Reply(response=response, variables=variables, buttons=buttons)


def question_reply(knowledge: Knowledge, scan: Scan, site: Site, *, returns: bool = False) -> Reply | None:
    """The open question, or the counter-question about it; None when no question is open.

    `returns` when something else was said and answered meanwhile: then nothing was misunderstood.
    """
    if scan.open is None:
        return None
    question = knowledge.intake.question(scan.open)
    if scan.doubt:
        if returns and scan.doubt.kind == "anders" and not scan.doubt.ask:
            return Reply(text=question.nogeens, buttons=_every_button(knowledge, question, scan, site))
        return _counter_question(knowledge, question, scan, scan.doubt, site)
    return Reply(text=question.text(alone=scan.alone), buttons=question.choices(alone=scan.alone))


def _counter_question(knowledge: Knowledge, question: Question, scan: Scan, doubt: Doubt, site: Site) -> Reply:
    if doubt.kind == "bevestig":
        sentence = doubt.candidates[0].zin.rstrip(".")
        return said("utter_bevestig", YES, NO, zin=sentence[0].lower() + sentence[1:])
    if doubt.kind == "kies":
        buttons = tuple((candidate.code, candidate.titel) for candidate in doubt.candidates)
        buttons += tuple(way for way in _ways_out(question) if way not in buttons)
        return Reply(text=doubt.ask, buttons=buttons) if doubt.ask else said("utter_kies", *buttons)
    if doubt.kind == "eerder" and doubt.about:
        before = knowledge.statement(doubt.about, scan.effective[doubt.about])
        return said("utter_eerder", CHANGE_IT, KEEP_IT, eerst=before, zin=doubt.candidates[0].zin)
    if doubt.kind == "overslaan":
        return said("utter_overslaan", ("ja", "Ja, sla over"), ("nee", "Nee, ik probeer het nog eens"))
    if doubt.ask == LARGER_AREA:
        return said("utter_gebied", *_help_buttons(knowledge, question, scan, site))
    unknown, stays, later, no = (doubt.ask == why for why in (NOT_KNOWN, STAYS, LATER, NOT_SO))
    return said(
        "utter_geen_probleem"
        if unknown
        else "utter_blijft"
        if stays
        else "utter_straks"
        if later
        else "utter_toch_niet"
        if no
        else "utter_anders",
        *_every_button(knowledge, question, scan, site),
        vraag=question.nogeens,
    )


def _every_button(knowledge: Knowledge, question: Question, scan: Scan, site: Site) -> tuple[Button, ...]:
    """Those of a question in other words, and what may have been meant instead."""
    moments = scan.doubt.candidates if scan.doubt else ()
    return (*_help_buttons(knowledge, question, scan, site), *((one.code, one.titel) for one in moments))


def _ways_out(question: Question) -> tuple[Button, ...]:
    return (LEAVE_OPEN,) if question.id in MAY_BE_LEFT_OPEN else (("weet_niet", "Weet ik niet"),)


def _help_buttons(knowledge: Knowledge, question: Question, scan: Scan, site: Site) -> tuple[Button, ...]:
    """The buttons under a question that is asked in other words; the first three questions may be left open."""
    if question.id == "bedrijf":
        seed = knowledge.sectors.sections.seed.values()
        return (*((f"{sector.sbi2025}/{sector.sbi2008}", sector.naam) for sector in seed), LEAVE_OPEN)
    if question.id == "gemeente":
        near = ((site.gemeente, knowledge.municipalities.name(site.gemeente)),) if site.gemeente else ()
        return (*near, ("buiten_regio", "Buiten de regio Utrecht"), LEAVE_OPEN)
    buttons = question.choices(alone=scan.alone)
    return (*buttons, LEAVE_OPEN) if question.id in MAY_BE_LEFT_OPEN else buttons


def result_replies(knowledge: Knowledge, outcome: Result, *, changed: bool) -> Iterator[Reply]:
    """The result in words: stage and reasons, what to do, what has to be said with it, and where to go."""
    stage = knowledge.intake.stage(outcome.maturity.stage)
    yield said(
        "utter_uitslag_opnieuw" if changed else "utter_uitslag",
        label=stage.label,
        betekenis=stage.betekenis,
        uitleg=" ".join(outcome.reasons),
        stap=outcome.next_step,
    )
    for note in outcome.notes:
        yield Reply(text=knowledge.texts.opmerkingen[note])
    for advice in outcome.initiatives:
        yield Reply(text=_advice(knowledge, advice))
    yield said("utter_vangnet", advies=_advice(knowledge, outcome.fallback))


def _advice(knowledge: Knowledge, advice: Advice) -> str:
    parts = [f"{advice.name}. {advice.reason}", knowledge.texts.freshness(advice.last_seen, outdated=advice.outdated)]
    if advice.url:
        parts.append(advice.url)
    return " ".join(parts)


def aside_reply(knowledge: Knowledge, name: str, scan: Scan, *, site: Site, text: str, today: date) -> Reply:
    """The answer to a question back, or to another moment."""
    question = knowledge.intake.question(scan.open) if scan.open else None
    if name == "vraag_waarom":
        return said("utter_vraag_waarom", waarom=question.waarom) if question else said("utter_waarom_uitslag")
    if name in ("vraag_betekenis", "hulp"):
        term = knowledge.terms.named(text)
        if term or question:
            return said("utter_vraag_betekenis", uitleg=term.uitleg if term else question.uitleg if question else "")
        return said("utter_hulp_algemeen")
    if name == "vraag_duur" and scan.phase in ("aanbod", "verdieping"):
        return said("utter_vraag_duur_verder")
    if name == "vraag_initiatief":
        return _about_initiative(knowledge, scan, text, today)
    if name == "vraag_subsidie":
        closed = knowledge.initiative("mijn-digitale-zaak")
        return said("utter_vraag_subsidie", dicht=closed.biedt.strip() if closed else "")
    return said(f"utter_{name}", aanbieder=site.aanbieder, contact=contact(site))


def personal_data(knowledge: Knowledge, kinds: tuple[str, ...]) -> tuple[Reply, ...]:
    """That personal data was seen and let go; nothing when there was none."""
    if not kinds:
        return ()
    return (said("utter_persoonsgegevens", wat=listed(knowledge.texts.persoonsgegevens[kind] for kind in kinds)),)


def contact(site: Site) -> str:
    """Where somebody who wants a person can turn to, as far as it is known."""
    parts = [part for part in (site.contact.telefoon, site.contact.openingstijden, site.contact.url) if part]
    return f"{site.contact.naam} ({', '.join(parts)})" if parts else site.contact.naam


def _about_initiative(knowledge: Knowledge, scan: Scan, text: str, today: date) -> Reply:
    initiative = knowledge.initiative_names.find(text)
    if initiative is None:
        return said("utter_vraag_initiatief")
    running = initiative.running(today)
    parts = [initiative.biedt.strip()]
    if initiative.voorWie:
        parts.append(f"Voor wie: {initiative.voorWie.strip()}")
    costs = initiative.kosten.strip().rstrip(".") if initiative.kosten else None
    parts.append(f"Kosten: {costs}." if costs else "Wat het kost, weten we niet.")
    if not running:
        parts.append(f"Je kunt er nu niet meer terecht. {_what_exists(knowledge, initiative, scan, today)}")
    parts.append(knowledge.texts.freshness(initiative.gezien, outdated=running and initiative.outdated(today)))
    if initiative.url:
        parts.append(initiative.url)
    return Reply(text=f"{initiative.naam}: {' '.join(parts)}")


def _what_exists(knowledge: Knowledge, stopped: Initiative, scan: Scan, today: date) -> str:
    """What somebody can turn to instead of an initiative that has stopped."""
    known = scan.effective
    others = instead_of(
        stopped,
        knowledge.catalogue,
        knowledge.municipalities,
        today,
        size=known.get("personen", OPEN),
        municipality=known.get("gemeente", OPEN),
    )
    went_on = f"Het is opgegaan in {stopped.opvolger}. " if stopped.opvolger else ""
    return f"{went_on}Wat er wel is: {listed(other.naam for other in others)}."


def state(knowledge: Knowledge, scan: Scan, outcome: Result | None, position: tuple[int, int] | None) -> dict[str, Any]:
    """Everything in a turn that is not a message, in the shape of the public interface."""
    number, total = position or (None, None)
    answers: dict[str, str | int | None] = {}
    for question in knowledge.intake.vragen:
        code = scan.answers.get(question.id)
        if question.id == "bedrijf":
            newer, _, older = (code or "").partition("/")
            answers |= {"sbi2025": newer or None, "sbi2008": older or newer or None}
        else:
            answers[question.levert[0]] = int(code) if question.scored and code and code.isdigit() else code
    return {
        "voortgang": {"vraag": scan.open, "bevestigen": scan.doubt is not None, "nummer": number, "totaal": total},
        "antwoorden": answers,
        "uitslag": outcome.as_dict() if outcome else None,
    }
