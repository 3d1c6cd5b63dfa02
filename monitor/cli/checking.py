"""`check` and `accept`: what brings new versions in and tells of them."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean
from monitor.cli.desk import now, opened, stored_page
from monitor.cli.looking import PageArgument, show_changes
from monitor.cli.progress import progress
from monitor.cli.show import Format, iso, local, tell, write, write_json, write_table
from monitor.errors import ExitStatus, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.check import CheckResult
    from monitor.settings_models import PageSettings, Settings
    from storage.observation import Language, Route
    from storage.store import Store


def check(
    page_ids: Annotated[
        list[str] | None, typer.Argument(metavar="PAGE", help="Ids of pages in config.toml; default: all.")
    ] = None,
    no_notify: Annotated[
        bool, typer.Option("--no-notify", help="Send nothing now; what is to be told waits for the next check.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 3 if there are changes.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Check pages once and tell what changed.

    What changed is stored, with the messages it causes; then all that is due is sent, from earlier checks too.

    \b
    Example: ministry-monitor check support --exit-code
    """
    started = now()
    with opened(config) as (settings, store):
        pages = _chosen(settings, page_ids or [])
        results = _checked(settings, store, pages)
        _look_around(settings, store, pages)
        statuses = [_complain(result) for result in results]
        if exit_code and any(result.changes for result in results):
            statuses.append(ExitStatus.CHANGES)
        if as_json:
            write_json({"checked_at": iso(started), "pages": [_result_as_dict(result) for result in results]})
        else:
            _show_results(results, settings.monitor.language)
        if not no_notify:
            _make_retries_due(store)
            statuses.append(send_due(settings, store, known_at=started))
        if not as_json:
            _show_waiting(store)
    return max(statuses, default=ExitStatus.DONE)


def _look_around(settings: "Settings", store: "Store", pages: "Sequence[PageSettings]") -> None:
    """Write what is about no single check: a page not found good for a business day, a quiet week, a full disk."""
    from monitor.audience import audience_of
    from monitor.watch import hasten_digests, look_for_room, tell_unverified, write_quiet_digests

    audience = audience_of(settings, store)
    checked = {page.id for page in pages}
    states = [state for state in store.states() if state.page.id in checked]
    tell_unverified(store, states, route=audience.route, now=now())
    write_quiet_digests(settings, store, audience, now())
    hasten_digests(store, audience, now())
    look_for_room(settings, store, now())


def _show_waiting(store: "Store") -> None:
    """Say what waits for the end of quiet hours or of a digest, so that nobody looks for it in vain."""
    at = now()
    waits = [item.next_attempt for item in store.deliveries("waiting") if item.next_attempt > at and not item.attempts]
    if waits:
        count = f"{len(waits)} messages wait" if len(waits) > 1 else "1 message waits"
        write(f"{count} for the hour set, the first until {local(min(waits))}.\n")


def _make_retries_due(store: "Store") -> None:
    """What failed before is tried again at every check: the pauses between attempts are the daemon's.

    So is what was written by a clock that was ahead: it would wait until that time comes.
    """
    at = now()
    waits = [item.id for item in store.deliveries("waiting") if item.attempts or item.created_at > at]
    if waits:
        store.retry(waits, at)


def send_due(
    settings: "Settings",
    store: "Store",
    only: Sequence[int] | None = None,
    *,
    at_any_hour: bool = False,
    known_at: "datetime | None" = None,
) -> ExitStatus:
    """Send the messages that are due (of `only`, if given), and name on stderr each that could not be sent.

    `known_at` is when the settings were read.
    """
    from monitor.deliver import deliver

    delivered = deliver(settings, store, clock=now, only=only, at_any_hour=at_any_hour, known_at=known_at)
    for error in delivered.errors:
        tell(f"not delivered: {error}")
    if delivered.cancelled:
        tell(f"messages cancelled, as their addresses are no longer in config.toml: {delivered.cancelled}")
    if delivered.sent and sys.stderr.isatty():
        tell(f"messages sent: {delivered.sent}")
    return ExitStatus.NOT_DELIVERED if delivered.errors else ExitStatus.DONE


def _chosen(settings: "Settings", page_ids: Sequence[str]) -> "list[PageSettings]":
    """The pages of those ids, or all, in the order of config.toml. Raises UsageError."""
    known = [page.id for page in settings.pages]
    for page_id in page_ids:
        if page_id not in known:
            raise UsageError(
                f"there is no page {page_id!r}", where=str(settings.path), todo=did_you_mean(page_id, known)
            )
    if not known:
        raise UsageError("there is no page to check", where=str(settings.path), todo="Add [[pages]] with id and url")
    return [page for page in settings.pages if not page_ids or page.id in page_ids]


def _checked(settings: "Settings", store: "Store", pages: "Sequence[PageSettings]") -> "list[CheckResult]":
    """The pages' results, in the order of `pages`."""
    from monitor.check import check_pages
    from monitor.fetch import Client
    from monitor.politeness import Politeness
    from monitor.sandbox import Sandbox

    order = {page.id: number for number, page in enumerate(pages)}
    results: list[CheckResult] = []
    manners = Politeness(store, settings.fetch, clock=now)
    with (
        Client(settings.fetch, manners) as client,
        Sandbox() as sandbox,
        progress("checking", len(pages)) as advance,
    ):
        for result in check_pages(
            pages,
            settings=settings,
            store=store,
            client=client,
            route=route_of(settings, store),
            clock=now,
            sandbox=sandbox,
        ):
            results.append(result)
            advance()
    return sorted(results, key=lambda result: order[result.page])


def route_of(settings: "Settings", store: "Store") -> "Route":
    """Who is told of a change, as config.toml and the database say."""
    from monitor.audience import audience_of

    return audience_of(settings, store).route


def _complain(result: "CheckResult") -> ExitStatus:
    """Name on stderr why a page was not verified; the status that this means."""
    from monitor.check import CONFIG, DATABASE, INTERNAL

    if result.problem is None:
        return ExitStatus.DONE
    if result.problem.reason == INTERNAL:
        return ExitStatus.UNEXPECTED  # the log has named it
    tell(f"{result.outcome}: page {result.page}: {result.problem.message}")
    if result.problem.reason in (CONFIG, DATABASE):
        return ExitStatus.USAGE
    return ExitStatus.SUSPECT if result.outcome == "suspect" else ExitStatus.NOT_FETCHED


def _result_as_dict(result: "CheckResult") -> dict[str, Any]:
    from notify.wording import change_as_dict

    return {
        "page": result.page,
        "url": result.url,
        "outcome": result.outcome,
        "http_status": result.http_status,
        "records": result.record_count,
        "changes": [change_as_dict(change) for change in result.changes],
        "warnings": [warning.as_dict() for warning in result.warnings],
        "seconds": round(result.seconds, 3),
    }


def _show_results(results: "Sequence[CheckResult]", language: "Language") -> None:
    rows: list[tuple[str, ...]] = []
    for result in results:
        first, *more = _sentences(result, language) or [""]
        rows.append((result.page, result.outcome, str(result.record_count), first))
        rows += [("", "", "", sentence) for sentence in more]
    write_table(("page", "outcome", "records", "what"), rows, unbroken=(0, 1, 2))


def _sentences(result: "CheckResult", language: "Language") -> list[str]:
    """The changes, or why there are none to tell."""
    from notify.wording import summary

    if result.problem is not None:
        return [result.problem.reason]
    sentences = [summary(change, language) for change in result.changes]
    if result.outcome == "baseline":
        sentences.append("the first good check: changes are told from now on")
    if result.warnings:
        sentences.append(f"{len(result.warnings)} warnings: --json shows what was not understood")
    return sentences


def accept(page: PageArgument, as_json: JsonOption = False, config: ConfigOption = None) -> int:
    """Take a suspect body as the page's new version.

    What changed by it is told as after any check.

    \b
    Example: ministry-monitor accept support
    """
    from monitor.check import read_stored
    from monitor.sandbox import Sandbox
    from monitor.settings_models import PageSettings
    from parsers.errors import ReadingError

    with opened(config) as (settings, store):
        info = stored_page(settings, store, page)
        suspect = store.suspect_body(page)
        if suspect is None:
            raise UsageError(
                "nothing is suspect: there is nothing to accept", where=f"page {page}", todo="See `status`"
            )
        read_as = settings.page(page) or PageSettings(id=page, url=info.url)
        try:
            with Sandbox() as sandbox:
                content = read_stored(read_as, suspect, vouched=True, sandbox=sandbox)
        except ReadingError as error:
            error.where = f"page {page}"
            error.todo = "Only a body that can be read as a page can be accepted; wait for the next check"
            raise
        saved = store.accept(page, content, now(), route_of(settings, store))
        show_changes(saved.changes, Format.JSON if as_json else Format.TABLE, settings.monitor.language)
        return send_due(settings, store)
