"""The way to the action server, on connections that are kept.

Rasa makes a client session and a connection for every action that it calls, and throws both away.
"""

from typing import Any
from urllib.parse import urlsplit

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from knowledge.part_line import NoAnswer, PartLine

HTTP = 80  # the port of an address that names none


class KeptEndpoint(EndpointConfig):
    """Rasa's own endpoint of actions, but for how it is reached."""

    def __init__(self, endpoint: EndpointConfig, seconds: float) -> None:
        """Take over what bot/endpoints.yml says; an answer may take so many seconds."""
        super().__init__(endpoint.url, headers=endpoint.headers, **endpoint.kwargs)
        address = urlsplit(endpoint.url or "")
        self._path = address.path
        self._line = PartLine(address.port or HTTP, seconds=seconds, headers=endpoint.headers)

    async def request(self, *_: Any, json: Any = None, **__: Any) -> Any:
        """Call an action and give its answer. Raises what Rasa raises: of its own for a status, of aiohttp for none."""
        try:
            answer = await self._line.post(self._path, json)
            if answer.status >= 400:
                raise ClientResponseError(answer.status, "", answer.body.decode(errors="replace"))
            return answer.json()
        except NoAnswer as error:
            raise aiohttp.ClientConnectionError(str(error)) from error
