"""Which website a request comes from, by the header that only browsers send and pages cannot change."""

from starlette.datastructures import Headers


def foreign_origin(headers: Headers) -> str | None:
    """The origin of the other website whose page makes this request.

    None for our own pages, and for what is not a browser. Behind a proxy the scheme that a browser used is not known
    here, so a page of this host is our own by either scheme. `null`, the origin of a page that hides its own, is
    foreign.
    """
    origin = headers.get("origin")
    host = headers.get("host", "").lower()
    return None if origin is None or origin in (f"https://{host}", f"http://{host}") else origin
