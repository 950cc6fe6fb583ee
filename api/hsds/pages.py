"""Lists as the standard wants them: a page of them with what page it is, or all of them line by line."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from fastapi.responses import JSONResponse, Response, StreamingResponse

from api.hsds.directory import Item

NDJSON = "application/x-ndjson"
Format = Literal["json", "ndjson"]


def listed(items: Sequence[Item], shape: Callable[[Item], Item], *, page: int, per_page: int, kind: Format) -> Response:
    """A list. `page` counts from 1; one after the last is empty. Line by line there are no pages."""
    if kind == "ndjson":
        return StreamingResponse(_lines(items, shape), media_type=NDJSON)
    first = (page - 1) * per_page
    shown = [shape(item) for item in items[first : first + per_page]]
    pages = max(1, -(-len(items) // per_page))
    return JSONResponse(
        {
            "total_items": len(items),
            "total_pages": pages,
            "page_number": page,
            "size": len(shown),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not shown,
            "contents": shown,
        }
    )


def _lines(items: Sequence[Item], shape: Callable[[Item], Item]) -> Iterator[str]:
    for item in items:
        yield json.dumps(shape(item), ensure_ascii=False) + "\n"
