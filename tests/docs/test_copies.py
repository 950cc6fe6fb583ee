"""Copies are thrown away when the handbook says so."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, blocks

COPIES = ROOT / "docs/operations/copies.md"
DAY = 24 * 60 * 60
# What the table of the handbook allows at most, in days; what is kept of people is promised to be gone by then.
LIMITS = {"week": ("a year at most", 365), "dag": ("30 days at most", 30)}


def clock() -> str:
    """The crontab of the handbook."""
    (body,) = [block.body for block in blocks(COPIES) if "make backup" in block.body and "* * *" in block.body]
    return body


def test_table_names_the_limits() -> None:
    (row,) = [line for line in COPIES.read_text(encoding="utf-8").splitlines() if line.startswith("| keep |")]
    told = [cell.strip() for cell in row.strip("|").split("|")[1:]]
    assert [cell.partition(",")[0] for cell in told] == [words for words, _ in LIMITS.values()]


@pytest.mark.parametrize("kind", LIMITS)
def test_every_kind_of_copy_that_the_clock_makes_is_thrown_away_in_time(tmp_path: Path, kind: str) -> None:
    longest = LIMITS[kind][1]
    now = time.time()
    for days in range(1, longest + 2):
        folder = tmp_path / f"{kind}-{days}"
        folder.mkdir()
        (folder / "manifest.json").touch()
        os.utime(folder, (now, now - days * DAY - 60))
    assert f"make backup NAAR=/var/backups/assistent/{kind}-" in clock()
    for command in re.findall(r"(find /var/backups/assistent .+)", clock()):
        subprocess.run(["sh", "-euc", command.replace("/var/backups/assistent", str(tmp_path))], check=True)
    left = sorted(int(folder.name.partition("-")[2]) for folder in tmp_path.iterdir())
    assert left, "all are thrown away"
    assert left == list(range(1, left[-1] + 1))
    # The clock comes once a day, so what is left now may be a day older before it goes.
    assert left[-1] + 1 <= longest
    assert left[-1] >= min(longest - 2, 13)
