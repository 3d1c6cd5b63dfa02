"""Chat services and web-hooks: one message to one apprise URL, by an instance of its own."""

import logging
import re
import threading
import warnings
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any, Final, Literal

from notify.calls import bound_answers, in_time
from notify.errors import NotifyError, SendError
from notify.templating import chat_title, escape_markdown
from notify.wording import LONGEST_SUBJECT
from storage.observation import FrozenMessage

_CONNECT_SECONDS: Final = 10.0
# Who gives up earlier than a slow service answers sends again what has arrived.
_READ_SECONDS: Final = 60.0
_CALL_SECONDS: Final = 120.0
# Whoever receives these reads them with a program: plain text, no markup to undo.
_MACHINES: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
# Whatever comes is Markdown to these, though apprise takes them for services of plain text.
_ALWAYS_MARKDOWN: Final = frozenset({"mmost", "mmosts", "zulip", "guilded", "ryver"})
_LOADING: Final = threading.Lock()
_CODE: Final = re.compile(r"error=(\d{3})\b")
# The hook is not there (any more): no later attempt will find it (RFC 9110, 15.5.5 and 15.5.11).
_GONE: Final = frozenset({"404", "410"})
_MOVED: Final = frozenset({"301", "302", "303", "307", "308"})
# What a service's own markup may need more than ours, as a share of its limit: & is &amp; to Slack.
_RESERVE: Final = 0.05
# Discord's SUPPRESS_EMBEDS: no preview of each page that a message links to.
_NO_PREVIEWS: Final = 4
# Teams takes about 28 KB, in which a Japanese character is six bytes (\uXXXX); apprise would cut at 1,000 characters.
_TEAMS_LENGTH: Final = 4000
# ntfy takes a message as JSON of some bytes, in which a Japanese character is six (\uXXXX); of what is longer apprise
# makes a file without a name. Besides title and text it holds the topic and what the address says of attachments.
_NTFY_BESIDES: Final = 512
_BYTES_PER_CHARACTER: Final = 6
# They know no escapes: Slack shows the backslash, Google Chat where it reads its own markup and not Markdown.
_WITHOUT_ESCAPES: Final = frozenset({"NotifySlack", "NotifyGoogleChat"})
_ESCAPED: Final = re.compile(r"(?P<address>\]\([^)\s]*\))|\\(?P<sign>.)|[＊＿｀]")
# For signs of markup others of the same look: Slack takes the wide ones for markup, too, and a space without width
# beside one keeps it from nothing. What is no markup there stands for itself.
_LOOKS: Final = dict(zip("*＊_＿`｀~\\+-.)=|", "∗﹡ˍˍˋˋ∼＼+-.)=|", strict=True))
_NAME: Final = "ministry-monitor"
_CUT: Final = "…"
_OTHER_ADDRESS: Final = "Write the new address where the old one stands"
_NEW_HOOK: Final = "Make a new one in the service and write its address where the old one stands"
# Around a title that a service has no field for.
_TITLE_MARKS: Final = 4


@cache
def _apprise() -> ModuleType:
    # Loaded here: it takes half a second that a check without chat need not spend. On Python 3.11 and 3.12 it
    # asks for the deprecated imghdr, which is no news to our users; the lock is for the filters, which threads share.
    with _LOADING, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise  # noqa: PLC0415

        # It loads its services at the first address.
        apprise.Apprise.instantiate("json://localhost")
        import requests  # noqa: PLC0415
    bound_answers(requests)
    # Its log, and that of the HTTP library below it, name addresses whose paths are secrets.
    logging.getLogger("apprise").propagate = False
    logging.getLogger("apprise").addHandler(logging.NullHandler())
    logging.getLogger("urllib3").propagate = False
    logging.getLogger("urllib3").addHandler(logging.NullHandler())
    return apprise


def _instance(url: str) -> Any:
    """The service behind an address, under our own name and without pictures from elsewhere; None if there is none."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(
        app_id=_NAME, app_desc=_NAME, app_url="", image_url_mask="", image_url_logo="", service_timeout=0
    )
    service = apprise.Apprise.instantiate(url, asset=asset)
    if service is None:
        return None
    service.socket_connect_timeout, service.socket_read_timeout = _CONNECT_SECONDS, _READ_SECONDS
    # What is sent on to another address by 301 arrives there without the message.
    service.redirects = False
    kind = type(service).__name__
    if kind == "NotifyDiscord" and not service.flags:
        service.flags = _NO_PREVIEWS
    elif kind == "NotifyWorkflows":
        service.body_maxlen = _TEAMS_LENGTH
    elif kind == "NotifyNtfy":
        service.body_maxlen = (service.ntfy_json_upstream_size_limit - _NTFY_BESIDES) // _BYTES_PER_CHARACTER
    return service


def _service(url: str) -> Any:
    service = _instance(url)
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
    if scheme in _ALWAYS_MARKDOWN:
        return "markdown"
    service = _instance(url)
    return "markdown" if service is not None and service.resolve_format("markdown").value == "markdown" else "text"


def body_limit(url: str) -> int | None:
    """How many characters of text the service takes besides a title; None for an address that apprise does not know."""
    service = _instance(url)
    if service is None or service.body_maxlen <= 0:
        return None
    limit = service.body_maxlen * (1 - _RESERVE)
    if service.title_maxlen <= 0:
        limit -= LONGEST_SUBJECT + _TITLE_MARKS
    elif service.overflow_amalgamate_title:
        limit -= service.title_maxlen
    return max(int(limit), 0)


def send_chat(url: str, message: FrozenMessage) -> str:
    """Hand the message to the service; its name as the answer. Raises SendError: permanent if the hook is gone.

    A message made for mail goes as it is, but no markup, and is cut at the service's limit.
    """
    apprise = _apprise()
    try:
        service = _service(url)
    except NotifyError as error:
        raise SendError(
            error.what, permanent=False, code="bad_url", where=error.where, why=error.why, todo=error.todo
        ) from None
    # One delivery is one message; what was written for this service has room already.
    service.overflow_mode = apprise.OverflowMode.TRUNCATE
    style = chat_style(url)
    if message.html is not None:
        message = _for_chat(message, style, body_limit(url))
    if type(service).__name__ in _WITHOUT_ESCAPES:
        message = replace(message, text=_ESCAPED.sub(_unescaped, message.text))
    sender = apprise.Apprise()
    sender.add(service)
    # What is Markdown to the service, but not to apprise, must not be made plain on the way.
    body_format = None if url.partition("://")[0].lower() in _ALWAYS_MARKDOWN else style
    name = str(service.service_name)
    try:
        result = in_time(
            url,
            lambda: sender.notify(title=message.subject, body=message.text, body_format=body_format),
            _CALL_SECONDS,
        )
    except TimeoutError:
        raise SendError(
            f"{name} does not answer in time", permanent=False, code="timeout", unreachable=True, where=name
        ) from None
    attempts = [attempt for each in result for attempt in each.attempts]
    # The service's own verdict, not the call's: `?optional=yes` in an address would hide a failure.
    if attempts and all(attempts[-1:]):
        return f"{name} accepted"
    raise _failure(result, name)


def _for_chat(message: FrozenMessage, style: Literal["markdown", "text"], limit: int | None) -> FrozenMessage:
    """The plain text of a mail as a chat service shows it, in whole lines."""
    lines, room = [], limit
    for line in message.text.splitlines():
        # Two spaces keep the end of a line where Markdown would run on.
        shown = f"{escape_markdown(line)}  " if style == "markdown" and line else line
        if room is not None:
            room -= len(shown) + 1
            if room < len(_CUT):
                lines.append(_CUT)
                break
        lines.append(shown)
    subject = chat_title(message.subject) if style == "markdown" else message.subject
    return FrozenMessage(subject=subject, text="\n".join(lines), html=None)


def _unescaped(found: re.Match[str]) -> str:
    """A sign of Markdown as a service without escapes shows it; what is no such sign stays as it is."""
    if found["address"]:
        return found[0]
    return _LOOKS.get(found["sign"] or found[0], found[0])


def _failure(result: Any, name: str) -> SendError:
    # Of its log only the server's code: the lines may hold parts of the address.
    found = [code for each in result for entry in each.logs() for code in _CODE.findall(entry.message)]
    if found:
        gone, moved = found[-1] in _GONE, found[-1] in _MOVED
        what = f"{name} refuses the message"
        if gone:
            what = f"the web-hook of {name} is not there any more"
        elif moved:
            what = f"the web-hook of {name} has another address now"
        todo = _NEW_HOOK if gone else _OTHER_ADDRESS if moved else ""
        return SendError(what, permanent=gone, code=found[-1], where=name, todo=todo)
    return SendError(
        f"{name} cannot be reached or refuses the message",
        permanent=False,
        code="connection",
        unreachable=True,
        where=name,
    )
