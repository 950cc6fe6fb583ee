"""What differs between two versions of a preview, word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from actions.preview.parts import Part
from actions.preview.playing import Bubble

SAME, NEW, GONE = "zelfde", "nieuw", "weg"
Piece = tuple[str, str]  # one of these three, and the words


@dataclass(frozen=True)
class Marked:
    """A message with its changes: pieces of its text, and its buttons with what became of each."""

    who: str
    pieces: tuple[Piece, ...]
    buttons: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is new or gone."""
        return any(kind != SAME for kind, _ in (*self.pieces, *self.buttons))


@dataclass(frozen=True)
class MarkedPart:
    """A part of the preview with its changes."""

    group: str
    title: str
    messages: tuple[Marked, ...]

    @property
    def changes(self) -> int:
        """How many of its messages are new, gone or different."""
        return sum(message.changed for message in self.messages)


def marked(now: Sequence[Part], before: Sequence[Part] | None) -> tuple[MarkedPart, ...]:
    """Every part of now, marked against what it was; parts that are gone come last. Without a before nothing is."""
    if before is None:
        before = now
    old: Mapping[tuple[str, str], Part] = {(part.group, part.title): part for part in before}
    new = {(part.group, part.title) for part in now}
    gone = [part for name, part in old.items() if name not in new]
    return (
        *(_part(part, old[part.group, part.title].bubbles if (part.group, part.title) in old else ()) for part in now),
        *(MarkedPart(part.group, part.title, tuple(_whole(b, GONE) for b in part.bubbles)) for part in gone),
    )


def _part(part: Part, before: Sequence[Bubble]) -> MarkedPart:
    return MarkedPart(part.group, part.title, tuple(_messages(before, part.bubbles)))


def _messages(before: Sequence[Bubble], now: Sequence[Bubble]) -> Iterator[Marked]:
    for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole(bubble, SAME) for bubble in now[c:d])
            continue
        paired = min(b - a, d - c)
        for was, bubble in zip(before[a : a + paired], now[c : c + paired], strict=True):
            yield from [_against(was, bubble)] if was.who == bubble.who else [_whole(was, GONE), _whole(bubble, NEW)]
        yield from (_whole(bubble, GONE) for bubble in before[a + paired : b])
        yield from (_whole(bubble, NEW) for bubble in now[c + paired : d])


def _whole(bubble: Bubble, kind: str) -> Marked:
    return Marked(bubble.who, ((kind, bubble.text),), tuple((kind, title) for title in bubble.buttons))


def _against(was: Bubble, bubble: Bubble) -> Marked:
    buttons = [*((SAME if title in was.buttons else NEW, title) for title in bubble.buttons)]
    buttons += [(GONE, title) for title in was.buttons if title not in bubble.buttons]
    return Marked(bubble.who, tuple(_pieces(was.text, bubble.text)), tuple(buttons))


def _pieces(was: str, now: str) -> Iterator[Piece]:
    old, new = re.findall(r"\s+|\S+", was), re.findall(r"\s+|\S+", now)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, "".join(new[c:d])
        if tag in ("delete", "replace"):
            yield GONE, "".join(old[a:b])
        if tag in ("insert", "replace"):
            yield NEW, "".join(new[c:d])
