"""Row headings in a PDF that Typst wrote: who hears a table hears of each cell which row it is in.

Typst marks the cells of a table's header as headings of their columns. That the first cell of every other row is the
heading of that row can be said in its `pdf.header-cell`, which is behind a feature flag (`a11y-extras`) that its
Python package cannot switch on. So it is said afterwards, in the structure of the PDF (ISO 32000-1, 14.8.5.7).
"""

import io
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String


def with_row_headings(pdf: bytes) -> bytes:
    """The same PDF, in which the first cell of every row under a header is the heading of its row."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        structure = document.Root.StructTreeRoot
        if Name.IDTree not in structure:
            return pdf  # no table has a header
        names = NameTree(structure.IDTree)
        for number, cells in enumerate(_rows(structure)):
            heading, *others = cells
            name = f"row {number}"
            heading.S, heading.ID, names[name] = Name.TH, String(name), heading
            _in_table(heading).Scope = Name.Row
            for cell in others:
                _in_table(cell).Headers.append(String(name))
        written = io.BytesIO()
        document.save(written, deterministic_id=True)  # equal pages stay equal bytes
    return written.getvalue()


def _rows(element: Object) -> Iterator[list[Object]]:
    """The cells of each row in which every cell has a heading of its column."""
    for row in _elements(element):
        if row.S == Name.TR:
            cells = list(_kids(row))
            if cells and all(cell.S == Name.TD and len(_in_table(cell).Headers) for cell in cells):
                yield cells


def _elements(element: Object) -> Iterator[Object]:
    for kid in _kids(element):
        yield kid
        yield from _elements(kid)


def _kids(element: Object) -> Iterator[Object]:
    """The elements right under one; what else is there is the content of pages."""
    kids = element.get(Name.K, Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def _in_table(cell: Object) -> Object:
    """What Typst says of every cell as part of a table; the headings of its column are none without a header."""
    said = cell.A if isinstance(cell.A, Array) else [cell.A]
    return next(one for one in said if one.get(Name.O) == Name.Table)
