"""Sockets for the HTTP client: only to public addresses, and never past the deadline.

The address is checked where the connection is made, so that neither a redirect nor a changed DNS answer leads
to a machine of the inside (server-side request forgery, CWE-918). TLS still asks for the host's name.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Final

import httpcore

from monitor.errors import FetchError

_AZURE_WIRE_SERVER: Final = ipaddress.IPv4Address("168.63.129.16")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4, and IANA: all that is given out of it


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet and to no cloud's metadata service.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) decides for it.
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and ip not in _GLOBAL_UNICAST:
            return False
        ip = inner or ip
    return ip.is_global and not ip.is_multicast and ip != _AZURE_WIRE_SERVER


class Network(httpcore.NetworkBackend):
    """Connects for one client, used by several threads; each sets its own `deadline`."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()
        self._of_thread = threading.local()

    @contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Let no operation of this thread last past `deadline` (time.monotonic())."""
        self._of_thread.deadline = deadline
        try:
            yield
        finally:
            del self._of_thread.deadline

    def remaining(self) -> float | None:
        """Seconds left to this thread. Raises httpcore.TimeoutException when there are none."""
        deadline: float | None = getattr(self._of_thread, "deadline", None)
        if deadline is None:
            return None
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(address, port, self.remaining(), local_address, socket_options)
            except httpcore.ConnectError as error:
                last = error
            else:
                return _Stream(stream, self)
        raise last or httpcore.ConnectError("no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        """The host's addresses that may be connected to. Raises FetchError."""
        try:
            found = _looked_up(host, port, self.remaining())
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise FetchError(
                "dns",
                f"the host {host} has no address",
                why=f"the name is misspelt or gone, or this machine has no name server: {why}",
                todo="Check the URL in config.toml, and the network",
            ) from error
        addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            raise FetchError(
                "private_address",
                f"the host {host} is at {addresses[0]}, which is no public address",
                why="loopback, private, link-local and metadata addresses are not fetched",
                todo="If it is meant, set allow_private = true in [fetch]",
            )
        return allowed


def _looked_up(host: str, port: int, seconds: float | None) -> list[Any]:
    """socket.getaddrinfo, which knows no time of its own, with one. Raises httpcore.ConnectTimeout, OSError."""
    answers: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout("no name server answers") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Stream(httpcore.NetworkStream):
    """A connection whose every operation ends by the deadline of the thread that uses it."""

    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._network.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._network.remaining())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._network.remaining())
        return _Stream(inner, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
