"""Numbers as people write them, brought to digits: words, typing errors, Frisian and Low Saxon, dozens and hundreds."""

import re
from functools import lru_cache

from text_to_num import alpha2digit

from knowledge.people import EMPLOYEE

_MISSPELT = {
    "viertig": "veertig", "vertig": "veertig", "drietig": "dertig", "viertien": "veertien", "drietien": "dertien",
    "achtien": "achttien", "agtien": "achttien", "agt": "acht", "tweehondert": "tweehonderd", "hondert": "honderd",
    "elluf": "elf", "twaaluf": "twaalf",
}  # fmt: skip
_DIALECT = {
    "ien": "een", "twa": "twee", "twie": "twee", "trije": "drie", "drei": "drie", "fjouwer": "vier", "fiif": "vijf",
    "vief": "vijf", "seis": "zes", "zeuven": "zeven", "njoggen": "negen", "tsien": "tien", "alve": "elf",
    "tolve": "twaalf", "twaolf": "twaalf", "toalf": "twaalf", "twaluf": "twaalf", "twalf": "twaalf",
    "trettjin": "dertien",
    "fjirtjin": "veertien", "fyftjin": "vijftien", "sechstjin": "zestien", "santjin": "zeventien",
    "achttjin": "achttien", "njoggentjin": "negentien", "tweintich": "twintig", "twintich": "twintig",
    "tweintig": "twintig", "tritich": "dertig", "dartig": "dertig", "fjirtich": "veertig", "fyftich": "vijftig",
    "vieftig": "vijftig", "sechstich": "zestig", "santich": "zeventig", "tachtich": "tachtig",
    "njoggentich": "negentig", "hundert": "honderd", "twahundert": "tweehonderd", "trijehundert": "driehonderd",
    "tusen": "duizend", "gjin": "geen", "mear": "meer", "allinnich": "alleen", "allinnig": "alleen",
    "allinne": "alleen", "allenig": "alleen", "alenig": "alleen", "alleinig": "alleen", "binne": "zijn", "wy": "we",
    "wurkje": "werk",
}  # fmt: skip
_SPELT = _MISSPELT | _DIALECT
_OTHERWISE = re.compile(rf"\b(?:{'|'.join(_SPELT)})\b")
# In this order. "Een" counts only before people who can be one.
_WRITTEN = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\B(?<=in|er|jf|es|en|ch)tug\b", "tig"),
        (r"\btusse\b", "tussen"),
        (r"\bmei (?=syn\b|us\b)", "met "),  # Frisian; by itself it is a month
        (r"\bzijn mei\b", "zijn met"),
        (r"\bmet (?:syn|us)\b", "met zijn"),
        (r"\b(meer|minder) as\b", r"\1 dan"),
        (r"\bmar (?=geen\b)", "maar "),
        (r"\b(?:een )?half dozijn\b", "6"),
        (r"\banderhalf dozijn\b", "18"),
        (r"\b(?:2|twee) dozijn\b", "24"),
        (r"\b(?:een )?(?<!paar )dozijn\b", "12"),
        (r"\b(?:een )?stuk of\b", "ongeveer"),
        (r"\been (?:man|mens|mannetje) of\b", "ongeveer"),
        (r"\banderhalfhonderd\b", "150"),
        (r"\banderhalve man(?: en een paarden?kop)?\b", "een paar man"),
        (r"\banderhalve?\b", "1.5"),
        (r"\been(?= persoon\b)", "1"),
        (rf"\b(?:een|1)\s+((?!paar|handje)(?:\w+ ){{0,1}}{EMPLOYEE}\b)", r"1 \1"),
        (r"\btwee(?! ?honderd| ?duizend)\b", "2"),
        (r"\bdrie(?! ?honderd| ?duizend)\b", "3"),
        (r"(?<=\d)\.(?=\d{3}\b)", ""),
    )
)
_ROUND = re.compile(r"\b([1-9]|1\d) (100|1000)\b")  # "3 honderd"


@lru_cache(maxsize=16)  # one message is read for several purposes
def digits(text: str) -> str:
    """A text in its normal form with number words as digits."""
    text = _OTHERWISE.sub(lambda found: _SPELT[found.group()], text)
    for pattern, plain in _WRITTEN:
        text = pattern.sub(plain, text)
    # The library drops runs it cannot read from its answer only when they hold no letters: safe on plain text.
    text = str(alpha2digit(text, "nl"))
    return _ROUND.sub(lambda found: str(int(found.group(1)) * int(found.group(2))), text)
