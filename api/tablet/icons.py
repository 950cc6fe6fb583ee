"""Makes the icons of the installed page from its drawing: `python -m api.tablet.icons`."""

import typst

from api.tablet.shell import STATIC

SIZES = (192, 512)  # pixels
_INCH = 72.0  # points: at one pixel per point


def main() -> None:
    """Write a PNG of each size next to the drawing."""
    for size in SIZES:
        page = f'#set page(width: {size}pt, height: {size}pt, margin: 0pt)\n#image("icoon.svg", width: 100%)'
        source = STATIC / "icoon.typ"
        source.write_text(page)
        try:
            typst.compile(source, output=STATIC / f"icoon-{size}.png", format="png", ppi=_INCH)
        finally:
            source.unlink()


if __name__ == "__main__":
    main()
