"""Soak: the daemon watches a site of many pages that change and fail, and what it told is held against what was true.

    PYTHONPATH=. python tests/long/soak.py --pages 1000 --minutes 20 --seed 2026

Linux only (its hosts are addresses of 127.0.0.0/8). The installed command `ministry-monitor run` is started as a
process beside a site, a mail server and a web-hook of this process. While the minutes last, pages are amended and a
share of all answers is faulty; then both stop, until the daemon knows every page as it is and has told it. Prints the
memory a minute, and the figures at the end, each with what it must be; status 1 if one is not, and the folder with
configuration, database and log is then left for a look.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

import psutil

from storage.store import Store
from tests.end_to_end.conftest import COMMAND, Desk
from tests.long.figures import MOST_SECONDS_TO_END, Plan, Result, Sample, figures, table
from tests.long.receivers import Receivers, Step, Told, steps_of
from tests.long.site import Site

_MIB: Final = 1 << 20


def configuration(plan: Plan, site: Site, receivers: Receivers) -> str:
    """config.toml: "desk" hears of every page by mail and hook, "half" by mail of those with even numbers."""
    head = f"""
[monitor]
database = "sqlite:///monitor.db"

[fetch]
contact = "soak@example.jp"
min_interval = {plan.min_interval}
connections_per_host = {plan.connections}
timeout = {plan.timeout}
allow_private = true

[schedule]
jitter = 0

[mail]
server = "127.0.0.1"
port = {receivers.smtp_port}
sender = "monitor@example.jp"

[[subscribers]]
name = "desk"
to = ["desk@example.jp", "{receivers.hook}"]
quiet = ""

[[subscribers]]
name = "half"
to = ["half@example.jp"]
pages = ["p*[02468]"]
quiet = ""

[operator]
to = ["operator@example.jp"]
"""
    pages = (
        f'\n[[pages]]\nid = "p{page.number:04}"\nurl = "{site.url(page.number)}"\nevery = "{plan.every}s"\n'
        "documents = false\n"
        for page in site.pages
    )
    return head + "".join(pages)


def soak(plan: Plan, folder: Path, say: Callable[[str], None] = lambda _: None) -> Result:
    """Run the daemon in `folder` by the plan; `say` is given a line a minute."""
    site = Site(plan.pages, plan.hosts, seed=plan.seed, faults=plan.faults, retry_after=plan.retry_after)
    receivers = Receivers()
    result = Result(plan)
    (folder / "config.toml").write_text(configuration(plan, site, receivers), encoding="utf-8")
    with site.open(), receivers.open():
        with _daemon(folder) as process:
            watched = psutil.Process(process.pid)
            for minute, sample in enumerate(_soaked(plan, site, watched)):
                result.samples.append(sample)
                if minute % max(1, round(60 / plan.sample_every)) == 0:
                    say(f"{sample.seconds / 60:5.1f} min: {sample.daemon:.1f} + {sample.sandbox:.1f} MiB")
            site.is_faulty = False
            result.answers = site.answers.copy()
            result.drained = _drained(plan, site, receivers)
            times = watched.cpu_times()
            result.cpu_seconds = times.user + times.system + times.children_user + times.children_system
            _end(process, result)
        _measure_site(site, result)
        _look_into_database(folder, receivers, result)
        _hold_against(site, receivers, result)
        _read_log(folder, result)
        doctor = Desk(folder).run("doctor", "--deep")
        result.doctor, result.doctor_status = doctor.out + doctor.err, doctor.status
    return result


@contextmanager
def _daemon(folder: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with (folder / "daemon.log").open("ab") as log:
        process = subprocess.Popen(
            [COMMAND, "run"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _soaked(plan: Plan, site: Site, daemon: psutil.Process) -> Iterator[Sample]:
    """Amend pages while the time lasts, at an even pace, and measure the daemon now and then."""
    chance = random.Random(plan.seed)
    started = time.monotonic()
    pace = 5 * plan.every / plan.pages
    amended = sampled = 0
    while (elapsed := time.monotonic() - started) < plan.seconds or _has_more_to_see(plan, site, daemon, elapsed):
        while amended < elapsed / pace:
            site.amend(chance.randrange(plan.pages))
            amended += 1
        if elapsed >= sampled * plan.sample_every:
            sampled += 1
            yield _sample(daemon, elapsed)
        time.sleep(0.02)


def _has_more_to_see(plan: Plan, site: Site, daemon: psutil.Process, elapsed: float) -> bool:
    """On a busy machine a few seconds show too little: every page is to be asked five times on average."""
    is_slow = site.answers.total() < 5 * plan.pages and elapsed < plan.seconds + plan.drain
    return is_slow and daemon.status() != psutil.STATUS_ZOMBIE


def _sample(daemon: psutil.Process, elapsed: float) -> Sample:
    children = 0.0
    for child in daemon.children(recursive=True):
        try:
            children += child.memory_info().rss / _MIB
        except psutil.NoSuchProcess:
            continue
    with daemon.oneshot():
        return Sample(elapsed, daemon.memory_info().rss / _MIB, children, daemon.num_fds(), daemon.num_threads())


def _drained(plan: Plan, site: Site, receivers: Receivers) -> float | None:
    """Wait until every page is known as it is and told; the seconds it took, None if it did not come to that."""
    started = time.monotonic()

    def is_done() -> bool:
        if not all(page.is_known for page in site.pages):
            return False
        wanted = _true_steps(site)
        return all(not steps - steps_of(receivers.to(who)) for who, steps in _audience(wanted).items())

    while time.monotonic() - started < plan.drain:
        if is_done():
            time.sleep(min(plan.every, 3.0))  # what is told once too often may come yet
            return time.monotonic() - started
        time.sleep(0.2)
    return None


def _true_steps(site: Site) -> Counter[Step]:
    """What truly changed: from each amendment that the daemon knew to the next one."""
    return Counter(Step(page.number, *both) for page in site.pages for both in pairwise(page.known))


def _audience(steps: Counter[Step]) -> dict[str, Counter[Step]]:
    even = Counter({step: count for step, count in steps.items() if step.page % 2 == 0})
    return {"desk@example.jp": steps, "hook": steps, "half@example.jp": even}


def _end(process: "subprocess.Popen[bytes]", result: Result) -> None:
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        result.ended = process.wait(2 * MOST_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        result.ended = None
    result.seconds_to_end = time.monotonic() - started


def _measure_site(site: Site, result: Result) -> None:
    result.least_gap, result.most_open = site.least_gap, site.most_open
    result.most_of_a_page, result.too_early = site.most_of_a_page, site.too_early


def _hold_against(site: Site, receivers: Receivers, result: Result) -> None:
    """What was told against what truly changed."""
    result.steps = _true_steps(site)
    for who, steps in _audience(result.steps).items():
        messages = receivers.to(who)
        told = steps_of(messages)
        result.told[who] = len(messages)
        result.missed[who], result.surplus[who] = steps - told, told - steps
    result.told["operator@example.jp"] = len(receivers.to("operator@example.jp"))


def _look_into_database(folder: Path, receivers: Receivers, result: Result) -> None:
    """Incidents, and whether the operator was told each of their beginnings and ends once."""
    file = folder / "monitor.db"
    result.database_mib = sum(part.stat().st_size for part in folder.glob("monitor.db*")) / _MIB
    with Store.open(f"sqlite:///{file}", migrate=False) as store:
        incidents = store.incidents(open_only=False)
        ids = [number for told in receivers.to("operator@example.jp") for number in told.change_ids]
        told = Counter(change.change for change in store.changes_by_id(ids))
        result.not_sent = sum(delivery.status != "sent" for delivery in store.deliveries())
    result.incidents = Counter(incident.kind for incident in incidents)
    result.incidents_open = sum(incident.closed_at is None for incident in incidents)
    result.incidents_untold = sum(abs(count - told[kind]) for kind, count in result.incidents.items())
    result.told_twice = sum(
        _repeats(receivers.to(who)) for who in {message.recipient for message in receivers.messages}
    )


def _repeats(messages: Sequence[Told]) -> int:
    """How often a change was named again to one recipient."""
    counts = Counter(number for message in messages for number in message.change_ids)
    return sum(count - 1 for count in counts.values())


def _read_log(folder: Path, result: Result) -> None:
    for line in (folder / "daemon.log").read_text("utf-8").splitlines():
        if found := re.search(r"page p\d+: (baseline|unchanged|changed|(?:failed|suspect) \(\w+\))", line):
            result.outcomes[found[1]] += 1
        if re.search(r"unexpected|Traceback|locked|not delivered|ERROR|is not checked now", line):
            result.alarms.append(line)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=1000)
    arguments.add_argument("--hosts", type=int, default=20)
    arguments.add_argument("--minutes", type=float, default=20.0)
    arguments.add_argument("--every", type=int, default=60, help="seconds between two checks of a page")
    arguments.add_argument("--faults", type=float, default=0.1, help="share of the answers")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    plan = Plan(
        pages=options.pages,
        hosts=options.hosts,
        seconds=options.minutes * 60,
        seed=options.seed,
        every=options.every,
        faults=options.faults,
    )
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    result = soak(plan, folder, lambda line: print(line, flush=True))
    lines = figures(result)
    print(table(lines))
    if all(line.holds for line in lines):
        shutil.rmtree(folder)
        return 0
    print("\n".join([*result.alarms[:20], result.doctor, f"left for a look: {folder}"]))
    return 1


if __name__ == "__main__":
    sys.exit(main())
