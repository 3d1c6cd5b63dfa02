"""Fuzzing of the reader: damaged, spliced and hostile pages raise nothing but our errors, in time and memory.

    python tests/long/fuzz_parsing.py --minutes 20 [--seed 1]

Prints a line a minute and the figures at the end; status 1 if any page broke a bound or raised another error (its
bytes are then written beside, as fuzz-SEED-NUMBER.html).
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from parsers import MonitorError, ReadingError, parse
from parsers.decoding import decode

PAGES: Final = Path(__file__).resolve().parents[1] / "pages"
MAX_SECONDS: Final = 2.0
MAX_GROWTH_MB: Final = 300
PIECES: Final = [
    *("<div>", "</div>", "<table><tr><td rowspan=99999>", "</table>", "<li>", "<dl><dt>", "<dd>", "<a href='#x'>"),
    *("<a href='//h/p.pdf'>", "</a>", "<b>", "</b>", "<font size=7>", "<h2>", "</h2>", "<br>", "<pre>\n\n", "<!--"),
    *("-->", "<script>", "</script>", "<select><option>", "<svg>", "<template>", "<base href='http://[::1'>"),
    *(
        "&#x110000;",
        "&#0;",
        "&#xD800;",
        "\x00",
        "\ufeff",
        "\x1b$B",
        "【令和6年1月1日変更】",
        "（令和８年月）",
        "、",
        "。",
    ),
    *(
        "令和6年4月5日〜同年",
        "(クリックで開く)",
        "【【((（",
        "1. ",
        "\u3000",
        "<meta charset=utf-7>",
        "<title>",
        "</html>",
    ),
    *("<a href='javascript:1'>", "<td colspan=-1>", "<h1 role=heading aria-level=99>", "H31.41", "公募期間：", "■"),
]


def damaged(page: bytes, other: bytes, codec: str, chance: random.Random) -> bytes:
    """A page in `codec` with a handful of random edits."""
    body = bytearray(page)
    edits: list[Callable[[bytearray], None]] = [
        lambda text: text.__setitem__(chance.randrange(len(text)), chance.randrange(256)),
        lambda text: _insert(
            text, chance.choice(PIECES).encode(codec, "ignore") * chance.choice([1, 1, 1, 7, 300]), chance
        ),
        lambda text: _cut(text, chance),
        lambda text: _insert(text, _slice(other, chance), chance),
        lambda text: _insert(text, _slice(bytes(text), chance), chance),
    ]
    for _ in range(chance.choice([1, 2, 5, 20, 100])):
        if not body:
            break
        chance.choice(edits)(body)
    return bytes(body)


def _slice(page: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(page))
    return page[start : start + chance.choice([3, 30, 300, 3000])]


def _insert(body: bytearray, piece: bytes, chance: random.Random) -> None:
    at = chance.randrange(len(body) + 1)
    body[at:at] = piece


def _cut(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body))
    del body[at : at + chance.choice([1, 10, 100, 10_000])]


def pages(seed: int) -> Iterator[bytes]:
    """Damaged pages without end: as saved or as UTF-8 whose damage is mended to characters; a few pure noise."""
    chance = random.Random(seed)
    saved = [path.read_bytes() for path in sorted(PAGES.glob("*/*.html"))]
    texts = [decode(page).text.encode() for page in saved]
    while True:
        kind = chance.random()
        if kind < 0.05:
            yield chance.randbytes(chance.choice([10, 1000, 100_000]))
        elif kind < 0.3:
            yield damaged(chance.choice(saved), chance.choice(saved), chance.choice(["utf-8", "cp932"]), chance)
        else:
            body = damaged(chance.choice(texts), chance.choice(texts), "utf-8", chance)
            yield body.decode("utf-8", "ignore").encode()


def outcome(page: bytes) -> str:
    """What reading a page came to: "read", or the reason of its refusal. Raises what is none of our errors."""
    try:
        parse(page, url="https://www.soumu.go.jp/ict/index.html")
    except ReadingError as error:
        return error.reason
    except MonitorError:
        return "refused"
    return "read"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=20.0)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    started = time.monotonic()
    counts: Counter[str] = Counter()
    slowest, broken, minute = 0.0, 0, 0
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for number, page in enumerate(pages(options.seed)):
        began = time.process_time()
        try:
            counts[outcome(page)] += 1
        except Exception as error:
            broken += 1
            Path(f"fuzz-{options.seed}-{number}.html").write_bytes(page)
            print(f"page {number}: {type(error).__name__}: {error}", file=sys.stderr)
        slowest = max(slowest, time.process_time() - began)
        elapsed = time.monotonic() - started
        if elapsed // 60 > minute:
            minute = int(elapsed // 60)
            print(f"{minute} min: {number + 1} pages, slowest {slowest:.2f} s", flush=True)
        if elapsed > options.minutes * 60:
            break
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - base
    print(f"{sum(counts.values())} pages: {dict(counts.most_common())}")
    print(f"slowest {slowest:.2f} s, memory grew by {growth} MB, {broken} raised other errors")
    return int(broken > 0 or slowest > MAX_SECONDS or growth > MAX_GROWTH_MB)


if __name__ == "__main__":
    sys.exit(main())
