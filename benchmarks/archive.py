"""What an archive costs as it grows, on SQLite.

    python benchmarks/archive.py [--versions 1000] [--changes 1000000] [--rounds 15]

1. A check of the saved first page in a database with one version of it, and in one with `--versions`: not modified,
   unchanged with another body, one plan amended, one plan added. Each round times a check on a fresh copy of
   either database in turn, so that a machine that slows down slows both. Wall time in milliseconds, medians, and the
   ratio.
2. The records of the current version, and as of moments through the whole history: medians and the ratio.
3. `changes` over `--changes` rows (one real change, copied under other times and pages): the time until the first and
   until all, and by how much the memory of the process grew meanwhile, for several filters.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from parsers import parse
from parsers.keys import number as give_keys
from parsers.records import Page, Plan, Record
from storage.observation import Observation
from storage.store import Store

PAGE = Path(__file__).resolve().parents[1] / "tests" / "pages" / "support" / "nested-lists.html"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
START = datetime(2020, 1, 1, tzinfo=UTC)
PAGES = 50


def shown(content: Page, version: int, *, more: bool = False) -> Page:
    """The page with the dates of a plan of each version's own set anew; `more`: with another plan."""
    records: list[Record] = list(content.records)
    plans = [place for place, record in enumerate(records) if isinstance(record, Plan)]
    place = plans[version % len(plans)]
    day = f"2024-{version % 12 + 1:02}-{version % 28 + 1:02}"
    records[place] = replace(records[place], note=f"第{version}版、{day}変更", date=day)
    if more:
        fresh = replace(records[place], title="株式会社新規", companies=("株式会社新規",), url=f"{URL}/new.pdf")
        records.insert(place, fresh)
        give_keys(records)
    return replace(content, records=tuple(replace(record, position=at) for at, record in enumerate(records)))


def observation(content: Page | None, number: int) -> Observation:
    return Observation(
        page="support",
        url=URL,
        name="支援策",
        at=START + timedelta(days=number),
        seconds=0.1,
        http_status=200 if content else 304,
        final_url=URL,
        headers=(("Content-Type", "text/html; charset=Shift_JIS"),),
        # The bytes differ as the records do.
        body=PAGE.read_bytes() + b"<!-- %d -->" % number if content else None,
        content=content,
        not_modified=content is None,
    )


def to_nobody(*_: object) -> list[Any]:
    return []


def fill(path: Path, versions: int, content: Page) -> None:
    with Store.open(f"sqlite:///{path}") as store:
        for number in range(versions):
            store.save(observation(shown(content, number), number), to_nobody)
        state = store.state("support")
        assert state is not None
        assert state.version == versions


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


@contextmanager
def copied(path: Path) -> Iterator[Store]:
    """A store on a copy of the database, warmed by a check."""
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with Store.open(f"sqlite:///{copy}") as store:
        store.save(observation(None, 5_000), to_nobody)
        yield store
    for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
        copy.with_name(name).unlink(missing_ok=True)


def checks(young: Path, old: Path, versions: int, content: Page, rounds: int) -> None:
    print(f"A check with 1 version and with {versions:,}, ms:")
    for name, next_content in (
        ("not modified", lambda _: None),
        ("unchanged, another body", lambda last: shown(content, last)),
        ("one plan amended", lambda last: shown(content, last + 1)),
        ("one plan added", lambda last: shown(content, last, more=True)),
    ):
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for path, last, taken in ((young, 0, times[0]), (old, versions - 1, times[1])):
                given = observation(next_content(last), 6_000)
                with copied(path) as store:
                    taken.append(milliseconds(lambda store=store, given=given: store.save(given, to_nobody)))
        few, many = map(statistics.median, times)
        print(f"  {name:26} {few:8.2f} {many:8.2f}   x{many / few:.2f}")


def looking_back(old: Path, versions: int, rounds: int) -> None:
    print(f"Records of one of {versions:,} versions, ms:")
    with Store.open(f"sqlite:///{old}") as store:
        moments = [START + timedelta(days=versions * part / 8) for part in range(9)]
        store.records("support")
        current = [milliseconds(lambda: store.records("support")) for _ in range(rounds)]
        base = statistics.median(current)
        print(f"  {'current':26} {base:8.2f}")
        for moment in moments:
            times = [milliseconds(lambda at=moment: store.records("support", as_of=at)) for _ in range(rounds)]
            as_of = statistics.median(times)
            print(f"  as of {moment:%Y-%m-%d}           {as_of:8.2f}   x{as_of / base:.2f}")
        key = next(record.key for record in store.records("support", kind="plan"))
        print(f"  {'history of one plan':26} {milliseconds(lambda: store.history('support', 'plan', key)):8.2f}")


COPY = """
INSERT INTO change (page_id, version_id, "change", names, kind, "key", told, search, operators_only, detected_at,
                    last_seen_before, snapshot_before, snapshot_after)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
SELECT (i % :pages) + 1, version_id, "change", names, kind, "key", told, search, 0,
       strftime('%Y-%m-%d %H:%M:%S.000000', detected_at, (i * 60) || ' seconds'),
       last_seen_before, snapshot_before, snapshot_after
FROM n, (SELECT * FROM change ORDER BY id LIMIT 1)
"""


def multiply(path: Path, content: Page, rows: int) -> None:
    """A database with so many changes on `PAGES` pages; the last is of another kind and text."""
    fill(path, 2, content)
    with Store.open(f"sqlite:///{path}") as store:
        for number in range(1, PAGES):
            store.save(replace(observation(shown(content, 0), 0), page=f"page{number}"), to_nobody)
        with store._database.writing() as connection:
            connection.execute(text(COPY), {"rows": rows, "pages": PAGES})
        store.save(observation(shown(content, 2, more=True), 1_500), to_nobody)


def listing(path: Path, rows: int) -> None:
    print(f"`changes` over {rows:,} rows: rows found, seconds to the first and to all, growth of memory in MiB:")
    last_day = START + timedelta(minutes=rows) - timedelta(days=1)
    filters: dict[str, dict[str, Any]] = {
        "all": {},
        "of one page": {"page": "page7"},
        "of a page without any": {"page": "nowhere"},
        "of a kind all have": {"kinds": ["plan.amended"]},
        "of a kind one has": {"kinds": ["plan.added"]},
        "since the last day": {"since": last_day},
        "until the first day": {"until": START + timedelta(days=2)},
        "of one page, last day": {"page": "page7", "since": last_day},
        "words one has": {"text": "株式会社新規"},
    }
    with Store.open(f"sqlite:///{path}") as store:
        deque(store.changes(since=last_day), maxlen=0)
        process = psutil.Process()
        for name, given in filters.items():
            most = before = process.memory_info().rss
            started = time.perf_counter()
            found, first = 0, 0.0
            for _ in store.changes(**given):
                first = first or time.perf_counter() - started
                found += 1
                if found % 1000 == 0:
                    most = max(most, process.memory_info().rss)
            taken = time.perf_counter() - started
            print(f"  {name:26} {found:9,} {first:8.3f} {taken:8.2f} {(most - before) / 2**20:8.1f}")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--versions", type=int, default=1000)
    arguments.add_argument("--changes", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=15)
    given = arguments.parse_args()
    content = parse(PAGE.read_bytes(), url=URL)
    with tempfile.TemporaryDirectory() as folder:
        young, old, long = (Path(folder) / f"{name}.db" for name in ("young", "old", "long"))
        if given.changes:
            multiply(long, content, given.changes)
            listing(long, given.changes)
        if given.versions:
            fill(young, 1, content)
            fill(old, given.versions, content)
            checks(young, old, given.versions, content, given.rounds)
            looking_back(old, given.versions, given.rounds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
