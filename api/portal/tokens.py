"""Secrets that browsers hold. Only their hashes are stored, so that a copy of the database opens nothing."""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32
_FORM = b"formulier"


def new_token() -> str:
    """A secret that cannot be guessed: 256 bits, in 43 characters that may stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is stored of a token: its SHA-256. Slow hashing is for words that people choose; this cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """What every form carries: only pages that were made for this browser know it, and it does not tell the cookie."""
    return hmac.new(token.encode(), _FORM, hashlib.sha256).hexdigest()


def same(given: object, expected: str) -> bool:
    """Whether a form sent what is expected, in a time that does not tell how much of it was right."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())
