"""`doctor` and `subscribers test` against real servers: what they call well is well, what is broken they name."""

import sqlite3
from pathlib import Path

from pytest_httpserver import HTTPServer

from tests.end_to_end.conftest import Desk, MailBox, Site, free_port


def findings(desk: Desk, level: str) -> list[str]:
    found = desk.run("doctor", "--json").json["findings"]
    return [f"{item['what']}: {item['found']}" for item in found if item["level"] == level]


def test_a_sound_desk_has_nothing_wrong(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        watching.run("check")
        ended = watching.run("doctor")
    assert (ended.status, ended.err) == (0, "")


def test_the_doctor_changes_and_sends_nothing(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        watching.run("doctor")
    assert mailbox.recipients == []
    assert [path.name for path in watching.folder.iterdir()] == ["config.toml"]


def test_a_dead_mail_server_is_wrong(watching: Desk, site: Site, mailbox: MailBox) -> None:
    ended = watching.run("doctor")
    assert ended.status == 7
    assert f"mail server 127.0.0.1:{mailbox.port}" in ended.err


def test_a_site_that_refuses_is_wrong(watching: Desk, site: Site, mailbox: MailBox) -> None:
    site.status = 403
    with mailbox.open():
        (wrong,) = findings(watching, "wrong")
    assert "403" in wrong


def test_a_channel_that_apprise_does_not_know_is_wrong(watching: Desk, site: Site, mailbox: MailBox) -> None:
    config = watching.folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    watching.configure(text.replace('["desk@example.jp"]', '["desk@example.jp", "carrier-pigeon://coop"]'))
    with mailbox.open():
        (wrong,) = findings(watching, "wrong")
    assert "carrier-pigeon://…" in wrong


def with_heartbeat(desk: Desk, url: str) -> None:
    text = (desk.folder / "config.toml").read_text(encoding="utf-8")
    desk.configure(f'[monitor]\nheartbeat_url = "{url}"\n{text}')


def test_a_dead_mans_switch_is_called(watching: Desk, site: Site, mailbox: MailBox, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/SECRET", method="GET").respond_with_data("OK")
    with_heartbeat(watching, httpserver.url_for("/SECRET"))
    with mailbox.open():
        found = findings(watching, "ok")
    assert "monitor.heartbeat_url http://…: answers" in found
    assert len(httpserver.log) == 1


def test_a_dead_mans_switch_that_refuses_is_wrong(
    watching: Desk, site: Site, mailbox: MailBox, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/SECRET").respond_with_data("no such check", status=404)
    with_heartbeat(watching, httpserver.url_for("/SECRET"))
    with mailbox.open():
        assert findings(watching, "wrong") == ["monitor.heartbeat_url http://…: answers 404"]


def test_a_dead_mans_switch_out_of_reach_is_wrong_and_its_address_not_shown(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with_heartbeat(watching, f"http://127.0.0.1:{free_port()}/SECRET")
    with mailbox.open():
        ended = watching.run("doctor")
    assert "monitor.heartbeat_url http://…: cannot be called (Connection refused)" in ended.err
    assert "SECRET" not in ended.err + ended.out


def test_a_setting_that_does_nothing_yet_is_noted(watching: Desk, site: Site, mailbox: MailBox) -> None:
    config = watching.folder / "config.toml"
    watching.configure("[web]\nport = 9000\n" + config.read_text(encoding="utf-8"))
    with mailbox.open():
        assert [line for line in findings(watching, "note") if line.startswith("web.port")] != []


def test_a_damaged_database_is_wrong(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        watching.run("check")
        _damage(watching.folder / "data" / "monitor.db")
        assert [line for line in findings(watching, "wrong") if "damaged" in line] != []


def _damage(database: Path) -> None:
    """Overwrites the root page of the largest table; the header and the schema stay readable."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'snapshot'").fetchone()
    connection.close()
    body = bytearray(database.read_bytes())
    body[(root - 1) * size : root * size] = b"\xa5" * size
    database.write_bytes(body)


def test_a_test_message_arrives_and_the_servers_answer_is_shown(watching: Desk, mailbox: MailBox) -> None:
    with mailbox.open():
        ended = watching.run("subscribers", "test", "desk")
    assert (ended.status, mailbox.recipients) == (0, ["desk@example.jp"])
    assert "250 2.0.0 kept" in ended.out


def test_a_test_message_that_is_refused_says_what_the_server_said(watching: Desk, mailbox: MailBox) -> None:
    mailbox.refused.add("desk@example.jp")
    with mailbox.open():
        ended = watching.run("subscribers", "test", "desk")
    assert ended.status == 6
    assert "550 5.1.1 no such user" in ended.err
