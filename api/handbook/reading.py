"""A handbook in Markdown as HTML: headings that can be linked to, links between handbooks, and no comments."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FOLDER = Path(__file__).parents[2] / "docs/handboek"
PICTURES = FOLDER / "beelden"
START = "/handboek"
INDEX = "index"

_SUMMARY = 160  # characters; search engines cut off what is longer
_COMMENT = re.compile(r"^ *<!--.*?-->\n", re.MULTILINE | re.DOTALL)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Handbook:
    """A handbook: its name in the address, its title, what it is about in a line, and all below the title as HTML."""

    name: str
    title: str
    summary: str
    content: Markup


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return _NOT_IN_ANCHORS.sub("", heading.strip().lower()).replace(" ", "-")


def names() -> list[str]:
    """The handbooks that there are, without the page that leads to them."""
    return sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != INDEX)


def file(name: str) -> Path:
    """The file of a handbook."""
    return FOLDER / f"{name}.md"


def read(name: str) -> Handbook | None:
    """A handbook; None when there is none of this name."""
    path = file(name)
    return _made(name, path.stat().st_mtime_ns) if _NAME.fullmatch(name) and path.is_file() else None


def picture(name: str) -> Path | None:
    """The file of a picture; None when there is none of this name."""
    path = PICTURES / f"{name}.png"
    return path if _NAME.fullmatch(name) and path.is_file() else None


@lru_cache(maxsize=32)
def _made(name: str, _changed: int) -> Handbook:
    """A handbook, made again when its file has changed."""
    text = file(name).read_text(encoding="utf-8")
    heading, _, rest = _COMMENT.sub("", text).partition("\n")
    title = heading.removeprefix("# ")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(rest)
    _change(tokens)
    summary = shorten(f"{title}. {_first_words(tokens)}", _SUMMARY, placeholder=" …")
    content = str(reader.renderer.render(tokens, reader.options, {}))
    return Handbook(name, title, summary, Markup(content))  # noqa: S704 - the reader escapes all HTML


def _first_words(tokens: list[Token]) -> str:
    """The first paragraph without its marks."""
    first = next((token.children or () for token in tokens if token.type == "inline"), ())
    return "".join(" " if child.type == "softbreak" else child.content for child in first)


def _change(tokens: list[Token]) -> None:
    """Lower headings by one, because the title of the site is the first; give them anchors; turn links into ours."""
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + 1}"
        if token.type == "heading_open":
            token.attrSet("id", slug(tokens[index + 1].content))
        _change_inline(token.children or [])


def _change_inline(tokens: list[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.type == "image":
            token.attrSet("src", f"{START}/{token.attrGet('src')}")
            token.attrSet("loading", "lazy")
        elif token.type == "link_open":
            file, _, anchor = str(token.attrGet("href")).partition("#")
            if file.startswith("../"):  # other documents are not on the site
                end = next(later for later in tokens[index:] if later.type == "link_close")
                token.tag = end.tag = "span"
                token.attrs = {}
            elif file.endswith(".md"):
                there = START if file == f"{INDEX}.md" else f"{START}/{file.removesuffix('.md')}"
                token.attrSet("href", there + (f"#{anchor}" if anchor else ""))
