"""Two processes check one changed page at the same moment, fifty times: each change is published once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.end_to_end.conftest import Desk, MailBox, Site, amended

ROUNDS = 50
# Warm processes meet at the database far more closely than cold ones; each line on stdin is one `check`.
CHECKER = """
import sys
from monitor.cli.app import run
for _ in sys.stdin:
    status = run(["check", "--json"])
    print("\\n" + f"done {status}", flush=True)
"""


@contextmanager
def checker(desk: Desk) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", CHECKER], cwd=desk.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def ask(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("check\n")
    process.stdin.flush()


def status_of(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("done "):
            return int(line.removeprefix("done "))
    raise AssertionError("the checking process ended")


def test_each_change_is_published_once(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open(), ExitStack() as stack:
        assert watching.run("check").status == 0
        both = [stack.enter_context(checker(watching)) for _ in range(2)]
        statuses = []
        for number in range(ROUNDS):
            site.body = amended(f"令和7年{number % 12 + 1}月{number % 28 + 1}日変更")
            for process in both:
                ask(process)
            statuses += [status_of(process) for process in both]
    changes = watching.run("changes", "--json").json["changes"]
    assert statuses == [0] * (2 * ROUNDS)
    assert [change["change"] for change in changes] == ["plan.amended"] * ROUNDS
    assert mailbox.recipients == ["desk@example.jp"] * ROUNDS
