"""Who does not want to live is always heard, and who only grumbles about computers is not taken for one."""

import pytest

from actions.distress import DISTRESS
from actions.meanings import Aside, Heard
from actions.understanding import understand
from knowledge.base import Knowledge
from knowledge.scan import Scan
from knowledge.words import words


@pytest.mark.parametrize(
    "text",
    [
        *("soms wil ik gewoon dood", "ik wou dat ik dood was", "was ik maar dood", "ik overweeg zelfmoord", "suizide"),
        *(
            "ik zit eraan te denken er een einde aan te maken",
            "ik maak er vandaag nog een eind aan",
            "ik ben levensmoe",
        ),
        *("ik wil niet meer verder leven", "k wil niet meer leve", "voor mij hoeft het leven niet meer"),
        *("ik heb geen zin meer in het leven", "ik ben klaar met het leven", "ik stap uit het leven"),
        *(
            "ik wil mijn leven beëindigen",
            "ik spring van een flat",
            "ik gooi me voor de trein",
            "ik ga mezelf wat aandoen",
        ),
        *("ik hang mezelf op", "het liefst word ik morgen niet meer wakker", "ik wil er niet meer zijn"),
        *("iedereen is beter af zonder mij", "als ik er niet meer ben is alles opgelost", "had ik maar nooit bestaan"),
    ],
)
def test_distress_is_heard(knowledge: Knowledge, text: str) -> None:
    heard = Heard(text=text, intents={"wanhoop": 0.9})
    assert understand(knowledge, Scan(open="administratie"), heard, ()) == Aside("nood")


@pytest.mark.parametrize(
    "text",
    [
        *("die winkels zijn er niet meer", "beter als ik dat zelf doe", "ik hang op", "mijn printer is dood"),
        *(
            "dit gaat me boven de pet",
            "ik zie het niet meer zitten met die computers",
            "om vijf uur ben ik er niet meer",
        ),
        *("een verhaal uit het leven gegrepen", "te laat voor de trein", "ik maak een eind aan die papieren rompslomp"),
    ],
)
def test_grumbling_is_not(text: str) -> None:
    assert not DISTRESS.search(" ".join(words(text)))
