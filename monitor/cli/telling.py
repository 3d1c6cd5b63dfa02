"""`subscribers` and `deliveries`: who is told, and the messages themselves."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

from email.utils import make_msgid
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean
from monitor.cli.checking import send_due
from monitor.cli.desk import load_settings, now, opened
from monitor.cli.operating import delivery_as_dict, show_deliveries
from monitor.cli.show import tell, write, write_json, write_table
from monitor.errors import ExitStatus, UsageError

if TYPE_CHECKING:
    from monitor.settings_models import Settings
    from notify.subscribers import Destination, Subscriber


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


def list_subscribers(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show who is told of what; addresses are masked.

    \b
    Example: ministry-monitor subscribers list
    """
    from monitor.settings import operator_of, subscribers_of

    settings = load_settings(config)
    found = subscribers_of(settings)
    operator = operator_of(settings)
    if as_json:
        write_json(
            {
                "subscribers": [
                    {
                        "name": item.name,
                        "to": [destination.label for destination in item.destinations],
                        "destinations": [destination.id for destination in item.destinations],
                        "pages": list(item.pages),
                        "kinds": list(item.kinds),
                        "categories": list(item.categories),
                        "programmes": list(item.programmes),
                        "companies": list(item.companies),
                        "language": item.language,
                        "paused": item.paused,
                    }
                    for item in found
                ],
                "operator": [destination.label for destination in operator.destinations] if operator else [],
            }
        )
        return
    rows = [
        (
            item.name + (" (paused)" if item.paused else ""),
            ", ".join(destination.label for destination in item.destinations),
            ", ".join(item.pages),
            ", ".join(item.kinds),
            ", ".join((*item.categories, *item.programmes, *item.companies)) or "all",
            item.language,
        )
        for item in found
    ]
    if operator:
        labels = ", ".join(destination.label for destination in operator.destinations)
        rows.append(("[operator]", labels, "*", "incidents", "", operator.language))
    write_table(("name", "to", "pages", "kinds", "only", "language"), rows)


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

    settings = load_settings(config)
    subscriber = _named(settings, name)
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


def _named(settings: "Settings", name: str) -> "Subscriber":
    from monitor.settings import operator_of, subscribers_of

    operator = operator_of(settings)
    known = {item.name: item for item in subscribers_of(settings)} | ({"operator": operator} if operator else {})
    if name not in known:
        raise UsageError(f"there is no subscriber {name!r}", where=str(settings.path), todo=did_you_mean(name, known))
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
    with opened(config) as (settings, store):
        found = store.deliveries(status.value if status else None)
    if as_json:
        write_json({"deliveries": [delivery_as_dict(delivery) for delivery in found]})
    elif found:
        show_deliveries(found, settings)
    else:
        write("No messages.\n")


def retry_deliveries(
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID", help="As `deliveries list` prints them.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that wait or were given up.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Send messages that wait or were given up, now.

    \b
    Example: ministry-monitor deliveries retry 12
    """
    if bool(ids) == every:
        raise UsageError("which messages?", where="deliveries retry", todo="Name ids, or --all")
    with opened(config) as (settings, store):
        unsent = {item.id for item in store.deliveries() if item.status in {"waiting", "dead"}}
        chosen = sorted(unsent) if every else list(dict.fromkeys(ids or ()))
        wrong = [str(number) for number in chosen if number not in unsent]
        if wrong:
            raise UsageError(
                f"no message {', '.join(wrong)} waits or was given up",
                where="deliveries retry",
                todo="See `deliveries list`",
            )
        store.retry(chosen, now())
        status = send_due(settings, store, only=chosen)
        found = [item for item in store.deliveries() if item.id in set(chosen)]
    if as_json:
        write_json({"deliveries": [delivery_as_dict(delivery) for delivery in found]})
    elif found:
        show_deliveries(found, settings)
    else:
        write("No message waits or was given up.\n")
    return status
