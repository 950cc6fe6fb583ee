"""Two gateways and two processes of Rasa on one PostgreSQL: any takes any turn, and one of each may go half-way."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from psycopg.rows import dict_row

from tests.product.running import START_SECONDS, Product, free_port
from tests.scenarios.playing import play
from tests.scenarios.script import scenarios

pytestmark = pytest.mark.slow

ANSWERED_BY_RASA = '"event": "turn"'


class LoadBalancer(httpx2.BaseTransport):
    """Gives each request to the next gateway, past those that are gone."""

    def __init__(self, ports: list[int]) -> None:
        self._ports, self._line = ports, httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        for _ in self._ports:
            self._ports.append(self._ports.pop(0))
            request.url = request.url.copy_with(port=self._ports[0])
            try:
                return self._line.handle_request(request)
            except httpx2.ConnectError:
                continue
        raise httpx2.ConnectError("every gateway is gone", request=request)

    def close(self) -> None:
        self._line.close()


class Doubled(Product):
    """The product with two gateways and two processes of Rasa, behind a load balancer."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder)
        self.database_url = database_url
        self.second = free_port()
        balancer = LoadBalancer([self.ports["gateway"], self.second])
        self.http = httpx2.Client(base_url=self.url, timeout=30, transport=balancer)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"RASA_WORKERS": "2"}

    def start(self) -> None:
        """Start all five processes and wait until they are ready."""
        self.run("rasa-2", RASA_WORKER="1")
        self.run("gateway-2", GATEWAY_PORT=str(self.second))
        super().start()
        deadline = time.monotonic() + START_SECONDS
        while self.http.get("/readyz").json()["parts"]["model"] != "ok":  # it is ready when one Rasa is
            assert time.monotonic() < deadline, self.log("rasa-2")
            time.sleep(0.1)

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of the database."""
        with psycopg.connect(self.database_url, row_factory=dict_row) as connection:
            return connection.execute(query.replace("?", "%s"), values).fetchall()  # type: ignore[arg-type]


@pytest.fixture
def doubled(tmp_path: Path, postgresql: str) -> Iterator[Doubled]:
    product = Doubled(tmp_path, postgresql)
    try:
        product.start()
        yield product
    finally:
        product.stop()


def test_scenarios_go_as_on_one_machine_and_on_when_one_of_each_is_killed(doubled: Doubled) -> None:
    all_of_them = scenarios()
    for number, scenario in enumerate(all_of_them):
        if number == len(all_of_them) // 2:
            assert all(ANSWERED_BY_RASA in doubled.log(name) for name in ("rasa", "rasa-2")), "one took no turn"
            doubled.kill("rasa-2")
            doubled.kill("gateway-2")
            assert doubled.http.get("/readyz").json()["parts"]["model"] == "partly"
        play(doubled, scenario)
