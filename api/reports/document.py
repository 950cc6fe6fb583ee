"""The report on paper: A4, as a PDF that is tagged for who hears it."""

from pathlib import Path
from typing import Any

from api.dashboard.panels import Grid, Panel
from api.reports.contents import Report, Section
from api.typesetting import typeset

MOST_COLUMNS = 9  # that a page has room for
TEMPLATE = Path(__file__).parent / "print_templates/report.typ"


def document(report: Report) -> bytes:
    """The report as a PDF (PDF/UA-1)."""
    drawings = {
        _drawing(section, panel): panel.chart.encode()
        for section in report.sections
        for panel in section.panels
        if panel.chart
    }
    values = {
        "title": report.title,
        "provider": report.provider,
        "period": report.period,
        "madeOn": report.made_on,
        "warning": report.warning,
        "sections": list(map(_section, report.sections)),
    }
    return typeset(TEMPLATE, values, images=drawings, form="pdf")


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "panels": [_panel(section, panel) for panel in section.panels]}


def _drawing(section: Section, panel: Panel) -> str:
    """The name of a drawing; that of a panel is unique on its page only."""
    return f"{section.title}: {panel.id}"


def _panel(section: Section, panel: Panel) -> dict[str, Any]:
    return {
        "title": panel.title,
        "when": panel.when,
        "sentences": panel.sentences,
        "notes": panel.notes,
        "drawing": _drawing(section, panel) if panel.chart else None,
        # What the drawing tells also stands in the table beside it.
        "drawn": f"Grafiek: {panel.title}. {' '.join(panel.sentences)}",
        "grid": _upright(panel.title, panel.grid) if panel.grid else None,
    }


def _upright(title: str, grid: Grid) -> dict[str, Any]:
    """A table, with its rows and columns changed places when it is too wide for a page."""
    lines = [grid.head, *grid.rows]
    if len(grid.head) > MOST_COLUMNS > len(grid.rows):
        lines = list(zip((title, *grid.head[1:]), *grid.rows, strict=True))
    return {"head": lines[0], "rows": lines[1:], "narrow": grid.narrow}
