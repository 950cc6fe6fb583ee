"""Second tries, corrections and what is said in between, whatever the classifier makes of single words."""

from dataclasses import asdict
from typing import Any

import pytest

from actions import replies
from actions.meanings import Answers, Aside, AskBack, Command, Heard
from actions.understanding import understand
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.scan import Candidate, Doubt, Scan
from knowledge.sectors import MAIN_ACTIVITY

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0355", "hulpvraag": "klanten"}
OPTIONS = ("0", "1", "2", "3", "weet_niet")
BOTH = Doubt("kies", (Candidate("1", "In Word of Excel", ""), Candidate("2", "In een boekhoudprogramma", "")))
ONE = Doubt("bevestig", (Candidate("2", "In een boekhoudprogramma", ""),))


def scan(**changes: Any) -> Scan:
    return Scan(**{"phase": "kern", "open": "administratie", "answers": PROFILE, **changes})


def heard(text: str, **intents: float) -> Heard:
    return Heard(text=text, intents=intents)


def sector(certain: bool, *pairs: str, ask: str | None = None) -> dict[str, Any]:
    sectors = [{"sbi2025": p[0], "sbi2008": p[-1], "titel": f"titel {p}", "zin": f"je doet {p}"} for p in pairs]
    return {"sectors": sectors, "certain": certain, "ask": ask}


class TestAfterACounterQuestion:
    def test_offered_answer_needs_less(self, knowledge: Knowledge) -> None:
        said = heard("toch meer het tweede soort", administratie_2=0.45, administratie_1=0.25, administratie_0=0.1)
        assert isinstance(understand(knowledge, scan(), said, OPTIONS), AskBack)
        assert understand(knowledge, scan(doubt=BOTH), said, ("1", "2", "weet_niet")) == Answers(
            (("administratie", "2"),)
        )

    @pytest.mark.parametrize(
        ("text", "code"), [("de eerste", "1"), ("tweede", "2"), ("doe maar de laatste", "weet_niet")]
    )
    def test_ordinal_chooses_a_button(self, knowledge: Knowledge, text: str, code: str) -> None:
        understood = understand(knowledge, scan(doubt=BOTH), heard(text), ("1", "2", "weet_niet"))
        assert understood == Answers((("administratie", code),))

    @pytest.mark.parametrize("text", ["geen van beide", "nee", "allebei niet", "iets anders"])
    def test_none_of_these_asks_in_other_words(self, knowledge: Knowledge, text: str) -> None:
        understood = understand(knowledge, scan(doubt=BOTH), heard(text, administratie_1=0.9), ("1", "2"))
        assert understood == AskBack(Doubt("anders"), failed=True)

    def test_second_counter_question_counts_as_a_failure(self, knowledge: Knowledge) -> None:
        vague = heard("tja beetje van alles", administratie_2=0.4, administratie_1=0.4, administratie_0=0.05)
        first = understand(knowledge, scan(), vague, OPTIONS)
        again = understand(knowledge, scan(doubt=BOTH), vague, OPTIONS)
        assert isinstance(first, AskBack)
        assert isinstance(again, AskBack)
        assert (first.failed, again.failed) == (False, True)

    def test_nobody_is_kept_going_round(self, knowledge: Knowledge) -> None:
        vague = heard("tja beetje van alles", administratie_2=0.4, administratie_1=0.4, administratie_0=0.05)
        understood = understand(knowledge, scan(doubt=BOTH, tries=2), vague, OPTIONS)
        assert understood == AskBack(Doubt("overslaan"), failed=True)

    @pytest.mark.parametrize(("text", "taken"), [("👍", True), ("👍🏽", True), ("👎", False)])
    def test_thumb_is_yes_or_no(self, knowledge: Knowledge, text: str, taken: bool) -> None:
        understood = understand(knowledge, scan(doubt=ONE), heard(text), ("ja", "nee"))
        assert isinstance(understood, Answers) == taken

    @pytest.mark.parametrize("text", ["nee", "asdkjh"])
    def test_offer_to_skip_that_is_not_taken_up_asks_once_more(self, knowledge: Knowledge, text: str) -> None:
        tired = scan(doubt=Doubt("overslaan"), tries=3)
        understood = understand(knowledge, tired, heard(text), ("ja", "nee"))
        assert understood == AskBack(Doubt("anders"), failed=True)
        again = understand(knowledge, scan(doubt=Doubt("anders"), tries=4), heard("asdkjh"), OPTIONS)
        assert again == AskBack(Doubt("overslaan"), failed=True)

    def test_offer_to_skip_that_is_taken_up_skips(self, knowledge: Knowledge) -> None:
        tired = scan(doubt=Doubt("overslaan"), tries=3)
        assert understand(knowledge, tired, heard("ja"), ("ja", "nee")) == Command("sla_over")

    def test_new_answer_instead_of_yes_is_taken(self, knowledge: Knowledge) -> None:
        said = heard("nee joh gewoon excel", administratie_1=0.9, nee=0.05)
        assert understand(knowledge, scan(doubt=ONE), said, ("ja", "nee")) == Answers((("administratie", "1"),))


class TestCorrections:
    def test_scored_answer_is_corrected_in_words(self, knowledge: Knowledge) -> None:
        later = scan(open="gegevens", answers={**PROFILE, "administratie": "2", "vindbaar": "1"})
        said = heard("o wacht, de boekhouding doe ik toch in excel", administratie_1=0.9, gegevens_1=0.05)
        assert understand(knowledge, later, said, OPTIONS) == Answers((("administratie", "1"),), correction=True)

    def test_without_words_of_correction_the_open_question_is_answered(self, knowledge: Knowledge) -> None:
        later = scan(open="gegevens", answers={**PROFILE, "administratie": "2", "vindbaar": "1"})
        said = heard("alles in excel", administratie_1=0.6, gegevens_1=0.3)
        assert understand(knowledge, later, said, OPTIONS) == Answers((("gegevens", "1"),))

    def test_question_that_was_not_answered_yet_is_not_corrected(self, knowledge: Knowledge) -> None:
        said = heard("o wacht, wachtwoorden zijn allemaal hetzelfde", inloggen_0=0.95, administratie_0=0.03)
        understood = understand(knowledge, scan(), said, OPTIONS)
        assert not isinstance(understood, Answers) or not understood.correction

    def test_place_is_corrected_after_the_result(self, knowledge: Knowledge) -> None:
        core = {"administratie": "1", "vindbaar": "1", "gegevens": "1", "backup_updates": "1", "inloggen": "1"}
        place = {"places": [{"code": "GM0307", "titel": "Amersfoort"}], "certain": True, "after_preposition": True}
        said = Heard("sorry, we zitten in Amersfoort", readings={"gemeente": place})
        done = Scan(phase="aanbod", open=None, answers={**PROFILE, **core})
        assert understand(knowledge, done, said, ("verder",)) == Answers((("gemeente", "GM0307"),), correction=True)


class TestSectors:
    OPEN = Scan(phase="kern", open="bedrijf", answers={"personen": "1"})

    def test_name_that_the_classifier_agrees_with_is_taken(self, knowledge: Knowledge) -> None:
        said = Heard("kapper", intents={"bedrijf_T_S": 0.9}, readings={"bedrijf": sector(True, "T/S")})
        assert understand(knowledge, self.OPEN, said, ()) == Answers((("bedrijf", "T/S"),))

    def test_sentence_without_a_known_name_is_understood_by_the_classifier(self, knowledge: Knowledge) -> None:
        said = Heard("ik rij zand naar bouwplaatsen", intents={"bedrijf_H_H": 0.8, "bedrijf_F_F": 0.1})
        assert understand(knowledge, self.OPEN, said, ()) == Answers((("bedrijf", "H/H"),))

    def test_look_up_and_classifier_that_differ_are_both_offered(self, knowledge: Knowledge) -> None:
        said = Heard(
            "vroeger in verzekeringen, nu vloeren",
            intents={"bedrijf_F_F": 0.8},
            readings={"bedrijf": sector(True, "L/K")},
        )
        understood = understand(knowledge, self.OPEN, said, ())
        assert isinstance(understood, AskBack)
        assert [candidate.code for candidate in understood.doubt.candidates] == ["L/K", "F/F"]

    def test_doubtful_word_alone_is_asked_back(self, knowledge: Knowledge) -> None:
        reading = sector(False, "C/C", "G/G", ask="Bak je zelf?")
        understood = understand(
            knowledge, self.OPEN, Heard("bakker", intents={"bedrijf_C_C": 0.95}, readings={"bedrijf": reading}), ()
        )
        assert isinstance(understood, AskBack)
        assert understood.doubt.ask == "Bak je zelf?"

    def test_doubtful_word_in_a_clear_sentence_is_not(self, knowledge: Knowledge) -> None:
        reading = sector(False, "C/C", "G/G", ask="Bak je zelf?")
        said = Heard("we bakken brood voor horeca", intents={"bedrijf_C_C": 0.95}, readings={"bedrijf": reading})
        assert understand(knowledge, self.OPEN, said, ()) == Answers((("bedrijf", "C/C"),))

    def test_sentence_after_the_counter_question_chooses_what_was_offered(self, knowledge: Knowledge) -> None:
        reading = sector(False, "C/C", "G/G", ask="Bak je zelf?")
        offered = Doubt("kies", (Candidate("C/C", "Ja", ""), Candidate("G/G", "Nee", "")), "Bak je zelf?")
        said = Heard("ik bak zelf", intents={"bedrijf_C_C": 0.6, "bedrijf_G_G": 0.3}, readings={"bedrijf": reading})
        asked = Scan(phase="kern", open="bedrijf", answers={"personen": "1"}, doubt=offered)
        assert isinstance(understand(knowledge, self.OPEN, said, ()), AskBack)
        assert understand(knowledge, asked, said, ("C/C", "G/G")) == Answers((("bedrijf", "C/C"),))

    @pytest.mark.parametrize(
        ("text", "along"),
        [
            ("wij zijn een kapsalon met 4 man", ["T/S"]),
            ("3 man, administratiekantoor", ["N/M"]),
            ("4 man, en de boekhouding doen we op papier", []),
            ("kapsalon met 4 man en de facturen doen we op papier", ["T/S"]),
            ("met 4 man en ik zoek hulp met mijn webshop", []),
            ("kapsalon met 4 man, ik zoek hulp", ["T/S"]),
        ],
    )
    def test_sector_is_taken_along_with_a_size_unless_it_is_spoken_of_otherwise(
        self, knowledge: Knowledge, text: str, along: list[str]
    ) -> None:
        read = {"personen": read_headcount(text), "bedrijf": knowledge.sectors.read(text)}
        said = Heard(text, readings={name: asdict(found) for name, found in read.items() if found})
        taken = understand(knowledge, Scan(phase="kern", open="personen"), said, ())
        assert taken == Answers((*(("bedrijf", code) for code in along), ("personen", "2-9")))

    def test_two_trades_and_nothing_else_are_asked_back(self, knowledge: Knowledge) -> None:
        reading = sector(False, "G/G", "I/I", ask=MAIN_ACTIVITY)
        for text, taken in (("slagerij en catering", False), ("wij koken voor bruiloften, catering en zo", True)):
            said = Heard(text, intents={"bedrijf_I_I": 0.95}, readings={"bedrijf": reading})
            assert isinstance(understand(knowledge, self.OPEN, said, ()), Answers) == taken

    @pytest.mark.parametrize(
        "text",
        [
            "bv",
            "ik ben zzp'er",
            "een eenmanszaak",
            "we hebben een vof",
            "familiebedrijf",
            "mkb",
            "wij heten Klaassen BV",
        ],
    )
    def test_legal_form_is_no_sector(self, knowledge: Knowledge, text: str) -> None:
        said = Heard(text, intents={"vraag_zzp": 0.6, "bedrijf_L_K": 0.3})
        assert understand(knowledge, self.OPEN, said, ()) == AskBack(Doubt("anders"), failed=True)


class TestInBetween:
    def test_word_of_the_question_is_explained(self, knowledge: Knowledge) -> None:
        said = heard("wat is moneybird eigenlijk voor boekhoudprogramma?", administratie_2=0.6, vraag_betekenis=0.2)
        assert understand(knowledge, scan(), said, OPTIONS) == Aside("vraag_betekenis")

    def test_initiative_by_name_is_explained(self, knowledge: Knowledge) -> None:
        said = heard("bestaat spot 035 nog?", administratie_0=0.6, vraag_initiatief=0.2)
        assert understand(knowledge, scan(), said, OPTIONS) == Aside("vraag_initiatief")

    def test_tool_that_is_named_is_the_answer(self, knowledge: Knowledge) -> None:
        assert understand(knowledge, scan(), heard("gewoon in Moneybird"), OPTIONS) == Answers(
            (("administratie", "2"),)
        )

    @pytest.mark.parametrize("text", ["ik wil niet meer leven", "soms denk ik aan zelfmoord"])
    def test_who_does_not_want_to_live_gets_the_number(self, knowledge: Knowledge, text: str) -> None:
        assert understand(knowledge, scan(), heard(text, administratie_0=0.9), OPTIONS) == Aside("nood")

    @pytest.mark.parametrize("text", ["excel wil ik niet meer", "de boekhouding is dood saai, alles in excel"])
    def test_who_is_only_tired_of_something_does_not(self, knowledge: Knowledge, text: str) -> None:
        understood = understand(knowledge, scan(), heard(text, administratie_1=0.9), OPTIONS)
        assert understood == Answers((("administratie", "1"),))

    def test_answer_about_another_question_is_not_understood_here(self, knowledge: Knowledge) -> None:
        said = heard("iets heel anders", vindbaar_1=0.95, administratie_0=0.01)
        assert understand(knowledge, scan(), said, OPTIONS) == AskBack(Doubt("anders"), failed=True)

    def test_despair_about_a_subject_is_what_somebody_wants_help_with(self, knowledge: Knowledge) -> None:
        said = heard("ik verzuip in de bonnetjes", wanhoop=0.7, hulpvraag_administratie=0.2, hulpvraag_klanten=0.01)
        wanted = scan(open="hulpvraag", answers={"personen": "1", "bedrijf": "F/F", "gemeente": "GM0355"})
        assert understand(knowledge, wanted, said, ()) == Answers((("hulpvraag", "administratie"),))
        assert understand(knowledge, scan(), said, OPTIONS) == Aside("wanhoop")

    @pytest.mark.parametrize(("share", "stops"), [(0.6, False), (0.9, True)])
    def test_what_forgets_the_answers_is_said_beyond_doubt(
        self, knowledge: Knowledge, share: float, stops: bool
    ) -> None:
        said = heard("ik heb hier geen zin in", stop=share, administratie_0=1 - share)
        assert (understand(knowledge, scan(), said, OPTIONS) == Command("stop")) == stops

    def test_command_in_words(self, knowledge: Knowledge) -> None:
        said = heard("hoeveel moet ik er nog", hoeveel_nog=0.7, administratie_0=0.1)
        assert understand(knowledge, scan(), said, OPTIONS) == Command("hoeveel_nog")


def test_personal_data_is_named_in_one_sentence(knowledge: Knowledge) -> None:
    (reply,) = replies.personal_data(knowledge, ("telefoon", "email", "naam"))
    assert reply.variables == {"wat": "een telefoonnummer, een e-mailadres en een naam"}
    assert replies.personal_data(knowledge, ()) == ()
