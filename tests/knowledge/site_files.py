"""A good file of a site, and a folder with it, for the tests of both."""

from pathlib import Path

from knowledge.languages import Languages
from knowledge.sites import Site, load_site

GOOD = """\
id: proef
naam: Gemeente Proef
aanbieder: de gemeente Proef
status: actief
telt: true
gemeente: GM0344
contact:
  naam: Loket
  url: https://www.proef.nl/loket
  telefoon: "14 030"
  email: loket@proef.nl
herkomsten:
  - https://www.proef.nl
  - https://proef.nl:8443
  - http://localhost:8000
paginas:
  aan: [/ondernemers/*, /]
  uit: ["/*/archief"]
teksten:
  nl: {kop: Hulp in Proef}
thema:
  accent: "#0b5672"
  opAccent: "#FFFFFF"
  hoeken: 8px
  lettertype: "'Fira Sans', sans-serif"
nietBekend: [openingstijden, privacy]
"""
LANGUAGES = Languages(
    nl={"widget": {"kop": "Hulp", "pauze": "Bel {naam}.", "sluiten": "Sluiten"}},
    en={"widget": {"kop": "Help", "pauze": "Call {naam}.", "sluiten": "Close"}},
)


def write(folder: Path, text: str = GOOD, name: str = "proef") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> Site:
    return load_site(path, {"GM0344"}, LANGUAGES)
