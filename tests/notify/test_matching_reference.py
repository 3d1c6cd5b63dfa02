"""Routing decides as a plain reading of its rules would, whatever the subscribers and the changes.

`told`, below, is that reading: slow, and written from the words of the documentation alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from notify.routing import make_route, wants
from notify.subscribers import Destination, Subscriber
from notify.timing import Timing
from parsers.text import fold
from storage.changes import CHANGE_NAMES, RecordedChange
from storage.observation import PageInfo, Window

INCIDENTS = {"page.suspect", "page.failing", "page.stale", "page.recovered"}
PAGES = ("support", "support-en", "5g")
PAGE_GLOBS = ("*", "support", "sup*", "*g", "[!s]*", "?g", "other")
KINDS = ("*", "plan", "plan.*", "*.added", "document.replaced", "p*", "page", "page.moved", "text", "plan.nothing")
# Each is written in two ways that are one when folded.
TITLES = (
    "5G導入促進税制",
    "５Ｇ導入 促進税制",
    "テレワーク",
    "ﾃﾚﾜｰｸ",
    "地域活性化(支援)",
    "地域活性化（支援）",
    "その他",
)
COMPANIES = ("株式会社NTTドコモ", "株式会社ＮＴＴ ドコモ", "富士通株式会社", "日本電気", "KDDI株式会社")
WANTED = (*COMPANIES, "NTT", "富士通", "株式会社")
WORDS = ("NTT", "ｎｔｔ ドコモ", "富士通", "税制", "（支援）", "プラン", "plan", "改定", "申請書")
TEXTS = (*TITLES, *COMPANIES, "申請書の様式を\n改定しました", "https://www.soumu.go.jp/plan.pdf", "令和6年1月23日変更")
START = datetime(2026, 6, 1, tzinfo=UTC)


def some(values: Sequence[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


def seldom(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly no filter at all, so that others have a say."""
    nothing = st.just(())
    return st.one_of(nothing, nothing, nothing, some(values, 3))


moments = st.integers(0, 60).map(lambda hours: START + timedelta(hours=hours))

records = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES), "path": some(TITLES).map(list)},
    optional={
        "category": st.sampled_from(TITLES),
        "programme": st.none() | st.sampled_from(TITLES),
        "companies": some(COMPANIES).map(list),
        "text": st.sampled_from(TEXTS),
        "note": st.none() | st.sampled_from(TEXTS),
        "periods": st.just([{"label": "申請書", "from": "2026-06-01"}]),
        "position": st.integers(0, 9),
    },
)


@st.composite
def changes(draw: st.DrawFn, detected_at: datetime) -> RecordedChange:
    name = draw(st.sampled_from(CHANGE_NAMES))
    kind = name.partition(".")[0]
    of_kind = [other for other in CHANGE_NAMES if other.startswith(f"{kind}.") and other != name]
    return RecordedChange(
        id=draw(st.integers(1, 9)),
        page="support",
        change=name,
        kind=kind,
        also=() if kind == "page" else draw(some(of_kind or [name])),
        key=draw(st.sampled_from(TEXTS)),
        title=draw(st.sampled_from(TEXTS)),
        path=draw(some(TITLES)),
        before=draw(st.none() | records),
        after=draw(st.none() | records),
        detected_at=detected_at,
        operators_only=name in INCIDENTS,
    )


# Of these signs alone, so that `says` can read them. A full-width bracket is a letter in a pattern.
patterns = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(".*".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("|".join),
    st.sampled_from(WORDS).map("^{}".format),
)

timings = st.builds(
    Timing.of,
    st.sampled_from(["immediate", "daily 09:00", "weekly wed 18:00"]),
    st.sampled_from(["", "20:00-07:00", "12:00-13:00"]),
    some(KINDS),
)

subscribers = st.builds(
    Subscriber,
    name=st.sampled_from(["甲", "乙"]),
    destinations=st.lists(st.sampled_from(["a@example.jp", "b@example.jp"]), max_size=3).map(
        lambda found: tuple(Destination.of("甲", address, address) for address in found)
    ),
    pages=seldom(PAGE_GLOBS),
    kinds=seldom(KINDS),
    categories=seldom(TITLES),
    programmes=seldom(TITLES),
    companies=seldom(WANTED),
    match=st.none() | st.none() | patterns,
    language=st.sampled_from(["ja", "en"]),
    paused=st.sampled_from([*[False] * 9, True]),
    since=st.none() | st.none() | moments,
    timing=timings,
)


def told(subscriber: Subscriber, page: str, change: RecordedChange) -> bool:
    """Whether a subscriber hears of a change, in the words of the documentation."""
    if subscriber.paused or change.change in INCIDENTS:
        return False
    if subscriber.pages and not any(fnmatchcase(page, glob) for glob in subscriber.pages):
        return False
    if subscriber.since and not change.detected_at > subscriber.since:
        return False
    if change.change in ("page.unverified", "page.verified", "page.gone", "page.restored"):
        return True
    if subscriber.kinds and not named_by(subscriber.kinds, change):
        return False
    return change.kind == "page" or (
        (not subscriber.categories or stands_under(subscriber.categories, "category", change))
        and (not subscriber.programmes or stands_under(subscriber.programmes, "programme", change))
        and (not subscriber.companies or names_company(subscriber.companies, change))
        and (subscriber.match is None or says(subscriber.match, change))
    )


def named_by(kinds: Sequence[str], change: RecordedChange) -> bool:
    for kind in kinds:
        glob = kind if "." in kind or "*" in kind else kind + ".*"
        if any(fnmatchcase(name, glob) for name in (change.change, *change.also)):
            return True
    return False


def stands_under(titles: Sequence[str], kind: str, change: RecordedChange) -> bool:
    for title in titles:
        if fold(title) in [fold(heading) for heading in change.path]:
            return True
        for side in (change.before or {}, change.after or {}):
            if fold(title) in [fold(heading) for heading in side.get("path", [])]:
                return True
            if side.get(kind) and fold(side[kind]) == fold(title):
                return True
            if change.kind == kind and side and fold(side["title"]) == fold(title):
                return True
    return False


def names_company(wanted: Sequence[str], change: RecordedChange) -> bool:
    return any(
        fold(part) in fold(company)
        for part in wanted
        for side in (change.before or {}, change.after or {})
        for company in side.get("companies", [])
    )


def says(match: str, change: RecordedChange) -> bool:
    lines = [fold(text) for text in texts([change.key, change.title, *change.path, change.before, change.after])]
    for one in match.split("|"):
        words = [re.escape(fold(word)) for word in one.removeprefix("^").split(".*")]
        look = re.match if one.startswith("^") else re.search
        if any(look(".*".join(words), line, re.IGNORECASE) for line in lines):
            return True
    return False


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in texts(item)]


Told = dict[tuple[str, str, str, datetime | None, Window | None], tuple[int, ...]]


def expected(everybody: Sequence[Subscriber], page: PageInfo, found: Sequence[RecordedChange]) -> Told:
    """The changes for each destination and time of telling."""
    drafts: Told = {}
    for subscriber in everybody:
        for change in found:
            if told(subscriber, page.id, change):
                window = subscriber.timing.window(change.detected_at)
                due = subscriber.timing.due(change.detected_at) if window is None else None
                if subscriber.timing.urgent and named_by(subscriber.timing.urgent, change):
                    window = due = None
                for destination in {item.id for item in subscriber.destinations}:
                    key = (subscriber.name, destination, subscriber.language, due, window)
                    drafts[key] = (*drafts.get(key, ()), change.id)
    return drafts


@given(
    st.lists(subscribers, max_size=3),
    st.sampled_from(PAGES),
    moments.flatmap(lambda at: st.lists(changes(at), max_size=4)),
)
@settings(max_examples=200)
def test_routing_is_what_its_rules_say(everybody: list[Subscriber], page_id: str, found: list[RecordedChange]) -> None:
    everybody = [replace(one, name=str(number)) for number, one in enumerate(everybody)]
    page = PageInfo(id=page_id, name=page_id, url="https://www.soumu.go.jp/")
    drafts = make_route(everybody, None)(page, found)
    told_by = {(one.subscriber, one.destination, one.language, one.due, one.window): one.change_ids for one in drafts}
    assert told_by == expected(everybody, page, found)
    assert len(drafts) == len(told_by)


@given(subscribers, st.sampled_from(PAGES), moments.flatmap(changes))
@settings(max_examples=500)
def test_who_hears_of_a_change_is_what_the_rules_say(subscriber: Subscriber, page: str, change: RecordedChange) -> None:
    assert wants(subscriber, page, change) is told(subscriber, page, change)
