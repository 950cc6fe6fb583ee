"""Drawings: what Vega-Lite makes of a description, as an SVG for paper and as an image for a page.

A drawing has the light colours of the portal and is used on paper as it is; on a page it is an image that also knows
the dark ones.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import escape
from typing import Any
from urllib.parse import quote

import vl_convert

from api.typesetting import FONTS

INK, SOFT, LINE, ACCENT, PAPER = "#1a2529", "#4d5b61", "#6f8087", "#0b5672", "#ffffff"
DARK = {INK: "#e9eff1", SOFT: "#b0bec4", LINE: "#82949c", ACCENT: "#82cbe6", PAPER: "#1a252a"}
HATCHED, SPARSE = "#aaaaa1", "#aaaaa2"  # stand for a pattern until the drawing is finished
WIDTH = 340  # units, that are pixels on a phone; a letter is 14 of them high
_FONT = "Atkinson Hyperlegible Next"
_FONTS_OF_BROWSER = "system-ui, sans-serif"  # an image cannot use the fonts of its page
_KEPT = 512  # drawings; a release has some twenty

_UNWANTED = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|stroke-miterlimit|opacity="1")(?:="[^"]*")?')
_EMPTY = re.compile(r'<path d="(?:M0,0h0v0h0Z)?"[^>]*/>')
_OPENING = re.compile(r"<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>(?:<rect[^>]*/>)?")
_TAG = re.compile(r"<[^>]+>")
_LONG_NUMBER = re.compile(r"(\d+\.\d{2})\d+")


@dataclass(frozen=True)
class Words:
    """What is told of a drawing to who does not see it: a name that is unique on its page, a title, a description."""

    name: str
    title: str
    description: str


def draw(words: Words, values: Sequence[Mapping[str, Any]], **parts: Any) -> str:
    """The drawing of these rows that a Vega-Lite specification asks for; the same again is not made again."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": WIDTH,
        "padding": 1,
        "config": {"font": _FONT, "view": {"stroke": None}, "text": {"fontSize": 14}},
        **parts,
    }
    return _svg(words, json.dumps(spec, ensure_ascii=False))


@lru_cache(maxsize=_KEPT)
def image(drawing: str) -> str:
    """A drawing as the address of an image that holds all of it, light or dark as the page is."""
    dark = "".join(f'[fill="{one}"]{{fill:{other}}}[stroke="{one}"]{{stroke:{other}}}' for one, other in DARK.items())
    style = f"<defs><style>@media(prefers-color-scheme:dark){{{dark}}}</style>"
    shown = drawing.replace("<defs>", style, 1).replace(f'font-family="{_FONT}"', f'font-family="{_FONTS_OF_BROWSER}"')
    return f"data:image/svg+xml,{quote(shown)}"


@lru_cache(maxsize=_KEPT)
def _svg(words: Words, spec: str) -> str:
    """A finished drawing: without Vega's own descriptions, which are English, and with ours."""
    _use_own_fonts()
    # Only in tags: what is written in the drawing stays as it is, "2.810" too.
    tidy = partial(_tidied, words.name)
    drawn = _EMPTY.sub("", _TAG.sub(tidy, vl_convert.vegalite_to_svg(spec)))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="\\1" role="img" '
        f'aria-labelledby="{words.name}-titel {words.name}-uitleg">'
        f'<title id="{words.name}-titel">{_safe(words.title)}</title>'
        f'<desc id="{words.name}-uitleg">{_safe(words.description)}</desc>'
        f"<defs>{_pattern(words.name, 'schuin', 6, ACCENT)}{_pattern(words.name, 'dun', 4, LINE)}</defs>"
    )
    return _OPENING.sub(opening, drawn, count=1)


def _tidied(name: str, tag: re.Match[str]) -> str:
    """A tag without what Vega says of it, with short numbers, and with the pattern that a colour stands for."""
    short = _LONG_NUMBER.sub(r"\1", _UNWANTED.sub("", tag[0]))
    return short.replace(HATCHED, f"url(#{name}-schuin)").replace(SPARSE, f"url(#{name}-dun)")


def _pattern(name: str, kind: str, size: int, color: str) -> str:
    return (
        f'<pattern id="{name}-{kind}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{size}" height="{size}" fill="{PAPER}"/>'
        f'<rect width="{size / 3:.2f}" height="{size}" fill="{color}"/></pattern>'
    )


def _safe(text: str) -> str:
    return escape(text).replace("\\", "\\\\")


@cache
def _use_own_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
