"""What a test reads in a page made for paper."""

import io
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pikepdf
import pypdf

MM = 72 / 25.4
SVG = "http://www.w3.org/2000/svg"


def squeezed(text: str) -> str:
    """A text without spaces and line breaks, also those that cannot be seen."""
    return re.sub(r"[\s\u200b]", "", text)


@dataclass(frozen=True)
class Pdf:
    """What stands in a PDF: width and height of every page in millimetres, every word, and every object as it is kept.

    Objects are without spaces between their parts.
    """

    sizes: list[tuple[int, int]]
    text: str
    objects: list[bytes] = field(repr=False)

    def says(self, words: str) -> bool:
        """Whether these words stand somewhere, wherever lines end between them."""
        return squeezed(words) in squeezed(self.text)

    def holds(self, part: str) -> bool:
        """Whether an object says this, outside streams of letters and pictures."""
        return any(part.encode() in body for body in self.objects)


def read_pdf(pdf: bytes) -> Pdf:
    """Take a PDF apart."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    with pikepdf.open(io.BytesIO(pdf)) as document:
        objects = [re.sub(rb" ?([/<>\[\]()]) ?", rb"\1", _body(one)) for one in document.objects]
        objects.append(document.Root.Metadata.read_bytes())
    return Pdf(
        [(round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) for page in pages],
        " ".join(word for page in pages for word in page.extract_text().replace("\u200b", "").split()),
        objects,
    )


def _body(one: pikepdf.Object) -> bytes:
    return one.stream_dict.unparse() if isinstance(one, pikepdf.Stream) else one.unparse(resolved=True)


@dataclass(frozen=True)
class Code:
    """A QR code as it is drawn: dark modules, white modules around them, and its side with those, in points."""

    modules: list[list[bool]]
    margin: int
    side: float


def drawn_code(page: ElementTree.Element) -> list[Code]:
    """Every QR code of a page in SVG. Its lines are read as a pen draws them, one module high."""
    found = []
    for drawing in page.iter(f"{{{SVG}}}svg"):
        for path in drawing.findall(f"{{{SVG}}}path"):
            if path.get("stroke") in {"#000", "black"}:
                units = int(drawing.get("viewBox", "").split()[2])
                found.append(_code(path.get("d", ""), units, float(drawing.get("width", ""))))
    return found


def _code(pen: str, units: int, side: float) -> Code:
    dark, x, y = set(), 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([-0-9. ]+)", pen):
        first, *rest = map(float, re.findall(r"-?[0-9.]+", numbers))
        if step == "h":
            dark |= {(int(y), int(x) + module) for module in range(int(first))}
            x += first
        else:
            x, y = (first, rest[0]) if step == "M" else (x + first, y + rest[0])
    margin = min(min(spot) for spot in dark)
    inside = range(margin, units - margin)
    return Code([[(row, column) in dark for column in inside] for row in inside], margin, side)
