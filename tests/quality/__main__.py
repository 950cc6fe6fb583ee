"""What `make architecture`, `make sbom`, `make taal` and `make coverage` make or tell of the code and its texts."""

import argparse
import sys

from tests.quality import sbom
from tests.quality.architecture import PAGE, PICTURE, architecture, with_table
from tests.quality.architecture_picture import picture
from tests.quality.components import components
from tests.quality.dutch_faults import faults
from tests.quality.dutch_reading import read, report
from tests.quality.dutch_spelling import DICTIONARY
from tests.quality.dutch_texts import sentences, settings
from tests.quality.uncovered import unexplained


def draw() -> None:
    """Write the picture and the table of docs/architecture.md again."""
    found = architecture()
    PICTURE.write_text(picture(found))
    PAGE.write_text(with_table(PAGE.read_text(), found))
    print(f"{PICTURE} and {PAGE} are made again.")


def list_parts() -> None:
    """Write the lists of everything that the product is made of again."""
    found = components()
    sbom.SBOM.write_text(sbom.sbom(found))
    sbom.PAGE.write_text(sbom.page(found))
    print(f"{sbom.SBOM} and {sbom.PAGE} are made again: {len(found)} parts.")


def tell_of_dutch() -> None:
    """Print how plain the Dutch is, for each audience, then every fault with its remedy. Fails when there is any."""
    found = sentences()
    for audience in settings()["audiences"]:
        print(report(read(found, audience["for"])))
    if not DICTIONARY.with_suffix(".dic").exists():
        sys.exit("Het woordenboek ontbreekt. Oplossing: npm ci --prefix tests/quality")
    told = faults(found)
    sys.exit("\n".join((*told, f"{len(told)} fout(en) gevonden.")) if told else None)


def tell_uncovered() -> None:
    """Print what no test runs without a reason, and fail when there is any."""
    sys.exit("\n".join(unexplained()) or None)


COMMANDS = {"architecture": draw, "sbom": list_parts, "taal": tell_of_dutch, "uncovered": tell_uncovered}
parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
parser.add_argument("what", choices=COMMANDS)
COMMANDS[parser.parse_args().what]()
