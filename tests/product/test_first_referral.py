"""The main job: from the first question to a referral on record, over the public interface."""

import pytest

from analytics.periods import month_of
from tests.product.running import Chat, Product


@pytest.fixture
def chat(product: Product) -> Chat:
    return Chat(product)


def test_first_turn_says_what_it_is_and_opens_the_first_question(chat: Chat) -> None:
    said = chat.turn["berichten"][0]["tekst"]
    assert "computerprogramma" in said
    assert "geen mens" in said
    assert "bewaren we niet" in said
    assert "werkgroep digitalisering mkb" in said
    assert chat.turn["voortgang"] == {"vraag": "personen", "bevestigen": False, "nummer": 1, "totaal": 9}
    assert chat.offered == ["1", "2-9", "10-49", "50-249", "250+"]
    assert chat.turn["uitslag"] is None
    assert set(chat.turn["antwoorden"].values()) == {None}


def test_scan_by_buttons_gives_the_result_of_the_contract(chat: Chat) -> None:
    chat.profile("2-9", "loodgieter", "Zeist", "administratie")
    turn = chat.core("2", "1", "1", "1", "1")
    result = turn["uitslag"]
    # 2*2 + 1 + 2*1 + 1 + 1 = 9 of 21: (72 * 9 + 21) // 42 = 15
    assert (result["fase"], result["score"], result["voorlopig"]) == ("engaged", 15, True)
    assert result["veiligheidsvlag"] is False
    assert 2 <= len(result["uitleg"]) <= 4
    assert [entry["id"] for entry in result["initiatieven"]] == ["digitale-mkb-werkplaats-utrecht", "u-tech-community"]
    assert result["vangnet"]["id"] == "kvk"
    assert result["geenPassendAanbod"] is False
    assert chat.offered == ["verder", "klaar"]
    assert chat.open is None


def test_scan_by_typing(chat: Chat) -> None:
    turn = chat.say(
        "we zijn met z'n vieren",
        "ik heb een kapsalon",
        "in veenendaal",
        "ik ben bang voor hackers",
        "alles op papier",
        "via via",
        "zit in mijn hoofd",
        "nee, nooit",
        "overal hetzelfde wachtwoord",
    )
    answers = turn["antwoorden"]
    assert (answers["grootteklasse"], answers["sbi2025"], answers["sbi2008"]) == ("2-9", "T", "S")
    assert (answers["gemeente"], answers["hulpvraag"]) == ("GM0345", "veilig")
    assert [answers[name] for name in ("administratie", "vindbaar", "gegevens", "backup_updates", "inloggen")] == [
        0
    ] * 5
    assert turn["uitslag"]["fase"] == "adhoc"
    assert turn["uitslag"]["veiligheidsvlag"] is True
    assert [entry["id"] for entry in turn["uitslag"]["initiatieven"]] == ["kvo-d-veenendaal"]
    assert turn["uitslag"]["vangnet"]["id"] == "pvo-midden-nederland"


def test_five_further_questions_replace_the_result(product: Product, chat: Chat) -> None:
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    before = product.rows("select count(*) as n from referral")[0]["n"]
    chat.choose("verder")
    assert chat.turn["voortgang"] == {"vraag": "plan", "bevestigen": False, "nummer": 1, "totaal": 5}
    turn = chat.choose("1", "1", "nvt", "1", "1")
    assert turn["uitslag"]["score"] == 12
    assert turn["uitslag"]["voorlopig"] is False
    assert turn["antwoorden"]["online_bestellen"] == "nvt"
    assert product.rows("select count(*) as n from referral")[0]["n"] == before


def test_result_is_on_record_without_anything_that_identifies(product: Product) -> None:
    before = {row["id"] for row in product.rows("select id from referral")}
    chat = Chat(product, site="utrecht")
    chat.profile("1", "garage", "Wijdemeren", "weet_niet")
    chat.core("0", "weet_niet", "0", "2", "0")
    (row,) = [row for row in product.rows("select * from referral") if row["id"] not in before]
    assert row["id"] != chat.id
    week = row.pop("week")
    assert week.startswith("20")
    assert "-W" in week
    for name in ("id", "scoring_version", "catalogue_version", "rounding_key"):
        assert row.pop(name)
    assert row == {
        "channel": "widget",
        "site": "utrecht",
        "event": None,
        "sbi2025": "T",
        "sbi2008": "G",
        "size_class": "1",
        "municipality": chat.turn["antwoorden"]["gemeente"],
        "stage": "adhoc",
        "score": 3,
        "provisional": 1,
        "safety_flag": 1,
        "question": "weet_niet",
        "fallback": "pvo-midden-nederland",
        "nothing_fits": 0,
        "verdict": None,
        "period": month_of(week).id,
    }


def test_outside_the_region_gets_honest_advice(chat: Chat) -> None:
    chat.profile(place="Amsterdam")
    turn = chat.core("1", "1", "1", "1", "1")
    assert turn["antwoorden"]["gemeente"] == "buiten_regio"
    assert turn["uitslag"]["geenPassendAanbod"] is True
    assert turn["uitslag"]["vangnet"]["id"] == "kvk"
    assert "buiten de regio" in chat.text


def test_more_than_fifty_people_and_far_ahead_get_their_own_advice(chat: Chat) -> None:
    chat.profile(size="50-249", question="gegevens_ai")
    turn = chat.core("3", "3", "3", "3", "3")
    assert turn["uitslag"]["fase"] == "verder"
    assert turn["uitslag"]["vangnet"]["id"] == "rom-utrecht-region"
    assert "tot 50 mensen" in chat.text
    assert "verder dan de meeste" in chat.text


def test_initiative_that_was_not_seen_for_long_says_so(chat: Chat) -> None:
    chat.profile()
    chat.core("0", "0", "0", "2", "2")
    (advice, *_) = chat.turn["uitslag"]["initiatieven"]
    assert advice["laatstGezien"] == "2024-05"
    assert advice["verouderd"] is True
    assert "mei 2024" in chat.text


def test_doubtful_sector_is_asked_back_and_taken_after_a_choice(chat: Chat) -> None:
    chat.choose("2-9")
    chat.say("bakker")
    assert (chat.open, chat.turn["voortgang"]["bevestigen"]) == ("bedrijf", True)
    assert chat.turn["antwoorden"]["sbi2025"] is None
    chat.choose(chat.offered[0])
    assert (chat.turn["antwoorden"]["sbi2025"], chat.open) == ("C", "gemeente")


def test_sector_that_is_not_certain_is_repeated_back(chat: Chat) -> None:
    chat.choose("2-9")
    chat.say("dierenarts, alleen paarden")
    assert chat.offered == ["ja", "nee"]
    chat.say("ja klopt")
    assert (chat.turn["antwoorden"]["sbi2025"], chat.turn["antwoorden"]["sbi2008"]) == ("N", "M")


def test_not_understood_gets_the_buttons_in_other_words_and_then_the_offer_to_skip(chat: Chat) -> None:
    chat.profile()
    first = chat.text
    chat.say("qwertyuiop")
    assert chat.turn["voortgang"]["bevestigen"] is True
    assert "weet_niet" in chat.offered
    assert chat.text != first
    chat.say("zxcvbnm")
    chat.say("asdfghjkl")
    assert chat.offered == ["ja", "nee"]
    chat.choose("ja")
    assert chat.turn["antwoorden"]["administratie"] == "weet_niet"


def test_profile_question_is_left_open_after_a_second_try(chat: Chat) -> None:
    chat.say("weet ik niet")
    assert (chat.open, chat.turn["voortgang"]["bevestigen"]) == ("personen", True)
    chat.say("weet ik echt niet")
    assert (chat.turn["antwoorden"]["grootteklasse"], chat.open) == ("onbekend", "bedrijf")


def test_number_is_people_first_and_a_position_later(chat: Chat) -> None:
    chat.say("4", "hovenier", "Soest", "2", "3")
    answers = chat.turn["antwoorden"]
    assert (answers["grootteklasse"], answers["hulpvraag"], answers["administratie"]) == ("2-9", "administratie", 2)


def test_back_opens_the_question_before(chat: Chat) -> None:
    chat.profile()
    chat.say("terug")
    assert (chat.open, chat.turn["antwoorden"]["hulpvraag"]) == ("hulpvraag", None)
    chat.choose("veilig")
    assert (chat.open, chat.turn["antwoorden"]["hulpvraag"]) == ("administratie", "veilig")


def test_correction_after_the_result_makes_it_again(product: Product, chat: Chat) -> None:
    chat.profile()
    chat.core("0", "0", "0", "2", "2")
    before = product.rows("select count(*) as n from referral")[0]["n"]
    assert chat.turn["uitslag"]["fase"] == "adhoc"
    chat.say("wijzig administratie")
    assert chat.open == "administratie"
    assert chat.turn["uitslag"]["fase"] == "adhoc"
    chat.choose("3")
    assert chat.turn["uitslag"]["fase"] == "engaged"
    assert product.rows("select count(*) as n from referral")[0]["n"] == before


def test_correction_in_words_holds_at_once(chat: Chat) -> None:
    chat.profile()
    chat.say("o wacht, we zijn met twaalf")
    assert (chat.turn["antwoorden"]["grootteklasse"], chat.open) == ("10-49", "administratie")


def test_two_answers_in_one_sentence_are_both_taken(chat: Chat) -> None:
    chat.say("we zijn met z'n zessen in Zeist")
    assert (chat.turn["antwoorden"]["grootteklasse"], chat.turn["antwoorden"]["gemeente"]) == ("2-9", "GM0355")
    assert chat.open == "bedrijf"
    chat.say("schildersbedrijf")
    assert chat.open == "hulpvraag"


def test_skip_leaves_a_question_open(chat: Chat) -> None:
    chat.say("sla over", "sla over", "sla over", "sla over", "sla over")
    answers = chat.turn["antwoorden"]
    assert [answers[n] for n in ("grootteklasse", "sbi2025", "gemeente")] == ["onbekend"] * 3
    assert [answers[n] for n in ("hulpvraag", "administratie")] == ["weet_niet"] * 2


def test_stop_half_way_leaves_only_where_and_at_which_question(product: Product) -> None:
    before = {row["id"] for row in product.rows("select id from stopped")}
    chat = Chat(product, site="amersfoort", channel="formulier")
    chat.profile()
    chat.say("stop")
    assert chat.open is None
    assert chat.turn["uitslag"] is None
    assert "kvk" in chat.text.lower()
    (row,) = [row for row in product.rows("select * from stopped") if row["id"] not in before]
    assert set(row) == {"id", "week", "channel", "site", "event", "question", "period"}
    assert (row["event"], row["period"]) == (None, month_of(row["week"]).id)
    assert (row["site"], row["channel"], row["question"]) == ("amersfoort", "formulier", "administratie")


def test_again_after_a_result_is_a_new_conversation_in_the_figures(product: Product, chat: Chat) -> None:
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    before = product.rows("select count(*) as n from referral")[0]["n"]
    chat.say("opnieuw")
    assert (chat.open, chat.turn["uitslag"]) == ("personen", None)
    assert set(chat.turn["antwoorden"].values()) == {None}
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    assert product.rows("select count(*) as n from referral")[0]["n"] == before + 1


def test_finished_conversation_ends_with_a_way_on(chat: Chat) -> None:
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    chat.say("nee bedankt")
    assert chat.open is None
    assert chat.turn["uitslag"] is not None
    assert "opnieuw" in chat.offered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wie zit hierachter", "werkgroep"),
        ("ben jij een robot", "computerprogramma"),
        ("wat kost dit", "gratis"),
        ("wat doen jullie met mijn gegevens", "anonieme"),
        ("mens", "kvk.nl"),
        ("help", "terug"),
        ("hoeveel nog", "vraag 5 van 9"),
    ],
)
def test_question_back_is_answered_and_the_open_question_returns(chat: Chat, text: str, expected: str) -> None:
    chat.profile()
    chat.say(text)
    assert expected in chat.text
    assert chat.open == "administratie"
    assert chat.offered == ["0", "1", "2", "3", "weet_niet"]


@pytest.mark.parametrize("text", ["klaar", "stop"])
def test_ending_in_the_second_half_keeps_the_first_result(product: Product, chat: Chat, text: str) -> None:
    chat.profile()
    first = chat.core("1", "1", "1", "1", "1")["uitslag"]
    stopped = len(product.rows("select id from stopped"))
    chat.choose("verder", "0", "0")
    chat.say(text)
    assert chat.open is None
    assert chat.turn["uitslag"] == first
    assert len(product.rows("select id from stopped")) == stopped


def test_stop_while_an_earlier_answer_is_open_again_keeps_that_answer(chat: Chat) -> None:
    chat.profile()
    first = chat.core("1", "1", "1", "1", "1")["uitslag"]
    chat.say("wijzig administratie", "stop")
    assert chat.turn["uitslag"] == first
    assert chat.turn["antwoorden"]["administratie"] == 1
