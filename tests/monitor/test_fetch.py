"""Fetching from real servers on loopback: what comes through, and what each failure is called."""

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stamina
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request as HttpRequest
from werkzeug import Response

from monitor.errors import FetchError
from monitor.fetch import Client, Request, fetch
from monitor.settings_models import FetchSettings

Answer = Callable[[socket.socket], None]
Serving = Callable[..., str]


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def settings(**values: Any) -> FetchSettings:
    return FetchSettings.model_validate({"allow_private": True, "min_interval": 0.0, "timeout": 10.0} | values)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(settings()) as opened:
        yield opened


@pytest.fixture
def raw_server() -> Iterator[Serving]:
    """Serves each connection with a function that is given the socket, the request already read."""
    listeners: list[socket.socket] = []

    def serve(answer: Answer, tls: ssl.SSLContext | None = None) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def work() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with contextlib.suppress(OSError), secured(connection, tls) as open_connection:
                        open_connection.recv(65536)
                        answer(open_connection)

        threading.Thread(target=work, daemon=True).start()
        return f"http{'s' if tls else ''}://localhost:{listener.getsockname()[1]}/"

    yield serve
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def secured(connection: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    return tls.wrap_socket(connection, server_side=True) if tls else connection


def answer_x(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")


def failure(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(client, Request(url=url))
    return caught.value


# What comes through


def test_a_page_comes_with_its_bytes_status_and_type(client: Client, httpserver: HTTPServer) -> None:
    body = "総務省".encode("cp932")
    httpserver.expect_request("/").respond_with_data(body, content_type="text/html")
    fetched = fetch(client, Request(url=httpserver.url_for("/")))
    assert (fetched.body, fetched.status, fetched.header("Content-Type")) == (body, 200, "text/html")


def test_a_compressed_page_comes_decompressed(client: Client, httpserver: HTTPServer) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0"
    httpserver.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    assert fetch(client, Request(url=httpserver.url_for("/"))).body == b"one two"


def test_the_program_says_who_it_is_and_whom_to_ask(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    with Client(settings(contact="desk@example.jp")) as client:
        fetch(client, Request(url=httpserver.url_for("/")))
    [(request, _)] = httpserver.log
    assert request.headers["User-Agent"].startswith("ministry-monitor/")
    assert request.headers["User-Agent"].endswith(" (+desk@example.jp)")


def test_a_page_that_is_unmodified_costs_no_body(client: Client, httpserver: HTTPServer) -> None:
    def answer(request: HttpRequest) -> Response:
        fresh = request.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in request.headers
        return Response(status=304) if fresh else Response("x")

    httpserver.expect_request("/").respond_with_handler(answer)
    url = httpserver.url_for("/")
    fetched = fetch(client, Request(url=url, etag='"v1"', last_modified="Tue, 23 Jan 2024 00:00:00 GMT"))
    assert (fetched.not_modified, fetched.status, fetched.body) == (True, 304, b"")


def test_a_304_that_nobody_asked_for_is_a_failure(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(status=304)
    assert failure(client, httpserver.url_for("/")).reason == "http_304"


def test_a_cookie_is_neither_sent_back_nor_handed_on(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x", headers={"Set-Cookie": "a=b; Path=/"})
    fetched = [fetch(client, Request(url=httpserver.url_for("/"))) for _ in range(2)]
    assert fetched[1].header("set-cookie") is None
    assert [request.headers.get("Cookie") for request, _ in httpserver.log] == [None, None]


def test_the_connection_is_kept_for_the_next_fetch(client: Client, raw_server: Serving) -> None:
    connections = 0

    def answer(connection: socket.socket) -> None:
        nonlocal connections
        connections += 1
        for _ in range(2):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
            connection.recv(65536)

    url = raw_server(answer)
    for _ in range(2):
        fetch(client, Request(url=url))
    assert connections == 1


# Redirects


def test_a_permanent_redirect_is_followed_and_noted(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data(status=301, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data("x")
    fetched = fetch(client, Request(url=httpserver.url_for("/old")))
    assert (fetched.final_url, fetched.moved_permanently) == (httpserver.url_for("/new"), True)


def test_a_chain_with_a_temporary_redirect_is_no_move(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=308, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/c"})
    httpserver.expect_request("/c").respond_with_data("x")
    assert not fetch(client, Request(url=httpserver.url_for("/a"))).moved_permanently


def test_validators_go_to_the_address_they_belong_to_only(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("x")
    fetch(client, Request(url=httpserver.url_for("/a"), etag='"v1"'))
    assert [request.headers.get("If-None-Match") for request, _ in httpserver.log] == ['"v1"', None]


def test_a_redirect_loop_is_told_at_its_second_round(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/a"})
    assert failure(client, httpserver.url_for("/a")).reason == "redirect_loop"
    assert len(httpserver.log) == 2


def test_redirects_without_end_stop_after_ten(client: Client, httpserver: HTTPServer) -> None:
    def further(request: HttpRequest) -> Response:
        return Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    for number in range(20):
        httpserver.expect_request(f"/{number}").respond_with_handler(further)
    assert failure(client, httpserver.url_for("/0")).reason == "redirect_loop"
    assert len(httpserver.log) == 11


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://example.jp/",
        "gopher://127.0.0.1:25/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://user:pass@127.0.0.1/",
        "http://127.0.0.1/" + "x" * 2000,
    ],
    ids=lambda target: target[:20],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(client: Client, httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": target})
    assert failure(client, httpserver.url_for("/")).reason == "bad_url"


def test_a_redirect_to_no_address_at_all_is_refused(client: Client, raw_server: Serving) -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://localhost:99999/\r\nContent-Length: 0\r\n\r\n"
    assert failure(client, raw_server(lambda sock: sock.sendall(answer))).reason == "bad_url"


def test_a_page_that_wants_its_cookie_back_is_a_loop_that_says_so(client: Client, httpserver: HTTPServer) -> None:
    wants = {"Location": "/", "Set-Cookie": "seen=1; Path=/"}
    httpserver.expect_request("/", headers={"Cookie": "seen=1"}).respond_with_data("x")
    httpserver.expect_request("/").respond_with_data(status=302, headers=wants)
    error = failure(client, httpserver.url_for("/"))
    assert (error.reason, "cookies" in error.why) == ("redirect_loop", True)


# Refusals by status


@pytest.mark.parametrize("status", [403, 404, 410, 206, 300])
def test_a_status_that_brings_no_page_is_named(client: Client, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/").respond_with_data("x", status=status)
    error = failure(client, httpserver.url_for("/"))
    assert (error.reason, error.status, len(httpserver.log)) == (f"http_{status}", status, 1)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_fault_is_tried_three_times(client: Client, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/").respond_with_data("x", status=status)
    assert failure(client, httpserver.url_for("/")).reason == f"http_{status}"
    assert len(httpserver.log) == 3


def test_a_server_that_recovers_at_once_is_no_failure(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/").respond_with_data("x", status=503)
    httpserver.expect_ordered_request("/").respond_with_data("good")
    assert fetch(client, Request(url=httpserver.url_for("/"))).body == b"good"


def test_a_fault_that_another_attempt_has_no_time_for_is_not_called_slow(httpserver: HTTPServer) -> None:
    stamina.set_testing(False)
    httpserver.expect_request("/").respond_with_data("x", status=503)
    with Client(settings(timeout=0.3)) as client:
        assert failure(client, httpserver.url_for("/")).reason == "http_503"


def test_a_long_retry_after_is_never_waited_for(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x", status=503, headers={"Retry-After": "11"})
    error = failure(client, httpserver.url_for("/"))
    assert (error.retry_after, len(httpserver.log)) == (11.0, 1)


def test_a_short_retry_after_is_waited_for(client: Client, httpserver: HTTPServer) -> None:
    stamina.set_testing(False)
    httpserver.expect_ordered_request("/").respond_with_data("x", status=503, headers={"Retry-After": "1"})
    httpserver.expect_ordered_request("/").respond_with_data("good")
    fetched = fetch(client, Request(url=httpserver.url_for("/")))
    assert fetched.body == b"good"
    assert fetched.seconds >= 1


def test_a_retry_after_may_be_a_date(client: Client, httpserver: HTTPServer) -> None:
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 3600))
    httpserver.expect_request("/").respond_with_data("x", status=503, headers={"Retry-After": date})
    assert failure(client, httpserver.url_for("/")).retry_after == pytest.approx(3600, abs=5)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("1e9", None),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Tue, 23 Jan 2024 00:00:00 +9999", None),
        ("Tue, 23 Jan 2024 00:00:00 GMT", 0.0),
        ("99999999999999999999", 1e20),
        ("9" * 5000, float("inf")),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_retry_after_of_any_kind_is_read_or_left(
    client: Client, httpserver: HTTPServer, value: str, seconds: float | None
) -> None:
    httpserver.expect_request("/").respond_with_data("x", status=503, headers={"Retry-After": value})
    assert failure(client, httpserver.url_for("/")).retry_after == seconds


# What a server says of a body


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"', "no quotes", '"' + "x" * 900 + '"'], ids=lambda tag: tag[:10])
def test_a_validator_goes_back_as_it_came(client: Client, httpserver: HTTPServer, etag: str) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    fetch(client, Request(url=httpserver.url_for("/"), etag=etag, last_modified="Fri, 31 Dec 2099 23:59:59 GMT"))
    [(request, _)] = httpserver.log
    assert request.headers["If-None-Match"] == etag
    assert request.headers["If-Modified-Since"] == "Fri, 31 Dec 2099 23:59:59 GMT"


@pytest.mark.parametrize(
    "etag", ['"総務"', '"\xe9"', '"a\r\nX: b"', '"' + "x" * 2000 + '"'], ids=["ja", "é", "lines", "long"]
)
def test_a_validator_that_no_header_could_hold_is_left_out(client: Client, httpserver: HTTPServer, etag: str) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    assert fetch(client, Request(url=httpserver.url_for("/"), etag=etag)).body == b"x"
    [(request, _)] = httpserver.log
    assert "If-None-Match" not in request.headers


# Bodies that are not whole


def test_a_body_shorter_than_declared_is_short(client: Client, raw_server: Serving) -> None:
    url = raw_server(lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>"))
    assert failure(client, url).reason == "short_body"


def test_chunks_without_an_end_are_short(client: Client, raw_server: Serving) -> None:
    url = raw_server(lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n"))
    assert failure(client, url).reason == "short_body"


def test_compressed_data_that_break_off_are_short(client: Client, httpserver: HTTPServer) -> None:
    packed = gzip.compress(b"one two three" * 100)[:-20]
    httpserver.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    assert failure(client, httpserver.url_for("/")).reason == "short_body"


def test_broken_compression_is_named(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("plain", headers={"Content-Encoding": "gzip"})
    assert failure(client, httpserver.url_for("/")).reason == "encoding"


def test_a_compression_nobody_asked_for_is_named(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x", headers={"Content-Encoding": "br"})
    assert failure(client, httpserver.url_for("/")).reason == "encoding"


BROKEN_CHUNKS = {
    "a length that is none": b"zz\r\n<html>\r\n0\r\n\r\n",
    "a negative length": b"-6\r\n<html>\r\n0\r\n\r\n",
    "a length too short": b"2\r\n<html>\r\n0\r\n\r\n",
    "a length too long": b"fffffff\r\n<html>\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("chunks", BROKEN_CHUNKS.values(), ids=BROKEN_CHUNKS)
def test_chunks_that_are_broken_are_short(client: Client, raw_server: Serving, chunks: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert failure(client, raw_server(lambda sock: sock.sendall(head + chunks))).reason == "short_body"


def test_no_more_than_the_declared_length_is_taken(client: Client, raw_server: Serving) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html></html>"
    assert fetch(client, Request(url=raw_server(lambda sock: sock.sendall(answer)))).body == b"<html>"


def test_where_length_and_chunks_contradict_the_chunks_count(client: Client, raw_server: Serving) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = raw_server(lambda sock: sock.sendall(head + b"6\r\n<html>\r\n0\r\n\r\n"))
    assert fetch(client, Request(url=url)).body == b"<html>"


NO_HEADERS = {
    "two lengths": b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a negative length": b"Content-Length: -1\r\n\r\nx",
    "a length without end": b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nx",
    "a control character": b"X-Color: \x1b[31m\r\nX-Nul: \0\r\nContent-Length: 1\r\n\r\nx",
    "a line break that is none": b"X-A: b\rSet-Cookie: c=d\r\nContent-Length: 1\r\n\r\nx",
    "a name that is none": b"X A: b\r\nContent-Length: 1\r\n\r\nx",
    "a header of 200 kB": b"X-Long: " + b"x" * 200_000 + b"\r\nContent-Length: 1\r\n\r\nx",
    "10,000 headers": b"X-Many: 12345\r\n" * 10_000 + b"Content-Length: 1\r\n\r\nx",
}


@pytest.mark.parametrize("headers", NO_HEADERS.values(), ids=NO_HEADERS)
def test_headers_that_are_none_are_named(client: Client, raw_server: Serving, headers: bytes) -> None:
    error = failure(client, raw_server(lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\n" + headers)))
    assert error.reason in {"protocol", "too_large"}
    assert str(error).isprintable()
    assert len(str(error)) < 400


def test_the_servers_reason_phrase_is_not_repeated(client: Client, raw_server: Serving) -> None:
    answer = b"HTTP/1.1 403 \x1b[2J{{ 7*7 }} %s\r\nContent-Length: 0\r\n\r\n"
    error = failure(client, raw_server(lambda sock: sock.sendall(answer)))
    assert "7*7" not in str(error)
    assert str(error).isprintable()


# Bounds


def test_a_body_declared_too_large_is_not_read(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 1001)
    with Client(settings(max_body=1000)) as client:
        assert failure(client, httpserver.url_for("/")).reason == "too_large"


def test_interim_answers_without_end_end_at_the_timeout(raw_server: Serving) -> None:
    def interim(connection: socket.socket) -> None:
        while True:
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)

    with Client(settings(timeout=0.5)) as client:
        assert failure(client, raw_server(interim)).reason == "timeout"


def test_an_endless_body_ends_at_the_limit(raw_server: Serving) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with Client(settings(max_body=1_000_000)) as client:
        assert failure(client, raw_server(endless)).reason == "too_large"


def test_a_decompression_bomb_ends_at_the_limit(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with Client(settings(max_body=1_000_000)) as client:
        assert failure(client, httpserver.url_for("/")).reason == "too_large"


def test_a_body_of_exactly_the_limit_is_whole(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(gzip.compress(b"x" * 1000), headers={"Content-Encoding": "gzip"})
    with Client(settings(max_body=1000)) as client:
        assert len(fetch(client, Request(url=httpserver.url_for("/"))).body) == 1000


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_an_answer_that_drips_ends_at_the_timeout(raw_server: Serving, start: bytes) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(100):
            time.sleep(0.05)
            connection.sendall(b"x")

    with Client(settings(timeout=0.5)) as client:
        started = time.monotonic()
        assert failure(client, raw_server(drip)).reason == "timeout"
    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_ends_at_the_timeout(raw_server: Serving) -> None:
    with Client(settings(timeout=0.3)) as client:
        assert failure(client, raw_server(lambda _: time.sleep(1))).reason == "timeout"


def test_two_requests_to_one_host_keep_their_distance(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    with Client(settings(min_interval=0.3)) as client:
        started = time.monotonic()
        for _ in range(2):
            fetch(client, Request(url=httpserver.url_for("/")))
    assert time.monotonic() - started >= 0.3


def test_waiting_for_the_hosts_turn_does_not_use_up_the_timeout(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    with Client(settings(min_interval=0.8, timeout=0.5)) as client:
        bodies = [fetch(client, Request(url=httpserver.url_for("/"))).body for _ in range(2)]
    assert bodies == [b"x", b"x"]


# No connection


def test_a_port_where_nobody_listens_is_no_connection(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert failure(client, f"http://127.0.0.1:{port}/").reason == "connection"


def test_a_server_that_hangs_up_is_no_connection(client: Client, raw_server: Serving) -> None:
    assert failure(client, raw_server(lambda _: None)).reason == "connection"


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail ESMTP\r\n\r\n",
        b"<html>\r\n\r\n<body>HTTP/0.9</body></html>\n",
        b"\x16\x03\x01\0\xa5\r\n\r\n",
        b"HTTP/1.1 20x OK\r\n\r\n",
    ],
    ids=["mail", "HTTP/0.9", "TLS", "status"],
)
def test_an_answer_that_is_no_http_is_named(client: Client, raw_server: Serving, answer: bytes) -> None:
    error = failure(client, raw_server(lambda sock: sock.sendall(answer)))
    assert error.reason == "protocol"
    assert str(error).isprintable()


def test_a_host_without_an_address_is_named(client: Client) -> None:
    error = failure(client, "http://no-such-host.invalid/")
    assert error.reason == "dns"
    assert str(error).startswith("http://no-such-host.invalid/: the host no-such-host.invalid has no address")


@pytest.mark.parametrize(
    "url", ["ftp://example.jp/", "http:///", "http://" + "a" * 70 + ".jp:99999/", "https://exa mple.jp/"]
)
def test_a_url_that_is_none_is_named(client: Client, url: str) -> None:
    assert failure(client, url).reason == "bad_url"


# TLS


def certificate(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


def test_a_certificate_of_an_unknown_authority_is_refused(client: Client, raw_server: Serving) -> None:
    error = failure(client, raw_server(answer_x, certificate(trustme.CA(), "localhost")))
    assert error.reason == "tls"
    assert "unable to get local issuer certificate" in str(error)


@pytest.fixture
def authority(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


def test_an_authority_named_by_ssl_cert_file_is_trusted(authority: trustme.CA, raw_server: Serving) -> None:
    url = raw_server(answer_x, certificate(authority, "localhost"))
    with Client(settings()) as client:
        assert fetch(client, Request(url=url)).body == b"x"


def test_a_certificate_of_another_host_is_refused(authority: trustme.CA, raw_server: Serving) -> None:
    url = raw_server(answer_x, certificate(authority, "other.example.jp"))
    with Client(settings()) as client:
        assert failure(client, url).reason == "tls"


def test_a_certificate_that_has_expired_is_refused(authority: trustme.CA, raw_server: Serving) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    authority.issue_cert("localhost", not_before=long_ago, not_after=long_ago + timedelta(days=1)).configure_cert(
        context
    )
    with Client(settings()) as client:
        error = failure(client, raw_server(answer_x, context))
    assert (error.reason, "certificate has expired" in str(error)) == ("tls", True)


def test_a_handshake_that_never_ends_ends_at_the_timeout(raw_server: Serving) -> None:
    url = raw_server(lambda _: time.sleep(1)).replace("http:", "https:")
    with Client(settings(timeout=0.3)) as client:
        assert failure(client, url).reason == "timeout"
