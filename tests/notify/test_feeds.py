"""Atom feeds: valid by the grammar of RFC 4287 and to a feed reader, with lasting ids and true times."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from notify.feeds import FeedScope, atom
from notify.wording import summary
from storage.changes import RecordedChange
from storage.observation import Language, PageInfo
from tests.notify.conftest import DETECTED, told
from tests.notify.page_edits import NAME, URL

PAGE = PageInfo(id="support", name=NAME, url=URL)
CHECKED = datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("data") / "atom.rng"))
TOLD = told()
AMENDED = TOLD["plan amended again"][0]
NS = {"atom": "http://www.w3.org/2005/Atom"}


def feed(
    changes: Sequence[RecordedChange],
    *,
    page: PageInfo = PAGE,
    scope: FeedScope | None = None,
    language: Language = "ja",
    corrections: Sequence[RecordedChange] = (),
    self_url: str | None = None,
) -> bytes:
    return atom(
        changes,
        {page.id: page},
        scope=scope or FeedScope(page=page),
        language=language,
        checked_at=CHECKED,
        corrections={change.id: change for change in corrections},
        self_url=self_url,
    )


def read(document: bytes) -> Any:
    """The feed as a feed reader has it, held against the grammar and its rules for authors and links."""
    tree = etree.fromstring(document)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    assert tree.xpath("atom:author or not(atom:entry[not(atom:author)])", namespaces=NS)
    assert not tree.xpath("atom:entry[not(atom:link[@rel='alternate'] or atom:content)]", namespaces=NS)
    found = feedparser.parse(document)
    assert not found.bozo, found.get("bozo_exception")
    return found


def links(entry: Any) -> dict[str, str]:
    return {link.rel: link.href for link in entry.links}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", TOLD)
def test_every_change_makes_a_valid_feed(name: str, language: Language) -> None:
    shown = [change for change in TOLD[name] if not change.operators_only]
    found = read(feed(TOLD[name], language=language))
    assert sorted(entry.title for entry in found.entries) == sorted(summary(change, language) for change in shown)


def test_the_grammar_refuses_what_is_no_atom() -> None:
    assert not GRAMMAR.validate(etree.fromstring(feed([AMENDED]).replace(b"updated>", b"uptaded>")))


def test_incidents_are_left_out() -> None:
    assert read(feed(TOLD["page failing"])).entries == []


def test_the_newest_comes_first() -> None:
    later = replace(AMENDED, id=2, detected_at=DETECTED + timedelta(hours=1))
    equal = replace(later, id=3)
    found = read(feed([later, AMENDED, equal])).entries
    assert [entry.published for entry in found] == ["2024-01-23T11:05:00+09:00"] * 2 + ["2024-01-23T10:05:00+09:00"]
    assert [entry.id for entry in found] == [read(feed([change])).entries[0].id for change in (equal, later, AMENDED)]


# ids


def test_ids_last() -> None:
    """Readers show every entry again whose id is another; these must not change with the program."""
    found = read(feed([AMENDED]))
    assert (found.feed.id, found.entries[0].id) == (
        "urn:uuid:34362050-30c7-5263-8b65-94f1b41110ef",
        "urn:uuid:7e1b705f-85b3-566f-8767-92d293b783e8",
    )


@pytest.mark.parametrize(
    "scope",
    [
        FeedScope(),
        FeedScope(page=PAGE, kinds=("plan",)),
        FeedScope(page=PAGE, kinds=("plan", "document")),
        FeedScope(page=PAGE, company="plan"),
        FeedScope(page=replace(PAGE, id="support2")),
        FeedScope(page=replace(PAGE, url=f"{URL}?a")),
    ],
)
def test_another_scope_is_another_feed_of_the_same_entries(scope: FeedScope) -> None:
    whole, part = read(feed([AMENDED])), read(feed([AMENDED], scope=scope))
    assert whole.feed.id != part.feed.id
    assert whole.entries[0].id == part.entries[0].id


def test_the_order_of_kinds_is_of_no_account() -> None:
    one, other = (FeedScope(kinds=kinds) for kinds in (("plan", "document"), ("document", "plan")))
    assert read(feed([], scope=one)).feed.id == read(feed([], scope=other)).feed.id


@pytest.mark.parametrize(
    "other",
    [
        replace(AMENDED, id=2),
        replace(AMENDED, detected_at=DETECTED + timedelta(microseconds=1)),
        replace(AMENDED, page="other"),
        replace(AMENDED, origin="import"),
    ],
)
def test_another_change_has_another_id(other: RecordedChange) -> None:
    assert read(feed([AMENDED])).entries[0].id != read(feed([other])).entries[0].id


def test_what_is_numbered_anew_by_an_import_keeps_its_id() -> None:
    first = replace(AMENDED, origin="import")
    assert read(feed([first])).entries[0].id == read(feed([replace(first, id=99)])).entries[0].id


def test_two_corrections_of_one_record_have_two_ids() -> None:
    (first,) = TOLD["correction of what never was"]
    one, other = read(feed([first, replace(first, id=2)])).entries
    assert one.id != other.id


# Times


def test_an_entry_is_updated_when_its_change_was_detected() -> None:
    (entry,) = read(feed([AMENDED])).entries
    assert (entry.updated, entry.published) == ("2024-01-23T10:05:00+09:00", "2024-01-23T10:05:00+09:00")


def taken_back() -> tuple[RecordedChange, RecordedChange]:
    (correction,) = TOLD["correction of what never was"]
    correction = replace(correction, id=7, detected_at=DETECTED + timedelta(days=2))
    return replace(AMENDED, superseded_by=7), correction


def test_a_change_taken_back_is_updated_when_that_was_found() -> None:
    change, correction = taken_back()
    (entry,) = read(feed([change], corrections=[correction])).entries
    assert (entry.updated, entry.published) == ("2024-01-25T10:05:00+09:00", "2024-01-23T10:05:00+09:00")


def test_a_change_taken_back_says_so() -> None:
    change, correction = taken_back()
    (entry,) = read(feed([change], corrections=[correction])).entries
    assert entry.title == f"【訂正済み】{summary(change, 'ja')}"
    assert "読み取りの誤り" in entry.content[0].value


def test_a_feed_is_updated_as_its_newest_entry() -> None:
    change, correction = taken_back()
    later = replace(AMENDED, id=2, detected_at=DETECTED + timedelta(days=1))
    assert read(feed([change, later], corrections=[correction])).feed.updated == "2024-01-25T10:05:00+09:00"


def test_an_empty_feed_is_updated_at_the_last_good_check() -> None:
    assert read(feed([])).feed.updated == "2024-11-05T09:00:00+09:00"


# Words and links


@pytest.mark.parametrize(
    ("scope", "language", "title"),
    [
        (FeedScope(page=PAGE), "ja", f"{NAME}の変更"),
        (FeedScope(page=PAGE), "en", f"Changes of {NAME}"),
        (FeedScope(), "ja", "監視している全ページの変更"),
        (FeedScope(kinds=("plan", "document.added"), company="富士通"), "ja", None),
    ],
)
def test_the_title_says_what_the_feed_is_of(scope: FeedScope, language: Language, title: str | None) -> None:
    wanted = title or "監視している全ページの変更 (plan、document.added、富士通)"
    assert read(feed([], scope=scope, language=language)).feed.title == wanted


def test_the_links_lead_to_the_page_the_place_and_the_document() -> None:
    found = read(feed([AMENDED], self_url="https://monitor.example/feed.atom?kind=plan&page=support"))
    assert links(found.feed) == {
        "self": "https://monitor.example/feed.atom?kind=plan&page=support",
        "alternate": URL,
    }
    entry = links(found.entries[0])
    assert entry["alternate"].startswith(f"{URL}#:~:text=")
    assert entry["related"] == AMENDED.url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/\nb", ""])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    found = read(feed([replace(AMENDED, url=url)]))
    assert "related" not in links(found.entries[0])
    assert "href" not in found.entries[0].content[0].value.lower()


def test_an_address_is_percent_encoded_where_it_must_be() -> None:
    found = read(feed([replace(AMENDED, url='https://a.example/様式 1.pdf?a="b"&c=%20')]))
    assert links(found.entries[0])["related"] == "https://a.example/%E6%A7%98%E5%BC%8F%201.pdf?a=%22b%22&c=%20"


def test_categories_are_the_names_of_the_change_and_its_kind() -> None:
    (entry,) = read(feed(TOLD["plan amended and replaced"])).entries
    assert [tag.term for tag in entry.tags] == ["plan.amended", "plan.replaced", "plan"]


def test_the_source_is_named_as_the_public_data_licence_asks() -> None:
    (entry,) = read(feed([AMENDED])).entries
    assert entry.rights.startswith("出典:総務省ホームページ")
    assert entry.rights in entry.content[0].value


def test_the_differing_characters_are_marked() -> None:
    html = etree.fromstring(feed([AMENDED])).findtext(".//{*}content")
    assert re.findall("<del>(.*?)</del>", html) == ["5年5月29日"]
    assert re.findall("<ins>(.*?)</ins>", html) == ["6年1月23日"]


@pytest.mark.parametrize(("language", "label"), [("ja", "注記:"), ("en", "Note: ")])
def test_a_label_is_followed_by_what_it_labels(language: Language, label: str) -> None:
    html = etree.fromstring(feed([AMENDED], language=language)).findtext(".//{*}content")
    assert f"<p>{label}<span>" in html


def test_a_feed_whose_address_is_not_known_has_no_link_to_itself() -> None:
    assert links(read(feed([AMENDED])).feed) == {"alternate": URL}


def test_markup_of_a_page_stays_text() -> None:
    change = TOLD["text rewritten"][0]
    assert change.after is not None
    evil = replace(change, after={**change.after, "lines": ["<script>alert(1)</script>&amp;"]}, title="<b>x</b>")
    document = feed([evil])
    html = etree.fromstring(document).findtext(".//{*}content")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in html
    assert read(document)


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_a_page_says_the_feed_is_valid(title: str, note: str, heading: str, name: str) -> None:
    assert AMENDED.before is not None
    assert AMENDED.after is not None
    change = replace(
        AMENDED,
        title=title,
        key=title,
        path=(heading,),
        before={**AMENDED.before, "title": title, "note": note},
        after={**AMENDED.after, "title": heading, "note": name, "path": [heading]},
    )
    page = PageInfo(id="support", name=name, url=URL)
    scope = FeedScope(page=page, company=heading)
    assert len(read(feed([change], page=page, scope=scope)).entries) == 1
