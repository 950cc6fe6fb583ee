"""`make screenshots`: the pictures of the handbooks, made anew from the running product."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from api.handbook.reading import PICTURES
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.handbook import SHOTS, stage
from tests.product.running import ROOT, Product

COLOURS = 64  # enough for pages of few colours, at a third of the size
# Made-up conversations, so that the pages of figures show what they look like; they say themselves that it is made up.
FIGURES = (
    ("-m", "analytics.synthetic", "--aantal", "250", "--van", "2026-01-01", "--tot", "2026-10-31"),
    ("-m", "analytics", "maken"),
)


def optimised(picture: bytes) -> bytes:
    """The same picture with fewer colours."""
    packed = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main() -> None:
    """Make every picture; one that is no longer shown is removed."""
    with tempfile.TemporaryDirectory(prefix="beelden-") as folder:
        product = Product(Path(folder))
        for command in FIGURES:
            subprocess.run((sys.executable, *command), cwd=ROOT, env=product.environment, check=True)
        try:
            product.start()
            _take(product, Path(folder))
        finally:
            product.stop()
    for path in PICTURES.glob("*.png"):
        if path.stem not in SHOTS:
            path.unlink()


def _take(product: Product, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, shot in SHOTS.items():
            with stage(browser, product, folder) as made:
                picture = optimised(shot(made).screenshot())
            (PICTURES / f"{name}.png").write_bytes(picture)
            print(f"{name}.png: {len(picture) // 1024} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
