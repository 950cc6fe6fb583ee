"""Pictures of the handbooks: small, few, shown somewhere, and made from what is there."""

import pytest

from api.handbook.reading import PICTURES
from tests.browser.handbook import SHOTS
from tests.docs.documents import DUTCH, links

MOST_PICTURES, MOST_BYTES = 20, 60 * 1024


def test_every_picture_is_made_and_shown() -> None:
    there = {path.stem for path in PICTURES.glob("*.png")}
    shown = {
        link.removeprefix("beelden/").removesuffix(".png") for path in DUTCH for link in links(path) if "/" in link
    }
    shown = {name for name in shown if "." not in name}
    assert there == shown == set(SHOTS)
    assert len(there) <= MOST_PICTURES


@pytest.mark.parametrize("name", SHOTS)
def test_picture_is_small(name: str) -> None:
    assert (PICTURES / f"{name}.png").stat().st_size <= MOST_BYTES
