"""What is made of the code and its dependencies: `make architecture`."""

import argparse

from tests.quality.architecture import PAGE, PICTURE, architecture, with_table
from tests.quality.architecture_picture import picture


def draw() -> None:
    """Write the picture and the table of docs/architecture.md again."""
    found = architecture()
    PICTURE.write_text(picture(found))
    PAGE.write_text(with_table(PAGE.read_text(), found))
    print(f"{PICTURE} and {PAGE} are made again.")


COMMANDS = {"architecture": draw}
parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
parser.add_argument("what", choices=COMMANDS)
COMMANDS[parser.parse_args().what]()
