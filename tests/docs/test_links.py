"""Links between documents lead somewhere, down to the heading."""

from pathlib import Path

import pytest

from tests.docs.documents import EVERY, ROOT, anchors, links, name

OUTSIDE = ("https://", "http://", "mailto:")


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        if link.startswith(OUTSIDE):
            continue
        file, _, anchor = link.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), link
        assert there.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(there), link


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        files = (link.partition("#")[0] for link in links(path) if not link.startswith(OUTSIDE))
        waiting += [(path.parent / file).resolve() for file in files if file]
    missed = [name(path) for path in EVERY if path.is_relative_to(ROOT / "docs") and path not in reached]
    assert missed == []
