"""What is no page is refused, and for the right reason."""

import pytest

from parsers import MonitorError, ReadingError, parse

URL = "https://www.soumu.go.jp/support/index.html"
SENTENCE = "地域のデジタル化を支援する事業です。"


def notice(words: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>お知らせ</title></head><body><p>{words}</p></body></html>".encode()


REFUSED = [
    ("empty", b""),
    ("empty", b" \r\n\t "),
    ("empty", b"<html><body></body></html>"),
    ("wrong_type", b"%PDF-1.7\n..."),
    ("wrong_type", b"PK\x03\x04" + bytes(40)),
    ("wrong_type", b"\x89PNG\r\n\x1a\n" + bytes(40)),
    ("wrong_type", b"\xff\xd8\xff\xe0" + bytes(40)),
    ("wrong_type", "ただの文章です。".encode()),
    ("wrong_type", b'{"error": "not found"}'),
    ("undecodable", b"<html><body><p>" + bytes(range(128, 256)) * 8 + b"</p></body></html>"),
    ("too_large", b"<html>" + b"x" * (21 * 1024 * 1024)),
    ("cut_off", f"<html><body><p>{SENTENCE}".encode()),
    ("maintenance", notice("ただいまメンテナンス中です。しばらく経ってから再度アクセスしてください。")),
    ("maintenance", notice("現在、アクセスが集中しているため、ご利用いただけません。")),
    ("waf", notice("Access Denied. Your request was blocked. Reference #18.2f")),
    ("waf", notice("不正なアクセスと判断されたため、遮断しました。")),
    ("captcha", notice("「私はロボットではありません」にチェックしてください。")),
    ("login", notice('ログインしてください。<form><input type="password"></form>')),
    ("javascript_only", b'<html><body><div id="app"></div><script src="/app.js"></script></body></html>'),
    ("unrecognised", notice(SENTENCE)),
]


@pytest.mark.parametrize(("reason", "body"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_body_that_is_no_page_is_refused_for_its_reason(reason: str, body: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(body, url=URL)
    assert caught.value.reason == reason


def test_the_servers_own_word_for_another_type_is_believed() -> None:
    with pytest.raises(ReadingError) as caught:
        parse(b"<html><body>x</body></html>", url=URL, content_type="application/pdf")
    assert caught.value.reason == "wrong_type"


def test_a_selector_that_finds_nothing_is_told_apart_from_an_empty_page() -> None:
    with pytest.raises(ReadingError, match="the selector '#gone' finds nothing"):
        parse(notice(SENTENCE), url=URL, select="#gone")


@pytest.mark.parametrize("selector", ["div[", "###", "p:foo("])
def test_a_selector_that_is_none_is_refused_by_name(selector: str) -> None:
    with pytest.raises(MonitorError, match="is no CSS selector"):
        parse(notice(SENTENCE), url=URL, ignore=[selector])


def test_an_unknown_parser_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MonitorError, match=r"unknown parser 'suport'.*support"):
        parse(notice(SENTENCE), url=URL, parser="suport")
