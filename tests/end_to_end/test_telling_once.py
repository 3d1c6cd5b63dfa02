"""A change is told once and never lost, by the installed command against real servers."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.end_to_end.conftest import MAINTENANCE, Desk, MailBox, Site, amended, configuration

SENTENCE = "富士通株式会社(全国5G・開発供給計画)の変更日が令和6年1月23日から令和7年2月3日になりました"


def baseline_then_change(desk: Desk, site: Site) -> None:
    assert desk.run("check").status == 0
    site.body = amended("令和7年2月3日変更")


def test_a_changed_page_becomes_one_mail_that_says_so_in_a_sentence(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        baseline_then_change(watching, site)
        watching.run("check")
        watching.run("check")
    assert mailbox.recipients == ["desk@example.jp"]
    text = mailbox.received[0].get_body(("plain",))
    assert text is not None
    assert SENTENCE in text.get_content()


def test_check_prints_the_change_as_json(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        baseline_then_change(watching, site)
        ended = watching.run("check", "--json", "--exit-code")
    assert (ended.status, ended.err) == (3, "")
    (page,) = ended.json["pages"]
    assert {key: page[key] for key in ("page", "url", "outcome", "http_status", "warnings")} == {
        "page": "ict",
        "url": site.url,
        "outcome": "changed",
        "http_status": 200,
        "warnings": page["warnings"],
    }
    assert [(change["change"], change["summary_ja"]) for change in page["changes"]] == [("plan.amended", SENTENCE)]
    assert set(page) == {"page", "url", "outcome", "http_status", "records", "changes", "warnings", "seconds"}


def test_a_mail_server_that_is_down_is_named_and_the_message_goes_out_once_later(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    baseline_then_change(watching, site)
    ended = watching.run("check")
    assert ended.status == 6
    assert f"127.0.0.1:{mailbox.port}" in ended.err
    with mailbox.open():
        assert watching.run("check").status == 0
        assert watching.run("check").status == 0
    assert mailbox.recipients == ["desk@example.jp"]


def test_after_a_long_outage_the_next_check_sends_once(watching: Desk, site: Site, mailbox: MailBox) -> None:
    baseline_then_change(watching, site)
    assert [watching.run("check").status for _ in range(4)] == [6, 6, 6, 6]
    with mailbox.open():
        assert watching.run("check").status == 0
    assert mailbox.recipients == ["desk@example.jp"]


def test_deliveries_retry_sends_what_waits(watching: Desk, site: Site, mailbox: MailBox) -> None:
    baseline_then_change(watching, site)
    watching.run("check")
    with mailbox.open():
        assert watching.run("deliveries", "retry", "--all").status == 0
    assert mailbox.recipients == ["desk@example.jp"]


def test_deliveries_retry_all_leaves_what_is_for_who_is_paused(watching: Desk, site: Site, mailbox: MailBox) -> None:
    baseline_then_change(watching, site)
    watching.run("check")
    watching.run("subscribers", "pause", "desk")
    with mailbox.open():
        retried = watching.run("deliveries", "retry", "--all")
    assert "messages left for who is paused or was refused by its server: 1" in retried.err
    assert mailbox.recipients == []


def test_no_notify_sends_nothing_now_and_loses_nothing(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        baseline_then_change(watching, site)
        assert watching.run("check", "--no-notify").status == 0
        assert mailbox.recipients == []
        assert watching.run("check").status == 0
    assert mailbox.recipients == ["desk@example.jp"]


@contextmanager
def web_hook() -> Iterator[tuple[str, list[bytes]]]:
    """An address for apprise's json:// channel, and the bodies it was sent."""
    bodies: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"json://127.0.0.1:{server.server_address[1]}/hook", bodies
        server.shutdown()


def test_a_dead_mail_server_does_not_hold_up_the_chat(desk: Desk, site: Site, mailbox: MailBox) -> None:
    with web_hook() as (address, bodies):
        desk.configure(configuration(site.url, mailbox.port, to=f'"desk@example.jp", "{address}"'))
        baseline_then_change(desk, site)
        assert desk.run("check").status == 6
        assert len(bodies) == 1
        with mailbox.open():
            assert desk.run("check").status == 0
        assert (len(bodies), mailbox.recipients) == (1, ["desk@example.jp"])


def test_killed_between_commit_and_send_the_message_is_delivered_exactly_once(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    baseline_then_change(watching, site)
    with socket.create_server(("127.0.0.1", mailbox.port)) as stalling:
        stalling.settimeout(30)
        process = watching.start("check")
        connection, _ = stalling.accept()  # the change is committed, its message claimed, nothing of it sent
        with connection:
            process.kill()
            process.wait(10)
    assert [change["change"] for change in watching.run("changes", "--json").json["changes"]] == ["plan.amended"]
    with mailbox.open():
        assert watching.run("check").status == 0
        assert watching.run("check").status == 0
    assert mailbox.recipients == ["desk@example.jp"]


def test_a_refused_recipient_is_given_up_and_status_asks_for_a_person(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    mailbox.refused.add("desk@example.jp")
    with mailbox.open():
        baseline_then_change(watching, site)
        assert watching.run("check").status == 6
    ended = watching.run("status")
    assert ended.status == 7
    assert "550" in ended.err


def test_a_maintenance_page_is_told_to_the_operator_once_and_never_to_the_subscriber(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    good = site.body
    with mailbox.open():
        watching.run("check")
        site.body = MAINTENANCE
        assert [watching.run("check").status for _ in range(3)] == [5, 5, 5]
        assert mailbox.recipients == ["operator@example.jp"]
        site.body = good
        assert watching.run("check").status == 0
    assert "desk@example.jp" not in mailbox.recipients
    assert watching.run("changes", "--json").json == {"changes": []}


def test_a_page_that_fails_is_told_to_the_operator_at_the_second_failure(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        watching.run("check")
        site.status = 404
        site.status = 403
        assert watching.run("check").status == 4
        assert mailbox.recipients == []
        assert watching.run("check").status == 4
        assert watching.run("check").status == 4
    assert mailbox.recipients == ["operator@example.jp"]


def test_an_interrupted_check_ends_quietly(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        watching.configure(configuration(f"http://127.0.0.1:{silent.getsockname()[1]}/", mailbox.port))
        process = watching.start("check")
        connection, _ = silent.accept()
        with connection:
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130
