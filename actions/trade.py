"""Whether a message about something else names the firm's own trade as well: "we zijn een kapsalon met 4 man".

A size is often told in jobs and in places of work ("in de zomer 8 uitzendkrachten", "12 in de winkel"), and those are
of any firm. Only a trade that is told as the speaker's own counts; otherwise its question is asked a moment later.
"""

import re
from collections.abc import Iterator

from knowledge.headcount import read_headcount
from knowledge.number_words import digits
from knowledge.sectors import SectorIndex, SectorReading
from knowledge.subjects import questions_named
from knowledge.words import normal

_CLAUSES = re.compile(r"[,.;:!?()]+(?!\d)\s*|\s-+\s")
# Where what is said of the trade ends: at a number, at where the firm is, and at what comes beside it.
_ENDS = re.compile(
    r"(?:^|\s)(?:met|en|maar|want|dus|waar\w*|die|dat|van|sinds|samen|zonder|niet|voor (?:me|mij)zelf)\b.*"
    r"|\s(?:in|uit|te) (?!de\b|het\b)[a-z].*|\s?\d.*"
)
_EMPLOYED = re.compile(r"\b(?:bij (?:een|de|het|'t)|in (?:vaste )?dienst (?:bij|van)|manager|medewerker)\b")
_FILLERS = r"(?:(?:'?n|een|eigen|klein\w*|groot|grote|gewoon|zelfstandige?|zzp)\s)*"
_OWN = r"(?:(?:mijn|m'?n|ons|onze)\s)?"
_IS = re.compile(
    r"(?:\b(?:ik|we|wij)\s(?:ben|zijn)|^(?:ben|zijn)|\b(?:ben|zijn)\s(?:ik|we|wij)"
    r"|\b(?:mijn|m'?n|ons|onze)\s(?:bedrijf\w*|zaak\w*|firma|toko|vak|beroep|werk)\s(?:is|betreft)"
    rf"|\b(?:het|dit|'?t)\s?(?:is|betreft|gaat om))\s(?:(?:daar|hier|dus|zelf|gewoon|al \S+ jaar)\s)*{_FILLERS}"
)
# What the speaker has or runs has to be the name of a firm: he may have a cook too.
_VERBS = (
    r"\b(?:heb|hebben|hebbe|run|runnen|draai|draaien|drijf|drijven|leid|leiden|begon|zijn|ben|eigenaar van"
    r"|eigenaresse van|(?:broers?|zus|zussen|stel|echtpaar|gezin|vrienden|vriendinnen|compagnons) met)"
)
_HAS = re.compile(
    rf"{_VERBS}(?:\s(?!(?:voor|bij|aan|van|in|uit|geen|niet)\b)[\w']+){{0,5}}?\s{_OWN}"
    rf"(?=een\s|'?n\s|eigen\s|mijn\s)(?!een paar|een aantal){_FILLERS}"
)
_HAS_WITHOUT_ARTICLE = re.compile(rf"{_VERBS}(?:\s(?:ik|we|wij))?\s(?!(?:een|'?n|met|paar|veel|geen|niet|\d+)\b)")
_OURS = re.compile(rf"\b(?:in|met|voor) (?:onze|ons|mijn|mn|m'n|me) {_FILLERS}")
_IN = re.compile(
    r"\b(?:zzp\S*|eenmanszaak|zelfstandige?|bedrijf(?:je)?|\w+bedrijf|zaak(?:je)?|bv|vof|maatschap|ondernemer|actief)"
    rf"\s(?:in|voor|op het gebied van)\s(?:de\s|het\s)?{_FILLERS}"
)
_AS = re.compile(rf"\b(?:werk|werken|ben|begonnen|actief)\b[^,]{{0,30}}?\bals\s{_FILLERS}")
# What the speaker does, from the verb on: "ik rij taxi". Of people, help and numbers much else is told so.
_DOES = re.compile(
    r"(?<!was )(?<!waren )(?<!werd )(?<!ben )(?<!heb )\b(?:ik|we|wij)\s"
    r"(?!(?:ben|zijn|heb|hebben|zit|zitten|werk|werken|ga|gaan|kom|komen|wil|willen|moet|moeten|kan"
    r"|kunnen|zou|zouden|zoek|zoeken|weet|denk|doe|doen|tel|tellen|sta|staan|huur|huren|bel|bellen|mag|mogen|word|krijg"
    r"|gebruik|gebruiken|betaal|vind|zie|had|hadden|was|waren|en|met|samen|zelf|plus|alleen|mee|erbij|bij|ook|nog|er|doch|dogge)\b)"
    r"(?=[a-z])(?!.*\b(?:aan|bij)\b)"
)
_SECTOR = re.compile(
    r"(?<!\d )\b(?:in|uit) de (?=(?:bouw|thuiszorg|zorg|horeca|ict|detailhandel|landbouw|tuinbouw|logistiek|schoonmaak"
    r"|metaal|groothandel|kinderopvang|veehouderij|installatietechniek)\b)"
)
_BARE = re.compile(rf"^{_FILLERS}(?!(?:in|op|bij|aan|achter|volgens|de|het)\s)")
MOST_BARE_WORDS = 2
_PATTERNS = (
    (_IS, False),
    (_IN, False),
    (_AS, False),
    (_SECTOR, False),
    (_DOES, False),
    (_HAS, True),
    (_HAS_WITHOUT_ARTICLE, True),
    (_OURS, True),
)
ALONE = "1"  # the size class
# Names of firms, by how they end; other names are of who works there.
_FIRM = re.compile(
    r"(?:bedrijf|zaak|winkel|shop|store|salon|praktijk|bureau|kantoor|restaurant|cafe|kroeg|bar|lunchroom|hotel|pension"
    r"|camping|garage|erij|makelaardij|handel|studio|atelier|school|club|centrum|instelling|fabriek|apotheek|kliniek"
    r"|theater|museum|markt|bistro|verhuur|transport|opvang|creche|toko|kiosk|manege|werf|drogist|service|agency"
    r"|techniek|montage|b&b|stomerij|wasserette|thuiszorg|gym|cafetaria|snackbar|eethuis|galerie|b b|breakfast)"
    r"(?:tje|je|s|en)?$"
)


def own_trade(sectors: SectorIndex, text: str) -> SectorReading | None:
    """The trade that the speaker says is his own, which may have to be asked back; None when no clause says one."""
    found = {}
    for said, of_a_firm in _told(digits(normal(text))):
        read = sectors.read(said)
        if read and (not of_a_firm or _FIRM.search(said)):
            found[tuple(sector.code for sector in read.sectors)] = read
    return found.popitem()[1] if len(found) == 1 else None


def _told(text: str) -> Iterator[tuple[str, bool]]:
    """What each clause says the speaker is, has or does, and whether that has to be the name of a firm."""
    clauses = _CLAUSES.split(text)
    works_alone = (size := read_headcount(clauses[0])) is not None and size.classes == (ALONE,)
    for position, clause in enumerate(clauses):
        if _EMPLOYED.search(clause):
            continue
        for pattern, of_a_firm in _PATTERNS:
            for match in pattern.finditer(clause):
                yield _ENDS.sub("", clause[match.end() :]), of_a_firm
        alone = _BARE.match(clause)
        bare = _ENDS.sub("", clause[alone.end() :]) if alone else ""
        if len(bare.split()) <= (MOST_BARE_WORDS + works_alone) and not questions_named(bare):
            yield bare, position > 0 and not works_alone
