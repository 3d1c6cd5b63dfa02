"""What stands in a page's place is known for what it is, and a real page that speaks of such things is read."""

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from parsers import ReadingError, parse
from parsers.errors import SuspectReason

SUSPECTS = Path(__file__).parents[1] / "pages" / "suspects"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((SUSPECTS / "expected.toml").read_text("utf-8"))
REFUSED = [name for name, entry in EXPECTED.items() if "reason" in entry]
READ = [name for name in EXPECTED if name not in REFUSED]
GENUINE = [name for name in READ if name.startswith("genuine/")]
URL = "https://www.soumu.go.jp/ict/index.html"


def read(name: str, **options: Any) -> Any:
    content_type = EXPECTED[name].get("content_type", "text/html")
    return parse((SUSPECTS / name).read_bytes(), url=URL, content_type=content_type, **options)


def refusal(name: str, **options: Any) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read(name, **options)
    return caught.value


def test_every_saved_body_is_named_with_what_becomes_of_it() -> None:
    saved = {path.relative_to(SUSPECTS).as_posix() for path in SUSPECTS.rglob("*") if path.is_file()}
    assert saved == {*EXPECTED, "expected.toml"}


def test_each_reason_has_a_saved_body() -> None:
    seen = {entry.get("reason") or entry.get("after_good") for entry in EXPECTED.values()}
    assert set(get_args(SuspectReason)) - seen == {"too_large"}  # which is made by the test of the gate


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_refused_for_its_reason(name: str) -> None:
    assert refusal(name).reason == EXPECTED[name]["reason"]


@pytest.mark.parametrize("name", [name for name in REFUSED if "says" in EXPECTED[name]])
def test_the_message_says_what_a_person_needs(name: str) -> None:
    message = str(refusal(name))
    assert [words for words in EXPECTED[name]["says"] if words not in message] == []


@pytest.mark.parametrize("name", GENUINE)
def test_a_real_page_that_speaks_of_such_things_is_read(name: str) -> None:
    assert read(name).records


@pytest.mark.parametrize("name", [name for name in READ if name not in GENUINE])
def test_what_only_the_page_before_can_tell_is_read(name: str) -> None:
    assert read(name).title


NOTICES = [name for name in REFUSED if name.split("/")[0] in {"maintenance", "waf", "captcha", "login", "not_found"}]


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_is_named_as_such_where_the_settings_select_what_it_lacks(name: str) -> None:
    assert refusal(name, select="#support-list").reason == EXPECTED[name]["reason"]


@pytest.mark.parametrize("name", GENUINE)
def test_a_small_part_of_a_real_page_is_read(name: str) -> None:
    assert read(name, select="p").records


EMPTIED = b"<html><body><h1>x</h1><p>y</p><div></div><script>1</script></body></html>"


@pytest.mark.parametrize(
    ("options", "words"),
    [({"ignore": ["body"]}, "`ignore` leaves out all"), ({"select": "div"}, "selector 'div' finds shows nothing")],
)
def test_settings_that_leave_nothing_are_blamed_and_not_javascript(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        parse(EMPTIED, url=URL, **options)
    assert caught.value.reason == "empty"


def test_a_person_may_vouch_for_what_looks_like_a_notice() -> None:
    assert read("maintenance/soumu.html", vouched=True).records
    assert read("unrecognised/meta-refresh.html", vouched=True).records


@pytest.mark.parametrize(
    "title", ["<title>" + "メンテナンス中" * 300_000 + "</title>", "<h1>" + "x" * 5_000_000 + "</h1>"]
)
@pytest.mark.timeout(20)
def test_a_message_holds_no_more_of_a_page_than_a_person_reads(title: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(f"<html><body>{title}<p>404 Not Found</p></body></html>".encode(), url=URL, parser="support")
    assert len(str(caught.value)) < 400
