"""The documents: their texts, blocks of commands, headings and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.handbook.reading import slug

ROOT = Path(__file__).parents[2]
EVERY = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
# What people follow step by step.
HANDBOOKS = (
    ROOT / "README.md",
    ROOT / "docs/operations.md",
    ROOT / "docs/rasa-clients.md",
    *sorted((ROOT / "docs/operations").glob("*.md")),
    *sorted((ROOT / "docs/handboek").glob("*.md")),
)
DUTCH = tuple(sorted((ROOT / "docs/handboek").glob("*.md")))

_BLOCK = re.compile(r"(?:^ *<!-- (?P<mark>[^\n]+) -->\n)?^ *```(?P<language>\w*)\n(?P<body>.*?)^ *```$", re.M | re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_INLINE = re.compile(r"`([^`\n]+(?:\n *[^`\n]+)?)`")
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, what the comment before it says, and its lines."""

    language: str
    mark: str
    body: str


def name(path: Path) -> str:
    """A document as a test names it."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[Block]:
    """Every block of code of a document."""
    found = _BLOCK.finditer(path.read_text(encoding="utf-8"))
    return [Block(match["language"], match["mark"] or "", match["body"]) for match in found]


def prose(path: Path) -> str:
    """A document without blocks of code and comments."""
    return _COMMENT.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8")))


def code(path: Path) -> Iterator[str]:
    """Everything in a document that is code: words between backticks, and blocks."""
    yield from _CODE.findall(prose(path))
    yield from (block.body for block in blocks(path))


def inline(path: Path) -> Iterator[str]:
    """Words between backticks, also those that a line ends in the middle of, as one line."""
    yield from (" ".join(words.split()) for words in _INLINE.findall(prose(path)))


def anchors(path: Path) -> set[str]:
    """What a link into a document can end in."""
    return {slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", prose(path), re.M)}


def links(path: Path) -> list[str]:
    """Where a document links to, pictures included."""
    return _LINK.findall(_CODE.sub("", prose(path)))
