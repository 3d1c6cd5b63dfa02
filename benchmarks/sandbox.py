"""What reading in the sandbox costs, as a ratio to reading the same page in this process in the same run.

    python benchmarks/sandbox.py [--rounds 200]

Each round times the pair in turn, over pages that all differ; medians are printed. Then the pages are read by eight
threads at once, as checks do it, and the start of a sandbox's process is timed, which the first page of all pays.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from reading import URL, variants

from monitor.sandbox import Sandbox
from parsers import Page, parse

THREADS = 8
STARTS = 10

Read = Callable[..., Page]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def first_page(body: bytes) -> None:
    with Sandbox() as sandbox:
        sandbox.parse(body, url=URL)


def at_once(read: Read, bodies: Iterable[bytes]) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda body: read(body, url=URL), bodies))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=200)
    rounds = arguments.parse_args().rounds
    first, *pages = variants(rounds + 1)
    with Sandbox() as sandbox:
        assert sandbox.parse(first, url=URL) == parse(first, url=URL)
        inline, sandboxed = [], []
        for body in pages:
            inline.append(seconds(lambda body=body: parse(body, url=URL)))
            sandboxed.append(seconds(lambda body=body: sandbox.parse(body, url=URL)))
        at_once(sandbox.parse, [first] * THREADS)
        threads_inline = seconds(lambda: at_once(parse, pages))
        threads_sandboxed = seconds(lambda: at_once(sandbox.parse, pages))
    plain, boxed = (statistics.median(times) * 1000 for times in (inline, sandboxed))
    ratio = statistics.median(map(lambda a, b: b / a, inline, sandboxed))
    print(f"inline {plain:.2f} ms, sandboxed {boxed:.2f} ms: {boxed - plain:+.2f} ms")
    print(f"sandboxed / inline, median of pairs: {ratio:.2f}")
    print(f"the same by {THREADS} threads: {threads_sandboxed / threads_inline:.2f}")
    starting = statistics.median(seconds(lambda: first_page(first)) for _ in range(STARTS)) * 1000
    print(f"first page, with the start of its process: {starting:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
