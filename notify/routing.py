"""Which change goes to whom, and when: pure, so that it can run inside the transaction that stores the changes."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import translate
from functools import cached_property, lru_cache
from typing import Any, Final, Self

from notify.matching import Pattern, Searched, pattern
from notify.renames import followed, renames_in
from notify.subscribers import Subscriber
from notify.timing import Timing
from storage.changes import ABOUT_VERIFYING, CHANGE_NAMES, RecordedChange, matches
from storage.observation import Channel, Draft, PageInfo, Rename, Route, Window
from storage.publishing import searchable

# Silence must mean "checked, and nothing changed": these reach whoever hears of the page at all.
_ABOUT_SILENCE: Final = ABOUT_VERIFYING | {"page.gone", "page.restored"}


def make_route(subscribers: Sequence[Subscriber], operator: Subscriber | None) -> Route:
    """The routing that `storage.save` calls: what changed on one page in one check, a draft for each destination.

    What befalls the page itself goes to the operator (incidents to nobody else), at once. Everything that is no
    incident goes to the subscribers whose filters it passes, when they want it: where some of it is urgent and the rest
    waits, these are two drafts. Raises NotifyError for a `match` that is no pattern.
    """
    listeners = [_Listener.of(subscriber) for subscriber in subscribers if not subscriber.paused]

    def route(page: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
        drafts: list[Draft] = []
        renames = renames_in(changes)
        facts = [_Facts(change, renames) for change in changes if not change.operators_only]
        for listener in listeners:
            if facts and listener.hears_of(page.id):
                drafts += listener.drafts(told for told in facts if listener.wants(told))
        if operator is not None and not operator.paused:
            about_page = tuple(change.id for change in changes if change.kind == "page")
            drafts += _drafts(operator, "operator", about_page)
        return drafts

    return route


def wants(subscriber: Subscriber, page: str, change: RecordedChange) -> bool:
    """Whether a subscriber hears of a change of the page with that id."""
    if subscriber.paused or change.operators_only:
        return False
    listener = _Listener.of(subscriber)
    return listener.hears_of(page) and listener.wants(_Facts(change))


def is_urgent(subscriber: Subscriber, changes: Iterable[RecordedChange]) -> bool:
    """Whether one of the changes is such that the subscriber wants it at any hour."""
    urgent = _names(subscriber.timing.urgent)
    return any(not urgent.isdisjoint(change.names) for change in changes)


def deaf_filters(
    subscriber: Subscriber, titles: Mapping[str, Collection[str]], renames: Collection[Rename] = ()
) -> list[str]:
    """The filters of a subscriber by which nothing that stands on its pages now can pass, as `categories: TITLE`.

    `titles` are those of the current records, by kind, and as "heading" all that they stand under. A filter goes by
    the title that is printed, now or before one of the `renames`. Nothing is said of a kind that `titles` does not
    have.
    """
    found: list[str] = []
    for key, kind, filters in (
        ("categories", "category", subscriber.categories),
        ("programmes", "programme", subscriber.programmes),
    ):
        if kind in titles:
            current = {searchable(title) for title in (*titles[kind], *titles.get("heading", ()))}
            found += [
                f"{key}: {title}"
                for title in filters
                if current.isdisjoint(map(searchable, followed([title], kind, renames)))
            ]
    return found


def absent_companies(subscriber: Subscriber, named: Collection[str]) -> list[str]:
    """The companies of a subscriber's filter that none of the names holds which plans bear now."""
    found = list(map(searchable, named))
    return [company for company in subscriber.companies if not any(searchable(company) in name for name in found)]


class _Facts:
    """What the filters ask of a change, found out once for all subscribers.

    `renames` are those of the same check: what it finds under a new title passes by the old one, too.
    """

    def __init__(self, change: RecordedChange, renames: Sequence[Rename] = ()) -> None:
        self.change = change
        self._renames = renames
        self.id = change.id
        self.names = frozenset(change.names)
        self.detected_at = change.detected_at
        self.is_about_silence = change.change in _ABOUT_SILENCE
        self.is_about_page = change.kind == "page"

    @cached_property
    def categories(self) -> frozenset[str]:
        return self._titles("category")

    @cached_property
    def programmes(self) -> frozenset[str]:
        return self._titles("programme")

    @cached_property
    def companies(self) -> tuple[str, ...]:
        return tuple({searchable(company) for side in self._sides for company in side.get("companies") or ()})

    @cached_property
    def searched(self) -> Searched:
        return Searched.of(self.change)

    @property
    def _sides(self) -> list[dict[str, Any]]:
        return [side for side in (self.change.before, self.change.after) if side]

    def _titles(self, kind: str) -> frozenset[str]:
        """What the record is, or on either side stands under; folded, as the page may print it."""
        held = {*self.change.path}
        fields = (kind, "title") if self.change.kind == kind else (kind,)
        for side in self._sides:
            held.update(side.get("path") or (), (side[name] for name in fields if side.get(name)))
        titles = set(map(searchable, held))
        titles |= {
            searchable(item.old) for item in self._renames if item.kind == kind and searchable(item.new) in titles
        }
        return frozenset(titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listener:
    """A subscriber with its filters compiled; empty sets and None let everything pass."""

    subscriber: Subscriber
    pages: re.Pattern[str]
    names: frozenset[str]
    urgent: frozenset[str]
    categories: frozenset[str]
    programmes: frozenset[str]
    companies: tuple[str, ...]
    match: Pattern | None

    @classmethod
    def of(cls, subscriber: Subscriber) -> Self:
        return cls(
            subscriber=subscriber,
            pages=_any_glob(subscriber.pages or ("*",)),
            names=_names(subscriber.kinds or ("*",)),
            urgent=_names(subscriber.timing.urgent),
            categories=frozenset(map(searchable, subscriber.categories)),
            programmes=frozenset(map(searchable, subscriber.programmes)),
            companies=tuple(map(searchable, subscriber.companies)),
            match=pattern(subscriber.match) if subscriber.match is not None else None,
        )

    def hears_of(self, page: str) -> bool:
        return self.pages.match(page) is not None

    def wants(self, told: _Facts) -> bool:
        since = self.subscriber.since
        if since is not None and told.detected_at <= since:
            return False
        if told.is_about_silence:
            return True
        if self.names.isdisjoint(told.names):
            return False
        return told.is_about_page or self._passes(told)

    def _passes(self, told: _Facts) -> bool:
        if self.categories and self.categories.isdisjoint(told.categories):
            return False
        if self.programmes and self.programmes.isdisjoint(told.programmes):
            return False
        if self.companies and not any(wanted in held for wanted in self.companies for held in told.companies):
            return False
        return self.match is None or self.match.finds(told.searched)

    def drafts(self, wanted: Iterable[_Facts]) -> Iterator[Draft]:
        together: dict[tuple[datetime | None, Window | None], list[int]] = {}
        for told in wanted:
            at_once = not self.urgent.isdisjoint(told.names)
            when = (None, None) if at_once else _when(self.subscriber.timing, told.detected_at)
            together.setdefault(when, []).append(told.id)
        for (due, window), ids in together.items():
            yield from _drafts(self.subscriber, "subscriber", tuple(ids), due=due, window=window)


def _drafts(
    subscriber: Subscriber,
    channel: Channel,
    change_ids: tuple[int, ...],
    *,
    due: datetime | None = None,
    window: Window | None = None,
) -> Iterator[Draft]:
    if not change_ids:
        return
    for destination in dict.fromkeys(item.id for item in subscriber.destinations):
        yield Draft(
            destination=destination,
            subscriber=subscriber.name,
            channel=channel,
            change_ids=change_ids,
            language=subscriber.language,
            due=due,
            window=window,
        )


@lru_cache(maxsize=1024)
def _when(timing: Timing, at: datetime) -> tuple[datetime | None, Window | None]:
    """When what is detected at `at` is due, and in which digest. Quiet hours do not move the time of a digest."""
    window = timing.window(at)
    return (timing.due(at), None) if window is None else (None, window)


@lru_cache(maxsize=1024)
def _any_glob(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, globs)))


@lru_cache(maxsize=1024)
def _names(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in CHANGE_NAMES if any(matches(kind, (name,)) for kind in kinds))
