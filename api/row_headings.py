"""Row headings in a PDF that Typst wrote: who hears a table hears of each cell which row it is in.

Typst marks the cells of a table's header as headings of their columns. That the first cell of every other row is the
heading of that row can be said in its `pdf.header-cell`, which is behind a feature flag (`a11y-extras`) that its
Python package cannot switch on. So it is said afterwards, in an incremental update as PDF has for changes (ISO 32000-1,
7.5.6): what Typst wrote stays as it is, and the cells that changed are added to the end.
"""

import re
from collections.abc import Mapping

_ELEMENT = re.compile(rb"\n(\d+) 0 obj\n(<</Type/StructElem/S/(TR|TD)/P .*?>>)\nendobj", re.DOTALL)
_TREE = re.compile(rb"\n(\d+) 0 obj\n(<</Type/StructTreeRoot.*?/IDTree<</Names\[(.*?)\]>>.*?>>)\nendobj", re.DOTALL)
_NAME = re.compile(rb"\((U[^)]*)\)(\d+) 0 R")
_KIDS = re.compile(rb"/K\[([\d R]+)\]")
_TRAILER = re.compile(rb"trailer\n<<(.*)>>\nstartxref\n(\d+)\n%%EOF\s*$", re.DOTALL)
_COLUMNS = b"/O/Table/Headers["  # the columns that a cell is in


def with_row_headings(pdf: bytes) -> bytes:
    """The same PDF, in which the first cell of every row under a header is the heading of its row."""
    tree = _TREE.search(pdf)
    if tree is None:
        return pdf  # no table has a header
    rows, cells = dict[int, bytes](), dict[int, bytes]()
    for number, body, kind in _ELEMENT.findall(pdf):
        (rows if kind == b"TR" else cells)[int(number)] = body
    changed, names = dict[int, bytes](), {name: int(number) for name, number in _NAME.findall(tree[3])}
    for row in rows.values():
        kids = _KIDS.search(row)
        inside = [int(kid) for kid in kids[1].split()[::3]] if kids else []
        if not inside or any(_COLUMNS not in cells.get(kid, b"") for kid in inside):
            continue
        first, *others = inside
        name = b"R%d" % first
        names[name] = first
        changed[first] = _heading(cells[first], name)
        changed |= {kid: cells[kid].replace(_COLUMNS, b"%b(%b)" % (_COLUMNS, name), 1) for kid in others}
    known = b"".join(b"(%b)%d 0 R" % one for one in sorted(names.items()))
    changed[int(tree[1])] = tree[2].replace(tree[3], known, 1)
    return _updated(pdf, changed)


def _heading(cell: bytes, name: bytes) -> bytes:
    """A cell as the heading of its row."""
    cell = cell.replace(b"/S/TD/", b"/S/TH/ID(%b)/" % name, 1)
    return cell.replace(b"/O/Table/", b"/O/Table/Scope/Row/", 1)


def _updated(pdf: bytes, changed: Mapping[int, bytes]) -> bytes:
    """A PDF with other versions of some of its objects."""
    trailer = _TRAILER.search(pdf)
    assert trailer, "Typst ends a PDF with a table of its objects"
    written, places = bytearray(pdf.rstrip() + b"\n"), []
    for number, body in sorted(changed.items()):
        places.append(b"%d 1\n%010d 00000 n\r\n" % (number, len(written)))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n%btrailer\n<<%b/Prev %b>>\nstartxref\n%d\n%%%%EOF" % (
        b"".join(places),
        trailer[1],
        trailer[2],
        start,
    )
    return bytes(written)
