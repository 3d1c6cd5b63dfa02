"""Notices of the service itself: against golden files, and what must not be in them."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

import notify.notices
from notify.notices import condition_notice, dead_notice, opt_in_mail
from storage.observation import Incident, Language
from tests.notify.samples import AMENDED, BOUNCED, CONFIRM, DISK, NOTICES, UNTIL, delivery

GOLDEN: Final = Path(__file__).parent / "golden"
SOURCES: Final = Path(notify.notices.__file__).parent
OUR_WORDS: Final = ("the mail server", "no trusted TLS", "this is no", "the message could", "the web-hook", "Slack ")


def golden(language: Language) -> dict[str, str]:
    """Name of a notice → its subject and text."""
    blocks = (GOLDEN / f"notices.{language}.txt").read_text("utf-8").split("\n## ")[1:]
    return {name: text.strip("\n") for name, _, text in (block.partition("\n") for block in blocks)}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_is_as_written_out(name: str, language: Language) -> None:
    made = NOTICES[name](language)
    assert f"{made.subject}\n\n{made.text}".strip("\n") == golden(language)[name]


def test_what_was_given_up_is_named_with_the_command_that_sends_it_again() -> None:
    text = dead_notice([delivery(12, AMENDED)], [], "ja").text
    assert f"情報政策課あての「{AMENDED}」を届けられませんでした(配信番号 12)" in text
    assert "ministry-monitor deliveries retry 12" in text


def test_an_address_that_refuses_mail_is_named_with_the_command_that_ends_the_pause() -> None:
    made = dead_notice([], [BOUNCED], "ja")
    assert made.subject == "【配信不能】受信を拒まれた宛先 1件"
    assert "ministry-monitor subscribers pause '田中 一郎' --off" in made.text


def said_when_sending_fails() -> Iterator[str]:
    """What our own code calls the failures, as it stands there; a name that is put in is called Slack."""
    for module in ("smtp", "chat", "mail", "delivering"):
        for node in ast.walk(ast.parse((SOURCES / f"{module}.py").read_text("utf-8"))):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "Slack" for part in parts if is_text(part)
            )
            if text.startswith(OUR_WORDS) and len(text.split()) > 3:
                yield text


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.FormattedValue) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("said", sorted(set(said_when_sending_fails())))
def test_every_failure_of_our_own_has_japanese_words(said: str) -> None:
    text = dead_notice([delivery(1, last_error=f"connection: {said}")], [], "ja").text
    assert said not in text
    assert "connection" not in text


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("451: the mail server refuses the message", "理由:メールサーバーがメールの内容を拒みました(応答コード 451)"),
        ("timeout: Microsoft Teams does not answer in time", "理由:Microsoft Teams が時間内に応答しません"),
        (
            "tls: no trusted TLS connection to the mail server",
            "理由:メールサーバーと安全に接続できません(TLS の証明書など)",
        ),
    ],
)
def test_a_reason_has_the_servers_code_and_no_word_of_our_own_codes(error: str, why: str) -> None:
    assert f"   {why}\n" in dead_notice([delivery(1, last_error=error)], [], "ja").text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_not_our_own_is_told_as_it_is(language: Language) -> None:
    assert (
        "550: 5.1.1 no {such} user"
        in dead_notice([delivery(1, last_error="550: 5.1.1 no {such} user")], [], language).text
    )


def test_each_disk_that_is_nearly_full_is_named_in_japanese() -> None:
    both = f"{DISK.message}; the disk of temporary files (/tmp) is nearly full: 3 MB free"
    text = condition_notice(replace(DISK, message=both), "opened", "ja").text
    assert "(/data)の空きは残り 120 MB です; 一時ファイルのあるディスク(/tmp)の空きは残り 3 MB です" in text


def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    text = dead_notice([delivery(number) for number in range(1, 200)], [], "ja").text
    assert "配信番号 20" in text
    assert "配信番号 21" not in text
    assert "ほか 179件" in text


def test_a_condition_that_is_over_says_how_long_it_lasted() -> None:
    made = NOTICES["disk mended"]("ja")
    assert made.subject == "【復旧】ディスクの空き容量の不足は解消しました"
    assert "続いた時間:1日2時間" in made.text


def test_a_condition_that_is_over_asks_for_nothing() -> None:
    assert "空きを作って" not in NOTICES["disk mended"]("ja").text


def test_a_condition_of_a_kind_not_known_yet_still_gives_a_notice() -> None:
    unknown = Incident(page=None, kind="clock.back", reason="", message="x", opened_at=UNTIL, closed_at=None)
    assert condition_notice(unknown, "opened", "ja").subject == "【要対応】clock.back"
    assert condition_notice(DISK, "opened", "en").subject == "[Action needed] Shortage of disk space"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_opt_in_has_its_link_whole_in_both_forms(language: Language) -> None:
    made = opt_in_mail(CONFIRM, "支援施策の変更通知", language)
    assert f"\n{CONFIRM}\n" in made.text
    assert f'href="{CONFIRM}"' in (made.html or "")


def test_nothing_from_outside_reaches_subject_or_html_as_markup() -> None:
    evil = "<script>x</script>\r\nBcc: a@example.jp"
    for made in (dead_notice([delivery(1, evil, subscriber=evil)], [], "ja"), opt_in_mail(CONFIRM, evil, "ja")):
        assert made.subject.isprintable()
        assert "<script" not in (made.html or "")
