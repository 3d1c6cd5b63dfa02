"""`subscribers`: who is told of what."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import os
import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean
from monitor.cli.desk import now, opened
from monitor.cli.show import iso, write, write_json, write_table
from monitor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from monitor.audience import Audience, Member
    from monitor.settings_models import Preferences, Settings
    from notify.subscribers import Subscriber
    from storage.store import Store

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The subscriber's name.")]


def _names(metavar: str, help_text: str) -> Any:
    return typer.Option(metavar=metavar, help=help_text + " May be given several times.")


def _one(metavar: str, help_text: str) -> Any:
    return typer.Option(metavar=metavar, help=help_text)


ToOption = Annotated[
    list[str], _names("ADDRESS", "A mail address, or '${NAME}' for a variable that holds a chat's URL.")
]
PagesOption = Annotated[list[str] | None, _names("GLOB", "Ids of pages, with *.")]
KindsOption = Annotated[list[str] | None, _names("GLOB", "Changes: plan.amended; plan means plan.*.")]
CategoriesOption = Annotated[list[str] | None, _names("TITLE", "Only what stands under this category.")]
ProgrammesOption = Annotated[list[str] | None, _names("TITLE", "Only what stands under this programme.")]
CompaniesOption = Annotated[list[str] | None, _names("NAME", "Only plans of this company; a part of its name.")]
MatchOption = Annotated[str | None, _one("PATTERN", "Only what contains it: '富士通|日本電気'.")]
DeliveryOption = Annotated[str | None, _one("WHEN", "immediate, 'daily 09:00' or 'weekly mon 09:00'.")]
QuietOption = Annotated[str | None, _one("HOURS", "Hours in which nothing is sent; '' for none. [20:00-07:00]")]
UrgentOption = Annotated[list[str] | None, _names("GLOB", "Changes that are sent at once, at any hour.")]
AllQuietOption = Annotated[str | None, _one("WHEN", "weekly: a word after a week without changes.")]
LanguageOption = Annotated[str | None, _one("ja|en", "Of the messages.")]


def list_subscribers(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show who is told of what, and where; addresses are masked.

    \b
    Example: ministry-monitor subscribers list
    """
    from monitor.audience import audience_of

    with opened(config) as (settings, store):
        found = audience_of(settings, store)
    if as_json:
        labels = [item.label for item in found.operator.destinations] if found.operator else []
        write_json({"subscribers": [member_as_dict(member) for member in found.members], "operator": labels})
        return
    rows = [
        (
            member.subscriber.name,
            ", ".join(_standing(member)),
            ", ".join(member.subscriber.pages) or "*",
            ", ".join(member.subscriber.kinds) or "*",
            _only(member.subscriber) or "all",
            _when(member.wishes),
            member.subscriber.language,
        )
        for member in found.members
    ]
    if found.operator:
        to = ", ".join(item.label for item in found.operator.destinations)
        rows.append(("[operator]", to, "*", "incidents", "", "immediate", found.operator.language))
    write_table(("name", "to", "pages", "kinds", "only", "when", "language"), rows)


def member_as_dict(member: "Member") -> dict[str, Any]:
    """The JSON form of a subscriber."""
    one, states, wishes = member.subscriber, member.states, member.wishes
    return {
        "name": one.name,
        "to": [item.label for item in one.destinations],
        "destinations": [item.id for item in one.destinations],
        "states": [states.get(item.id, "active") for item in one.destinations],
        "pages": list(one.pages),
        "kinds": list(one.kinds),
        "categories": list(one.categories),
        "programmes": list(one.programmes),
        "companies": list(one.companies),
        "match": one.match,
        "delivery": wishes.delivery,
        "quiet": wishes.quiet,
        "urgent": list(wishes.urgent),
        "all_quiet": wishes.all_quiet,
        "language": one.language,
        "paused": all(item.id in states for item in one.destinations),
        "since": iso(one.since),
        "source": "database" if member.is_stored else "config.toml",
    }


def _standing(member: "Member") -> "Iterator[str]":
    for item in member.subscriber.destinations:
        state = member.states.get(item.id) or ("" if item.address else "variable not set")
        yield f"{item.label} ({state})" if state else item.label


def _only(one: "Subscriber") -> str:
    match = [f"/{one.match}/"] if one.match else []
    return ", ".join((*one.categories, *one.programmes, *one.companies, *match))


def _when(wishes: "Preferences") -> str:
    """How one is told, and what of the rest is not as it usually is."""
    from monitor.settings_models import Preferences

    usual = Preferences()
    parts = [wishes.delivery]
    if wishes.urgent:
        parts.append(f"urgent {' '.join(wishes.urgent)}")
    if wishes.quiet != usual.quiet:
        parts.append(f"quiet {wishes.quiet}" if wishes.quiet else "no quiet hours")
    if wishes.all_quiet != usual.all_quiet:
        parts.append(f"all quiet {wishes.all_quiet}")
    return ", ".join(parts)


def add(  # noqa: PLR0913, PLR0917  one for each key of [[subscribers]]
    name: NameArgument,
    to: ToOption,
    pages: PagesOption = None,
    kinds: KindsOption = None,
    categories: CategoriesOption = None,
    programmes: ProgrammesOption = None,
    companies: CompaniesOption = None,
    match: MatchOption = None,
    delivery: DeliveryOption = None,
    quiet: QuietOption = None,
    urgent: UrgentOption = None,
    all_quiet: AllQuietOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Add a subscriber, who hears of what is detected from now on.

    \b
    Example: ministry-monitor subscribers add tanaka --to tanaka@example.jp --kinds plan --companies 富士通
    """
    given: dict[str, Any] = {
        "pages": pages,
        "kinds": kinds,
        "categories": categories,
        "programmes": programmes,
        "companies": companies,
        "match": match,
        "delivery": delivery,
        "quiet": quiet,
        "urgent": urgent,
        "all_quiet": all_quiet,
        "language": language,
    }
    wishes = {key: value for key, value in given.items() if value is not None and value != []}
    member = _added(name, to, wishes, config)
    if as_json:
        write_json({"subscriber": member_as_dict(member)})
    else:
        write(f"Added {name}: it hears of what is detected from now on.\n")
        write(f"Try it: ministry-monitor subscribers test {shlex.quote(name)}\n")


def _added(name: str, to: "Sequence[str]", wishes: dict[str, Any], config: "Path | None") -> "Member":
    """The subscriber, added. Raises UsageError, ConfigError, StorageError, NotifyError: then nothing was."""
    from monitor.audience import audience_of
    from monitor.settings import row_of
    from notify.sending import check_address

    with opened(config) as (settings, store):
        if audience_of(settings, store).named(name) is not None:
            raise UsageError(
                f"there is a subscriber {name!r} already", where="subscribers add", todo="Choose another name"
            )
        row = row_of({"name": name, "to": list(to), **wishes}, settings, os.environ)
        for address in row.to:
            check_address(address.secret.get_secret_value())
        store.add_subscriber(name, [address.raw for address in row.to], wishes, now())
        return member_named(audience_of(settings, store), name, settings)


def remove(name: NameArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Remove a subscriber that was added: its addresses are erased, what waits for it is not sent.

    \b
    Example: ministry-monitor subscribers remove tanaka
    """
    with opened(config) as (settings, store):
        # Not by the audience: that is refused while a name stands in both places, out of which this is the way.
        known = [one.name for one in store.subscribers()]
        if name not in known:
            if any(row.name == name for row in settings.subscribers):
                raise UsageError(f"{name!r} stands in config.toml", where=str(settings.path), todo="Remove it there")
            raise UsageError(
                f"there is no subscriber {name!r} in the database", where="subscribers", todo=did_you_mean(name, known)
            )
        cancelled = store.remove_subscriber(name, now())
    if as_json:
        write_json({"subscriber": name, "cancelled": cancelled})
    else:
        waiting = "1 waiting message" if cancelled == 1 else f"{cancelled} waiting messages"
        write(f"Removed {name}; its addresses are erased, {waiting} will not be sent.\n")


def pause(
    name: NameArgument,
    off: Annotated[
        bool, typer.Option("--off", help="End the pause, also that of an address that was refused.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Tell a subscriber nothing until the pause is ended; of what changes meanwhile it will not hear.

    \b
    Example: ministry-monitor subscribers pause tanaka
    """
    from monitor.audience import audience_of

    with opened(config) as (settings, store):
        if off and audience_of(settings, store).named(name) is None and _forgotten(name, store):
            write(f"{name} is no subscriber any more; what was noted of it is forgotten.\n")
            return
        member = member_named(audience_of(settings, store), name, settings)
        if not off:
            store.set_standing(name, "paused", now(), why="subscribers pause")
        else:
            _end_pause(member, settings, store)
        member = member_named(audience_of(settings, store), name, settings)
    if as_json:
        write_json({"subscriber": member_as_dict(member)})
        return
    for line in _standing(member):
        write(f"{name}: {line}\n")


def _forgotten(name: str, store: "Store") -> bool:
    """Forget how one stands who is no longer configured; whether there was anything to forget."""
    known = [item for item in store.standings() if item.subscriber == name and item.state != "unsubscribed"]
    for standing in known:
        store.clear_standing(name, destination=standing.destination)
    return bool(known)


def _end_pause(member: "Member", settings: "Settings", store: "Store") -> None:
    name = member.subscriber.name
    if member.subscriber.paused:
        raise UsageError(f"{name!r} is paused by config.toml", where=str(settings.path), todo="Take `paused` out there")
    ended = [item for item in member.standings if item.state != "unsubscribed"]
    for standing in ended:
        store.clear_standing(name, destination=standing.destination)
    gone = [item for item in member.standings if item.state == "unsubscribed"]
    if gone and not ended:
        raise UsageError(
            f"{name!r} has unsubscribed",
            where="subscribers pause",
            todo="Who wants to hear again is added under another name",
        )


def member_named(found: "Audience", name: str, settings: "Settings") -> "Member":
    """The subscriber of that name. Raises UsageError naming who was meant."""
    member = found.named(name)
    if member is None:
        known = [item.subscriber.name for item in found.members]
        raise UsageError(f"there is no subscriber {name!r}", where=str(settings.path), todo=did_you_mean(name, known))
    return member
