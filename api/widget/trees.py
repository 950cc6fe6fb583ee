"""Templates as trees of nodes, for a script that may not make nodes from text with tags (Trusted Types)."""

from html.parser import HTMLParser
from typing import Any

VOID = ("input", "br", "hr", "img")

Tree = list[Any]
"""Tag, attributes, and then texts and trees: what `build` in the widget's `dom.ts` makes nodes of."""


class _TreeParser(HTMLParser):
    """Builds a tree. Lines of a template that hold only space are layout and no text."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Tree] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Tree = [tag, {name: value or "" for name, value in attrs}]
        self._open[-1].append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1][0] != tag:
            raise ValueError(f"</{tag}> does not close <{self._open[-1][0]}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() or (data and "\n" not in data):
            self._open[-1].append(data)

    def tree(self) -> Tree:
        """The one node that was parsed."""
        self.close()
        top = self._open.pop()
        if self._open or len(top) != 3 or isinstance(top[2], str):
            raise ValueError("a template holds one element, closed")
        node: Tree = top[2]
        return node


def tree(html: str) -> Tree:
    """HTML with one element around it as a tree. Raises ValueError when tags do not match."""
    parser = _TreeParser()
    parser.feed(html.strip())
    return parser.tree()
