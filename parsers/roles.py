"""What a document is for and which file format it has."""

import re
from collections.abc import Iterable
from typing import Final

from parsers.records import Role
from parsers.text import fold

_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("faq", re.compile(r"Q&A|QA集|FAQ|よくある(?:ご)?質問|質疑応答|質問.*回答|問答", re.IGNORECASE)),
    ("form", re.compile(r"様式|申請書|届出書|届書|申込書|記入(?:例|要領)|記載例|別記|別表|調書")),
    ("law", re.compile(r"法令|法律|施行令|施行規則|政令|省令|告示|条例|通達|通知|指針|要綱|規程|に関する法")),
    (
        "guide",
        re.compile(r"ガイド|手引|マニュアル|解説|要領|手順書?|パンフレット|リーフレット|チラシ|説明資料|使い方"),
    ),
    ("report", re.compile(r"報告|結果|概要版|白書|とりまとめ|取りまとめ|調査|統計|成果|事例集|議事")),
)
_TITLE_ORDER: Final[tuple[Role, ...]] = ("faq", "form", "guide", "law", "report")
_EXTENSION: Final = re.compile(r"^[^?#]*/[^?#/]*\.([A-Za-z0-9]{2,5})(?:[?#]|$)")
_PAGES: Final = frozenset({"html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "cgi", "do"})
_KNOWN: Final = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "docm",
        "xls",
        "xlsx",
        "xlsm",
        "xlsb",
        "ppt",
        "pptx",
        "zip",
        "lzh",
        "csv",
        "tsv",
        "txt",
        "rtf",
        "jtd",
        "jtdc",
        "xml",
        "json",
        "rdf",
        "kml",
        "kmz",
        "geojson",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "svg",
        "tif",
        "tiff",
        "mp3",
        "mp4",
        "wmv",
        "mov",
        "epub",
        "odt",
        "ods",
        "odp",
        "7z",
        "gz",
        "exe",
    ]
)


def role_of(title: str, headings: Iterable[str]) -> Role:
    """The role that the innermost telling sub-heading gives, else the title."""
    for heading in reversed(list(headings)):
        folded = fold(heading)
        for role, pattern in _ROLES:
            if pattern.search(folded):
                return role
    folded = fold(title)
    patterns = dict(_ROLES)
    return next((role for role in _TITLE_ORDER if patterns[role].search(folded)), "other")


def format_of(url: str | None, named: str | None) -> str | None:
    """The format by the address, else the one a label named; "html" for a page, None without a link."""
    if url is None:
        return named
    found = _EXTENSION.search(url)
    extension = found[1].lower() if found else ""
    if extension in _KNOWN:
        return extension
    return named or "html"
