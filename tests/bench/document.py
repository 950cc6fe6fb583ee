"""What was measured, as text, and as docs/speed.md with its picture."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import vl_convert

from tests.bench.driving import Measured
from tests.bench.machine import size

DOCUMENT, PICTURE = Path("docs/speed.md"), Path("docs/speed.svg")
INTRODUCTION = """# How fast it is

Made by `make bench PART=turns DOCS=ja`. The same 200 Dutch scans, half of the answers typed and half by button, are
driven on both sides in the same run, ten seconds here and ten seconds there in turn, so that what else the machine does
falls on both. The program that drives runs on the same machine; its processor time is not in the figures.

- **Stock** is `rasa run` with its REST channel and Rasa's own action server (`rasa_sdk`), all on default settings:
  conversations in memory, no gateway. Model, domain, action, data and records are those of the product. Two things
  differ from a bare `rasa run actions`: it runs in the environment that has what the actions need, and a class of ten
  lines hands each turn to the product's action, because the action server makes classes without arguments.
- **Product** is the three processes on default settings through the public gateway, with an Idempotency-Key for every
  message and every turn stored on disk (SQLite).

An error is an answer that is none, a conversation that leads nowhere, or a scan that comes to another result than
before. "Other results" counts the scans that come to another result on the other side. Memory counts what processes
share once. Start is from nothing running until the first turn was answered.

![Turns per second of the product and of stock Rasa](speed.svg)

"""


@dataclass(frozen=True)
class Comparison:
    """Both sides with so many conversations at once; how many scans came to another result on the other side."""

    number: int
    stock: Measured
    ours: Measured
    differing: int


@dataclass(frozen=True)
class Found:
    """Everything. Of pairs, stock comes first."""

    load: float
    comparisons: list[Comparison]
    started: tuple[float, float]
    trained: tuple[float, float] | None
    stored: list[tuple[int, Measured]]
    catalogue: list[tuple[int, Measured]]


def text(found: Found) -> str:
    """The tables."""
    parts = [
        f"{date.today()}, {size()}, load of the machine {found.load:.1f}.\n",
        _comparison(found.comparisons),
        _single(found),
        _growth("stored conversations and referrals", found.stored),
        _growth("initiatives", found.catalogue),
    ]
    return "\n".join(parts)


def write(found: Found) -> None:
    """The document, of which the part from the first heading on is kept, and the picture."""
    kept = DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[2] if DOCUMENT.exists() else ""
    DOCUMENT.write_text(INTRODUCTION + text(found) + (f"\n## {kept}" if kept else ""), encoding="utf-8")
    PICTURE.write_text(vl_convert.vegalite_to_svg(json.dumps(_drawing(found.comparisons))), encoding="utf-8")


def put_section(heading: str, content: str) -> None:
    """Write one section of the document again, or add it; the others stay as they are."""
    before, *sections = DOCUMENT.read_text(encoding="utf-8").split("\n## ")
    kept = [section for section in sections if section.partition("\n")[0] != heading]
    DOCUMENT.write_text("\n## ".join([before, f"{heading}\n\n{content}", *kept]), encoding="utf-8")


def _comparison(comparisons: Sequence[Comparison]) -> str:
    rows = []
    for one in comparisons:
        for name, side in (("stock", one.stock), ("product", one.ours)):
            milliseconds = [f"{side.percentile(share):.0f}" for share in (0.5, 0.95, 0.99)]
            used = [f"{side.processor_per_thousand:.1f}", f"{side.megabytes:.0f}"]
            errors = ", ".join(f"{number} {kind}" for kind, number in side.errors.items()) or "0"
            rows.append(
                [f"{one.number}, {name}", str(side.turns), f"{side.per_second:.1f}", *milliseconds, *used, errors]
            )
        pairs = [(one.ours.per_second, one.stock.per_second)]
        pairs += [(one.ours.percentile(share), one.stock.percentile(share)) for share in (0.5, 0.95, 0.99)]
        pairs += [(one.ours.processor_per_thousand, one.stock.processor_per_thousand)]
        pairs += [(one.ours.megabytes, one.stock.megabytes)]
        ratios = [f"{ours / stock:.2f}" for ours, stock in pairs]
        rows.append([f"{one.number}, product / stock", "", *ratios, f"{one.differing} other results"])
    heading = ["at once", "turns", "turns/s", "p50, ms", "p95, ms", "p99, ms", "processor s per 1,000", "MB", "errors"]
    return _table(heading, rows)


def _single(found: Found) -> str:
    pairs = [("start to the first turn, s", found.started)]
    if found.trained:
        pairs.append(("training, s", found.trained))
    rows = [[name, f"{stock:.1f}", f"{ours:.1f}", f"{ours / stock:.2f}"] for name, (stock, ours) in pairs]
    return _table(["", "stock", "product", "product / stock"], rows)


def _growth(what: str, found: Sequence[tuple[int, Measured]]) -> str:
    rows = [
        [
            f"{number:,}",
            f"{measured.percentile(0.5):.1f}",
            f"{measured.percentile(0.95):.1f}",
            f"{measured.processor_per_thousand:.1f}",
            f"{measured.megabytes:.0f}",
            str(sum(measured.errors.values())),
        ]
        for number, measured in found
    ]
    return _table([what, "p50, ms", "p95, ms", "processor s per 1,000", "MB", "errors"], rows)


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _drawing(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """Bars of turns per second, each pair beside each other."""
    values = [
        {"at once": str(one.number), "side": name, "turns per second": round(side.per_second, 1)}
        for one in comparisons
        for name, side in (("stock", one.stock), ("product", one.ours))
    ]
    order = ["stock", "product"]
    places = {
        "x": {"field": "at once", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0}, "title": "at once"},
        "xOffset": {"field": "side", "sort": order},
        "y": {"field": "turns per second", "type": "quantitative"},
    }
    colour = {"field": "side", "sort": order, "scale": {"range": ["#9aa5b1", "#154273"]}, "title": None}
    label = {"mark": {"type": "text", "dy": -7}, "encoding": {"text": {"field": "turns per second"}}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 420,
        "height": 220,
        "background": "white",
        "data": {"values": values},
        "encoding": places,
        "layer": [{"mark": "bar", "encoding": {"color": colour}}, label],
    }
