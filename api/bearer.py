"""The secrets that clients send in the header Authorization, by the names that the description gives them."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import Unauthorized


def _secret(name: str, description: str) -> Callable[[HTTPAuthorizationCredentials | None], Awaitable[str]]:
    scheme = HTTPBearer(scheme_name=name, description=description, auto_error=False)

    async def secret(given: Annotated[HTTPAuthorizationCredentials | None, Depends(scheme)]) -> str:
        """The secret that a client sends along. Raises Unauthorized when there is none."""
        key = given.credentials.strip() if given else ""
        if not key:
            raise Unauthorized
        return key

    return secret


ConversationKey = Annotated[
    str, Depends(_secret("gesprekssleutel", "De sleutel uit het antwoord waarmee het gesprek begon."))
]
DeviceToken = Annotated[
    str, Depends(_secret("apparaattoken", "De token die een apparaat op een evenement kreeg toen het zich aanmeldde."))
]
OwnerToken = Annotated[
    str, Depends(_secret("eigenaarstoken", "De token die de eigenaar van een initiatief in het portaal maakte."))
]
