"""One turn of the action: what Rasa heard goes in, and what is said comes out, by its name or as it is."""

import asyncio
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from actions.preview.playing import Unrecorded
from actions.replies import NO, YES, question_reply
from actions.scan import ScanAction
from actions.slots import Conversation
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.scan import Candidate, Doubt, Scan
from knowledge.sectors import MAIN_ACTIVITY

CONVERSATION = Conversation("demo", "widget", None, "een-id")
PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0355", "hulpvraag": "klanten"}
CORE = {**PROFILE, "administratie": "1", "vindbaar": "1", "gegevens": "1", "backup_updates": "1", "inloggen": "1"}
OFFER = Scan(phase="aanbod", answers=CORE)
SCORED = Scan(open="administratie", answers=PROFILE)
PLACE = Scan(open="gemeente", answers={"personen": "2-9", "bedrijf": "F/F"})
LOST = replace(SCORED, doubt=Doubt("anders"), tries=1)
ASKED = "de open vraag"
IN_OTHER_WORDS = "de open vraag in andere woorden"


class Turn:
    """What came of a message: `said` are the names of texts, or the texts, and `changed` the slots."""

    def __init__(self, knowledge: Knowledge, scan: Scan | None, message: dict[str, Any]) -> None:
        dispatcher = CollectingDispatcher()
        held = slots.write(scan, CONVERSATION, knowledge.intake) if scan else {}
        tracker = Tracker("x", held, message, [], False, None, {}, None)
        events = asyncio.run(ScanAction(knowledge, Unrecorded()).run(dispatcher, tracker, {}))
        self.changed = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.messages = [found for found in dispatcher.messages if found.get("response") or found.get("text")]
        question = knowledge.intake.question(scan.open) if scan and scan.open else None
        own = {question.text(alone=False): ASKED, question.nogeens: IN_OTHER_WORDS} if question else {}
        self.said = [found.get("response") or own.get(found["text"], found["text"]) for found in self.messages]


def heard(knowledge: Knowledge, text: str, **intents: float) -> dict[str, Any]:
    """A message as Rasa hands it over: these intents, and what the look-ups read."""
    readings = {
        "personen": read_headcount(text),
        "bedrijf": knowledge.sectors.read(text),
        "gemeente": knowledge.places.read(text, date.today()),
    }
    return {
        "text": text,
        "intent_ranking": [{"name": name, "confidence": share} for name, share in intents.items()],
        "entities": [{"entity": name, "value": asdict(read)} for name, read in readings.items() if read],
    }


def chosen(code: str) -> dict[str, Any]:
    return {"text": "", "entities": [{"entity": "waarde", "value": code}]}


@pytest.mark.parametrize(
    ("scan", "text", "intents", "said"),
    [
        (OFFER, "asdkjh", {"onzin": 0.9}, ["utter_niet_begrepen", "utter_aanbod"]),
        (OFFER, "zo is het wel best", {"klaar": 0.7}, ["utter_klaar"]),
        (OFFER, "hoeveel nog", {}, ["utter_geen_vragen_meer", "utter_aanbod"]),
        (OFFER, "hulp", {}, ["utter_hulp_algemeen", "utter_aanbod"]),
        (OFFER, "ik snap het niet", {"vraag_betekenis": 0.9}, ["utter_hulp_algemeen", "utter_aanbod"]),
        (OFFER, "duurt dat lang", {"vraag_duur": 0.9}, ["utter_vraag_duur_verder", "utter_aanbod"]),
        (SCORED, "duurt dat lang", {"vraag_duur": 0.9}, ["utter_vraag_duur", ASKED]),
        (SCORED, "wie zitten er achter dat loket", {"vraag_initiatief": 0.9}, ["utter_vraag_initiatief", ASKED]),
        (SCORED, "verder", {}, [ASKED]),
        (SCORED, "o wacht, we zijn met twaalf", {}, ["utter_aangepast", ASKED]),
        (SCORED, "sorry, klopt niet, ik zit in Baarn", {}, ["utter_aangepast", ASKED]),
        (SCORED, "iets", {"administratie_0": 0.55, "administratie_1": 0.03, "groet": 0.4}, ["utter_bevestig"]),
        (LOST, "wat kost dat", {"vraag_kosten": 0.9}, ["utter_vraag_kosten", IN_OTHER_WORDS]),
        (LOST, "asdkjh", {"onzin": 0.9}, ["utter_anders"]),
        (PLACE, "regio utrecht", {}, ["utter_gebied"]),
    ],
)
def test_what_is_said(knowledge: Knowledge, scan: Scan, text: str, intents: dict[str, float], said: list[str]) -> None:
    assert Turn(knowledge, scan, heard(knowledge, text, **intents)).said == said


@pytest.mark.parametrize(("code", "said"), [("klaar", ["utter_klaar"]), ("0", ["utter_niet_begrepen", "utter_aanbod"])])
def test_button_at_the_offer(knowledge: Knowledge, code: str, said: list[str]) -> None:
    assert Turn(knowledge, OFFER, chosen(code)).said == said


def test_answer_that_may_be_meant_is_asked_back_within_a_sentence(knowledge: Knowledge) -> None:
    doubt = Doubt("bevestig", (Candidate("0", "Op papier", "Je doet alles op papier."),))
    reply = question_reply(knowledge, replace(SCORED, doubt=doubt), knowledge.sites["demo"])
    assert reply
    assert (reply.response, reply.buttons) == ("utter_bevestig", (YES, NO))
    assert reply.variables == {"zin": "je doet alles op papier"}


def test_larger_area_asks_for_the_place_with_its_buttons(knowledge: Knowledge) -> None:
    (asked,) = Turn(knowledge, PLACE, heard(knowledge, "regio utrecht")).messages
    assert [button["title"] for button in asked["buttons"]] == ["Buiten de regio Utrecht", "Weet ik niet"]


def test_answer_to_a_question_that_was_not_asked_yet_is_told(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, PLACE, heard(knowledge, "Rhenen, en we willen meer klanten", hulpvraag_klanten=0.9))
    assert (turn.changed["gemeente"], turn.changed["hulpvraag"]) == ("GM0340", "klanten")
    assert turn.said[0] == "utter_ook_genoteerd"
    assert turn.messages[0]["zin"] == knowledge.statement("hulpvraag", "klanten")


def test_event_that_is_over_is_told_after_the_welcome(knowledge: Knowledge) -> None:
    over = Turn(knowledge, None, {"text": "", "metadata": {"site": "demo", "evenementVervallen": True}})
    assert over.said[:2] == ["utter_welkom", knowledge.texts.evenement]
    assert knowledge.texts.evenement not in Turn(knowledge, None, {"text": "", "metadata": {"site": "demo"}}).said


def test_personal_data_without_an_answer_is_no_failure(knowledge: Knowledge) -> None:
    kept = {"metadata": {"persoonsgegevens": ["email"]}}
    turn = Turn(knowledge, SCORED, heard(knowledge, "mail me op") | kept)
    assert turn.said == ["utter_persoonsgegevens", ASKED]
    assert turn.changed.keys() <= {"aangeboden"}
    lost = Turn(knowledge, SCORED, heard(knowledge, "mail me op"))
    assert (lost.said, lost.changed["pogingen"]) == (["utter_anders"], 1)


SIZE = Scan(open="personen")
TRADE = Scan(open="bedrijf", answers={"personen": "2-9"})


def test_trade_before_the_size_is_noted_and_told(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "ik ben kapper in Zeist"))
    assert turn.said == ["utter_genoteerd", ASKED]
    assert turn.messages[0]["zin"] == "je hebt een kapsalon en je bedrijf zit in Zeist"
    assert (turn.changed["bedrijf"], turn.changed["gemeente"]) == ("T/S", "GM0355")


def test_trade_that_only_the_classifier_hears_is_noted_too(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "wij leggen daken met pannen", bedrijf_F_F=0.9))
    assert turn.said == ["utter_genoteerd", ASKED]
    assert turn.changed["bedrijf"] == "F/F"


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("pannen en nokken", {"bedrijf_F_F": 0.3, "vindbaar_1": 0.6}),  # more of something else
        ("wij leveren aan horeca", {"bedrijf_G_G": 0.9}),  # a word that says otherwise
        ("wij leveren aan horeca", {"bedrijf_G_G": 0.25, "bedrijf_I_I": 0.2, "bedrijf_F_F": 0.2}),
        ("vroeger was ik schilder", {"bedrijf_F_F": 0.9}),
        ("huizen", {"bedrijf_M_L": 0.9}),  # may be the town
        ("een bv", {"bedrijf_L_K": 0.9}),
        ("gedoe met de boekhouding", {"bedrijf_N_M": 0.9}),
    ],
)
def test_what_may_be_no_trade_is_not_noted(knowledge: Knowledge, text: str, intents: dict[str, float]) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, text, **intents))
    assert "bedrijf" not in turn.changed
    assert turn.said[-1] in ("utter_anders", "utter_straks")


def test_doubtful_trade_before_the_size_is_asked_later(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "bakker", bedrijf_C_C=0.9))
    assert turn.said == ["utter_straks"]
    assert "bedrijf" not in turn.changed
    assert turn.messages[0]["buttons"][0]["title"] == "Alleen ik"


def test_trade_with_two_meanings_beside_a_size_is_asked_back_at_once(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "bakker in breukelen met 12 man"))
    assert turn.said[0] == "utter_ook_genoteerd"
    assert turn.messages[0]["zin"] == "je bedrijf zit in Stichtse Vecht"
    assert (turn.changed["personen"], turn.changed["open_vraag"]) == ("10-49", "bedrijf")
    assert [button["title"] for button in turn.messages[1]["buttons"]][-1] == "Weet ik niet"


def test_place_beside_a_trade_that_is_asked_back_is_kept(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, TRADE, heard(knowledge, "autobedrijf in Lopik", bedrijf_T_G=0.5, bedrijf_G_G=0.4))
    assert turn.changed["gemeente"] == "GM0331"
    assert turn.said[0] == "utter_genoteerd"
    assert "bedrijf" not in turn.changed


@pytest.mark.parametrize(
    ("scan", "text", "intents", "said"),
    [
        (SIZE, "hoi 4", {"groet": 0.9}, ["Wat voor bedrijf heb je? Zeg het in je eigen woorden."]),
        (SIZE, "4 man. Vraag: kost dit geld?", {"vraag_kosten": 0.9}, ["utter_vraag_kosten"]),
        (PLACE, "Zeist. wat kost dit eigenlijk?", {"vraag_kosten": 0.9}, ["utter_vraag_kosten"]),
    ],
)
def test_answer_and_a_moment_in_one_message(
    knowledge: Knowledge, scan: Scan, text: str, intents: dict[str, float], said: list[str]
) -> None:
    turn = Turn(knowledge, scan, heard(knowledge, text, **intents))
    assert turn.said[0] == said[0]
    assert turn.changed[scan.open or ""] in ("2-9", "GM0355")


@pytest.mark.parametrize("text", ["moeten mijn 2 kinderen ook meegeteld worden? en mag dat", "kost het 5 euro?"])
def test_number_in_a_question_is_no_answer(knowledge: Knowledge, text: str) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, text, vraag_kosten=0.9))
    assert turn.said[0] == "utter_vraag_kosten"
    assert "personen" not in turn.changed


def test_greeting_before_a_trade_is_not_all_of_it(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "goedemorgen, wij zijn een bedrijf uit de bouw", groet=0.9))
    assert turn.changed["bedrijf"] == "F/F"


def test_question_who_counts_is_explained(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SIZE, heard(knowledge, "tel ik mijn vrouw mee?"))
    assert turn.said[0] == "utter_vraag_betekenis"
    assert "personen" not in turn.changed


@pytest.mark.parametrize(("text", "code"), [("repareren", "T/G"), ("vooral verkopen", "G/G")])
def test_offered_trade_is_chosen_by_one_of_its_words(knowledge: Knowledge, text: str, code: str) -> None:
    offered = (Candidate("T/G", "Ik repareer ze", "x"), Candidate("G/G", "Ik verkoop ze", "x"))
    asked = replace(TRADE, doubt=Doubt("kies", offered, "Repareer of verkoop je ze?"))
    assert Turn(knowledge, asked, heard(knowledge, text)).changed["bedrijf"] == code


@pytest.mark.parametrize("text", ["niet verkopen", "ik heb een bedrijf"])
def test_offered_trade_is_not_chosen_by_a_word_that_denies_or_says_nothing(knowledge: Knowledge, text: str) -> None:
    offered = (Candidate("T/G", "Ik help bedrijven", "x"), Candidate("G/G", "Ik verkoop ze", "x"))
    asked = replace(TRADE, doubt=Doubt("kies", offered, "Help of verkoop je ze?"))
    assert "bedrijf" not in Turn(knowledge, asked, heard(knowledge, text)).changed


def test_both_of_two_trades_asks_which_earns_most(knowledge: Knowledge) -> None:
    offered = (Candidate("T/G", "Ik repareer ze", "x"), Candidate("G/G", "Ik verkoop ze", "x"))
    asked = replace(TRADE, doubt=Doubt("kies", offered, "Repareer of verkoop je ze?"))
    turn = Turn(knowledge, asked, heard(knowledge, "allebei"))
    assert turn.said == [MAIN_ACTIVITY]
    assert [button["title"] for button in turn.messages[0]["buttons"]][:2] == ["Ik repareer ze", "Ik verkoop ze"]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("ik wil stoppen met papier", {"stop": 0.9}),
        ("we stoppen tapijt", {"stop": 0.9}),
        ("mijn vrouw doet alles en die wil ermee stoppen", {"stop": 0.9}),
        ("opnieuw beginnen met mijn website", {"opnieuw": 0.9}),
    ],
)
def test_answers_are_not_forgotten_for_another_thing_that_stops(
    knowledge: Knowledge, text: str, intents: dict[str, float]
) -> None:
    turn = Turn(knowledge, SCORED, heard(knowledge, text, **intents))
    assert turn.said == ["utter_anders"]
    assert turn.messages[0]["buttons"][-1]["title"] in ("Ik wil stoppen", "Opnieuw beginnen")


@pytest.mark.parametrize("text", ["ik wil stoppen met dit gesprek", "ik stop ermee", "stop maar met de vragen"])
def test_conversation_that_is_stopped_in_words_stops(knowledge: Knowledge, text: str) -> None:
    assert "utter_gestopt" in Turn(knowledge, SCORED, heard(knowledge, text, stop=0.9)).said


@pytest.mark.parametrize("text", ["hallo", "ja", "toch verder"])
def test_who_comes_back_after_stopping_begins_anew(knowledge: Knowledge, text: str) -> None:
    turn = Turn(
        knowledge, Scan(phase="gestopt"), heard(knowledge, text, **{"ja": {"ja": 0.9}}.get(text, {"groet": 0.9}))
    )
    assert turn.said[0] == "utter_opnieuw"
    assert turn.changed["open_vraag"] == "personen"


@pytest.mark.parametrize(
    ("text", "intents", "question", "code"),
    [
        ("o nee we zijn eigenlijk met 12", {"personen_2-9": 0.9}, "personen", "10-49"),
        ("het is trouwens een cateringbedrijf", {"bedrijf_I_I": 0.9}, "bedrijf", "I/I"),
        ("we zijn verhuisd naar Soest", {"gemeente": 0.9}, "gemeente", "GM0342"),
        ("de back-ups gaan vanzelf", {"backup_updates_2": 0.95}, "backup_updates", "2"),
    ],
)
def test_answer_can_be_corrected_in_words_after_the_result(
    knowledge: Knowledge, text: str, intents: dict[str, float], question: str, code: str
) -> None:
    turn = Turn(knowledge, OFFER, heard(knowledge, text, **intents))
    assert turn.said[0] == "utter_aangepast"
    assert turn.changed[question] == code
    assert "utter_uitslag_opnieuw" in turn.said


def test_why_after_the_result_is_about_the_result(knowledge: Knowledge) -> None:
    assert Turn(knowledge, OFFER, heard(knowledge, "waarom", vraag_waarom=0.9)).said[0] == "utter_waarom_uitslag"


@pytest.mark.parametrize("text", ["niet Leersum maar Maarn", "niet Doorn maar Driebergen"])
def test_other_village_of_the_same_municipality_stays_there(knowledge: Knowledge, text: str) -> None:
    wish = Scan(open="hulpvraag", answers={"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM1581"})
    turn = Turn(knowledge, wish, heard(knowledge, text, gemeente=0.95))
    assert turn.said[0] == "utter_aangepast"
    assert turn.changed.get("gemeente", "GM1581") == "GM1581"


def test_place_is_corrected_where_help_is_asked_for(knowledge: Knowledge) -> None:
    wish = Scan(open="hulpvraag", answers={"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM1581"})
    turn = Turn(knowledge, wish, heard(knowledge, "o wacht het is Soest", hulpvraag_klanten=0.9))
    assert (turn.changed["gemeente"], "hulpvraag" in turn.changed) == ("GM0342", False)


def test_trade_is_no_choice_between_two_sizes(knowledge: Knowledge) -> None:
    offered = (Candidate("1", "Alleen ik", "x"), Candidate("2-9", "2 tot 9", "x"))
    asked = replace(SIZE, doubt=Doubt("kies", offered))
    turn = Turn(knowledge, asked, heard(knowledge, "boekhoudkantoor", bedrijf_N_M=0.95, personen_1=0.01))
    assert turn.changed["bedrijf"] == "N/M"
    assert "personen" not in turn.changed
    assert turn.said[0] == "utter_genoteerd"


@pytest.mark.parametrize("text", ["er is net iemand binnengekomen", "mijn klant is gehackt"])
def test_who_is_no_victim_is_not_told_to_call_the_police(knowledge: Knowledge, text: str) -> None:
    for scan in (SIZE, SCORED):
        assert "utter_gehackt_nu" not in Turn(knowledge, scan, heard(knowledge, text, gehackt_nu=0.95)).said


def test_victim_is_told_what_to_do(knowledge: Knowledge) -> None:
    assert Turn(knowledge, SCORED, heard(knowledge, "we zijn gehackt", gehackt_nu=0.95)).said[0] == "utter_gehackt_nu"


@pytest.mark.parametrize("text", ["niet administratie", "geen klanten"])
def test_wish_that_is_denied_is_asked_again(knowledge: Knowledge, text: str) -> None:
    wish = Scan(open="hulpvraag", answers={"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM1581"})
    turn = Turn(knowledge, wish, heard(knowledge, text, hulpvraag_administratie=0.95))
    assert turn.said == ["utter_anders"]
    assert "hulpvraag" not in turn.changed


def test_topic_of_a_change_may_be_said_in_any_of_its_words(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, OFFER, heard(knowledge, "wijzig back-ups"))
    assert (turn.said[0], turn.changed["open_vraag"]) == ("utter_wijzig", "backup_updates")


def test_emergency_that_only_stands_out_among_other_moments_is_none(knowledge: Knowledge) -> None:
    said = heard(knowledge, "mijn computer is traag", gehackt_nu=0.35, belediging=0.2, hulp=0.1, bestanden_0=0.1)
    assert "utter_gehackt_nu" not in Turn(knowledge, SCORED, said).said


def test_number_that_is_denied_is_not_what_an_answer_becomes(knowledge: Knowledge) -> None:
    asked = Scan(open="vindbaar", answers={**PROFILE, "administratie": "1"})
    turn = Turn(knowledge, asked, heard(knowledge, "niet 1 maar 2", **{"personen_2-9": 0.5, "personen_1": 0.4}))
    assert turn.changed.get("personen", "2-9") == "2-9"


def test_programme_that_is_named_counts_and_not_what_is_denied(knowledge: Knowledge) -> None:
    turn = Turn(knowledge, SCORED, heard(knowledge, "in Word, niet op papier", administratie_0=0.86))
    assert turn.changed["administratie"] == "1"
