"""What somebody who corrects himself says is so, apart from what he says is not: "ik zei 4, maar we zijn met 14"."""

import re
from typing import NamedTuple

from knowledge.words import normal

RETOLD = "rechtgezet"  # the reading of what is so, by itself

# What may begin a correction, and much else.
_TURN = re.compile(
    r"\b(?:o wacht|wacht even|wacht|ho|trouwens|correctie|sorry|ik bedoel(?:de)?|toch|eigenlijk|verkeerd|foutje|vergis"
    r"|oeps|sry|srry|pardon|excuses?|excuus|vergiste|foute|in plaats van)\b"
)
# Said of an answer that was given: that it was wrong, or is to change.
_ABOUT_EARLIER = re.compile(
    r"^(?:en |o |oh )?(?:nog )?(?:even |ff |effe )?over (?:de|het|t|mn|mijn|onze|dat|die) "
    # what was said
    r"|\b(?:gaf (?:[^ ]+ ){0,4}op|(?:had|heb|kheb) (?:[^ ]+ ){0,6}?"
    r"(?:(?<!eerlijk )gezegd|ingevuld|opgegeven|getypt|gekozen|aangeklikt|verteld|genoemd|fout|verkeerd)"
    r"|(?:ik |k)(?:zei|vertelde|noemde)|zei (?:ik|k|net)|ik (?:[^ ]+ ){1,4}(?:zei|noemde|opgaf|doorgaf|invulde|koos)"
    r"|(?:heb|had) (?:ik|k) (?:[^ ]+ ){0,8}?(?:(?<!eerlijk )gezegd|ingevuld|opgegeven|doorgegeven"
    r"|vermeld|genoteerd|aangegeven|geantwoord"
    r"|getypt|ingetypt|gekozen|aangeklikt|aangekruist|verteld|genoemd|gemeld|opgeschreven)"
    r"|(?:heb|had|kheb) (?:[^ ]+ ){0,6}?(?:doorgegeven|vermeld|aangegeven|geantwoord|aangekruist|gemeld)"
    r"|(?:ik|k) (?:net |eerst |eerder |daarnet |zojuist )?(?:doorgaf|aangaf|antwoordde|vermeldde|meldde|typte"
    r"|tikte|koos|gaf)"
    r"|(?:net|zojuist|daarnet|straks|eerder|eerst) (?:zei|noemde|gaf|typte|koos|schreef|vertelde|antwoordde) (?:ik|k)"
    r"|(?:zei|noemde|gaf|typte|koos|antwoordde) (?:ik|k) (?:net|zojuist|daarnet|eerder|eerst|te|verkeerd|per ongeluk)"
    r"|(?:hier|daar) ?boven staat|lees (?:ik|k) (?:hier |nu |net )?terug"
    r"|(?:het|t) (?:juiste|correcte) (?:aantal|antwoord)"
    r"|ter (?:verduidelijking|aanvulling)|aanvulling (?:op|over)|abusievelijk|bij vergissing|(?:tiep|spel)fout"
    r"|(?:je|jij|jullie|u) (?:hebt?|heeft|hebben) (?:mij|me|ons) (?:[^ ]+ ){1,5}"
    r"(?:staan|gezet|genoteerd|ingedeeld|opgeschreven)"
    r"|die ik (?:net )?(?:gaf|noemde|zei|opgaf|invulde)|waar ik (?:het|t) (?:net )?over had|waar je (?:\w+ )?naar vroeg"
    r"|je had staan|van net|loog|ik dacht dat (?:je|jullie|u)|(?:eerste|vorige|vorig|eerdere) (?:vraag|antwoord)"
    # that it was wrong
    r"|(?:tik|typ|schrijf)?fout(?:je)?|per ongeluk|niet waar|te stellig"
    r"|verbeter\w*|vergis\w*|verkeerde?|klopt\w* (?:\w+ )?niet|oeps|oei|vergat|vergeten"
    r"|mee ?ge(?:teld|rekend)|bedoel(?:de)? (?:ik|k)|(?:ik |k)?bedoel(?:de)?|(?:bedenk|realiseer) (?:ik|k) me"
    r"|ik bedacht me|ik zie (?:nu|net)|achteraf|(?:bij|bie) n\w+ in\w+"
    # that it is to change
    r"|correctie|corrigeren|rectificatie|recht ?zetten|herzien|noteren|terug ?kom\w* op|(?:even|effe|ff) terug naar"
    r"|nog (?:even |ff |een keer )?over(?! (?:in|naar|op|te)\b)"
    r"|pas (?:je |dat |het |t |dit )+(?:\w+ )?aan|aanpassen|aangepast|verander\w*|wijzig\w*"
    r"|omzetten|moet anders|moes?t\w* (?:[^ ]+ ){1,4}(?:zijn|wezen|worden)|moeten zeggen|ipv|in plaats van"
    r"|maak (?:er|daar|dr|je er)|zet (?:dan|dat)|(?:daar|er|dr) (?:[^ ]+ ){0,3}van te? ?maken)\b"
)
_HINTS = re.compile(
    # what stands where
    r"\b(?:(?:hier ?boven|daar ?boven|er|nu|net) staa?t|staa?t (?:er|hier|nu|bij jullie)|ik (?:zie|lees)|lees (?:ik|k)"
    r"|zie (?:ik|k)"
    r"|(?:je|jij|jullie|u) (?:heb\w*|had|heeft) (?:mij|me|ons|mn|mijn|onze|er|dat|nu|net)"
    # what goes for what
    r"|i\.?p\.?v|moes?t (?:[^ ]+ ){0,4}(?:zijn|wezen|worden)|maken van|mag weg"
    r"|haal\w*|schrap\w*|vergeet|laat (?:[^ ]+ ){1,4}zitten"
    # that it is otherwise now
    r"|tegenwoordig|inmiddels|intussen|ondertussen|sinds|niet meer|nie meer|geen (?:[^ ]+ ){1,3}meer|weer|weg|kwijt"
    r"|gestopt|opgedoekt|verhuisd|vertrokken|uit de lucht|er ?(?:[^ ]+ )?bij ?gekomen|nu|nou"
    # that it was not quite so
    r"|toch|wel|eigenlijk|overigens|trouwens|eerlijk|gelogen|door (?:elkaar|de war)|te (?:laag|hoog|veel|weinig)"
    r"|abusievelijk|bij vergissing|(?:het |t )?(?:juiste|correcte)|onjuist|in werkelijkheid"
    r"|(?:ter )?verduidelijking|aanvull\w+|(?:wat )?\w+ betreft|betreffende|nog (?:een|even|ff)|dringender|liever"
    r"|(?:even|effe|ff) terug|onzin|eerst|net)\b"
)
# Where something else begins: at punctuation, and before words that turn a sentence or take something back.
_PARTS = re.compile(
    r"[,.;:!?()]+(?!\d)|\s-+\s"
    r"|\s(?=(?:maar|ma|dus|want|terwijl|omdat|en dan|geen"
    r"|niet?(?!(?: meer)?(?: hoor)?\s*(?:[,.;:!?]|$))|ipv|i\.p\.v\.?|in plaats van|nu|inmiddels|sinds|doe|maak"
    r"|zet|ben ik|moes?t|daar)\b)"
)
_NOT = r"(?:en )?(?:niet?|geen|ipv|i\.p\.v\.?|in plaats van)"
_DENIAL = re.compile(rf"^{_NOT}(?: meer)? ")
# Told of what was answered, of what was, and of what is not.
_TAKEN_BACK = re.compile(
    rf"^{_NOT}\b"
    r"|\b(?:zei|zeg net|(?<!eerlijk )gezegd|ingevuld|opgegeven|opgaf|gaf|getypt|typte|tikte|ingetikt|dacht"
    r"|noemde|genoemd|vertelde"
    r"|verteld|gekozen|koos|aangeklikt|klikte|aangevinkt|aangetikt"
    r"|doorgegeven|doorgaf|vermeld(?:de)?|aangegeven|aangaf|geantwoord|antwoordde|aangekruist|gemeld|abusievelijk"
    r"|boven staat|lees (?:ik|k)|gedrukt|per ongeluk|vroeger|was|waren|oud nieuws|klopt(?:e)? (?:dus )?niet"
    r"|las verkeerd)\b"
)
# "Soest moet het zijn", "Laren moet Huizen zijn", "van personeel naar administratie".
_REPLACED = (
    re.compile(r"()\bmoes?t (?:het|t|dat) (?:zijn|wezen)\b"),
    re.compile(
        r"(?:^|(?<=[,.;:!?]))[^,.;:!?]*\bmoes?t(?:en)? (?:dus |het |t |dat |gewoon )*([^,.;:!?]+?)"
        r" (?:zijn|wezen|worden)\b"
    ),
    re.compile(r"()\bvan [^,.;:!?]{1,30}? (?=naar )"),
)
# What a correction begins with, that says nothing of what is so.
_OPENING = re.compile(
    r"^(?:(?:o+|oh|ho|he+|nee|ja|nou|eh|wacht|even|effe|ff|eens|sorry|oeps|oei|trouwens|correctie|jee|ach|shit)\b\s*)+"
)


class Retold(NamedTuple):
    """What a text says is so, and what it says is not or no longer so; and its clauses, in the order of the text.

    `changes` tells that it speaks of an answer that was given, `turns` that it may. `hints` tells that it may too, in
    words that as many people use in a plain answer: they count only in a message that is no answer.
    """

    so: str
    not_so: str
    changes: bool
    turns: bool
    hints: bool
    parts: tuple[str, ...]


def retold(text: str) -> Retold:
    """Divide a text, in the order in which it was typed."""
    clean = normal(text)
    left = clean
    for pattern in _REPLACED:
        left = pattern.sub(r"\1", left)
    parts = [part for typed in _PARTS.split(left) if (part := _OPENING.sub("", typed.strip()))]
    so = [part for part in parts if not _TAKEN_BACK.search(part)]
    not_so = [_DENIAL.sub("", part) for part in parts if _TAKEN_BACK.search(part)]
    if left != clean:
        not_so.append(clean)
    changes, turns = _ABOUT_EARLIER.search(clean) is not None, _TURN.search(clean) is not None
    hints = _HINTS.search(clean) is not None
    typed = tuple(part.strip() for part in _PARTS.split(clean) if part.strip())
    return Retold(", ".join(so), ", ".join(not_so), changes, turns, hints, typed)


def is_denied(part: str) -> bool:
    """Whether a clause names what is not so: "niet Doorn"."""
    return _DENIAL.match(part) is not None


def without_denial(part: str) -> str:
    """A clause without the word that denies it: what it names is the same."""
    return _DENIAL.sub("", part)
