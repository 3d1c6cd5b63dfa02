"""Checks the outline family's saved pages against the records beside them, without any parser of ours.

    python tests/pages/outline_check.py    says what does not fit; status 1 if anything does not

The pages and their records are written by hand. Between the comments 「本文ここから」 and 「本文ここまで」 every
visible character belongs to a record's title, note or text, furniture apart, and every link to a document.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

PAGES: Final = Path(__file__).with_name("outline")
CODECS: Final = {"shift_jis": "cp932", "euc-jp": "euc_jp", "utf-8": "utf-8"}
FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x301C: "~", 0xFF5E: "~", 0x2015: "-"}
# What no record claims: brackets and bullets of headings and notes, labels of format and size.
FURNITURE: Final = re.compile(r"(?:[()\[\]【】<>■○・、:/]|(?:PDF|WORD|EXCEL)(?:形式)?|\d[\d,.]*[KM]B)*", re.IGNORECASE)
CLAIMED: Final = "\0"


class MainContent(HTMLParser):
    """The visible text and the links between the two comments; navigation and rows of column headings apart."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self._inside = False
        self._hidden = 0
        self._link: str | None = None
        self._row = 0
        self._cells: Counter[str] = Counter()

    def handle_comment(self, data: str) -> None:
        if data.strip() in ("本文ここから", "本文ここまで"):
            self._inside = data.strip() == "本文ここから"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "nav":
            self._hidden += 1
        elif tag == "a":
            self._link = dict(attrs).get("href")
        elif tag == "tr":
            self._row = len(self.pieces)
            self._cells.clear()
        elif tag in ("td", "th"):
            self._cells[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._hidden -= 1
        elif tag == "a":
            self._link = None
        elif tag == "tr" and self._cells["th"] > 1 and not self._cells["td"]:
            del self.pieces[self._row :]

    def handle_data(self, data: str) -> None:
        within_page = self._link is not None and self._link.startswith("#")
        if not self._inside or self._hidden or within_page or not data.strip():
            return
        self.pieces.append(data)
        if self._link is not None and (not self.links or self.links[-1] != self._link):
            self.links.append(self._link)


def fold(text: str) -> str:
    return "".join(text.translate(FOLD).split())


def decoded(body: bytes, content_type: str | None) -> str:
    """The page by its header, its meta element, else by the first charset that can hold its bytes."""
    said = re.search(rb"charset=[\"']?([\w-]+)", (content_type or "").encode() + body[:1024], re.IGNORECASE)
    tried = [CODECS[said[1].decode().lower()]] if said else ["utf-8", "euc_jp", "cp932"]
    for codec in tried:
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"none of {tried} holds these bytes")


def problems(page: dict[str, Any], records: list[dict[str, Any]], content: MainContent) -> Iterator[str]:
    """What does not fit between a page's main content and its records, a line each."""
    yield from wrong_identities(page, records)
    wanted = Counter(urljoin(page["url"], link) for link in content.links)
    found = Counter(record["url"] for record in records if "url" in record)
    yield from (f"no document for the link {url}" for url in wanted - found)
    yield from (f"no link for the document {url}" for url in found - wanted)
    yield from wrong_claims(records, fold("".join(content.pieces)))


def wrong_identities(page: dict[str, Any], records: list[dict[str, Any]]) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    headings = [record["path"] for record in records if record["kind"] == "text"]
    if headings[0] != [page["title"]]:
        yield "the first record is not the page's own title"
    for record in records:
        path = record["path"]
        text = record["kind"] == "text"
        parts = path if text else [*path[:1], record["title"]]
        key = "|".join(map(fold, parts))
        seen[record["kind"], key] += 1
        count = seen[record["kind"], key]
        if record["key"] != (key if count == 1 else f"{key}~{count}"):
            yield f"key {record['key']}"
        if text and path[-1] != record["title"]:
            yield f"title of {record['key']}"
        above = path[:-1] if text else [page["title"], *path]
        if above and above not in headings:
            yield f"no heading {above}"


def wrong_claims(records: list[dict[str, Any]], content: str) -> Iterator[str]:
    """Strings that stand in a record and not on the page, and the reverse."""
    claims = []
    for record in records:
        again = record["kind"] == "document"  # a link in a sentence, a date over several rows, one title twice
        lines = record.get("text", "").split("\n")
        claims += [(fold(part), again) for part in (record["title"], record.get("note") or "", *lines) if part]
    rest = content
    for claim, again in sorted(claims, key=lambda item: (-len(item[0]), item[1])):
        if claim in rest:
            rest = rest.replace(claim, CLAIMED * len(claim), 1)
        elif not again or claim not in content:
            yield f"not on the page: {claim}"
    for left in rest.split(CLAIMED):
        if not FURNITURE.fullmatch(left):
            yield f"in no record: {left}"


def main() -> int:
    status = 0
    for path in sorted(PAGES.glob("*.html")):
        expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
        content = MainContent()
        content.feed(decoded(path.read_bytes(), expected["page"]["content_type"]))
        for problem in problems(expected["page"], expected["records"], content):
            print(f"{path.name}: {problem}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
