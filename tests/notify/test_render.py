"""Messages: against golden files, and against pages that mean harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal

import pytest

from notify.errors import NotifyError
from notify.render import Style, render
from storage.changes import Change, RecordedChange
from storage.observation import FrozenMessage, PageInfo

GOLDEN: Final = Path(__file__).parent / "golden"
Changes = dict[str, list[RecordedChange]]
Rendered = Callable[..., FrozenMessage]
SOME_TIME: Final = datetime(2024, 1, 23, tzinfo=UTC)

SEVERAL: Final = (
    "plan amended and replaced",
    "document replaced",
    "programme added with a document",
    "programme text reworded",
    "plan added",
)


def together(changes: Changes, *cases: str) -> list[RecordedChange]:
    found = [change for case in cases for change in changes[case]]
    return [replace(change, id=number) for number, change in enumerate(found, start=1)]


@pytest.fixture
def rendered(changes: Changes, pages: dict[str, PageInfo]) -> Rendered:
    def render_cases(*cases: str, language: Literal["ja", "en"] = "ja", style: Style = "mail") -> FrozenMessage:
        found = together(changes, *cases)
        now = found[0].detected_at + timedelta(minutes=1)
        return render(found, pages, language=language, now=now, subscriber="情報政策課", style=style)

    return render_cases


def hostile(text: str) -> RecordedChange:
    """A change of a record in which every string is `text`."""
    record = {"kind": "document", "title": text, "path": [text], "programme": text, "note": text, "url": text}
    change = Change(
        change="document.replaced",
        also=("document.revised",),
        kind="document",
        key=text,
        title=text,
        path=(text,),
        fields=("title", "note", "url", "path"),
        before={**record, "url": "https://example.jp/a", "note": "x", "title": "x", "path": ["x"]},
        after=record,
        url=text,
    )
    values: dict[str, Any] = {name: getattr(change, name) for name in Change.__dataclass_fields__}
    return RecordedChange(**values, id=1, page="support", detected_at=SOME_TIME)


class Tags(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @property
    def links(self) -> list[str | None]:
        return [attrs.get("href") for tag, attrs in self.found if tag == "a"]


@pytest.mark.parametrize(
    ("golden", "cases", "language", "style"),
    [
        ("one.ja.txt", ("plan amended again",), "ja", "mail"),
        ("one.en.txt", ("plan amended again",), "en", "mail"),
        ("several.ja.txt", SEVERAL, "ja", "mail"),
        ("several.en.txt", SEVERAL, "en", "mail"),
        ("several.ja.md", SEVERAL, "ja", "markdown"),
        ("several.en.md", SEVERAL, "en", "markdown"),
        ("incident.ja.txt", ("page suspect",), "ja", "mail"),
        ("incident.en.txt", ("page failing",), "en", "mail"),
    ],
)
def test_the_text_is_as_written_out(
    golden: str, cases: tuple[str, ...], language: str, style: str, rendered: Rendered
) -> None:
    message = rendered(*cases, language=language, style=style)
    assert f"{message.subject}\n\n{message.text}" == (GOLDEN / golden).read_text("utf-8")


@pytest.mark.parametrize(
    ("golden", "cases", "language"),
    [
        ("several.ja.html", SEVERAL, "ja"),
        ("several.en.html", SEVERAL, "en"),
        ("incident.ja.html", ("page suspect",), "ja"),
    ],
)
def test_the_html_is_as_written_out(golden: str, cases: tuple[str, ...], language: str, rendered: Rendered) -> None:
    assert rendered(*cases, language=language).html == (GOLDEN / golden).read_text("utf-8")


def test_the_subject_says_the_one_change(rendered: Rendered) -> None:
    assert rendered("plan amended again").subject == "【変更】富士通株式会社(全国5G)開発供給計画:令和6年1月23日変更"


def test_the_subject_of_several_names_the_first_and_counts_the_others(rendered: Rendered) -> None:
    subject = rendered("plan amended again", "programme closed", "text changed").subject
    assert subject == "【変更】富士通株式会社(全国5G)開発供給計画ほか 2件 — 地域情報通信振興 支援施策"


def test_the_subject_of_several_in_one_programme_names_it(rendered: Rendered) -> None:
    subject = rendered("document replaced", "plan replaced").subject
    assert subject == "【差替え】5G導入促進税制 2件 — 地域情報通信振興 支援施策"


def test_what_an_added_programme_brings_stands_beneath_it(rendered: Rendered) -> None:
    message = rendered("programme added with a document")
    assert message.subject == "【追加】災害時通信確保支援事業 — 地域情報通信振興 支援施策"
    assert "1件の変更がありました" in message.text
    assert "これに伴う変更 1件\n   - 災害時通信確保支援事業に「公募要領」が追加されました" in message.text


def test_a_caused_change_stands_alone_where_its_cause_is_not_told(changes: Changes, pages: dict[str, PageInfo]) -> None:
    (_, caused) = changes["programme added with a document"]
    message = render([caused], pages, language="ja", now=SOME_TIME, subscriber="desk")
    assert "1. 災害時通信確保支援事業に「公募要領」が追加されました" in message.text


def test_the_html_marks_what_differs(rendered: Rendered) -> None:
    html = rendered("plan amended again").html
    assert html is not None
    assert "令和<del>5年5月29日</del>変更" in html
    assert "令和<ins>6年1月23日</ins>変更" in html


def test_the_html_is_well_formed(rendered: Rendered) -> None:
    html = rendered(*SEVERAL).html
    assert html is not None
    assert Tags(html).open == []


def test_the_html_loads_nothing_from_elsewhere(rendered: Rendered) -> None:
    html = rendered(*SEVERAL).html or ""
    tags = {tag for tag, _ in Tags(html).found}
    assert not tags & {"img", "script", "link", "iframe", "object", "form"}
    assert "url(" not in html
    assert "@import" not in html


def test_the_html_suits_light_dark_and_a_phone(rendered: Rendered) -> None:
    html = rendered("plan added").html or ""
    assert "prefers-color-scheme: dark" in html
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in Tags(html).found


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_every_form_names_source_page_and_times(style: Style, rendered: Rendered) -> None:
    text = rendered("plan amended again", style=style).text
    assert "出典:総務省ホームページ(https://www.soumu.go.jp/" in text
    assert "2024年1月23日 9:00(日本時間)" in text
    assert "2024年1月23日 10:05(日本時間)" in text


def test_a_page_of_no_known_ministry_is_its_own_source(changes: Changes) -> None:
    pages = {"support": PageInfo(id="support", name="県の補助金", url="https://www.pref.example.jp/hojo")}
    message = render(changes["plan added"], pages, language="ja", now=SOME_TIME, subscriber="desk")
    assert "出典:「県の補助金」(https://www.pref.example.jp/hojo)を加工して作成" in message.text


def test_a_page_no_longer_configured_still_gives_a_message(changes: Changes) -> None:
    message = render(changes["plan added"], {}, language="ja", now=SOME_TIME, subscriber="desk")
    assert "「support」に1件の変更がありました" in message.text


def test_an_incident_says_what_to_do(rendered: Rendered) -> None:
    assert "ministry-monitor accept support" in rendered("page suspect").text


def test_the_end_of_an_incident_asks_for_nothing(rendered: Rendered) -> None:
    assert "ministry-monitor accept" not in rendered("page recovered").text


def test_chat_gets_no_html(rendered: Rendered) -> None:
    assert rendered("plan added", style="markdown").html is None


def test_many_lines_are_cut_and_counted(changes: Changes, pages: dict[str, PageInfo]) -> None:
    (change,) = changes["text rewritten"]
    lines = [f"{number}行目の文です" for number in range(40)]
    many = replace(
        change, before={**(change.before or {}), "lines": []}, after={**(change.after or {}), "lines": lines}
    )
    text = render([many], pages, language="ja", now=SOME_TIME, subscriber="desk").text
    assert text.count("行目の文です") == 13  # once in the sentence
    assert "ほか 28行" in text


@pytest.mark.parametrize("text", ["A\r\nBcc: evil@example.jp", "A\nB", "A\x00B\x1b[31m", "A\u2028B\u2029C", "A\u202eB"])
def test_no_line_break_or_control_character_reaches_the_subject(text: str, pages: dict[str, PageInfo]) -> None:
    message = render([hostile(text)], pages, language="ja", now=SOME_TIME, subscriber="desk")
    assert message.subject.isprintable()


def test_no_markup_of_a_page_reaches_the_html(pages: dict[str, PageInfo]) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    message = render([hostile(evil)], pages, language="ja", now=SOME_TIME, subscriber=evil)
    tags = Tags(message.html or "")
    assert not {tag for tag, _ in tags.found} & {"script", "img"}
    assert tags.open == []


def test_no_markup_of_a_name_in_the_settings_reaches_the_html(changes: Changes) -> None:
    pages = {"support": PageInfo(id="support", name="<b>x</b>", url="https://example.jp/?a=<i>&b=\"'")}
    message = render(changes["plan added"], pages, language="ja", now=SOME_TIME, subscriber="<u>")
    assert not {tag for tag, _ in Tags(message.html or "").found} & {"b", "i", "u"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "http://a\nb", "/relative"])
def test_only_web_addresses_become_links(url: str, pages: dict[str, PageInfo]) -> None:
    message = render([hostile(url)], pages, language="ja", now=SOME_TIME, subscriber="desk")
    assert [link for link in Tags(message.html or "").links if link and not link.startswith("https://")] == []


def test_no_markup_of_a_page_reaches_the_markdown(pages: dict[str, PageInfo]) -> None:
    evil = "[click](https://evil.example.jp) **bold** <!channel> `code` ~~x~~"
    text = render([hostile(evil)], pages, language="ja", now=SOME_TIME, subscriber="desk", style="markdown").text
    assert r"\[click\](https://evil.example.jp) \*\*bold\*\* \<!channel> \`code\` \~\~x\~\~" in text
    assert "[click]" not in text.replace("\\[", "").replace("\\]", "")


def test_a_very_long_title_gives_a_subject_that_a_mail_list_can_show(pages: dict[str, PageInfo]) -> None:
    message = render([hostile("長" * 500)], pages, language="ja", now=SOME_TIME, subscriber="desk")
    assert len(message.subject) == 150


def test_nothing_to_tell_is_an_error(pages: dict[str, PageInfo]) -> None:
    with pytest.raises(NotifyError, match="no change"):
        render([], pages, language="ja", now=SOME_TIME, subscriber="desk")


def test_a_correction_is_introduced_as_one(rendered: Rendered) -> None:
    made = rendered("correction of what never was")
    assert made.subject == "【訂正】富士通株式会社(全国5G)開発供給計画についてのお知らせ"
    assert made.text.startswith("「地域情報通信振興 支援施策」について先にお知らせした内容に1件の訂正があります。")
