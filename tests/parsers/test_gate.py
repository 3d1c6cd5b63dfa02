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


def test_a_page_that_is_not_of_the_named_family_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        parse(notice(SENTENCE), url=URL, parser="support")
    assert caught.value.reason == "unrecognised"


HOSTILE = {
    "nested elements": "<div>" * 100_000,
    "formatting left open": "<p><b><i><u>" * 400_000,
    "links": "<a href=x>y</a>" * 350_000,
    "attributes on one tag": "<a " + " ".join(f"b{number}=1" for number in range(500_000)) + ">x</a>",
    "attributes on many tags": ("<a " + " ".join(f"b{number}" for number in range(3000)) + ">x</a>") * 200,
    "options of one list": "<select>" + "<option>x" * 240_000,
    "tables in tables": "<table><tr><td>" * 5000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_markup_that_no_ministry_writes_is_refused_before_a_tree_is_made(markup: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(f"<html><body>{markup}</body></html>".encode(), url=URL)
    assert caught.value.reason == "too_large"


HARMLESS = {
    "an attribute of 5 MB": "<p>x</p><a href='" + "x" * 5_000_000 + "'>y</a>",
    "a line of 5 MB": "<p>" + "あ" * 1_600_000 + "</p>",
    "brackets of 5 MB": "<p>x" + "【(" * 1_000_000 + "</p>",
    "labels of 4 MB": "<p>x" + "(クリックで開く)" * 180_000 + "</p>",
    "dates of 4 MB": "<p>公募" + "令和6年1月1日から" * 180_000 + "</p>",
    "furniture in furniture": "<p>x</p>" + "<nav><div class=breadcrumb><ul id=side>y</ul></div></nav>" * 9000,
    "cells in one row": "<table><tr>" + "<td>x</td>" * 39_000 + "</tr></table>",
}


@pytest.mark.parametrize("markup", HARMLESS.values(), ids=HARMLESS.keys())
@pytest.mark.timeout(20)
def test_size_alone_neither_hangs_nor_breaks_the_reader(markup: str) -> None:
    assert parse(f"<html><body>{markup}</body></html>".encode(), url=URL).records


@pytest.mark.parametrize("markup", ["<p>x</p><script>" * 300_000, "<p>x</p>" + "<!--" * 1_000_000])
@pytest.mark.timeout(20)
def test_what_is_never_closed_hides_the_pages_end(markup: str) -> None:
    with pytest.raises(ReadingError, match="ends before its end"):
        parse(f"<html><body>{markup}</body></html>".encode(), url=URL)


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!-- x --!>", "<!--[if !IE]><!-->", "<!-- </html> -->"])
def test_a_comment_that_is_closed_hides_nothing_after_it(comment: str) -> None:
    assert parse(notice(f"{comment}{SENTENCE}"), url=URL).records
