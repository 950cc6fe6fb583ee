"""Codes of events and keys of their staff: what people read off a poster or a note, and type on a phone."""

import re
import secrets

# Without vowels, so that they spell no words, and without what looks alike: 0 and O, 1 and I or L, 5 and S, 2 and Z.
ALPHABET = "346789BCDFGHJKMNPQRTVWXY"
TAIL = 3  # characters after the name of the place
LONGEST_NAME = 12  # letters, so that a code has at most 16 characters
KEY_GROUPS, KEY_GROUP = 3, 4  # a staff key as XXXX-XXXX-XXXX: 24 ** 12 is more than 2 ** 55


def new_code(place: str) -> str:
    """A code for an event in a place: the longest word of its name and three random characters, "ZEIST-4K7"."""
    words = re.findall(r"[A-Z]+", place.upper().translate(str.maketrans("ÉËÏÖÜ", "EEIOU")))
    name = max(words, key=len, default="SCAN")[:LONGEST_NAME]
    return f"{name}-{_random(TAIL)}"


def new_key() -> str:
    """A staff key, "7KRT-93MD-QXB4"."""
    return "-".join(_random(KEY_GROUP) for _ in range(KEY_GROUPS))


def tidy_key(typed: str) -> str:
    """A staff key as it was given out, from what somebody typed: case, spaces and dashes do not matter."""
    return re.sub(r"[\s-]", "", typed).upper()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
