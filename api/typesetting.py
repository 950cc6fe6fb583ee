"""Pages for paper: a Typst template and values in, a PDF or SVG out.

Values reach a template as data and never as Typst source, so nothing that somebody typed can format, compute or read a
file. The fonts are our own and Typst's; nothing comes from the machine or the network. Equal values give equal bytes.
"""

import base64
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from api.row_headings import with_row_headings
from knowledge.words import visible

Form = Literal["pdf", "svg"]

_API = Path(__file__).parent
FONTS = _API / "fonts"

_PROBE = b'#set document(title: "-")\n#sys.inputs.character'
_DRAWING = re.compile(
    r'<image(?P<place> transform="[^"]*")? xlink:href="data:image/svg\+xml;base64,(?P<drawing>[^"]+)" '
    r'(?P<size>width="[^"]+" height="[^"]+")[^>]*/>'
)


def typeset(
    template: Path, values: Mapping[str, Any], *, images: Mapping[str, bytes] | None = None, form: Form
) -> bytes:
    """Fill in a template. It may import other files of its folder, and a template of ours any file of api/.

    The template reads `json(bytes(sys.inputs.values))`, and each drawing of `images` (SVG with a viewBox and without a
    size) as `image(bytes(sys.inputs.<name>), format: "svg", alt: ...)`. A PDF is PDF/UA-1 (ISO 14289-1): the template
    has to set a title and a language, and to give every image an alt text. In a table with a header the first cell
    of every row is the heading of that row. An SVG holds one page, with its letters as
    outlines. Raises typst.TypstError when a template is wrong.
    """
    inputs = {name: drawing.decode() for name, drawing in (images or {}).items()}
    inputs["values"] = json.dumps(_printable(values), ensure_ascii=False)
    made = typst.compile(
        template,
        root=_API if template.is_relative_to(_API) else template.parent,
        font_paths=_fonts(),
        sys_inputs=inputs,
        format=form,
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=0,  # the time of making is no part of what is printed
    )
    return _inlined(made) if form == "svg" else with_row_headings(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _printable(value: Any) -> Any:
    """A value in which every text is on one line and holds only what the fonts can show."""
    if isinstance(value, str):
        return visible("".join(_shown(character) for character in unicodedata.normalize("NFC", visible(value))))
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_printable(one) for one in value]
    return value


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    """A character when a font has it. Otherwise "?" for a letter, and nothing for a picture such as an emoji."""
    if character.isascii():
        return character
    try:
        typst.compile(_PROBE, font_paths=_fonts(), sys_inputs={"character": character}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return "?" if unicodedata.category(character)[0] in "LN" else ""
    return character


def _inlined(svg: bytes) -> bytes:
    """The same page with its drawings as elements of their own: not every program opens a file within a file."""
    return _DRAWING.sub(_element, svg.decode()).encode()


def _element(found: re.Match[str]) -> str:
    drawing = base64.b64decode(found["drawing"]).decode()
    return f"<g{found['place'] or ''}>{drawing.replace('<svg', '<svg ' + found['size'], 1)}</g>"
