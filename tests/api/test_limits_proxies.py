"""Whose word about an address is believed: that of proxies which the operator named, and nobody else's."""

from collections.abc import Iterator

import httpx2
import pytest

from api.settings import Settings
from tests.api.served import gateway

READS = 5
HALL, OTHER = "192.0.2.7", "198.51.100.7"
HEADERS = ("Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP")


def asked(settings: Settings, times: int, *forwarded: str, **more: str) -> list[int]:
    """The answers to requests with an X-Forwarded-For for each name given."""
    headers = [("X-Forwarded-For", address) for address in forwarded] + list(more.items())
    url = f"http://127.0.0.1:{settings.gateway_port}/v1/gemeenten"
    with httpx2.Client() as client:
        return [client.get(url, headers=headers).status_code for _ in range(times)]


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A proxy on this machine, as by default. Each test comes from networks of its own."""
    with gateway(tmp_path_factory.mktemp("proxy"), limit_reads=READS) as settings:
        yield settings


@pytest.fixture(scope="module")
def in_the_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A proxy elsewhere, so that this machine has nothing to say about addresses."""
    with gateway(tmp_path_factory.mktemp("open"), limit_reads=READS, forwarded_allow_ips="203.0.113.0/24") as settings:
        yield settings


def test_address_that_a_trusted_proxy_tells_is_limited(behind_a_proxy: Settings) -> None:
    assert asked(behind_a_proxy, READS + 1, HALL) == [200] * READS + [429]
    assert asked(behind_a_proxy, 1, OTHER) == [200]


def test_client_cannot_choose_its_own_address_through_a_trusted_proxy(behind_a_proxy: Settings) -> None:
    invented = [asked(behind_a_proxy, 1, f"10.0.{number}.1, 192.0.3.7")[0] for number in range(READS + 1)]
    assert invented == [200] * READS + [429]
    as_a_second_header = [asked(behind_a_proxy, 1, f"10.1.{number}.1", "192.0.4.7")[0] for number in range(READS + 1)]
    assert as_a_second_header == [200] * READS + [429]


def test_client_cannot_pass_for_this_machine(behind_a_proxy: Settings) -> None:
    assert asked(behind_a_proxy, READS + 1, "127.0.0.1")[-1] == 429
    url = f"http://127.0.0.1:{behind_a_proxy.gateway_port}/metrics"
    assert httpx2.get(url, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert httpx2.get(url, headers={"X-Forwarded-For": f"127.0.0.1, {HALL}"}).status_code == 404


@pytest.mark.parametrize(("number", "header"), list(enumerate(HEADERS)))
def test_no_other_header_tells_an_address(behind_a_proxy: Settings, number: int, header: str) -> None:
    found = []
    for invented in range(READS + 1):
        found += asked(behind_a_proxy, 1, f"192.0.{10 + number}.7", **{header: f"10.0.{invented}.1"})
    assert found == [200] * READS + [429]


def test_word_of_who_is_no_proxy_of_ours_counts_for_nothing(in_the_open: Settings) -> None:
    found = [asked(in_the_open, 1, f"10.0.{number}.1")[0] for number in range(READS + 1)]
    assert found == [200] * READS + [429]
