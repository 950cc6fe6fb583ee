"""The two cookies of the portal: one for who is logged in, one for a browser that is on its way to be."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.settings import Settings

BROWSER_SECONDS = 60 * 60  # longer than a link works, so that who is late reads that, and not that the browser differs


@dataclass(frozen=True)
class Cookies:
    """How the cookies are called and sent.

    Over https they are `Secure` and bear the prefix `__Host-`: a browser then takes them from this host only, so that a
    neighbouring subdomain cannot slip in its own. Over plain http browsers refuse that prefix, and the demo on one
    machine must work, so there they bear a plain name. Which of the two holds is told by PUBLIC_URL and not by the
    request: behind a proxy the scheme that a browser used is a header that anybody can write.
    """

    secure: bool

    @property
    def session(self) -> str:
        """Name of the cookie with the session token."""
        return self._named("portaal")

    @property
    def browser(self) -> str:
        """Name of the cookie that a mailed link is bound to."""
        return self._named("portaal-browser")

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name

    def give(self, response: Response, name: str, token: str, seconds: int | None = None) -> None:
        """Send a cookie, until the browser closes when no number of seconds is given."""
        response.set_cookie(name, token, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax")

    def take_back(self, response: Response, name: str) -> None:
        """Make the browser forget a cookie."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="lax")


def cookies(settings: Settings) -> Cookies:
    """The cookies as this installation sends them."""
    return Cookies(settings.public_url.lower().startswith("https://"))


def token(request: Request, name: str) -> str | None:
    """What a browser sent in a cookie; None when it sent none, or something that is not one of our tokens."""
    value = request.cookies.get(name, "")
    return value if 0 < len(value) <= 64 and value.isascii() else None
