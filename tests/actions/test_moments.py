"""What can mean one thing only, whatever the classifier makes of it."""

import pytest

from actions.meanings import Answers, Aside, Command
from actions.moments import ALARMING, OF_OTHERS, ruled
from knowledge.base import Knowledge
from knowledge.scan import Scan
from knowledge.words import words

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0355", "hulpvraag": "klanten"}
SCORES = dict.fromkeys(("administratie", "vindbaar", "gegevens", "backup_updates", "inloggen"), "1")
SCORED = Scan(open="administratie", answers=PROFILE)
WISH = Scan(open="hulpvraag", answers={name: code for name, code in PROFILE.items() if name != "hulpvraag"})
OFFER = Scan(phase="aanbod", answers={**PROFILE, **SCORES})
FURTHER = Scan(phase="verdieping", open="mensen", answers={**PROFILE, **SCORES, "plan": "1", "bestanden": "1"})


def meant(knowledge: Knowledge, scan: Scan, text: str) -> object:
    return ruled(knowledge.intake, scan, " ".join(words(text)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wacht even", "pauze"),
        ("sorry, momentje geduld", "pauze"),
        ("ik kom zo terug", "pauze"),
        ("ik ga even koffie halen", "pauze"),
        ("er is een klant in de zaak", "pauze"),
        ("ik heb schulden", "wanhoop"),
        ("we gaan failliet", "wanhoop"),
        ("ik kan de huur niet meer betalen", "wanhoop"),
        ("is dit phishing?", "vraag_wie"),
        ("zijn jullie wel te vertrouwen", "vraag_wie"),
        ("is dit wel echt?", "vraag_wie"),
        ("wat is de werkgroep digitalisering", "vraag_wie"),
        ("is een website duur", "vraag_betekenis"),
        ("heb ik facebook nodig?", "vraag_betekenis"),
        ("wat zou jij kiezen", "vraag_betekenis"),
        ("moet ik een website hebben", "vraag_betekenis"),
        ("hoe weet ik of ik veilig ben", "vraag_betekenis"),
    ],
)
def test_moment(knowledge: Knowledge, text: str, name: str) -> None:
    assert meant(knowledge, SCORED, text) == Aside(name)


@pytest.mark.parametrize(
    "text",
    [
        "wacht, we zijn met twaalf",
        "ga even naar de vorige vraag",
        "ik kom er niet uit",
        "we schrijven de schulden in een schrift",
        "ben je echt",
        "is gewoon in Excel",
        "is een excel bestand",
        "moet ik nodig eens gaan doen ja",
        "wat ik doe is alles op papier",
        "hoe dan ook in Excel",
        "de eerste vraag was lastig",
        "dit klopt niet",
    ],
)
def test_answer_or_something_that_has_to_be_heard(knowledge: Knowledge, text: str) -> None:
    assert meant(knowledge, SCORED, text) is None


@pytest.mark.parametrize(
    ("scan", "text", "question"),
    [
        (SCORED, "ga terug naar de eerste vraag", "personen"),
        (SCORED, "ik wil vraag 2 veranderen", "bedrijf"),
        (SCORED, "vraag drie was niet goed", "gemeente"),
        (SCORED, "bij de tweede vraag heb ik me vergist", "bedrijf"),
        (OFFER, "vraag 9 is fout", "inloggen"),
        (FURTHER, "terug naar vraag 2", "bestanden"),
        (FURTHER, "terug naar vraag 8", None),
    ],
)
def test_question_by_its_number(knowledge: Knowledge, scan: Scan, text: str, question: str | None) -> None:
    assert meant(knowledge, scan, text) == Command("wijzig", question)


@pytest.mark.parametrize("text", ["geen hulp nodig", "alles", "van alles wat", "maakt niet uit", "niks"])
def test_no_wish_or_all_of_them(knowledge: Knowledge, text: str) -> None:
    assert meant(knowledge, WISH, text) == Answers((("hulpvraag", "weet_niet"),))
    assert meant(knowledge, SCORED, text) is None


@pytest.mark.parametrize("text", ["dit klopt niet", "ik vind dit advies niks", "hier heb ik niks aan"])
def test_result_that_is_not_agreed_with_can_be_changed(knowledge: Knowledge, text: str) -> None:
    assert meant(knowledge, OFFER, text) == Command("wijzig")
    assert meant(knowledge, Scan(phase="gestopt"), text) is None


@pytest.mark.parametrize("text", ["hoe kom je aan deze uitslag", "waarom kom ik hier uit", "wat betekent engaged"])
def test_result_that_is_asked_about(knowledge: Knowledge, text: str) -> None:
    assert meant(knowledge, OFFER, text) == Aside("vraag_waarom")


@pytest.mark.parametrize(
    ("text", "alarming"),
    [
        ("er staat dat ik bitcoins moet betalen", True),
        ("iemand heeft onze webshop gekaapt", True),
        ("zo te kraken", True),
        ("ik heb net iemand aangenomen", False),
        ("wij hebben geen klantgegevens", False),
        ("mijn zaak is net verbouwd", False),
    ],
)
def test_words_of_an_emergency(text: str, alarming: bool) -> None:
    assert (ALARMING.search(text) is not None) == alarming


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("mijn klant is gehackt", True),
        ("een collega in de straat is net gehackt", True),
        ("we zijn gehackt", False),
        ("mijn klanten krijgen rare mails", False),
    ],
)
def test_emergency_of_somebody_else(text: str, *, others: bool) -> None:
    assert (OF_OTHERS.search(text) is not None) == others
