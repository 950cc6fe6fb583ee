import asyncio
import json
from asyncio import StreamReader, StreamWriter
from typing import Any

import aiohttp
import pytest
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.action_endpoint import KeptEndpoint

SAID = {"next_action": "scan", "tracker": {"slots": {"personen": None}, "latest_message": {"text": "één"}}}


def asked(status: int, body: bytes, *, kept: bool) -> tuple[Any, list[tuple[bytes, Any]]]:
    """What an endpoint gives or raises when the action server answers so; and what the server heard."""

    async def run() -> tuple[Any, list[tuple[bytes, Any]]]:
        heard = []

        async def serve(reader: StreamReader, writer: StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.splitlines() if line.lower().startswith(b"content-length"))
            heard.append((head, json.loads(await reader.readexactly(int(length.split()[1])))))
            kind = b"Content-Type: application/json\r\nConnection: close\r\n"
            writer.write(b"HTTP/1.1 %d X\r\n%bContent-Length: %d\r\n\r\n%b" % (status, kind, len(body), body))
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook", headers={"Authorization": "Bearer x"})
            given = KeptEndpoint(endpoint, 5) if kept else endpoint
            try:
                return await given.request(json=SAID, method="post", timeout=5, compress=False), heard
            except aiohttp.ClientError as error:
                return error, heard

    return asyncio.run(run())


def test_action_server_hears_the_same_as_from_rasas_own_endpoint() -> None:
    own, heard_of_own = asked(200, b'{"events": []}', kept=False)
    ours, heard_of_ours = asked(200, b'{"events": []}', kept=True)
    assert own == ours == {"events": []}
    assert heard_of_own[0][1] == heard_of_ours[0][1] == SAID
    for head, _ in (*heard_of_own, *heard_of_ours):
        assert head.startswith(b"POST /webhook HTTP/1.1\r\n")
        assert b"authorization: bearer x" in head.lower()


@pytest.mark.parametrize("status", [400, 401, 500])
def test_status_of_an_error_is_told_as_rasa_tells_it(status: int) -> None:
    for kept in (False, True):
        error, _ = asked(status, b'{"error": "x", "action_name": "scan"}', kept=kept)
        assert isinstance(error, ClientResponseError)
        assert (error.status, json.loads(error.text)["action_name"]) == (status, "scan")


def test_action_server_that_is_not_there_is_no_connection() -> None:
    for endpoint in (
        EndpointConfig("http://127.0.0.1:1/webhook"),
        KeptEndpoint(EndpointConfig("http://127.0.0.1:1/webhook"), 5),
    ):
        with pytest.raises(aiohttp.ClientConnectionError):
            asyncio.run(endpoint.request(json=SAID, method="post"))
