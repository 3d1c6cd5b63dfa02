"""`status`, `doctor`, `migrate`: is all well, and if not, what a person should do."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption
from monitor.cli.desk import load_settings, opened
from monitor.cli.show import iso, local, tell, write, write_json, write_table
from monitor.errors import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.cli.health import Health
    from storage.observation import Delivery, Incident, PageState


def status(
    nagios: Annotated[
        bool,
        typer.Option("--nagios", help="One line and the status 0 to 3 of a plugin for Nagios, Icinga and the like."),
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Show how pages, incidents, unsent messages and the daemon stand.

    Ends with 7 if something needs a person.

    \b
    Example: ministry-monitor status
    """
    from monitor.cli import health

    if nagios:
        return health.nagios(config)
    with opened(config) as (settings, store):
        found = health.Health.of(settings, store)
    needs = [*found.not_watching(), *found.other_needs()]
    if as_json:
        write_json(_health_as_dict(found, needs))
    else:
        _show_health(found)
        write("Nothing needs a person.\n" if not needs else "")
    for need in needs:
        tell(f"needs a person: {need}")
    return ExitStatus.NEEDS_A_PERSON if needs else ExitStatus.DONE


def _health_as_dict(found: "Health", needs: "Sequence[str]") -> dict[str, Any]:
    return {
        "pages": [_state_as_dict(state, found.is_on_duty) for state in found.states]
        + [_unchecked_as_dict(page.id, page.url) for page in found.unknown],
        "incidents": [_incident_as_dict(incident) for incident in found.incidents],
        "deliveries": [delivery_as_dict(delivery) for delivery in found.unsent],
        "daemon": found.daemon_as_dict(),
        "needs_a_person": needs,
    }


def _show_health(found: "Health") -> None:
    rows = [_state_cells(state, found.is_on_duty) for state in found.states]
    rows += [(page.id, "never", "–", "not checked yet", "0", "–") for page in found.unknown]
    write_table(("page", "last check", "last unchanged", "outcome", "records", "next"), rows, unbroken=(0, 1, 2, 5))
    if found.incidents:
        write_table(
            ("since", "page", "incident", "what"),
            ((local(item.opened_at), item.page or "–", item.kind, item.message) for item in found.incidents),
            title="Open incidents",
            unbroken=(0, 2),
        )
    if found.unsent:
        show_deliveries(found.unsent, found.labels, title="Messages not sent")
    write(found.daemon_line() + "\n")


def _state_cells(state: "PageState", is_on_duty: bool) -> tuple[str, ...]:
    due = local(state.next_due) if is_on_duty else "–"
    if state.last_check is None:
        return (state.page.id, "never", "–", "not checked yet", "0", due)
    outcome: str = state.outcome or "–"
    if state.reason:
        outcome += f" ({state.reason})"
    return (
        *(state.page.id, local(state.last_check), local(state.last_unchanged), outcome),
        *(str(state.record_count), due),
    )


def _state_as_dict(state: "PageState", is_on_duty: bool) -> dict[str, Any]:
    return {
        "page": state.page.id,
        "url": state.page.url,
        "last_check": iso(state.last_check),
        "last_unchanged": iso(state.last_unchanged),
        "outcome": state.outcome,
        "reason": state.reason,
        "message": state.message,
        "failures": state.failures,
        "records": state.record_count,
        "next": iso(state.next_due) if is_on_duty else None,
    }


def _unchecked_as_dict(page: str, url: str) -> dict[str, Any]:
    empty = dict.fromkeys(("last_check", "last_unchanged", "outcome", "reason", "message"))
    return {"page": page, "url": url, **empty, "failures": 0, "records": 0, "next": None}


def _incident_as_dict(incident: "Incident") -> dict[str, Any]:
    return {
        "page": incident.page,
        "kind": incident.kind,
        "reason": incident.reason,
        "message": incident.message,
        "opened_at": iso(incident.opened_at),
    }


def show_deliveries(found: "Sequence[Delivery]", labels: "Mapping[str, str]", *, title: str = "") -> None:
    """Messages as a table; `labels` are masked addresses, and one that has none there shows as its id."""
    write_table(
        ("id", "status", "subscriber", "to", "changes", "tried", "next or sent", "what happened"),
        (
            (
                *(
                    str(item.id),
                    item.status,
                    item.subscriber,
                    labels.get(item.destination, item.destination),
                    str(len(item.change_ids)),
                    str(item.attempts),
                ),
                local(item.sent_at or item.next_attempt) if item.status in {"sent", "waiting"} else "–",
                (item.code or "") if item.status == "sent" else (item.last_error or ""),
            )
            for item in found
        ),
        title=title,
        unbroken=(0, 1, 6),
    )


def delivery_as_dict(delivery: "Delivery") -> dict[str, Any]:
    """The JSON form of a message's row."""
    return {
        "id": delivery.id,
        "status": delivery.status,
        "subscriber": delivery.subscriber,
        "destination": delivery.destination,
        "channel": delivery.channel,
        "language": delivery.language,
        "changes": list(delivery.change_ids),
        "subject": delivery.subject,
        "attempts": delivery.attempts,
        "created_at": iso(delivery.created_at),
        "next_attempt": iso(delivery.next_attempt) if delivery.status == "waiting" else None,
        "sent_at": iso(delivery.sent_at),
        "code": delivery.code,
        "error": delivery.last_error,
        "message_id": delivery.message_id,
    }


def doctor(
    deep: Annotated[
        bool, typer.Option("--deep", help="Hold all that was ever received against its hash, too: it takes longer.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Find what is wrong and say how to mend it.

    Looks at settings, database, one page of each host, and channels. Changes nothing, sends nothing.

    \b
    Example: ministry-monitor doctor --deep
    """
    from monitor.doctor import examine

    findings = examine(load_settings(config), deep=deep)
    if as_json:
        write_json({"findings": [finding.as_dict() for finding in findings]})
    else:
        write_table(
            ("", "what", "found", "to mend it"),
            ((finding.mark, finding.what, finding.found, finding.todo) for finding in findings),
            unbroken=(0, 1),
        )
    wrong = [finding for finding in findings if finding.is_wrong]
    for finding in wrong:
        tell(f"needs a person: {finding.what}: {finding.found}")
    return ExitStatus.NEEDS_A_PERSON if wrong else ExitStatus.DONE


def migrate(config: ConfigOption = None) -> None:
    """Bring the database to this version's schema.

    It is made if there is none. One in a file is copied first; every command that opens the database does the same.

    \b
    Example: ministry-monitor migrate
    """
    from storage import backup
    from storage.migrations import HEAD
    from storage.store import Store

    settings = load_settings(config)
    file = settings.monitor.database_file
    schema = backup.schema_of(file) if file else None
    with Store.open(settings.monitor.database) as store:
        write(f"{store.where} has this version's schema, {HEAD}.\n")
    if file and schema not in {None, HEAD}:
        copy = backup.place_before_migration(file, str(schema))
        write(f"As it was before, with schema {schema}: {copy}. Remove it once all is well.\n")
