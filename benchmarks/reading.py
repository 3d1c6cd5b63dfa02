"""What reading and comparing cost, as ratios to selectolax's bare tree of the same bytes in the same run.

    python benchmarks/reading.py [--rounds 40]

Each round times the pair in turn, so that a machine that slows down slows both; medians are printed. Every page is
a variant of the saved first page with its own numbers, so that no cache is warm that a real check would not have.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from parsers import parse
from storage.compare import compare

PAGE = Path(__file__).resolve().parents[1] / "tests" / "pages" / "support" / "nested-lists.html"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
AMENDED = ("令和6年1月23日変更".encode("cp932"), "令和6年11月1日変更".encode("cp932"))


def variants(count: int) -> list[bytes]:
    """Pages that differ in every file's number and every company's name."""
    body = PAGE.read_bytes()
    company = "株式会社".encode("cp932")
    return [
        body.replace(b"/main_content/0006", f"/main_content/{number:03}6".encode()).replace(
            company, f"株式会社第{number}".encode("cp932")
        )
        for number in range(count)
    ]


def tree(body: bytes) -> None:
    """The bare tree: decoded as declared, parsed, nothing read."""
    assert LexborHTMLParser(body.decode("cp932")).body is not None


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=40)
    rounds = arguments.parse_args().rounds
    pages = variants(rounds)
    trees, reads, compares = [], [], []
    for body in pages:
        trees.append(seconds(lambda body=body: tree(body)))
        reads.append(seconds(lambda body=body: parse(body, url=URL)))
        old = parse(body, url=URL).records
        new = parse(body.replace(*AMENDED), url=URL).records
        compares.append(seconds(lambda old=old, new=new: compare(old, new, date(2026, 11, 24))))
    bare, read, judged = (statistics.median(times) * 1000 for times in (trees, reads, compares))
    print(f"bare tree {bare:.2f} ms, parse {read:.2f} ms ({read / bare:.1f}x), compare {judged:.2f} ms")
    print(f"parse / bare tree, median of pairs: {statistics.median(map(lambda a, b: b / a, trees, reads)):.1f}")
    print(f"compare / parse, median of pairs: {statistics.median(map(lambda a, b: b / a, reads, compares)):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
