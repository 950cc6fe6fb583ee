"""Websites with the assistant and without, and what their pages get to see, for the tests of sites and origins."""

import httpx2
from fastapi.testclient import TestClient

from api.sites.cors import ANSWER_HEADERS

HERE = "http://testserver"  # where the client of these tests thinks that we are
ONE = "https://www.een.nl"
BOTH = "https://www.regio.nl"
PAUSED = "https://www.stil.nl"
HOSTILE = [
    "https://evil.example",
    "https://www.een.nl.evil.example",
    "https://evil.example/https://www.een.nl",
    "https://een.nl",
    "https://x.www.een.nl",
    "https://wwwxeen.nl",
    "http://www.een.nl",
    "https://WWW.EEN.NL",
    "https://www.een.nl/",
    "https://www.een.nl:443",
    "https://www.een.nl:8443",
    "https://www.een.nl, https://evil.example",
    "https://evil.example https://www.een.nl",
    "https://ik@www.een.nl",
    "//www.een.nl",
    "www.een.nl",
    "null",
    "*",
    "",
    "http://testserver:8000",
    "http://testserver.evil.example",
    "http://127.0.0.1:8000",
]
SITE = """\
id: {id}
naam: Gemeente {id}
aanbieder: de gemeente {id}
status: {status}
telt: false
gemeente: GM0344
contact: {{naam: Loket, url: https://www.{id}.nl/loket, telefoon: "14 030", email: loket@{id}.nl}}
herkomsten: [{origins}]
paginas: {{uit: [/archief/*]}}
teksten: {{nl: {{kop: Hulp van {id}}}}}
privacy: https://www.{id}.nl/privacy
thema: {{accent: "#0b5672", opAccent: "#ffffff"}}
nietBekend: [openingstijden]
"""


def start(client: TestClient, site: str, origin: str | None) -> httpx2.Response:
    headers = {} if origin is None else {"Origin": origin}
    return client.post("/v1/gesprekken", json={"site": site, "kanaal": "widget"}, headers=headers)


def preflight(client: TestClient, path: str, origin: str, method: str = "POST", headers: str = "") -> httpx2.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return client.options(path, headers=asked | ({"Access-Control-Request-Headers": headers} if headers else {}))


def cors(response: httpx2.Response) -> dict[str, str]:
    prefix = "access-control-"
    return {name.removeprefix(prefix): v for name, v in response.headers.items() if name.startswith(prefix)}


def assert_problem(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["detail"]
    assert response.headers["api-version"]
    assert response.headers["x-content-type-options"] == "nosniff"


def assert_refused(response: httpx2.Response, origin: str) -> None:
    """An unknown website gets nothing: no way to read, and nothing worth reading."""
    assert_problem(response, 403)
    assert cors(response) == {}
    assert "Origin" in response.headers["vary"]
    assert not origin or origin == "*" or origin not in response.text


def assert_readable(response: httpx2.Response, origin: str) -> None:
    found = cors(response)
    assert found["allow-origin"] == origin
    assert {name.strip() for name in found["expose-headers"].split(",")} == set(ANSWER_HEADERS)
    assert "allow-credentials" not in found
    assert "Origin" in response.headers["vary"]
