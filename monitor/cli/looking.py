"""`records`, `changes`, `history`: what the store holds."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, FormatOption, JsonOption, did_you_mean, moment, require_change_globs
from monitor.cli.desk import opened, stored_page
from monitor.cli.show import (
    Format,
    iso,
    local,
    tell,
    write,
    write_csv,
    write_json,
    write_json_list,
    write_listing,
    write_table,
)
from monitor.errors import UsageError
from parsers.records import KINDS, Kind, Record

if TYPE_CHECKING:
    from storage.changes import RecordedChange
    from storage.observation import Language, RecordVersion

_RECORD_COLUMNS = (
    *("kind", "key", "path", "title", "url", "note", "date", "date_kind", "periods", "closed", "text", "position"),
    *("plan_type", "network", "companies", "role", "format", "programme", "category"),
)
CHANGE_COLUMNS = (
    *("id", "page", "change", "also", "kind", "key", "title", "path", "fields", "flags", "cause"),
    *("last_seen_before", "detected_at", "summary_ja", "summary_en", "url", "origin", "superseded_by"),
)

PageArgument = Annotated[str, typer.Argument(metavar="PAGE", help="The page's id in config.toml.")]


def show_records(records: Sequence[Record], *, title: str = "") -> None:
    """The records in page order, with the `KIND:KEY` that `history` takes."""
    write_listing(
        (
            (
                f"{record.kind}:{record.key}",
                record.title + (f"【{record.note}】" if record.note else ""),
                " > ".join(record.path[:-1] if record.kind == "text" else record.path),
                record.url or "",
            )
            for record in records
        ),
        title=title,
    )


def records(
    page: PageArgument,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"Only these: {', '.join(KINDS)}.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="As the page stood then; a bare date is the day's end in Japan."),
    ] = None,
    format_: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show a page's records as they stand, or stood.

    \b
    Example: ministry-monitor records support --kind plan --as-of 2024-04-30
    """
    wanted = _kind(kind) if kind else None
    at = moment(as_of, option="--as-of", end=True) if as_of is not None else None
    with opened(config) as (settings, store):
        info = stored_page(settings, store, page)
        found = store.records(page, kind=wanted, as_of=at)
        state = store.state(page)
    if state is None or not state.version:
        tell(f"page {page} has had no good check yet: run `ministry-monitor check {page}`")
    if as_json or format_ is Format.JSON:
        listed = [record.as_dict() for record in found]
        write_json({"page": {"id": info.id, "name": info.name, "url": info.url}, "as_of": iso(at), "records": listed})
    elif format_ is Format.CSV:
        write_csv(_RECORD_COLUMNS, (cells(record.as_dict(), _RECORD_COLUMNS) for record in found))
    else:
        show_records(found, title=f"{info.name}: {len(found)} records")


def changes(
    page: Annotated[str | None, typer.Option("--page", metavar="PAGE", help="Only of this page.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="GLOB", help="Only these, e.g. plan.amended; plan means plan.*"),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="Only those that contain it.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Found then or later.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Found then or before, the whole day included.")
    ] = None,
    format_: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what has changed, oldest first.

    \b
    Example: ministry-monitor changes --page support --kind plan --since 2024-04-01
    """
    start = moment(since, option="--since", end=False) if since is not None else None
    end = moment(until, option="--until", end=True) if until is not None else None
    require_change_globs(kind or ())
    with opened(config) as (settings, store):
        if page is not None:
            stored_page(settings, store, page)
        found = store.changes(page=page, kinds=kind or (), text=text, since=start, until=end)
        show_changes(found, Format.JSON if as_json else format_, settings.monitor.language)


def show_changes(found: "Iterable[RecordedChange]", form: Format, language: "Language") -> None:
    """The changes, each as a sentence in `language`, or with all their fields: these one at a time."""
    from notify.wording import change_as_dict

    if form is Format.JSON:
        write_json_list("changes", map(change_as_dict, found))
    elif form is Format.CSV:
        write_csv(CHANGE_COLUMNS, (cells(change_as_dict(change), CHANGE_COLUMNS) for change in found))
    else:
        rows = [
            (str(change.id), local(change.detected_at), change.page, change.change, _told(change, language))
            for change in found
        ]
        if rows:
            write_table(("id", "found", "page", "change", "what"), rows, unbroken=(0, 1, 3))
        else:
            write("No changes.\n")


def _told(change: "RecordedChange", language: "Language") -> str:
    from notify.wording import summary

    taken_back = f" (taken back by {change.superseded_by})" if change.superseded_by else ""
    return summary(change, language) + taken_back


def history(
    page: PageArgument,
    key: Annotated[str, typer.Argument(metavar="KIND:KEY", help="As `records` prints it.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show every version of one record.

    \b
    Example: ministry-monitor history support 'programme:5G導入促進税制'
    """
    kind, _, rest = key.partition(":")
    wanted = _kind(kind)
    with opened(config) as (settings, store):
        stored_page(settings, store, page)
        versions = store.history(page, wanted, rest)
        if not versions:
            known = [record.key for record in store.records(page, kind=wanted)]
            raise UsageError(f"page {page} never had a {wanted} {rest!r}", where="KIND:KEY", todo=_nearest(rest, known))
    if as_json:
        listed = [_version_as_dict(version) for version in versions]
        write_json({"page": page, "kind": wanted, "key": rest, "versions": listed})
    else:
        write_table(
            ("from", "until", "change", "known by", "title", "note", "where", "url"),
            (_version_cells(version) for version in versions),
            unbroken=(0, 1, 2),
        )


def _nearest(wrong: str, known: Sequence[str]) -> str:
    """The keys that contain what was typed, else the nearest one."""
    holding = [key for key in known if wrong and wrong in key]
    if holding:
        return f"Did you mean {' or '.join(holding[:3])}?"
    hint = did_you_mean(wrong, known) if len(known) <= 10 else did_you_mean(wrong, known).partition(" Known")[0]
    return hint if hint.startswith("Did") else "`records` prints the keys"


def _version_as_dict(version: "RecordVersion") -> dict[str, Any]:
    return {
        "since": iso(version.since),
        "until": iso(version.until),
        "change": version.change,
        "origin": version.origin,
        "record": version.record.as_dict() if version.record else None,
    }


def _version_cells(version: "RecordVersion") -> tuple[str, ...]:
    until = local(version.until) if version.until else "now"
    spell = (local(version.since), until, version.change or "–", version.origin)
    record = version.record
    if record is None:
        return (*spell, "not on the page", "", "", "")
    return (*spell, record.title, record.note or "", " > ".join(record.path), record.url or "")


def _kind(text: str) -> Kind:
    for kind in KINDS:
        if kind == text:
            return kind
    raise UsageError(f"{text!r} is no kind of record", todo=did_you_mean(text, KINDS))


def cells(data: dict[str, Any], columns: Sequence[str]) -> list[str]:
    return [_cell(data.get(column)) for column in columns]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return f"{value.get('label') or ''} {value.get('from') or ''}–{value.get('until') or ''}".strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
