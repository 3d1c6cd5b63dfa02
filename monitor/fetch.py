"""Fetching one page over HTTP: the only module that speaks it.

A fetch ends by `fetch.timeout` with a whole body or with a FetchError whose `reason` names the cause; a part
of a body never gets through.
"""

import logging
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Self

import httpcore
import httpx
import stamina
import stamina.instrumentation

from monitor.errors import ConfigError, FetchError
from monitor.fetch_failures import advice, network_failure, short_body, too_large
from monitor.inflate import decoder
from monitor.manners import Manners, Pace
from monitor.network import Network
from monitor.settings_models import FetchSettings
from monitor.settings_values import web_url
from parsers.errors import brief
from storage.observation import first_header

_ATTEMPTS: Final = 3
_REDIRECTS: Final = 10
_LONGEST_ADDRESS: Final = 2000  # characters, of one that a server names
_LONGEST_VALIDATOR: Final = 1000
_PERMANENT: Final = frozenset({301, 308})
_REDIRECTING: Final = frozenset({301, 302, 303, 307, 308})

LONGEST_RETRY_AFTER: Final = 10.0
"""Seconds; a longer Retry-After is never waited for."""

_log = logging.getLogger(__name__)
stamina.instrumentation.set_on_retry_hooks([])  # retries are logged here, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to fetch, with the validators of the stored body; `max_body`, in bytes, overrides the settings'.

    With `cut` a longer body is cut off there, otherwise it is refused.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    max_body: int | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came: `body` decompressed and whole, empty when `not_modified`.

    `moved_permanently` says that every redirect on the way to `final_url` was permanent (301 or 308).
    Cookies are left out of `headers`. `seconds` is the time taken, waiting for the host's turn included.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    not_modified: bool
    seconds: float
    moved_permanently: bool

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case of letters."""
        return first_header(self.headers, name.lower())


class Client:
    """Kept connections, one identity and one way to behave for all fetches of a process; used by several threads.

    Without `manners` it keeps `settings.min_interval` between its own requests to a host and knows of no others.
    """

    def __init__(self, settings: FetchSettings, manners: Manners | None = None) -> None:
        self.settings = settings
        self.network = Network(allow_private=settings.allow_private)
        self.manners = manners or Pace(settings.min_interval)
        headers = {
            "User-Agent": _user_agent(settings.contact),
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "ja,en;q=0.5",
            "Accept-Encoding": "gzip",
        }
        self.http = httpx.Client(
            transport=_Transport(self.network),
            headers=headers,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=None,  # noqa: S113  the deadline in Network is the timeout
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()


def fetch(client: Client, request: Request) -> Fetched:
    """The page at `request.url`, after redirects and a few retries. Raises FetchError."""
    fetching = _Fetching(client, request, client.manners)
    try:
        for attempt in stamina.retry_context(
            on=fetching.may_retry, attempts=_ATTEMPTS, timeout=LONGEST_RETRY_AFTER, wait_initial=0.5, wait_max=2.0
        ):
            with attempt:
                return fetching.run()
    except FetchError as error:
        # The time that another attempt did not have says less than what the one before it met.
        met = fetching.met if fetching.met and error.reason == "timeout" else error
        client.manners.failed(met)
        raise met from error.__cause__
    raise AssertionError("stamina raises the last error")


def fetch_once(client: Client, request: Request, manners: Manners) -> Fetched:
    """As `fetch`, without a second attempt, and with other manners than the client's. Raises FetchError."""
    return _Fetching(client, request, manners).run()


class _Fetching:
    """One fetch in progress: its deadline grows only by what it waits for the host's turn."""

    def __init__(self, client: Client, request: Request, manners: Manners) -> None:
        self._client = client
        self._request = request
        self._manners = manners
        self._started = time.monotonic()
        self._deadline = self._started + client.settings.timeout
        self._max_body = request.max_body or client.settings.max_body
        self.met: FetchError | None = None
        """Why the last attempt but one failed."""

    def may_retry(self, error: Exception) -> bool | float:
        """Whether another attempt may help, or after how many seconds the server says it may."""
        if not isinstance(error, FetchError):
            return False
        passing = error.reason == "connection" or error.status == 429 or (error.status or 0) >= 500
        wait = error.retry_after
        left = self._deadline - time.monotonic()
        longest = max(wait or 0.0, self._client.settings.min_interval)
        if not passing or longest > LONGEST_RETRY_AFTER or left <= (wait or 0.0):
            return False
        self.met = error
        _log.info("trying again: %s", error)
        return True if wait is None else wait

    def run(self) -> Fetched:
        """Follow the redirects by hand: each hop is checked, and a loop is seen on its second round."""
        url, permanent = self._request.url, True
        seen = {url}
        for _ in range(_REDIRECTS + 1):
            with self._hop(url, is_first=len(seen) == 1) as response:
                target = _redirect_target(response)
                if target is None:
                    body = self._body(response)
                    return Fetched(
                        url=self._request.url,
                        final_url=url,
                        status=response.status_code,
                        headers=_headers(response),
                        body=body,
                        not_modified=response.status_code == 304,
                        seconds=time.monotonic() - self._started,
                        moved_permanently=permanent and len(seen) > 1,
                    )
                permanent = permanent and response.status_code in _PERMANENT
            if target in seen:
                break
            seen.add(target)
            url = target
        raise FetchError(
            "redirect_loop",
            f"the redirects do not end, the last one led to {target}",
            where=self._request.url,
            why="the site's rules contradict each other, or it wants cookies",
            todo="Open the page in a browser and put the address it ends at into config.toml",
        )

    @contextmanager
    def _hop(self, url: str, *, is_first: bool) -> Iterator[httpx.Response]:
        """One request and its answer, good or redirecting. Raises FetchError for any other.

        Validators go to the first address only: another one's answer to them would speak of another page.
        """
        headers = _validators(self._request) if is_first else {}
        with _translated(url):
            request = self._client.http.build_request("GET", _checked(url), headers=headers)
            with self._manners.turn(self._client, str(request.url)) as turn:
                self._deadline += turn.waited
                if not turn.keeps_connection:
                    request.headers["Connection"] = "close"
                with self._client.network.until(self._deadline):
                    response = self._client.http.send(request, stream=True)
                    turn.answered_at = time.monotonic()
                    try:
                        _refuse_bad_status(response, is_conditional=bool(headers))
                        yield response
                    finally:
                        response.close()

    def _body(self, response: httpx.Response) -> bytes:
        """The body, decompressed: whole, or cut off at `max_body` bytes if so requested. Raises FetchError."""
        declared = response.headers.get("content-length", "")
        is_too_large = declared.isdecimal() and float(declared) > self._max_body and response.status_code != 304
        if is_too_large and not self._request.cut:
            raise too_large(self._max_body)
        decoding = decoder(response.headers.get("content-encoding", ""))
        body = bytearray()
        received = 0
        try:
            for chunk in response.iter_raw():
                received += len(chunk)
                body += decoding.feed(chunk, self._max_body + 1 - len(body))
                if max(received, len(body)) > self._max_body:
                    if self._request.cut:
                        return bytes(body[: self._max_body])
                    raise too_large(self._max_body)
        except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
            raise short_body(f"it broke off after {received} bytes: {brief(str(error))}") from error
        if not decoding.is_complete:
            raise short_body(f"its compressed data break off after {received} bytes")
        return bytes(body)


class _Transport(httpx.BaseTransport):
    """httpcore's pool over our own sockets; its errors come through as they are."""

    def __init__(self, network: Network) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(), network_backend=network, max_connections=None, keepalive_expiry=15.0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_BodyStream(response))

    def close(self) -> None:
        self._pool.close()


def _tls() -> ssl.SSLContext:
    """Certificate and host name are verified; SSL_CERT_FILE and SSL_CERT_DIR name other authorities."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise ConfigError(
            "the certificates of the authorities cannot be read",
            where="environment variable SSL_CERT_FILE or SSL_CERT_DIR",
            why=error.strerror or str(error),
            todo="Name a file in PEM form, or unset it",
        ) from error


class _BodyStream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _user_agent(contact: str) -> str:
    try:
        release = version("ministry-monitor")
    except PackageNotFoundError:
        release = "dev"
    return f"ministry-monitor/{release} (+{contact})" if contact else f"ministry-monitor/{release}"


def _checked(url: str) -> httpx.URL:
    try:
        return httpx.URL(web_url(url))
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError("bad_url", f"the URL cannot be fetched: {error}", todo="Correct the URL") from error


def _validators(request: Request) -> dict[str, str]:
    """The server's own words for the body it sent last, as it sent them; none that could not stand in a header."""
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {
        name: value
        for name, value in given.items()
        if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    }


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in response.headers.multi_items() if name != "set-cookie")


def _redirect_target(response: httpx.Response) -> str | None:
    location = response.headers.get("location", "").strip()
    if response.status_code not in _REDIRECTING or not location:
        return None
    if len(location) > _LONGEST_ADDRESS:
        raise FetchError("bad_url", f"it redirects to an address of {len(location):,} characters")
    try:
        return str(response.request.url.join(location).copy_with(fragment=None))
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError("bad_url", "it redirects to an address that is none", why=brief(str(error))) from error


def _refuse_bad_status(response: httpx.Response, *, is_conditional: bool) -> None:
    """Raises FetchError for any status that brings neither the page, nor a redirect, nor an expected 304."""
    status = response.status_code
    if _redirect_target(response) or (status == 304 and is_conditional):
        return
    if 200 <= status < 300 and status != 206:  # a part was never asked for
        return
    error = FetchError(
        f"http_{status}", f"the server answered {status} {response.reason_phrase}".rstrip(), **advice(status)
    )
    error.status = status
    error.retry_after = _retry_after(response)
    raise error


def _retry_after(response: httpx.Response) -> float | None:
    """Retry-After (RFC 9110, 10.2.3) in seconds from now; None if there is none that can be read."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


@contextmanager
def _translated(url: str) -> Iterator[None]:
    """Every failure of a hop as a FetchError that names its address."""
    try:
        yield
    except FetchError as error:
        error.where = error.where or url
        error.final_url = url
        raise
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        found = network_failure(error)
        found.where = found.final_url = url
        raise found from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        bad = FetchError("bad_url", "it redirects to an address that is none", where=url, why=brief(str(error)))
        bad.final_url = url
        raise bad from error
