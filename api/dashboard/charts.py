"""The charts of the figures.

What is said by colour is also said by a pattern or in words, and there is no axis: each mark carries its number.
Everything in a chart, lengths included, is made of the values that are given here: published ones.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.dashboard.drawings import ACCENT, HATCHED, INK, LINE, PAPER, SOFT, SPARSE, WIDTH, Words, draw

_DIGIT, _LETTER = 10, 8  # width of a bold digit and of a letter, in a wide font
_GAP = 8
_STUB = 12  # width of the mark for a value that is hidden; it says nothing of the value


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its published value, and how that is written. A value that is hidden is None."""

    label: str
    value: int | None
    shown: str


@dataclass(frozen=True)
class Pair:
    """Two shares of the same category, in percents, side by side; None for one that cannot be told."""

    label: str
    first: int | None
    second: int | None


@dataclass(frozen=True)
class Point:
    """A moment on the way to a goal: what was reached by then (None when hidden), and what should have been.

    `shown` is written at the point; empty where there would be no room for it.
    """

    label: str
    reached: int | None
    expected: int
    shown: str = ""


@dataclass(frozen=True)
class Square:
    """A square of a grid: how much of it there is, and the word for that."""

    amount: Literal["all", "some", "none"]
    word: str


def bars(words: Words, rows: Sequence[Bar]) -> str:
    """Lying bars, each under its label. One that is hidden is a short hatched stub."""
    highest = max((row.value or 0 for row in rows), default=0) or 1
    length = _length("value", highest, _GAP + max((_DIGIT * len(row.shown) for row in rows), default=0))
    values = [
        {"row": number, "label": row.label, "value": row.value, "shown": row.shown} for number, row in enumerate(rows)
    ]
    number = {"type": "text", "align": "left", "dx": 6, "dy": 10, "color": INK, "fontWeight": "bold"}
    return draw(
        words,
        values,
        height={"step": 46},
        encoding={"y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        layer=[
            _label(),
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {"type": "bar", "height": 18, "yOffset": 10, "color": ACCENT},
                "encoding": {"x": length},
            },
            {
                "transform": [{"filter": "!isValid(datum.value)"}],
                "mark": _stub(10),
                "encoding": {"x": {"value": 0}, "x2": {"value": _STUB}},
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": number,
                "encoding": {"x": length, "text": {"field": "shown"}},
            },
            {
                "transform": [{"filter": "!isValid(datum.value)"}],
                "mark": number,
                "encoding": {"x": {"value": _STUB}, "text": {"field": "shown"}},
            },
        ],
    )


def pairs(words: Words, names: tuple[str, str], rows: Sequence[Pair]) -> str:
    """Two lying bars under each label, the first filled and the second hatched, with what they are above the first."""
    highest = max((max(row.first or 0, row.second or 0) for row in rows), default=0) or 1
    values = [
        {
            "row": number,
            "label": row.label,
            "first": row.first,
            "second": row.second,
            "firstShown": f"{_percents(row.first)} {names[0]}",
            "secondShown": f"{_percents(row.second)} {names[1]}",
        }
        for number, row in enumerate(rows)
    ]
    room = _GAP + _LETTER * max(len(f"100% {name}") for name in names)
    layer = [_label(-22)]
    for field, offset, color, stroke in (("first", 0, ACCENT, ACCENT), ("second", 20, HATCHED, ACCENT)):
        length = _length(field, highest, room)
        valid = {"transform": [{"filter": f"isValid(datum.{field})"}]}
        missing = {"transform": [{"filter": f"!isValid(datum.{field})"}]}
        number = {"type": "text", "align": "left", "dx": 6, "dy": offset, "color": INK}
        layer += [
            {
                **valid,
                "mark": {"type": "bar", "height": 16, "yOffset": offset, "color": color, "stroke": stroke},
                "encoding": {"x": length},
            },
            {**valid, "mark": number, "encoding": {"x": length, "text": {"field": f"{field}Shown"}}},
            {**missing, "mark": number, "encoding": {"x": {"value": 0}, "text": {"field": f"{field}Shown"}}},
        ]
    return draw(
        words,
        values,
        height={"step": 72},
        encoding={"y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        layer=layer,
    )


def pace(words: Words, goal: int, points: Sequence[Point]) -> str:
    """What was reached, month by month and added up, as a line with its numbers beside the dashed line to the goal."""
    highest = max(goal, *(point.reached or 0 for point in points))
    values = [
        {"month": number, "reached": point.reached, "expected": point.expected, "shown": point.shown}
        for number, point in enumerate(points)
    ]
    x = {"field": "month", "type": "ordinal", "scale": {"padding": 0.5}}
    months = {"title": None, "labelExpr": json.dumps([point.label for point in points]) + "[datum.value]"}
    axis = {**months, "labelAngle": 0, "ticks": False, "domainColor": LINE, "labelColor": SOFT, "labelFontSize": 12}
    scale = {"domain": [0, highest], "nice": False, "range": [176, 24]}
    reached = {"field": "reached", "type": "quantitative", "scale": scale, "axis": None}
    known = {"transform": [{"filter": "isValid(datum.reached)"}]}
    labelled = {"transform": [{"filter": "datum.shown"}]}
    last_expected = {"transform": [{"filter": f"datum.month == {len(points) - 1}"}]}
    return draw(
        words,
        values,
        height=200,
        encoding={"x": {**x, "axis": axis}},
        layer=[
            {
                "mark": {"type": "line", "strokeDash": [6, 4], "strokeWidth": 2, "color": SOFT},
                "encoding": {"y": {**reached, "field": "expected"}},
            },
            {
                **last_expected,
                "mark": {"type": "text", "align": "right", "dy": -12, "dx": 12, "color": SOFT, "fontSize": 13},
                "encoding": {"y": {**reached, "field": "expected"}, "text": {"value": f"doel {goal}"}},
            },
            {**known, "mark": {"type": "line", "strokeWidth": 3, "color": ACCENT}, "encoding": {"y": reached}},
            {
                **known,
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": ACCENT},
                "encoding": {"y": reached},
            },
            {
                **labelled,
                "mark": {"type": "text", "dy": 15, "color": INK, "fontWeight": "bold"},
                "encoding": {"y": reached, "text": {"field": "shown"}},
            },
        ],
    )


def squares(words: Words, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Square]]]) -> str:
    """A grid with a word in each square: filled for all of it, hatched for some, and only an outline for none."""
    values = [
        {"row": number, "label": label, "column": place, "amount": square.amount, "word": square.word}
        for number, (label, squares) in enumerate(rows)
        for place, square in enumerate(squares)
    ]
    x = {"field": "column", "type": "ordinal", "scale": {"paddingInner": 0.06, "paddingOuter": 0}}
    names = {"labelExpr": json.dumps(columns, ensure_ascii=False) + "[datum.value]", "title": None, "orient": "top"}
    axis = {**names, "labelAngle": 0, "ticks": False, "domain": False, "labelColor": SOFT, "labelFontSize": 13}
    layer: list[dict[str, Any]] = [{**_label(), "transform": [{"filter": "datum.column == 0"}]}]
    for amount, fill, ink in (("all", ACCENT, PAPER), ("some", SPARSE, INK), ("none", PAPER, INK)):
        only: dict[str, Any] = {
            "transform": [{"filter": f"datum.amount == '{amount}'"}],
            "encoding": {"x": {**x, "axis": axis}},
        }
        layer.append({**only, "mark": {"type": "bar", "height": 24, "yOffset": 10, "color": fill, "stroke": LINE}})
        if amount == "some":  # letters on a pattern are hard to read
            layer.append({**only, "mark": {"type": "bar", "height": 18, "width": 56, "yOffset": 10, "color": PAPER}})
        word = {"type": "text", "align": "center", "baseline": "middle", "dy": 10, "color": ink, "fontSize": 13}
        layer.append({**only, "mark": word, "encoding": {**only["encoding"], "text": {"field": "word"}}})
    return draw(
        words,
        values,
        height={"step": 50},
        encoding={"y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        layer=layer,
    )


def _label(lift: int = -12) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dy": lift, "color": INK, "limit": WIDTH}
    return {"mark": mark, "encoding": {"x": {"value": 0}, "text": {"field": "label"}}}


def _stub(offset: int) -> dict[str, Any]:
    return {"type": "bar", "height": 18, "yOffset": offset, "color": SPARSE, "stroke": LINE}


def _length(field: str, highest: int, room: int) -> dict[str, Any]:
    scale = {"domain": [0, highest], "range": [0, WIDTH - room], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _percents(value: int | None) -> str:
    return "niet te zien" if value is None else f"{value or '<1'}%"
