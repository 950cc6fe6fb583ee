"""What pages of the portal get handed: who is logged in, and the forms that may be trusted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers

from api.dependencies import AppParts
from api.portal import cookies
from api.portal.addresses import START
from api.portal.errors import ForeignForm, LoginNeeded, NotForYou, SecondFactorNeeded
from api.portal.people import COORDINATOR, EVENT_ORGANISERS, FIGURE_READERS, OWNER
from api.portal.repository import Visit
from api.portal.tokens import form_token, same
from api.sites.origins import foreign_origin

FORM_FIELD = "formulier"
MOST_FIELDS = 5000
MOST_FILES = 1


@dataclass(frozen=True)
class User:
    """Who is logged in. `role` is one of api.portal.people.ROLES; `form_token` belongs in every form.

    `initiatives` are the ids of those that an owner looks after; of anybody else there are none. `confirmed` tells
    whether this login has a second factor.
    """

    id: str
    name: str
    email: str
    role: str
    form_token: str
    initiatives: frozenset[str] = frozenset()
    confirmed: bool = False


def staff(request: Request, parts: AppParts) -> User:
    """Who is logged in, whatever the role. Raises LoginNeeded."""
    token = cookies.token(request, cookies.cookies(parts.settings).session)
    visit = parts.portal.who(token) if token else None
    if token is None or visit is None:
        raise LoginNeeded(_way_back(request))
    user = _user(visit, token)
    request.state.user = user  # a page that tells of an error shows who is logged in
    return user


def _user(visit: Visit, token: str) -> User:
    person = visit.person
    return User(
        person.id,
        person.name,
        person.email,
        person.role,
        form_token(token),
        initiatives=person.initiatives,
        confirmed=visit.confirmed,
    )


def _way_back(request: Request) -> str:
    """The page that was asked for; a form that could not be sent is not sent again by itself."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return asked if request.method == "GET" else START


Staff = Annotated[User, Depends(staff)]


def coordinator(user: Staff) -> User:
    """Who is logged in as coordinator. Raises LoginNeeded or NotForYou."""
    if user.role != COORDINATOR:
        raise NotForYou
    return user


Coordinator = Annotated[User, Depends(coordinator)]


def reader(user: Staff) -> User:
    """Who is logged in and may read the figures of the region. Raises LoginNeeded or NotForYou."""
    if user.role not in FIGURE_READERS:
        raise NotForYou
    return user


Reader = Annotated[User, Depends(reader)]


def organiser(user: Staff) -> User:
    """Who is logged in and may see and make events. Raises LoginNeeded or NotForYou."""
    if user.role not in EVENT_ORGANISERS:
        raise NotForYou
    return user


Organiser = Annotated[User, Depends(organiser)]


def owner(user: Staff) -> User:
    """Who is logged in as owner of initiatives. Raises LoginNeeded or NotForYou.

    That alone shows nothing of `user.initiatives` of others: every route looks at those too.
    """
    if user.role != OWNER:
        raise NotForYou
    return user


Owner = Annotated[User, Depends(owner)]


def second_factor(request: Request, user: Owner) -> User:
    """Who is logged in as owner, confirmed with a passkey. Raises LoginNeeded, NotForYou or SecondFactorNeeded."""
    if not user.confirmed:
        raise SecondFactorNeeded(_way_back(request))
    return user


SecondFactor = Annotated[User, Depends(second_factor)]


def from_own_page(headers: Headers) -> bool:
    """Whether a browser says that a page of this host sent the request.

    Every browser of these years says so in at least one of two headers, that pages cannot change. What says nothing is
    refused as well.
    """
    site = headers.get("sec-fetch-site")
    if site is None and "origin" not in headers:
        return False
    return site in (None, "same-origin") and foreign_origin(headers) is None


@asynccontextmanager
async def checked_form(request: Request, expected: str) -> AsyncIterator[FormData]:
    """What a page of ours sent, with the token that its form carried. Raises ForeignForm, before anything is done."""
    if not from_own_page(request.headers):
        raise ForeignForm
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        if not same(form.get(FORM_FIELD), expected):
            raise ForeignForm
        yield form


async def trusted_form(request: Request, user: Staff) -> AsyncIterator[FormData]:
    """A form that somebody who is logged in sent from a page of ours. Raises LoginNeeded or ForeignForm."""
    async with checked_form(request, user.form_token) as form:
        yield form


PortalForm = Annotated[FormData, Depends(trusted_form)]


def text_of(form: FormData, name: str) -> str:
    """What was typed or chosen in a field, without spaces around it; empty when it is not there."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
