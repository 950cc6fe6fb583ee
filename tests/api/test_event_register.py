"""The register of events: what can be made, until when a code works, and the key of the staff."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.database import migrate, open_database
from api.events import codes, service
from api.events.__main__ import main
from api.events.repository import Events
from api.events.service import EventPlan, EventService, Unplanned
from knowledge.base import Knowledge

TODAY = date(2026, 11, 26)
PLAN = EventPlan("Ondernemersontbijt", date(2026, 12, 3), "GM0355", "Gemeente Zeist", "demo")
NOW = 1_800_000_000


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def events(engine: Engine, knowledge: Knowledge) -> EventService:
    return EventService(Events(engine), knowledge)


class TestMaking:
    def test_gives_a_code_that_is_found_however_it_is_written(self, events: EventService) -> None:
        event = events.create(PLAN, TODAY).event
        assert events.find(f" {event.code.lower()} ") == event
        assert events.all() == [event]

    def test_code_works_two_weeks_after_the_event_unless_told_otherwise(self, events: EventService) -> None:
        assert events.create(PLAN, TODAY).event.last_day == date(2026, 12, 17)
        last = date(2026, 12, 5)
        assert events.create(replace(PLAN, last_day=last), TODAY).event.last_day == last

    @pytest.mark.parametrize(
        ("name", "begin"),
        [
            ("Zeist", "ZEIST-"),
            ("Wijk bij Duurstede", "DUURSTEDE-"),
            ("Utrechtse Heuvelrug", "UTRECHTSE-"),
            ("De Bilt", "BILT-"),
            ("Eén", "EEN-"),
        ],
    )
    def test_code_names_the_place_and_fits_the_agreed_form(self, name: str, begin: str) -> None:
        code = codes.new_code(name)
        assert code.startswith(begin)
        assert len(code) <= 16
        assert set(code.removeprefix(begin)) <= set(codes.ALPHABET)

    def test_every_municipality_gives_a_code_of_the_agreed_form(self, knowledge: Knowledge) -> None:
        for municipality in knowledge.municipalities.gemeenten:
            assert service._CODE.fullmatch(codes.new_code(municipality.naam))

    def test_a_taken_code_is_not_given_twice(self, events: EventService, monkeypatch: pytest.MonkeyPatch) -> None:
        given = iter(["ZEIST-AAA", "ZEIST-AAA", "ZEIST-BBB"])
        monkeypatch.setattr(service, "new_code", lambda _place: next(given))
        assert [events.create(PLAN, TODAY).event.code for _ in range(2)] == ["ZEIST-AAA", "ZEIST-BBB"]

    def test_without_a_code_that_is_free_it_is_given_up(
        self, events: EventService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "new_code", lambda _place: "ZEIST-AAA")
        events.create(PLAN, TODAY)
        with pytest.raises(RuntimeError, match="no free event code"):
            events.create(PLAN, TODAY)
        assert len(events.all()) == 1

    def test_salt_is_of_one_event(self, events: EventService) -> None:
        first, second = (events.salt(events.create(PLAN, TODAY).event.code) for _ in range(2))
        assert first != second
        with pytest.raises(KeyError):
            events.salt("NERGENS-XXX")

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": " "}, "naam"),
            ({"name": "x" * 121}, "naam"),
            ({"organiser": "\u200b"}, "organisator"),
            ({"day": date(2036, 12, 3)}, "datum"),
            ({"day": date(2025, 12, 3)}, "datum"),
            ({"municipality": "GM0599"}, "gemeente"),
            ({"municipality": "onbekend"}, "gemeente"),
            ({"site": "nergens"}, "site"),
            ({"last_day": date(2026, 12, 2)}, "laatsteDag"),
            ({"last_day": date(2027, 12, 2)}, "laatsteDag"),
            ({"day": date(2026, 11, 20), "last_day": date(2026, 11, 25)}, "laatsteDag"),
        ],
    )
    def test_says_what_is_wrong_with_a_plan(self, events: EventService, changed: dict[str, object], field: str) -> None:
        with pytest.raises(Unplanned) as raised:
            events.create(replace(PLAN, **changed), TODAY)
        assert list(raised.value.faults) == [field]
        assert events.all() == []

    def test_says_all_that_is_wrong_at_once(self, events: EventService) -> None:
        with pytest.raises(Unplanned) as raised:
            events.create(EventPlan("", date(2036, 1, 1), "x", "", "x"), TODAY)
        assert list(raised.value.faults) == ["naam", "organisator", "datum", "gemeente", "site"]


class TestTime:
    def test_works_from_its_making_up_to_its_last_day(self, events: EventService) -> None:
        event = events.create(PLAN, TODAY).event
        assert event.works(TODAY)
        assert event.works(event.last_day)
        assert event.state(event.last_day + timedelta(days=1)) == "afgelopen"

    def test_takes_what_was_taken_in_time_a_month_longer(self, events: EventService) -> None:
        event = events.create(PLAN, TODAY).event
        late = event.last_day + timedelta(days=30)
        assert event.takes(event.last_day, late)
        assert not event.takes(event.last_day, late + timedelta(days=1))
        assert not event.takes(event.last_day + timedelta(days=1), late)

    def test_closed_stays_closed_on_the_day_it_was(self, events: EventService) -> None:
        code = events.create(PLAN, TODAY).event.code
        events.close(code, TODAY)
        events.close(code, TODAY + timedelta(days=1))
        event = events.find(code)
        assert event is not None
        assert (event.closed_on, event.state(TODAY)) == (TODAY, "afgesloten")
        assert not event.takes(TODAY, TODAY)
        assert events.working(code, TODAY) is None


class TestStaffKey:
    def test_lets_a_device_in_for_a_day_at_its_own_event(self, events: EventService) -> None:
        created, other = events.create(PLAN, TODAY), events.create(PLAN, TODAY)
        given = events.log_in(created.event.code, created.staff_key, NOW)
        assert given is not None
        token, until = given
        assert events.is_staff(token, created.event.code, NOW)
        assert not events.is_staff(token, other.event.code, NOW)
        assert not events.is_staff(token, created.event.code, until)

    def test_case_spaces_and_dashes_do_not_matter(self, events: EventService) -> None:
        created = events.create(PLAN, TODAY)
        typed = f" {created.staff_key.lower().replace('-', ' ')} "
        assert events.log_in(created.event.code, typed, NOW)

    def test_of_another_event_lets_nobody_in(self, events: EventService) -> None:
        created, other = events.create(PLAN, TODAY), events.create(PLAN, TODAY)
        assert events.log_in(created.event.code, other.staff_key, NOW) is None
        assert events.log_in("NERGENS-XXX", other.staff_key, NOW) is None

    def test_only_hashes_are_kept(self, events: EventService, engine: Engine) -> None:
        created = events.create(PLAN, TODAY)
        given = events.log_in(created.event.code, created.staff_key, NOW)
        assert given is not None
        with engine.connect() as connection:
            stored = str(connection.execute(text("select * from event")).all())
            stored += str(connection.execute(text("select * from event_staff")).all())
        for secret in (created.staff_key, codes.tidy_key(created.staff_key), given[0]):
            assert secret not in stored

    @pytest.mark.parametrize("how", ["renew", "close", "log out"])
    def test_ends(self, events: EventService, how: str) -> None:
        created = events.create(PLAN, TODAY)
        code = created.event.code
        given = events.log_in(code, created.staff_key, NOW)
        assert given is not None
        if how == "renew":
            renewed = events.new_staff_key(code)
            assert events.log_in(code, created.staff_key, NOW) is None
            assert events.log_in(code, renewed, NOW)
        elif how == "close":
            events.close(code, TODAY)
        else:
            events.log_out(given[0])
        assert not events.is_staff(given[0], code, NOW)

    def test_devices_whose_time_is_over_are_forgotten(self, events: EventService, engine: Engine) -> None:
        created = events.create(PLAN, TODAY)
        events.log_in(created.event.code, created.staff_key, NOW)
        given = events.log_in(created.event.code, created.staff_key, NOW + 10)
        assert Events(engine).sweep(NOW + service.STAFF_SECONDS) == 1
        assert given is not None
        assert events.is_staff(given[0], created.event.code, NOW + service.STAFF_SECONDS)


class TestCommand:
    @pytest.fixture(autouse=True)
    def database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'command.db'}")

    def make(self, **changed: str) -> int:
        given = {"naam": "Beurs", "datum": date.today().isoformat(), "gemeente": "zeist", "organisator": "Zeist"}
        given["site"] = "demo"
        return main(["maak", *(word for name, value in (given | changed).items() for word in (f"--{name}", value))])

    def test_makes_lists_and_renews(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.make() == 0
        said = capsys.readouterr().out
        code = next(line.split()[-1] for line in said.splitlines() if line.startswith("Code:"))
        assert f"/e/{code}" in said
        assert main(["lijst"]) == 0
        assert code in capsys.readouterr().out
        assert main(["sleutel", code.lower()]) == 0
        assert "Nieuwe medewerkerssleutel" in capsys.readouterr().out

    def test_says_what_is_wrong(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.make(gemeente="Rotterdam", site="x") == 1
        said = capsys.readouterr().err
        assert "gemeente: " in said
        assert "site: " in said
        assert main(["sleutel", "NERGENS-XXX"]) == 1

    def test_a_database_that_is_not_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'x.db'}")
        (tmp_path / "file").touch()
        assert main(["lijst"]) == 1
        assert "De gegevens zijn niet te gebruiken: " in capsys.readouterr().err

    def test_a_date_that_does_not_exist(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            self.make(datum="30-02-2026")
        assert "Schrijf jaar-maand-dag" in capsys.readouterr().err

    def test_a_municipality_by_its_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.make(gemeente="gm0344") == 0
        assert "UTRECHT-" in capsys.readouterr().out

    def test_an_empty_list_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["lijst"]) == 0
        assert "nog geen evenementen" in capsys.readouterr().out
