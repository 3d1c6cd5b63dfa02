"""What is told without a check: that a page is not checked, not verified, or still not as it should be.

Each finding is made outside, from what was read before; it is held against the page's row again here, as a check may
have come between. What is found at one time goes to each destination in one message, however many pages it is about.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from storage import incidents, pages, posting
from storage.changes import RecordedChange
from storage.japan import TOKYO
from storage.observation import Draft, Route
from storage.page_affairs import PageAffairs


def stale(
    connection: Connection, found: Mapping[str, datetime | None], at: datetime, route: Route
) -> list[RecordedChange]:
    """Open the incident `page.stale` of pages last checked then; where it is open already, nothing happens."""
    works = [work for work in _works(connection, found, at) if work.page.last_check == found[work.page.page]]
    for work in works:
        last = work.page.last_check
        since = f"since {last.astimezone(TOKYO):%Y-%m-%d %H:%M}" if last else "yet"
        message = f"the page was not checked {since}, although that was due twice"
        work.open_once(incidents.STALE, "not_checked", message, {"message": message})
    return _told(works, route)


def unverified(
    connection: Connection, found: Mapping[str, datetime | None], at: datetime, route: Route
) -> list[RecordedChange]:
    """Tell subscribers that these pages, found good then, were not since; once, until they are."""
    works = [
        work
        for work in _works(connection, found, at)
        if work.page.last_good == found[work.page.page] and not work.page.unverified and not work.page.gone
    ]
    for work in works:
        work.page.unverified = True
        work.tell("page.unverified", {"reason": work.page.reason} if work.page.reason else {})
    return _told(works, route)


def remind(connection: Connection, watched: Collection[str], at: datetime, route: Route) -> list[RecordedChange]:
    """Tell again of what is open on these pages and was last told a day ago."""
    works = _works(connection, incidents.pages_told_a_day_ago(connection, watched, at), at)
    for work in works:
        work.remind()
    return _told(works, route)


def _works(connection: Connection, found: Collection[str], at: datetime) -> list[PageAffairs]:
    """All rows are held before anything is written: in the order of their names, so that no two wait for each other."""
    rows = [pages.find(connection, page, to_write=True) for page in sorted(found)]
    return [PageAffairs(connection, row, at) for row in rows if row is not None]


def _told(works: Sequence[PageAffairs], route: Route) -> list[RecordedChange]:
    """Record the news and, for each destination and time, one draft of it."""
    recorded: list[RecordedChange] = []
    drafts: dict[Draft, tuple[int, ...]] = {}
    for work in works:
        if not work.news:
            continue
        changes = work.record()
        recorded += changes
        for draft in route(pages.info(work.page), changes):
            message = replace(draft, change_ids=())
            drafts[message] = (*drafts.get(message, ()), *draft.change_ids)
    if drafts:
        together = [replace(message, change_ids=ids) for message, ids in drafts.items()]
        posting.send_later(works[0].connection, together, works[0].at)
    return recorded
