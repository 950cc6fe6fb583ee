"""Figures as they are commonly published, each in one careless way, for the attacks to find something in."""

import hashlib
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from random import Random

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient
from openpyxl import Workbook
from sqlalchemy import StaticPool, create_engine, text

from tests.analytics.attacks.downloads import NEWEST, share_of
from tests.analytics.attacks.reading import Group, Paper, Seen
from tests.analytics.attacks.records import Record

MONTH = "2026-12"
HIDDEN_BELOW = 5
SECTORS = ("F", "G", "I", "Q")
FIRMS = {"F": 23, "G": 31, "I": 2, "Q": 3}  # how many there are of each sector
_NUMBERS = count()


def firm(sector: str = "F", **columns: str) -> Record:
    """A firm for which nothing fits, alike to all others but for what is told of it."""
    codes = {
        "sector": sector,
        "grootte": "2-9",
        "fase": "adhoc",
        "hulpvraag": "klanten",
        "plaats": "GM0344",
        "kanaal": "widget",
        "site": "utrecht",
        "aanbod": "geen",
    }
    return Record(f"firm-{next(_NUMBERS)}", "2026-W50", MONTH, {**codes, **columns})


def firms(numbers: Mapping[str, int], name: str = "sector") -> list[Record]:
    """So many firms of each category."""
    return [firm(**{name: code}) for code, number in numbers.items() for _ in range(number)]


def paper(cells: Sequence[Seen], records: Sequence[Record]) -> Paper:
    """Cells beside the exact total."""
    return Paper(tuple(cells), {MONTH: len(records)}, {MONTH: 0}, HIDDEN_BELOW)


def cell(name: str, codes: Collection[str], value: int | None, *, exact: bool = True, table: str = "") -> Seen:
    """A published cell of one dimension."""
    return Seen((name,), frozenset({MONTH}), (frozenset(codes),), value, HIDDEN_BELOW, exact, table or name)


def counted(records: Sequence[Record], name: str, codes: Group) -> int | None:
    """The exact number of firms, unless it is small."""
    number = sum(record.codes[name] in codes for record in records)
    return number if number >= HIDDEN_BELOW else None


def rounded_afresh(random: Random, number: int) -> int | None:
    """Rounded to a multiple of five as the product does, but drawn anew each time."""
    if number < HIDDEN_BELOW:
        return None
    return number - number % 5 + 5 * (random.random() * 5 < number % 5)


class Careless:
    """Figures over the web. What is released stays; faults let through what there is now, or what is hidden."""

    def __init__(self, records: list[Record], *faults: str) -> None:
        """Publish what there is; `records` may get more of them afterwards."""
        self._records, self._faults = records, faults
        self._released = self._now()
        self._random = Random(7)
        self._database = create_engine("sqlite://", poolclass=StaticPool)

    def client(self) -> TestClient:
        """What a reader asks with."""
        app = FastAPI()
        app.get("/{path:path}")(self._answer)
        return TestClient(app)

    def workbook(self) -> bytes:
        """Small numbers are in it too, and look hidden by how they are displayed."""
        book, written = Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        for code, number in self._released.items():
            hidden = number < HIDDEN_BELOW
            sheet.append([code, f"<{HIDDEN_BELOW}" if hidden and "displayed" not in self._faults else number])
            sheet.cell(sheet.max_row, 2).number_format = f'[<{HIDDEN_BELOW}]"<{HIDDEN_BELOW}";0'
        book.save(written)
        return written.getvalue()

    def _now(self) -> Counter[str]:
        return Counter(one.codes["sector"] for one in self._records)

    def _answer(self, path: str, request: Request) -> Response:
        address = f"/{path}"
        if "filters" not in self._faults and (request.query_params.keys() - {"over"} or not self._on_menu(address)):
            raise HTTPException(400)
        counts = self._now()
        etag = hashlib.sha256(repr(sorted(counts.items())).encode()).hexdigest() if "etag" in self._faults else "1"
        body = f'<section class="vlak" id="sector">{"".join(self._lines(counts))}</section>'
        if address == NEWEST:
            return JSONResponse({"tabellen": [{"csv": f"{NEWEST}/tot-nu-sector"}]}, headers={"ETag": etag})
        return HTMLResponse(body, headers={"ETag": etag})

    def _on_menu(self, address: str) -> bool:
        return not address.startswith(f"{NEWEST}/") or address.endswith("/tot-nu-sector")

    def _lines(self, now: Mapping[str, int]) -> Iterator[str]:
        there = [code for code in SECTORS if now.get(code)] if "rows" in self._faults else list(SECTORS)
        if "order" in self._faults:
            there.sort(key=lambda code: -now.get(code, 0))
        whole = sum(self._released.values())
        for code in there:
            true = (now if "live" in self._faults else self._released).get(code, 0)
            value = self._shown(true)
            if "looks up" in self._faults and now.get(code, 0) >= HIDDEN_BELOW:
                with self._database.connect() as connection:
                    connection.execute(text("select 'more of a row that can be shown'"))
            share = share_of(true if "shares" in self._faults else value or 0, whole)
            yield f'<th scope="row">{code}</th>'
            if value is None:
                yield f'<td class="getal">&lt;{HIDDEN_BELOW}</td>'
            else:
                yield f'<td class="getal">{value}</td><td class="getal">{share}%</td>'
            if "drawing" in self._faults:  # the bar of a hidden count is drawn as long as it is
                yield f'<rect width="{now.get(code, 0)}"/>'
            if "reason" in self._faults and value is None:
                yield '<td class="getal">te_weinig</td>'

    def _shown(self, number: int) -> int | None:
        if "afresh" in self._faults:
            return rounded_afresh(self._random, number)
        return (number + 2) // 5 * 5 if number >= HIDDEN_BELOW else None
