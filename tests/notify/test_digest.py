"""Digests: against golden files, and what they say of pages that were not seen."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from notify.render import Style
from storage.observation import CheckTally, Language, PageInfo
from tests.notify.samples import BLIPS, DOWN, HEAD, LOST, NEVER_SEEN, SEVERAL, TOLD, UNTIL, digest, tally, together

GOLDEN: Final = Path(__file__).parent / "golden"
SEEN: Final = [tally(), BLIPS]
ALL: Final = [*SEEN, TOLD, LOST, DOWN, NEVER_SEEN]
LATE: Final = UNTIL + timedelta(hours=2)


@pytest.mark.parametrize(("style", "ending"), [("mail", "txt"), ("markdown", "md")])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_digest_is_as_written_out(style: Style, ending: str, language: Language) -> None:
    made = digest(together(*SEVERAL), ALL, language, style, now=LATE)
    assert f"{made.subject}\n\n{made.text}" == (GOLDEN / f"digest.{language}.{ending}").read_text("utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_its_html_is_as_written_out(language: Language) -> None:
    made = digest(together(*SEVERAL), ALL, language, now=LATE)
    assert made.html == (GOLDEN / f"digest.{language}.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_digest_without_changes_is_as_written_out(language: Language) -> None:
    made = digest([], SEEN, language)
    assert f"{made.subject}\n\n{made.text}" == (GOLDEN / f"quiet.{language}.txt").read_text("utf-8")


def test_nothing_changed_is_said_only_of_what_was_seen() -> None:
    made = digest([], [tally(), BLIPS, LOST])
    assert made.subject == "【まとめ】確認できた2ページに変更なし・未確認 1ページ:1月22日9時から1月29日9時まで"
    assert "確認できた範囲では、登録の条件に当たる変更はありませんでした" in made.text


def test_a_page_whose_changes_were_told_otherwise_is_not_called_unchanged() -> None:
    text = digest([], [TOLD]).text
    word = "このまとめに載せる変更なし(ほかに、このまとめに載せないものが3件)"
    assert f"データセンターの公募:{word} / 45回確認" in text


@pytest.mark.parametrize(("days", "verified"), [(0, True), (1, True), (3, True), (4, False), (6, False)])
def test_what_nobody_looked_at_for_a_whole_business_day_is_not_verified_at_the_end(days: int, verified: bool) -> None:
    # The window ends on a Monday; three days before is Friday.
    seen = UNTIL - timedelta(days=days)
    made = digest([], [tally(last_good=seen, last_check=seen)])
    assert ("未確認" in made.subject) is not verified
    assert ("より後は確認していません" in made.text) is not verified


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            "2024年1月23日 9:00(日本時間)から2024年1月25日 9:00(日本時間)までは確認していません(その後は",
        ),
        (
            "en",
            "Not checked from 23 January 2024, 09:00 (Japan time) to 25 January 2024, 09:00 (Japan time) (ver",
        ),
    ],
)
def test_a_business_day_within_the_window_on_which_nobody_looked_is_named(language: Language, said: str) -> None:
    gap = (UNTIL - timedelta(days=6), UNTIL - timedelta(days=4))
    assert said in digest([], [tally(gaps=(gap,))], language).text


def test_a_weekend_without_a_check_is_no_gap() -> None:
    gap = (UNTIL - timedelta(days=3), UNTIL)
    assert digest([], [tally(gaps=(gap,))]).text == digest([], [tally()]).text


def test_nor_is_one_that_was_lost_after_they_were_told() -> None:
    text = digest([], [replace(LOST, changes=2)]).text
    assert "最後の確認までこのまとめに載せる変更なし(ほかに、このまとめに載せないものが2件)" in text


@pytest.mark.parametrize(
    ("language", "subject", "outcome"),
    [
        ("ja", "【まとめ】載せる変更なし:", "\nこのまとめに載せる変更はありませんでした。"),
        ("en", "[Digest] No change to list:", "\nThere is no change to list here."),
    ],
)
def test_a_digest_with_nothing_to_list_does_not_say_that_nothing_happened(
    language: Language, subject: str, outcome: str
) -> None:
    made = digest([], [tally(), TOLD], language)
    assert made.subject.startswith(subject)
    assert outcome in made.text


def test_more_changes_of_a_page_than_are_listed_are_counted() -> None:
    text = digest(together("plan amended again"), [tally(changes=3)]).text
    assert "このまとめに載せる変更が1件ありました" in text
    assert ":変更 1件(ほかに、このまとめに載せないものが2件)" in text


def test_that_a_page_could_not_be_seen_is_told_and_is_no_change_of_it() -> None:
    (unverified,) = together("page unverified")
    text = digest([unverified], [tally()]).text
    assert "変更はありませんでした" in text
    assert "件の変更がありました" not in text


def test_changes_that_are_all_listed_are_not_counted_again() -> None:
    found = together("programme added with a document")
    assert "ほかに" not in digest(found, [tally(changes=len(found))]).text


def test_what_a_digest_tells_in_the_place_of_a_misread_change_does_not_hide_another() -> None:
    found = [replace(change, origin="parser") for change in together("plan amended again")]
    assert ":変更 1件(ほかに、このまとめに載せないものが1件)" in digest(found, [tally(changes=1)]).text


def test_where_no_page_was_seen_nothing_is_said_of_changes() -> None:
    text = digest([], [DOWN, NEVER_SEEN]).text
    assert "変更の有無は分かりません" in text
    assert "変更はありませんでした" not in text


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ja", "【まとめ】未確認 2ページ(変更の有無は不明):1月22日9時から1月29日9時まで"),
        ("en", "[Digest] 2 pages unverified (changes unknown): 22 January, 09:00 to 29 January, 09:00"),
    ],
)
def test_nor_does_the_subject_say_anything_of_changes_then(language: Language, subject: str) -> None:
    assert digest([], [DOWN, LOST], language).subject == subject


def test_the_subject_in_english_names_how_many_pages_its_word_is_of() -> None:
    subject = digest([], [tally(), LOST, DOWN], "en").subject
    assert subject.startswith("[Digest] No change on 1 verified page, 2 unverified: ")


def test_with_nothing_to_watch_the_subject_calls_nothing_unchanged() -> None:
    assert digest([], []).subject.startswith("【まとめ】対象のページなし:")


BEGUN: Final = tally("新しいページ", began=UNTIL - timedelta(days=3), good=12)


@pytest.mark.parametrize("style", ["mail", "markdown"])
@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ja", "変更なし / 2024年1月26日 9:00(日本時間)から確認を開始 / 12回確認"),
        ("en", "No change / Watched since 26 January 2024, 09:00 (Japan time) / Checked 12 times"),
    ],
)
def test_a_page_says_since_when_it_is_watched_if_not_all_the_time(style: Style, language: Language, line: str) -> None:
    made = digest([], [tally(), BEGUN], language, style)
    assert line in made.text
    assert made.html is None or line.split(" / ")[1] in made.html


@pytest.mark.parametrize(
    ("tallies", "language", "words"),
    [
        ([tally(), BEGUN], "ja", "2ページのうち1ページの確認は期間の途中から始めました。"),
        ([BEGUN], "ja", "対象の1ページはすべて確認しました。確認は期間の途中から始めました。"),
        ([tally(), BEGUN], "en", "Watching 1 of 2 pages began within this time;"),
        ([BEGUN], "en", "The page was checked. Watching began within this time;"),
    ],
)
def test_so_does_the_head_of_the_digest(tallies: list[CheckTally], language: Language, words: str) -> None:
    assert words in digest([], tallies, language).text


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ja", "【まとめ】確認した範囲に変更なし:"), ("en", "[Digest] No change as far as checked:")],
)
def test_the_subject_vouches_for_no_time_in_which_nobody_watched(language: Language, subject: str) -> None:
    assert digest([], [tally(), BEGUN], language).subject.startswith(subject)


def test_a_page_watched_all_the_time_says_nothing_of_a_beginning() -> None:
    assert "途中から" not in digest([], SEEN).text


def test_a_page_lost_on_the_way_is_unchanged_only_until_then() -> None:
    text = digest([], [LOST]).text
    assert "最後の確認まで変更なし" in text
    assert "2024年1月27日 9:00(日本時間)より後は確認できていません(取得の失敗 12回、内容の異常による保留 3回)" in text


def test_a_page_that_was_not_checked_at_all_is_named() -> None:
    assert "未取得のページ:確認できず\n  確認が行われていません" in digest([], [NEVER_SEEN]).text


def test_trouble_stands_before_what_is_well() -> None:
    text = digest([], [tally(), DOWN]).text
    assert text.index("止まったページ") < text.index("地域情報通信振興")


def test_a_page_says_how_many_changes_of_it_are_told_and_not_those_they_caused() -> None:
    text = digest(together("programme added with a document"), [tally()]).text
    assert "地域情報通信振興 支援施策:変更 1件" in text


def test_the_whole_hash_stands_in_every_form() -> None:
    for style in ("mail", "markdown", "text"):
        assert HEAD in digest([], SEEN, style=style).text


def test_a_digest_in_time_does_not_say_that_it_is_late() -> None:
    assert "遅れて" not in digest([], SEEN, now=UNTIL + timedelta(minutes=30)).text


def test_a_late_one_does() -> None:
    assert "遅れて" in digest([], SEEN, now=UNTIL + timedelta(minutes=31)).text


def test_a_digest_of_nothing_to_watch_says_so() -> None:
    assert "登録の条件に当たるページはありません" in digest([], []).text


def test_changes_of_one_page_found_on_different_days_stand_together() -> None:
    first, second = together("plan amended again", "document replaced")
    text = digest([first, replace(second, detected_at=second.detected_at + timedelta(days=1))], SEEN).text
    assert text.count("■ 「地域情報通信振興 支援施策」に2件の変更がありました。") == 1
    assert "変更を検知:2024年1月24日 10:05(日本時間)" in text


@pytest.mark.parametrize("style", ["mail", "markdown", "text"])
@pytest.mark.parametrize(
    ("language", "times"),
    [
        ("ja", "変更前を最後に確認:2024年1月23日 9:00、変更を検知:10:05(日本時間)"),
        ("en", "Last seen unchanged: 23 January 2024, 09:00; change detected: 10:05 (Japan time)"),
    ],
)
def test_each_change_says_when_it_was_not_there_yet_and_when_it_was_found(
    style: Style, language: Language, times: str
) -> None:
    made = digest(together(*SEVERAL), SEEN, language, style)
    assert made.text.count(times) == len(SEVERAL)
    assert made.html is None or made.html.count(times) == len(SEVERAL)


def test_the_day_of_the_detection_is_named_where_it_is_another() -> None:
    (change,) = together("plan amended again")
    text = digest([replace(change, detected_at=change.detected_at + timedelta(days=1))], SEEN).text
    assert "最後に確認:2024年1月23日 9:00、変更を検知:2024年1月24日 10:05(日本時間)" in text


def test_a_change_that_nothing_was_seen_before_says_so() -> None:
    (change,) = together("plan amended again")
    text = digest([replace(change, last_seen_before=None)], SEEN).text
    assert "変更前を最後に確認:記録なし、変更を検知:2024年1月23日 10:05(日本時間)" in text


@pytest.mark.parametrize("case", ["page unverified", "correction of what never was"])
def test_what_is_told_of_the_monitoring_has_nothing_that_was_seen_unchanged(case: str) -> None:
    text = digest(together(case), SEEN).text
    assert "検知した日時:2024年1月23日 10:05(日本時間)" in text
    assert "変更前を最後に確認" not in text


@pytest.mark.parametrize("limit", [3800, 1650, 796, 300])
def test_a_digest_keeps_to_a_limit(limit: int) -> None:
    text = digest(together(*SEVERAL), ALL, style="markdown", limit=limit).text
    assert 0 < len(text) <= limit


def test_with_little_room_the_pages_not_seen_are_still_named() -> None:
    text = digest([], [*(tally(f"ページ{number}") for number in range(40)), DOWN], style="markdown", limit=800).text
    assert "止まったページ" in text
    assert "確認できたページ:40件" in text


class Links(HTMLParser):
    """The tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def hostile(name: str) -> CheckTally:
    return replace(tally(), page=PageInfo(id="x", name=name, url="javascript:alert(1)"))


def test_no_markup_of_a_page_name_reaches_the_html() -> None:
    html = digest([], [hostile("<img src=x><b>y</b>")]).html or ""
    assert not Links(html).tags & {"img", "b"}
    assert "javascript:" not in html


def test_no_markup_of_a_page_name_reaches_the_markdown() -> None:
    text = digest([], [hostile("[x](https://evil.example) @everyone")], style="markdown").text
    assert "\\[x\\](https://evil.example) @\u200beveryone" in text
