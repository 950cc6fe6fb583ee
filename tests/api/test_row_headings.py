"""The headings of rows that Typst cannot write."""

import io
from collections.abc import Iterator

import pikepdf
import typst

from api.row_headings import with_row_headings

WITH_HEADER = "#table(columns: 2, table.header[plaats][gesprekken], [Zeist], [12], [Soest], [7])"
WITHOUT = "#table(columns: 2, [Zeist], [12])"


def written(*content: str) -> bytes:
    text = '#set document(title: "t")\n#set text(lang: "nl")\n' + "\n\n".join(content)
    return typst.compile(text.encode(), pdf_standards=["ua-1"])


def kinds_of_cells(pdf: bytes) -> list[list[str]]:
    """The kinds of the cells of each row, in order."""

    def elements(tag: pikepdf.Object) -> Iterator[pikepdf.Object]:
        kids = tag.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from elements(kid)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        rows = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/TR"]
        return [[str(cell.S) for cell in elements(row) if cell.S in ("/TH", "/TD")] for row in rows]


def test_first_cell_of_each_row_under_a_header_is_its_heading():
    assert kinds_of_cells(with_row_headings(written(WITH_HEADER))) == [["/TH", "/TH"], ["/TH", "/TD"], ["/TH", "/TD"]]


def test_table_without_a_header_stays_as_it_was_beside_one_that_has_it():
    plain = [["/TD", "/TD"]]
    assert kinds_of_cells(with_row_headings(written(WITH_HEADER, WITHOUT)))[-1:] == plain
    assert kinds_of_cells(with_row_headings(written(WITHOUT, WITH_HEADER)))[:1] == plain


def test_document_without_a_header_is_not_changed():
    before = written(WITHOUT)
    assert with_row_headings(before) == before
