"""What can be had over the web and as files, and the attacks on it: each returns what it found."""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from analytics.figures import Table
from tests.analytics.attacks.reading import STEPS_OF_LEADS, Paper
from tests.analytics.attacks.records import Record

NEWEST = "/v1/cijfers/2026-12"
ADDRESSES = ("/v1/cijfers", "/v1/cijfers/beschrijving", "/v1/cijfers/woordenboek", "/cijfers")
PAGES = ("bereik", "gaten", "uitkomsten", "uitleg")
REASONS = ("afleidbaar", "overwicht", "te_weinig", "te_grof", "te_dicht", "vervallen", "geheim")
DIMENSIONS = ("fase", "hulpvraag", "grootte", "sector", "plaats", "kanaal", "site", "aanbod", "initiatief", "gestopt")
OF_LEADS = (*STEPS_OF_LEADS, "lead_initiatief", "lead_geholpen")
SCOPES = ("maand", "kwartaal", "jaar", "tot-nu")
CHOICES = ("sector=bouw", "niet=bouw", "van=2026-01-05&tot=2026-01-11", "week=2026-W02", "limit=1", "seed=6")
FEWEST_LEFT = 4  # true counts that a share has to leave possible

Answers = Mapping[str, bytes]  # by address


def everything(client: TestClient) -> Answers:
    """What can be had over the web: the interface, every table of the newest release, and the pages, with headers."""
    tables = [table["csv"] for table in client.get(NEWEST).json()["tabellen"]]
    pages = [f"/portaal/cijfers/{page}?over={over}" for page in PAGES for over in ("jaar", "kwartaal", "maand")]
    found = {}
    for address in (*ADDRESSES, NEWEST, *tables, *pages):
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.content + response.headers.get("etag", "").encode()
    return found


@contextmanager
def statements() -> Iterator[list[str]]:
    """All that is asked of databases meanwhile, in order: what an answer takes, of which its time could tell."""
    found: list[str] = []

    def note(*asked: Any) -> None:
        found.append(asked[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def differing(before: Answers, after: Answers) -> list[str]:
    """The addresses of which a reader who asks twice sees, byte for byte, that something happened in between."""
    return [address for address in {**before, **after} if before.get(address) != after.get(address)]


def telling_why(answers: Answers) -> list[str]:
    """The addresses that tell why something is missing, but for the page that explains the rules."""
    return [
        address
        for address, content in answers.items()
        if "uitleg" not in address
        and any(f'"{reason}' in content.decode() or f">{reason}<" in content.decode() for reason in REASONS)
    ]


def answering(client: TestClient, month_id: str, scopes: Sequence[str] = SCOPES) -> set[str]:
    """The tables of a month that can be had by asking for every one of up to two dimensions."""
    pairs = [(one, "") for one in (*DIMENSIONS, *OF_LEADS)] + list(product(DIMENSIONS, repeat=2))
    pairs += product(("lead_initiatief", "sector"), OF_LEADS)
    found = set()
    for scope, (row, column) in product(scopes, pairs):
        slug = "-".join(filter(None, (scope, row, column))).replace("_", "-")
        status = client.get(f"/v1/cijfers/{month_id}/{slug}").status_code
        assert status in (200, 400, 404)
        if status == 200:
            found.add(slug)
    return found


def choosing(client: TestClient, addresses: Iterable[str]) -> list[str]:
    """The questions by which a reader can choose of whom there are figures."""
    questions = [f"{address}?{choice}" for address, choice in product(addresses, CHOICES)]
    return [question for question in questions if client.get(question).status_code != 400]


def several_values(paper: Paper, records: Sequence[Record]) -> tuple[int, list[set[int]]]:
    """How many shown cells there are, and the values of those of the same firms that differ: to be averaged."""
    values: dict[frozenset[str], set[int]] = {}
    shown = [seen for seen in paper.cells if seen.value is not None]
    for seen in shown:
        counted = frozenset(record.id for record in records if record.within(seen))
        values.setdefault(counted, set()).add(seen.value or 0)
    return len(shown), [those for those in values.values() if len(those) > 1]


def uneven(tables: Iterable[Table]) -> list[str]:
    """Tables that lack a row which another of the same kind has, or have them in another order."""
    found, orders = [], dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]()
    for table in tables:
        order = (*table.rows, *table.columns)
        complete = len(table.cells) == len(table.rows) * max(1, len(table.columns))
        if not complete or orders.setdefault((table.dimensions, table.levels), order) != order:
            found.append(table.id)
    return found


def in_workbook(content: bytes, published: Collection[int | None]) -> list[str]:
    """What a workbook holds beside published numbers, wherever it is kept and however it is displayed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        found = [name for name in packed.namelist() if re.search("pivot|external|comment|custom", name)]
        sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
    numbers = [value for sheet in sheets for value in re.findall(r'<c [^>]*t="n"[^>]*><v>(\d+)</v>', sheet)]
    assert numbers
    return found + [value for value in numbers if int(value) not in published]


def shares_on(page: str) -> dict[str, list[tuple[int, int]]]:
    """By part of a page the values that have a percentage beside them, and that."""
    pair = re.compile(r'<td class="getal">([\d.]+)</td><td class="getal">(\d+)%</td>')
    return {
        part: [(int(value.replace(".", "")), int(share)) for value, share in pair.findall(content)]
        for part, content in re.findall(r'<section class="vlak" id="([^"]+)"(.*?)</section>', page, re.DOTALL)
    }


def share_of(count: int, whole: int) -> int:
    """In whole percents, half up."""
    return (200 * count + whole) // (2 * whole)


def telling_shares(shares: Iterable[tuple[int, int]], whole: int) -> list[str]:
    """Values that together with the percentage beside them leave fewer than four true counts possible.

    One that is not the share of any rounded value was made of the true count.
    """
    found = []
    for value, share in shares:
        near = range(max(5, value - 4), min(whole, value + 4) + 1)
        if share_of(value, whole) == share:
            others = [rounded for rounded in range(5, whole + 5, 5) if share_of(rounded, whole) == share]
            left = {count for one in others for count in range(max(5, one - 4), min(whole, one + 4) + 1)}
        else:
            left = {count for count in near if share_of(count, whole) == share}
        if len(left) < FEWEST_LEFT:
            found.append(f"{value} and {share}% of {whole}: {sorted(left)}")
    return found
