"""`parse` and `compare`: reading pages without a configuration, storing nothing."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Final

import typer

from monitor.cli.arguments import BaseUrlOption, CharsetOption, JsonOption, ParserOption
from monitor.cli.desk import now
from monitor.cli.looking import show_records
from monitor.cli.show import JAPAN, tell, write, write_json, write_table
from monitor.errors import UsageError
from parsers.errors import ReadingError
from parsers.records import Page

_MOST_BYTES: Final = 20 * 10**6
_SOURCE: Final = "FILE|URL|-"
# A saved page does not say where it is from: a name that can never be a host's (RFC 6761, section 6.4).
_NOWHERE: Final = "https://page.invalid/"


def parse(
    source: Annotated[str, typer.Argument(metavar=_SOURCE, help="A saved page, an address, or - for stdin.")],
    base_url: BaseUrlOption = None,
    parser: ParserOption = "auto",
    charset: CharsetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the records of one page; nothing is stored.

    \b
    Example: ministry-monitor parse page.html --base-url https://www.soumu.go.jp/ict/index.html
    """
    page = _read(source, base_url or (source if _is_address(source) else _NOWHERE), parser, charset)
    if as_json:
        write_json(page.as_dict())
        return
    counts = Counter(record.kind for record in page.records)
    show_records(page.records, title=page.title)
    write(
        f"{', '.join(f'{count} {kind}' for kind, count in counts.items())}; "
        f"{page.coverage:.0%} of the text understood by parser {page.parser}, read as {page.charset}\n"
    )
    if page.url == _NOWHERE:
        tell(f"note: relative links stand on {_NOWHERE}; --base-url names the page's own address")
    for warning in page.warnings:
        tell(f"warning: {warning.place}: {warning.message}: {warning.text}")


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier page: a file or an address.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later page.")],
    base_url: BaseUrlOption = None,
    parser: ParserOption = "auto",
    charset: CharsetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what changed between two saved pages; nothing is stored.

    \b
    Example: ministry-monitor compare april.html november.html
    """
    from notify.wording import change_as_dict, summary
    from storage.compare import compare as differences

    # Both are versions of one page: read against one address, or every relative link would seem to differ.
    shared = base_url or next((source for source in (new, old) if _is_address(source)), _NOWHERE)
    before = _read(old, base_url or (old if _is_address(old) else shared), parser, charset)
    after = _read(new, base_url or (new if _is_address(new) else shared), parser, charset)
    found = differences(before.records, after.records, now().astimezone(JAPAN).date())
    if as_json:
        write_json({"changes": [change_as_dict(change) for change in found]})
    elif found:
        write_table(("change", "what"), ((change.change, summary(change, "ja")) for change in found), unbroken=(0,))
    else:
        write("No changes.\n")


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _read(source: str, url: str, parser: str, charset: str | None) -> Page:
    """The page as read. Raises UsageError, FetchError, ReadingError or, for a wrong name, MonitorError."""
    from parsers import parse as read

    content_type = None
    if _is_address(source):
        body, content_type, final_url = _download(source)
        url = url if url != source else final_url
    else:
        body = _body_of(source)
    try:
        return read(body, url=url, content_type=content_type, charset=charset, parser=parser)
    except ReadingError as error:
        error.where = source
        raise


def _body_of(source: str) -> bytes:
    """The bytes of a file, or of stdin for -; no more than a page can have is ever held."""
    try:
        if source == "-":
            body = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(
            "there is no such file", where=source, todo="Name a saved page, an http(s) address, or -"
        ) from None
    except IsADirectoryError:
        raise UsageError("is a folder, not a file", where=source, todo="Name the page in it") from None
    except (OSError, ValueError) as error:
        raise UsageError("cannot be read", where=source, why=getattr(error, "strerror", None) or str(error)) from None
    if len(body) > _MOST_BYTES:
        raise ReadingError(
            "too_large",
            f"is larger than {_MOST_BYTES // 10**6} MB",
            where=source,
            why="a page is never that large: this is another file",
            todo="Name the page itself",
        )
    return body


def _download(url: str) -> tuple[bytes, str | None, str]:
    """The body of the answer, its Content-Type, and the address it came from. Raises FetchError.

    Whoever types an address may see what is there, inside addresses too.
    """
    from monitor.fetch import Client, Request, fetch
    from monitor.settings_models import FetchSettings

    with Client(FetchSettings(allow_private=True)) as client:
        fetched = fetch(client, Request(url=url))
    return fetched.body, fetched.header("content-type"), fetched.final_url
