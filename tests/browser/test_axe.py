"""Faults of a page are found, every one of them."""

from playwright.sync_api import Browser

from tests.browser.axe import findings

FAULTY = """<!doctype html><html lang="nl"><title>Proef</title><main><h1>Proef</h1>
<img src="a.png"><img src="b.png"><p style="color: #bbb; background: #fff">Bijna niet te lezen</p></main>"""
UNDECIDED = FAULTY.replace("background: #fff", "background: linear-gradient(#fff, #000)")


def test_every_fault_and_doubt_is_told_with_its_place(browser: Browser, axe: str) -> None:
    page = browser.new_page()
    page.set_content(FAULTY)
    assert findings(page, axe) == [
        "violations color-contrast: ['p']",
        "violations image-alt: ['img[src=\"a.png\"]']",
        "violations image-alt: ['img[src=\"b.png\"]']",
    ]
    page.set_content(UNDECIDED)
    assert "incomplete color-contrast: ['p']" in findings(page, axe)
    page.close()
