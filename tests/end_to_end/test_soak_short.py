"""The soak of tests/long/soak.py, short: few pages, a few seconds, many kinds of fault, and all that must hold."""

from pathlib import Path

from tests.long.figures import Plan, figures, table
from tests.long.site import FAILING, SUSPECT
from tests.long.soak import soak

PLAN = Plan(
    pages=20,
    hosts=5,
    seconds=6.0,
    seed=11,
    every=1,
    faults=0.15,
    min_interval=0.05,
    timeout=1.5,
    retry_after=(1,),  # what is longer than ten seconds would outlast the test
    drain=60.0,
)


def test_each_true_change_is_told_once_and_every_host_is_asked_politely(tmp_path: Path) -> None:
    """One run, as it is dear; what fails is marked in the table of figures."""
    result = soak(PLAN, tmp_path)
    lines = figures(result)
    assert all(line.holds for line in lines), "\n".join([table(lines), *result.alarms])
    assert sum(result.answers[fault] > 0 for fault in FAILING + SUSPECT) >= 5
    assert result.steps.total() >= 5
    assert result.incidents["page.suspect"] > 0
