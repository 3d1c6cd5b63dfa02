"""`subscribers test` and `deliveries`: the messages themselves."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import shlex
from email.utils import make_msgid
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean
from monitor.cli.checking import send_due
from monitor.cli.desk import now, opened
from monitor.cli.operating import delivery_as_dict, show_deliveries
from monitor.cli.show import local, tell, write, write_json, write_table
from monitor.errors import ExitStatus, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from monitor.audience import Audience
    from monitor.settings_models import Settings
    from notify.subscribers import Destination, Subscriber
    from storage.observation import Delivery
    from storage.store import Store


_TEST_MESSAGES = {
    "ja": (
        "[テスト] ministry-monitor からの試験送信",
        "これは ministry-monitor の試験送信です。\nこの宛先に、ページの変更のお知らせが届きます。\n",
    ),
    "en": (
        "[Test] A test message of ministry-monitor",
        "This is a test message of ministry-monitor.\nChanges of the watched pages will be told to this address.\n",
    ),
}


class DeliveryState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


def send_test(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The subscriber's name, or operator.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Send a subscriber a test message now.

    It goes to each address, and the servers' answers are shown.

    \b
    Example: ministry-monitor subscribers test desk
    """
    from notify.errors import SendError

    with opened(config) as (settings, store):
        subscriber = _named(settings, store, name)
    answers: list[tuple[str, bool, str]] = []
    for destination in subscriber.destinations:
        try:
            answers.append((destination.label, True, _sent(settings, destination, subscriber.language)))
        except SendError as error:
            answers.append((destination.label, False, error.code))
            tell(f"not delivered: {destination.label}: {error}")
    if as_json:
        results = [{"to": label, "sent": sent, "answer": answer} for label, sent, answer in answers]
        write_json({"subscriber": subscriber.name, "results": results})
    else:
        write_table(
            ("to", "sent", "the server's answer"),
            ((label, "yes" if sent else "no", answer) for label, sent, answer in answers),
        )
    return ExitStatus.DONE if all(sent for _, sent, _ in answers) else ExitStatus.NOT_DELIVERED


def _named(settings: "Settings", store: "Store", name: str) -> "Subscriber":
    from monitor.audience import audience_of

    found = audience_of(settings, store)
    known = {member.subscriber.name: member.subscriber for member in found.members}
    if found.operator is not None:
        known["operator"] = found.operator
    if name not in known:
        raise UsageError(f"there is no subscriber {name!r}", where=str(settings.path), todo=did_you_mean(name, known))
    unknown = [item.label for item in known[name].destinations if not item.address]
    if unknown:
        raise UsageError(f"{unknown[0]} is not set", where="the environment", todo="Set it before you start")
    return known[name]


def _sent(settings: "Settings", destination: "Destination", language: str) -> str:
    """What the server answered. Raises SendError."""
    from monitor.deliver import mail_server
    from notify.sending import send
    from storage.observation import FrozenMessage

    mail = mail_server(settings)
    subject, text = _TEST_MESSAGES[language]
    return send(
        destination,
        FrozenMessage(subject=subject, text=text, html=None),
        message_id=make_msgid("test", mail.domain),
        change_ids=(),
        mail=mail,
        now=now(),
    )


def list_deliveries(
    status: Annotated[DeliveryState | None, typer.Option("--status", help="Only these.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show the messages: sent, waiting, given up.

    \b
    Example: ministry-monitor deliveries list --status waiting
    """
    from monitor.audience import audience_of

    with opened(config) as (settings, store):
        found = store.deliveries(status.value if status else None)
        labels = _labels(audience_of(settings, store))
    if as_json:
        write_json({"deliveries": [delivery_as_dict(delivery) for delivery in found]})
    elif found:
        show_deliveries(found, labels)
    else:
        write("No messages.\n")


def retry_deliveries(
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID", help="As `deliveries list` prints them.")] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="All that were tried or given up; a digest and what quiet hours hold back wait on."),
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Send messages that wait or were given up, now; those named at any hour.

    \b
    Example: ministry-monitor deliveries retry 12
    """
    from monitor.audience import audience_of

    if bool(ids) == every:
        raise UsageError("which messages?", where="deliveries retry", todo="Name ids, or --all")
    with opened(config) as (settings, store):
        unsent = {item.id: item for status in ("waiting", "dead") for item in store.deliveries(status)}
        chosen = sorted(unsent) if every else list(dict.fromkeys(ids or ()))
        wrong = [str(number) for number in chosen if number not in unsent]
        if wrong:
            raise UsageError(
                f"no message {', '.join(wrong)} waits or was given up",
                where="deliveries retry",
                todo="See `deliveries list`",
            )
        audience = audience_of(settings, store)
        labels = _labels(audience)
        at = now()
        if every:
            chosen = _without_held(unsent, audience)
        else:
            _require_sendable(audience, [unsent[number] for number in chosen], at)
        store.retry(chosen, at, early=not every)
        status = send_due(settings, store, only=chosen, at_any_hour=not every)
        found = [item for item in store.deliveries() if item.id in set(chosen)]
    if as_json:
        write_json({"deliveries": [delivery_as_dict(delivery) for delivery in found]})
    elif found:
        show_deliveries(found, labels)
    else:
        write("No message waits or was given up.\n")
    return status


def _without_held(unsent: "Mapping[int, Delivery]", audience: "Audience") -> list[int]:
    """The messages to destinations to which something goes now; says on stderr how many are left as they are."""
    chosen = [number for number in sorted(unsent) if unsent[number].destination not in audience.held]
    if left := len(unsent) - len(chosen):
        tell(f"messages left for who is paused or was refused by its server: {left}; see `subscribers list`")
    return chosen


def _labels(audience: "Audience") -> dict[str, str]:
    return {name: item.label for name, item in audience.destinations.items()}


def _require_sendable(audience: "Audience", found: "Sequence[Delivery]", at: "datetime") -> None:
    """Raises UsageError for a message to a destination to which nothing goes now, and for a digest before its hour."""
    for delivery in found:
        if delivery.window is not None and not delivery.attempts and at < delivery.window.until:
            raise UsageError(
                f"message {delivery.id} is the digest of {local(delivery.window.until)}, not complete before",
                where="deliveries retry",
                todo="It goes at that time",
            )
        if delivery.destination in audience.held:
            raise UsageError(
                f"message {delivery.id} is for {delivery.subscriber}, to whom nothing goes now",
                where="deliveries retry",
                why="it is paused, its server refused it, or its variable is not set: see `subscribers list`",
                todo=f"End a pause with `subscribers pause --off {shlex.quote(delivery.subscriber)}`",
            )
