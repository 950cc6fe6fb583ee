"""What is asked of owners every half year, and the file by which other programs learn of changes."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.outbox.writing import written
from api.owners.projection import Projection
from api.owners.service import ChangedMeanwhile, OwnerData
from knowledge.base import load
from knowledge.catalogue_folder import CHANGES_FILE
from tests.api.owner_desk import MINE, TODAY, UTECH, WERKPLAATS, Desk
from tests.api.portal_door import HERE


def at(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12).timestamp())


def mails(desk: Desk) -> list[tuple[str, str]]:
    """What lies in the outbox: to which account, about which initiative."""
    with desk.door.engine.connect() as connection:
        query = "select account, details, template from outbox_item where template = 'gegevens-controle'"
        rows = connection.exec_driver_sql(query).all()
    return sorted((row.account, row.details) for row in rows)


class TestAsking:
    def test_every_owner_is_asked_once_in_half_a_year(self, desk: Desk) -> None:
        desk.owner("Olga")
        desk.owner("Otto", WERKPLAATS, UTECH)
        assert desk.data.sweep(at(TODAY)) == 2  # initiatives
        about = [
            (account, f'{{"initiatief": "{initiative}"}}')
            for account, initiative in (
                (desk.account("Olga"), WERKPLAATS),
                (desk.account("Otto"), WERKPLAATS),
                (desk.account("Otto"), UTECH),
            )
        ]
        assert mails(desk) == sorted(about)
        for days in (0, 1, 181):
            assert desk.data.sweep(at(TODAY + timedelta(days=days))) == 0
        assert desk.data.one(WERKPLAATS).asked_on == TODAY
        assert desk.data.sweep(at(TODAY + timedelta(days=182))) == 1  # the other has ended
        assert len(mails(desk)) == 5

    def test_who_confirmed_is_asked_half_a_year_later(self, desk: Desk) -> None:
        desk.owner()
        desk.data.confirm(WERKPLAATS, 0, TODAY)
        assert desk.data.sweep(at(TODAY + timedelta(days=181))) == 0
        assert desk.data.sweep(at(TODAY + timedelta(days=182))) == 1

    def test_nobody_is_asked_about_what_has_stopped_or_has_no_owner(self, desk: Desk) -> None:
        assert desk.data.sweep(at(TODAY)) == 0
        desk.owner()
        desk.data.change(desk.data.one(WERKPLAATS), {"status": "gestopt"})
        assert desk.data.sweep(at(TODAY)) == 0
        assert mails(desk) == []

    def test_owner_whose_account_was_withdrawn_gets_no_mail(self, desk: Desk) -> None:
        desk.owner()
        desk.door.portal.withdraw("olga@voorbeeld.example")
        assert desk.data.sweep(at(TODAY)) == 0

    def test_gateways_that_sweep_at_once_ask_once(self, desk: Desk) -> None:
        desk.owner()
        with ThreadPoolExecutor(4) as pool:
            asked = list(pool.map(lambda _: desk.data.sweep(at(TODAY)), range(4)))
        assert sum(asked) == 1
        assert len(mails(desk)) == 1

    def test_being_asked_does_not_get_in_the_way_of_who_confirms(self, desk: Desk) -> None:
        desk.owner()
        version = desk.data.one(WERKPLAATS).version
        desk.data.sweep(at(TODAY))
        desk.data.confirm(WERKPLAATS, version, TODAY)
        with pytest.raises(ChangedMeanwhile):
            desk.data.confirm(WERKPLAATS, version, TODAY)


class TestFile:
    def on(self, desk: Desk, folder: Path) -> OwnerData:
        """The same database with a file elsewhere, as on another machine."""
        projection = Projection(desk.door.engine, desk.knowledge, folder)
        return OwnerData(desk.door.engine, desk.knowledge, projection)

    def test_another_machine_catches_up_in_a_sweep(self, desk: Desk, tmp_path: Path) -> None:
        desk.data.change(desk.data.one(WERKPLAATS), {"kosten": "Tien euro"})
        desk.data.confirm(UTECH, 0, TODAY)
        self.on(desk, tmp_path / "elders").sweep(0)
        there = load(changes=tmp_path / "elders")
        assert there.initiative(WERKPLAATS).kosten == "Tien euro"
        assert there.initiative(UTECH).gezien == "2026-11"
        assert there.catalogue_version != desk.knowledge.editions.files.version

    def test_file_that_somebody_spoilt_is_made_again(self, desk: Desk, tmp_path: Path) -> None:
        desk.data.change(desk.data.one(WERKPLAATS), {"kosten": "Tien euro: ‘à €10’ # ja\n- nee 😀"})
        machine = self.on(desk, tmp_path)
        machine.sweep(0)
        good = (tmp_path / CHANGES_FILE).read_bytes()
        (tmp_path / CHANGES_FILE).write_text("initiatieven: [")
        machine.sweep(0)
        assert (tmp_path / CHANGES_FILE).read_bytes() == good
        assert load(changes=tmp_path).initiative(WERKPLAATS).kosten == "Tien euro: ‘à €10’ # ja\n- nee 😀"

    def test_file_that_holds_already_is_left_alone(self, desk: Desk, tmp_path: Path) -> None:
        machine = self.on(desk, tmp_path)
        machine.sweep(0)
        before = (tmp_path / CHANGES_FILE).stat()
        machine.sweep(0)
        after = (tmp_path / CHANGES_FILE).stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
        assert sorted(path.name for path in tmp_path.iterdir()) == [".slot", CHANGES_FILE]

    def test_folder_that_cannot_be_written_keeps_nobody_from_confirming(
        self, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "bestand").write_text("")
        machine = self.on(desk, tmp_path / "bestand")
        with caplog.at_level(logging.ERROR):
            machine.confirm(WERKPLAATS, 0, TODAY)
        assert "Controleer CATALOGUE_FOLDER" in caplog.text
        assert machine.one(WERKPLAATS).confirmed_on == TODAY

    def test_initiative_whose_file_is_gone_is_left_out(self, desk: Desk) -> None:
        with desk.door.engine.begin() as connection:
            connection.exec_driver_sql(
                "insert into initiative_state (initiative, confirmed_on, changes, version) "
                "values ('weg', '2026-11-26', '{}', 1)"
            )
        desk.data.confirm(WERKPLAATS, 0, TODAY)
        assert list(desk.written()) == [WERKPLAATS]

    def test_many_changes_at_once_end_in_the_last(self, desk: Desk) -> None:
        def change(number: int) -> bool:
            try:
                desk.data.change(desk.data.one(WERKPLAATS), {"kosten": f"{number} euro"})
            except ChangedMeanwhile:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            done = sum(pool.map(change, range(12)))
        standing = desk.data.one(WERKPLAATS)
        assert standing.version == done > 0
        assert desk.written()[WERKPLAATS]["wijzigingen"] == {"kosten": standing.entry.kosten}


class TestMails:
    @pytest.mark.parametrize(
        ("template", "details", "path"),
        [
            ("gegevens-controle", {"initiatief": WERKPLAATS}, ""),
            ("vragenlijst", {"initiatief": WERKPLAATS, "jaar": 2026}, "/vragenlijst/2026"),
        ],
    )
    def test_link_leads_to_the_page_that_it_is_about(
        self, desk: Desk, template: str, details: dict[str, Any], path: str
    ) -> None:
        values = {"address": HERE, "name": "Olga", "initiative": "De Werkplaats", "details": details}
        mail = written(template, "olga@voorbeeld.example", values)
        assert mail.link == f"{HERE}{MINE}{path}"
        assert desk.owner().get(mail.link.removeprefix(HERE)).status_code == 200
