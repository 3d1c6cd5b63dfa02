"""Which machines are connected to: the check of the address, where the connection is made."""

import socket
import time
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.errors import FetchError
from monitor.fetch import Client, Request, fetch
from monitor.network import is_public
from monitor.settings_models import FetchSettings


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "5f00::1",
    ],
)
def test_addresses_of_the_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "210.148.120.1", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def careful() -> Any:
    with Client(FetchSettings(min_interval=0.0, timeout=5.0)) as client:
        yield client


def reason(client: Client, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(client, Request(url=url))
    return caught.value.reason


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
def test_loopback_is_not_fetched_under_any_spelling(careful: Client, httpserver: HTTPServer, host: str) -> None:
    httpserver.expect_request("/").respond_with_data("secret")
    assert reason(careful, f"http://{host}:{httpserver.port}/") == "private_address"
    assert httpserver.log == []


def test_a_name_server_that_hangs_ends_at_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))
    started = time.monotonic()
    with Client(FetchSettings(min_interval=0.0, timeout=0.3)) as client:
        assert reason(client, "http://www.example.jp/") == "timeout"
    assert time.monotonic() - started < 2


def answer_with(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let the name server answer www.example.jp with these addresses, another one at each question."""
    answers = iter(addresses)
    resolve = socket.getaddrinfo

    def answer(host: str, *rest: Any, **options: Any) -> Any:
        return resolve(next(answers) if host == "www.example.jp" else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_a_public_name_that_points_inside_is_not_fetched(
    careful: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "127.0.0.1")
    assert reason(careful, f"http://www.example.jp:{httpserver.port}/") == "private_address"


def test_the_address_that_was_checked_is_the_one_connected_to(
    careful: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time leads nowhere else: it is asked once."""
    httpserver.expect_request("/").respond_with_handler(lambda request: Response(request.host))
    answer_with(monkeypatch, "127.0.0.1", "127.0.0.2")
    monkeypatch.setattr("monitor.network.is_public", lambda address: address == "127.0.0.1")
    url = f"http://www.example.jp:{httpserver.port}/"
    assert fetch(careful, Request(url=url)).body == f"www.example.jp:{httpserver.port}".encode()


def test_a_name_that_points_inside_at_the_next_connection_is_refused(
    careful: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/").respond_with_data("x", headers={"Connection": "close"})
    answer_with(monkeypatch, "127.0.0.1", "10.0.0.1")
    monkeypatch.setattr("monitor.network.is_public", lambda address: address == "127.0.0.1")
    url = f"http://www.example.jp:{httpserver.port}/"
    fetch(careful, Request(url=url))
    assert reason(careful, url) == "private_address"


METADATA = [
    "169.254.169.254",
    "2852039166",
    "0xA9FEA9FE",
    "0xa9.0xfe.0xa9.0xfe",
    "169.16689662",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "10.0.0.1",
    "[::1]",
    "[::]",
    "0.0.0.0",
    "localhost",
]


@pytest.mark.parametrize("host", METADATA)
def test_a_redirect_to_the_inside_is_not_followed(
    careful: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """The first host is let through as public, what its redirect names is not, however it is written."""
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": f"http://{host}/latest/"})
    first = [httpserver.host]
    monkeypatch.setattr("monitor.network.is_public", lambda address: bool(first and first.pop()) or is_public(address))
    assert reason(careful, f"http://127.0.0.1:{httpserver.port}/") in {"private_address", "dns"}
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("host", ["0251.0376.0251.0376", "169.254.169.254.", "[fe80::1%lo", "[::ffff:169.254.169]"])
def test_an_address_that_is_spelt_wrongly_leads_nowhere(
    careful: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": f"http://{host}/"})
    first = [httpserver.host]
    monkeypatch.setattr("monitor.network.is_public", lambda address: bool(first and first.pop()) or is_public(address))
    assert reason(careful, f"http://127.0.0.1:{httpserver.port}/") in {"private_address", "dns", "bad_url"}
