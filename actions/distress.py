"""Words of somebody who does not want to live. Ruled and not learnt, because they may never be missed.

Rather too often than once too little: who is taken for one by mistake is told where help is, and the question returns.
"""

import re

_SELF = r"(?:mezelf|me zelf|mijzelf|mij zelf|m[en]? eigen|m'n eigen|mijn eigen)"
_LIFE = r"(?:het|t|'t|mijn|mn|m'n|me|dit) leven"
_NOT = r"(?:niet|nie|nooit)"
_HEIGHT = r"(?:de|een|het|n|t) (?:flat|dak|brug|gebouw|balkon)"
DISTRESS = re.compile(
    rf"\b(?:zelf ?moord\w*|zelf ?doding|sui[cz]i\w+|levensmoe|overdosis|afscheidsbrief|verhangen"
    rf"|van kant (?:te )?maken|{_SELF} (?:iets|wat) aan ?(?:te )?doen|doe {_SELF} (?:nog |eens |ooit )*(?:wat|iets) aan"
    rf"|{_SELF} op ?(?:te )?hangen|hang {_SELF} op|polsen door\w*|onder (?:de|een) trein"
    rf"|(?:spring\w*|lig|liggen|stap\w*|gooi\w*|loop) (?:\w+ ){{0,3}}voor (?:de|een) trein"
    rf"|spring\w* van {_HEIGHT}|van {_HEIGHT} (?:af ?)?(?:te )?spring\w*|pillen (?:te )?(?:nemen|slikken|innemen)"
    # dying
    r"|(?:liever|beter|het liefst|was ik maar|allang) dood|(?:wil|wou|wilde|ga|zou) (?:ik )?(?:\w+ )?dood"
    r"|dood (?:te )?(?:wil|willen|wou|gaan|zijn)|ik dood was|doodgaan|uitweg is de dood"
    r"|kill myself|want to die|wanna die|end my life"
    # an end to it
    r"|er (?:\w+ ){0,2}een ?einde? (?:er )?(?:aan|an) (?:\w+ ){0,2}ma(?:ken|akt?)"
    r"|ma(?:ak|ken) er (?:\w+ ){0,3}een? einde? a?an"
    rf"|einde? (?:aan )?(?:te )?(?:maken )?(?:aan )?{_LIFE}|{_LIFE} (?:\w+ ){{0,2}}(?:te )?beeindig\w*"
    rf"|stap\w* uit {_LIFE}|uit {_LIFE}(?! gegrepen)"
    # not living on
    rf"|{_NOT} (?:meer|langer) (?:verder )?(?:te )?(?:willen |wil |wou |hoeven |hoef )?leven?"
    rf"|had ik maar {_NOT} bestaan|(?:kan|kon) er beter {_NOT} meer zijn"
    rf"|(?:wil|hoef|wou|zou) (?:ik )?(?:er )?(?:liever |gewoon |maar |eigenlijk |het liefst )*{_NOT} (?:meer|langer)"
    rf" (?:zijn|leven|bestaan|wakker worden|verder leven)"
    rf"|(?:ik|k) (?:\w+ ){{0,3}}er {_NOT} meer (?:te )?(?:wil |willen )?(?:zijn|wezen)"
    rf"|(?:liefst|liever) (?:word|werd) ik \w+ {_NOT} meer wakker|{_NOT} meer wakker (?:te )?(?:\w+ )?(?:te )?worden"
    rf"|(?:hoeft|hoef) (?:het |t |'t )?leven (?:zo )?{_NOT} meer|leven (?:heeft |voor mij |zo )*(?:niet meer|geen zin)"
    rf"|(?:geen|gin) zin meer in {_LIFE}|(?:klaar|zat|genoeg) (?:met|van) {_LIFE}"
    rf"|(?:zie|zien) {_LIFE} (?:echt |zo |gewoon )*{_NOT} meer zitten"
    # the others without me
    rf"|als ik er {_NOT} meer (?:ben|was|zou zijn)|was ik er maar {_NOT} meer"
    rf"|beter (?:(?:is|af) )?(?:als|zonder) (?:ik er|mij|me)(?: {_NOT} meer)?)\b"
)
