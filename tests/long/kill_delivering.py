"""The program killed again and again while a page changes and mail server and web-hook take their time.

    PYTHONPATH=. python tests/long/kill_delivering.py --kills 200 --seed 2026

`ministry-monitor run` and `check` are started as processes in turn, each after another amendment of the page, and
killed (SIGKILL) at a random moment of their lives, or right when a message arrives. At the end, every change must have
been told to each receiver, and what came twice must have come under the same id, with the same words, and once a kill.
Prints the figures; status 1 if one is not what it must be.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.end_to_end.conftest import Desk, Site, amended, configuration
from tests.long.receivers import Loopback
from tests.long.site import day_of

_LONGEST_ANSWER: Final = 0.2  # seconds that a receiver takes, as all below
_LONGEST_AFTER_MESSAGE: Final = 0.25
_LONGEST_WAIT: Final = 20.0


class Message(NamedTuple):
    """A message as it arrived; `kills` is how many there had been until then."""

    receiver: str
    message_id: str
    change_ids: tuple[int, ...]
    words: str
    kills: int


class Receivers(Loopback):
    """A mail server and a web-hook; `on_message` is called before either says yes."""

    def __init__(self, on_message: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self.kills = 0
        self.on_message = on_message

    def take(self, receiver: str, message_id: str, change_ids: str, words: str) -> None:
        ids = tuple(int(number) for number in change_ids.split(",") if number.strip())
        self.messages.append(Message(receiver, message_id, ids, words, self.kills))
        self.on_message()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        text = mail.get_body(("plain",))
        words = text.get_content() if text else ""
        for recipient in envelope.rcpt_tos:
            self.take(recipient, str(mail["Message-ID"]).strip("<>"), str(mail["X-Change-Id"] or ""), words)
        return "250 2.0.0 kept"

    def posted(self, headers: Mapping[str, str], said: Mapping[str, str]) -> None:
        self.take("hook", headers["X-Message-Id"], headers["X-Change-Id"] or "", said["message"])


@dataclass(slots=True)
class Figures:
    """What came of it; `told` and `doubled` by receiver."""

    kills: int = 0
    seconds: float = 0.0
    amendments: int = 0
    changes: int = 0
    told: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)
    most_doubled_by_a_kill: int = 0
    untold: dict[str, list[int]] = field(default_factory=dict)
    told_anew: list[tuple[str, int]] = field(default_factory=list)
    reworded: int = 0
    not_sent: int = 0
    is_unbroken: bool = False

    @property
    def wrongs(self) -> list[str]:
        """What is not as it must be."""
        found = [f"changes {ids} never reached {receiver}" for receiver, ids in self.untold.items() if ids]
        if self.told_anew:
            found.append(f"told again under another id: {self.told_anew}")
        if self.reworded:
            found.append(f"{self.reworded} came again in other words")
        if self.most_doubled_by_a_kill > 1:
            found.append(f"a kill doubled {self.most_doubled_by_a_kill} messages of one receiver")
        if self.not_sent:
            found.append(f"{self.not_sent} messages are not sent")
        if not self.is_unbroken:
            found.append("the changes do not lead from the first amendment to the last")
        return found


class _Killing:
    """One run of it, with the page, the receivers and the desk of `folder`."""

    def __init__(self, folder: Path, site: Site, seed: int) -> None:
        self._chance = random.Random(seed)
        self._site = site
        self._arrived = threading.Event()
        self.receivers = Receivers(self._arrive)
        self._desk = Desk(folder)
        to = f'"desk@example.jp", "{self.receivers.hook}"'
        text = configuration(site.url, self.receivers.smtp_port, to=to)
        self._desk.configure(
            text.replace("[[subscribers]]", 'every = "1s"\n\n[[subscribers]]') + "\n[schedule]\njitter = 0\n"
        )
        self.figures = Figures()

    def run(self, kills: int) -> Figures:
        started = time.monotonic()
        self._desk.run("check")
        usual = time.monotonic() - started
        while self.figures.kills < kills:
            self._amend()
            self._kill_one(1.5 * usual)
        for _ in range(3):
            self._desk.run("check")
        self.figures.seconds = time.monotonic() - started
        self._count()
        return self.figures

    def _amend(self) -> None:
        self.figures.amendments += 1
        self._site.body = amended(f"{day_of(self.figures.amendments)}変更")

    def _kill_one(self, longest: float) -> None:
        """Start the program and kill it: at a random moment, or when a message has just come."""
        self._arrived.clear()
        process = self._desk.start(self._chance.choice(["run", "check"]))
        if self._chance.random() < 0.5:
            time.sleep(self._chance.uniform(0, longest))
        elif self._arrived.wait(_LONGEST_WAIT):
            time.sleep(self._chance.uniform(0, _LONGEST_AFTER_MESSAGE))
        if process.poll() is None:
            process.kill()
            self.figures.kills += 1
        process.wait(10)
        self.receivers.kills = self.figures.kills

    def _arrive(self) -> None:
        self._arrived.set()
        time.sleep(self._chance.uniform(0, _LONGEST_ANSWER))

    def _count(self) -> None:
        figures = self.figures
        changes = sorted(self._desk.run("changes", "--json").json["changes"], key=lambda change: change["id"])
        figures.changes = len(changes)
        notes = [changes[0]["before"]["note"], *(change["after"]["note"] for change in changes)]
        leads_on = all(change["before"]["note"] == note for change, note in zip(changes, notes, strict=False))
        figures.is_unbroken = leads_on and notes[-1] == f"{day_of(figures.amendments)}変更"
        deliveries = self._desk.run("deliveries", "list", "--json").json["deliveries"]
        figures.not_sent = sum(item["status"] != "sent" for item in deliveries)
        for receiver in ("desk@example.jp", "hook"):
            self._count_of(receiver, [change["id"] for change in changes])

    def _count_of(self, receiver: str, change_ids: list[int]) -> None:
        figures = self.figures
        first: dict[str, Message] = {}
        doubled: Counter[int] = Counter()
        ids_of: dict[int, set[str]] = {}
        for message in [message for message in self.receivers.messages if message.receiver == receiver]:
            for change in message.change_ids:
                ids_of.setdefault(change, set()).add(message.message_id)
            if (before := first.get(message.message_id)) is not None:
                doubled[before.kills] += 1
                figures.reworded += (before.words, before.change_ids) != (message.words, message.change_ids)
            first[message.message_id] = message
        figures.told[receiver] = len(first)
        figures.doubled[receiver] = doubled.total()
        figures.most_doubled_by_a_kill = max(figures.most_doubled_by_a_kill, *doubled.values(), 0)
        figures.untold[receiver] = [change for change in change_ids if change not in ids_of]
        figures.told_anew += [(receiver, change) for change, ids in ids_of.items() if len(ids) > 1]


def kill_delivering(folder: Path, *, kills: int, seed: int) -> Figures:
    """Kill the program so often in a new `folder`; what came of it."""
    with Site() as site:
        threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True).start()
        killing = _Killing(folder, site, seed)
        with killing.receivers.open():
            figures = killing.run(kills)
        site.shutdown()
    return figures


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=2026)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-delivering-") as folder:
        figures = kill_delivering(Path(folder), kills=given.kills, seed=given.seed)
    print(
        f"{figures.kills} kills in {figures.seconds:.0f} s; {figures.amendments} amendments, {figures.changes} changes"
        f" seen; told {dict(figures.told)}; came twice {dict(figures.doubled)}, of one receiver by one kill at most"
        f" {figures.most_doubled_by_a_kill}"
    )
    for wrong in figures.wrongs:
        print(f"WRONG: {wrong}")
    return 1 if figures.wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
