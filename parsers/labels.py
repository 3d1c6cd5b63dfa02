"""Words that are furniture, not content: toggles, format and size labels, icons, bullets."""

import re
from functools import lru_cache
from typing import Final

from parsers.brackets import trailing
from parsers.text import fold, trim

FORMATS: Final = {
    "pdf": "pdf",
    "word": "docx",
    "ワード": "docx",
    "doc": "doc",
    "docx": "docx",
    "excel": "xlsx",
    "エクセル": "xlsx",
    "xls": "xls",
    "xlsx": "xlsx",
    "powerpoint": "pptx",
    "パワーポイント": "pptx",
    "ppt": "ppt",
    "pptx": "pptx",
    "zip": "zip",
    "csv": "csv",
    "html": "html",
    "txt": "txt",
    "テキスト": "txt",
    "一太郎": "jtd",
    "jtd": "jtd",
    "rtf": "rtf",
    "xml": "xml",
}
MAX_TITLE: Final = 1000  # characters; what is longer names nothing, and its brackets and dates are not sought
_MAX_LABELS: Final = 8  # behind one title; more are no labels
_FORMAT: Final = "|".join(sorted(FORMATS, key=len, reverse=True))
_SIZE: Final = r"約?\d[\d,]*(?:\.\d+)?(?:KB|MB|GB|バイト|キロバイト|メガバイト)"
_PAGES: Final = r"(?:全|計)?\d+(?:ページ|頁|P)"
_FILE_LABEL: Final = re.compile(
    rf"(?:(?P<format>{_FORMAT})(?:形式|ファイル|版|データ)?)?[:・,、/-]?(?:{_SIZE})?[:・,、/-]?(?:{_PAGES})?",
    re.IGNORECASE,
)
_WINDOW: Final = re.compile(
    r"(?:新しい|新規|別)(?:の)?(?:ウィンドウ|ウインドウ|タブ|ページ)(?:で|が|を)?(?:開く|開きます|表示)?|外部(?:リンク|サイト)(?:へ)?"
)
_NEW: Final = re.compile(r"new!*|新着!*|new!?icon", re.IGNORECASE)
_TOGGLE: Final = re.compile(r"開く|閉じる|開閉|表示する|\+|-|▼|▲|△|▽|＋|－|クリックで(?:開く|表示|開閉)")
_CLICK: Final = re.compile(r"[(（〔［\[]\s*クリック(?:で|して|すると)[^()（）]*[)）〕］\]]")
_BULLET: Final = re.compile(r"^(?:[・○●◎■□◆◇▼▲▶►▷→⇒➡»›＞•‣]|[*＊－-](?=\s))[\s\u3000]*")
_TRAILING_WORD: Final = re.compile(
    rf"^(?P<head>.*[\s\u3000)）】〕］\]])(?P<word>(?:{_FORMAT})|new!*)$", re.IGNORECASE | re.DOTALL
)
_PAGE_TOP: Final = re.compile(
    r"(?:この)?(?:ページ|画面|頁)の?(?:トップ|先頭|上部|最上部|top)?(?:へ|に)?(?:戻る|もどる|移動)?|(?:トップ|先頭|top)へ?(?:戻る)?|pagetop|↑|top",
    re.IGNORECASE,
)


def file_format(text: str) -> str | None:
    """The format that a label such as "PDF形式/196KB" names, or None where `text` is no such label."""
    found = _FILE_LABEL.fullmatch(fold(text))
    return FORMATS[found["format"].lower()] if found and found["format"] else None


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Whether `text` is only a format, a size, a page count, "New!" or a remark on the window it opens in."""
    folded = fold(text)
    if not folded:
        return True
    bare = folded.strip("()[]〔〕【】")
    return bool(_FILE_LABEL.fullmatch(bare) or _WINDOW.fullmatch(bare) or _NEW.fullmatch(bare))


def is_toggle(text: str) -> bool:
    """Whether `text` is only the label of a control that shows or hides what follows."""
    folded = fold(text)
    return bool(_TOGGLE.fullmatch(folded.strip("()[]")) or _CLICK.fullmatch(folded))


def is_page_top(text: str) -> bool:
    """Whether `text` is only a link back to the top of the page."""
    return bool(_PAGE_TOP.fullmatch(fold(text)))


def click_spans(text: str) -> list[tuple[int, int]]:
    """Where labels such as 「(クリックで様式等を表示)」 stand in a text."""
    return [found.span() for found in _CLICK.finditer(text)]


def strip_labels(text: str) -> tuple[str, str | None]:
    """A title without its bullet and its trailing format, size and news labels; and the format they named."""
    text = _BULLET.sub("", trim(text))
    if len(text) > MAX_TITLE:
        return text, None
    named: str | None = None
    for _ in range(_MAX_LABELS):
        found = trailing(text)
        if found and found.before and is_label(found.inner):
            named = file_format(found.inner) or named
            text = trim(found.before)
            continue
        word = _TRAILING_WORD.match(text)
        if word is None:
            return text, named
        named = file_format(word["word"]) or named
        text = trim(word["head"])
    return text, named
