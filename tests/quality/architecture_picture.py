"""The architecture as one SVG: processes above the folders that they run, arrows as imports and calls go."""

from html import escape

from tests.quality.architecture import Architecture, Process, Subject

WIDTH, HEIGHT = 1000, 860
# Where each folder stands: left, top, width, height. A process stands above the folder that it runs.
PLACES = {
    "api": (20, 190, 600, 400),
    "bot": (650, 190, 150, 400),
    "actions": (830, 190, 150, 400),
    "analytics": (90, 640, 390, 70),
    "knowledge": (20, 770, 960, 70),
}
WORDS = {
    "api": "the gateway: one folder per subject",
    "bot": "understands",
    "actions": "takes the step",
    "analytics": "the record, its database, released figures",
    "knowledge": "questions, initiatives, places and sectors as data, and pure functions on them",
}
DATABASE = (510, 640, 110, 70)
PROCESS_TOP, PROCESS_HEIGHT = 80, 66
# Subjects by how many others build on them.
SHELVES = (
    (1, 0, "on which no other builds"),
    (3, 1, "one or two build on it"),
    (8, 3, "three or more"),
    (999, 8, "eight or more"),
)
CHIP_HEIGHT, CHIP_LETTER, CHIP_GAP = 24, 7.3, 6
STYLE = """
  svg { font: 13px system-ui, sans-serif; }
  rect { fill: #fff; stroke: #33475b; }
  .paper { stroke: none; }
  .process { fill: #e7f0fa; }
  .database { fill: #f6efe0; }
  .chip { fill: #f3f5f7; stroke: #aab4be; }
  .name { font-weight: 700; }
  .quiet { fill: #4a5763; font-size: 12px; }
  path { fill: none; stroke: #33475b; stroke-width: 1.5; marker-end: url(#tip); }
  .call { stroke-dasharray: 5 4; }
  .tip { fill: #33475b; stroke: none; marker-end: none; }
"""


def picture(found: Architecture) -> str:
    """The whole SVG. Raises KeyError for a folder, import or call that has no place in it yet."""
    parts = [
        *(_folder(name) for name in PLACES),
        *_shelves(found.subjects),
        *(_list(name, found.modules[name]) for name in ("bot", "actions")),
        _outside(),
        *(_process(process) for process in found.processes),
        *(_path(RUNS[process.folder]) for process in found.processes),
        *(
            _path(CALLS[process.name, called], "call")
            for process in found.processes
            for called in sorted(process.calls)
        ),
        _database(),
        *(_path(IMPORTS[pair]) for pair in sorted(found.imports)),
        _path("M480 675 H508", "call"),
        *(_path(TO_DATABASE[folder], "call") for folder in sorted(found.with_database)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">\n'
        f'<title id="title">{escape(_title(found))}</title>\n<style>{STYLE}</style>\n'
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="tip" d="M0 0 8 4 0 8Z"/></marker>\n'
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


RUNS = {"api": "M320 146 V188", "bot": "M725 146 V188", "actions": "M905 146 V188"}
CALLS = {
    ("gateway", "rasa"): "M620 113 H648",
    ("rasa", "actions"): "M800 113 H828",
    ("gateway", "actions"): "M560 80 V62 H905 V78",
}
IMPORTS = {
    ("api", "analytics"): "M285 590 V638",
    ("api", "knowledge"): "M50 590 V768",
    ("actions", "analytics"): "M870 590 V614 H440 V638",
    ("actions", "knowledge"): "M930 590 V768",
    ("bot", "knowledge"): "M725 590 V768",
    ("analytics", "knowledge"): "M285 710 V768",
}
TO_DATABASE = {"api": "M565 590 V638", "actions": "M900 590 V675 H622"}


def _folder(name: str) -> str:
    left, top, width, height = PLACES[name]
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="6"/>'
        f'<text x="{left + 14}" y="{top + 26}" class="name">{name}/</text>'
        f'<text x="{left + 14}" y="{top + 46}" class="quiet">{escape(WORDS[name])}</text>'
    )


def _outside() -> str:
    return (
        '<rect x="20" y="14" width="600" height="36" rx="18"/>'
        '<text x="320" y="37" text-anchor="middle">'
        "Browsers (widget, pages, form, tablet, portal) and other programs</text>" + _path("M320 50 V78")
    )


def _process(process: Process) -> str:
    left, _, width, _ = PLACES[process.folder]
    middle = left + width / 2
    lines = (f"{process.name} :{process.port}", process.command.rsplit(" -m ", 1)[-1], process.command.split("/bin")[0])
    texts = "".join(
        f'<text x="{middle:g}" y="{PROCESS_TOP + 20 + 18 * number}" text-anchor="middle" class="{style}">'
        f"{escape(line)}</text>"
        for number, (line, style) in enumerate(zip(lines, ("name", "quiet", "quiet"), strict=True))
    )
    return (
        f'<rect class="process" x="{left}" y="{PROCESS_TOP}" width="{width}" height="{PROCESS_HEIGHT}" rx="6"/>{texts}'
    )


def _database() -> str:
    left, top, width, height = DATABASE
    return (
        f'<rect class="database" x="{left}" y="{top}" width="{width}" height="{height}" rx="16"/>'
        f'<text x="{left + width / 2:g}" y="{top + 32}" text-anchor="middle" class="name">database</text>'
        f'<text x="{left + width / 2:g}" y="{top + 50}" text-anchor="middle" class="quiet">SQL</text>'
    )


def _shelves(subjects: tuple[Subject, ...]) -> list[str]:
    """The subjects in rows: what stands alone above, what many build on below."""
    left, top, width, _ = PLACES["api"]
    parts, line = [], top + 72.0
    for below, least, words in SHELVES:
        chips = [subject.name for subject in subjects if least <= subject.used_by < below]
        parts.append(f'<text x="{left + 14}" y="{line + 4:g}" class="quiet">{escape(words)}</text>')
        line += 14
        x = left + 14.0
        for name in chips:
            wide = len(name) * CHIP_LETTER + 16
            if x + wide > left + width - 14:
                x, line = left + 14.0, line + CHIP_HEIGHT + CHIP_GAP
            parts.append(
                f'<rect class="chip" x="{x:g}" y="{line:g}" width="{wide:g}" height="{CHIP_HEIGHT}" rx="4"/>'
                f'<text x="{x + wide / 2:g}" y="{line + 17:g}" text-anchor="middle">{name}</text>'
            )
            x += wide + CHIP_GAP
        line += CHIP_HEIGHT + 22
    return parts


def _list(folder: str, modules: tuple[str, ...]) -> str:
    left, top, _, _ = PLACES[folder]
    return "".join(
        f'<text x="{left + 14}" y="{top + 76 + 20 * number}">{name}</text>' for number, name in enumerate(modules)
    )


def _path(course: str, style: str = "") -> str:
    return f'<path{f" class={chr(34)}{style}{chr(34)}" if style else ""} d="{course}"/>'


def _title(found: Architecture) -> str:
    calls = "; ".join(f"{each.name} calls {', '.join(sorted(each.calls))}" for each in found.processes if each.calls)
    imports = "; ".join(f"{one} imports {other}" for one, other in sorted(found.imports))
    return f"Processes: {', '.join(each.name for each in found.processes)}. {calls}. Folders: {imports}."
