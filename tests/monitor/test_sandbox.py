"""Reading in a process of its own: the same page as without, and whatever kills that process costs one body."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from monitor.sandbox import Bounds, ParserFaultError, Sandbox, SandboxError
from parsers import MonitorError, Page, ReadingError, parse

PAGES = Path(__file__).parents[1] / "pages"
SAVED = sorted(path.relative_to(PAGES).with_suffix("").as_posix() for path in PAGES.glob("*/*.html"))
ORDINARY = (PAGES / "support" / "accordion-lists.html").read_bytes()
URL = "https://www.soumu.go.jp/ict/index.html"
SHORT = Bounds(seconds=0.4)
MAINTENANCE = "<html><title>メンテナンス中</title><p>ただいまメンテナンス中です</p></html>".encode()


def costly(seconds: float) -> bytes:
    """A page of nothing but periods, no two alike: reading it takes about so long, and 8 MB of memory a second."""
    lines = [
        "、".join(
            [f"公募期間：令和6年4月{n % 30 + 1}日から5月{n % 31 + 1}日まで（第{n}{part}回）" for part in range(10)]
        )
        for n in range(int(seconds * 1200))
    ]
    head = '<html lang="ja"><head><meta charset="UTF-8"><title>支援</title></head><body><h1>支援施策</h1>'
    return (head + "".join([f"<p>{line}</p>" for line in lines]) + "</body></html>").encode()


COSTLY = costly(2.5)


@pytest.fixture(scope="module")
def lasting() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox that has read a page: its process is there."""
    with Sandbox() as opened:
        opened.parse(ORDINARY, url=URL)
        yield opened


def children() -> set[int]:
    """The processes this one started and has not reaped."""
    return {child.pid for child in psutil.Process().children()}


def is_dead(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def process_of(sandbox: Sandbox) -> psutil.Process:
    """The one process that a sandbox has while its bodies come one by one."""
    sandbox.parse(ORDINARY, url=URL)
    [process] = [worker._process for worker in sandbox._workers if worker._process]
    return psutil.Process(process.pid)


@contextmanager
def reading(sandbox: Sandbox, body: bytes = COSTLY) -> "Iterator[tuple[psutil.Process, Future[Page]]]":
    """The process while it is at work on a body, and what comes of that."""
    process = process_of(sandbox)
    worked = sum(process.cpu_times()[:2])
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(sandbox.parse, body, url=URL)
        wait_until(lambda: sum(process.cpu_times()[:2]) > worked + 0.1)
        yield process, outcome


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.01)


@pytest.mark.parametrize("name", SAVED)
def test_a_page_read_in_the_sandbox_is_the_page(lasting: Sandbox, name: str) -> None:
    origin = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))["page"]
    body, options = (PAGES / f"{name}.html").read_bytes(), {key: origin[key] for key in ("url", "content_type")}
    assert lasting.parse(body, **options) == parse(body, **options)


def test_warnings_come_through(lasting: Sandbox) -> None:
    body = ORDINARY.replace("令和6年1月23日変更".encode(), "令和6年13月23日変更".encode() + b"\xff")
    page = lasting.parse(body, url=URL)
    assert {warning.code for warning in page.warnings} > {"charset"}
    assert page == parse(body, url=URL)


@pytest.mark.parametrize(
    "options",
    [
        {"parser": "outline"},
        {"select": "#cat2"},
        {"ignore": ["h2", "h3"]},
        {"content_type": "text/html; charset=x-unknown"},
    ],
    ids=lambda options: next(iter(options)),
)
def test_each_option_reaches_the_parser(lasting: Sandbox, options: dict[str, Any]) -> None:
    page = lasting.parse(ORDINARY, url=URL, **options)
    assert page == parse(ORDINARY, url=URL, **options)
    assert page != parse(ORDINARY, url=URL)


def test_a_body_a_person_vouches_for_is_not_refused(lasting: Sandbox) -> None:
    cut_off = ORDINARY.removesuffix(b"\n").removesuffix(b"</html>").removesuffix(b"\n").removesuffix(b"</body>")
    with pytest.raises(ReadingError, match="end"):
        lasting.parse(cut_off, url=URL)
    assert lasting.parse(cut_off, url=URL, vouched=True) == parse(cut_off, url=URL, vouched=True)


@pytest.mark.parametrize(
    ("body", "options"),
    [
        (b"", {}),
        (b"%PDF-1.7 " * 20, {}),
        (MAINTENANCE, {}),
        (ORDINARY.replace(b'<div id="header">', b"<div>" * 3000), {}),
        (ORDINARY, {"select": "main[["}),
        (ORDINARY, {"parser": "suport"}),
    ],
    ids=["empty", "PDF", "maintenance", "deep", "selector", "parser"],
)
def test_an_error_is_that_of_the_parser(lasting: Sandbox, body: bytes, options: dict[str, Any]) -> None:
    with pytest.raises(MonitorError) as inline:
        parse(body, url=URL, **options)
    with pytest.raises(MonitorError) as sandboxed:
        lasting.parse(body, url=URL, **options)
    assert type(sandboxed.value) is type(inline.value)
    assert vars(sandboxed.value) == vars(inline.value)


def test_a_fault_of_the_parser_is_named_by_type_and_place(lasting: Sandbox) -> None:
    nothing: Any = None
    with pytest.raises(ParserFaultError, match=rf"^{URL}: unexpected TypeError in selectolax\.lexbor:\d+\. "):
        lasting.parse(ORDINARY, url=URL, ignore=[nothing])


def test_a_body_that_takes_too_long_is_ended() -> None:
    with Sandbox(SHORT) as sandbox:
        started = time.monotonic()
        with pytest.raises(SandboxError, match=r"took longer than 0\.4 s") as ended:
            sandbox.parse(COSTLY, url=URL)
        assert ended.value.reason == "parse_timeout"
        assert time.monotonic() - started < 2.0


def test_a_body_that_takes_too_much_memory_is_ended() -> None:
    with Sandbox(Bounds(memory_bytes=15_000_000)) as sandbox:
        with pytest.raises(SandboxError, match="more than 15 MB of memory") as ended:
            sandbox.parse(COSTLY, url=URL)
        assert ended.value.reason == "parse_memory"
        assert ended.value.where == URL


@pytest.mark.parametrize("memory_bytes", range(0, 3_000_001, 300_000))
def test_too_little_memory_never_makes_another_page(memory_bytes: int) -> None:
    with Sandbox(Bounds(memory_bytes=memory_bytes)) as sandbox:
        try:
            page = sandbox.parse(ORDINARY, url=URL)
        except (SandboxError, ParserFaultError):
            return
        assert page == parse(ORDINARY, url=URL)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_process_that_dies_at_work_is_an_error_of_that_body(sandbox: Sandbox, number: signal.Signals) -> None:
    with reading(sandbox) as (process, outcome):
        process.send_signal(number)
        with pytest.raises(SandboxError, match=f"ended by signal {int(number)}") as ended:
            outcome.result(5)
    assert ended.value.reason == "parse_crash"


def test_a_process_that_uses_up_its_processor_time_took_too_long(sandbox: Sandbox) -> None:
    with reading(sandbox) as (process, outcome):
        process.rlimit(psutil.RLIMIT_CPU, (0, psutil.RLIM_INFINITY))
        with pytest.raises(SandboxError) as ended:
            outcome.result(5)
    assert ended.value.reason == "parse_timeout"


def test_a_process_that_hangs_is_ended() -> None:
    with Sandbox(SHORT) as sandbox:
        process_of(sandbox).suspend()
        with pytest.raises(SandboxError) as ended:
            sandbox.parse(ORDINARY, url=URL)
        assert ended.value.reason == "parse_timeout"


def test_a_process_that_hangs_is_ended_before_it_took_in_a_large_body() -> None:
    with Sandbox(SHORT) as sandbox:
        process_of(sandbox).suspend()
        with pytest.raises(SandboxError) as ended:
            sandbox.parse(b"<p>" * 7_000_000, url=URL)
        assert ended.value.reason == "parse_timeout"


def test_the_next_page_is_read_whatever_became_of_the_last() -> None:
    with Sandbox(SHORT) as sandbox:
        for _ in range(3):
            with pytest.raises(SandboxError):
                sandbox.parse(COSTLY, url=URL)
            assert sandbox.parse(ORDINARY, url=URL) == parse(ORDINARY, url=URL)


def test_a_process_that_died_between_two_pages_costs_none(sandbox: Sandbox) -> None:
    process = process_of(sandbox)
    process.kill()
    wait_until(lambda: is_dead(process))
    assert sandbox.parse(ORDINARY, url=URL) == parse(ORDINARY, url=URL)


def test_pages_one_after_another_are_read_by_one_process(sandbox: Sandbox) -> None:
    assert len({process_of(sandbox).pid for _ in range(5)}) == 1


def test_a_process_gives_way_to_a_fresh_one_after_fifty_megabytes(sandbox: Sandbox) -> None:
    first = process_of(sandbox)
    for _ in range(2):
        with pytest.raises(ReadingError):
            sandbox.parse(b"%PDF-" + bytes(26_000_000), url=URL)
    assert process_of(sandbox).pid != first.pid


def test_many_threads_read_at_once(lasting: Sandbox) -> None:
    bodies = [ORDINARY.replace("富士通".encode(), f"第{number}".encode()) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda body: lasting.parse(body, url=URL), bodies))
    assert pages == [parse(body, url=URL) for body in bodies]


def test_a_hostile_page_does_not_hold_up_the_others(sandbox: Sandbox) -> None:
    with reading(sandbox) as (_, outcome):
        for _ in range(5):
            sandbox.parse(ORDINARY, url=URL)
        assert not outcome.done()


def test_an_interrupted_reading_leaves_no_answer_to_the_next(sandbox: Sandbox) -> None:
    interrupt = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt):
        sandbox.parse(COSTLY, url=URL)
    interrupt.join()
    assert sandbox.parse(ORDINARY, url=URL) == parse(ORDINARY, url=URL)


def test_nothing_is_started_before_the_first_page() -> None:
    before = children()
    with Sandbox():
        assert children() == before


def test_no_process_is_left_when_it_is_closed() -> None:
    before = children()
    with Sandbox(SHORT) as sandbox:
        with pytest.raises(SandboxError):
            sandbox.parse(COSTLY, url=URL)
        sandbox.parse(ORDINARY, url=URL)
    assert children() == before


def test_closing_ends_a_long_reading_within_seconds(sandbox: Sandbox) -> None:
    with reading(sandbox, costly(20)) as (process, outcome):
        started = time.monotonic()
        sandbox.close()
        assert time.monotonic() - started < 4.0
        with pytest.raises(SandboxError):
            outcome.result(5)
        assert is_dead(process)


def test_closing_lets_a_short_reading_finish(sandbox: Sandbox) -> None:
    with reading(sandbox, costly(0.5)) as (_, outcome):
        sandbox.close()
        assert outcome.result(1).records


def test_a_closed_sandbox_reads_nothing(sandbox: Sandbox) -> None:
    sandbox.close()
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.parse(ORDINARY, url=URL)


def test_no_secret_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    with Sandbox() as sandbox:
        assert set(process_of(sandbox).environ()) <= {"PYTHONPATH", "LD_LIBRARY_PATH", "PYTHONHOME", "LC_CTYPE"}


@pytest.mark.parametrize(
    ("limit", "value"), [("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0), ("RLIMIT_NPROC", 0), ("RLIMIT_NOFILE", 16)]
)
def test_the_process_leaves_no_core_writes_no_file_starts_no_process(sandbox: Sandbox, limit: str, value: int) -> None:
    assert process_of(sandbox).rlimit(getattr(psutil, limit)) == (value, value)


def test_the_process_holds_nothing_open_but_its_socket(sandbox: Sandbox) -> None:
    process = process_of(sandbox)
    held = {str(entry.readlink()) for entry in Path(f"/proc/{process.pid}/fd").iterdir()} - {"/dev/null"}
    assert [name.partition(":")[0] for name in held] == ["socket"]


def test_the_process_outlives_a_sigterm_to_the_whole_group(sandbox: Sandbox) -> None:
    process = process_of(sandbox)
    for number in (signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
    assert process_of(sandbox).pid == process.pid


def test_the_process_is_out_of_reach_of_the_terminal(sandbox: Sandbox) -> None:
    assert os.getsid(process_of(sandbox).pid) != os.getsid(0)


READER = """
import sys
from monitor.sandbox import Bounds, Sandbox
with Sandbox(Bounds(seconds=2)) as sandbox:
    sandbox.parse(open(sys.argv[1], "rb").read(), url="https://www.soumu.go.jp/")
    print(sandbox._workers[1]._process.pid, flush=True)
    sandbox.parse(open(sys.argv[2], "rb").read(), url="https://www.soumu.go.jp/") if sys.argv[2:] else sys.stdin.read()
"""


@contextmanager
def reader(*files: Path) -> "Iterator[tuple[subprocess.Popen[str], psutil.Process]]":
    """A process that reads files in a sandbox, or the first and then waits; and the sandbox's process."""
    with subprocess.Popen(
        [sys.executable, "-c", READER, *map(str, files)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        try:
            yield parent, psutil.Process(int(parent.stdout.readline()))
        finally:
            parent.kill()


@pytest.fixture
def ordinary(tmp_path: Path) -> Path:
    (tmp_path / "ordinary.html").write_bytes(ORDINARY)
    return tmp_path / "ordinary.html"


def test_an_idle_process_ends_when_its_parent_is_killed(ordinary: Path) -> None:
    with reader(ordinary) as (parent, process):
        parent.kill()
        wait_until(lambda: is_dead(process), seconds=2)


def test_a_process_at_work_ends_soon_after_its_parent_is_killed(ordinary: Path, tmp_path: Path) -> None:
    """The page would take more than ten seconds; the kernel ends the process when its two have passed."""
    large = tmp_path / "large.html"
    large.write_bytes(costly(20))
    with reader(ordinary, large) as (parent, process):
        worked = sum(process.cpu_times()[:2])
        wait_until(lambda: sum(process.cpu_times()[:2]) > worked + 0.1)
        parent.kill()
        wait_until(lambda: is_dead(process), seconds=30)  # two of processor time, on a busy machine
