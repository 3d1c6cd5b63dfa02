"""One message to one destination that is no mailbox, to a real HTTP server on loopback."""

from datetime import UTC, datetime

from pytest_httpserver import HTTPServer

from notify.mail import MailServer
from notify.sending import send
from notify.subscribers import Destination
from storage.observation import FrozenMessage

SCATTERED = tuple(range(1_000_000, 1_010_000, 2))


def test_however_many_changes_a_web_hook_is_told_its_header_names_them(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("")
    url = f"json://127.0.0.1:{httpserver.port}/hook"
    send(
        Destination.of("desk", url, url),
        FrozenMessage(subject="まとめ", text="変更5000件", html=None),
        message_id="<delivery-7@example.jp>",
        change_ids=SCATTERED,
        mail=MailServer(sender="monitor@example.jp"),
        now=datetime(2024, 1, 23, 1, 5, tzinfo=UTC),
    )
    ((request, _),) = httpserver.log
    assert request.headers["X-Change-Id"] == ", ".join(map(str, SCATTERED[:98])) + ", and 4902 more"
