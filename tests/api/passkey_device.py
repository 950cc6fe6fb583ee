"""A device with a passkey, as a test plays it, and a browser of who holds it."""

import json
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from tests.api.portal_door import Door
from tests.api.portal_door import field as hidden

PASSKEY = "/portaal/passkey"
LOCAL = "http://localhost:8000"
OLGA = "olga@initiatief.example"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """Makes one key and signs with it, as an authenticator does; what it says can be changed."""

    origin: str = LOCAL
    domain: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        about = bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | WITH_KEY) + about}
        response = {
            "clientDataJSON": self._client(options, "webauthn.create"),
            "attestationObject": bytes_to_base64url(cbor2.dumps(attestation)),
        }
        return self._answer(response)

    def sign(self, options: dict[str, Any]) -> str:
        client, data = self._client(options, "webauthn.get"), self._data(self.flags)
        signed = data + sha256(base64url_to_bytes(client)).digest()
        response = {
            "clientDataJSON": client,
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(self.key.sign(signed, ec.ECDSA(SHA256()))),
        }
        return self._answer(response)

    def _client(self, options: dict[str, Any], kind: str) -> str:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return bytes_to_base64url(json.dumps(said).encode())

    def _data(self, flags: int) -> bytes:
        return sha256(self.domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _answer(self, response: dict[str, str]) -> str:
        identifier = bytes_to_base64url(self.credential)
        return json.dumps({"id": identifier, "rawId": identifier, "type": "public-key", "response": response})


class Visitor:
    """A browser at localhost, in which an owner is logged in."""

    def __init__(self, door: Door, email: str = OLGA) -> None:
        self.browser = door.browser()
        self.browser.client.base_url = LOCAL
        self.door = door
        self.email = email
        self.log_in()

    def log_in(self) -> None:
        self.browser.client.cookies.clear()
        token = hidden(self.browser.get("/portaal/inloggen").text, "formulier")
        self.send("/portaal/inloggen", formulier=token, email=self.email)
        (mail,) = [mail for mail in self.door.post.deliver() if "/inloggen/link" in mail.link]
        page = self.browser.get(mail.link.removeprefix(LOCAL)).text
        fields = {name: hidden(page, name) for name in ("formulier", "sleutel")}
        assert self.send("/portaal/inloggen/link", **fields).status_code == 303

    def send(self, path: str, **fields: str) -> Any:
        return self.browser.send(path, origin=LOCAL, **fields)

    def options(self) -> dict[str, Any]:
        """Open the page, and read what it asks of the device."""
        found = re.search('data-opties="([^"]*)"', self.browser.get(PASSKEY).text)
        assert found
        options: dict[str, Any] = json.loads(unescape(found[1]))
        return options

    def answer(self, what: str, answer: str, naam: str = "Telefoon") -> Any:
        page = self.browser.get("/portaal/initiatieven").text  # so that no challenge is renewed
        return self.send(f"{PASSKEY}/{what}", formulier=hidden(page, "formulier"), antwoord=answer, naam=naam)

    def make(self, device: Device, naam: str = "Telefoon") -> Any:
        return self.answer("nieuw", device.make(self.options()), naam)

    def confirm(self, device: Device) -> Any:
        return self.answer("bevestigen", device.sign(self.options()))

    def remove(self, device: Device) -> Any:
        token = hidden(self.browser.get("/portaal/initiatieven").text, "formulier")
        return self.send(f"{PASSKEY}/verwijderen", formulier=token, passkey=bytes_to_base64url(device.credential))

    @property
    def confirmed(self) -> bool:
        return bool(self.browser.get("/portaal/koppelingen").status_code == 200)
