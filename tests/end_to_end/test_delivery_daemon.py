"""The daemon's messages, by the installed program: a channel that hangs holds up neither the others nor its end."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import Desk, MailBox, Site, amended
from tests.end_to_end.test_run import configured, running, settled


@pytest.fixture
def hanging() -> Iterator[str]:
    """A web-hook that takes what it is told and never answers."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"json://127.0.0.1:{server.getsockname()[1]}/hook"
        server.shutdown(socket.SHUT_RDWR)
    for connection in held:
        connection.close()


def test_a_hook_that_hangs_delays_neither_mail_that_comes_later_nor_the_end(
    desk: Desk, site: Site, mailbox: MailBox, hanging: str
) -> None:
    configured(desk, site, mailbox)
    path = desk.folder / "config.toml"
    path.write_text(path.read_text("utf-8").replace('"desk@example.jp"', f'"desk@example.jp", "{hanging}"'), "utf-8")
    with mailbox.open(), running(desk.folder) as daemon:
        assert daemon.says("page ict: baseline")
        for number in (3, 4):
            site.body = amended(f"令和7年2月{number}日変更")
            assert settled(lambda count=number - 2: len(mailbox.recipients) == count)
        status, seconds = daemon.end()
    assert (status, seconds < 9) == (0, True)
    waiting = [item for item in desk.run("deliveries", "list", "--json").json["deliveries"] if item["status"] != "sent"]
    assert len(waiting) == 2


def test_what_the_last_check_found_goes_out_before_the_end(desk: Desk, site: Site, mailbox: MailBox) -> None:
    configured(desk, site, mailbox)
    with mailbox.open(), running(desk.folder) as daemon:
        assert daemon.says("page ict: baseline")
        site.body = amended("令和7年2月3日変更")
        assert daemon.says("page ict: changed")
        daemon.end()
        assert len(mailbox.recipients) == 1


def test_a_mailbox_that_does_not_exist_is_told_to_the_operator_and_is_asked_no_more(
    desk: Desk, site: Site, mailbox: MailBox
) -> None:
    configured(desk, site, mailbox)
    mailbox.refused.add("desk@example.jp")
    with mailbox.open(), running(desk.folder) as daemon:
        assert daemon.says("page ict: baseline")
        site.body = amended("令和7年2月3日変更")
        assert settled(lambda: mailbox.recipients == ["operator@example.jp"])
        site.body = amended("令和7年2月4日変更")
        assert daemon.says("page ict: changed", times=2)
        assert daemon.says("page ict: unchanged", times=daemon.log.count("page ict: unchanged") + 2)
    (subscriber,) = desk.run("subscribers", "list", "--json").json["subscribers"]
    assert "bounced" in str(subscriber["states"])
    assert (daemon.log.count("not delivered: "), len(mailbox.recipients)) == (1, 1)
