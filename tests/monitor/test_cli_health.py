"""`status` and `doctor` of the whole installation: the daemon, overdue pages, room on the disk."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine

import monitor.disk
from monitor.cli.app import run
from storage.observation import Draft, Observation, PageInfo, Problem
from storage.owners import this_process
from storage.store import Store

NOW = datetime(2024, 11, 5, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ICT = PageInfo(id="ict", name="ict", url="https://www.soumu.example/ict/")
DEAD = f"{socket.gethostname()}/999999999/1.00"


@dataclass
class Desk:
    store: Store
    capsys: pytest.CaptureFixture[str]

    def status(self, *arguments: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        ended = run(["status", *arguments])
        said = self.capsys.readouterr()
        return ended, said.out, said.err

    def nagios(self) -> tuple[int, str]:
        ended, out, _ = self.status("--nagios")
        return ended, out

    def check_fails(self, at: datetime = NOW) -> None:
        problem = Problem(kind="failed", reason="timeout", message="no answer | none")
        for _ in range(2):
            self.store.save(
                Observation(
                    page="ict",
                    url=ICT.url,
                    name="ict",
                    at=at,
                    seconds=1.0,
                    http_status=None,
                    final_url=None,
                    problem=problem,
                ),
                lambda page, changes: [
                    Draft(
                        destination="operator#12345678",
                        subscriber="operator",
                        channel="operator",
                        change_ids=tuple(change.id for change in changes),
                        language="ja",
                    )
                ],
            )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text(f'[[pages]]\nid = "ict"\nurl = "{ICT.url}"\n', encoding="utf-8")
    with Store.open(f"sqlite:///{tmp_path}/data/monitor.db") as store, time_machine.travel(NOW):
        yield Desk(store, capsys)


# The line for Nagios


def test_all_well_is_ok_with_figures(desk: Desk) -> None:
    desk.store.take_duty(this_process(), NOW)
    ended, out = desk.nagios()

    assert ended == 0
    assert out == (
        "MONITOR OK - 1 pages, last check –, daemon running"
        " | pages=1;;;0 overdue=0;;0;0 incidents=0;0;;0 unsent=0;;;0 dead=0;0;;0 unverified=0s;;;0\n"
    )


def test_a_page_that_fails_is_a_warning(desk: Desk) -> None:
    desk.check_fails()
    ended, out = desk.nagios()

    assert ended == 1
    assert out.startswith("MONITOR WARNING - ict: page.failing: no answer / none | pages=1")
    assert "incidents=1;0;;0" in out


def test_a_message_given_up_is_a_warning(desk: Desk) -> None:
    desk.check_fails()
    (delivery,) = desk.store.deliveries()
    desk.store.claim(NOW, this_process(), lease=HOUR)
    desk.store.failed(delivery.id, NOW, "550: no such user", None)
    ended, out = desk.nagios()

    assert ended == 1
    assert "dead=1;0;;0" in out


def test_a_daemon_that_died_is_critical(desk: Desk) -> None:
    desk.store.take_duty(DEAD, NOW)
    ended, out = desk.nagios()
    assert ended == 2
    assert out.startswith("MONITOR CRITICAL - the daemon has died (process 999999999 on ")


def test_a_daemon_that_says_nothing_for_minutes_is_critical(desk: Desk) -> None:
    desk.store.take_duty(this_process(), NOW - HOUR)
    ended, out = desk.nagios()
    assert ended == 2
    assert out.startswith("MONITOR CRITICAL - the daemon does not answer")


def test_pages_that_nobody_checks_when_they_are_due_are_critical(desk: Desk) -> None:
    desk.store.plan([(ICT, NOW - HOUR)])
    ended, out = desk.nagios()

    assert ended == 2
    assert "no daemon runs, and 1 pages are overdue (ict)" in out
    assert "overdue=1;;0;0" in out


def test_pages_that_cron_checks_instead_are_not_overdue(desk: Desk) -> None:
    desk.store.plan([(ICT, NOW - HOUR)])
    desk.check_fails()
    assert "overdue=0;;0;0" in desk.nagios()[1]


def test_a_stale_page_is_critical(desk: Desk) -> None:
    desk.store.plan([(ICT, NOW + HOUR)])
    desk.store.tell_stale({"ict": None}, NOW, lambda page, changes: [])
    assert desk.nagios()[0] == 2


def test_a_database_that_is_not_there_is_critical_and_not_made(tmp_path: Path, desk: Desk) -> None:
    desk.store.close()
    shutil.rmtree(tmp_path / "data")
    ended, out = desk.nagios()

    assert (ended, out[:19]) == (2, "MONITOR CRITICAL - ")
    assert not (tmp_path / "data").exists()


def test_a_config_that_cannot_be_read_is_unknown(desk: Desk) -> None:
    Path("config.toml").write_text("[monitor", encoding="utf-8")
    ended, out = desk.nagios()
    assert (ended, out[:18]) == (3, "MONITOR UNKNOWN - ")


def test_a_fault_of_the_program_is_unknown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Store, "states", broken)
    assert desk.nagios() == (3, "MONITOR UNKNOWN - unexpected RuntimeError\n")


# For people and scripts


def test_without_a_daemon_nothing_is_next(desk: Desk) -> None:
    desk.store.plan([(ICT, NOW + HOUR)])
    ended, out, _ = desk.status("--json")
    shown = json.loads(out)

    assert (ended, shown["daemon"], shown["pages"][0]["next"]) == (0, None, None)


def test_with_a_daemon_it_is_said_when_a_page_is_due(desk: Desk) -> None:
    desk.store.plan([(ICT, NOW + HOUR)])
    desk.store.take_duty(this_process(), NOW)
    _, out, _ = desk.status("--json")
    shown = json.loads(out)

    assert datetime.fromisoformat(shown["pages"][0]["next"]) == (NOW + HOUR).replace(microsecond=0)
    assert shown["daemon"]["running"]
    assert "not checked yet" in desk.status()[1]


def test_a_daemon_that_died_needs_a_person(desk: Desk) -> None:
    desk.store.take_duty(DEAD, NOW)
    ended, out, err = desk.status()

    assert ended == 7
    assert "The daemon is gone: process 999999999" in out
    assert "needs a person: the daemon has died" in err


@pytest.mark.parametrize(
    ("free", "total", "is_full"),
    [
        (499_000_000, 1_000_000_000_000, True),
        (501_000_000, 1_000_000_000_000, False),
        (49_000_000, 1_000_000_000, True),
        (51_000_000, 1_000_000_000, False),
    ],
)
def test_a_disk_that_is_nearly_full_needs_a_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, free: int, total: int, is_full: bool
) -> None:
    monkeypatch.setattr(monitor.disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=free, total=total))
    ended, _, err = desk.status()

    assert ended == (7 if is_full else 0)
    assert ("is nearly full" in err) is is_full
    assert desk.nagios()[0] == (1 if is_full else 0)


# doctor


def test_doctor_names_a_schedule_that_never_comes_once(desk: Desk) -> None:
    pages = "".join(f'[[pages]]\nid = "p{number}"\nurl = "http://127.0.0.1:9/"\n' for number in range(3))
    Path("config.toml").write_text(f'{pages}[schedule]\ndefault = "0 9 30 feb *"\n', encoding="utf-8")
    desk.capsys.readouterr()
    run(["doctor", "--json"])
    findings = json.loads(desk.capsys.readouterr().out)["findings"]

    (found,) = [finding for finding in findings if "never comes" in finding["found"]]
    assert (found["level"], found["what"]) == ("wrong", "config.toml: schedule.default")


# check


def test_check_tells_subscribers_of_a_page_unverified_for_a_whole_business_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock: Callable[[], datetime] = lambda: datetime(2024, 5, 15, 3, 0, tzinfo=UTC)  # noqa: E731  a Wednesday
    monkeypatch.setattr("monitor.cli.checking.now", clock)
    Path("config.toml").write_text(
        '[[pages]]\nid = "ict"\nurl = "http://127.0.0.1:9/"\n'
        '[fetch]\nallow_private = true\nmin_interval = 0.0\n[[subscribers]]\nname = "desk"\nto = ["a@example.jp"]\n',
        encoding="utf-8",
    )
    with desk.store._database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO page (page, name, url, last_good, failures, gone_count, gone, version, record_count,"
            " pending_count) VALUES ('ict', 'ict', 'http://127.0.0.1:9/', '2024-05-13 14:00:00', 0, 0, 0, 0, 0, 0)"
        )
    assert run(["check", "--no-notify"]) == 4
    assert run(["check", "--no-notify"]) == 4

    assert [change.change for change in desk.store.changes()] == ["page.unverified"]


def test_a_page_that_is_gone_needs_a_person(desk: Desk) -> None:
    with desk.store._database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO page (page, name, url, last_check, outcome, reason, failures, gone_count, gone, version,"
            f" record_count, pending_count) VALUES ('ict', 'ict', '{ICT.url}', '2024-05-13 14:00:00', 'failed',"
            " 'http_404', 0, 3, 1, 0, 0, 0)"
        )
    ended, out = desk.nagios()
    assert (ended, "ict: is gone" in out) == (1, True)


def test_a_message_that_a_daemon_should_have_sent_is_a_warning(desk: Desk) -> None:
    desk.store.take_duty(this_process(), NOW)
    desk.check_fails()
    with desk.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE delivery SET next_attempt = '2024-05-01 00:00:00'")
    ended, _, err = desk.status()
    assert (ended, "the daemon does not send it" in err) == (7, True)
