"""What a test reads in a page made for paper: enough of PDF for the files that Typst writes."""

import re
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

MM = 72 / 25.4
SVG = "http://www.w3.org/2000/svg"

_OBJECT = re.compile(rb"(?:^|\n)([0-9]+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?>>)\nstream\n(.*)\nendstream", re.DOTALL)
_REFERENCE = rb"%s ([0-9]+) 0 R"
_LETTER = rb"(?:\\.|[^\\()])"
_STRING = rb"\((?:%b|\(%b*\))*\)" % (_LETTER, _LETTER)  # brackets in pairs need no backslash
_SHOWN = re.compile(rb"/(f[0-9]+) [0-9.]+ Tf|((?:[-0-9. \[]|%b)+)\]?T[jJ]|(ET)\b" % _STRING, re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


def squeezed(text: str) -> str:
    """A text without spaces and line breaks, also those that cannot be seen."""
    return re.sub(r"[\s\u200b]", "", text)


@dataclass(frozen=True)
class Pdf:
    """The objects of a PDF by number, streams unpacked."""

    objects: dict[int, bytes] = field(repr=False)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of every page, in millimetres."""
        boxes = [re.search(rb"/MediaBox\[0 0 ([0-9.]+) ([0-9.]+)\]", page) for page in self._pages()]
        return [(round(float(box[1]) / MM), round(float(box[2]) / MM)) for box in boxes if box]

    @cached_property
    def text(self) -> str:
        """Every word on the pages, in the order of the file."""
        return " ".join(" ".join(self._words(page)) for page in self._pages())

    def says(self, words: str) -> bool:
        """Whether these words stand somewhere, wherever lines end between them."""
        return squeezed(words) in squeezed(self.text)

    def holds(self, part: str) -> bool:
        """Whether an object says this, outside streams of letters and pictures."""
        return any(part.encode() in body for body in self.objects.values())

    def _pages(self) -> list[bytes]:
        return [body for body in self.objects.values() if body.startswith(b"<</Type/Page/")]

    def _follow(self, body: bytes, name: bytes) -> bytes:
        found = re.search(_REFERENCE % name, body)
        assert found, name
        return self.objects[int(found[1])]

    def _words(self, page: bytes) -> list[str]:
        resources = self._follow(page, b"/Resources")
        maps: dict[bytes, dict[int, str]] = {}
        for name in re.findall(rb"/(f[0-9]+) [0-9]+ 0 R", resources):
            drawn = self._follow(self._follow(resources, b"/" + name), b"/ToUnicode")
            maps[name] = {
                int(code, 16): bytes.fromhex(meant.decode()).decode("utf-16-be")
                for code, meant in _CHARACTER.findall(drawn)
            }
        line, font, pieces = [], b"", []
        for name, shown, end in _SHOWN.findall(self._follow(page, b"/Contents")):
            if name:
                font = name
            elif end:
                line += ["".join(pieces)]
                pieces = []
            else:
                codes = b"".join(
                    _ESCAPE.sub(_unescaped, string[1:-1]) for string in re.findall(_STRING, shown, re.DOTALL)
                )
                pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
                pieces += [maps[font].get(code, "") for code in pairs]
        return " ".join(line).split()


def _unescaped(found: re.Match[bytes]) -> bytes:
    letter = found[1]
    return bytes([int(letter, 8)]) if len(letter) == 3 else _LETTERS.get(letter, letter)


def read_pdf(pdf: bytes) -> Pdf:
    """Take a PDF apart."""
    objects = {}
    for number, body in _OBJECT.findall(pdf):
        stream = _STREAM.fullmatch(body)
        packed = stream is not None and b"/FlateDecode" in stream[1]
        objects[int(number)] = zlib.decompress(stream[2]) if stream and packed else body
    assert objects
    return Pdf(objects)


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
