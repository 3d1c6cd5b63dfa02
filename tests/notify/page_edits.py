"""The real page's records, and the edits its editors make of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import parsers
from parsers.notes import read_note
from parsers.records import Document, Period, Plan, Programme, Record
from storage.compare import carry

PAGES = Path(__file__).parents[1] / "pages" / "support"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
NAME = "地域情報通信振興 支援施策"
Edit = Callable[[list[Record]], list[Record]]


@cache
def page_records() -> tuple[Record, ...]:
    body = (PAGES / "details-definitions.html").read_bytes()
    return tuple(carry((), parsers.parse(body, url=URL).records))


def noted(record: Record, note: str | None) -> Record:
    """The record with another note, read as the parser reads notes."""
    reading = read_note(note) if note else None
    return replace(
        record,
        note=note,
        date=reading.date if reading else None,
        date_kind=reading.date_kind if reading else None,
    )


def only(records: Iterable[Record], key: str) -> Record:
    found = [record for record in records if f"{record.kind}:{record.key}" == key]
    assert len(found) == 1, f"{key}: {len(found)} records"
    return found[0]


def changed(key: str, **values: Any) -> Edit:
    """An edit that gives one record other values; `note` is read as the parser reads it."""

    def edit(records: list[Record]) -> list[Record]:
        old = only(records, key)
        new = replace(noted(old, values["note"]) if "note" in values else old, **values)
        return [new if record is old else record for record in records]

    return edit


def without(key: str) -> Edit:
    return lambda records: [record for record in records if record is not only(records, key)]


def added(after: str, new: Record) -> Edit:
    def edit(records: list[Record]) -> list[Record]:
        place = records.index(only(records, after)) + 1
        return [*records[:place], new, *records[place:]]

    return edit


TAX = "5G導入促進税制"
CATEGORY = "地域活性化に向けた支援"
FORMS = "特定高度情報通信技術活用システム導入計画申請書様式等"
FORM = f"document:{TAX}|{FORMS}|認定申請書(導入計画)"
GUIDE = f"document:{TAX}|{TAX}利用ガイド|5G税制利用ガイド"
FUJITSU = "plan:開発供給計画|全国5G|富士通株式会社"
KDDI = "plan:導入計画|全国5G|KDDI株式会社"
ERICSSON = "plan:開発供給計画|ローカル5G|エリクソン・ジャパン株式会社"
EHIME = "plan:導入計画|ローカル5G|株式会社愛媛CATV"
SURVEY = "令和5年度「地方自治体におけるAI・RPAの実証実験・導入状況等調査」の公表"
TAX_ITSELF = f"programme:{TAX}"
TELEWORK = "programme:テレワーク普及展開推進事業"
OKINAWA = "programme:沖縄の情報通信振興"
LEAD = "text:地域情報通信振興支援施策|概要"
FILES = "https://www.soumu.go.jp/main_content"
RAKUTEN = Plan(
    key="x",
    path=(CATEGORY, TAX, "認定開発供給計画の概要", "全国5G"),
    title="楽天モバイル株式会社",
    url=f"{FILES}/000970100.pdf",
    note="令和6年11月1日認定",
    date="2024-11-01",
    date_kind="certified",
    plan_type="開発供給計画",
    network="全国5G",
    companies=("楽天モバイル株式会社",),
)
CALL = Document(
    key="x",
    path=(CATEGORY, TAX, "特定高度情報通信技術活用システム導入計画 申請書様式等"),
    title="記載例(導入計画)",
    url=f"{FILES}/000970200.pdf",
    note="令和6年11月版",
    date="2024-11",
    date_kind="edition",
    programme=TAX,
)
RADIO = Programme(
    key="x",
    path=("無線システムの普及支援",),
    title="災害時通信確保支援事業",
    category="無線システムの普及支援",
    text="新しい事業です。",
)
RADIO_FORM = Document(
    key="x",
    path=("無線システムの普及支援", "災害時通信確保支援事業"),
    title="公募要領",
    url=f"{FILES}/000970300.pdf",
    programme="災害時通信確保支援事業",
)
SPAN = Period("公募期間", "2024-04-05", "2024-05-10T12:00")
LATER = Period("公募期間", "2024-04-05", "2024-05-31")


def reworded(key: str, *, old: str = "", new: str = "", end: str = "") -> Edit:
    def edit(records: list[Record]) -> list[Record]:
        record = only(records, key)
        assert old in record.text
        return changed(key, text=record.text.replace(old, new) if old else record.text + end)(records)

    return edit


def category_renamed(old: str, new: str) -> Edit:
    """A category under another title, and what stands below it with it."""

    def edit(records: list[Record]) -> list[Record]:
        renamed = changed(f"category:{old}", title=new)(records)
        return [replace(record, path=tuple(new if part == old else part for part in record.path)) for record in renamed]

    return edit


def shared(key: str, **values: Any) -> Edit:
    """A state that both versions share."""
    return changed(key, **values)


def moved(key: str, after: str, **values: Any) -> Edit:
    def edit(records: list[Record]) -> list[Record]:
        record = replace(only(records, key), **values)
        return added(after, record)(without(key)(records))

    return edit
