"""The looks in which pages are tested: sizes of the screen, and light, dark and high contrast.

Each time the phone in the light, and of the pages that most people see the desktop in the dark as well, which has the
colours that all pages share; the others are slow tests.
"""

import itertools
from typing import Any

from playwright.sync_api import Page

from tests.slow import mostly_slow

PHONE, DESKTOP = (360, 640), (1280, 800)
_LIGHT, _DARK, _HIGH_CONTRAST = {"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}

# Of "size" and "more", what a new context takes.
_EVERY = tuple(itertools.product((PHONE, DESKTOP), (_LIGHT, _DARK, _HIGH_CONTRAST)))
LOOKS: list[Any] = mostly_slow(_EVERY, (PHONE, _LIGHT), (DESKTOP, _DARK))
OF_FEW: list[Any] = mostly_slow(_EVERY, (PHONE, _LIGHT))
# Of "size" and "scheme".
LIGHT_AND_DARK: list[Any] = mostly_slow(itertools.product((PHONE, DESKTOP), ("light", "dark")), (PHONE, "light"))


def page_width(page: Page) -> int:
    """How wide the page is that is shown or coming, with its style; wider than the screen is scrolled sideways."""
    page.wait_for_load_state()
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide
