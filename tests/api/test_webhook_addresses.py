"""Where webhooks may go: to the open internet over https, and nowhere behind our own front door."""

import asyncio

import pytest

from api.webhooks.addresses import Addresses, BadAddress, is_public

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"]
NOT_PUBLIC = [
    *("0.0.0.0", "0.1.2.3"),
    *("127.0.0.1", "127.8.8.8", "::1"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00:ec2::254", "fec0::1"),
    *("169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0"),
    *("100.64.0.1", "100.100.100.200"),  # carrier-grade NAT
    *("168.63.129.16", "192.0.0.1", "192.88.99.1", "198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "224.0.1.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "ff02::1", "ff0e::1"),
    *("::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::1"),
    *("2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "4000::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_of_a_machine_near_us_or_of_nobody_is_not(address: str) -> None:
    assert not is_public(address)


def names(**found: list[str]) -> Addresses:
    """Addresses that know these names, with a dot for every underscore."""

    async def resolve(host: str, _port: int) -> list[str]:
        if host.replace(".", "_").replace("-", "_") not in found:
            raise OSError
        return found[host.replace(".", "_").replace("-", "_")]

    return Addresses(resolver=resolve)


def look_up(addresses: Addresses, url: str) -> list[str]:
    return asyncio.run(addresses.look_up(addresses.read(url)))


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.example/aanvragen",
        "https://crm.example:443/",
        "https://crm.example:8443/pad?sleutel=1",
        "https://xn--mnchen-3ya.example/",
        "HTTPS://CRM.example/",
    ],
)
def test_address_over_https_is_taken(url: str) -> None:
    assert Addresses().read(url).host


@pytest.mark.parametrize(
    "url",
    [
        *("", "crm.example", "http://crm.example/", "ftp://crm.example/", "file:///etc/passwd", "//crm.example/"),
        *("https://", "https:///pad", "https://crm.example:99999/", "https://crm.example:x/", "https://[::1"),
        *("https://crm.example./", "https://crm .example/", "https://crm.example\\@kwaad.example/"),
        *("https://crm.example/\r\nHost: x", "https://crm.example/#deel", "https://crm.exämple/"),
        *("https://naam:geheim@crm.example/", "https://crm.example@kwaad.example/"),
        *("https://crm.example:25/", "https://crm.example:22/", "https://crm.example:80/", "https://crm.example:0/"),
        f"https://crm.example/{'x' * 500}",
    ],
)
def test_other_addresses_are_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(BadAddress, match=r"Vul een adres in|Zet geen naam|Gebruik poort"):
        Addresses().read(url)


def test_name_is_looked_up() -> None:
    assert look_up(names(crm_example=["93.184.215.14"]), "https://crm.example/") == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://binnen.example/", ["10.0.0.1"]),
        ("https://binnen.example/", ["93.184.215.14", "10.0.0.1"]),  # one of several is enough
        ("https://binnen.example/", ["::ffff:169.254.169.254"]),
        ("https://localhost/", ["127.0.0.1"]),
        ("https://2130706433/", ["127.0.0.1"]),  # as a number, which look-ups understand
        ("https://0x7f000001/", ["127.0.0.1"]),
        ("https://169.254.169.254/latest/meta-data", ["169.254.169.254"]),
        ("https://[::1]:8443/", ["::1"]),
    ],
)
def test_name_that_leads_inside_is_refused(url: str, found: list[str]) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return found

    with pytest.raises(BadAddress, match="niet op het open internet"):
        look_up(Addresses(resolver=resolve), url)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://0177.0.0.1/"])
def test_this_machine_is_refused_by_the_real_look_up_too(url: str) -> None:
    with pytest.raises(BadAddress):
        look_up(Addresses(), url)


def test_name_that_leads_nowhere_is_told_apart() -> None:
    with pytest.raises(BadAddress, match="niet te vinden"):
        look_up(names(), "https://crm.example/")


class TestTrying:
    """On one machine, without an address for the outside, webhooks may go to that machine when the operator says so."""

    def test_goes_to_this_machine_also_by_http(self) -> None:
        addresses = Addresses(loopback=True)
        assert look_up(addresses, "http://127.0.0.1:9000/") == ["127.0.0.1"]
        assert look_up(addresses, "https://127.0.0.1:9000/") == ["127.0.0.1"]

    def test_goes_to_no_other_machine_near_us_and_by_http_to_none(self) -> None:
        async def resolve(host: str, _port: int) -> list[str]:
            return [host]

        addresses = Addresses(loopback=True, resolver=resolve)
        for url in ("https://10.0.0.1:9000/", "http://10.0.0.1:9000/", "http://93.184.215.14:9000/"):
            with pytest.raises(BadAddress, match="niet op het open internet"):
                look_up(addresses, url)
