"""What it costs to tell many people, on SQLite.

    python benchmarks/telling.py [--subscribers 1000] [--changes 50] [--rounds 9]

The changes are real ones: plans of the saved page amended, all in one check. Of the subscribers each tenth hears of
everything; the others filter by kinds, categories, programmes, companies or a pattern of their own, and have their own
times (at once with quiet hours, daily, weekly).

1. Making the route, and the first and every later call of it. Wall time in milliseconds, medians; as a ratio to
   storing the same check without telling anybody; and how much memory the process grew by.
2. The same check stored with that route: what the drafts add to the write transaction, each round on a fresh copy of
   the database.
3. Patterns made to be slow, on one change that says a lot: milliseconds for a search of each.
"""

import argparse
import gc
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from notify.errors import NotifyError
from notify.matching import MAX_TEXT, Searched, pattern
from notify.routing import make_route
from notify.subscribers import Destination, Subscriber
from notify.timing import Timing
from parsers import parse
from parsers.records import Page, Plan, Record
from storage.changes import Change, RecordedChange
from storage.observation import Observation, PageInfo, Route
from storage.store import Store

PAGE = Path(__file__).resolve().parents[1] / "tests" / "pages" / "support" / "nested-lists.html"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
START = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
COMPANIES = ("富士通", "日本電気", "エリクソン", "楽天モバイル", "ＫＤＤＩ", "ＮＴＴドコモ", "どこにもない会社")
TIMES = ("immediate", "daily 09:00", "weekly mon 09:00")


def amended(content: Page, changes: int) -> Page:
    """The page with another date at so many of its plans and documents."""
    records: list[Record] = list(content.records)
    places = [place for place, record in enumerate(records) if record.kind in {"plan", "document"}]
    places.sort(key=lambda place: not isinstance(records[place], Plan))
    for place in places[:changes]:
        records[place] = replace(records[place], note="令和8年6月1日変更", date="2026-06-01", date_kind="amended")
    return replace(content, records=tuple(records))


def observation(content: Page, number: int) -> Observation:
    return Observation(
        page="support",
        url=URL,
        name="支援策",
        at=START + timedelta(days=number),
        seconds=0.1,
        http_status=200,
        final_url=URL,
        headers=(("Content-Type", "text/html; charset=Shift_JIS"),),
        body=PAGE.read_bytes() + b"<!-- %d -->" % number,
        content=content,
    )


def everybody(count: int, content: Page) -> list[Subscriber]:
    """So many subscribers, each with an address of its own; every pattern, name of a company and address differs."""
    titles = {
        kind: [record.title for record in content.records if record.kind == kind] for kind in ("category", "programme")
    }
    filters: tuple[Callable[[int], dict[str, Any]], ...] = (
        lambda _: {},
        lambda n: {"kinds": (("plan", "document.revised", "*.added")[n % 3],)},
        lambda n: {"categories": (titles["category"][n % len(titles["category"])],)},
        lambda n: {"programmes": (titles["programme"][n % len(titles["programme"])],)},
        lambda n: {"companies": (COMPANIES[n % len(COMPANIES)], f"会社{n}")},
        lambda n: {"match": f"{COMPANIES[n % len(COMPANIES)]}|会社{n}"},
        lambda n: {"match": f"認定.*変更.*{n}|令和{n % 9}年"},
        lambda n: {"kinds": ("plan",), "match": f"(開発供給|導入)計画.*{n}"},
        lambda n: {"companies": (COMPANIES[n % len(COMPANIES)],), "kinds": ("plan.amended",)},
        lambda n: {"pages": (f"page{n}", "sup*")},
    )
    return [
        Subscriber(
            name=f"s{n}",
            destinations=(Destination.of(f"s{n}", f"s{n}@example.jp", f"s{n}@example.jp"),),
            timing=Timing.of(TIMES[n % 3], urgent=("plan.amended",) if n % 7 == 0 else ()),
            **filters[n % len(filters)](n),
        )
        for n in range(count)
    ]


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def stored(base: Path, content: Page, changes: int, route: Route) -> float:
    """How long the check takes whose changes `route` sends on, on a fresh copy of the database."""
    copy = base.with_name("copy.db")
    shutil.copy(base, copy)
    with Store.open(f"sqlite:///{copy}") as store:
        store.state("support")
        taken = milliseconds(lambda: store.save(observation(amended(content, changes), 1), route))
    for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
        copy.with_name(name).unlink(missing_ok=True)
    return taken


def telling(folder: Path, content: Page, subscribers: int, changes: int, rounds: int) -> None:
    base = folder / "base.db"
    with Store.open(f"sqlite:///{base}") as store:
        store.save(observation(content, 0), lambda *_: [])
    found: list[RecordedChange] = []
    stored(base, content, changes, lambda _, told: found.extend(told) or [])  # type: ignore[func-returns-value]
    page = PageInfo(id="support", name="支援策", url=URL)
    people = everybody(subscribers, content)
    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss
    making = milliseconds(lambda: make_route(people, None))
    again = statistics.median(milliseconds(lambda: make_route(people, None)) for _ in range(rounds))
    route = make_route(people, None)
    first = milliseconds(lambda: route(page, found))
    later = statistics.median(milliseconds(lambda: route(page, found)) for _ in range(rounds))
    grown = process.memory_info().rss - before
    drafts = route(page, found)
    silent, told = [], []
    for _ in range(rounds):
        silent.append(stored(base, content, changes, lambda *_: []))
        told.append(stored(base, content, changes, route))
    alone, whole = statistics.median(silent), statistics.median(told)
    print(f"{subscribers:,} subscribers, {len(found)} changes: {len(drafts):,} drafts, ms:")
    for name, taken in (
        ("making the route", making),
        ("making it again", again),
        ("routing, first", first),
        ("routing", later),
        ("a check told to nobody", alone),
        ("the check told to all", whole),
    ):
        print(f"  {name:26} {taken:8.1f}   x{taken / alone:.2f}")
    print(f"  {'one draft, written':26} {(whole - alone - later) / max(len(drafts), 1):8.3f}")
    print(f"  memory for routing: +{grown / 2**20:.1f} MiB")


def slow_patterns(rounds: int) -> None:
    print("Patterns made to be slow, ms for one search:")
    texts = [("2,000 characters", "支援施策aé" * 250), (f"{MAX_TEXT:,} characters", "支援施策aé" * (MAX_TEXT // 6))]
    for label, words in texts:
        said = Searched.of(Change(change="text.changed", kind="text", key="", title=words[: MAX_TEXT - 10]))
        print(f"  {label}")
        for match in ("(a+)+$", "(a|aa)+$", "(.*)(.*)(.*)x", "(?:.?){100}x", "(?:.?){500}x", "(?:.?){1000}x"):
            try:
                compiled = pattern(match)
            except NotifyError as error:
                print(f"    {match:24} refused: {error}")
                continue
            taken = statistics.median(milliseconds(partial(compiled.finds, said)) for _ in range(rounds))
            print(f"    {match:24} {taken:8.2f}")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--subscribers", type=int, default=1000)
    arguments.add_argument("--changes", type=int, default=50)
    arguments.add_argument("--rounds", type=int, default=9)
    given = arguments.parse_args()
    content = parse(PAGE.read_bytes(), url=URL)
    with tempfile.TemporaryDirectory() as folder:
        telling(Path(folder), content, given.subscribers, given.changes, given.rounds)
    slow_patterns(3)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
