"""The directory of this moment, and what of it is asked for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from api.hsds.directory import Directory, Item, Test, brief, has_taxonomy, has_term
from api.hsds.tables import service_id, tables
from knowledge.base import Knowledge
from knowledge.matching import serves

MODIFIED = "last_modified"


class Hsds:
    """Makes the directory anew when the catalogue or the day is another, and keeps since when each service is as it is.

    What changed before this gateway started is not known, so from a start on everything counts as changed then: who
    follows changes gets too much rather than too little.
    """

    def __init__(self, knowledge: Knowledge, homepage: str = "") -> None:
        """Take the data, which is followed, and where people read it, when that is known."""
        self._knowledge = knowledge
        self._homepage = homepage
        self._lock = Lock()
        self._made: tuple[object, Directory] | None = None
        self._since: dict[str, tuple[Item, str]] = {}

    def current(self, now: datetime) -> Directory:
        """The directory of a moment."""
        knowledge, today = self._knowledge.now(), now.date()
        key = (knowledge.catalogue_version, today)
        with self._lock:
            if self._made is None or self._made[0] != key:
                self._made = (key, self._directory(knowledge, now))
            return self._made[1]

    def _directory(self, knowledge: Knowledge, now: datetime) -> Directory:
        made = tables(knowledge, knowledge.catalogue, now.date(), internal=False)
        stamp = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        since = {}
        for identifier, service in Directory(made).services.items():
            before = self._since.get(identifier)
            since[identifier] = before if before and before[0] == service else (service, stamp)
        self._since = since
        for row in made["service"]:
            row[MODIFIED] = since[row["id"] or ""][1]
        return Directory(made, self._homepage)


@dataclass(frozen=True)
class Asked:
    """Filters that all count."""

    search: str | None = None
    term: str | None = None
    taxonomy: str | None = None
    organization: str | None = None
    modified_after: datetime | None = None

    def services(self, directory: Directory) -> dict[str, Item]:
        """The services that meet the filters, except the words."""
        tests: list[Test] = []
        if self.term is not None:
            tests.append(has_term(self.term))
        if self.taxonomy is not None:
            tests.append(has_taxonomy(self.taxonomy))
        if self.organization is not None:
            tests.append(lambda service: bool(service["organization_id"] == self.organization))
        if self.modified_after is not None:
            tests.append(_modified(self.modified_after))
        found = directory.services.items()
        return {identifier: service for identifier, service in found if all(test(service) for test in tests)}

    def searched(self, directory: Directory, items: dict[str, Item]) -> list[Item]:
        """Those of the items that have the words, best first."""
        if self.search is None:
            return list(items.values())
        hits = directory.search.find(self.search)
        return [items[name] for name in hits.names if name in items] if hits.complete else []


def _modified(after: datetime) -> Test:
    moment = after if after.tzinfo else after.replace(tzinfo=UTC)
    return lambda service: datetime.fromisoformat(service[MODIFIED]) >= moment


def services(directory: Directory, asked: Asked) -> list[Item]:
    """The services that are asked for, whole."""
    return asked.searched(directory, asked.services(directory))


def organizations(directory: Directory, asked: Asked) -> list[Item]:
    """The organizations that are asked for, whole: filters are about what they offer."""
    offering = {service["organization_id"] for service in asked.services(directory).values()}
    every = directory.organizations.items()
    return asked.searched(directory, {name: item for name, item in every if name in offering})


def service_at_locations(
    directory: Directory, asked: Asked, knowledge: Knowledge, municipality: str | None, now: datetime
) -> list[Item]:
    """The services at their locations that are asked for, whole; with a municipality, those that serve it."""
    fitting = asked.services(directory)
    if municipality is not None:
        serving = _serving(knowledge, municipality, now)
        fitting = {name: item for name, item in fitting.items() if name in serving}
    every = directory.service_at_locations.items()
    return asked.searched(directory, {name: item for name, item in every if item["service_id"] in fitting})


def _serving(knowledge: Knowledge, municipality: str, now: datetime) -> set[str]:
    areas, today = knowledge.municipalities, now.date()
    return {service_id(entry) for entry in knowledge.catalogue if serves(entry, municipality, areas, today)}


def without_services(organization: Item, *, whole: bool) -> Item:
    """An organization with its services in short, or whole."""
    return organization if whole else {**organization, "services": [brief(item) for item in organization["services"]]}


def minimal(item: Item) -> Item:
    """Only what somebody needs who follows changes."""
    return {"id": item["id"], MODIFIED: item[MODIFIED]}
