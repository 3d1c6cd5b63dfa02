"""Changes found by the real comparison on the real page, edited as its editors would."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from parsers.records import Category, Period, Text
from storage.changes import Change, RecordedChange
from storage.compare import compare
from storage.observation import PageInfo
from storage.publishing import fields_of
from tests.notify.page_edits import (
    CALL,
    CATEGORY,
    EHIME,
    ERICSSON,
    FILES,
    FORM,
    FUJITSU,
    GUIDE,
    KDDI,
    LATER,
    LEAD,
    NAME,
    OKINAWA,
    RADIO,
    RADIO_FORM,
    RAKUTEN,
    SPAN,
    SURVEY,
    TAX,
    TAX_ITSELF,
    TELEWORK,
    URL,
    Edit,
    added,
    category_renamed,
    changed,
    moved,
    only,
    page_records,
    reworded,
    shared,
    without,
)

SEEN = datetime(2024, 1, 23, 0, 0, tzinfo=UTC)
DETECTED = SEEN + timedelta(hours=1, minutes=5)


def recorded(change: Change, number: int = 1, **values: Any) -> RecordedChange:
    shallow = {item.name: getattr(change, item.name) for item in fields(change)}
    defaults: dict[str, Any] = {"page": "support", "detected_at": DETECTED, "last_seen_before": SEEN}
    return RecordedChange(**shallow, **{"id": number, **defaults, **values})


OPENED = datetime(2024, 4, 26, 3, 30, tzinfo=UTC)


def page_change(name: str, *, before: dict[str, Any] | None = None, **after: Any) -> RecordedChange:
    """A change of the page itself, as the store tells it."""
    change = Change(change=name, kind="page", key="support", title=NAME, before=before, after=after, url=URL)
    incident = name.partition(".")[2] in {"suspect", "failing", "stale", "recovered"}
    return recorded(change, operators_only=incident)


# Name → (what both versions share, what the newer one has besides).
SCENARIOS: dict[str, tuple[tuple[Edit, ...], tuple[Edit, ...]]] = {
    "plan amended again": (
        (shared(FUJITSU, note="令和5年5月29日変更"),),
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
            moved(
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
    "plan amended, moved and renamed": (
        (),
        (
            moved(
                ERICSSON,
                FUJITSU,
                path=(CATEGORY, TAX, "認定開発供給計画の概要", "全国5G"),
                network="全国5G",
                title="エリクソン合同会社",
                companies=("エリクソン合同会社",),
                note="令和6年6月5日変更",
                date="2024-06-05",
                date_kind="amended",
            ),
        ),
    ),
    "document replaced": (
        (shared(FORM, url=f"{FILES}/000123456.docx"),),
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
    "document replaced and renamed": (
        (),
        (changed(FORM, title="認定申請書(導入計画用)", url=f"{FILES}/000970000.docx"),),
    ),
    "document replaced, revised, moved and renamed": (
        (),
        (
            moved(
                GUIDE,
                f"document:{TAX}|5G導入促進税制Q&A|5G導入促進税制Q&A",
                path=(CATEGORY, TAX, "5G導入促進税制 Q&A"),
                title="5G税制の利用ガイド",
                url=f"{FILES}/000980000.pdf",
                note="令和6年10月版",
                date="2024-10",
            ),
        ),
    ),
    "document link removed": ((), (changed(FORM, url=None),)),
    "document note added": ((), (changed(FORM, note="令和6年4月26日更新"),)),
    "document updated": (
        (shared(FORM, note="令和6年4月26日更新"),),
        (changed(FORM, note="令和6年11月1日更新"),),
    ),
    "document deadline moved": (
        (shared(FORM, note="令和6年4月26日まで", periods=(Period(None, None, "2024-04-26"),)),),
        (changed(FORM, note="令和6年5月31日まで", periods=(Period(None, None, "2024-05-31"),)),),
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
        (moved(FORM, GUIDE, path=(CATEGORY, TAX, "5G導入促進税制 利用ガイド")),),
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
        (moved(TELEWORK, OKINAWA, path=("その他支援",), category="その他支援"),),
    ),
    "programme renamed": ((), (changed(TELEWORK, title="テレワーク普及促進事業"),)),
    "programme renamed with a new address": (
        (),
        (changed(TELEWORK, title="テレワーク普及促進事業", url="https://telework.soumu.go.jp/"),),
    ),
    "programme sub-heading renamed": ((), (reworded(TAX_ITSELF, old="認定導入計画の概要", new="導入計画の概要一覧"),)),
    "programme sub-headings renamed": (
        (),
        (
            reworded(TAX_ITSELF, old="認定導入計画の概要", new="導入計画の概要一覧"),
            reworded(TAX_ITSELF, old="関係法令", new="法令等"),
        ),
    ),
    "programme lines added": ((), (reworded(TELEWORK, end="\n<相談窓口>\n電話 03-0000-0000\n平日9時から17時まで"),)),
    "programme closed": (
        (),
        (changed(TELEWORK, closed=True), reworded(TELEWORK, end="\n※今年度の受付は終了しました。")),
    ),
    "programme reopened": ((shared(TELEWORK, closed=True),), (changed(TELEWORK, closed=False),)),
    "programme period": ((shared(TELEWORK, periods=(SPAN,)),), (changed(TELEWORK, periods=(LATER,)),)),
    "programme period printed in its text": (
        (
            shared(TELEWORK, periods=(SPAN,)),
            reworded(TELEWORK, end="\n公募期間：令和6年4月5日（金）～5月10日（金）正午"),
        ),
        (changed(TELEWORK, periods=(LATER,)), reworded(TELEWORK, old="5月10日（金）正午", new="5月31日（金）")),
    ),
    "programme period printed with other words": (
        (
            shared(TELEWORK, periods=(SPAN,)),
            reworded(TELEWORK, end="\n公募期間：令和6年4月5日（金）～5月10日（金）正午"),
        ),
        (
            changed(TELEWORK, periods=(LATER,)),
            reworded(TELEWORK, old="5月10日（金）正午", new="5月31日（金）（延長しました）"),
        ),
    ),
    "programme deadline printed in a new line": (
        (),
        (
            changed(TELEWORK, periods=(Period("提出期限", None, "2024-05-31"),)),
            reworded(TELEWORK, end="\n提出期限：令和6年5月31日（金）まで"),
        ),
    ),
    "programme note and period": (
        (shared(TELEWORK, note="令和6年4月26日まで", periods=(Period(None, None, "2024-04-26"), SPAN)),),
        (changed(TELEWORK, note="令和6年5月31日まで", periods=(Period(None, None, "2024-05-31"), LATER)),),
    ),
    "programme period added": ((), (changed(TELEWORK, periods=(SPAN,)),)),
    "programme period removed": ((shared(TELEWORK, periods=(SPAN,)),), (changed(TELEWORK, periods=()),)),
    "programme text reworded": ((), (reworded(TELEWORK, old="時間や場所を", new="時間と場所を"),)),
    "programme text shortened": (
        (),
        (reworded("programme:DXアドバイザー", old="アドバイザーを派遣し、技術的助言を行います。"),),
    ),
    "programme link": ((), (changed(TELEWORK, url="https://telework.soumu.go.jp/"),)),
    "programme note": ((), (changed(TELEWORK, note="令和6年4月1日更新"),)),
    "category added": ((), (added(OKINAWA, Category(key="x", path=(), title="国際展開の支援")),)),
    "category removed with its programme": (
        (),
        (without("category:地方財政措置"), without("programme:地域社会のデジタル化に関連する地方財政措置")),
    ),
    "category note": ((), (changed("category:その他支援", note="令和6年10月1日更新"),)),
    "category linked": ((), (changed("category:その他支援", url=f"{FILES}/000970400.html"),)),
    "category renamed": ((), (category_renamed("その他支援", "その他の支援"),)),
    "text changed": ((), (reworded(LEAD, end="\n令和7年度の施策は準備中です。"),)),
    "text sentence added": ((), (reworded(LEAD, end="令和7年度の施策は準備中です。"),)),
    "text heading renamed": ((), (changed(LEAD, title="はじめに", path=(NAME, "はじめに")),)),
    "text heading renamed and its text changed": (
        (changed(LEAD, text="様々な施策を展開しております。\n随時更新します。"),),
        (
            changed(LEAD, text="様々な施策を展開しております。\n毎月更新します。"),
            changed(LEAD, title="はじめに", path=(NAME, "はじめに")),
        ),
    ),
    "text title of the page": (
        (),
        (
            changed(
                f"text:{NAME.replace(' ', '')}", title="地域情報通信振興 関連施策", path=("地域情報通信振興 関連施策",)
            ),
            changed(LEAD, path=("地域情報通信振興 関連施策", "概要")),
        ),
    ),
    "text heading removed": (
        (added(LEAD, Text(key="x", path=(NAME, "お知らせ"), title="お知らせ", text="ページを新しくしました。")),),
        (without("text:x"),),
    ),
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


def lasting(**span: float) -> dict[str, Any]:
    """What a recovered page says of an incident of that length."""
    times = {"opened_at": OPENED.isoformat(), "closed_at": (OPENED + timedelta(**span)).isoformat()}
    return {"reason": "timeout", "incidents": ["page.failing"], **times}


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
        "page recovered after a day": page_change("page.recovered", **lasting(days=1, hours=3)),
        "page recovered after minutes": page_change("page.recovered", **lasting(hours=1, minutes=5)),
        "page recovered at once": page_change("page.recovered", **lasting(seconds=20)),
        "page failing for days": page_change("page.failing", **failing, opened_at=OPENED.isoformat()),
        "page stale for days": page_change("page.stale", message="not checked", opened_at=OPENED.isoformat()),
        "document gone": _linked("document.gone", of=FORM, http_status=404),
        "document restored": _linked("document.restored", of=FORM),
        "document revised under the same URL": _linked("document.revised", of=FORM, fields=("content",)),
        "plan revised under the same URL": _linked("plan.revised", of=FUJITSU, fields=("content",)),
    }
    amended, other = scenario("plan amended again")[0], scenario("plan amended and replaced")[0]
    corrections = {
        "correction of what never was": _correction(amended, None),
        "correction with what is right": _correction(amended, other),
    }
    single = of_page | corrections
    return {name: scenario(name) for name in SCENARIOS} | {name: [change] for name, change in single.items()}


def _correction(wrong: Change, right: Change | None) -> RecordedChange:
    change = Change(
        change=f"{wrong.kind}.corrected",
        kind=wrong.kind,
        key=wrong.key,
        title=wrong.title,
        path=wrong.path,
        before={"change": _as_stored(wrong)},
        after={"change": _as_stored(right)} if right is not None else None,
        url=wrong.url,
    )
    return recorded(change, last_seen_before=None, origin="parser")


def _as_stored(change: Change) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(json.dumps(fields_of(change)))
    return stored


@pytest.fixture(scope="session")
def changes() -> dict[str, list[RecordedChange]]:
    return told()


@pytest.fixture
def pages() -> dict[str, PageInfo]:
    return {"support": PageInfo(id="support", name=NAME, url=URL)}
