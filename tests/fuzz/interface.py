"""The gateway with something of everything in it, and everybody who may ask for it."""

import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from api.conversations.assistant import Taken
from api.intakes.service import IntakeAnswers
from api.leads.vault import Vault
from api.webhooks.service import Who
from tests.api.contact_gateway import ASKED, OTHER, Gateway
from tests.api.event_register import register
from tests.api.lead_office import Office
from tests.api.released import publish_for_everybody

ANSWERS = {
    "personen": "2-9",
    "bedrijf": "I/I",
    "gemeente": "GM0355",
    "hulpvraag": "klanten",
    "administratie": "1",
    "vindbaar": "2",
    "gegevens": "0",
    "backup_updates": "1",
    "inloggen": "1",
}
EVERYWHERE = {
    "siteId": "demo",
    "initiatiefId": ASKED,
    "maand": "2026-12",
    "tabel": "tot-nu-sector",
}


@dataclass(frozen=True)
class Role:
    """Somebody who asks: with a secret or none, and what that is for."""

    name: str
    secret: str | None = None
    knows: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


class FinishedAssistant:
    """Stands in for Rasa: every conversation is over at once."""

    def __init__(self, gateway: Gateway) -> None:
        self._outcome = gateway.parts.intakes.assess(IntakeAnswers(ANSWERS), date.today()).uitslag

    async def take_turn(self, _slots: object, **_said: object) -> Taken:
        state = {
            "voortgang": {"vraag": None, "bevestigen": False, "nummer": None, "totaal": None},
            "antwoorden": {"grootteklasse": "2-9", "hulpvraag": None},
            "uitslag": self._outcome,
        }
        buttons = [{"titel": "Opnieuw", "waarde": "opnieuw"}]
        return Taken([{"tekst": "Klaar", "knoppen": buttons}], state, {}, str(uuid4()), True)


class Interface:
    """The interface under `/v1` with an event, a conversation, an intake, a lead and released figures."""

    def __init__(self, folder: Path) -> None:
        self.gateway = Gateway(folder)
        self.parts = self.gateway.parts
        self.parts.service._assistant = FinishedAssistant(self.gateway)
        self.client = TestClient(self.gateway.app, raise_server_exceptions=False)
        publish_for_everybody(self.parts.engine)
        self.event = register(self.gateway.app)
        self.roles = [self._nobody(), self._stranger(), self._entrepreneur(), self._device(), self._owner()]

    def _nobody(self) -> Role:
        return Role("niemand", None, {"code": self.event.event.code})

    def _stranger(self) -> Role:
        return Role("vreemde", "geraden", self._entrepreneur().knows)

    def _entrepreneur(self) -> Role:
        turn = self.client.post("/v1/gesprekken", json={"site": "demo", "kanaal": "widget"}).json()
        return Role("ondernemer", turn["sleutel"], {"gesprekId": turn["gesprekId"]})

    def _device(self) -> Role:
        code = self.event.event.code
        token = self.parts.events.log_in(code, self.event.staff_key, int(time.time()))
        assert token is not None
        return Role("apparaat", token[0], {"code": code, "intakeId": self._intake(code)})

    def _intake(self, code: str) -> str:
        body: dict[str, Any] = {"evenement": code, "antwoorden": ANSWERS}
        taken = self.client.post("/v1/intakes", json=body, headers={"Idempotency-Key": "een"})
        assert taken.status_code == 201, taken.text
        identifier: str = taken.json()["intakeId"]
        return identifier

    def _owner(self) -> Role:
        office = Office(self.parts.engine, self.parts.knowledge, self.parts.vault)
        assert isinstance(self.parts.vault, Vault)
        now = int(time.time())
        lead = office.lead(OTHER, now)
        person = office.people.find(f"{OTHER}@voorbeeld.nl")
        assert person is not None
        token = self.parts.connections.add_token(Who(person.id, person.initiatives), OTHER, "Klantsysteem", now)
        return Role("eigenaar", token, {"aanvraagId": lead})
