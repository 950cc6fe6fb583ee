"""`/scan`: the form, its result and its record, without the processes behind it."""

import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError, OperationalError

from analytics.recording import Recorder
from api.app import create_app
from api.intakes import form
from api.intakes.service import record_id
from api.settings import Settings
from knowledge.base import Knowledge
from knowledge.result import result
from tests.api.event_register import move, register
from tests.api.scan_page import CODES, FILLED, FURTHER, SCORED, TOKEN, Form, ScanPage, put, words

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class TestEmptyForm:
    def test_asks_every_question_in_its_order_with_every_answer(self, scan: Form, knowledge: Knowledge) -> None:
        page = scan.open()
        places = [page.text.index(question.vraag) for question in knowledge.intake.vragen]
        assert places == sorted(places)
        for question in knowledge.intake.vragen:
            for code, title in question.choices():
                assert code in page.choices[question.id]
                assert title in page.text
        assert "nvt" in page.choices["online_bestellen"]
        assert "onbekend" in page.choices["personen"]
        assert len(page.choices["gemeente-lijst"]) == 1 + 32 + 2
        assert {"buiten_regio", "onbekend"} < set(page.choices["gemeente-lijst"])
        assert set(page.choices["bedrijf-lijst"]) == {"", "onbekend", *knowledge.sectors.codes}

    def test_lists_do_not_name_two_things_the_same(self, scan: Form) -> None:
        options = [part.split("<")[0] for part in scan.open().html.split("<option")[1:]]
        names = [option.split(">")[-1] for option in options]
        assert len(set(names)) == len(names) - 2  # both lists begin and end alike

    def test_needs_no_script_and_may_load_only_its_own_style(self, scan: Form) -> None:
        response = scan.client.get("/scan?site=demo")
        assert response.headers["content-security-policy"] == POLICY
        assert not {"script", "img", "iframe"} & set(ScanPage(response.text).tags)
        assert "style=" not in response.text
        assert not re.search(r"\son\w+=", response.text)

    def test_is_kept_for_the_back_button_but_for_nobody_else(self, scan: Form) -> None:
        assert scan.client.get("/scan").headers["cache-control"] == "private, no-cache"
        assert scan.client.post("/scan", data=FILLED).headers["cache-control"] == "no-store"

    def test_has_one_heading_of_the_first_level_and_ids_that_stand_once(self, scan: Form) -> None:
        page = scan.open()
        assert page.tags.count("h1") == 1
        assert len(set(page.ids)) == len(page.ids)

    def test_says_who_runs_it_what_it_is_and_what_is_kept(self, scan: Form) -> None:
        page = scan.open("/scan?site=utrecht")
        for part in ("de gemeente Utrecht", "computerprogramma", "geen AI", "Wat je typt, bewaren we niet", "anonieme"):
            assert part in page.text
        assert "/privacy" in page.links

    def test_municipality_of_the_site_is_suggested(self, scan: Form) -> None:
        assert scan.open("/scan?site=utrecht").sends["gemeente-lijst"] == "GM0344"
        assert scan.open("/scan?site=kvk").sends["gemeente-lijst"] == ""

    def test_every_page_has_a_token_of_its_own(self, scan: Form) -> None:
        first, second = scan.open().sends["formulier"], scan.open().sends["formulier"]
        assert first != second
        assert len(first) == 43

    def test_address_without_a_site_is_that_of_the_demonstration(self, scan: Form) -> None:
        assert scan.open().action.startswith("/scan?site=demo&")

    def test_style_is_small(self, scan: Form) -> None:
        response = scan.client.get("/scan/scan.css")
        assert response.headers["content-type"].startswith("text/css")
        assert len(gzip.compress(response.content)) < 3072


class TestClosed:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_unknown_site(self, scan: Form, method: str) -> None:
        response = scan.client.request(method, "/scan?site=bestaat-niet%22%3E")
        assert response.status_code == 404
        assert "https://www.kvk.nl" in ScanPage(response.text).links
        assert "bestaat-niet" not in response.text

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_paused_site(self, scan: Form, knowledge: Knowledge, method: str) -> None:
        put(scan.app, knowledge, status="gepauzeerd")
        response = scan.client.request(method, "/scan?site=demo", data=FILLED if method == "POST" else None)
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        assert "https://www.kvk.nl" in ScanPage(response.text).links
        assert scan.records() == []


class TestSomethingMissing:
    @pytest.mark.parametrize("question", [*SCORED, "personen", "hulpvraag"])
    def test_core_question_without_an_answer(self, scan: Form, knowledge: Knowledge, question: str) -> None:
        page = scan.send(400, **{question: None})
        assert page.title.startswith("Fout: ")
        assert page.html.count(f'href="#{question}-1"') == 1
        assert page.html.count(f'id="{question}-fout"') == 1
        assert page.text.count(knowledge.intake.question(question).kort + ".") == 2  # in the summary and at the field
        assert scan.records() == []

    @pytest.mark.parametrize("question", ["bedrijf", "gemeente"])
    def test_neither_words_nor_a_choice_from_the_list(self, scan: Form, question: str) -> None:
        page = scan.send(400, **{f"{question}-woorden": "  "})
        assert page.html.count(f'href="#{question}-woorden"') == 1
        assert page.text.count(form.MISSING[question]) == 2

    def test_every_link_of_the_summary_leads_somewhere_and_gets_the_focus(self, scan: Form) -> None:
        page = ScanPage(scan.client.post("/scan", data={}).text)
        targets = [link.removeprefix("#") for link in page.links if link.startswith("#")]
        assert len(targets) == 9
        assert set(targets) <= set(page.ids)
        assert 'role="alert" tabindex="-1" autofocus' in page.html

    def test_everything_that_was_filled_in_stays(self, scan: Form) -> None:
        page = scan.send(400, hulpvraag=None, **FURTHER, **words(bedrijf_woorden='"kapper" & <zoon>'))
        sent = {name: value for name, value in FILLED.items() if name != "hulpvraag"} | FURTHER
        assert {name: page.sends[name] for name in sent} == sent | {"bedrijf-woorden": '"kapper" & <zoon>'}

    def test_answer_that_does_not_exist_counts_as_missing_and_is_not_shown(self, scan: Form) -> None:
        page = scan.send(400, administratie="9'><b>", plan="kanarie")
        assert page.html.count('id="administratie-fout"') == 1
        assert "9&#39;" not in page.html
        assert "kanarie" not in page.html

    def test_who_works_alone_is_asked_so(self, scan: Form, knowledge: Knowledge) -> None:
        alone = knowledge.intake.question("mensen").vraagAlleen
        assert alone
        assert alone in scan.send(400, personen="1", hulpvraag=None).text
        assert alone not in scan.send(400, hulpvraag=None).text


class TestResult:
    def test_page_shows_the_whole_result(self, scan: Form, knowledge: Knowledge) -> None:
        page = scan.send()
        outcome = result(knowledge, CODES, date.today())
        shown = outcome.as_dict()
        stage = knowledge.intake.stage(shown["fase"])
        advice = [*shown["initiatieven"], shown["vangnet"]]
        for text in (
            stage.label,
            stage.betekenis,
            f"{shown['score']} van 36 punten",
            "voorlopige uitslag",
            *shown["uitleg"],
            shown["volgendeStap"],
            *(entry[part] for entry in advice for part in ("naam", "reden")),
            *(knowledge.texts.freshness(entry["laatstGezien"], outdated=entry["verouderd"]) for entry in advice),
            "computerprogramma",
            "Print deze pagina",
        ):
            assert text in page.text, text
        assert {entry["url"] for entry in advice} <= set(page.links)
        assert any(entry["verouderd"] for entry in advice)
        assert page.tags.count("h1") == 1
        assert page.title == f"Je uitslag: {stage.label} – Digitale hulp voor ondernemers"

    @pytest.mark.parametrize(
        ("changes", "note"),
        [
            ({"inloggen": "0"}, "veiligheid"),
            (words(gemeente_woorden="Amsterdam"), "buiten_regio"),
            ({"personen": "250+"}, "groot_bedrijf"),
            (dict.fromkeys(SCORED, "3"), "al_ver"),
            ({"personen": "50-249", **dict.fromkeys(SCORED, "weet_niet")}, "geen_aanbod"),
        ],
    )
    def test_what_has_to_be_said_with_it(
        self, scan: Form, knowledge: Knowledge, changes: dict[str, str], note: str
    ) -> None:
        text = knowledge.texts.opmerkingen[note]
        assert text in scan.send(**changes).text
        assert text not in scan.send().text

    def test_who_gets_no_initiative_gets_the_fallback(self, scan: Form) -> None:
        page = scan.send(personen="50-249", **dict.fromkeys(SCORED, "weet_niet"))
        assert "Hier kun je terecht" in page.text
        assert "Hulp die bij je past" not in page.text

    def test_five_further_answers_make_the_result_final(self, scan: Form, knowledge: Knowledge) -> None:
        page = scan.send(**FURTHER)
        expected = result(knowledge, {**CODES, **FURTHER}, date.today())
        assert f"{expected.maturity.score} van 36 punten" in page.text
        assert "voorlopige" not in page.text
        (row,) = scan.records()
        assert (row["score"], row["provisional"]) == (expected.maturity.score, 0)

    def test_some_of_the_further_answers_count_as_none(self, scan: Form) -> None:
        core = scan.send()
        some = scan.send(plan="3", bestanden="3", formulier="B" * 43)
        assert "beantwoordde je er 2" in some.text
        first, second = ({**row, "id": None, "rounding_key": None} for row in scan.records())
        assert first == second
        assert core.sends.keys() < some.sends.keys()

    def test_answers_are_shown_as_they_were_understood(self, scan: Form, knowledge: Knowledge) -> None:
        page = scan.send(personen="1", bestanden="3")
        alone, *_ = knowledge.intake.question("personen").opties
        for text in (alone.titel, "Bouw, zoals aannemer", "Zeist", "In Word of Excel", "ik kan er overal veilig bij"):
            assert text in page.text

    def test_contact_of_the_site_and_the_way_back(self, scan: Form, knowledge: Knowledge) -> None:
        contact = msgspec.structs.replace(
            knowledge.sites["demo"].contact,
            url="https://loket.example",
            telefoon="030 123 45 67",
            openingstijden="9-17",
        )
        put(scan.app, knowledge, contact=contact)
        code = register(scan.app).event.code
        page = scan.send(address=f"/scan?site=demo&evenement={code.lower()}")
        assert {"https://loket.example", "tel:0301234567", "https://www.kvk.nl", "/privacy"} <= set(page.links)
        assert "9-17" in page.text
        assert f"/scan?site=demo&evenement={code}" in page.links


class TestRecord:
    def test_is_anonymous_and_says_channel_and_site(self, scan: Form, knowledge: Knowledge) -> None:
        scan.send(address="/scan?site=utrecht")
        (row,) = scan.records()
        assert row["id"] == record_id(TOKEN) != TOKEN
        outcome = result(knowledge, CODES, date.today())
        assert row == {
            **row,
            "channel": "formulier",
            "site": "utrecht",
            "event": None,
            "sbi2025": "F",
            "sbi2008": "F",
            "size_class": "2-9",
            "municipality": "GM0355",
            "question": "administratie",
            "stage": outcome.maturity.stage,
            "score": outcome.maturity.score,
            "provisional": 1,
            "fallback": outcome.fallback.id,
            "scoring_version": knowledge.scoring_version,
        }

    def test_event_counts_while_its_code_works(self, scan: Form) -> None:
        code = register(scan.app).event.code
        page = scan.send(address=f"/scan?site=demo&evenement={code.lower()}")
        assert "werkt niet meer" not in page.text
        assert [(row["channel"], row["event"]) for row in scan.records()] == [("evenement", code)]

    @pytest.mark.parametrize("code", ["ended", "NERGENS-123", "x", "<b>beurs"])
    def test_form_is_there_without_the_event_when_its_code_does_not_work(self, scan: Form, code: str) -> None:
        if code == "ended":
            code = register(scan.app).event.code
            move(scan.app, code, days=1)
        asked = {"site": "demo", "evenement": code}
        assert "De code van het evenement werkt niet meer" in scan.client.get("/scan", params=asked).text
        assert scan.client.post("/scan", params=asked, data=FILLED).status_code == 200
        assert [(row["channel"], row["event"]) for row in scan.records()] == [("formulier", None)]

    def test_sent_twice_is_counted_once_and_gives_the_same_page(self, scan: Form) -> None:
        assert scan.send().html == scan.send().html
        assert len(scan.records()) == 1

    def test_changed_answers_replace_the_record(self, scan: Form) -> None:
        scan.send()
        scan.send(personen="10-49", **words(gemeente_woorden="Soest"))
        assert [(row["size_class"], row["municipality"]) for row in scan.records()] == [("10-49", "GM0342")]

    def test_correction_after_a_fault_is_counted_once(self, scan: Form) -> None:
        page = scan.send(400, hulpvraag=None)
        assert page.sends["formulier"] == TOKEN
        scan.send(**{**page.sends, "hulpvraag": "veilig"})
        assert [row["id"] for row in scan.records()] == [record_id(TOKEN)]

    @pytest.mark.parametrize("token", [None, "", "kort", "A" * 44, "é" * 43, "A" * 42 + "\n"])
    def test_token_that_is_missing_or_wrong_is_no_fault(self, scan: Form, token: str | None) -> None:
        page = scan.send(formulier=token)
        assert page.sends["formulier"] != token
        assert [row["id"] for row in scan.records()] == [record_id(page.sends["formulier"])]

    def test_answers_can_be_changed_afterwards(self, scan: Form) -> None:
        done = scan.send(**FURTHER)
        page = ScanPage(scan.client.post("/scan", data={**done.sends, "wijzig": "ja"}).text)
        assert page.sends["formulier"] == TOKEN
        assert (page.sends["bedrijf-lijst"], page.sends["gemeente-lijst"]) == ("F/F", "GM0355")
        assert not page.title.startswith("Fout")
        assert scan.send(**{**dict.fromkeys(FILLED), **page.sends}).html == done.html
        assert len(scan.records()) == 1

    def test_again_is_a_new_scan(self, scan: Form) -> None:
        done = scan.send()
        again = scan.open(next(link for link in done.links if link.startswith("/scan")))
        scan.send(formulier=again.sends["formulier"])
        assert len(scan.records()) == 2


class TestFaultsOfOurs:
    def test_database_that_cannot_be_reached_loses_nothing(self, tmp_path: Path) -> None:
        app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'nergens' / 'x.db'}"))
        response = TestClient(app, raise_server_exceptions=False).post("/scan", data=FILLED | FURTHER)
        page = ScanPage(response.text)
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        assert page.title.startswith("Fout: ")
        assert "Er is niets verloren" in page.text
        sent = FILLED | FURTHER
        assert {name: page.sends[name] for name in sent} == sent

    def test_same_form_at_the_same_moment_is_tried_again(self, scan: Form, monkeypatch: pytest.MonkeyPatch) -> None:
        record = Recorder.record_referral
        tries = []

        def overtaken(*given: Any) -> None:
            tries.append(given)
            if len(tries) == 1:
                raise IntegrityError("insert", {}, Exception())
            record(*given)

        monkeypatch.setattr(Recorder, "record_referral", overtaken)
        scan.send()
        assert len(scan.records()) == 1

    def test_other_fault_of_the_database_is_not_tried_again(self, scan: Form, monkeypatch: pytest.MonkeyPatch) -> None:
        tries = []

        def broken(*given: Any) -> None:
            tries.append(given)
            raise OperationalError("insert", {}, Exception())

        monkeypatch.setattr(Recorder, "record_referral", broken)
        scan.send(503)
        assert len(tries) == 1


class TestBadInput:
    def test_files_are_refused(self, scan: Form) -> None:
        response = scan.client.post("/scan", data=FILLED, files={"bijlage": ("kanarie.txt", b"kanarie")})
        assert response.status_code == 400
        assert "geen bestanden" in response.text
        assert "kanarie" not in response.text
        assert response.headers["content-security-policy"] == POLICY
        assert scan.records() == []

    def test_form_without_files_may_come_in_parts(self, scan: Form) -> None:
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in FILLED.items()
        )
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert scan.client.post("/scan", content=f"{body}--x--\r\n", headers=headers).status_code == 200
        assert len(scan.records()) == 1

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            ("&".join(f"veld{number}=x" for number in range(100)), "application/x-www-form-urlencoded"),
            ("kapot", "multipart/form-data; boundary=x"),
            ("x", "multipart/form-data"),
        ],
    )
    def test_what_is_no_form_is_refused(self, scan: Form, content: str, kind: str) -> None:
        response = scan.client.post("/scan", content=content, headers={"Content-Type": kind})
        assert response.status_code == 400
        assert "Dit kunnen we niet verwerken" in response.text

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
    def test_other_content_is_an_empty_form(self, scan: Form, kind: str) -> None:
        response = scan.client.post("/scan", content=b'{"personen": "1"}', headers={"Content-Type": kind})
        assert response.status_code == 400
        assert ScanPage(response.text).title.startswith("Fout: ")

    def test_too_much_is_refused(self, scan: Form) -> None:
        response = scan.client.post("/scan", data=FILLED | {"bedrijf-woorden": "x" * 100_000})
        assert response.status_code == 400
        assert "te groot" in response.text

    def test_bytes_that_are_no_text_do_no_harm(self, scan: Form) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = scan.client.post("/scan", content=b"gemeente-woorden=%ff%fe%00\xff&personen=\xff", headers=headers)
        assert response.status_code == 400
        assert ScanPage(response.text).title.startswith("Fout: ")

    def test_field_that_comes_twice_counts_as_it_came_last(self, scan: Form) -> None:
        scan.client.post("/scan", data={**FILLED, "personen": ["1", "250+"]})
        assert [row["size_class"] for row in scan.records()] == ["250+"]
