"""Filters by title go on after the page gives a category or a programme another title."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from notify.subscribers import Subscriber
from storage.changes import Change
from storage.observation import Rename
from storage.publishing import searchable


def follow(subscriber: Subscriber, renames: Iterable[Rename]) -> Subscriber:
    """The subscriber whose filters also name what the categories and programmes they name are called by now."""
    if not (subscriber.categories or subscriber.programmes):
        return subscriber
    known = list(renames)
    return replace(
        subscriber,
        categories=followed(subscriber.categories, "category", known),
        programmes=followed(subscriber.programmes, "programme", known),
    )


def followed(titles: Sequence[str], kind: str, renames: Iterable[Rename]) -> tuple[str, ...]:
    """The titles, and all that what bore one of them was renamed to, however often, whatever page it is on."""
    later: dict[str, list[str]] = {}
    for rename in renames:
        if rename.kind == kind:
            later.setdefault(searchable(rename.old), []).append(rename.new)
    found = {searchable(title): title for title in titles}
    ahead = list(found)
    while ahead:
        for title in later.get(ahead.pop(), ()):
            if searchable(title) not in found:
                found[searchable(title)] = title
                ahead.append(searchable(title))
    return tuple(found.values())


def renames_in(changes: Iterable[Change]) -> list[Rename]:
    """The renames of categories and programmes among changes."""
    return [
        Rename(change.kind, str(change.before["title"]), str(change.after["title"]))
        for change in changes
        if f"{change.kind}.renamed" in change.names
        and change.kind in {"category", "programme"}
        and change.before is not None
        and change.after is not None
    ]
