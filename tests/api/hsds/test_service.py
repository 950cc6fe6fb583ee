"""The directory follows the catalogue, and tells since when a service is as it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from api.hsds.directory import Directory
from api.hsds.service import Asked, Hsds, services
from api.hsds.tables import service_id
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.catalogue_folder import Edition

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Changing:
    """The catalogue of which a test says what it is."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.files = Edition(knowledge.catalogue, "een")
        self.edition = self.files
        self.hsds = Hsds(replace(knowledge, editions=self))

    def current(self) -> Edition:
        return self.edition

    def change(self, **fields: object) -> None:
        """Change an initiative, the first one."""
        first, *rest = self.edition.catalogue
        changed: Initiative = msgspec.structs.replace(first, **fields)
        self.edition = Edition((changed, *rest), self.edition.version + "+")

    def at(self, moment: datetime) -> Directory:
        return self.hsds.current(moment)

    def changed_since(self, since: datetime, now: datetime) -> list[str]:
        return [item["id"] for item in services(self.at(now), Asked(modified_after=since))]


@pytest.fixture
def changing(knowledge: Knowledge) -> Changing:
    return Changing(knowledge)


def test_change_of_an_owner_is_there_at_once(changing: Changing) -> None:
    first = service_id(changing.edition.catalogue[0])
    changing.at(NOON)
    changing.change(kosten="Tien euro")
    assert changing.at(NOON).services[first]["fees_description"] == "Tien euro"


def test_only_what_changed_is_said_to_have_changed(changing: Changing) -> None:
    first = service_id(changing.edition.catalogue[0])
    later = NOON + timedelta(hours=1)
    assert len(changing.changed_since(NOON, NOON)) == len(changing.edition.catalogue)
    changing.change(kosten="Tien euro")
    assert changing.changed_since(later, later) == [first]
    assert changing.at(later).services[first]["last_modified"] == "2026-11-26T13:00:00.000Z"
    assert changing.changed_since(later, later + timedelta(days=1)) == [first]


def test_catalogue_that_stays_the_same_is_made_once(changing: Changing) -> None:
    assert changing.at(NOON) is changing.at(NOON + timedelta(hours=2))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "actief"}, "active"),
        ({"status": "actief", "begin": date(2026, 11, 27)}, "inactive"),
        ({"status": "actief", "einde": date(2026, 11, 25)}, "inactive"),
        ({"status": "actief", "einde": date(2026, 11, 26)}, "active"),
        ({"status": "gestopt"}, "defunct"),
        ({"status": "opgegaan_in", "opvolger": "EDIH"}, "defunct"),
    ],
)
def test_status_is_that_of_the_day(changing: Changing, fields: dict[str, object], status: str) -> None:
    changing.change(**fields)
    assert changing.at(NOON).services[service_id(changing.edition.catalogue[0])]["status"] == status


def test_last_day_that_passes_is_a_change(changing: Changing) -> None:
    changing.change(status="actief", einde=date(2026, 11, 26))
    first = service_id(changing.edition.catalogue[0])
    tomorrow = NOON + timedelta(days=1)
    assert changing.at(NOON).services[first]["status"] == "active"
    assert changing.at(tomorrow).services[first]["status"] == "inactive"
    assert changing.changed_since(tomorrow, tomorrow) == [first]
