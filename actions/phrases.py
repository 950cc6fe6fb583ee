"""Words that mean the same whatever the classifier makes of them, and the kinds of intents."""

import re

COMMANDS = frozenset({"stop", "opnieuw", "terug", "sla_over", "hulp", "hoeveel_nog", "wijzig", "verder", "klaar"})
ASIDES = frozenset({
    "vraag_waarom", "vraag_betekenis", "vraag_wie", "vraag_kosten", "vraag_privacy", "vraag_robot", "vraag_duur",
    "vraag_zzp", "vraag_initiatief", "vraag_subsidie", "mens_spreken", "gehackt_nu", "belediging", "wanhoop",
    "bedankt", "groet", "afscheid", "andere_taal", "buiten_onderwerp", "opdracht",
})  # fmt: skip
STEERING = COMMANDS - {"verder", "klaar"}  # what may be said while a question is open
NONSENSE = "onzin"  # keyboard mash counts as not understood

# Said in so many words, these are commands whatever the classifier makes of them.
LITERAL = {
    "stop": "stop", "stoppen": "stop", "ik stop": "stop", "ik wil stoppen": "stop", "laat maar": "stop",
    "opnieuw": "opnieuw", "opnieuw beginnen": "opnieuw", "begin opnieuw": "opnieuw", "restart": "opnieuw",
    "terug": "terug", "ga terug": "terug", "vorige": "terug", "vorige vraag": "terug",
    "sla over": "sla_over", "overslaan": "sla_over", "volgende": "sla_over", "sla deze over": "sla_over",
    "sla deze vraag over": "sla_over", "skip": "sla_over",
    "help": "hulp", "hulp": "hulp", "hoeveel nog": "hoeveel_nog", "hoe lang nog": "hoeveel_nog",
    "verder": "verder", "ga verder": "verder", "klaar": "klaar", "ik ben klaar": "klaar",
}  # fmt: skip
# These ask for a person, as the first message says.
LITERAL_ASIDES = {"mens": "mens_spreken", "medewerker": "mens_spreken", "ik wil een mens spreken": "mens_spreken"}
YES = frozenset({
    "ja", "j", "jep", "jup", "yes", "klopt", "ja klopt", "ja dat klopt", "dat klopt", "jazeker", "zeker", "inderdaad",
    "ok", "oke", "prima", "goed", "doe maar", "ja hoor", "ja graag", "graag", "ja doe maar", "ja zeker",
})  # fmt: skip
NO = frozenset({
    "nee", "n", "neen", "no", "nope", "klopt niet", "nee klopt niet", "nee dat klopt niet", "nee hoor",
    "niks", "niets", "nee niks", "nee niets", "niet hoor", "nee joh", "nou nee", "neuh", "nah", "noppes",
    "helemaal niet", "totaal niet", "nee helaas", "helaas niet", "nee helaas niet", "nee nog niet", "nog niet",
    "geen van beide", "geen van allebei", "allebei niet",
    "dat klopt niet", "niet", "nee dank je", "nee bedankt", "nee dankje", "liever niet",
})  # fmt: skip
SIGNS = {"👍": "ja", "👌": "ja", "✅": "ja", "👎": "nee", "❌": "nee"}
SAID_UNKNOWN = frozenset({
    "weet ik niet", "weet niet", "geen idee", "weet ik nog niet", "ik weet het niet", "ik weet niet", "geen flauw idee",
    "dat weet ik niet", "weet niet hoeveel", "zou het niet weten", "zou ik niet weten", "onbekend", "weet het niet",
    "gn idee",
})  # fmt: skip
# Somewhere in a story: that the answer is not known. "Ik weet niet hoe het heet" says that there is something.
NOT_KNOWING = re.compile(
    r"\b(?:weet (?:ik )?(?:het |dat |da |t )?(?:eigenlijk |echt |werkelijk |eerlijk gezegd |nog |zelf |ook )*"
    r"(?:niet|nie)\b(?! (?:hoe|waar|wat|welke|wanneer|wie)\b)"
    r"|(?:weet|zou) (?:ik )?(?:het )?(?:nieteens|niet eens|niet zeggen)"
    r"|zou (?:ik )?(?:het |dat )?(?:echt )?niet weten"
    r"|geen (?:flauw |enkel |zuiver )?(?:idee|benul|notie|weet)\b"
    r"|niemand(?: hier)? die (?:het|dat) weet|kan ik (?:je )?(?:zo )?niet zeggen"
    r"|(?:is|blijft) (?:voor )?(?:mij|me) een raadsel|(?:moet|zal) (?:ik )?(?:even )?(?:na)?vragen"
    r"|moet (?:ik|je|u) (?:aan )?(?:mijn|mn|m'n|me|de|het|haar|hem|onze) ?(?:\w+ ){0,3}vragen|geen antwoord op"
    r"|(?:mij|me) niet bekend|dunno|tast (?:ik )?in het duister)"
)
# A text in another script (Greek, Cyrillic, Hebrew, Arabic, Indic, East Asian) is in another language.
OTHER_SCRIPT = re.compile(r"[\u0370-\u052f\u0590-\u0dff\u3040-\u9fff\uac00-\ud7af]{2}")
ORDINALS = {
    "eerste": 1, "bovenste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6,
    "laatste": -1, "onderste": -1,
}  # fmt: skip
ORDINAL = re.compile(
    rf"(?:de |het |doe (?:maar )?(?:de )?|ik kies (?:de )?|nou de |die )?({'|'.join(ORDINALS)})"
    r"(?: (?:optie|knop|keuze|antwoord|dan|maar|denk ik|graag))*"
)
NONE_OF_THESE = re.compile(
    r"(?:nee )?(?:geen van (?:beide|allebei|tweeen|deze|die|dit|alle|de \w+)|(?:alle\w*|beide) niet"
    r"|niks van dat alles|(?:geen|niets) van dat alles|iets anders|anders|geen een)"
)
BOTH = re.compile(
    r"(?:ik doe |we doen )?(?:allebei|beide|alle ?twee|50 ?[/-]? ?50|fifty fifty|half half|half om half)(?: even veel)?"
)
# Whether somebody counts: "tel ik mijn vrouw mee?"
COUNTED = re.compile(
    r"^(?:en |maar )?(?:tel|telt|tellen|hoor|hoort|horen|moet|moeten|mag)\b.*\b(?:mee|erbij|bij|meetellen|meerekenen)\b"
)
GREETING = re.compile(
    r"^\s*(?:hoi|hallo|hey|hee?|dag|goede?\w*(?:morgen|middag|avond|dag)|moin|beste)\b[\s,!.]*", re.IGNORECASE
)
SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
LEGAL_FORMS = re.compile(
    r"(?:(?:ik |we |wij )?(?:heb|hebben|ben|zijn|is) )?(?:gewoon )?(?:een )?(?:b ?v|v ?o ?f"
    r"|zzp'?(?:er)?|eenmanszaak|maatschap|stichting|holding"
    r"|zelfstandige?|ondernemer|bedrijf(?:je)?|eigen (?:bedrijf|zaak)|mkb(?:'?er| ?bedrijf)?|starter"
    r"|klein bedrijf(?:je)?|familiebedrijf(?:je)?|onderneming|start ?up)"
    r"|(?:de |onze |mijn )?(?:bedrijfs)?naam is .*|(?:ik|we|wij|het bedrijf|mijn bedrijf) heten? .*"
)
# A question about a word of the question, or about an initiative, starts or ends like this.
MEANING = re.compile(
    r"^(?:en |maar |eh |ja |sorry (?:hoor )?)*(?:maar )?(?:wat (?:is|zijn|houdt|betekent|bedoel\w*|versta\w*)|wa is"
    r"|wats|watis|hoezo|leg (?:eens |even )?uit|uitleg)\b"
    r"|\bwat (?:is|zijn) (?:dat|die|da)\b|\bwat (?:dat|het|dit) is\b|\bleg (?:eens |even )?uit\b"
    r"|\b(?:daarbij|daar bij|erbij|eronder|daaronder) voorstellen\b|\bvalt dat (?:er|daar) ?onder\b"
)
ASKS = re.compile(
    r"\?|\b(?:wat|wie|waar|hoe|kan|kun|mag|bestaat|bestaan|ken|weet je|doet|doen|kost|is er|zijn er|loopt|geldt"
    r"|heb(?:ben)? (?:jullie|je)|vertel|over|leg)\b"
)
# Put as a question: it ends as one, or begins with a verb as answers do not.
QUESTIONED = re.compile(
    r"\?\s*$|\bof (?:nie|niet|nou niet|hoe zit dat)\W*$"
    r"|^(?:en |maar |eh |ja |nou |sorry |wacht |even )*(?:tel|telt|tellen|moet|moeten|mag|hoort|horen|geldt"
    r"|bedoel\w*|reken\w*|waarom|hoezo|waarvoor|wie|kun|kan|krijg|wordt|worden)\b"
)
POSITION = re.compile(r"(?:optie|nummer|nr|antwoord|keuze|knop)?\s*\(?(\d{1,2}|[a-h])[).]?")
# Words with which people speak of the first three questions, and with which they name a question.
SPEAKS_OF = {
    "personen": re.compile(
        r"\b(?:mensen|(?<!mijn )(?<!mn )(?<!me )man|personeel\w*|medewerkers?|werknemers?|aantal|(?:met )?hoeveel"
        r"|zzp\w*|eentje|team)\b"
    ),
    "bedrijf": re.compile(r"\b(?:bedrijf|branche|sector|zaak|vak|beroep|soort|werk)\b"),
    "gemeente": re.compile(
        r"\b(?:gemeente|plaats\w*|plek|gevestigd|vestigings?\w*|postcode|verhui[sz]\w*|verkast|adres|dorp|stad)\b"
    ),
}
CHANGE = re.compile(
    r"^(?:ik wil )?(?:mijn antwoord (?:op|over|bij) )?(?:wijzig|verander|pas aan|aanpassen|wijzigen)\b\s*(.*)$"
)
NAMED = {
    "personen": re.compile(r"\b(?:aantal|hoeveel) (?:mensen|man|medewerkers|personen|personeel\w*|werknemers)\b"),
    "bedrijf": re.compile(r"\b(?:branche|sector|soort bedrijf|beroep)\b"),
    "gemeente": re.compile(r"\b(?:gemeente|postcode|vestigingsplaats|(?:bij|de|mijn|mn) plaats)\b"),
    "hulpvraag": re.compile(r"\b(?:hulpvraag|waar ik (?:als eerste )?hulp)\b"),
}
# What is stopped or begun anew is not the conversation: "ik wil stoppen met papier", "we stoppen tapijt".
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:stop\w*|op ?hou\w*|kap\w*|opnieuw|overnieuw|begin\w*|start\w*) (?:\w+ ){0,2}?met"
    r" (?!dit\b|deze\b|die\b|dat\b|(?:de|alle|al die|het|mijn|een)"
    r" (?:vrag\w+|scan|chat|test|gesprek|invullen|antwoorden|ander\w*|begin|schone)\b|je\b|jou\b"
    r"|invullen|vragen|chatten|praten|schone|vraag)"
    r"|\bstop\w* (?:\w+ ){0,3}(?:tijd|geld|energie|werk|uren) in\b"
    r"|^(?:ik|we|wij) stop(?:pen)? (?!er\b|dr\b|d'r\b|ermee|hier|mee|met|nu|nou|maar|even|ff|toch|want|na\b|bij"
    r"|dus|vandaag|graag|liever|dit|deze|het|t\b|de\b|om\b|omdat|ook|gewoon|direct|meteen|hoor)\w+"
    r"|\b(?:die|hij|zij|ze|vrouw|man|zoon|dochter|vader|moeder|boekhouder|collega) (?:\w+ ){0,4}(?:er)?mee"
    r" (?:\w+ )?stop\w*"
)
TYPED_COMMAND = "\N{DIVISION SLASH}"  # the bot channel writes "/" at the start of a text like this
