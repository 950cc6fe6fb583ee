"""The portal beside a certified OpenID Connect provider, that runs here."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from tests.api.portal_door import HERE, Browser, Door
from tests.browser.conftest import missing
from tests.product.running import free_port

FOLDER = Path(__file__).parent
BEGIN = "/portaal/inloggen/organisatie"
BACK = f"{HERE}{BEGIN}/terug"
START_SECONDS = 60


class Provider:
    """The provider. Whoever logs in there is who the test says."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["node", "provider.mjs", str(self.port), BACK]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, cwd=FOLDER, stdout=quiet, stderr=quiet)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                requests.get(f"{self.url}/jwks", timeout=1)
            except requests.RequestException:
                assert time.monotonic() < deadline, "the provider does not start"
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)

    def send_back(self, address: str, **claims: Any) -> str:
        """Log in at the provider as somebody of whom it says this, and give the path that it sends the browser to."""
        with requests.Session() as browser:
            while not address.startswith(BACK):
                asks = urlsplit(address).path.startswith("/wie/")
                answer = browser.request(
                    "POST" if asks else "GET", address, json=claims if asks else None, timeout=5, allow_redirects=False
                )
                assert answer.is_redirect, answer.text
                address = urljoin(address, answer.headers["location"])
        return address.removeprefix(HERE)


@pytest.fixture(scope="package")
def running_provider() -> Iterator[Provider]:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm", "apt-get install npm")
    if not (FOLDER / "node_modules/oidc-provider").exists():
        subprocess.run([npm, "ci", "--prefix", FOLDER], check=True)
    provider = Provider(free_port())
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="package")
def running_portal(tmp_path_factory: pytest.TempPathFactory, running_provider: Provider) -> Door:
    settings = {
        "oidc_issuer": running_provider.url,
        "oidc_client_id": "portaal",
        "oidc_client_secret": "geheim",
        "oidc_name": "Gemeente Zeist",
    }
    return Door(tmp_path_factory.mktemp("identity"), **settings)


@pytest.fixture
def provider(running_provider: Provider) -> Provider:
    return running_provider


@pytest.fixture
def browser(door: Door) -> Browser:
    return door.browser()
