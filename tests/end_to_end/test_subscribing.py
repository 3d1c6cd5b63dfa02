"""Who is told, and when, as the installed program does it: added while it runs, in quiet hours, in a digest."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.end_to_end.conftest import Desk, MailBox, Site, amended
from tests.end_to_end.test_run import configured, running, settled

JAPAN = ZoneInfo("Asia/Tokyo")
AMENDED = "令和7年2月3日変更"


def wishing(desk: Desk, line: str) -> None:
    """The subscriber of config.toml with another line for its quiet hours."""
    path = desk.folder / "config.toml"
    path.write_text(path.read_text("utf-8").replace('quiet = ""', line), "utf-8")


def all_day() -> str:
    """Quiet hours that began hours ago and end hours from now."""
    now = datetime.now(JAPAN)
    start, end = now - timedelta(hours=6), now + timedelta(hours=6)
    return f'quiet = "{start:%H:%M}-{end:%H:%M}"'


def come(desk: Desk) -> None:
    """Let the hour of the digest be now."""
    with closing(sqlite3.connect(desk.folder / "data" / "monitor.db")) as database, database:
        database.execute(
            "UPDATE delivery SET next_attempt = datetime('now', '-1 second'),"
            " window_until = datetime('now', '-1 second') WHERE window_until IS NOT NULL"
        )


def test_a_daemon_that_runs_takes_in_who_is_added_and_removed(desk: Desk, site: Site, mailbox: MailBox) -> None:
    configured(desk, site, mailbox)
    with mailbox.open(), running(desk.folder) as daemon:
        assert daemon.says("page ict: baseline")
        assert desk.run("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", "--quiet", "").status == 0
        site.body = amended(AMENDED)
        assert settled(lambda: sorted(mailbox.recipients) == ["desk@example.jp", "tanaka@example.jp"])
        assert desk.run("subscribers", "remove", "tanaka").status == 0
        site.body = amended("令和7年3月4日変更")
        assert settled(lambda: len(mailbox.recipients) > 2)
        assert daemon.says("page ict: unchanged", times=daemon.log.count("page ict: unchanged") + 2)
    assert mailbox.recipients.count("tanaka@example.jp") == 1


def test_in_quiet_hours_a_change_waits_for_their_end(watching: Desk, site: Site, mailbox: MailBox) -> None:
    wishing(watching, all_day())
    watching.run("check")
    site.body = amended(AMENDED)
    with mailbox.open():
        ended = watching.run("check")
    (waiting,) = watching.run("deliveries", "list", "--json").json["deliveries"]
    due = datetime.fromisoformat(waiting["next_attempt"])
    assert (ended.status, ended.err, mailbox.recipients, waiting["status"]) == (0, "", [], "waiting")
    assert f"1 message waits for the hour set, the first until {due:%Y-%m-%d %H:%M}" in ended.out
    assert timedelta(hours=5) < due - datetime.now(JAPAN) < timedelta(hours=7)


def test_what_waits_for_its_hour_is_no_trouble(watching: Desk, site: Site, mailbox: MailBox) -> None:
    wishing(watching, all_day())
    watching.run("check")
    site.body = amended(AMENDED)
    watching.run("check")
    assert watching.run("status").status == 0


def test_what_is_urgent_passes_quiet_hours(watching: Desk, site: Site, mailbox: MailBox) -> None:
    wishing(watching, all_day() + '\nurgent = ["plan.amended"]')
    watching.run("check")
    site.body = amended(AMENDED)
    with mailbox.open():
        watching.run("check")
    assert mailbox.recipients == ["desk@example.jp"]


def test_a_person_sends_at_any_hour_what_they_name(watching: Desk, site: Site, mailbox: MailBox) -> None:
    wishing(watching, all_day())
    watching.run("check")
    site.body = amended(AMENDED)
    watching.run("check")
    with mailbox.open():
        watching.run("deliveries", "retry", "1")
    assert mailbox.recipients == ["desk@example.jp"]


def test_a_digest_gathers_the_changes_of_several_checks(watching: Desk, site: Site, mailbox: MailBox) -> None:
    wishing(watching, 'delivery = "daily 09:00"\nquiet = ""')
    watching.run("check")
    for note in (AMENDED, "令和7年3月4日変更"):
        site.body = amended(note)
        watching.run("check")
    (digest,) = watching.run("deliveries", "list", "--json").json["deliveries"]
    assert (len(digest["changes"]), digest["status"]) == (2, "waiting")
    assert "not complete before" in watching.run("deliveries", "retry", str(digest["id"])).err
    come(watching)
    with mailbox.open():
        watching.run("check")
    (mail,) = mailbox.received
    assert json.loads(f"[{mail['X-Change-Id']}]") == digest["changes"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "令和7年3月4日" in body.get_content()
