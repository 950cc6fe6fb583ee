"""What somebody says beside the questions in words that can mean nothing else, whatever the classifier makes of them.

A break, money trouble, whether this can be trusted, a question by its number, what to choose, and what is thought of
the result.
"""

import re

from actions.meanings import Answers, Aside, AskBack, Command, Understood
from knowledge.intake import UNKNOWN, Intake
from knowledge.scan import Doubt, Scan

RULED_ASIDES = frozenset({"nood", "pauze"})

_PAUSE = re.compile(
    r"(?:(?:ok|oke|o|oh|eh|ja|sorry|nee|hoi|hallo) )*"
    r"(?:(?:ff |even )?wacht(?: (?:even|ff|effe|eens))?(?: hoor)?|(?:even|ff|een|eventjes) (?:geduld|wachten)"
    r"|(?:een )?(?:moment|ogenblik|seconde)(?:je)?(?: geduld)?(?: (?:hoor|alsjeblieft|aub))?"
    r"|(?:ik |k )?(?:ben|kom) (?:er )?(?:zo |weer |straks |even )*(?:terug|weer)(?: hoor)?"
    r"|(?:ik |k )?(?:moet|ga) (?:even|ff|effe|zo) (?:weg|koffie|eten|bellen|pauze|naar (?:een|mijn|mn) \w+)\b.*"
    r"|(?:er is |ik heb |heb )?(?:even |nu |net )?een klant(?: in de (?:zaak|winkel))?)"
)
_MONEY_TROUBLE = re.compile(
    r"\b(?:(?:heb|hebben|zit|zitten|hadden|kom|komen) (?:\w+ ){0,3}?(?:in de )?(?:schulden|geldproblemen|geldzorgen)"
    r"|(?:ga|gaan|ben|zijn|bijna) (?:\w+ ){0,2}?failliet|faillissement (?:aan ?vragen|dreigt)"
    r"|(?:de |mijn |mn |onze )(?:huur|rekeningen|belasting) (?:\w+ ){0,2}niet (?:meer )?betalen)\b"
)
_TRUSTED = re.compile(
    r"(?:is|zijn|ben|bent|hoe weet ik (?:of|dat)) (?:dit|dat|je|jij|jullie|u|het)\b"
    r"(?!.*\b(?:mens|chatbot|robot|computer)\b)"
    r".*\b(?:phishing|oplichting|oplichters?|nep|scam|spam|virus|te vertrouwen|betrouwbaar)\b.*"
    r"|(?:is|hoe weet ik (?:of|dat)) (?:dit|het) (?:wel |allemaal )?(?:echt|veilig)\b.*"
    r"|(?:wie|wat) (?:is|zijn|zit) (?:de |er |die |dat )*(?:werkgroep|achter).*"
)
_NUMBERS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende")
_NUMBERED = re.compile(rf"\b(?:vraag ([1-9]|{'|'.join(_NUMBERS)})|({'|'.join(_ORDINALS)}) vraag)\b")
_TO_CHANGE = re.compile(
    r"\b(?:terug|naar|wijzig\w*|verander\w*|aanpass\w*|pas|anders|opnieuw|over ?doen|fout\w*|verkeerd\w*|vergis\w*"
    r"|niet goed|klopt\w* (?:\w+ )?niet|corrig\w*|verbeter\w*)\b"
)
# What to choose, or whether something is a good thing, is asked of us; "is gewoon in Excel" is an answer.
_ADVICE = re.compile(
    r"(?:(?:en|maar|eh|ja|nou|oke|goh|hm+|o|want) )*(?:"
    r"wat (?:zou|raad|raden|adviseer\w*|kies) (?:jij|je|jullie|u|ik)\b.*"
    r"|wat is (?:\w+ ){0,3}?(?:handig\w*|slim\w*|beter|best\w*|verstandig\w*|goed\w*|normaal)(?: dan)?"
    r"|welke? (?:zou|raad|is (?:\w+ )?(?:beter|best\w*|handig\w*)|kan ik (?:\w+ )?best).*"
    r"|(?:is|zijn) (?!het\b|dat\b|dit\b|gewoon\b|nog\b|al\b)(?:\S+ ){1,5}"
    r"(?:duur|nodig|handig|beter|veilig|ouderwets|verplicht|slim|verstandig|genoeg|erg|belangrijk|moeilijk)"
    r"(?: dan .+| hiervoor| voor (?:mij|ons|een) ?.*)?"
    r"|(?:heb|hebben) (?:ik|we|wij) (?:\S+ ){1,4}nodig(?: dan)?"
    r"|(?:moet|moeten) (?:ik|we|wij) (?:(?:echt|per se|altijd|ook|dan) )?(?:een|dat|daar|iets|allemaal)"
    r" (?!nog\b|eens\b).*"
    r"|hoe (?:weet|kan|moet|maak|doe|werkt|zorg|begin) (?:ik|je|dat|zo'?n|een|we)\b(?!.*\bantwoord).*)"
)
_ABOUT_RESULT = re.compile(
    r"\b(?:klopt\w* (?:er )?(?:\w+ )?(?:niet|niks|niets)|(?:klopt|slaat) (?:nergens op|voor geen \w+)"
    r"|(?:advies|uitslag|score|resultaat|lijst\w*)\b.*\b(?:niks|niets|slecht|waardeloos|onzin|niet|nergens)"
    r"|(?:niks|niets) (?:\w+ )?aan (?:dit|het|je) (?:advies|uitslag)|heb ik (?:niks|niets|weinig) aan"
    r"|helemaal fout|niet mee eens)\b"
)
_WHY_RESULT = re.compile(
    r"\b(?:hoe|waarom|hoezo|waardoor|waar) .*\b(?:uitslag|score|advies|resultaat|hier ?uit|engaged|adhoc|hieraan)\b"
    r"|\bwat (?:betekent|is) (?:\w+ )?(?:engaged|adhoc|ad hoc|(?:mijn|de|deze) (?:uitslag|score|fase))\b"
)
_NO_CHOICE = re.compile(
    r"(?:ik |we |wij )?(?:(?:heb|hebben) )?(?:eigenlijk )?(?:geen hulp(?: nodig)?|niks(?: nodig)?|niets(?: nodig)?"
    r"|alles(?: (?:tegelijk|wel))?|van alles(?: (?:wat|en nog wat))?|maakt (?:mij |me )?(?:niet|niks) uit|allemaal)"
)

_NOT_THAT = re.compile(r"(?:niet|geen) (?:de |het |mijn )?(?!idee|hulp|tijd|zin|mening)\w+")
# Without any of these nothing happened to a computer, an account or money.
ALARMING = re.compile(
    r"hack|gehek|hekt|virus|v?ph?ish|gijzel|ransom|o?plicht|gestolen|ste[ae]l|nep|fraud|inbra|ingebro|inbre|gedrong|besmet"
    r"|malware|losgeld|blo[kc]k|lock|sleutel|encrypt|overgenomen|overne|vergrendel|slot|lek|aanval|crimin|kwijt|kra+k"
    r"|wacht ?woord|betaa?l|rekening|cyber|raar|vreemd|verdacht|link|klik|scam|leeg|mail|account|bitcoin|kaap|muis"
    r"|anydesk|teamviewer|gemaakt|computer|\bpc\b|scherm|bestand|site|shop|facebook|insta|whats|bank|geld|code|log|spam"
    r"|boef|dief|systeem|server|netwerk|laptop|telefoon|mobiel|microsoft|misbruik|rommel|melding|waarschuw|pop ?up"
    r"|internet|online|wifi|data"
)

# It happened to somebody else, and makes one think.
OF_OTHERS = re.compile(
    r"\b(?:con ?(?:cu)?l+ega|collega|klant|buur(?:man|vrouw)?|vriend|vriendin|kennis|concurrent|leverancier|zwager"
    r"|broer|ander(?:e|en)?)(?:\s\w+){0,6}\s(?:ge ?hackt?|gehekt|gehackd|opgelicht)\b"
)


def ruled(intake: Intake, scan: Scan, clean: str) -> Understood | None:
    """What the words mean at any time; None when they rule nothing. `clean` are the words without punctuation."""
    if _PAUSE.fullmatch(clean):
        return Aside("pauze")
    if _MONEY_TROUBLE.search(clean):
        return Aside("wanhoop")
    if _TRUSTED.fullmatch(clean):
        return Aside("vraag_wie")
    numbered = _NUMBERED.search(clean)
    if numbered and _TO_CHANGE.search(clean):
        return Command("wijzig", _question(intake, scan, numbered[1] or numbered[2]))
    if scan.open is None:
        return _about_result(intake, scan, clean)
    if scan.open == "hulpvraag" and _NO_CHOICE.fullmatch(clean):
        return Answers(((scan.open, UNKNOWN),))
    if scan.open == "hulpvraag" and _NOT_THAT.fullmatch(clean):
        return AskBack(Doubt("anders"), failed=True)
    scored = intake.question(scan.open).scored
    return Aside("vraag_betekenis") if scored and _ADVICE.fullmatch(clean) else None


def _question(intake: Intake, scan: Scan, number: str) -> str | None:
    """The question that the counter shows by this number."""
    names = next((names for names in (_NUMBERS, _ORDINALS) if number in names), None)
    place = names.index(number) if names else int(number) - 1
    shown = intake.further if scan.phase == "verdieping" else intake.core
    return shown[place].id if place < len(shown) else None


def _about_result(intake: Intake, scan: Scan, clean: str) -> Understood | None:
    if not scan.has_result(intake):
        return None
    if _WHY_RESULT.search(clean):
        return Aside("vraag_waarom")
    return Command("wijzig") if _ABOUT_RESULT.search(clean) else None
