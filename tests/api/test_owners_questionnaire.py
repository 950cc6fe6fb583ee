"""The yearly questions: what is filled in already, drafts, handing in, and two owners at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec import structs

from api.questionnaires.periods import asked_year, is_open, open_years
from api.questionnaires.service import Questionnaires
from tests.api.owner_desk import MINE, TODAY, UTECH, WERKPLAATS, Desk, Today, filled_in
from tests.api.portal_door import Browser

ASK = f"{MINE}/vragenlijst/2026"
COMPLETE = {
    "doelgroep": "Winkels en horeca",
    "grootte": ["1", "2-9"],
    "fase": "adhoc",
    "focus": "Online verkopen",
    "thema": ["klanten", "administratie"],
    "belemmeringen": "Te weinig tijd",
    "deelnemers": "1.250",
    "tevredenheid": "7,8",
    "cijfers": "40",
    "ervaringen": "",
}


def send(browser: Browser, step: str, /, path: str = ASK, **changed: Any) -> Any:
    page = browser.get(path)
    assert page.status_code == 200, page.text
    return browser.send(path, **filled_in(page.text) | changed | {"stap": step})


def sheet(desk: Desk, year: int = 2026) -> Any:
    return desk.questionnaires.sheet(desk.data.one(WERKPLAATS).entry, year)


class TestPrefilled:
    def test_catalogue_is_the_beginning(self, desk: Desk) -> None:
        entry = desk.data.one(WERKPLAATS).entry
        fields = filled_in(desk.owner().get(ASK).text)
        assert fields["doelgroep"] == entry.voorWie.strip()
        assert fields["focus"] == entry.biedt.strip()
        assert fields["thema"] == list(entry.thema)
        assert fields["grootte"] == list(entry.grootte)
        assert (fields["belemmeringen"], fields["deelnemers"], fields["tevredenheid"]) == ("", "", "")

    def test_last_year_goes_before_the_catalogue_but_not_its_figures(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        owner = desk.owner()
        send(owner, "inleveren", **COMPLETE)
        monkeypatch.setattr(Today, "day", date(2027, 4, 1))
        fields = filled_in(desk.owner().get(f"{MINE}/vragenlijst/2027").text)
        assert (fields["doelgroep"], fields["belemmeringen"]) == ("Winkels en horeca", "Te weinig tijd")
        assert fields["thema"] == ["klanten", "administratie"]
        assert (fields["deelnemers"], fields["tevredenheid"], fields["cijfers"]) == ("", "", "")

    def test_looking_stores_nothing(self, desk: Desk) -> None:
        desk.owner().get(ASK)
        assert desk.door.rows("questionnaire") == []


class TestAnswering:
    def test_draft_may_be_unfinished_and_comes_back(self, desk: Desk) -> None:
        owner = desk.owner()
        assert send(owner, "bewaren", doelgroep="Alleen winkels", thema=[]).status_code == 303
        fields = filled_in(owner.get(ASK).text)
        assert fields["doelgroep"] == "Alleen winkels"
        assert "thema" not in fields
        assert sheet(desk).handed_in_on is None

    def test_handed_in_with_everything(self, desk: Desk) -> None:
        owner = desk.owner()
        response = send(owner, "inleveren", **COMPLETE)
        assert response.headers["location"] == f"{ASK}?gedaan=ingeleverd"
        found = sheet(desk)
        assert (found.handed_in_on, found.handed_in_by) == (TODAY, "Olga")
        assert found.answers == {
            **COMPLETE,
            "fase": ["adhoc"],
            "deelnemers": 1250,
            "tevredenheid": 7.8,
            "cijfers": 40,
        }
        page = owner.get(ASK).text
        assert "Ingeleverd op 26 november 2026 door Olga. Verbeteren kan tot en met 1 maart 2027." in page
        assert filled_in(page)["tevredenheid"] == "7,8"

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("doelgroep", "", "Doelgroep: vul dit in."),
            ("belemmeringen", "  ", "Belemmeringen: vul dit in."),
            ("deelnemers", "", "Deelnemers: vul dit in."),
            ("deelnemers", "veel", "Deelnemers: vul een heel getal in, van 0 tot 100.000."),
            ("deelnemers", "-3", "Deelnemers: vul een heel getal in"),
            ("deelnemers", "1e9", "Deelnemers: vul een heel getal in"),
            ("deelnemers", "²", "Deelnemers: vul een heel getal in"),
            ("deelnemers", "39", "Aantal cijfers: dat zijn er meer dan er meededen."),
            ("cijfers", "0", "Aantal cijfers: er is een cijfer, dus iemand gaf het."),
            ("tevredenheid", "11", "Tevredenheid: vul een cijfer in van 1 tot 10"),
            ("tevredenheid", "0,9", "Tevredenheid: vul een cijfer in van 1 tot 10"),
            ("tevredenheid", "7,85", "Tevredenheid: vul een cijfer in van 1 tot 10"),
            ("tevredenheid", "goed", "Tevredenheid: vul een cijfer in van 1 tot 10"),
            ("focus", "x" * 1001, "Focus: gebruik hoogstens 1000 tekens."),
        ],
    )
    def test_fault_is_told_and_nothing_that_was_typed_is_lost(
        self, desk: Desk, field: str, value: str, message: str
    ) -> None:
        response = send(desk.owner(), "inleveren", **COMPLETE | {"ervaringen": "Fijn geholpen", field: value})
        assert response.status_code == 400
        assert f'<a href="#{field}">' in response.text or "cijfers" in message
        assert message in response.text
        assert filled_in(response.text)["ervaringen"] == "Fijn geholpen"
        assert desk.door.rows("questionnaire") == []

    def test_number_cannot_be_smaller_than_the_list(self, desk: Desk) -> None:
        owner = desk.owner()
        owner.send(f"{ASK}/deelnemers", formulier=owner.token(MINE), sector=["F", "G"], gemeente=["GM0344", ""],
                   grootte=["", ""], fase=["", ""])  # fmt: skip
        response = send(owner, "inleveren", **COMPLETE | {"deelnemers": "1", "cijfers": "1"})
        assert "Deelnemers: er staan er 2 in de lijst." in response.text
        assert send(owner, "inleveren", **COMPLETE | {"deelnemers": "2", "cijfers": "1"}).status_code == 303

    def test_correcting_after_handing_in(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        owner = desk.owner()
        send(owner, "inleveren", **COMPLETE)
        monkeypatch.setattr(Today, "day", date(2027, 3, 1))
        owner = desk.owner()
        assert send(owner, "inleveren", focus="Anders").status_code == 303
        found = sheet(desk)
        assert (found.answers["focus"], found.handed_in_on) == ("Anders", date(2027, 3, 1))

    def test_after_the_first_of_march_it_can_only_be_read(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        owner = desk.owner()
        send(owner, "inleveren", **COMPLETE)
        fields = filled_in(owner.get(ASK).text)
        monkeypatch.setattr(Today, "day", date(2027, 3, 2))
        page = owner.get(ASK)
        assert page.status_code == 200
        assert "Online verkopen" in page.text
        assert 'name="focus"' not in page.text
        for path in (ASK, f"{ASK}/deelnemers", f"{ASK}/deelnemers/weg", f"{ASK}/deelnemers/bestand"):
            response = owner.send(path, **fields | {"focus": "Te laat"})
            assert response.status_code == 409, path
            assert "Wijzigen kon tot en met 1 maart 2027." in response.text
        assert sheet(desk).answers["focus"] == "Online verkopen"

    @pytest.mark.parametrize("year", ["2025", "2027", "0", "99999"])
    def test_year_without_questions(self, desk: Desk, year: str) -> None:
        assert desk.owner().get(f"{MINE}/vragenlijst/{year}").status_code == 404


class TestTwoOwners:
    def test_second_loses_nothing_and_overwrites_nothing(self, desk: Desk) -> None:
        first, second = desk.owner("Olga"), desk.owner("Otto")
        seen = filled_in(second.get(ASK).text)
        send(first, "bewaren", focus="Van de eerste", belemmeringen="Weinig tijd")
        response = second.send(ASK, **seen | {"focus": "Van de tweede", "stap": "bewaren"})
        assert response.status_code == 409
        assert "Iemand anders heeft deze vragenlijst net bewaard." in response.text
        assert "De ander schreef: Van de eerste" in response.text
        again = filled_in(response.text)
        assert again["focus"] == "Van de tweede"
        assert sheet(desk).answers["focus"] == "Van de eerste"
        assert second.send(ASK, **again | {"stap": "bewaren"}).status_code == 303  # on purpose now
        assert sheet(desk).answers["focus"] == "Van de tweede"

    def test_first_answers_of_two_at_once(self, desk: Desk) -> None:
        first, second = desk.owner("Olga"), desk.owner("Otto")
        forms = [filled_in(browser.get(ASK).text) for browser in (first, second)]
        statuses = [
            browser.send(ASK, **form | {"stap": "bewaren"}).status_code
            for browser, form in zip((first, second), forms, strict=True)
        ]
        assert statuses == [303, 409]


class TestSeason:
    @pytest.mark.parametrize(
        ("day", "asked", "years"),
        [
            (date(2026, 11, 30), None, (2026,)),
            (date(2026, 12, 1), 2026, (2026,)),
            (date(2027, 1, 1), 2026, (2026, 2027)),
            (date(2027, 3, 1), 2026, (2026, 2027)),
            (date(2027, 3, 2), None, (2027,)),
            (date(2028, 2, 29), 2027, (2027, 2028)),
            (date(2026, 1, 1), None, (2026,)),
        ],
    )
    def test_when_questions_are_open_and_asked(self, day: date, asked: int | None, years: tuple[int, ...]) -> None:
        assert (asked_year(day), open_years(day)) == (asked, years)
        assert [year for year in range(2020, 2035) if is_open(year, day)] == list(years)

    def at(self, day: date) -> int:
        return int(datetime(day.year, day.month, day.day, 12).timestamp())

    def mails(self, desk: Desk) -> list[str]:
        return [row.details for row in desk.door.rows("outbox_item") if row.template == "vragenlijst"]

    def test_owners_are_asked_once_a_year(self, desk: Desk) -> None:
        desk.owner("Olga")
        desk.owner("Otto", WERKPLAATS, UTECH)
        december = date(2026, 12, 1)
        assert desk.questionnaires.sweep(self.at(december - timedelta(days=1))) == 0
        assert desk.questionnaires.sweep(self.at(december)) == 2
        asked = {f'{{"initiatief": "{one}", "jaar": 2026}}' for one in (WERKPLAATS, UTECH)}
        assert (len(self.mails(desk)), set(self.mails(desk))) == (3, asked)
        assert desk.questionnaires.sweep(self.at(date(2027, 2, 1))) == 0
        assert desk.questionnaires.sweep(self.at(date(2027, 12, 1))) == 1  # the other has ended in 2026

    @pytest.mark.parametrize(("begin", "asked"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
    def test_who_begins_later_is_not_asked_yet(self, desk: Desk, begin: date, asked: int) -> None:
        desk.owner()
        one = desk.data.one(WERKPLAATS)
        begun = replace(one, entry=structs.replace(one.entry, begin=begin))
        data: Any = SimpleNamespace(all=lambda: [begun])
        assert Questionnaires(desk.door.engine, data).sweep(self.at(date(2026, 12, 1))) == asked

    def test_who_has_handed_in_is_not_asked(self, desk: Desk) -> None:
        send(desk.owner(), "inleveren", **COMPLETE)
        assert desk.questionnaires.sweep(self.at(date(2026, 12, 1))) == 0

    def test_being_asked_does_not_get_in_the_way_of_a_draft(self, desk: Desk) -> None:
        owner = desk.owner()
        fields = filled_in(owner.get(ASK).text)
        desk.questionnaires.sweep(self.at(date(2026, 12, 1)))
        assert owner.send(ASK, **fields | {"stap": "bewaren"}).status_code == 303
