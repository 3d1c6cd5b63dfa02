"""Changes found by the real comparison on the real page, edited as its editors would."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import parsers
from parsers.notes import read_note
from parsers.records import Category, Document, Period, Plan, Programme, Record, Text
from storage.changes import Change, RecordedChange
from storage.compare import carry, compare
from storage.observation import PageInfo

PAGES = Path(__file__).parents[1] / "pages" / "support"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
NAME = "地域情報通信振興 支援施策"
SEEN = datetime(2024, 1, 23, 0, 0, tzinfo=UTC)
DETECTED = SEEN + timedelta(hours=1, minutes=5)
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


def recorded(change: Change, number: int = 1, **values: Any) -> RecordedChange:
    shallow = {item.name: getattr(change, item.name) for item in fields(change)}
    defaults: dict[str, Any] = {"page": "support", "detected_at": DETECTED, "last_seen_before": SEEN}
    return RecordedChange(**shallow, **{"id": number, **defaults, **values})


def page_change(name: str, *, before: dict[str, Any] | None = None, **after: Any) -> RecordedChange:
    """A change of the page itself, as the store tells it."""
    change = Change(change=name, kind="page", key="support", title=NAME, before=before, after=after, url=URL)
    incident = name.partition(".")[2] in {"suspect", "failing", "stale", "recovered"}
    return recorded(change, operators_only=incident)


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


def _text(key: str, *, old: str = "", new: str = "", end: str = "") -> Edit:
    def edit(records: list[Record]) -> list[Record]:
        record = only(records, key)
        assert old in record.text
        return changed(key, text=record.text.replace(old, new) if old else record.text + end)(records)

    return edit


def _category(old: str, new: str) -> Edit:
    """A category under another title, and what stands below it with it."""

    def edit(records: list[Record]) -> list[Record]:
        renamed = changed(f"category:{old}", title=new)(records)
        return [replace(record, path=tuple(new if part == old else part for part in record.path)) for record in renamed]

    return edit


def _set(key: str, **values: Any) -> Edit:
    """A state that both versions share."""
    return changed(key, **values)


def _moved(key: str, after: str, **values: Any) -> Edit:
    def edit(records: list[Record]) -> list[Record]:
        record = replace(only(records, key), **values)
        return added(after, record)(without(key)(records))

    return edit


# Name → (what both versions share, what the newer one has besides).
SCENARIOS: dict[str, tuple[tuple[Edit, ...], tuple[Edit, ...]]] = {
    "plan amended again": (
        (_set(FUJITSU, note="令和5年5月29日変更"),),
        (changed(FUJITSU, note="令和6年1月23日変更"),),
    ),
    "plan amended for the first time": ((), (changed(KDDI, note="令和6年4月1日変更"),)),
    "plan note removed": ((), (changed(FUJITSU, note=None),)),
    "plan note says certified": ((), (changed(FUJITSU, note="令和6年1月23日認定"),)),
    "plan bare date": ((), (changed(ERICSSON, note="令和6年6月5日"),)),
    "plan note unreadable": ((), (changed(FUJITSU, note="令和8年月変更"),)),
    "plan date backwards": ((), (changed(FUJITSU, note="令和5年1月23日変更"),)),
    "plan date in the future": ((), (changed(FUJITSU, note="令和7年1月23日変更"),)),
    "plan amended and replaced": (
        (),
        (changed(FUJITSU, note="令和6年10月1日変更", url=f"{FILES}/000970000.pdf"),),
    ),
    "plan replaced": ((), (changed(KDDI, url=f"{FILES}/000970001.pdf"),)),
    "plan linked to a page": ((), (changed(KDDI, url="https://www.kddi.com/plan/"),)),
    "plan link removed": ((), (changed(KDDI, url=None),)),
    "plan added": ((), (added(FUJITSU, RAKUTEN),)),
    "plan removed": ((), (without(EHIME),)),
    "plan moved": (
        (),
        (
            _moved(
                FUJITSU,
                "plan:開発供給計画|ローカル5G|日本電気株式会社",
                path=(CATEGORY, TAX, "認定開発供給計画の概要", "ローカル5G"),
                network="ローカル5G",
            ),
        ),
    ),
    "plan renamed": (
        (),
        (changed(KDDI, title="KDDIホールディングス株式会社", companies=("KDDIホールディングス株式会社",)),),
    ),
    "document replaced": (
        (_set(FORM, url=f"{FILES}/000123456.docx"),),
        (changed(FORM, url=f"{FILES}/000970000.docx"),),
    ),
    "document replaced from elsewhere": (
        (),
        (changed(FORM, url="https://www.meti.go.jp/policy/000612381.docx"),),
    ),
    "document revised": ((), (changed(GUIDE, note="令和7年4月版"),)),
    "document replaced and revised": (
        (),
        (changed(GUIDE, note="令和7年4月版", url=f"{FILES}/000980000.pdf"),),
    ),
    "document note added": ((), (changed(FORM, note="令和6年4月26日更新"),)),
    "document updated": (
        (_set(FORM, note="令和6年4月26日更新"),),
        (changed(FORM, note="令和6年11月1日更新"),),
    ),
    "document deadline moved": (
        (_set(FORM, note="令和6年4月26日まで"),),
        (changed(FORM, note="令和6年5月31日まで"),),
    ),
    "document added": ((), (added(FORM, CALL),)),
    "document removed": ((), (without(FORM),)),
    "document removed from a quoted programme": (
        (),
        (without(f"document:{SURVEY}|(R5年度版)生成AIの概要版を見る"),),
    ),
    "document of a quoted programme replaced": (
        (),
        (changed(f"document:{SURVEY}|(R5年度版)生成AIの概要版を見る", url=f"{FILES}/000990000.pdf"),),
    ),
    "document renamed": ((), (changed(FORM, title="認定申請書(導入計画用)"),)),
    "document moved": (
        (),
        (_moved(FORM, GUIDE, path=(CATEGORY, TAX, "5G導入促進税制 利用ガイド")),),
    ),
    "programme added with a document": (
        (),
        (
            added("programme:ケーブルテレビネットワーク光化等による耐災害性強化事業", RADIO),
            added("programme:x", RADIO_FORM),
        ),
    ),
    "programme removed": ((), (without(TELEWORK),)),
    "programme moved": (
        (),
        (_moved(TELEWORK, OKINAWA, path=("その他支援",), category="その他支援"),),
    ),
    "programme renamed": ((), (changed(TELEWORK, title="テレワーク普及促進事業"),)),
    "programme closed": (
        (),
        (changed(TELEWORK, closed=True), _text(TELEWORK, end="\n※今年度の受付は終了しました。")),
    ),
    "programme reopened": ((_set(TELEWORK, closed=True),), (changed(TELEWORK, closed=False),)),
    "programme period": ((_set(TELEWORK, periods=(SPAN,)),), (changed(TELEWORK, periods=(LATER,)),)),
    "programme period added": ((), (changed(TELEWORK, periods=(SPAN,)),)),
    "programme period removed": ((_set(TELEWORK, periods=(SPAN,)),), (changed(TELEWORK, periods=()),)),
    "programme text reworded": ((), (_text(TELEWORK, old="時間や場所を", new="時間と場所を"),)),
    "programme text shortened": (
        (),
        (_text("programme:DXアドバイザー", old="アドバイザーを派遣し、技術的助言を行います。"),),
    ),
    "programme link": ((), (changed(TELEWORK, url="https://telework.soumu.go.jp/"),)),
    "programme note": ((), (changed(TELEWORK, note="令和6年4月1日更新"),)),
    "category added": ((), (added(OKINAWA, Category(key="x", path=(), title="国際展開の支援")),)),
    "category removed with its programme": (
        (),
        (without("category:地方財政措置"), without("programme:地域社会のデジタル化に関連する地方財政措置")),
    ),
    "category renamed": ((), (_category("その他支援", "その他の支援"),)),
    "text changed": ((), (_text(LEAD, end="\n令和7年度の施策は準備中です。"),)),
    "text rewritten": ((), (changed(LEAD, text="このページは移転しました。\n新しいページをご覧ください。\n以上"),)),
    "text heading added": (
        (),
        (
            added(
                LEAD,
                Text(
                    key="x",
                    path=(NAME, "お知らせ"),
                    title="お知らせ",
                    text="ページを新しくしました。\nご意見をお寄せください。",
                ),
            ),
        ),
    ),
}


def scenario(name: str) -> list[RecordedChange]:
    shared, edits = SCENARIOS[name]
    old = list(page_records())
    for edit in shared:
        old = edit(old)
    new = old
    for edit in edits:
        new = edit(new)
    new = [replace(record, position=position) for position, record in enumerate(new)]
    found = compare(old, new, date(2024, 11, 5))
    return [recorded(change, number) for number, change in enumerate(found, start=1)]


def _linked(name: str, **values: Any) -> RecordedChange:
    """A change that the linked file, not the page, gives rise to."""
    record = only(page_records(), values.pop("of")).as_dict()
    change = Change(
        change=name,
        kind=record["kind"],
        key=record["key"],
        title=record["title"],
        path=tuple(record["path"]),
        before=record,
        after={**record, "http_status": values.pop("http_status", None)},
        url=record["url"],
        **values,
    )
    return recorded(change)


def told() -> dict[str, list[RecordedChange]]:
    """Every change there is a sentence for, by the name it has in the golden files."""
    failing = {"reason": "timeout", "message": "no answer in 30 s", "http_status": None, "count": 2}
    suspect = {"reason": "maintenance", "message": "the page says メンテナンス中", "http_status": 200, "count": 1}
    of_page = {
        "page moved": page_change("page.moved", before={"url": URL}, url="https://www.soumu.go.jp/new/index.html"),
        "page gone": page_change("page.gone", reason="http_404", message="Not Found", http_status=404, count=3),
        "page restored": page_change("page.restored"),
        "page unverified": page_change("page.unverified", **failing),
        "page verified": page_change("page.verified"),
        "page suspect": page_change("page.suspect", **suspect),
        "page suspect for a count": page_change("page.suspect", **{**suspect, "reason": "fewer_records"}),
        "page failing": page_change("page.failing", **failing),
        "page failing with a status": page_change("page.failing", **{**failing, "reason": "http_503"}),
        "page stale": page_change("page.stale"),
        "page recovered": page_change("page.recovered", reason="timeout", incidents=["page.failing"]),
        "document gone": _linked("document.gone", of=FORM, http_status=404),
        "document restored": _linked("document.restored", of=FORM),
        "document revised under the same URL": _linked("document.revised", of=FORM, fields=("content",)),
        "plan revised under the same URL": _linked("plan.revised", of=FUJITSU, fields=("content",)),
    }
    return {name: scenario(name) for name in SCENARIOS} | {name: [change] for name, change in of_page.items()}


@pytest.fixture(scope="session")
def changes() -> dict[str, list[RecordedChange]]:
    return told()


@pytest.fixture
def pages() -> dict[str, PageInfo]:
    return {"support": PageInfo(id="support", name=NAME, url=URL)}
