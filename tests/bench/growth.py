"""What a turn of the product costs as its data grows: stored conversations and referrals, and initiatives."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import yaml
from sqlalchemy import Engine, insert, select

from analytics.database import open_database
from analytics.synthetic import fill
from api.conversations.models import Conversation
from knowledge.base import load
from tests.bench.driving import Crowd, Measured
from tests.bench.sides import AsDelivered, Line, Ours, OurTalk
from tests.product.running import ROOT

LAST_DAY = date(2026, 11, 26)
YEARS_OF_REFERRALS = timedelta(days=720)
AT_ONCE = 1_000


class LargeCatalogue(AsDelivered):
    """The product on a copy of its data in which every initiative stands so often."""

    def __init__(self, folder: Path, times: int) -> None:
        super().__init__(folder)
        self.root = folder / "product"
        self.root.mkdir()
        for part in ROOT.iterdir():
            if part.name != "knowledge" and not part.name.startswith(".git"):
                (self.root / part.name).symlink_to(part)
        initiatives = Path(shutil.copytree(ROOT / "knowledge", self.root / "knowledge")) / "initiatives"
        for path in sorted(initiatives.glob("*.yaml")):
            for number in range(1, times):
                _write_copy(path, number)


def _write_copy(path: Path, number: int) -> None:
    initiative = yaml.safe_load(path.read_text(encoding="utf-8"))
    initiative |= {"id": f"{initiative['id']}-{number}", "naam": f"{initiative['naam']} {number}"}
    initiative.pop("ookBekendAls", None)
    text = yaml.safe_dump(initiative, allow_unicode=True)
    (path.parent / f"{initiative['id']}.yaml").write_text(text, encoding="utf-8")


@contextmanager
def running(times: int = 1) -> Iterator[Ours]:
    """The product, with its initiatives so often."""
    with tempfile.TemporaryDirectory() as folder:
        side = Ours(AsDelivered(Path(folder)) if times == 1 else LargeCatalogue(Path(folder), times))
        try:
            side.start()
            yield side
        finally:
            side.stop()


def by_stored(sizes: Sequence[int], seconds: float) -> list[tuple[int, Measured]]:
    """A single user, with so many conversations that go on and so many referrals in the database."""
    found = []
    with running() as side:
        engine = open_database(side.product.database_url)
        stored = 0
        for size in sizes:
            store(engine, side, size - stored)
            stored = size
            found.append((size, alone(side, seconds)))
        engine.dispose()
    return found


def by_catalogue(times: Sequence[int], seconds: float) -> list[tuple[int, Measured]]:
    """A single user, with so many initiatives."""
    initiatives = len(list((ROOT / "knowledge" / "initiatives").glob("*.yaml")))
    found = []
    for often in times:
        with running(often) as side:
            found.append((initiatives * often, alone(side, seconds)))
    return found


def alone(side: Ours, seconds: float) -> Measured:
    """One user at a time, after a first block that is not counted."""
    Crowd(side, 1).block(seconds / 4)
    crowd = Crowd(side, 1)
    crowd.block(seconds)
    return crowd.measured


def store(engine: Engine, side: Ours, number: int) -> None:
    """Put so many more referrals, and copies of a conversation that goes on, in the database."""
    if not number:
        return
    fill(engine, load(), seed=number, records=number, first=LAST_DAY - YEARS_OF_REFERRALS, last=LAST_DAY)
    talk = OurTalk(Line(side.port))
    talk.begin()
    with engine.begin() as connection:
        one = connection.execute(
            select(Conversation.__table__).where(Conversation.id == talk.state["gesprekId"])
        ).mappings().one()  # fmt: skip
        for start in range(0, number, AT_ONCE):
            many = [{**one, "id": str(uuid4()), "record": str(uuid4())} for _ in range(min(AT_ONCE, number - start))]
            connection.execute(insert(Conversation), many)
