"""Whom changes are told to now: the subscribers of config.toml and those of the database, as they stand."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from monitor.errors import ConfigError
from monitor.settings import filled, operator_of, subscriber_of, subscribers_of
from monitor.settings_models import Preferences, Settings
from notify.renames import follow
from notify.routing import make_route
from notify.subscribers import Destination, Subscriber, is_same_address, mask
from notify.timing import Timing
from storage.changes import RecordedChange
from storage.observation import Draft, PageInfo, Rename, Route, Standing, StoredAddress, StoredSubscriber
from storage.store import Store

_NEVER_AGAIN: Final = "unsubscribed"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A subscriber with all its destinations, its wishes as they were written, and how it stands.

    A destination whose variable is not set has an empty address.
    """

    subscriber: Subscriber
    wishes: Preferences
    is_stored: bool
    standings: tuple[Standing, ...]

    @property
    def states(self) -> dict[str, str]:
        """Why nothing goes to a destination now, by its id: `paused`, `bounced` or `unsubscribed`."""
        whole = [standing.state for standing in self.standings if standing.destination is None]
        if self.subscriber.paused:
            whole.append("paused")
        own = [item.id for item in self.subscriber.destinations]
        states: dict[str, str] = {item: whole[0] for item in own if whole}
        # How an address stood that is no longer its own says nothing of what waits for it.
        return states | {item.destination: item.state for item in self.standings if item.destination in own}

    @property
    def told(self) -> Subscriber:
        """The subscriber with the destinations to which changes go."""
        silent = self.states
        kept = tuple(item for item in self.subscriber.destinations if item.id not in silent)
        return replace(self.subscriber, destinations=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """All who are told, and the operator."""

    members: tuple[Member, ...]
    operator: Subscriber | None
    renames: tuple[Rename, ...] = ()

    @property
    def subscribers(self) -> list[Subscriber]:
        """Those to whom changes go, each with the destinations to which they do, filters following `renames`."""
        return [follow(member.told, self.renames) for member in self.members]

    @property
    def route(self) -> Route:
        """Which change goes to whom."""
        return make_route(self.subscribers, self.operator)

    @property
    def destinations(self) -> dict[str, Destination]:
        """Every destination by its id, the operator's and paused ones, too, but none that unsubscribed."""
        all_told = [*(member.subscriber for member in self.members), *filter(None, [self.operator])]
        states = self._states
        return {item.id: item for one in all_told for item in one.destinations if states.get(item.id) != _NEVER_AGAIN}

    @property
    def held(self) -> frozenset[str]:
        """The destinations for which what waits stays as it is: paused ones, and those whose address is not known."""
        silent = [destination for destination, state in self._states.items() if state != _NEVER_AGAIN]
        unknown = [item.id for member in self.members for item in member.subscriber.destinations if not item.address]
        return frozenset((*silent, *unknown))

    @property
    def _states(self) -> dict[str, str]:
        return {destination: state for member in self.members for destination, state in member.states.items()}

    def timing_of(self, name: str, destination: str) -> Timing | None:
        """When they are told who have that address now, under whatever name; else the subscriber of that name."""
        member = self.named(name)
        if member is None or destination not in {item.id for item in member.subscriber.destinations}:
            having = (
                one
                for one in self.members
                for item in one.subscriber.destinations
                if is_same_address(item.id, destination)
            )
            member = next(having, member)
        return member.subscriber.timing if member is not None else None

    def named(self, name: str) -> Member | None:
        """The subscriber of that name."""
        return next((member for member in self.members if member.subscriber.name == name), None)


def configured(settings: Settings) -> Audience:
    """Those of config.toml alone, whatever the database has noted."""
    return Audience(members=tuple(_configured(settings, {})), operator=operator_of(settings))


class KnownRenames:
    """The renames of a store's categories and programmes, looked up again only where there were changes since."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: tuple[Rename, ...] = ()
        self._newest = 0

    def current(self) -> tuple[Rename, ...]:
        """All until now. Raises StorageError."""
        if (news := self._store.renames(self._newest)) is not None:
            found, newest = news
            self._found, self._newest = tuple(found), newest
        return self._found


def audience_of(
    settings: Settings,
    store: Store,
    environ: Mapping[str, str] = os.environ,
    *,
    renames: KnownRenames | None = None,
) -> Audience:
    """Who is told now; `environ` fills in the `${NAME}` of addresses that the database holds.

    Who asks again and again gives the `renames` it knows. Raises ConfigError where a subscriber stands in both places
    or the database holds one that cannot be understood.
    """
    stored, standings = store.subscribers(), store.standings()
    configured = {row.name for row in settings.subscribers}
    twice = next((one.name for one in stored if one.name in configured), None)
    if twice is not None:
        raise ConfigError(
            f'subscribers: "{twice}" stands in the database, too',
            where=str(settings.path),
            todo=f"Choose another name here, or: ministry-monitor subscribers remove '{twice}'",
        )
    of: dict[str, tuple[Standing, ...]] = {}
    for standing in standings:
        of[standing.subscriber] = (*of.get(standing.subscriber, ()), standing)
    members = _configured(settings, of)
    members += [_stored(one, of.get(one.name, ()), settings, environ) for one in stored]
    filters_titles = any(member.subscriber.categories or member.subscriber.programmes for member in members)
    return Audience(
        members=tuple(members),
        operator=operator_of(settings),
        renames=(renames or KnownRenames(store)).current() if filters_titles else (),
    )


def _configured(settings: Settings, standings: Mapping[str, tuple[Standing, ...]]) -> list[Member]:
    return [
        Member(subscriber=one, wishes=row, is_stored=False, standings=standings.get(row.name, ()))
        for one, row in zip(subscribers_of(settings), settings.subscribers, strict=True)
    ]


def _stored(
    stored: StoredSubscriber, standings: tuple[Standing, ...], settings: Settings, environ: Mapping[str, str]
) -> Member:
    try:
        wishes = Preferences.model_validate(dict(stored.settings))
    except ValidationError as error:
        keys = ", ".join(".".join(map(str, found["loc"])) for found in error.errors(include_url=False))
        raise ConfigError(
            f'the subscriber "{stored.name}" of the database cannot be understood: {keys}',
            where=str(settings.path),
            todo=f"Add it again, after: ministry-monitor subscribers remove '{stored.name}'",
        ) from None
    destinations = tuple(_destination(item, environ) for item in stored.destinations)
    subscriber = subscriber_of(stored.name, wishes, destinations, settings=settings, since=stored.added_at)
    return Member(subscriber=subscriber, wishes=wishes, is_stored=True, standings=standings)


def _destination(stored: StoredAddress, environ: Mapping[str, str]) -> Destination:
    """A stored destination; one whose variable is not set has no address, and that variable for a label."""
    address = filled(stored.address, environ)
    return Destination(id=stored.id, address=address or "", label=mask(address) if address else stored.address)


class LiveAudience:
    """Who is told, for a process that goes on: it follows the database when told to `refresh`. It is a Route, too.

    What cannot be understood after the start, as a subscriber of the database whose name now stands in config.toml
    as this process read it, is logged once, and those known before go on being told.
    """

    def __init__(self, load: Callable[[], Audience]) -> None:
        """Raises ConfigError, StorageError."""
        self._load = load
        self.current = load()
        self._route = self.current.route
        self._trouble: str | None = None
        self._warned: set[str] = set()
        self._warn_of_unknown()

    def refresh(self) -> "LiveAudience":
        """Itself, up to date. Raises StorageError."""
        try:
            found = self._load()
        except ConfigError as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                _log.error("subscribers are as they were before: %s", error)
            return self
        self._trouble = None
        if found != self.current:
            self.current, self._route = found, found.route
            self._warn_of_unknown()
        return self

    def __call__(self, page: PageInfo, changes: Sequence[RecordedChange]) -> Sequence[Draft]:
        return self._route(page, changes)

    def _warn_of_unknown(self) -> None:
        for member in self.current.members:
            for item in member.subscriber.destinations:
                if not item.address and item.id not in self._warned:
                    self._warned.add(item.id)
                    name = member.subscriber.name
                    _log.warning("subscriber %s: %s is not set here: what is for it waits", name, item.label)
