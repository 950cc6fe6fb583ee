"""What a preview shows: conversations per site and stage, questions with their help, initiatives and other texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.moments import RULED_ASIDES
from actions.phrases import ASIDES
from actions.preview.firms import levels_by_stage, profile
from actions.preview.playing import ENTREPRENEUR, NOT_UNDERSTOOD, Bubble, Conversation, Script
from knowledge.intake import UNKNOWN
from knowledge.sites import Site

DEFAULT_QUESTION = "klanten"  # the hulpvraag of the whole conversations; the results show the others
OWN_PARTS = frozenset({"vraag_waarom", "vraag_betekenis", "vraag_initiatief"})  # shown with what they are about
COMMANDS = ("terug", "hulp", "hoeveel nog", "wijzig", "sla over", "terug", "opnieuw", "stop")
STAGES = {"adhoc": "aan het begin staat", "engaged": "op weg is", "verder": "al ver is"}
FIRST_SITE = "demo"  # where that is the same for all sites


@dataclass(frozen=True)
class Part:
    """A piece of the preview. `group` is the heading that it stands under; group and title together name it."""

    group: str
    title: str
    bubbles: tuple[Bubble, ...]


def parts(script: Script) -> tuple[Part, ...]:
    """Everything, in the order of the page."""
    found = [*_sites(script), *_questions(script), *_moments(script), *_initiatives(script)]
    return tuple(found) + tuple(_others(script))


def _sites(script: Script) -> Iterator[Part]:
    for site in script.knowledge.sites.values():
        group = f"Site: {site.naam}"
        for stage, levels in levels_by_stage(script.knowledge.intake).items():
            yield _whole(script, site, group, stage, levels)
            if site.gemeente or site.id == FIRST_SITE:  # the others give the same results
                yield _results(script, site, group, stage, levels)
        own = [name for name in sorted(ASIDES | RULED_ASIDES) if _names_site(script, name)]
        yield Part(group, "Wie dit is, en een mens spreken", _asides(script, own, site))
        words = [
            Bubble(f"{language}: {key}", text) for language, own in site.teksten.items() for key, text in own.items()
        ]
        if words:
            yield Part(group, "Eigen woorden van de widget", tuple(words))


def _whole(script: Script, site: Site, group: str, stage: str, levels: dict[str, str]) -> Part:
    answers, names = profile(script, site, DEFAULT_QUESTION)
    conversation = Conversation(script, site.id)
    conversation.answer(answers | levels, names)
    conversation.choose("verder", "Nog vijf vragen")
    conversation.answer(answers | levels, names)
    return Part(group, f"Heel gesprek: een bedrijf dat {STAGES[stage]}", tuple(conversation.bubbles))


def _results(script: Script, site: Site, group: str, stage: str, levels: dict[str, str]) -> Part:
    """The result after nine questions for everything that somebody can want help with."""
    bubbles: list[Bubble] = []
    for option in script.knowledge.intake.question("hulpvraag").opties:
        answers, names = profile(script, site, option.waarde)
        said = Conversation(script, site.id).answer(answers | levels, names)
        bubbles += [Bubble(ENTREPRENEUR, option.titel), *said]
    return Part(group, f"Uitslag per hulpvraag: een bedrijf dat {STAGES[stage]}", tuple(bubbles))


def _questions(script: Script) -> Iterator[Part]:
    """Each question with what somebody gets who asks about it, or is not understood."""
    site = script.knowledge.sites[FIRST_SITE]
    profiled, names = profile(script, site, DEFAULT_QUESTION)
    answers = profiled | {question.id: UNKNOWN for question in script.knowledge.intake.scored}
    for question in script.knowledge.intake.vragen:
        conversation = Conversation(script, FIRST_SITE)
        conversation.answer({other: code for other, code in answers.items() if other != question.id}, names)
        if conversation.open is None:
            conversation.choose("verder", "Nog vijf vragen")
            conversation.answer({other: code for other, code in answers.items() if other != question.id}, names)
        start = len(conversation.bubbles)
        conversation.type("Waarom vraag je dat?", "vraag_waarom")
        conversation.type("hulp")
        conversation.type(NOT_UNDERSTOOD)
        yield Part(
            "Vragen", f"{question.kort}: waarom, uitleg en in andere woorden", tuple(conversation.bubbles[start:])
        )


def _moments(script: Script) -> Iterator[Part]:
    site = script.knowledge.sites[FIRST_SITE]
    conversation = Conversation(script, FIRST_SITE)
    for command in COMMANDS:
        conversation.type(command)
    yield Part("Onderweg", "Terug, hulp, overslaan en stoppen", tuple(conversation.bubbles))
    lost = Conversation(script, FIRST_SITE)
    for _ in range(3):
        lost.type(NOT_UNDERSTOOD)
    yield Part("Onderweg", "Drie keer niet begrepen", tuple(lost.bubbles))
    names = [name for name in sorted(ASIDES | RULED_ASIDES) if name not in OWN_PARTS and not _names_site(script, name)]
    yield Part("Onderweg", "Als iemand iets anders zegt of vraagt", _asides(script, names, site))
    terms = [Bubble(ENTREPRENEUR, f"Wat is {term.naam}?") for term in script.knowledge.terms.terms]
    explained = [script.aside("vraag_betekenis", site, bubble.text) for bubble in terms]
    both = [bubble for pair in zip(terms, explained, strict=True) for bubble in pair]
    yield Part("Onderweg", "Woorden die de assistent uitlegt", tuple(both))


def _initiatives(script: Script) -> Iterator[Part]:
    site = script.knowledge.sites[FIRST_SITE]
    for initiative in script.knowledge.catalogue:
        asked = f"Wat is {initiative.naam}?"
        answer = script.aside("vraag_initiatief", site, asked)
        yield Part("Initiatieven", initiative.naam, (Bubble(ENTREPRENEUR, asked), answer))


def _others(script: Script) -> Iterator[Part]:
    """Texts that no conversation above came by, and the words of the widget."""
    rest = [Bubble(name, text) for name, text in script.responses.items() if name not in script.said]
    yield Part("Andere teksten", "Teksten uit domain.yml die hierboven niet voorkomen", tuple(rest))
    for language, kinds in script.knowledge.languages.items():
        words = [Bubble(f"{kind}: {key}", text) for kind, named in kinds.items() for key, text in named.items()]
        yield Part("Andere teksten", f"Woorden op het scherm ({language}.yaml)", tuple(words))


def _asides(script: Script, names: list[str], site: Site) -> tuple[Bubble, ...]:
    return tuple(bubble for name in names for bubble in (Bubble(ENTREPRENEUR, f"({name})"), script.aside(name, site)))


def _names_site(script: Script, aside: str) -> bool:
    text = script.responses.get(f"utter_{aside}", "")
    return "{aanbieder}" in text or "{contact}" in text
