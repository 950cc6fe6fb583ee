"""The actions do not start without the secret that the parts of the product share."""

import runpy

import pytest

from actions.server import SECRET, SHORTEST


@pytest.mark.parametrize("secret", [None, "x" * (SHORTEST - 1)])
def test_no_start_without_the_secret(monkeypatch: pytest.MonkeyPatch, secret: str | None) -> None:
    monkeypatch.setattr("knowledge.log_lines.install", lambda *_: None)  # it would be for all tests that follow
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: pytest.fail("it started"))
    monkeypatch.delenv(SECRET, raising=False)
    if secret:
        monkeypatch.setenv(SECRET, secret)
    with pytest.raises(SystemExit, match=rf"^{SECRET} is missing or shorter than {SHORTEST} characters\."):
        runpy.run_module("actions", run_name="__main__")
