"""What is made of the code and its dependencies: `make architecture`, `make sbom`."""

import argparse

from tests.quality import sbom
from tests.quality.architecture import PAGE, PICTURE, architecture, with_table
from tests.quality.architecture_picture import picture
from tests.quality.components import components


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


COMMANDS = {"architecture": draw, "sbom": list_parts}
parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
parser.add_argument("what", choices=COMMANDS)
COMMANDS[parser.parse_args().what]()
