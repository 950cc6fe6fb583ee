"""The gateway with initiatives that somebody looks after, and a look into its database."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from analytics.database import migrate
from api.app import create_app
from api.portal.people import OWNER, invitation
from api.portal.repository import PortalRepository
from api.portal.service import Portal
from api.settings import Settings

HERE = "http://testserver"
ASKED, OTHER, NOBODYS = "digitale-mkb-werkplaats-utrecht", "spot035", "kvk"


class Gateway:
    """The gateway with two initiatives that somebody looks after."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'x.db'}"
        migrate(url)
        self.app: FastAPI = create_app(
            Settings(
                database_url=url,
                secrets_folder=folder / "secrets",
                limit_turns=0,
                limit_starts=0,
                limit_reads=0,
                limit_site=0,
            )
        )
        self.client = TestClient(self.app, base_url=HERE)
        self.parts = self.app.state.parts
        self.portal = Portal(PortalRepository(self.parts.engine), self.parts.attempts, _NoPost())  # type: ignore[arg-type]
        for initiative in (ASKED, OTHER):
            email = f"{initiative}@voorbeeld.nl"
            self.portal.invite(invitation(email, "Eva", OWNER, [initiative], known=[initiative]))

    def rows(self, query: str, **values: Any) -> list[Any]:
        with self.parts.engine.connect() as connection:
            return list(connection.execute(text(query), values))

    def leads(self) -> list[Any]:
        return self.rows("select * from lead order by initiative")

    def values(self, *tables: str) -> set[Any]:
        """Everything that stands in these tables, but for the lists and objects among it."""
        found = {value for table in tables for row in self.rows(f"select * from {table}") for value in row}
        assert found
        return found

    def hashes(self) -> dict[str, str]:
        return {found["id"]: found["tekstHash"] for found in self.client.get("/v1/contactteksten").json()["teksten"]}

    def forget(self) -> None:
        with self.parts.engine.begin() as connection:
            for table in (
                "lead_key",
                "lead_link",
                "lead",
                "outbox_item",
                "attempt",
                "given_intake",
                "referred_initiative",
                "referral",
            ):
                connection.execute(text(f"delete from {table}"))


class _NoPost:
    def post(self, _make: object) -> None:
        """Send nothing."""
