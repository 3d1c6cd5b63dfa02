"""Messages: against golden files, and against pages that mean harm."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notify.errors import NotifyError
from notify.render import Style, render, spans
from notify.sections import LICENCE_URL
from storage.changes import Change, RecordedChange
from storage.observation import FrozenMessage, Language, PageInfo
from tests.notify.page_edits import URL
from tests.notify.samples import MANY, SEVERAL, batch, digest, many, message, programme_removed, tally, together

HOST: Final = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top"
GOLDEN: Final = Path(__file__).parent / "golden"
Changes = dict[str, list[RecordedChange]]
Rendered = Callable[..., FrozenMessage]
SOME_TIME: Final = datetime(2024, 1, 23, tzinfo=UTC)


@pytest.fixture
def rendered(pages: dict[str, PageInfo]) -> Rendered:
    def render_cases(*cases: str, language: Literal["ja", "en"] = "ja", style: Style = "mail") -> FrozenMessage:
        found = together(*cases)
        now = found[0].detected_at + timedelta(minutes=1)
        return render(found, pages, language=language, now=now, subscriber="情報政策課", style=style)

    return render_cases


def hostile(text: str, *, url: str | None = None) -> RecordedChange:
    """A change of a record in which every string is `text`, its address too if none is given."""
    url = url or text
    record = {"kind": "document", "title": text, "path": [text], "programme": text, "note": text, "url": url}
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
        url=url,
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
        ("one.ja.md", ("plan amended again",), "ja", "markdown"),
        ("one.en.md", ("plan amended again",), "en", "markdown"),
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


def test_the_subject_of_several_names_one_and_counts_the_others(rendered: Rendered) -> None:
    subject = rendered("plan amended again", "programme closed", "text changed").subject
    assert subject == "【変更】富士通株式会社(全国5G)開発供給計画ほか 2件 — 地域情報通信振興 支援施策"


@pytest.mark.parametrize(
    ("cases", "named"),
    [
        (("plan amended again", "category removed with its programme"), "地方財政措置の削除"),
        (("programme added with a document", "category added"), "国際展開の支援"),
        (("plan amended again", "programme added with a document"), "災害時通信確保支援事業の追加"),
        (("programme closed", "plan amended again"), "富士通株式会社(全国5G)開発供給計画"),
        (("document revised", "programme closed"), "テレワーク普及展開推進事業"),
        (("text changed", "document revised"), "5G導入促進税制の5G税制利用ガイドの更新"),
        (("page restored", "text changed"), "概要"),
        (("document revised", "document of a quoted programme replaced"), "5G導入促進税制の5G税制利用ガイドの更新"),
    ],
)
def test_that_is_the_one_that_weighs_most_or_else_the_first(cases: tuple[str, ...], named: str) -> None:
    assert f"】{named}ほか 1件" in message(*together(*cases)).subject


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


@pytest.mark.parametrize(
    ("style", "source"),
    [
        ("mail", f"出典:総務省ホームページ({URL})、公共データ利用規約(第1.0版)({LICENCE_URL})を加工して作成"),
        ("text", f"出典:総務省ホームページ({URL})、公共データ利用規約(第1.0版)({LICENCE_URL})を加工して作成"),
        ("markdown", f"出典:[総務省ホームページ]({URL})、[公共データ利用規約(第1.0版)]({LICENCE_URL})を加工して作成"),
    ],
)
def test_every_form_names_source_terms_and_times(style: Style, source: str, rendered: Rendered) -> None:
    text = rendered("plan amended again", style=style).text
    assert source in text
    assert "2024年1月23日 9:00(日本時間)" in text
    assert "2024年1月23日 10:05(日本時間)" in text


def test_the_html_links_source_and_terms(rendered: Rendered) -> None:
    links = Tags(rendered("plan amended again").html or "").links
    assert {URL, LICENCE_URL} <= set(links)


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_every_form_opens_the_page_at_its_place(style: Style, rendered: Rendered) -> None:
    assert f"{URL}#:~:text=%E5%AF%8C%E5%A3%AB%E9%80%9A" in rendered("plan amended again", style=style).text


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_of_two_plans_of_a_company_every_form_opens_the_one_that_changed(style: Style, rendered: Rendered) -> None:
    note = quote("【令和6年1月23日変更】")
    assert f",-{note}&text=" in rendered("plan amended again", style=style).text


@pytest.mark.parametrize("style", ["markdown", "text"])
def test_where_there_is_little_room_before_and_after_stand_rather_than_long_links(style: Style) -> None:
    whole = message(*together("plan amended again"), style=style)
    less = message(*together("plan amended again"), style=style, limit=len(whole.text) - 1).text.replace("\u200b", "")
    assert "注記:令和" in less
    assert "#:~:" not in less


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_every_form_names_the_changes_by_number(style: Style, rendered: Rendered) -> None:
    assert "変更番号:1–6" in rendered(*SEVERAL, style=style).text


def test_numbers_that_follow_each_other_are_written_as_a_span() -> None:
    assert spans([9, 3, 4, 5, 1, 9]) == "1, 3–5, 9"


def test_markdown_marks_what_differs(rendered: Rendered) -> None:
    text = rendered("plan amended again", style="markdown").text.replace("\u200b", "")
    assert "令和**5年5月29日**変更 → 令和**6年1月23日**変更" in text


@pytest.mark.parametrize("style", ["mail", "text"])
def test_plain_text_marks_what_differs_in_long_lines_and_says_how(style: Style, rendered: Rendered) -> None:
    text = rendered("programme text reworded", style=style).text
    assert "変更前:ICTを利用し、時間《や》場所を" in text
    assert "変更後:ICTを利用し、時間《と》場所を" in text
    assert text.count("《 》で囲んだ部分が、変更前と変更後で異なります。") == 1


def test_the_legend_is_in_the_readers_language(rendered: Rendered) -> None:
    text = rendered("programme text reworded", language="en").text
    assert "\nWhat stands within 《 》 differs before and after.\n" in text


@pytest.mark.parametrize("case", ["plan amended again", "document replaced", "programme added with a document"])
def test_short_lines_have_no_marks_and_no_legend(case: str, rendered: Rendered) -> None:
    assert "《" not in rendered(case).text


def test_a_line_that_is_wholly_another_has_no_marks(changes: Changes, pages: dict[str, PageInfo]) -> None:
    (change,) = changes["text rewritten"]
    sides = ({**(data or {}), "lines": [sign * 80]} for data, sign in ((change.before, "あ"), (change.after, "い")))
    told = replace(change, **dict(zip(("before", "after"), sides, strict=True)))
    text = render([told], pages, language="ja", now=SOME_TIME, subscriber="desk").text
    assert f"変更前:{'あ' * 80}\n" in text
    assert "《" not in text


def test_signs_that_the_page_has_itself_mark_nothing(changes: Changes, pages: dict[str, PageInfo]) -> None:
    (change,) = changes["programme text reworded"]
    sides = ({**(data or {}), "text": f"《重要》{(data or {})['text']}"} for data in (change.before, change.after))
    told = replace(change, **dict(zip(("before", "after"), sides, strict=True)))
    text = render([told], pages, language="ja", now=SOME_TIME, subscriber="desk").text
    assert "《重要》ICTを利用し、時間〖と〗場所を" in text
    assert "〖 〗で囲んだ部分が" in text


def test_without_room_for_the_lines_there_is_no_legend() -> None:
    text = message(*batch(), *together("programme text reworded"), style="text", limit=2500).text
    assert "《" not in text


def test_of_two_addresses_markdown_shows_where_they_part(rendered: Rendered) -> None:
    text = rendered("document replaced", "document replaced from elsewhere", style="markdown").text.replace(
        "\u200b", ""
    )
    assert "リンク先:…/**000123456**.docx → …/**000970000**.docx" in text
    assert "リンク先:www.**soumu**.go.jp/**main_content**/000612381.docx → www.**meti**.go.jp/" in text


def test_a_removed_programme_is_one_change_with_what_it_caused(pages: dict[str, PageInfo]) -> None:
    made = message(*programme_removed())
    assert made.subject == "【削除】5G導入促進税制 — 地域情報通信振興 支援施策"
    assert "に1件の変更がありました" in made.text
    assert "これに伴う変更 48件" in made.text


def test_with_room_enough_nothing_is_left_out() -> None:
    whole = message(*batch(), style="markdown")
    assert message(*batch(), style="markdown", limit=len(whole.text)) == whole


@pytest.mark.parametrize("style", ["markdown", "text"])
@pytest.mark.parametrize("limit", [20_000, 3800, 1650, 796, 400, 160, 20, 0])
def test_no_message_is_longer_than_its_limit(style: Style, limit: int) -> None:
    assert len(message(*batch(), style=style, limit=limit).text) <= limit


def test_details_give_way_before_changes_do() -> None:
    text = message(*batch(), style="markdown", limit=1650).text
    assert text.count("\n- ") == 12 + 4
    assert "掲載場所" not in text


def test_what_has_no_room_is_counted_and_linked() -> None:
    text = message(*batch(), style="markdown", limit=796).text
    shown = text.count("\n- ") - 1 - 4
    assert 0 < shown < 12
    assert f"…ほか {12 - shown}件 [ページを開く]({URL})" in text


def test_a_cut_message_is_as_written_out() -> None:
    made = message(*batch(), style="markdown", limit=1100)
    assert f"{made.subject}\n\n{made.text}" == (GOLDEN / "batch.ja.cut.md").read_text("utf-8")


@pytest.mark.parametrize("limit", range(0, 3000, 37))
def test_a_link_is_never_cut_in_two(limit: int) -> None:
    text = message(*batch(), style="markdown", limit=limit).text
    assert all(address.endswith("/index.html") or "#:~:" in address for address in re.findall(rf"{HOST}[^\s)]*", text))


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


@pytest.mark.parametrize(("language", "label"), [("ja", "技術的な詳細:"), ("en", "Technical detail: ")])
def test_what_the_program_met_is_told_to_the_operator_on_a_line_of_its_own(
    language: Language, label: str, changes: Changes
) -> None:
    made = message(*changes["page failing"], language=language)
    assert f"\n   {label}no answer in 30 s\n" in made.text
    assert label in (made.html or "")


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_subscribers_are_told_why_a_page_is_gone_in_their_own_words_alone(style: Style, changes: Changes) -> None:
    made = message(*changes["page gone"], style=style)
    assert made.subject == "【消失】地域情報通信振興 支援施策:ページが見つからない(HTTP 404)"
    assert "Not Found" not in f"{made.text}{made.html}"


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
def test_where_a_moved_record_stands_is_said_once(style: Style, changes: Changes) -> None:
    text = message(*changes["document moved"], style=style).text
    assert text.count("掲載場所:") == 1
    assert " → " in text.partition("掲載場所:")[2].partition("\n")[0]


@pytest.mark.parametrize("write", [lambda found: message(*found), lambda found: digest(found, [tally()])])
def test_a_mail_of_many_changes_is_no_longer_than_mail_programs_show(
    write: Callable[[list[RecordedChange]], FrozenMessage],
) -> None:
    assert 80_000 < len((write(many()).html or "").encode()) <= 90_000


def test_it_tells_the_first_in_full_and_each_of_the_others_in_a_line_with_its_link() -> None:
    html = message(*many()).html or ""
    full, lines = html.count('<div class="card'), re.findall(r'<div class="line \w+"><span class="tag">.+', html)
    assert (full > 0, full + len(lines)) == (True, MANY * 5 // 6)
    assert '<span class="tag">差替え</span> <a href="https://www.soumu.go.jp/main_content/000970000.docx">' in html
    assert html.count("災害時通信確保支援事業に「公募要領」が追加されました") == MANY // 6


def test_so_does_its_plain_text() -> None:
    text = message(*many()).text
    last = text.rpartition(f"\n{MANY * 5 // 6}. ")[2].partition("\n\n")[0]
    assert last.splitlines()[1:] == ["   https://www.soumu.go.jp/main_content/000970100.pdf"]
    assert text.count("災害時通信確保支援事業に「公募要領」が追加されました") == MANY // 6


def test_a_mail_of_fewer_changes_tells_all_in_full() -> None:
    assert 'class="line' not in (message(*many()[:60]).html or "")


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


SIGNS: Final = (
    *("[x](https://evil.example)", "![x](https://evil.example/i.png)", "<https://evil.example>", "](", "[", "`", "``"),
    *("*", "**", "_", "__", "~~", "||", "\\", "# ", "> ", "- ", "+ ", "1. ", "---", "===", "|", "<b>", "</b>"),
    *("@everyone", "@here", "<!channel>", "<@U123>", "<@&123>", "<at>a@b</at>", "a", "申請", "5", " "),
)
hostile_words = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)


@given(hostile_words)
def test_of_what_a_page_says_nothing_becomes_markup(words: str) -> None:
    changed = hostile(words, url="https://www.soumu.go.jp/new.pdf")
    pages = {"support": PageInfo(id="support", name=words, url=URL)}
    text = render([changed], pages, language="ja", now=SOME_TIME, subscriber="desk", style="markdown").text
    tokens = [token for block in MarkdownIt("commonmark").parse(text) for token in (block, *(block.children or []))]
    allowed = {"bullet_list", "list_item", "paragraph", "strong", "link"}
    assert {token.type.removesuffix("_open") for token in tokens if token.type.endswith("_open")} <= allowed
    assert {token.type for token in tokens if not token.nesting} <= {"inline", "text", "text_special", "softbreak"}
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert all(link.startswith(("https://www.soumu.go.jp/", LICENCE_URL)) for link in links)


@given(hostile_words)
def test_of_what_a_page_says_nothing_rings_anybody(words: str) -> None:
    pages = {"support": PageInfo(id="support", name=words, url=URL)}
    made = render([hostile(words)], pages, language="ja", now=SOME_TIME, subscriber="desk", style="markdown")
    for text in (made.subject, made.text):
        assert not re.search(r"@(everyone|here|[!&]?\d)|<at>([^<]+)</at>", text)


@given(hostile_words)
def test_the_title_of_a_chat_message_is_no_markup(words: str) -> None:
    pages = {"support": PageInfo(id="support", name=words, url=URL)}
    title = render([hostile(words)], pages, language="ja", now=SOME_TIME, subscriber="desk", style="markdown").subject
    (inline,) = (block for block in MarkdownIt("commonmark").parse(title) if block.type == "inline")
    assert {token.type for token in inline.children or []} <= {"text"}
    assert not set("<>*`~") & set(title)


@pytest.mark.parametrize("title", ["*様式", "* 様式", "**様式**"])
def test_a_star_before_a_title_is_shown(title: str, changes: Changes, pages: dict[str, PageInfo]) -> None:
    (change,) = changes["document renamed"]
    told = replace(change, after={**(change.after or {}), "title": title})
    text = render([told], pages, language="ja", now=SOME_TIME, subscriber="desk", style="markdown").text
    blocks = (block.children or [] for block in MarkdownIt("commonmark").parse(text))
    shown = "".join(token.content for children in blocks for token in children).replace("\u200b", "")
    assert f"名称が「{title}」に変わりました" in shown
    assert f" → {title}" in shown


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
