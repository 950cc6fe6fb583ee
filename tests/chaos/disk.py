"""A disk of its own, small enough to be filled."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 512
BALLAST = "ballast"
_BLOCK = bytes(1 << 20)


class NoDiskError(Exception):
    """A disk cannot be mounted here; the message says what it takes."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of MEGABYTES mounted on a folder. Raises NoDiskError where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0755", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoDiskError("mounting one needs root, and a container that allows it") from error
    try:
        yield folder
    finally:
        _unmount(folder)


def _unmount(folder: Path) -> None:
    for _ in range(20):  # what was ended a moment ago may still hold a file
        if subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.25)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte left on the disk of a folder, for as long as this lasts."""
    ballast = folder / BALLAST
    try:
        with ballast.open("wb", buffering=0) as file:
            _fill(file.fileno())
        yield
    finally:
        ballast.unlink(missing_ok=True)


def _fill(file: int) -> None:
    block = _BLOCK
    while block:
        try:
            os.write(file, block)
        except OSError:  # no room for this much
            block = block[: len(block) // 2]
