"""No visible change is missed: another character anywhere in the content is seen, furniture apart."""

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest

from parsers import MonitorError, parse
from parsers.decoding import decode
from storage.compare import compare

PAGES = Path(__file__).resolve().parent.parent / "pages"
SAVED = sorted(path.relative_to(PAGES).with_suffix("").as_posix() for path in PAGES.glob("*/*.html"))
TODAY = date(2026, 8, 1)
OTHERS = "県国可否乙龍増減7"
# The content lies between such marks; a page of the first family has the class, an outline page the comments.
BOUNDS = [("本文ここから -->", "<!-- 本文ここまで"), ("contentsBody", 'class="contentsMenu"')]
# What the contract sets apart: toggles, size and format labels, column headings, numbers of categories, ways to the
# top, and what is no text of the page at all.
APART = re.compile(
    r"\(クリック[^)]*\)|（クリック[^）]*）|>\s*(?:開く|[+＋])\s*<|開く<"
    r"|[\[(（［][^\[\](（）)［］<>]*(?:PDF|Word|Excel|EXCEL|[KM]B)[^<>]*?[\])）］]"
    r"|>(?:PDF|Word|EXCEL|Excel|PDF形式|Excel形式|Word形式)<|<thead.*?</thead>|<tr>(?:\s*<th[^>]*>[^<]*</th>\s*){2,}</tr>"
    r"|<[^>]*(?:pageTop|pagetop|page-top)[^>]*>.*?</(?:div|p)>|<a href=\"#[^>]*>[^<]*</a>|<nav.*?</nav>"
    r"|<ul class=\"pager.*?</ul>"
    r"|[>\s]\d+[.．](?=[\s<\u3040-\u9fff])|<!--.*?-->|<script.*?</script>|<style.*?</style>|&#?\w+;|<[^<>]*>",
    re.DOTALL,
)


def places(html: str) -> list[int]:
    """Where a reader sees a character of the content that is not set apart."""
    start, end = next(
        (html.index(first) + len(first), html.index(last)) for first, last in BOUNDS if first in html and last in html
    )
    free = bytearray(b"\1" * len(html))
    for found in APART.finditer(html):
        keep_ends = found[0].startswith(">") or found[0].endswith("<")
        for at in range(found.start() + keep_ends, found.end()):
            free[at] = 0
    return [
        at for at in range(start, end) if free[at] and not html[at].isspace() and html[at] not in "<>【】()（）[]［］"
    ]


@pytest.mark.parametrize("name", SAVED)
def test_another_character_anywhere_in_the_content_is_a_change(name: str) -> None:
    origin = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))["page"]
    html = decode((PAGES / f"{name}.html").read_bytes(), content_type=origin["content_type"]).text
    chance = random.Random(name)
    before = parse(html.encode(), url=origin["url"]).records
    visible = places(html)
    assert len(visible) > 100
    unseen = []
    for at in chance.sample(visible, 20):
        other = chance.choice([char for char in OTHERS if char != html[at]])
        edited = f"{html[:at]}{other}{html[at + 1 :]}"
        try:
            seen = compare(before, parse(edited.encode(), url=origin["url"]).records, TODAY)
        except MonitorError:
            continue  # refused, so said
        if not seen:
            unseen.append(f"{html[at - 20 : at]}⟦{html[at]}→{other}⟧{html[at + 1 : at + 20]}")
    assert unseen == []
