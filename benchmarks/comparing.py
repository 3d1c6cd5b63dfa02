"""What comparing costs as pages grow: 5,000 records against 500, in several shapes of change.

    python benchmarks/comparing.py [--rounds 5]

The pages have the first page's shape: categories, programmes with sub-headings and documents, lists of plans in two
networks, prose. One programme holds a fifth of all documents under one sub-heading. Each shape prints the least of
`--rounds` times for both sizes and their ratio; ten times the records may cost 20 times as much. Status 1 above that.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from parsers.keys import number
from parsers.records import Category, Document, Plan, Programme, Record, Text
from storage.compare import compare

SMALL: Final = 500
LARGE: Final = 5_000
MOST: Final = 20.0
TODAY: Final = date(2026, 11, 24)
FILES: Final = "https://www.soumu.go.jp/main_content/"

Edit = Callable[[int, Record], Record | None]


def page(size: int) -> list[Record]:
    """`size` records as the parser leaves them, with their places and natural keys."""
    records = list(islice(_records(size), size))
    number(records)
    return records


def _records(size: int) -> Iterator[Record]:
    yield Text(key="", path=("支援施策", "概要"), title="概要", text="様々な施策を展開しております。\n" * (size // 50))
    programmes = size // 25
    for count in range(programmes):
        if count % 20 == 0:
            category = f"区分{count // 20}に関する支援"
            yield Category(key="", path=(), title=category)
        title = f"地域情報化推進事業その{count}"
        text = f"{title}を実施します。\n申請書様式等\n公募は令和6年4月{count % 28 + 1}日までです。"
        yield Programme(
            key="", path=(category,), title=title, url=f"{FILES}p{count}.html", text=text, category=category
        )
        documents = size // 5 if count == 0 else 12
        yield from (_document(category, title, place, count * 10_000 + place) for place in range(documents))
    for count in range(size):
        network = ("全国5G", "ローカル5G")[count % 2]
        yield Plan(
            key="",
            path=(category, title, "認定導入計画の概要", network),
            title=f"株式会社第{count // 2}ネットワーク",
            url=f"{FILES}plan{count}.pdf",
            note=f"令和5年5月{count % 28 + 1}日変更",
            date=f"2023-05-{count % 28 + 1:02}",
            date_kind="amended",
            plan_type="導入計画",
            network=network,
            companies=(f"株式会社第{count // 2}ネットワーク",),
        )


def _document(category: str, programme: str, place: int, file: int) -> Document:
    return Document(
        key="",
        path=(category, programme, "申請書様式等"),
        title=f"様式第{place}認定申請書(導入計画)",
        url=f"{FILES}{file}.docx",
        role="form",
        format="docx",
        programme=programme,
    )


def _new_url(count: int, record: Record) -> Record:
    return replace(record, url=f"{FILES}new{count}.pdf") if record.url else record


def _new_title(count: int, record: Record) -> Record:
    return replace(record, title=f"新しい名称の{count}番目の書類") if record.kind == "document" else record


def _alike(count: int, record: Record) -> Record:
    return _new_url(count, replace(record, title=f"{record.title}改") if record.kind == "document" else record)


def _renamed_throughout(_count: int, record: Record) -> Record:
    """Every heading and title another, links kept."""
    values: dict[str, object] = {"title": f"新{record.title}", "path": tuple(f"新{name}" for name in record.path)}
    for name in ("programme", "category"):
        if getattr(record, name, None):
            values[name] = f"新{getattr(record, name)}"
    return replace(record, **values)  # type: ignore[arg-type]


def _another(count: int, record: Record) -> Record:
    return _new_url(count, _renamed_throughout(count, _new_title(count, record)))


SHAPES: Final[dict[str, Edit]] = {
    "unchanged": lambda _count, record: record,
    "every note new": lambda _count, record: replace(record, note="令和6年1月1日変更", date="2024-01-01"),
    "every URL new": _new_url,
    "every document's title new": _new_title,
    "every title alike, every URL new": _alike,
    "everything renamed": _renamed_throughout,
    "everything another": _another,
    "one link everywhere": lambda _count, record: replace(record, url=f"{FILES}one.html"),
    "every record in another order": lambda count, record: replace(record, position=-count),
    "every other record gone": lambda count, record: record if count % 2 or record.kind != "document" else None,
}


def edited(records: list[Record], edit: Edit) -> list[Record]:
    kept = (edit(count, replace(record)) for count, record in enumerate(records))
    return [record for record in kept if record is not None]


def seconds(old: list[Record], new: list[Record], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.process_time()
        compare(old, new, TODAY)
        times.append(time.process_time() - started)
    return min(times)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    small, large = page(SMALL), page(LARGE)
    print(f"{len(small)} and {len(large)} records")
    worst = 0.0
    for name, edit in SHAPES.items():
        few = seconds(small, edited(small, edit), rounds)
        many = seconds(large, edited(large, edit), rounds)
        worst = max(worst, many / few)
        print(f"{name:34} {few * 1000:8.1f} ms {many * 1000:8.1f} ms {many / few:6.1f}x")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
