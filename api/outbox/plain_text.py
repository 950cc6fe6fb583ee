"""A mail as plain text, made of its HTML, so that both say the same."""

import textwrap
from html.parser import HTMLParser

WIDTH = 72
_BLOCKS = ("p", "li", "h2")


class _Reader(HTMLParser):
    """Reads the body: paragraphs, lists and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.links: list[str] = []
        self.main_link = ""
        self._inside = False
        self._words: list[str] = []
        self._block = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "body":
            self._inside = True
        elif tag in _BLOCKS:
            self._flush()
            self._block = tag
        elif tag == "a":
            self.links.append(given.get("href") or "")
            if given.get("class") == "knop":
                self.main_link = self.links[-1]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            label = "".join(self._words).strip()
            # Alone on its line, an address stays whole in every mail program.
            self._words.append("" if label.endswith(self.links[-1]) else f":\n{self.links[-1]}")
        elif tag in _BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        if self._inside and self._block:
            self._words.append(data)

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in _joined(self._words).split("\n")]
        text = "\n".join(_wrapped(line, *self._indents(number)) for number, line in enumerate(filter(None, lines)))
        if text:
            is_next = self._block == "li" and self.paragraphs and self.paragraphs[-1].startswith("- ")
            if is_next:
                self.paragraphs[-1] += f"\n{text}"
            else:
                self.paragraphs.append(text)
        self._words, self._block = [], ""

    def _indents(self, number: int) -> tuple[str, str]:
        """What stands before a line of this block, and before what does not fit on it."""
        if self._block != "li":
            return "", ""
        return "  " if number else "- ", "  "


def _joined(words: list[str]) -> str:
    """The words of a block; line breaks of the source are spaces, those before an address stay."""
    return "".join(word if word.startswith(":\n") else word.replace("\n", " ") for word in words)


def _wrapped(line: str, first: str, next_ones: str) -> str:
    return textwrap.fill(
        line, WIDTH, initial_indent=first, subsequent_indent=next_ones, break_long_words=False, break_on_hyphens=False
    )


def plain(html: str) -> tuple[str, str, tuple[str, ...]]:
    """The text of a mail, the link of its button (empty when it has none) and all its links."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.paragraphs) + "\n", reader.main_link, tuple(reader.links)
