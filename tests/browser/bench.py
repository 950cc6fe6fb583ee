"""`make bench`: what the widget costs a host's page, beside widgets that anybody can take, in the same run.

Prints weight, blocking time and time to the first question, with ratios; writes the weight to the snippet page.
"""

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from api.widget.embedding import settings
from api.widget.releases import newest
from knowledge.base import load
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.host import Host
from tests.browser.test_widget_accessibility import STATES
from tests.product.running import Product

ROUNDS = 9
SLOWER = 4  # a phone of some years ago beside this machine, as Lighthouse slows down
FIGURES = Path(__file__).parents[2] / "api/widget/figures.json"
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title>
<link rel="icon" href="data:,"></head><body><main><h1>Ondernemen</h1></main>{body}</body></html>"""
# Total blocking time: of each task that takes longer than 50 ms, what it takes longer.
BLOCKING = """new PerformanceObserver(list => list.getEntries().forEach(task => {
    window.blocked = (window.blocked ?? 0) + Math.max(0, task.duration - 50);
})).observe({ type: "longtask", buffered: true });"""


@dataclass(frozen=True)
class Other:
    """A widget from npm: the one file that a page loads, and how it is put on a page."""

    package: str
    file: str
    body: str


OTHERS = (
    Other(
        "rasa-webchat@1.0.1",
        "lib/index.js",
        '<div id="webchat"></div><script src="{script}"></script>'
        '<script>WebChat.default({{socketUrl: ""}}, null)</script>',
    ),
    Other("deep-chat@2.4.2", "dist/deepChat.bundle.js", '<script src="{script}"></script><deep-chat></deep-chat>'),
    Other(
        "quikchat@1.2.7",
        "dist/quikchat.umd.min.js",
        '<div id="chat"></div><script src="{script}"></script><script>new quikchat("#chat", () => {{}})</script>',
    ),
)


def weight(content: bytes) -> int:
    """Bytes of a script, as a browser gets it."""
    return len(gzip.compress(content, 9))


def fetch(other: Other, folder: Path) -> bytes:
    """The script of a package. Raises CalledProcessError without a network."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing, so there is nothing to compare with. Remedy: apt-get install npm")
    run = subprocess.run(
        [npm, "pack", "--silent", other.package], cwd=folder, capture_output=True, text=True, check=True
    )
    with tarfile.open(folder / run.stdout.strip()) as package:
        found = package.extractfile(f"package/{other.file}")
        assert found is not None
        return found.read()


@contextmanager
def slow_page(browser: Browser) -> Iterator[Page]:
    """A page that knows nothing yet, on a slow processor."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(BLOCKING)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    context.close()


def blocking(browser: Browser, address: str) -> float:
    """Milliseconds for which a page could not answer while it loaded; the median of some rounds."""
    found = []
    for _ in range(ROUNDS):
        with slow_page(browser) as page:
            page.goto(address)
            page.wait_for_timeout(600)
            found.append(page.evaluate("window.blocked ?? 0"))
    return statistics.median(found)


def to_first_question(browser: Browser, address: str) -> float:
    """Milliseconds from the launcher to the first question with its choices; the median of some rounds."""
    found = []
    for _ in range(ROUNDS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        found.append(
            page.evaluate(
                """async () => {
                    const root = document.querySelector("mkb-assistent").shadowRoot;
                    const begun = performance.now();
                    root.querySelector("button").click();
                    while (!root.querySelector(".log .keuzes")) await new Promise(done => setTimeout(done, 1));
                    return performance.now() - begun;
                }"""
            )
        )
        context.close()
    return statistics.median(found)


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    product = Product(folder)
    product.start()
    host = Host(product, newest().address, newest().integrity)
    site = product.sites / "demo.yaml"
    site.write_text(site.read_text().replace("herkomsten:\n", f"herkomsten:\n  - {host.origin}\n"))
    rows = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            host.pages["/leeg"] = (PAGE.format(body=""), {"Content-Type": "text/html"})
            ours = weight(newest().path.read_bytes())
            address = host.put("/")
            empty = blocking(browser, f"{host.origin}/leeg")
            rows.append(("mkb-assistent", ours, blocking(browser, address)))
            for other in OTHERS:
                script = fetch(other, folder)
                host.put_file(f"/{other.package}.js", script.decode(), "text/javascript")
                body = other.body.format(script=f"/{other.package}.js")
                host.pages[f"/{other.package}"] = (PAGE.format(body=body), {"Content-Type": "text/html"})
                rows.append((other.package, weight(script), blocking(browser, f"{host.origin}/{other.package}")))
            question = to_first_question(browser, address)
            browser.close()
    finally:
        host.close()
        product.stop()
    print(f"\nProcessor slowed down {SLOWER} times; an empty page blocks {empty:.0f} ms.\n")
    print(f"{'':24}{'gzip bytes':>12}{'x ours':>8}{'blocking ms':>13}")
    for name, size, blocked in rows:
        print(f"{name:24}{size:>12}{size / ours:>8.1f}{blocked:>13.0f}")
    print(f"\nLauncher to first question: {question:.0f} ms (median of {ROUNDS}, processor as it is)")
    axe = json.loads((Path(__file__).parent / "package.json").read_text())["devDependencies"]["axe-core"]
    today = date.today()
    figures = {
        "datum": load().texts.day(today),
        "axe": axe,
        "toestanden": len(STATES),
        "huisstijlen": len(settings()),
        "fouten": 0,  # the tests allow no other
        "onbeslist": 0,
        "bytes": ours,
        "blokkering": round(rows[0][2]),
    }
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
