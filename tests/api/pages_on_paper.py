"""What a test reads in a page made for paper: enough of PDF for the files that Typst writes."""

import re
import zlib
from dataclasses import dataclass, field

MM = 72 / 25.4

_OBJECT = re.compile(rb"(?:^|\n)([0-9]+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?>>)\nstream\n(.*)\nendstream", re.DOTALL)
_REFERENCE = rb"%s ([0-9]+) 0 R"
_SHOWN = re.compile(rb"/(f[0-9]+) [0-9.]+ Tf|\(((?:\\.|[^\\()])*)\)|(ET)\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True)
class Pdf:
    """The objects of a PDF by number, streams unpacked."""

    objects: dict[int, bytes] = field(repr=False)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of every page, in millimetres."""
        boxes = [re.search(rb"/MediaBox\[0 0 ([0-9.]+) ([0-9.]+)\]", page) for page in self._pages()]
        return [(round(float(box[1]) / MM), round(float(box[2]) / MM)) for box in boxes if box]

    @property
    def text(self) -> str:
        """Every word on the pages, in the order of the file."""
        return " ".join(" ".join(self._words(page)) for page in self._pages())

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
                codes = _ESCAPE.sub(_unescaped, shown)
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
