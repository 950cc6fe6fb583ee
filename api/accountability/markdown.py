"""Our own pages as Markdown, for who wants to keep, compare or edit a document. Knows the elements of our templates."""

import re
from html.parser import HTMLParser

ONLY_ON_PAGE = "alleen-pagina"  # class of what makes no sense in a file
_HEADINGS = {"h2": "# ", "h3": "## ", "h4": "### "}
_BLOCKS = {*_HEADINGS, "p", "li", "caption", "summary", "th", "td"}
_AROUND = {"strong": "**", "em": "*", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_<])")
_LINE_START = re.compile(r"^(\d+[.)]|[#+>-])(?=\s)")


def markdown(html: str, base: str = "") -> str:
    """A page as Markdown. `base` stands before addresses on our own site."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.blocks) + "\n"


class _Reader(HTMLParser):
    """Gathers blocks: headings, paragraphs, lists and tables."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._base = base
        self._text: list[str] | None = None
        self._lists: list[list[str]] = []
        self._numbered: list[bool] = []
        self._rows: list[list[str]] = []
        self._links: list[str] = []
        self._code = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._hidden or ONLY_ON_PAGE in (given.get("class") or "").split():
            self._hidden += 1
            return
        if tag in _BLOCKS:
            self._text = []
        elif tag in ("ul", "ol"):
            self._lists.append([])
            self._numbered.append(tag == "ol")
        elif tag == "tr":
            self._rows.append([])
        elif tag in _AROUND:
            self._add(_AROUND[tag])
            self._code = tag == "code"
        elif tag == "a":
            self._links.append(given.get("href") or "")
            self._add("[")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
        elif tag in _AROUND:
            self._code = False
            self._add(_AROUND[tag])
        elif tag == "a":
            address = self._links.pop()
            self._add(f"]({self._base if address.startswith('/') else ''}{address})")
        elif tag == "table":
            self._table()
        elif tag in ("ul", "ol"):
            self._list()
        elif tag in _BLOCKS:
            self._block(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._add(data if self._code else _SPECIAL.sub(r"\\\1", data))

    def _add(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _block(self, tag: str) -> None:
        text, self._text = " ".join("".join(self._text or []).split()), None
        if tag in ("th", "td"):
            self._rows[-1].append(text.replace("|", r"\|"))
        elif tag == "li":
            self._lists[-1].append(text)
        elif tag in ("caption", "summary"):
            self.blocks.append(f"**{text}**")
        elif text:
            self.blocks.append(_HEADINGS[tag] + text if tag in _HEADINGS else _LINE_START.sub(r"\\\1", text))

    def _list(self) -> None:
        items, numbered = self._lists.pop(), self._numbered.pop()
        marks = [f"{number}." if numbered else "-" for number in range(1, len(items) + 1)]
        self.blocks.append("\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True)))

    def _table(self) -> None:
        head, *rows = self._rows
        self._rows = []
        lines = [head, ["---"] * len(head), *rows]
        self.blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
