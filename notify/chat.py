"""Chat services and web-hooks: one message to one apprise URL, by an instance of its own."""

import logging
import re
import threading
import warnings
from functools import cache
from types import ModuleType
from typing import Any, Final, Literal

from notify.errors import NotifyError, SendError
from storage.observation import FrozenMessage

_TIMEOUT_SECONDS: Final = 60
# Whoever receives these reads them with a program: plain text, no markup to undo.
_MACHINES: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_LOADING: Final = threading.Lock()
_CODE: Final = re.compile(r"error=(\d{3})\b")


@cache
def _apprise() -> ModuleType:
    # Loaded here: it takes half a second that a check without chat need not spend. On Python 3.11 and 3.12 it
    # asks for the deprecated imghdr, which is no news to our users; the lock is for the filters, which threads share.
    with _LOADING, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise  # noqa: PLC0415

        # It loads its services at the first address.
        apprise.Apprise.instantiate("json://localhost")
    # Its log, and that of the HTTP library below it, name addresses whose paths are secrets.
    logging.getLogger("apprise").propagate = False
    logging.getLogger("apprise").addHandler(logging.NullHandler())
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    return apprise


def _service(url: str) -> Any:
    service = _apprise().Apprise.instantiate(url)
    if service is None:
        raise NotifyError(
            "this is no address that apprise can send to",
            where=f"{url.partition('://')[0]}://…",
            why="the service is unknown, or a part of the address is missing",
            todo="Compare it with the service's page at https://appriseit.com/services/",
        )
    return service


def check_url(url: str) -> None:
    """Raise NotifyError, without the address's secrets, if apprise cannot send to it. Nothing is sent."""
    _service(url)


def chat_style(url: str) -> Literal["markdown", "text"]:
    """What the service takes; plain text for an address that apprise does not know."""
    scheme = url.partition("://")[0].lower()
    if scheme in _MACHINES:
        return "text"
    service = _apprise().Apprise.instantiate(url)
    return "markdown" if service is not None and service.resolve_format("markdown").value == "markdown" else "text"


def send_chat(url: str, message: FrozenMessage) -> str:
    """Hand the message to the service; its name as the answer. Raises SendError, always passing.

    A message longer than the service takes goes out in several parts.
    """
    apprise = _apprise()
    try:
        service = _service(url)
    except NotifyError as error:
        raise SendError(
            error.what, permanent=False, code="bad_url", where=error.where, why=error.why, todo=error.todo
        ) from None
    if "overflow=" not in url:
        service.overflow_mode = apprise.OverflowMode.SPLIT
    sender = apprise.Apprise()
    sender.add(service)
    result = sender.notify(
        title=message.subject, body=message.text, body_format=chat_style(url), timeout=_TIMEOUT_SECONDS
    )
    attempts = [attempt for each in result for attempt in each.attempts]
    # The service's own verdict, not the call's: `?optional=yes` in an address would hide a failure.
    if attempts and all(attempts[-1:]):
        return f"{service.service_name} accepted"
    raise _failure(result, str(service.service_name))


def _failure(result: Any, name: str) -> SendError:
    if result.status.name == "TIMEOUT":
        return SendError(
            f"{name} does not answer in time", permanent=False, code="timeout", unreachable=True, where=name
        )
    # Of its log only the server's code: the lines may hold parts of the address.
    found = [code for each in result for entry in each.logs() for code in _CODE.findall(entry.message)]
    if found:
        return SendError(f"{name} refuses the message", permanent=False, code=found[-1], where=name)
    return SendError(
        f"{name} cannot be reached or refuses the message",
        permanent=False,
        code="connection",
        unreachable=True,
        where=name,
    )
