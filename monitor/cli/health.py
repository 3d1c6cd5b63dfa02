"""How the whole installation stands: who keeps the schedule, and all of it on one line for a monitoring system."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import shlex
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor.cli.desk import load_settings, now
from monitor.cli.show import iso, local, printable, write
from parsers.errors import MonitorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.audience import Audience
    from monitor.settings_models import PageSettings, Settings
    from storage.duty import OnDuty
    from storage.observation import Delivery, Incident, PageState
    from storage.store import Store

_LATE: Final = timedelta(minutes=10)
"""So long after its due time a page that nobody checks is overdue."""


class NagiosStatus(IntEnum):
    """The statuses of a plugin (Monitoring Plugins Development Guidelines, "Plugin Return Codes")."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


@dataclass(frozen=True)
class Health:
    """What `status` looks at; `states` are those of the pages in config.toml that are known."""

    settings: "Settings"
    at: datetime
    duty: "OnDuty | None"
    states: "Sequence[PageState]"
    incidents: "Sequence[Incident]"
    unsent: "Sequence[Delivery]"
    audience: "Audience"

    @classmethod
    def of(cls, settings: "Settings", store: "Store") -> "Health":
        from monitor.audience import audience_of

        at = now()
        known = {state.page.id: state for state in store.states()}
        return cls(
            settings=settings,
            at=at,
            duty=store.on_duty(at),
            states=[known[page.id] for page in settings.pages if page.id in known],
            incidents=store.incidents(),
            unsent=[delivery for status in ("claimed", "waiting", "dead") for delivery in store.deliveries(status)],
            audience=audience_of(settings, store),
        )

    @property
    def unknown(self) -> "list[PageSettings]":
        """Pages of config.toml of which the database knows nothing."""
        known = {state.page.id for state in self.states}
        return [page for page in self.settings.pages if page.id not in known]

    @property
    def is_on_duty(self) -> bool:
        """Whether a daemon is at work."""
        return self.duty is not None and self.duty.is_alive and self.duty.was_seen_lately

    @property
    def overdue(self) -> "list[PageState]":
        """Pages that are due by a daemon's schedule, and that nobody checks, neither a daemon nor cron."""
        if self.is_on_duty:
            return []
        return [
            state
            for state in self.states
            if state.next_due is not None
            and state.next_due + _LATE <= self.at
            and (state.last_check is None or state.last_check < state.next_due)
        ]

    def daemon_line(self) -> str:
        """Who keeps the schedule, for people."""
        if self.duty is None:
            return "No daemon runs: pages are checked when `check` is called."
        who = f"process {self.duty.pid} on {self.duty.host}, since {local(self.duty.since)}"
        return f"The daemon runs: {who}." if self.is_on_duty else f"The daemon is gone: {who}."

    def not_watching(self) -> list[str]:
        """Why pages are not watched as they should be, a line each: it needs a person at once."""
        lines = []
        if self.duty is not None and not self.is_on_duty:
            who = f"process {self.duty.pid} on {self.duty.host}, last seen {local(self.duty.seen_at)}"
            ended = "does not answer" if self.duty.is_alive else "has died"
            lines.append(f"the daemon {ended} ({who}); start it again")
        elif self.overdue:
            names = ", ".join(state.page.id for state in self.overdue[:5])
            lines.append(f"no daemon runs, and {len(self.overdue)} pages are overdue ({names}); start it")
        stale = [incident for incident in self.incidents if incident.kind == "page.stale"]
        return lines + [f"{incident.page}: {incident.kind}: {incident.message}" for incident in stale]

    def other_needs(self) -> list[str]:
        """What else a person should see to. A message that failed once is tried again, but something is wrong."""
        from monitor.disk import nearly_full

        needs = [
            f"{item.page}: {item.kind}: {item.message}"
            for item in self.incidents
            if item.page is not None and item.kind != "page.stale"
        ]
        needs += [
            f"{state.page.id}: is gone (404 or 410); if it is for good, take it out of config.toml"
            for state in self.states
            if state.gone
        ]
        return [*needs, *self._bounces(), *self._stuck_messages(), *nearly_full(self.settings)]

    def _bounces(self) -> "Iterator[str]":
        for member in self.audience.members:
            name = member.subscriber.name
            for item in member.subscriber.destinations:
                if member.states.get(item.id) == "bounced":
                    yield (
                        f"{name} is no longer told at {item.label}, which its server refused; "
                        f"once it is mended: ministry-monitor subscribers pause --off {shlex.quote(name)}"
                    )

    def _stuck_messages(self) -> "Iterator[str]":
        held, labels = self.audience.held, self.labels
        for delivery in self.unsent:
            what = f"delivery {delivery.id} to {delivery.subscriber} ({labels.get(delivery.destination, 'gone')})"
            if delivery.status == "dead":
                yield (
                    f"{what} was given up: {delivery.last_error}; "
                    f"mend it, then: ministry-monitor deliveries retry {delivery.id}"
                )
            elif delivery.last_error:
                yield f"{what} waits: {delivery.last_error}"
            elif self.is_on_duty and delivery.destination not in held and delivery.next_attempt + _LATE <= self.at:
                yield f"{what} is due since {local(delivery.next_attempt)}, and the daemon does not send it"

    @property
    def labels(self) -> dict[str, str]:
        """The masked addresses of destinations, by their ids."""
        return {name: item.label for name, item in self.audience.destinations.items()}

    def daemon_as_dict(self) -> dict[str, Any] | None:
        """The JSON form of the daemon; None if none was started, or the last one ended as it should."""
        if self.duty is None:
            return None
        return {
            "running": self.is_on_duty,
            "host": self.duty.host,
            "pid": int(self.duty.pid),
            "since": iso(self.duty.since),
            "seen_at": iso(self.duty.seen_at),
        }


def nagios(config: Path | None) -> int:
    """Write one line as monitoring plugins do, and give the plugin's status."""
    from storage.errors import StorageError
    from storage.store import Store

    try:
        settings = load_settings(config)
        with Store.open(settings.monitor.database, migrate=False) as store:
            status, line = _judged(Health.of(settings, store))
    except StorageError as error:
        status, line = NagiosStatus.CRITICAL, _plain(str(error))
    except MonitorError as error:
        status, line = NagiosStatus.UNKNOWN, _plain(str(error))
    except Exception as error:  # whatever it is, it must not pass for one of the other statuses
        status, line = NagiosStatus.UNKNOWN, f"unexpected {type(error).__name__}"
    write(f"MONITOR {status.name} - {line}\n")
    return status


def _judged(health: Health) -> tuple[NagiosStatus, str]:
    critical, warning = health.not_watching(), health.other_needs()
    found = critical + warning
    if not found:
        last = max((state.last_check for state in health.states if state.last_check), default=None)
        who = "daemon running" if health.is_on_duty else "no daemon"
        text = f"{len(health.settings.pages)} pages, last check {local(last)}, {who}"
    else:
        text = found[0] + (f" (and {len(found) - 1} more)" if len(found) > 1 else "")
    status = NagiosStatus.CRITICAL if critical else NagiosStatus.WARNING if warning else NagiosStatus.OK
    return status, f"{_plain(text)} | {_performance(health)}"


def _performance(health: Health) -> str:
    """Performance data: 'label'=value[UOM];[warn];[crit];[min] (the guidelines, "Performance data")."""
    unverified = [health.at - state.last_unchanged for state in health.states if state.last_unchanged is not None]
    oldest = max((span.total_seconds() for span in unverified), default=0)
    dead = sum(delivery.status == "dead" for delivery in health.unsent)
    return " ".join(
        (
            f"pages={len(health.settings.pages)};;;0",
            f"overdue={len(health.overdue)};;0;0",
            f"incidents={len(health.incidents)};0;;0",
            f"unsent={len(health.unsent) - dead};;;0",
            f"dead={dead};0;;0",
            f"unverified={max(0, round(oldest))}s;;;0",
        )
    )


def _plain(text: str) -> str:
    """`text` without what begins the performance data."""
    return printable(text).replace("|", "/")
