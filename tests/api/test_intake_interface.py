"""`/v1/intakes`: a whole scan at an event, sent by a device that may send it more than once."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from analytics.periods import week_of
from api.intakes.models import GivenIntake
from api.intakes.repository import DAY, kept_until
from knowledge.base import Knowledge
from knowledge.result import result
from tests.api.event_register import move, register
from tests.api.problems import problem
from tests.api.scan_page import CODES, FURTHER, Form

Send = Callable[..., Response]
TODAY = date.today()


@pytest.fixture
def code(scan: Form) -> str:
    return register(scan.app).event.code


@pytest.fixture
def send(scan: Form, code: str) -> Send:
    own = uuid4().hex

    def send(key: str | None = own, **body: Any) -> Response:
        given = {"evenement": code, "antwoorden": CODES} | body
        return scan.client.post("/v1/intakes", json=given, headers={"Idempotency-Key": key} if key else {})

    return send


def forget_answers(scan: Form) -> None:
    with Session(scan.app.state.parts.engine) as session, session.begin():
        session.execute(update(GivenIntake).values(expires_at=0))


class TestTaken:
    def test_gives_the_result_of_the_conversation_and_is_on_record(
        self, scan: Form, send: Send, code: str, knowledge: Knowledge
    ) -> None:
        response = send(antwoorden=CODES | FURTHER)
        assert response.status_code == 201, response.text
        assert response.json()["uitslag"] == result(knowledge, CODES | FURTHER, TODAY).as_dict()
        assert response.headers["location"] == f"/v1/intakes/{response.json()['intakeId']}"
        (row,) = scan.records()
        assert (row["channel"], row["event"], row["site"], row["week"]) == ("evenement", code, "demo", week_of(TODAY))

    def test_answers_may_have_the_names_of_the_conversation_interface(
        self, scan: Form, send: Send, knowledge: Knowledge
    ) -> None:
        given = {name: value for name, value in CODES.items() if name not in ("personen", "bedrijf")}
        given |= {"grootteklasse": "2-9", "sbi2025": "T", "sbi2008": "G", "plan": None}
        given |= {name: int(value) for name, value in given.items() if str(value).isdigit()}
        response = send(antwoorden=given)
        assert response.json()["uitslag"] == result(knowledge, CODES | {"bedrijf": "T/G"}, TODAY).as_dict()
        (row,) = scan.records()
        assert (row["size_class"], row["sbi2025"], row["sbi2008"]) == ("2-9", "T", "G")

    def test_a_section_alone_is_enough_where_it_leaves_no_doubt(self, scan: Form, send: Send) -> None:
        given = {name: value for name, value in CODES.items() if name != "bedrijf"}
        assert send(antwoorden=given | {"sbi2025": "F"}).status_code == 201
        assert [(row["sbi2025"], row["sbi2008"]) for row in scan.records()] == [("F", "F")]
        problem(send(uuid4().hex, antwoorden=given | {"sbi2025": "T"}), 400, "bedrijf")

    @pytest.mark.parametrize("sector", [("bedrijf",), ("sbi2025",), ("sbi2025", "sbi2008")])
    def test_profile_may_be_left_open(self, scan: Form, send: Send, sector: tuple[str, ...]) -> None:
        given = {name: value for name, value in CODES.items() if name != "bedrijf"}
        left_open = dict.fromkeys(("personen", "gemeente", *sector), "onbekend")
        assert send(antwoorden=given | left_open).status_code == 201
        (row,) = scan.records()
        assert (row["sbi2025"], row["sbi2008"], row["municipality"]) == ("onbekend",) * 3

    def test_code_of_the_event_in_small_letters(self, scan: Form, send: Send, code: str) -> None:
        assert send(evenement=code.lower()).status_code == 201
        assert [row["event"] for row in scan.records()] == [code]


class TestRepeated:
    def test_a_hundred_times_is_one_row_and_one_answer(self, scan: Form, send: Send) -> None:
        answers = {send().text for _ in range(100)}
        assert len(answers) == 1
        assert len(scan.records()) == 1

    def test_at_the_same_time_is_one_row_and_one_answer(self, scan: Form, send: Send) -> None:
        answers: list[tuple[int, str]] = []

        def once() -> None:
            response = send()
            answers.append((response.status_code, response.text))

        threads = [threading.Thread(target=once) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 12
        assert {status for status, _ in answers} == {201}
        assert len(set(answers)) == 1
        assert len(scan.records()) == 1

    def test_with_other_answers_gives_the_first_answer_and_changes_nothing(self, scan: Form, send: Send) -> None:
        first = send()
        before = scan.records()
        second = send(antwoorden=CODES | {"administratie": "3"})
        assert (second.status_code, second.json()) == (201, first.json())
        assert scan.records() == before

    def test_long_after_its_answer_was_forgotten_still_adds_nothing(self, scan: Form, send: Send) -> None:
        first = send()
        before = scan.records()
        forget_answers(scan)
        again = send(antwoorden=CODES)
        assert (again.status_code, again.json()) == (201, first.json())
        send(antwoorden=CODES | {"administratie": "3"})
        assert scan.records() == before

    def test_other_keys_are_other_firms(self, scan: Form, send: Send) -> None:
        for _ in range(3):
            send(uuid4().hex)
        assert len(scan.records()) == 3

    def test_after_the_event_was_closed_gives_the_first_answer(self, scan: Form, send: Send, code: str) -> None:
        first = send()
        scan.app.state.parts.events.close(code, TODAY)
        assert send().json() == first.json()
        problem(send(uuid4().hex), 400, "afgesloten")

    def test_record_does_not_tell_the_key_or_the_id(self, scan: Form, send: Send) -> None:
        key = "sleutel-die-niemand-mag-zien"
        identifier = send(key).json()["intakeId"]
        (row,) = scan.records()
        with Session(scan.app.state.parts.engine) as session:
            stored = str([*session.execute(text("select * from given_intake")), row])
        assert row["id"] not in (key, identifier)
        assert key not in stored
        assert identifier not in stored

    def test_answers_of_one_day_are_kept_equally_long_so_that_none_tells_its_time(self, send: Send, scan: Form) -> None:
        send()
        with Session(scan.app.state.parts.engine) as session:
            kept = session.scalars(text("select expires_at from given_intake where expires_at > 0")).all()
        assert kept
        assert {until % DAY for until in kept} == {0}
        moments = [10 * DAY, 10 * DAY + 1, 11 * DAY - 1]
        assert {kept_until(moment) - moment >= DAY for moment in moments} == {True}
        assert len({kept_until(moment) for moment in moments}) == 1


class TestReplaced:
    def replace(self, scan: Form, identifier: str, code: str, **body: Any) -> Response:
        return scan.client.put(f"/v1/intakes/{identifier}", json={"evenement": code, "antwoorden": CODES} | body)

    def test_other_answers_take_the_place_of_the_first(
        self, scan: Form, send: Send, code: str, knowledge: Knowledge
    ) -> None:
        identifier = send().json()["intakeId"]
        changed = CODES | FURTHER | {"gemeente": "GM0344"}
        response = self.replace(scan, identifier, code, antwoorden=changed)
        assert response.status_code == 200
        assert response.json() == {
            "intakeId": identifier,
            "uitslag": result(knowledge, changed, TODAY).as_dict(),
        }
        assert [row["municipality"] for row in scan.records()] == ["GM0344"]
        assert send().json()["uitslag"] == response.json()["uitslag"]

    def test_not_after_a_day_nor_at_another_event_nor_by_a_guess(self, scan: Form, send: Send, code: str) -> None:
        identifier = send().json()["intakeId"]
        before = scan.records()
        other = register(scan.app, name="Ander").event.code
        problem(self.replace(scan, identifier, other), 404)
        problem(self.replace(scan, "0" * 40, code), 404)
        forget_answers(scan)
        problem(self.replace(scan, identifier, code), 404, "dag")
        assert scan.records() == before

    def test_with_half_the_answers_changes_nothing(self, scan: Form, send: Send, code: str) -> None:
        identifier = send().json()["intakeId"]
        before = scan.records()
        problem(self.replace(scan, identifier, code, antwoorden={"personen": "1"}), 400, "niet compleet")
        assert scan.records() == before


class TestDay:
    def test_counts_in_the_week_in_which_it_was_taken(self, scan: Form, send: Send) -> None:
        day = TODAY - timedelta(days=9)
        assert send(datum=day.isoformat()).status_code == 201
        assert [row["week"] for row in scan.records()] == [week_of(day)]

    def test_clock_that_is_a_day_ahead_counts_today(self, scan: Form, send: Send) -> None:
        assert send(datum=(TODAY + timedelta(days=1)).isoformat()).status_code == 201
        assert [row["week"] for row in scan.records()] == [week_of(TODAY)]

    @pytest.mark.parametrize(("days", "word"), [(2, "toekomst"), (-367, "een jaar geleden")])
    def test_clock_that_is_further_off(self, scan: Form, send: Send, days: int, word: str) -> None:
        problem(send(datum=(TODAY + timedelta(days=days)).isoformat()), 400, word, "klok")
        assert scan.records() == []

    def test_what_is_no_date(self, send: Send) -> None:
        problem(send(datum="30-02-2026"), 400)

    def test_late_arrival_of_what_was_taken_in_time(self, scan: Form, send: Send, code: str) -> None:
        move(scan.app, code, days=20)
        problem(send(), 400, "werkte tot en met")
        assert send(datum=(TODAY - timedelta(days=20)).isoformat()).status_code == 201
        assert len(scan.records()) == 1


class TestRefused:
    def test_without_a_key(self, scan: Form, send: Send) -> None:
        problem(send(None), 400, "Idempotency-Key")
        problem(send("x" * 256), 400, "255")
        assert scan.records() == []

    def test_unknown_event(self, scan: Form, send: Send) -> None:
        problem(send(evenement="NERGENS-123"), 400, "evenement")
        problem(send(evenement="<script>"), 400, "evenement")
        assert scan.records() == []

    def test_half_an_intake_names_what_is_missing(self, scan: Form, send: Send) -> None:
        half = {name: CODES[name] for name in list(CODES)[:5]}
        answer = problem(send(antwoorden=half), 400, "niet compleet", "vindbaar, gegevens, backup_updates, inloggen")
        assert [error["pointer"] for error in answer["errors"]] == [
            f"/antwoorden/{name}" for name in ("vindbaar", "gegevens", "backup_updates", "inloggen")
        ]
        assert scan.records() == []

    @pytest.mark.parametrize(
        ("question", "given"),
        [
            ("personen", "3"),
            ("bedrijf", "F/G"),
            ("gemeente", "GM9999"),
            ("gemeente", "Zeist"),
            ("hulpvraag", "geld"),
            ("administratie", "4"),
            ("administratie", 4),
            ("administratie", "nvt"),
            ("plan", ""),
            ("kleur", "rood"),
        ],
    )
    def test_unknown_code_is_named_by_question_and_not_repeated(
        self, scan: Form, send: Send, question: str, given: object
    ) -> None:
        answer = problem(send(antwoorden=CODES | {question: given}), 400, question)
        assert answer["errors"][0]["pointer"] == f"/antwoorden/{question}"
        assert scan.records() == []

    def test_typed_text_is_not_repeated(self, send: Send) -> None:
        for answers in ({"Jan Jansen 06": "1"}, CODES | {"bedrijf": "kapsalon Jan"}, CODES | {"x": "Jan"}):
            assert "Jan" not in problem(send(antwoorden=answers), 400)["detail"]
            assert "Jan" not in send(antwoorden=answers).text

    @pytest.mark.parametrize(
        "body", [{"antwoorden": None}, {"antwoorden": []}, {"antwoorden": {"plan": True}}, {"x": 1}]
    )
    def test_another_shape(self, send: Send, body: dict[str, Any]) -> None:
        problem(send(**body), 400)
