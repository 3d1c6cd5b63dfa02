"""The daemon and two lines of cron on one SQLite file, on the same pages, while these change all the time."""

import random
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from storage.store import Store
from tests.end_to_end.conftest import COMMAND, Desk, Ended
from tests.end_to_end.test_run import settled
from tests.long.figures import Plan
from tests.long.receivers import Receivers, Step, steps_of
from tests.long.site import Site
from tests.long.soak import configuration

PLAN = Plan(pages=6, hosts=3, seconds=4.0, seed=5, every=2, faults=0.0, min_interval=0.05)
CRON_LINES = 2
RECIPIENTS = ("desk@example.jp", "half@example.jp", "hook")


@dataclass
class Outcome:
    """What came of it: `checks` are those by cron, `log` is the daemon's, `status` its exit status."""

    site: Site
    receivers: Receivers
    checks: list[Ended]
    log: str
    status: int
    is_settled: bool


def test_each_change_is_told_once_and_together_they_are_as_polite_as_one(tmp_path: Path) -> None:
    """One run, as it is dear, and all that must hold."""
    outcome = _outcome(Desk(tmp_path))
    _saw_enough(outcome)
    _all_ended_well(outcome)
    for who in RECIPIENTS:
        _told_each_change_once(outcome, who)
    assert outcome.receivers.to("operator@example.jp") == []
    assert outcome.site.least_gap >= PLAN.min_interval - 0.001  # two clocks
    assert (outcome.site.most_open, outcome.site.most_of_a_page) == (1, 1)
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}", migrate=False) as store:
        found = store.verify()
        assert (found.pages, found.flaws, found.damaged) == (PLAN.pages, [], [])
        assert {delivery.status for delivery in store.deliveries()} == {"sent"}


def _outcome(desk: Desk) -> Outcome:
    site, receivers = Site(PLAN.pages, PLAN.hosts), Receivers()
    desk.configure(configuration(PLAN, site, receivers))
    with site.open(), receivers.open():
        assert desk.run("check").status == 0
        with (desk.folder / "daemon.log").open("wb") as log:
            daemon = subprocess.Popen([COMMAND, "run"], cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=log)
        try:
            checks = _changing(desk, site)
            is_settled = settled(lambda: all(page.is_known for page in site.pages) and _is_told(site, receivers))
            daemon.terminate()
            status = daemon.wait(20)
        finally:
            daemon.kill()
            daemon.wait()
    said = (desk.folder / "daemon.log").read_text("utf-8")
    return Outcome(site, receivers, checks, said, status, is_settled)


def _changing(desk: Desk, site: Site) -> list[Ended]:
    """Amend pages at any moment while the daemon checks them, and cron does again and again."""
    until = time.monotonic() + PLAN.seconds
    chance = random.Random(PLAN.seed)

    def cron() -> list[Ended]:
        ended = []
        while time.monotonic() < until or len(ended) < 2:
            ended.append(desk.run("check"))
        return ended

    with ThreadPoolExecutor(CRON_LINES) as pool:
        lines = [pool.submit(cron) for _ in range(CRON_LINES)]
        while not all(line.done() for line in lines):
            site.amend(chance.randrange(PLAN.pages))
            time.sleep(chance.uniform(0.0, 0.3))
        return [ended for line in lines for ended in line.result()]


def _is_told(site: Site, receivers: Receivers) -> bool:
    """Whether everyone heard of every page as it now is."""
    return all(
        {step.after for step in steps_of(receivers.to(who)) if step.page == page.number} >= {page.amendment}
        for who in RECIPIENTS
        for page in site.pages
        if page.amendment and (who != "half@example.jp" or page.number % 2 == 0)
    )


def _saw_enough(outcome: Outcome) -> None:
    assert len(outcome.checks) >= 2 * CRON_LINES
    assert sum(page.amendment for page in outcome.site.pages) >= 10
    assert outcome.log.count(": unchanged") + outcome.log.count(": changed") > 2 * PLAN.pages


def _all_ended_well(outcome: Outcome) -> None:
    assert outcome.is_settled
    assert ({ended.status for ended in outcome.checks}, outcome.status) == ({0}, 0)
    said = outcome.log + "".join(ended.err for ended in outcome.checks)
    assert not [line for line in said.splitlines() if re.search(r"locked|unexpected|ERROR|failed|not delivered", line)]


def _told_each_change_once(outcome: Outcome, who: str) -> None:
    """Together the steps of a page lead from its first amendment to its last, through all that was ever stored."""
    messages = outcome.receivers.to(who)
    told = list(steps_of(messages).elements())
    for page in outcome.site.pages:
        steps = sorted(step for step in told if step.page == page.number)
        stops = [0, *(step.after for step in steps)]
        if who == "half@example.jp" and page.number % 2:
            assert steps == []
            continue
        assert steps == [Step(page.number, *both) for both in pairwise(stops)]
        assert set(page.known) <= set(stops)
        assert stops[-1] == page.amendment
    assert all(step.page >= 0 for step in told)
    named = [number for message in messages for number in message.change_ids]
    assert len(named) == len(set(named))
