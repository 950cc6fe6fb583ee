"""Sealing what must be able to vanish: each box has a key of its own, and without that key it is noise.

The key of a box is wrapped with the newest of LEAD_KEYS; changing those keys means wrapping small keys again, and no
box. Names follow data-at-rest practice: box (ciphertext), key (data key), wrapping keys (key encryption keys).
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.leads.contact import Contact
from api.leads.keys import KeyRing

_VERSION = 1
_KEY_BITS, _NONCE_BYTES = 256, 12
_TOKEN_BYTES = 24


class Unreadable(Exception):
    """A box does not open: another key, another lead, or changed."""


@dataclass(frozen=True)
class Profile:
    """What the owner needs to know of a firm, in codes as in knowledge/intake.yaml; `site` is where it asked."""

    sbi2025: str
    sbi2008: str
    size_class: str
    municipality: str
    stage: str
    question: str
    site: str


@dataclass(frozen=True)
class Content:
    """What is in the box of a lead."""

    contact: Contact
    profile: Profile


class Vault:
    """Seals and opens."""

    def __init__(self, keys: KeyRing) -> None:
        """Take the keys."""
        self._keys = keys

    @property
    def _wrapping(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self._keys.current().wrapping])

    def seal(self, lead: str, content: Content) -> tuple[bytes, bytes]:
        """The box of a lead, and its wrapped key."""
        key, nonce = AESGCM.generate_key(_KEY_BITS), secrets.token_bytes(_NONCE_BYTES)
        text = json.dumps(asdict(content), ensure_ascii=False).encode()
        return nonce + AESGCM(key).encrypt(nonce, text, _bound_to(lead)), self._wrapping.encrypt(key)

    def open(self, lead: str, box: bytes, wrapped: bytes) -> Content:
        """What is in the box of a lead. Raises Unreadable."""
        try:
            key = self._wrapping.decrypt(wrapped)
            text = AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], _bound_to(lead))
        except (InvalidToken, InvalidTag, ValueError):  # the last of a box or key that is too short to be one
            raise Unreadable from None
        read = json.loads(text)
        return Content(Contact(**read["contact"]), Profile(**read["profile"]))

    def wrap(self, secret: bytes) -> bytes:
        """Seal something small, such as a key or an address."""
        return self._wrapping.encrypt(secret)

    def unwrap(self, wrapped: bytes) -> bytes:
        """What was wrapped. Raises Unreadable."""
        try:
            return self._wrapping.decrypt(wrapped)
        except InvalidToken:
            raise Unreadable from None

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same under the newest wrapping key. Raises Unreadable."""
        try:
            return self._wrapping.rotate(wrapped)
        except InvalidToken:
            raise Unreadable from None

    def index(self, text: str) -> str:
        """What an address, a number or a network is found by: the same for the same, and nothing else can be read."""
        return hmac.new(self._keys.current().index, text.encode(), hashlib.sha256).hexdigest()

    def token(self, purpose: str, item: str) -> str:
        """The token of a link in a mail: always the same for one mail, so that sending it again changes nothing."""
        digest = hmac.digest(self._keys.current().links, f"{purpose}\n{item}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode()


def _bound_to(lead: str) -> bytes:
    """Ties a box to its lead, so that it cannot be laid under another one."""
    return f"{lead}\n{_VERSION}".encode()
