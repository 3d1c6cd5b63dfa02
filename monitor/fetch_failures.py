"""Why a fetch failed, in words: what, likely why, what to do. `monitor.fetch` adds where."""

import ssl

import httpcore

from monitor.errors import FetchError
from parsers.errors import brief


def too_large(limit: int) -> FetchError:
    return FetchError(
        "too_large",
        f"the body is larger than {limit:,} bytes",
        why="it is no programme page, or it grew",
        todo="If it is right, raise max_body in [fetch]",
    )


def short_body(how: str) -> FetchError:
    return FetchError(
        "short_body",
        f"the body came incomplete, {how}",
        why="the connection was cut or the server is at fault",
        todo="Wait for the next check",
    )


def advice(status: int) -> dict[str, str]:
    """`why` and `todo` for an HTTP status that brings no page."""
    if status in {404, 410}:
        return {"why": "the page is gone or has moved", "todo": "Look for its new address on the site"}
    if status in {401, 403}:
        return {
            "why": "the site does not let this program in",
            "todo": "Name a contact in [fetch], or ask the site",
        }
    if status == 429:
        return {"why": "too many requests", "todo": "Raise min_interval in [fetch]"}
    if status >= 500:
        return {"why": "the server has a fault or is being maintained", "todo": "Wait for the next check"}
    return {"why": "the address is not that of a page", "todo": "Open it in a browser"}


def network_failure(error: Exception) -> FetchError:
    """The FetchError for what httpcore raised before a body came."""
    cause = error.args[0] if error.args else None  # httpcore wraps the socket's own error
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(
            "timeout",
            "no complete answer in time",
            why="the server is slow or a firewall swallows the request",
            todo="Wait for the next check, or raise timeout in [fetch]",
        )
    if isinstance(cause, ssl.SSLError) and isinstance(error, httpcore.ConnectError):
        why = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return FetchError(
            "tls",
            f"no trusted TLS connection: {why}",
            why="the certificate is expired, of another host, or of an unknown authority",
            todo="If the authority is your own, name its file in the environment variable SSL_CERT_FILE",
        )
    if isinstance(error, httpcore.ProtocolError) and "disconnected without" not in str(error):
        return FetchError(
            "protocol",
            f"the answer is no HTTP: {brief(str(error))}",
            why="something else listens there",
            todo="Check host and port",
        )
    return FetchError(
        "connection",
        f"no connection: {getattr(cause, 'strerror', None) or cause}",
        why="the server is down or a firewall refuses",
        todo="Check host and port, or wait for the next check",
    )
