"""`status`, `doctor`, `migrate`: is all well, and if not, what a person should do."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption
from monitor.cli.desk import load_settings, opened
from monitor.cli.show import iso, local, tell, write, write_json, write_table
from monitor.errors import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.settings_models import Settings
    from storage.observation import Delivery, Incident, PageState


def status(as_json: JsonOption = False, config: ConfigOption = None) -> int:
    """Show how pages, incidents and unsent messages stand.

    Ends with 7 if something needs a person.

    \b
    Example: ministry-monitor status
    """
    with opened(config) as (settings, store):
        known = {state.page.id: state for state in store.states()}
        unchecked = [page for page in settings.pages if page.id not in known]
        states = [known[page.id] for page in settings.pages if page.id in known]
        incidents = store.incidents()
        unsent = [*store.deliveries("claimed"), *store.deliveries("waiting"), *store.deliveries("dead")]
    needs = _needs(incidents, unsent)
    if as_json:
        write_json(
            {
                "pages": [_state_as_dict(state) for state in states]
                + [_unchecked_as_dict(page.id, page.url) for page in unchecked],
                "incidents": [_incident_as_dict(incident) for incident in incidents],
                "deliveries": [delivery_as_dict(delivery) for delivery in unsent],
                "needs_a_person": needs,
            }
        )
    else:
        rows = [_state_cells(state) for state in states]
        rows += [(page.id, "never", "–", "not checked yet", "0", "–") for page in unchecked]
        write_table(("page", "last check", "last unchanged", "outcome", "records", "next"), rows, unbroken=(0, 1, 2))
        if incidents:
            write_table(
                ("since", "page", "incident", "what"),
                ((local(item.opened_at), item.page, item.kind, item.message) for item in incidents),
                title="Open incidents",
                unbroken=(0, 2),
            )
        if unsent:
            show_deliveries(unsent, settings, title="Messages not sent")
        write("Nothing needs a person.\n" if not needs else "")
    for need in needs:
        tell(f"needs a person: {need}")
    return ExitStatus.NEEDS_A_PERSON if needs else ExitStatus.DONE


def _needs(incidents: "Sequence[Incident]", unsent: "Sequence[Delivery]") -> list[str]:
    """What a person should see to, one line each. A message that failed once is tried again, but something is wrong."""
    needs = [f"{item.page}: {item.kind}: {item.message}" for item in incidents]
    for delivery in unsent:
        if delivery.status == "dead":
            needs.append(
                f"delivery {delivery.id} to {delivery.destination} was given up: {delivery.last_error}; "
                f"mend it, then: ministry-monitor deliveries retry {delivery.id}"
            )
        elif delivery.last_error:
            needs.append(f"delivery {delivery.id} to {delivery.destination} waits: {delivery.last_error}")
    return needs


def _state_cells(state: "PageState") -> tuple[str, ...]:
    outcome: str = state.outcome or "–"
    if state.reason:
        outcome += f" ({state.reason})"
    return (
        *(state.page.id, local(state.last_check), local(state.last_unchanged), outcome),
        *(str(state.record_count), "–"),
    )


def _state_as_dict(state: "PageState") -> dict[str, Any]:
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
        "next": None,
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


def show_deliveries(found: "Sequence[Delivery]", settings: "Settings", *, title: str = "") -> None:
    """Messages as a table; an address is masked, and one that is no longer configured shows as its id."""
    from monitor.deliver import destinations_of

    labels = {name: destination.label for name, destination in destinations_of(settings).items()}
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
        "subject": delivery.message.subject if delivery.message else None,
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
