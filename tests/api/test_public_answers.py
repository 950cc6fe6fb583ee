"""No address or number of a person is in what everybody can read: only what the installation publishes on purpose."""

import re
from collections.abc import Iterator

import pytest

from tests.fuzz.interface import EVERYWHERE, Interface

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w./-])(?:\+31|0031|0)[ -]?(?:\(0\))?[1-9](?:[ -]?\d){8}(?![\w-])")
# Made-up people in the examples of the description.
EXAMPLES = {"noor@bakker.example", "06 12345678", "+31612345678"}


@pytest.fixture(scope="module")
def interface(tmp_path_factory: pytest.TempPathFactory) -> Interface:
    return Interface(tmp_path_factory.mktemp("public"))


def addresses(interface: Interface) -> Iterator[str]:
    """Every address of the interface that is read without a secret, about what there is."""
    known = {**EVERYWHERE, "code": interface.event.event.code}
    described = interface.client.get("/v1/openapi.json").json()
    for path, item in described["paths"].items():
        if "get" in item and "security" not in item["get"]:
            yield "/v1" + re.sub(r"{(\w+)}", lambda name: known[name[1]], path)
    for one in interface.client.get("/v1/initiatieven").json():
        yield f"/v1/initiatieven/{one['id']}"
    yield from ("/v1/openapi.json", "/v1/docs")


def found(text: str) -> set[str]:
    return {*MAIL.findall(text), *PHONE.findall(text)}


def test_public_answers_hold_no_mail_address_and_no_phone_number(interface: Interface) -> None:
    settings = interface.parts.settings
    published = {"/v1/openapi.json": EXAMPLES | {settings.api_contact}, "/v1/docs": EXAMPLES | {settings.api_contact}}
    read = list(addresses(interface))
    assert len(read) > 30
    for path in read:
        answer = interface.client.get(path)
        assert answer.status_code == 200, path
        assert found(answer.text) <= published.get(path, set()), path


@pytest.mark.parametrize("text", ["bel 06 12345678", "+31612345678", "030-2345678", "noor@bakker.example"])
def test_what_is_looked_for_is_seen(text: str) -> None:
    assert found(text)


def test_numbers_that_are_no_phone_are_left() -> None:
    assert found('{"gemeente": "GM0344", "datum": "2026-12-03", "hash": "0f343b0931126a20"}') == set()
