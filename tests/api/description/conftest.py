"""The description as clients get it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.browser.conftest import missing

HERE = Path(__file__).parent
SPECTRAL = HERE / "node_modules/.bin/spectral"

RULESET = "ruleset.yaml"

Lint = Callable[[dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    response = client.get("/v1/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


@pytest.fixture(scope="session")
def spectral() -> str:
    """The command, installed when it is not there yet."""
    if not SPECTRAL.exists():
        npm = shutil.which("npm")
        if npm is None:
            missing("npm", "apt-get install npm")
        # Without scripts: one of its dependencies would tell others that it was installed.
        subprocess.run([npm, "ci", "--ignore-scripts", "--prefix", HERE], check=True)
    return str(SPECTRAL)


@pytest.fixture
def lint(spectral: str, tmp_path: Path) -> Lint:
    """What the rules have to say of a description."""

    def findings(description: dict[str, Any]) -> list[dict[str, Any]]:
        path = tmp_path / "openapi.json"
        for name in ("design-rules.yaml", RULESET):  # what an exception is for, is looked up from where it stands
            shutil.copy(HERE / name, tmp_path)
        path.write_text(json.dumps(description))
        command = [spectral, "lint", "--ruleset", tmp_path / RULESET, "--format", "json", "--quiet", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return [
            {"rule": one["code"], "where": "/".join(map(str, one["path"])), "what": one["message"]} for one in found
        ]

    return findings
