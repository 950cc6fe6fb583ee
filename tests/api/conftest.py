"""The gateway without the processes behind it: the form at `/scan`, the interface with sites of its own, the portal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.conversations.assistant import Assistant, Taken
from api.settings import Settings
from knowledge.base import Knowledge
from tests.api.contact_gateway import Gateway
from tests.api.contact_pages import Entrepreneur
from tests.api.made_reports import SIZES, Made, engine_in, made
from tests.api.owner_desk import Desk, opened
from tests.api.portal_door import Door
from tests.api.post_office import House
from tests.api.receivers import Authority, running
from tests.api.scan_page import Form
from tests.api.software_owner import Owner
from tests.api.websites import BOTH, HERE, ONE, PAUSED, SITE


@pytest.fixture(scope="module")
def running_form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    database = tmp_path_factory.mktemp("scan") / "x.db"
    migrate(f"sqlite:///{database}")
    opened = Form(create_app(Settings(database_url=f"sqlite:///{database}")), database)
    yield opened
    opened.client.close()


@pytest.fixture
def scan(running_form: Form) -> Iterator[Form]:
    """The form without records of other tests."""
    parts = running_form.app.state.parts
    running_form.forget()
    yield running_form
    running_form.app.state.parts = parts


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The interface with three sites: two that share a website, and one that is paused."""
    folder = tmp_path_factory.mktemp("sites")
    for identifier, status, origins in (
        ("een", "actief", f"{ONE}, {BOTH}"),
        ("twee", "actief", BOTH),
        ("stil", "gepauzeerd", PAUSED),
    ):
        text = SITE.format(id=identifier, status=status, origins=origins)
        (folder / f"{identifier}.yaml").write_text(text)
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'x.db'}"
    migrate(url)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITES_FOLDER", str(folder))
        app = create_app(Settings(database_url=url))
    # Without the lifespan: nothing behind the gateway runs here.
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    yield client
    client.close()


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Stands in for Rasa, and notes the texts and choices that came as far as that."""
    heard: list[str | None] = []
    state = {
        "voortgang": {"vraag": "personen", "bevestigen": False, "nummer": 1, "totaal": 9},
        "antwoorden": {},
        "uitslag": None,
    }

    async def take_turn(_self: Assistant, _slots: object, **said: str | None) -> Taken:
        heard.append(said.get("text") or said.get("choice"))
        return Taken([{"tekst": "Hallo", "knoppen": []}], state, {}, "record", False)

    monkeypatch.setattr(Assistant, "take_turn", take_turn)
    return heard


@pytest.fixture(scope="module")
def running_entrepreneur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entrepreneur]:
    entrepreneur = Entrepreneur(Gateway(tmp_path_factory.mktemp("contact")))
    yield entrepreneur
    entrepreneur.client.close()


@pytest.fixture
def noor(running_entrepreneur: Entrepreneur) -> Entrepreneur:
    """An entrepreneur, before anybody asked anything."""
    running_entrepreneur.gateway.forget()
    return running_entrepreneur


@pytest.fixture(scope="module")
def running_portal(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def door(running_portal: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The portal without accounts of other tests, at noon."""
    running_portal.forget()
    running_portal.set_clock(monkeypatch)
    return running_portal


@pytest.fixture
def desk(door: Door, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The portal with what owners say of their initiatives, without what other tests left."""
    return opened(door, monkeypatch)


@pytest.fixture(scope="session")
def all_made(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> dict[str, Made]:
    """A report of each size."""
    found = {}
    for name, prepare in SIZES.items():
        engine = engine_in(tmp_path_factory.mktemp("reports"))
        prepare(engine, knowledge)
        found[name] = made(engine, knowledge)
        engine.dispose()
    return found


@pytest.fixture(params=list(SIZES))
def report(request: pytest.FixtureRequest, all_made: dict[str, Made]) -> Made:
    return all_made[request.param]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def house(tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = House(f"sqlite:///{tmp_path / 'x.db'}", tmp_path, knowledge)
    yield made
    made.engine.dispose()


@pytest.fixture
def owner(house: House, authority: Authority) -> Iterator[Owner]:
    with running(authority.server()) as receiver:
        yield Owner(house, receiver, authority.believed())
