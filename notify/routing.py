"""Which change goes to whom: pure, so that it can run inside the transaction that stores the changes."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final

from notify.subscribers import Subscriber
from parsers.text import fold
from storage.changes import RecordedChange, matches
from storage.observation import Channel, Draft, PageInfo, Route

# Silence must mean "checked, and nothing changed": these reach whoever hears of the page at all.
_ABOUT_SILENCE: Final = frozenset({"page.unverified", "page.verified", "page.gone", "page.restored"})


def make_route(subscribers: Sequence[Subscriber], operator: Subscriber | None) -> Route:
    """The routing that `storage.save` calls: one draft per destination, all changes of one check of one page in it.

    What befalls the page itself goes to the operator (incidents to nobody else), everything that is no incident to
    the subscribers whose filters it passes.
    """

    def route(page: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
        drafts: list[Draft] = []
        for subscriber in subscribers:
            told = (change.id for change in changes if wants(subscriber, page.id, change))
            drafts += _drafts(subscriber, "subscriber", told)
        if operator is not None and not operator.paused:
            drafts += _drafts(operator, "operator", (change.id for change in changes if change.kind == "page"))
        return drafts

    return route


def _drafts(subscriber: Subscriber, channel: Channel, change_ids: Iterable[int]) -> Iterator[Draft]:
    ids = tuple(change_ids)
    if not ids:
        return
    for destination in {item.id: item for item in subscriber.destinations}.values():
        yield Draft(
            destination=destination.id,
            subscriber=subscriber.name,
            channel=channel,
            change_ids=ids,
            language=subscriber.language,
        )


def wants(subscriber: Subscriber, page: str, change: RecordedChange) -> bool:
    """Whether a subscriber hears of a change of the page with that id."""
    if subscriber.paused or change.operators_only or not any(fnmatchcase(page, glob) for glob in subscriber.pages):
        return False
    if subscriber.since is not None and change.detected_at <= subscriber.since:
        return False
    if change.change in _ABOUT_SILENCE:
        return True
    if not any(matches(kind, change.names) for kind in subscriber.kinds):
        return False
    return change.kind == "page" or _passes_filters(subscriber, change)


def _passes_filters(subscriber: Subscriber, change: RecordedChange) -> bool:
    return (
        _stands_under(subscriber.categories, "category", change)
        and _stands_under(subscriber.programmes, "programme", change)
        and _names_company(subscriber.companies, change)
    )


def _sides(change: RecordedChange) -> list[dict[str, Any]]:
    return [side for side in (change.before, change.after) if side]


def _stands_under(titles: Sequence[str], kind: str, change: RecordedChange) -> bool:
    """Whether the record is, or on either side stands under, one of the titles; folded, as the page may print it."""
    if not titles:
        return True
    held = {fold(heading) for heading in change.path}
    if change.kind == kind:
        held.add(fold(change.title))
    for side in _sides(change):
        held.update(fold(heading) for heading in side.get("path") or ())
        if side.get(kind):
            held.add(fold(side[kind]))
        if change.kind == kind and side.get("title"):
            held.add(fold(side["title"]))
    return any(fold(title) in held for title in titles)


def _names_company(companies: Sequence[str], change: RecordedChange) -> bool:
    if not companies:
        return True
    held = [fold(company) for side in _sides(change) for company in side.get("companies") or ()]
    return any(fold(wanted) in company for wanted in companies for company in held)
