"""`reparse`: history as today's parsers read it."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption
from monitor.cli.checking import send_due
from monitor.cli.desk import now, opened, stored_page
from monitor.cli.progress import progress
from monitor.cli.show import write, write_json
from monitor.errors import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.settings_models import PageSettings, Settings
    from storage.observation import Corrected, Language
    from storage.store import Store


def reparse(
    page_ids: Annotated[
        list[str] | None, typer.Argument(metavar="PAGE", help="Ids of pages; default: all that were ever checked.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Read the stored bodies again with today's parsers and settings.

    History is corrected, and what is corrected is marked `parser`. Nobody is alerted of what is found so; but who was
    told of a change that turns out to be none is told that. Interrupted, it goes on where it stopped when run again.

    \b
    Example: ministry-monitor reparse support
    """
    with opened(config) as (settings, store):
        pages = _chosen(settings, store, page_ids or [])
        made = _reread(store, pages)
        if as_json:
            write_json({"pages": [_as_dict(page, corrected) for page, corrected in made.items()]})
        else:
            for page, corrected in made.items():
                write(_said(page, corrected, settings.monitor.language))
        told = any(corrected.messages for corrected in made.values())
        sent = send_due(settings, store) if told else ExitStatus.DONE
    unreadable = any(corrected.versions and corrected.unreadable == corrected.versions for corrected in made.values())
    return max(sent, ExitStatus.SUSPECT if unreadable else ExitStatus.DONE)


def _chosen(settings: "Settings", store: "Store", page_ids: "Sequence[str]") -> "list[PageSettings]":
    """The pages of those ids, or all with a version, as they are read; one no longer watched by its address alone."""
    from monitor.settings_models import PageSettings

    ids = page_ids or [state.page.id for state in store.states() if state.version]
    known = [stored_page(settings, store, page_id) for page_id in dict.fromkeys(ids)]
    return [settings.page(info.id) or PageSettings(id=info.id, url=info.url, name=info.name) for info in known]


def _reread(store: "Store", pages: "Sequence[PageSettings]") -> "dict[str, Corrected]":
    from monitor.readers import reader_of
    from monitor.reparse import reparse

    unread = {page.id: store.unread(page.id, reader_of(page)) for page in pages}
    with progress("reading again", sum(map(len, unread.values()))) as advance:
        return {page.id: reparse(page, store, unread=unread[page.id], now=now, advance=advance) for page in pages}


def _said(page: str, made: "Corrected", language: "Language") -> str:
    from notify.wording import summary

    versions = f"{made.versions} version" + ("s" if made.versions != 1 else "")
    lines = [f"{page}: {made.corrected} of {versions} corrected" + (":" if made.superseded else ".")]
    lines += [f"  took back change {change.id}: {summary(change, language)}" for change in made.superseded]
    if made.messages:
        lines.append(f"  {made.messages} message" + ("s" if made.messages != 1 else "") + " to those who were told.")
    if made.unreadable:
        lines.append(f"  {made.unreadable} stay as they were read: the body cannot be read, or is no longer kept.")
    return "\n".join(lines) + "\n"


def _as_dict(page: str, made: "Corrected") -> dict[str, Any]:
    return {
        "page": page,
        "versions": made.versions,
        "corrected": made.corrected,
        "unreadable": made.unreadable,
        "superseded": [change.id for change in made.superseded],
        "messages": made.messages,
    }
