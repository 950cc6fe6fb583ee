"""What people might type: sentences that mean something, pieces of them, and what no keyboard should give."""

import yaml
from hypothesis import strategies as st

from knowledge.words import visible
from tests.knowledge.sentences import read
from tests.scenarios.script import FOLDER

MOST = 500  # characters that a message may have


def _typed() -> list[str]:
    """Every sentence that the scenarios type, and those with which the look-ups are tested."""
    found: set[str] = set()
    for path in sorted((FOLDER / "conversations").glob("*.yaml")):
        _collect(yaml.safe_load(path.read_text()), found)
    for name in ("headcount.yaml", "places.yaml", "sectors.yaml"):
        found.update(sentence for group in read(name)["zinnen"] for sentence in group["zinnen"])
    return sorted(text for text in found if visible(text) and len(text) <= MOST)


def _collect(node: object, found: set[str]) -> None:
    if isinstance(node, list):
        for part in node:
            _collect(part, found)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "zeg":
                found.update([value] if isinstance(value, str) else value)
            else:
                _collect(value, found)


TYPED = _typed()
ODD = [
    "",
    " ",
    "\u200b",
    "\x00",
    "👩‍🔧",
    "e\u0301",
    "ﬁ",
    "İ",
    "ß",
    "１２",
    "٤",
    "-1",
    "1e9",
    "0" * 60,
    "/",
    "{",
    "%s",
    "</p>",
]

sentences = st.sampled_from(TYPED)
pieces = st.one_of(sentences, st.sampled_from(ODD), st.text(max_size=40))
glued = st.lists(pieces, min_size=1, max_size=6).map(" ".join)


@st.composite
def _mistyped(draw: st.DrawFn) -> str:
    """A sentence with something left out, doubled or put in."""
    text = draw(sentences)
    at = draw(st.integers(0, len(text)))
    more = draw(st.one_of(st.just(""), st.characters(), st.just(text[at : at + 1])))
    return text[:at] + more + text[at + draw(st.integers(0, 2)) :]


texts = st.one_of(sentences, glued, _mistyped(), st.text(max_size=MOST)).map(lambda text: text[:MOST])
