"""The links in mails about contact: what they open does nothing, and what their buttons do they do once."""

import time
from typing import Any

import pytest
from sqlalchemy import text

from analytics.outcomes import EXPERIENCES
from api.contact.routes import NO_ANSWER, NOTHING_CHOSEN
from api.leads.keeping import Keeper
from tests.api.contact_gateway import ASKED
from tests.api.contact_pages import SECOND, Entrepreneur, read

USED = "Deze link werkt niet meer"
NAMES = {ASKED: "Digitale MKB Werkplaats Utrecht", SECOND: "U-Tech Community"}
PATHS = ("bevestigen", "intrekken", "ervaring")


def leads(noor: Entrepreneur) -> dict[str, str]:
    return {lead.initiative: lead.id for lead in noor.gateway.leads()}


def sweep(noor: Entrepreneur) -> None:
    """Do what is due."""
    Keeper(noor.gateway.parts.engine, noor.gateway.parts.vault).sweep(int(time.time()))


def asked_how_it_went(noor: Entrepreneur) -> str:
    """The link of the mail that comes after a month."""
    with noor.gateway.parts.engine.begin() as connection:
        connection.execute(text("update lead set follow_up_at = 1"))
    sweep(noor)
    return noor.link("ervaring", "ervaring")


class TestConfirming:
    def test_button_passes_it_on(self, noor: Entrepreneur) -> None:
        noor.ask(ASKED, SECOND)
        page = noor.open(noor.link("bevestigen"))
        for name in NAMES.values():
            assert name in page.text
        assert "Er is nu nog niets doorgegeven" in page.text
        answer = read(noor.press(noor.link("bevestigen")))
        assert "Je vraag is doorgegeven" in answer.text
        for name in NAMES.values():
            assert f"{name} heeft je vraag nu" in answer.text
        assert noor.statuses() == dict.fromkeys(NAMES, "afgeleverd")

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_program_that_looks_at_mails_changes_nothing(self, noor: Entrepreneur, method: str) -> None:
        noor.ask()
        links = [noor.link(purpose) for purpose in ("bevestigen", "intrekken")]
        for _ in range(3):
            assert [noor.client.request(method, link).status_code for link in links] == [200, 200]
        assert noor.statuses() == {ASKED: "aangevraagd"}
        assert noor.press(links[0]).status_code == 200

    def test_works_once(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        link = noor.link("bevestigen")
        for response in (noor.press(link), noor.client.get(link)):
            page = read(response, 410)
            assert USED in page.text
            assert "Heb je al op de knop gedrukt? Dan is alles goed" in page.text
        query = "select count(*) from outbox_item where template = 'nieuwe-aanvraag'"
        assert noor.gateway.rows(query)[0][0] == 1

    def test_after_three_days_it_is_over(self, noor: Entrepreneur) -> None:
        noor.ask()
        link = noor.link("bevestigen")
        with noor.gateway.parts.engine.begin() as connection:
            connection.execute(text("update lead_link set expires_at = expires_at - :gone"), {"gone": 3 * 86400})
        for response in (noor.client.get(link), noor.press(link)):
            assert "vraag het bij je uitslag" in read(response, 410).text
        assert noor.statuses() == {ASKED: "aangevraagd"}

    def test_of_what_was_withdrawn_there_is_nothing_to_confirm(self, noor: Entrepreneur) -> None:
        noor.ask()
        noor.press(noor.link("intrekken"), alles="ja")
        for response in (noor.client.get(noor.link("bevestigen")), noor.press(noor.link("bevestigen"))):
            assert "je hebt je vraag ingetrokken" in read(response, 410).text

    def test_who_has_a_request_there_already_keeps_that_one(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        noor.ask(toelichting="nog eens")
        (waiting,) = noor.gateway.rows("select request from lead where status = 'aangevraagd'")
        (item,) = noor.gateway.rows(
            "select id from outbox_item where template = 'bevestigen' and request = :request", request=waiting.request
        )
        token = noor.gateway.parts.vault.token("bevestigen", item.id)
        answer = read(noor.press(f"/contact/bevestigen?sleutel={token}"))
        assert "Je vraag liep al" in answer.text
        assert f"Bij {NAMES[ASKED]} had je al een vraag lopen" in answer.text


class TestWithdrawing:
    @pytest.mark.parametrize(
        ("status", "said"),
        [
            ("afgeleverd", "heeft het nog niet gelezen"),
            ("gezien", "Gelezen."),
            ("opgepakt", "Opgepakt."),
            ("contact", "Jullie hebben contact gehad."),
            ("gestart", "Je doet mee."),
            ("afgerond", "Klaar."),
            ("niet_passend", "niet bij je vraag past"),
            ("geen_gehoor", "kon je niet bereiken"),
            ("geen_plek", "heeft nu geen plek"),
        ],
    )
    def test_page_says_where_it_stands(self, noor: Entrepreneur, status: str, said: str) -> None:
        noor.confirmed()
        with noor.gateway.parts.engine.begin() as connection:
            connection.execute(text("update lead set status = :status"), {"status": status})
        page = noor.open(noor.link("intrekken"))
        assert said in page.text
        assert "Trek mijn vraag in" in page.text

    def test_before_it_is_confirmed_nobody_had_anything(self, noor: Entrepreneur) -> None:
        noor.ask()
        link = noor.link("intrekken")
        assert "heeft nog niets van je gekregen" in noor.open(link).text
        answer = read(noor.press(link, alles="ja"))
        assert f"{NAMES[ASKED]} had nog niets van je gekregen" in answer.text
        assert "krijgt bericht" not in answer.text

    def test_one_of_two_is_withdrawn_and_the_other_goes_on(self, noor: Entrepreneur) -> None:
        noor.confirmed(ASKED, SECOND)
        link = noor.link("intrekken")
        page = noor.open(link)
        assert sorted(page.boxes) == sorted(leads(noor).values())
        assert page.ticked == []
        answer = read(noor.press(link, aanvraag=leads(noor)[SECOND]))
        assert f"{NAMES[SECOND]} krijgt bericht dat je je vraag intrekt" in answer.text
        assert "We hebben gewist: je naam" in answer.text
        assert f"Deze vraag loopt nog: {NAMES[ASKED]}" in answer.text
        assert noor.statuses() == {ASKED: "afgeleverd", SECOND: "ingetrokken"}
        again = noor.open(link)
        assert "Ingetrokken. Je gegevens zijn gewist." in again.text
        assert again.boxes == []

    def test_everything_at_once(self, noor: Entrepreneur) -> None:
        noor.confirmed(ASKED, SECOND)
        answer = read(noor.press(noor.link("intrekken"), alles="ja"))
        assert "loopt nog" not in answer.text
        assert noor.statuses() == dict.fromkeys(NAMES, "ingetrokken")
        assert noor.gateway.rows("select * from lead_key") == []
        assert {lead.box for lead in noor.gateway.leads()} == {None}

    def test_nothing_chosen_is_a_fault_that_changes_nothing(self, noor: Entrepreneur) -> None:
        noor.confirmed(ASKED, SECOND)
        page = read(noor.press(noor.link("intrekken")), 400)
        assert NOTHING_CHOSEN in page.text
        assert page.focused == ["alert"]
        assert next(link.removeprefix("#") for link in page.links if link.startswith("#")) in page.ids
        assert noor.statuses() == dict.fromkeys(NAMES, "afgeleverd")

    def test_pressed_twice_the_second_says_that_it_was_done(self, noor: Entrepreneur) -> None:
        noor.confirmed(ASKED, SECOND)
        link, lead = noor.link("intrekken"), leads(noor)[SECOND]
        noor.press(link, aanvraag=lead)
        assert "Er is niets veranderd" in read(noor.press(link, aanvraag=lead)).text
        query = "select count(*) from outbox_item where template = 'aanvraag-ingetrokken'"
        assert noor.gateway.rows(query)[0][0] == 1

    def test_link_of_every_mail_works(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        for template in ("bevestigen", "ontvangstbewijs"):
            assert NAMES[ASKED] in noor.open(noor.link("intrekken", template)).text

    def test_of_what_is_gone_nothing_stands_there(self, noor: Entrepreneur) -> None:
        noor.ask()
        link = noor.link("intrekken")
        noor.press(link, alles="ja")
        sweep(noor)
        for response in (noor.client.get(link), noor.press(link, alles="ja")):
            assert "Hier staat niets meer" in read(response, 410).text


class TestExperience:
    def test_one_question_with_a_button_for_each_answer(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        page = noor.open(asked_how_it_went(noor))
        assert page.text.count("Ben je geholpen?") == 2  # the title of the page, and its heading
        assert NAMES[ASKED] in page.text
        assert page.html.count('<button class="keuze" type="submit" name="antwoord"') == len(EXPERIENCES)

    @pytest.mark.parametrize("answer", EXPERIENCES)
    def test_answer_counts_once_and_names_nobody(self, noor: Entrepreneur, answer: str) -> None:
        noor.confirmed()
        link = asked_how_it_went(noor)
        query = "select outcome from outcome where step = 'ervaring'"
        before = len(noor.gateway.rows(query))
        assert "Dank je wel" in read(noor.press(link, antwoord=answer)).text
        for response in (noor.press(link, antwoord=answer), noor.client.get(link)):
            assert "Gaf je al antwoord? Dan telt het mee" in read(response, 410).text
        assert len(noor.gateway.rows(query)) == before + 1

    @pytest.mark.parametrize("answer", EXPERIENCES)
    def test_only_who_was_not_helped_is_told_what_else_there_is(self, noor: Entrepreneur, answer: str) -> None:
        noor.confirmed()
        page = read(noor.press(asked_how_it_went(noor), antwoord=answer))
        assert ({"/", "https://ondernemersplein.kvk.nl"} <= set(page.links)) == (answer == "niet_geholpen")

    @pytest.mark.parametrize("fields", [{}, {"antwoord": "anders"}])
    def test_no_answer_of_the_list_uses_nothing_up(self, noor: Entrepreneur, fields: dict[str, str]) -> None:
        noor.confirmed()
        link = asked_how_it_went(noor)
        assert NO_ANSWER in read(noor.press(link, **fields), 400).text
        assert noor.press(link, antwoord="geholpen").status_code == 200

    def test_program_that_looks_at_mails_answers_nothing(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        link = asked_how_it_went(noor)
        assert [noor.client.request(method, link).status_code for method in ("HEAD", "GET", "HEAD")] == [200] * 3
        assert noor.press(link, antwoord="geholpen").status_code == 200

    def test_of_what_was_withdrawn_nothing_is_asked(self, noor: Entrepreneur) -> None:
        noor.confirmed()
        link = asked_how_it_went(noor)
        noor.press(noor.link("intrekken"), alles="ja")
        assert USED in read(noor.client.get(link), 410).text


@pytest.mark.parametrize("path", PATHS)
class TestEach:
    @pytest.mark.parametrize("token", ["", "x", "é%00", "A" * 5000])
    def test_token_that_is_none(self, noor: Entrepreneur, path: str, token: str) -> None:
        for response in (
            noor.client.get(f"/contact/{path}?sleutel={token}"),
            noor.post(f"/contact/{path}", {"sleutel": token, "alles": "ja", "antwoord": "geholpen"}),
        ):
            read(response, 410)

    def test_link_of_one_purpose_does_nothing_else(self, noor: Entrepreneur, path: str) -> None:
        noor.ask()
        for other in {"bevestigen", "intrekken"} - {path}:
            token = noor.link(other).partition("sleutel=")[2]
            read(noor.post(f"/contact/{path}", {"sleutel": token, "alles": "ja", "antwoord": "geholpen"}), 410)
        assert noor.statuses() == {ASKED: "aangevraagd"}

    def test_form_of_another_website_does_nothing(self, noor: Entrepreneur, path: str) -> None:
        noor.ask()
        token = noor.link("bevestigen" if path == "bevestigen" else "intrekken").partition("sleutel=")[2]
        fields = {"sleutel": token, "alles": "ja"}
        headers: tuple[dict[str, Any], ...] = (
            {},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
        )
        for sent in headers:
            response = noor.client.post(f"/contact/{path}", data=fields, headers=sent)
            assert "niet meer geldig" in read(response, 403).text
        assert noor.statuses() == {ASKED: "aangevraagd"}

    def test_no_other_website_learns_of_the_token(self, noor: Entrepreneur, path: str) -> None:
        response = noor.client.get(f"/contact/{path}?sleutel=x")
        assert response.headers["referrer-policy"] == "same-origin"
        assert response.headers["cache-control"] == "no-store"
        assert "script-src" not in response.headers["content-security-policy"]
        assert 'name="robots" content="noindex"' in response.text
