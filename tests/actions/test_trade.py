"""A trade that is told beside a size: the firm's own, or that of who works there."""

import pytest

from actions.trade import own_trade
from knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("we zijn een bouwbedrijf met 12 man", "F/F"),
        ("Het betreft een installatiebedrijf met 28 medewerkers, directie inbegrepen.", "F/F"),
        ("wij zijn een zorginstelling met circa 1200 medewerkers", "R/Q"),
        ("ik ben kapper in Zeist", "T/S"),
        ("ben zelfstandig nagelstyliste, heb geen mensen in dienst", "T/S"),
        ("ik alleen, ik ben loodgieter", "F/F"),
        ("met z'n vieren runnen we een restaurant", "I/I"),
        ("samen met mijn vrouw heb ik een bloemenwinkel", "G/G"),
        ("ik run samen met mijn vrouw een kapsalon", "T/S"),
        ("we hebben met 8 man een garage", "T/G"),
        ("ik heb een eigen zaak in dierenvoeding", "G/G"),
        ("mijn bedrijf is een hotel met 20 mensen", "I/I"),
        ("ik ben zzp'er in de bouw", "F/F"),
        ("eenmanszaak in tuinonderhoud", "O/N"),
        ("Kapsalon, 3 man", "T/S"),
        ("kapsalon in veenendaal met 3 meiden in dienst", "T/S"),
        ("ben zzper in de bouw in utrecht overvecht", "F/F"),
        ("transportbedrijf met 25 chauffeurs", "H/H"),
        ("ik werk alleen als fotograaf in Utrecht", "N/M"),
        ("Ik heb samen met mijn man een B&B in Vreeland", "I/I"),
        ("wij hebben 23 mensen in dienst in de thuiszorg", "R/Q"),
        ("een advocatenkantoor met 7 mensen", "N/M"),
        ("3 man, administratiekantoor", "N/M"),
        ("zo'n 40, het is een supermarkt", "G/G"),
    ],
)
def test_own_trade_is_named(knowledge: Knowledge, text: str, code: str) -> None:
    trade = own_trade(knowledge.sectors, text)
    assert trade is not None
    assert trade.certain
    assert trade.sectors[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "6 vaste krachten ik meegerekend, en in de zomer 8 uitzendkrachten erbij",
        "5 vaste krachten en 3 meiden van school op zaterdag en ik",
        "bijna vijftig, 47 volgens de loonadministratie",
        "1, want de boekhouder is van een kantoor dus die telt niet denk ik",
        "vijftien pedagogisch medewerkers, een kok en ik",
        "3 winkels lever ik aan met 1 busje en 2 handen, allebei van mezelf, personeel nul",
        "vijfhonderd schoonmakers ruim",
        "mijn zoon is programmeur, die helpt me soms",
        "mijn man heeft een garage",
        "mijn boekhouder zei dat ik hier moest zijn",
        "ik ben monteur in dienst van een garage, 6 man",
        "ik ben ict manager bij een zorginstelling met 640 werknemers",
        "tweehonderd, maar ik ben van de administratie hoor niet de baas",
        "wij hebben een boekhouder en 3 man in de werkplaats",
        "ik heb een kok en een afwasser",
        "wij leveren aan horeca",
        "we hebben 3 mensen en werken voor een bouwbedrijf",
        "we hebben een paar winkels",
        "ik had vroeger een winkel",
        "ik wil een kapsalon beginnen",
        "4 man, en de boekhouding doen we op papier",
        "In de winkel in Woerden 2, in Bodegraven 3, en ik rij heen en weer",
        "we zijn een familiebedrijf",
        "boekhouding",
        "ik doch it allinnich",
        "ik ben kapper, ik ben ook timmerman",
        "",
    ],
)
def test_trade_of_somebody_else_is_not(knowledge: Knowledge, text: str) -> None:
    assert own_trade(knowledge.sectors, text) is None


def test_own_trade_that_may_be_one_of_two_is_known_as_such(knowledge: Knowledge) -> None:
    trade = own_trade(knowledge.sectors, "bakker in breukelen met 12 man")
    assert trade is not None
    assert not trade.certain
    assert trade.ask
