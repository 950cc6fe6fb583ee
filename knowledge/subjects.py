"""Which questions the clauses of a message name, and where one answer in it ends and the next begins.

"In Moneybird, en back-ups maken we niet" holds two answers. A clause speaks of a question when it has one of its words;
a clause with none belongs to what stands before it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from knowledge.words import normal

SPOKEN = "zinsdelen"  # the reading of the spans, each by itself
HEADING = 2  # words up to which the first clause may be a name alone
MOST_SPANS = 3  # more is a story, of which the whole says most

SUBJECT_WORDS: Mapping[str, re.Pattern[str]] = {
    "hulpvraag": re.compile(r"\b(?:hulp|hulpvraag|help|geholpen)\b"),
    "administratie": re.compile(
        r"\b(?:boekhouding|boekhouden|boekhouing|administratie|factu(?:ren|re|ur|urtjes)|facturatie|bonnen|bonnetjes"
        r"|bankafschriften)\b"
    ),
    "vindbaar": re.compile(
        r"\b(?:web ?-?site\w*|site|social ?media|socials?|facebook\w*|insta\w*|linkedin|tiktok|(?:on)?vindbaar|vinden"
        r"|gevonden|online te vinden)\b"
    ),
    "gegevens": re.compile(
        r"\b(?:klant(?:en)?(?:gegevens|lijst\w*|bestand)|omzet\w*|voorraad\w*|crm|dashboards?"
        r"|(?:van|over) (?:mijn |mn |onze |de )?klanten weet)\b"
    ),
    "backup_updates": re.compile(r"\b(?:back[ -]?ups?|reservekopie\w*|updates?|updaten)\b"),
    "inloggen": re.compile(
        r"\b(?:wacht ?woord\w*|inlog\w*|2fa|mfa|tweestaps\w*|(?:sms|extra)[ -]?code|code (?:op|via|van|per) (?:[^ ]+ )?"
        r"(?:telefoon|mobiel|sms|app)|phishing|nep ?mail\w*)\b"
    ),
    "plan": re.compile(r"\b(?:(?:digitale? |digitaliserings)?plan)\b"),
    "bestanden": re.compile(
        r"\b(?:bestand(?:en|je|jes)?|foto'?s|documenten|cloud|onedrive|google drive|dropbox|sharepoint|usb\w*)\b"
    ),
    "online_bestellen": re.compile(
        r"\b(?:bestel(?:len|t|lingen?|d)|afspra(?:ak|ken)|web ?(?:shop|winkel)|reserver\w+|boekingen|boeken)\b"
    ),
    "mensen": re.compile(
        r"\b(?:cursus(?:sen)?|training(?:en)?|bijschol\w+|bijleren|opleiding(?:en|splan)?|nieuwe programma'?s)\b"
    ),
    "automatisering": re.compile(
        r"\b(?:chat ?gpt|copilot|automatiser\w+|over ?(?:typen|tikken)|(?:typ\w*|tik\w*) (?:[^ ]+ ){0,6}over"
        r"|(?:niks|niets) (?:gaat )?vanzelf)\b"
    ),
}
_CLAUSES = re.compile(
    r"[.,;:!?()]+(?!\d)\s*(?:en\s(?!(?:toe|zo)\b))?|\s-+\s"
    r"|\s(?=(?:want|maar|terwijl|daarnaast|verder|trouwens)\b)|\sen\s(?!(?:toe|zo|dergelijke)\b)"
)
_APART = frozenset(",.;:!?")
# A clause that begins so goes on about the same: "Exact, maar ik tik de afschriften over".
_GOES_ON = re.compile(r"(?:maar|dan|daar\w*|die|dat|dus|want dan|zodat)\b")
# What somebody asks or says to himself before he answers: "even denken... ja in Excel".
_OF_ITSELF = re.compile(
    r"^(?:.{1,80}?)(?:\?+|\.\.+|…)\s*(?=(?:ja|nee|nou|dan|gewoon|niks|niets|oke?|eh+|hm+|ik|we|wij|die|dat|in|op|met|via"
    r"|alles|allemaal|geen|overal|daar|nergens|[^ ]+$)\b)"
)


class Span(NamedTuple):
    """A part of a message about one thing: its text, and the questions that it names (none when it names none)."""

    text: str
    questions: frozenset[str]


def spans(text: str) -> list[Span]:
    """The parts of a message that name different questions, in order; the whole when it names none or one."""
    clean = normal(text)
    if not questions_named(clean):
        return [Span(clean, frozenset())]
    found: list[Span] = []
    begun = 0
    for begin, end in _clauses(clean):
        named = questions_named(clean[begin:end])
        goes_on = _GOES_ON.match(clean, begin) is not None
        if found and _belongs_to(found, named, goes_on=goes_on, apart=clean[:begin].rstrip()[-1:] in _APART):
            found[-1] = Span(clean[begun:end], found[-1].questions | named)
        else:
            begun = begin
            found.append(Span(clean[begin:end], named))
    return found


def _belongs_to(found: list[Span], named: frozenset[str], *, goes_on: bool, apart: bool) -> bool:
    """Whether a clause that names these questions belongs to the last span.

    A name alone is followed by something new: "administratie, de facturen schrijf ik nog met de hand".
    """
    heading = apart and len(found) == 1 and len(found[0].text.split()) <= HEADING
    return not named or goes_on or (not heading and bool(found[-1].questions & named))


def _clauses(clean: str) -> Iterator[tuple[int, int]]:
    """Where each clause that is not empty begins and ends."""
    begin = 0
    for boundary in _CLAUSES.finditer(clean):
        if clean[begin : boundary.start()].strip():
            yield begin, boundary.start()
        begin = boundary.end()
    if clean[begin:].strip():
        yield begin, len(clean)


def questions_named(clean: str) -> frozenset[str]:
    """The questions of which a clause has a word."""
    return frozenset(question for question, words in SUBJECT_WORDS.items() if words.search(clean))


def answer_to_itself(text: str) -> str:
    """What follows a question that somebody asks himself, or a pause; empty when there is none."""
    clean = normal(text)
    asked = _OF_ITSELF.match(clean) if "?" in clean or ".." in clean else None
    return clean[asked.end() :] if asked else ""
