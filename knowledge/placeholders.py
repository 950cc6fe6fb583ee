"""What the product fills in, by part and key of the words of the interface: the names between braces, in order.

This belongs to the code that fills in; a text that holds other names would show them to people as they are.
"""

from collections.abc import Mapping

FILLED_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "widget": {
        "keuzes": ("aantal",),
        "vraag": ("nummer", "totaal"),
        "over": ("aantal",),
    },
    "paginas": {
        "ai": ("privacy",),
        "mens": ("kvk",),
        "nietBezig": ("formulier", "kvk"),
    },
    "uitslag": {
        "van": ("dag",),
        "punten": ("score", "maximum"),
        "eenDeel": ("aantal",),
        "wilWijzigen": ("onderwerp",),
    },
    "formulier": {
        "vraag": ("nummer", "totaal"),
        "bij": ("onderwerp",),
        "aanbieder": ("aanbieder",),
        "jeUitslag": ("fase",),
        "hulpNu": ("kvk",),
        "telefoon": ("nummer",),
        "persoonlijk": ("wat",),
        "kiesBij": ("nummer", "onderwerp"),
        "teLang": ("aantal",),
    },
    "contact": {
        "nogEens": ("naam",),
        "gaNaar": ("naam",),
        "naar": ("naam",),
        "heeftNu": ("naam",),
        "liepBij": ("naam",),
        "vroeg": ("naam",),
        "krijgtBericht": ("naam",),
        "hadNiets": ("naam",),
        "looptNog": ("namen",),
        "stand_aangevraagd": ("naam",),
        "stand_afgeleverd": ("naam",),
        "stand_gezien": ("naam",),
        "stand_opgepakt": ("naam",),
        "stand_niet_passend": ("naam",),
        "stand_geen_gehoor": ("naam",),
        "stand_geen_plek": ("naam",),
        "akkoord": ("naam",),
        "toelichtingTip": ("aantal",),
        "verantwoordelijk": ("wie",),
    },
    "tablet": {
        "mogelijkheid": ("aantal",),
        "mogelijkheden": ("aantal",),
        "paginaTitel": ("kop",),
        "intake": ("aantal",),
        "intakes": ("aantal",),
        "contactverzoek": ("aantal",),
        "contactverzoeken": ("aantal",),
        "wacht": ("wat",),
        "wachten": ("wat",),
        "gaatWeg": ("aantal",),
        "gaanWeg": ("aantal",),
        "ookVerstuurd": ("stand", "aantal"),
        "nietVerstuurd": ("aantal",),
        "intakeVan": ("dag", "reden"),
        "verzoekVan": ("dag", "reden"),
        "websiteVan": ("naam",),
        "zalIk": ("wie",),
        "sturenMail": ("wanneer",),
        "gevenDoor": ("wanneer",),
        "vraag": ("nummer", "totaal"),
        "extraVraag": ("nummer", "totaal"),
        "bij": ("onderwerp",),
        "akkoord": ("naam",),
        "uitslagIs": ("fase",),
        "toelichtingTip": ("aantal",),
        "aanbieder": ("aanbieder",),
        "kijkCode": ("code",),
        "codeVoorbij": ("naam",),
        "kijkKlok": ("vandaag", "dag"),
    },
}


def example(part: str, key: str) -> str:
    """The names of one text between braces, as a text could hold them."""
    return " ".join(f"{{{name}}}" for name in FILLED_IN.get(part, {}).get(key, ()))
