"""One message of each kind, for the tests that write them out and those that look at them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from notify.digest import render_digest
from notify.notices import condition_notice, dead_notice, opt_in_mail
from notify.render import Style, render
from storage.changes import RecordedChange
from storage.compare import compare
from storage.observation import (
    CheckTally,
    Delivery,
    FrozenMessage,
    Incident,
    Language,
    PageInfo,
    Standing,
    Window,
)
from tests.notify.conftest import recorded, told
from tests.notify.page_edits import NAME, TAX, URL, page_records

PAGE = PageInfo(id="support", name=NAME, url=URL)
PAGES = {"support": PAGE}
UNTIL = datetime(2024, 1, 29, 0, 0, tzinfo=UTC)
WEEK = Window(after=UNTIL - timedelta(days=7), until=UNTIL)
HEAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SEVERAL = (
    "plan amended and replaced",
    "document replaced",
    "programme added with a document",
    "programme text reworded",
    "plan added",
)
BATCH = (
    *("plan amended again", "document replaced", "plan added", "document renamed", "programme period"),
    *("programme closed", "text sentence added", "document revised", "document removed", "plan renamed"),
    "category removed with its programme",
)
MANY = 300

cases = cache(told)


def together(*names: str) -> list[RecordedChange]:
    """The changes of several cases as those of one check."""
    found = [change for name in names for change in cases()[name]]
    return [replace(change, id=number) for number, change in enumerate(found, start=1)]


def programme_removed() -> list[RecordedChange]:
    """A programme and all that stood beneath it, gone."""
    left = [record for record in page_records() if TAX not in (*record.path, record.title)]
    new = [replace(record, position=position) for position, record in enumerate(left)]
    found = compare(list(page_records()), new, date(2024, 11, 5))
    return [recorded(change, number) for number, change in enumerate(found, start=1)]


def batch() -> list[RecordedChange]:
    """Twelve changes of many kinds, the last a removed programme with what it caused."""
    return [
        replace(change, id=number) for number, change in enumerate([*together(*BATCH), *programme_removed()], start=1)
    ]


def many() -> list[RecordedChange]:
    """So many changes of one check, every sixth caused by the one before."""
    found = [change for _ in range(MANY) for change in together(*SEVERAL)][:MANY]
    return [
        replace(
            change, id=number, key=f"{change.key}{number // 6}", cause=change.cause and f"{change.cause}{number // 6}"
        )
        for number, change in enumerate(found)
    ]


def tally(name: str = NAME, **values: object) -> CheckTally:
    """The checks of a page, hourly and good where nothing else is said."""
    page = PageInfo(id="support" if name == NAME else name, name=name, url=URL)
    seen = UNTIL - timedelta(minutes=5)
    usual: dict[str, object] = {"good": 45, "failed": 0, "suspect": 0, "chain_head": HEAD}
    return CheckTally(**{"page": page, "last_good": seen, "last_check": seen, **usual, **values})  # type: ignore[arg-type]


NEVER_SEEN = tally("未取得のページ", good=0, last_good=None, last_check=None, chain_head=None)
BLIPS = tally("デジタル庁 調達情報", good=43, failed=2)
LOST = tally("ローカル5Gの補助金", good=30, failed=12, suspect=3, last_good=UNTIL - timedelta(days=2))
TOLD = tally("データセンターの公募", changes=3)
DOWN = tally("止まったページ", good=0, failed=45, last_good=UNTIL - timedelta(days=12))


def digest(
    changes: list[RecordedChange],
    tallies: list[CheckTally],
    language: Language = "ja",
    style: Style = "mail",
    limit: int | None = None,
    now: datetime = UNTIL + timedelta(seconds=20),
) -> FrozenMessage:
    return render_digest(
        changes,
        PAGES,
        tallies,
        window=WEEK,
        language=language,
        now=now,
        subscriber="情報政策課",
        style=style,
        limit=limit,
    )


def message(
    *changes: RecordedChange, language: Language = "ja", style: Style = "mail", limit: int | None = None
) -> FrozenMessage:
    now = changes[0].detected_at + timedelta(minutes=1)
    return render(changes, PAGES, language=language, now=now, subscriber="情報政策課", style=style, limit=limit)


def delivery(number: int, subject: str | None = None, **values: object) -> Delivery:
    """A delivery that was given up."""
    usual: dict[str, object] = {
        "id": number,
        "destination": "desk#1a2b3c4d",
        "subscriber": "情報政策課",
        "channel": "subscriber",
        "language": "ja",
        "change_ids": (1, 2),
        "status": "dead",
        "attempts": 12,
        "created_at": UNTIL,
        "next_attempt": UNTIL,
        "message": None,
        "subject": subject,
        "message_id": None,
        "code": None,
        "sent_at": None,
        "last_error": "404: the web-hook of Slack is not there any more",
    }
    return Delivery(**{**usual, **values})  # type: ignore[arg-type]


BOUNCED = Standing(
    subscriber="田中 一郎",
    destination="田中 一郎#9f8e7d6c",
    state="bounced",
    since=UNTIL,
    why="550: the mail server refuses the recipient",
)
DISK = Incident(
    page=None,
    kind="disk.full",
    reason="",
    message="the disk of the database (/data) is nearly full: 120 MB free",
    opened_at=UNTIL,
    closed_at=None,
)
DISK_MENDED = replace(DISK, closed_at=UNTIL + timedelta(days=1, hours=2))
CONFIRM = "https://monitor.example.jp/confirm/" + "eyJkIjoiYWJjZGVmZ2hpamtsbW5vcCJ9." * 6
AMENDED = "【変更】富士通株式会社(全国5G)開発供給計画:令和6年1月23日変更"

NOTICES: dict[str, Callable[[Language], FrozenMessage]] = {
    "dead": lambda language: dead_notice([delivery(12, AMENDED), delivery(13)], [BOUNCED], language),
    "disk full": lambda language: condition_notice(DISK, "opened", language),
    "disk still full": lambda language: condition_notice(DISK, "open", language),
    "disk mended": lambda language: condition_notice(DISK_MENDED, "closed", language),
    "opt-in": lambda language: opt_in_mail(CONFIRM, "支援施策の変更通知", language),
}

MAILS: dict[str, Callable[[Language], FrozenMessage]] = {
    "one": lambda language: message(*cases()["plan amended again"], language=language),
    "batch": lambda language: message(*batch(), language=language),
    "many": lambda language: message(*many(), language=language),
    "incident": lambda language: message(*cases()["page suspect"], language=language),
    "correction": lambda language: message(*cases()["correction with what is right"], language=language),
    "digest": lambda language: digest(
        together(*SEVERAL), [tally(), BLIPS, TOLD, LOST, DOWN, NEVER_SEEN], language, now=UNTIL + timedelta(hours=2)
    ),
    "quiet": lambda language: digest([], [tally(), BLIPS], language),
    **{name: NOTICES[name] for name in ("dead", "disk mended", "opt-in")},
}
