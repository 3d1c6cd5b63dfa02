"""The demo needs no network and leaves nothing behind; what it shows is what the real parts say."""

import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from monitor.cli.app import run as command
from monitor.demo.run import run
from monitor.demo.servers import serving

SENTENCES = (
    "施策「地域デジタル基盤活用推進事業」の受付が終了し、説明文に「※今年度の受付は終了しました」が加わりました",
    "5G導入促進税制の5G税制利用ガイドが令和5年4月版から令和6年4月版になりました",
    "5G導入促進税制の認定申請書(導入計画)が新しいファイルに差し替えられました(000598217.docx → 000612381.docx)",
    "富士通株式会社(全国5G・開発供給計画)の変更日が令和5年5月29日から令和6年1月23日になりました",
    "5G導入促進税制の導入計画(ローカル5G)にヴルーヴ株式会社の計画が追加されました(令和6年10月22日変更)",
)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_first_check_is_the_baseline_and_the_second_finds_the_changes() -> None:
    checks = run().checks
    assert [(check.outcome, len(check.changes)) for check in checks] == [("baseline", 0), ("changed", 5)]


def test_the_mail_is_the_one_the_server_took_and_says_every_change() -> None:
    mail = run().mail
    assert mail["To"] == "desk@example.jp"
    assert [sentence for sentence in SENTENCES if sentence not in text_of(mail)] == []


def test_the_mail_of_the_demo_has_an_html_side_too() -> None:
    assert run().mail.get_body(("html",)) is not None


def test_the_demo_shows_changes_and_mail_and_says_what_next(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert command(["demo"]) == 0
    out = capsys.readouterr().out
    # Each sentence stands in the table and in the mail.
    assert [sentence for sentence in SENTENCES if out.count(sentence) != 2] == []
    assert "ministry-monitor init" in out


def test_the_demo_as_a_process_is_quick_and_leaves_nothing_behind(tmp_path: Path) -> None:
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "monitor", "demo"],
        cwd=tmp_path,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert time.monotonic() - started < 10
    assert list(tmp_path.iterdir()) == []


def test_the_demos_mail_server_undoes_dot_stuffing() -> None:
    with serving() as (_, server), smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("a@example.jp", ["b@example.jp"], "Subject: dots\r\n\r\n.\r\n..\r\nend\r\n")
    assert server.received[0].get_content().splitlines() == [".", "..", "end"]
