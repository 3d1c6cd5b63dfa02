"""What robots.txt lets this program fetch (RFC 9309), and what is said of a refusal."""

import time
import tracemalloc
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.robots import PRODUCT_TOKEN, Rules, in_force, robots_url

SITE = "https://www.soumu.go.jp"
PAGE = f"{SITE}/menu_seisaku/ict/index.html"

SIMPLE = b"""\
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
"""RFC 9309, 5.1."""


def rules(body: str | bytes, *, user_agent: str = PRODUCT_TOKEN) -> Rules:
    return Rules.read(200, body.encode() if isinstance(body, str) else body, user_agent=user_agent)


def refusal(*lines: str, url: str = PAGE) -> str | None:
    return rules("\n".join(lines)).refusal(url)


def is_refused(rule: str, path: str) -> bool:
    return refusal("User-agent: *", rule, url=SITE + path) is not None


# What the site answers


def test_a_refusal_names_the_rule_and_whom_it_is_for() -> None:
    assert refusal("User-agent: *", "Disallow: /menu_seisaku/") == "Disallow: /menu_seisaku/ for User-agent: *"


def test_an_empty_file_allows_everything() -> None:
    assert Rules.read(200, b"").refusal(PAGE) is None


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 410, 451])
def test_a_site_without_the_file_allows_everything(status: int) -> None:
    assert Rules.read(status, b"User-agent: *\nDisallow: /").refusal(PAGE) is None


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_site_in_trouble_allows_nothing(status: int) -> None:
    assert Rules.read(status).refusal(PAGE) == (
        f"robots.txt is answered with {status}, and until it is known nothing may be fetched"
    )


def test_a_site_that_does_not_answer_allows_nothing() -> None:
    assert Rules.read(None).refusal(PAGE) == "robots.txt is not answered, and until it is known nothing may be fetched"


def test_an_answer_is_used_for_a_day_and_silence_for_ten_minutes() -> None:
    answers = [Rules.read(200, b""), Rules.read(404), Rules.read(503)]
    assert [answer.max_age for answer in answers] == [timedelta(days=1), timedelta(days=1), timedelta(minutes=10)]


FORBIDDING = Rules.read(200, b"User-agent: *\nDisallow: /menu_seisaku/")


def test_an_answer_takes_the_place_of_the_last_one() -> None:
    gone = Rules.read(404)
    assert in_force(gone, last_good=FORBIDDING, unreachable_for=timedelta()) is gone


@pytest.mark.parametrize("days", [0, 2, 365])
def test_the_last_known_rules_hold_while_the_site_cannot_be_asked(days: int) -> None:
    found = in_force(Rules.read(503), last_good=FORBIDDING, unreachable_for=timedelta(days=days))
    assert (found.refusal(PAGE), found.refusal(f"{SITE}/")) == ("Disallow: /menu_seisaku/ for User-agent: *", None)


def test_nothing_is_fetched_from_a_site_that_was_never_reached() -> None:
    found = in_force(Rules.read(None), last_good=None, unreachable_for=timedelta(days=29, hours=23))
    assert found.refusal(PAGE) is not None


def test_after_thirty_days_a_site_that_was_never_reached_counts_as_one_without_rules() -> None:
    found = in_force(Rules.read(503), last_good=None, unreachable_for=timedelta(days=30))
    assert found.refusal(PAGE) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.soumu.go.jp/a/b.html?c=/d", "https://www.soumu.go.jp/robots.txt"),
        ("http://WWW.soumu.go.jp:8080", "http://www.soumu.go.jp:8080/robots.txt"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/robots.txt"),
    ],
)
def test_each_scheme_host_and_port_has_rules_of_its_own(url: str, expected: str) -> None:
    assert robots_url(url) == expected


# Which rules hold for whom


@pytest.mark.parametrize(
    ("user_agent", "refused"),
    [
        (PRODUCT_TOKEN, {"/example/page.html", "/example/allowed.gif", "/publications.gif"}),
        ("foobot", {"/", "/publications/", "/publications.gif"}),
        ("barbot", {"/example/page.html"}),
        ("bazbot", {"/example/page.html"}),
        ("quxbot", set()),
    ],
)
def test_the_simple_example_of_the_standard(user_agent: str, refused: set[str]) -> None:
    read = rules(SIMPLE, user_agent=user_agent)
    paths = ["/", "/example/page.html", "/example/allowed.gif", "/publications/", "/publications.gif"]
    assert {path for path in paths if read.refusal(SITE + path)} == refused


def test_the_longest_match_of_the_standard() -> None:
    read = rules("User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n")
    assert read.refusal(f"{SITE}/example/page/") is None
    assert read.refusal(f"{SITE}/example/page/disallowed.gif") == (
        "Disallow: /example/page/disallowed.gif for User-agent: *"
    )


def test_rules_of_our_own_take_the_place_of_those_for_all() -> None:
    everyone = ("User-agent: *", "Disallow: /")
    assert refusal(*everyone, "User-agent: ministry-monitor", "Disallow: /private/") is None


def test_groups_of_the_same_name_are_one() -> None:
    groups = ("User-agent: *", "Disallow: /a/", "", "User-agent: other", "Disallow: /", "", "User-agent: *")
    assert refusal(*groups, "Disallow: /menu_seisaku/") == "Disallow: /menu_seisaku/ for User-agent: *"


def test_names_are_the_same_in_capitals() -> None:
    assert refusal("USER-AGENT: Ministry-Monitor", "DISALLOW: /menu") == (
        "DISALLOW: /menu for User-agent: Ministry-Monitor"
    )


@pytest.mark.parametrize("name", ["other", "monitor", "ministry-monitor2", "inistry-monitor"])
def test_rules_of_another_name_do_not_hold(name: str) -> None:
    assert refusal(f"User-agent: {name}", "Disallow: /") is None


def test_rules_before_any_name_do_not_hold() -> None:
    assert refusal("Disallow: /", "User-agent: *", "Disallow: /a/") is None


def test_a_sitemap_within_a_group_does_not_end_it() -> None:
    lines = ("User-agent: *", "Sitemap: https://www.soumu.go.jp/sitemap.xml", "Disallow: /menu_seisaku/")
    assert refusal(*lines) == "Disallow: /menu_seisaku/ for User-agent: *"


# Which rule decides


def test_a_longer_rule_that_allows_wins() -> None:
    assert refusal("User-agent: *", "Disallow: /menu_seisaku/", "Allow: /menu_seisaku/ict/") is None


def test_of_equal_rules_the_one_that_allows_wins() -> None:
    assert refusal("User-agent: *", "Disallow: /menu_seisaku/", "Allow: /menu_seisaku/") is None


def test_of_several_rules_that_refuse_the_longest_is_named() -> None:
    lines = ("Disallow: /", "Disallow: /menu_seisaku/ict/", "Disallow: /menu_seisaku/")
    assert refusal("User-agent: *", *lines) == "Disallow: /menu_seisaku/ict/ for User-agent: *"


def test_a_longer_rule_for_others_is_not_named() -> None:
    others = ("User-agent: other", "Disallow: /menu_seisaku/ict/index.html")
    assert refusal(*others, "User-agent: *", "Disallow: /menu") == "Disallow: /menu for User-agent: *"


def test_of_several_names_of_a_group_ours_is_named() -> None:
    names = ("User-agent: otherbot-of-a-long-name", "User-agent: ministry-monitor", "User-agent: *")
    assert refusal(*names, "Crawl-delay: 5", "Disallow: /menu") == "Disallow: /menu for User-agent: ministry-monitor"


def test_a_comment_is_no_part_of_the_rule() -> None:
    assert refusal("User-agent: * # all", "Disallow: /menu # not yet") == "Disallow: /menu for User-agent: *"


def test_a_misspelt_rule_is_named_as_printed() -> None:
    assert refusal("User-agent: *", "Dissallow: /menu") == "Dissallow: /menu for User-agent: *"


@pytest.mark.parametrize(
    ("rule", "path", "refused"),
    [
        ("Disallow: /x", "/xyz", True),
        ("Disallow: /x/", "/x", False),
        ("Disallow: /x", "/X", False),
        ("Disallow: /x$", "/x", True),
        ("Disallow: /x$", "/xyz", False),
        ("Disallow: /*.pdf$", "/main_content/0001.pdf", True),
        ("Disallow: /*.pdf$", "/main_content/0001.pdf?a=1", False),
        ("Disallow: /a*/c", "/a/b/c/d", True),
        ("Disallow: /a*/c", "/a/b", False),
        ("Disallow: /*?", "/search?q=1", True),
        ("Disallow: /*?", "/search", False),
        ("Disallow: /", "/robots.txt", False),
        ("Disallow:", "/", False),
    ],
)
def test_a_path_matches_from_its_beginning_with_wildcards_and_end(rule: str, path: str, refused: bool) -> None:
    assert is_refused(rule, path) is refused


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("/foo/bar?baz=quux", "/foo/bar?baz=quux"),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
        ("/path/foo-%24", "/path/foo-$"),
        ("/施策/", "/%E6%96%BD%E7%AD%96/一覧.html"),
        ("/%e6%96%bd%e7%ad%96/", "/施策/一覧.html"),
    ],
)
def test_a_path_is_the_same_in_every_spelling(rule: str, path: str) -> None:
    assert is_refused(f"Disallow: {rule}", path)


def test_a_slash_and_its_code_are_not_the_same() -> None:
    assert not is_refused("Disallow: /a/b", "/a%2Fb")


# How the file may come


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str) -> None:
    read = rules(f"User-agent: *{end}Disallow: /a/{end}Disallow: /menu_seisaku/{end}")
    assert read.refusal(PAGE) == "Disallow: /menu_seisaku/ for User-agent: *"


def test_a_byte_order_mark_hides_nothing() -> None:
    assert rules(b"\xef\xbb\xbfUser-agent: *\nDisallow: /").refusal(PAGE) == "Disallow: / for User-agent: *"


def test_a_page_that_says_not_found_with_status_200_allows_everything() -> None:
    page = "<!DOCTYPE html>\n<html><head><title>404</title></head>\n<body><p>Disallow: nothing</p></body></html>"
    assert rules(page).refusal(PAGE) is None


def test_lines_that_cannot_be_read_leave_the_others_in_force() -> None:
    body = b"\xff\xfe\x00garbage\x00\n\x83\x81\x83\x82: \x95\x73\n" + "User-agent: *\n施策\nDisallow: /menu".encode()
    assert rules(body).refusal(PAGE) == "Disallow: /menu for User-agent: *"


def test_what_is_said_is_one_line_of_moderate_length() -> None:
    found = refusal("User-agent: *", f"Disallow: /a\x1b[31m{'*' * 500}", url=f"{SITE}/a%1b%5b31m")
    assert found is not None
    assert found.isprintable()
    assert len(found) < 300


def test_a_rule_beyond_500_kib_is_not_read() -> None:
    filler = "# filler\n" * 60_000
    assert rules(f"User-agent: *\nDisallow: /a/\n{filler}Disallow: /menu").refusal(PAGE) is None


def test_a_rule_that_the_limit_cuts_short_does_not_match_more() -> None:
    start = "User-agent: *\n"
    cut = "Disallow: /"
    filler = "#" * (500 * 1024 - len(start) - len(cut) - 1) + "\n"
    assert rules(f"{start}{filler}{cut}private/\n").refusal(PAGE) is None


def test_rules_up_to_500_kib_are_read() -> None:
    start, last = "User-agent: *\n", "Disallow: /menu\n"
    filler = "#" * (500 * 1024 - len(start) - len(last) - 1) + "\n"
    assert rules(f"{start}{filler}{last}# more\n").refusal(PAGE) == "Disallow: /menu for User-agent: *"


def bomb(agent: str, between: str = "") -> str:
    """A file that names a thousand agents, and then three thousand rules for each of them."""
    return "".join(f"{agent}{number}\n{between}" for number in range(1_000)) + "Disallow: /x$\n" * 3_000


@pytest.mark.parametrize(
    "text",
    [
        bomb("User-agent: a"),
        bomb("User agent a"),
        bomb("User-agent: a", "Host: b\n"),
        bomb("User-agent: a", "b\n"),
        bomb("User-agent: a").replace("/x$\n", "/x$\nuser-agent b: c\n"),
    ],
    ids=["plain", "without colon", "with hosts", "with noise", "with near misses"],
)
def test_a_file_made_to_fill_the_memory_does_not(text: str) -> None:
    tracemalloc.start()
    try:
        rules(text).refusal(PAGE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000  # bytes; unbounded it is 400 million


def test_a_group_of_thousands_of_names_is_read() -> None:
    names = "".join(f"User-agent: bot{number}\n# a comment\n\n" for number in range(5_000))
    assert rules(f"{names}Disallow: /\n\nUser-agent: *\nDisallow: /menu").refusal(PAGE) == (
        "Disallow: /menu for User-agent: *"
    )


def test_thousands_of_groups_are_all_read() -> None:
    groups = "".join(f"User-agent: bot{number}\nDisallow: /\n" for number in range(10_000))
    assert rules(f"{groups}User-agent: *\nDisallow: /menu").refusal(PAGE) == "Disallow: /menu for User-agent: *"


def test_the_rule_is_found_soon_in_a_file_of_thousands_that_match() -> None:
    read = rules("".join(f"User-agent: bot{number}\nDisallow: /\n" for number in range(10_000)) + SIMPLE.decode())
    started = time.process_time()
    assert read.refusal(f"{SITE}/example/") == "Disallow: /example/ for User-agent: *"
    assert time.process_time() - started < 10


NAMES = ["User-agent: *", "User-agent: ministry-monitor", "User-agent: other"]
RULES = ["Disallow: /", "Disallow: /a", "Disallow: /a/b", "Disallow: *b", "Disallow:", "Allow: /a", "Allow: /*b$"]
NOISE = ["Crawl-delay: 3", "Sitemap: /s", "# a", "", "noise", "no: ise"]
LINES = st.sampled_from([*NAMES, *RULES, *NOISE])


@given(st.lists(LINES, max_size=14), st.sampled_from(["/", "/a", "/a/b", "/c"]))
def test_the_rule_that_is_named_refuses_when_it_stands_alone(lines: list[str], path: str) -> None:
    found = refusal(*lines, url=SITE + path)
    if found is not None:
        rule, _, agent = found.partition(" for User-agent: ")
        assert rule in lines
        assert agent in {"*", PRODUCT_TOKEN}
        assert refusal(f"User-agent: {agent}", rule, url=SITE + path) == found


@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_bytes_break_the_reading(body: bytes, path: str) -> None:
    found = rules(b"User-agent: *\nDisallow: /\n" + body).refusal(f"{SITE}/{path}")
    assert found is None or found.isprintable()


# Crawl-delay


@pytest.mark.parametrize(
    ("value", "delay"), [("10", 10.0), ("0.5", 0.5), ("86400", 3600.0), ("-1", None), ("inf", None), ("soon", None)]
)
def test_the_delay_a_site_asks_for_is_at_most_an_hour(value: str, delay: float | None) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /a").crawl_delay == delay


def test_a_delay_for_us_takes_the_place_of_that_for_all() -> None:
    read = rules("User-agent: *\nCrawl-delay: 30\n\nUser-agent: ministry-monitor\nCrawl-delay: 5\n")
    assert read.crawl_delay == 5.0


@pytest.mark.parametrize("status", [404, 503, None])
def test_a_site_without_rules_asks_for_no_delay(status: int | None) -> None:
    assert Rules.read(status).crawl_delay is None
