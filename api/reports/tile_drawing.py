"""The tile map of the dashboard as a drawing, for paper."""

from html import escape

from api.dashboard.drawings import ACCENT, INK, LINE, PAPER
from api.dashboard.tiles import Shade, Tile, TileMap

_SIDE, _BETWEEN = 60, 4
_FONT = "Atkinson Hyperlegible Next"
# Fill, dashes of the edge, and colour of the letters: the number says what the shade says.
_LOOKS: dict[Shade, tuple[str, str, str]] = {
    "verborgen": (PAPER, "4 3", INK),
    "licht": ("#dbebf1", "none", INK),
    "midden": ("#9cc6d6", "none", INK),
    "donker": (ACCENT, "none", PAPER),
}


def drawing(found: TileMap) -> str:
    """The map as SVG; a tile with a dashed edge is of a place that is not shown."""
    step = _SIDE + _BETWEEN
    height = step * max(tile.place.rij for tile in found.tiles)
    tiles = "".join(_tile(tile, (tile.place.kolom - 1) * step, (tile.place.rij - 1) * step) for tile in found.tiles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {step * found.columns} {height}" '
        f'font-family="{_FONT}" text-anchor="middle">{tiles}</svg>'
    )


def _tile(tile: Tile, x: int, y: int) -> str:
    fill, dashes, letters = _LOOKS[tile.shade]
    place = f'x="{x + _SIDE // 2}" fill="{letters}"'
    return (
        f'<rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" rx="4" fill="{fill}" stroke="{LINE}" '
        f'stroke-dasharray="{dashes}"/>'
        f'<text {place} y="{y + 24}" font-size="13">{escape(tile.place.kort)}</text>'
        f'<text {place} y="{y + 46}" font-size="17" font-weight="bold">{escape(tile.shown)}</text>'
    )
