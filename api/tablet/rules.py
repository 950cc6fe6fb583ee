"""The rules of the intake for browsers, as one JSON document."""

import hashlib
import json
from functools import lru_cache

from api.intakes.lists import BESIDE_MUNICIPALITIES, WHICH, sectors
from api.tablet.contact_rules import contact_rules
from knowledge.base import Knowledge
from knowledge.portable import portable


def rules_document(knowledge: Knowledge) -> tuple[bytes, str]:
    """The document and its ETag; made once for as long as the initiatives stay what they are.

    Next to the rules it holds the lists that the form shows too, so that both say the same.
    """
    return _document(knowledge.now())


@lru_cache(maxsize=1)
def _document(knowledge: Knowledge) -> tuple[bytes, str]:
    content = portable(knowledge) | {
        "sectorenlijst": sectors(knowledge),
        "naastGemeenten": BESIDE_MUNICIPALITIES,
        "welke": WHICH,
        "contact": contact_rules(),
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
