"""The rules of the intake for browsers, as one JSON document."""

import hashlib
import json
from functools import lru_cache

from api.intakes.lists import BESIDE_MUNICIPALITIES, WHICH, sectors
from knowledge.base import Knowledge
from knowledge.portable import portable


@lru_cache(maxsize=1)
def rules_document(knowledge: Knowledge) -> tuple[bytes, str]:
    """The document and its ETag; made once, because the data stays what it is while the process runs.

    Next to the rules it holds the lists that the form shows too, so that both say the same.
    """
    content = portable(knowledge) | {
        "sectorenlijst": sectors(knowledge),
        "naastGemeenten": BESIDE_MUNICIPALITIES,
        "welke": WHICH,
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
