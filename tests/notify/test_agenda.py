"""Periods and deadlines as iCalendar: what each event says, and what becomes of it when the page changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from notify.agenda import KEPT, appointments, calendar, has_periods
from parsers.records import Document, Period, Programme, Record, Text
from storage.japan import TOKYO
from storage.observation import Language, PageInfo, RecordVersion

PAGE = PageInfo(id="support", name="支援施策", url="https://www.soumu.go.jp/ict/index.html")
SEEN = datetime(2024, 4, 1, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)
CALL = Period("公募期間", "2024-04-05", "2024-05-10")
AI = Programme(
    key="AI導入支援",
    path=("地域活性化に向けた支援",),
    title="AI導入支援",
    url="https://www.soumu.go.jp/ict/ai.html",
    periods=(CALL,),
)


def history(*records: Record | None) -> list[RecordVersion]:
    """The record as it stood, each version a day after the one before."""
    return [
        RecordVersion(
            record=record,
            since=SEEN + number * DAY,
            until=SEEN + (number + 1) * DAY if number + 1 < len(records) else None,
            change=None,
            origin="live",
        )
        for number, record in enumerate(records)
    ]


def made(
    *records: Record | None, language: Language = "ja", page: PageInfo = PAGE, later: timedelta = timedelta()
) -> bytes:
    now = SEEN + len(records) * DAY + later
    found = appointments(page, history(*records), language, now=now)
    return calendar([(page, item) for item in found], language=language, name=page.name)


def events(*records: Record | None, **options: Any) -> list[Event]:
    found: list[Event] = Calendar.from_ical(made(*records, **options)).events
    return found


def event(*records: Record | None, **options: Any) -> Event:
    (found,) = events(*records, **options)
    return found


def with_periods(*periods: Period) -> Record:
    return replace(AI, periods=periods)


# Days and hours


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (CALL, date(2024, 4, 5), date(2024, 5, 11)),
        (Period("締切", None, "2024-05-10"), date(2024, 5, 10), date(2024, 5, 11)),
        (Period("公募開始日", "2024-04-05", None), date(2024, 4, 5), date(2024, 4, 6)),
        (Period("締切", None, "2024-12-31"), date(2024, 12, 31), date(2025, 1, 1)),
        (Period("受付", "2024-04-05", "2024-04-05"), date(2024, 4, 5), date(2024, 4, 6)),
        (
            Period("受付", "2024-04-05T09:00", "2024-05-10T17:00"),
            datetime(2024, 4, 5, 9, tzinfo=TOKYO),
            datetime(2024, 5, 10, 17, tzinfo=TOKYO),
        ),
        (
            Period("受付", "2024-04-05", "2024-05-10T17:00"),
            datetime(2024, 4, 5, tzinfo=TOKYO),
            datetime(2024, 5, 10, 17, tzinfo=TOKYO),
        ),
        (
            Period("受付", "2024-04-05T09:00", "2024-05-10"),
            datetime(2024, 4, 5, 9, tzinfo=TOKYO),
            datetime(2024, 5, 11, tzinfo=TOKYO),
        ),
        (
            Period("受付", "2024-04-05T09:00", "2024-04-05T24:00"),
            datetime(2024, 4, 5, 9, tzinfo=TOKYO),
            datetime(2024, 4, 6, tzinfo=TOKYO),
        ),
    ],
)
def test_days_are_whole_and_hours_are_japans(period: Period, start: date, end: date) -> None:
    found = event(with_periods(period))
    assert [start, end] == [found.DTSTART, found.DTEND]


def test_a_deadline_with_a_time_of_day_is_an_instant() -> None:
    found = event(with_periods(Period("締切", None, "2024-05-10T17:00")))
    assert datetime(2024, 5, 10, 17, tzinfo=TOKYO) == found.DTSTART
    assert "DTEND" not in found


def test_times_name_japans_zone_which_the_calendar_defines() -> None:
    document = made(with_periods(Period("締切", None, "2024-05-10T17:00")))
    assert b"DTSTART;TZID=Asia/Tokyo:20240510T170000\r\n" in document
    assert [zone.tz_name for zone in Calendar.from_ical(document).timezones] == ["Asia/Tokyo"]


def test_days_need_no_zone() -> None:
    assert b"VTIMEZONE" not in made(AI)


def test_a_period_that_ends_before_it_begins_is_its_end() -> None:
    found = event(with_periods(Period("受付", "2024-05-10", "2024-04-05")))
    assert (date(2024, 4, 5), date(2024, 4, 6)) == (found.DTSTART, found.DTEND)


def test_a_note_that_says_until_is_a_deadline() -> None:
    form = Document(key="様式", path=(), title="様式", note="令和6年5月まで", date="2024-05", date_kind="until")
    found = event(form)
    assert (found["SUMMARY"], found.DTSTART) == ("【締切】様式", date(2024, 5, 31))


def test_a_note_whose_last_day_a_period_names_is_one_event() -> None:
    form = Document(
        key="様式",
        path=(),
        title="様式",
        date="2024-05-10",
        date_kind="until",
        periods=(Period("受付", None, "2024-05-10"),),
    )
    assert len(events(form)) == 1


def test_a_calendar_without_events_has_the_one_component_that_it_must_have() -> None:
    (component,) = Calendar.from_ical(made(with_periods())).subcomponents
    assert (component.name, component["TZID"]) == ("VTIMEZONE", "Asia/Tokyo")


def test_a_record_without_periods_has_no_event() -> None:
    assert events(with_periods(), with_periods(Period("受付", None, None))) == []


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (AI, True),
        (with_periods(), False),
        (replace(AI, periods=(), date="2024-05", date_kind="until"), True),
        (replace(AI, periods=(), date="2024-05", date_kind="amended"), False),
    ],
)
def test_a_record_with_periods_is_known_by_its_json(record: Record, wanted: bool) -> None:
    assert has_periods(record.as_dict()) is wanted


# Words


@pytest.mark.parametrize(
    ("language", "period", "summary"),
    [
        ("ja", Period("公募", None, "2024-05-10"), "【締切】AI導入支援(公募)"),
        ("ja", Period("締切", None, "2024-05-10"), "【締切】AI導入支援"),
        ("ja", CALL, "【期間】AI導入支援(公募期間)"),
        ("ja", Period(None, "2024-04-01", None), "【開始】AI導入支援"),
        ("en", Period("公募", None, "2024-05-10"), "[Deadline] AI導入支援 (公募)"),
        ("en", CALL, "[Period] AI導入支援 (公募期間)"),
        ("en", Period(None, "2024-04-01", None), "[Start] AI導入支援"),
    ],
)
def test_the_summary_says_what_begins_or_ends(language: Language, period: Period, summary: str) -> None:
    assert event(with_periods(period), language=language)["SUMMARY"] == summary


@pytest.mark.parametrize(
    ("record", "summary"),
    [
        (Document(key="k", path=("支援", "様式"), title="申請書", programme="AI導入支援"), "【締切】AI導入支援 申請書"),
        (Document(key="k", path=("支援", "様式"), title="申請書"), "【締切】様式 申請書"),
        (Text(key="k", path=("AI導入支援", "第1回公募"), title="第1回公募"), "【締切】AI導入支援 第1回公募"),
        (Text(key="k", path=("AI導入支援",), title="AI導入支援"), "【締切】AI導入支援"),
    ],
)
def test_documents_and_texts_are_named_with_what_they_belong_to(record: Record, summary: str) -> None:
    assert event(replace(record, periods=(Period(None, None, "2024-05-10"),)))["SUMMARY"] == summary


def test_an_event_says_where_it_stands_and_who_published_it() -> None:
    found = event(AI)
    assert str(found["DESCRIPTION"]).split("\n")[0] == "掲載場所:地域活性化に向けた支援"
    assert "https://www.soumu.go.jp/ict/index.html" in found["DESCRIPTION"]
    assert found["URL"] == "https://www.soumu.go.jp/ict/ai.html"


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://a.example/\r\nATTENDEE:x"])
def test_without_an_address_of_its_own_it_leads_to_the_page(url: str | None) -> None:
    assert event(replace(AI, url=url))["URL"] == PAGE.url


def test_an_event_leaves_ones_time_free() -> None:
    assert (event(AI)["TRANSP"], event(AI)["STATUS"]) == ("TRANSPARENT", "CONFIRMED")


@pytest.mark.parametrize(
    ("language", "name"), [("ja", "公募・受付の期間と締切: 支援施策"), ("en", "Periods and deadlines: 支援施策")]
)
def test_the_calendar_is_named(language: Language, name: str) -> None:
    assert Calendar.from_ical(made(AI, language=language))["X-WR-CALNAME"] == name


# What becomes of an event

MOVED = with_periods(replace(CALL, end="2024-05-31"))
DAY_ONE, DAY_TWO = date(2024, 5, 10), date(2024, 9, 10)
FIRST, SECOND = (Period("公募", None, day.isoformat()) for day in (DAY_ONE, DAY_TWO))


def test_a_moved_deadline_is_the_same_event_one_further() -> None:
    before, after = event(AI), event(AI, MOVED)
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert date(2024, 6, 1) == after.DTEND


def test_the_sequence_is_the_minute_of_the_last_change() -> None:
    minutes = (SEEN + 3 * DAY - datetime(2000, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)
    assert event(AI, MOVED, AI, MOVED, replace(MOVED, text="別の文章"))["SEQUENCE"] == minutes


def test_an_event_begins_with_the_sequence_nought() -> None:
    assert event(AI)["SEQUENCE"] == 0


def test_changes_within_a_minute_are_one_further_each() -> None:
    found = [replace(version, since=SEEN) for version in history(AI, MOVED, AI, MOVED)]
    second, last = (appointments(PAGE, seen, "ja", now=SEEN) for seen in (found[:2], found))
    assert last[0].sequence == second[0].sequence + 2


def test_a_change_of_long_ago_has_a_sequence_too() -> None:
    found = [replace(version, since=version.since.replace(year=1998)) for version in history(AI, MOVED)]
    assert [item.sequence for item in appointments(PAGE, found, "ja", now=SEEN)] == [1]


def test_reading_the_history_again_without_a_change_of_before_lowers_no_sequence() -> None:
    later = with_periods(replace(CALL, end="2024-06-30"))
    assert event(AI, AI, later)["SEQUENCE"] == event(AI, MOVED, later)["SEQUENCE"]


def test_what_follows_a_change_that_was_taken_back_is_further_than_all_that_was_told() -> None:
    later = with_periods(replace(CALL, end="2024-06-30"))
    assert event(AI, MOVED, AI, MOVED)["SEQUENCE"] < event(AI, AI, AI, AI, later)["SEQUENCE"]


@pytest.mark.parametrize(("language", "summary"), [("ja", "【受付終了】AI導入支援"), ("en", "[Closed] AI導入支援")])
@pytest.mark.parametrize("period", [Period("受付", "2024-04-05", "2024-05-10"), Period("受付", None, "2024-05-10")])
def test_a_call_that_is_closed_early_is_the_same_event_that_says_so(
    language: Language, summary: str, period: Period
) -> None:
    before, after = (
        event(*records, language=language)
        for records in ([with_periods(period)], [with_periods(period), replace(with_periods(period), closed=True)])
    )
    assert after["SUMMARY"].startswith(summary)
    assert (after["UID"], after.DTSTART, after["STATUS"]) == (before["UID"], before.DTSTART, "CONFIRMED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_call_that_was_closed_when_first_seen_says_so() -> None:
    assert event(replace(AI, closed=True))["SUMMARY"] == "【受付終了】AI導入支援(公募期間)"


def test_a_day_on_which_something_began_is_not_closed() -> None:
    begun = replace(with_periods(Period("公募開始日", "2024-04-05", None)), closed=True)
    assert event(begun)["SUMMARY"] == "【開始】AI導入支援(公募開始日)"


def test_a_call_that_opens_again_says_when_it_ends() -> None:
    assert event(replace(AI, closed=True), AI)["SUMMARY"] == "【期間】AI導入支援(公募期間)"


def test_a_renamed_programme_is_the_same_event_one_further() -> None:
    before, after = event(AI), event(AI, replace(AI, title="AI実装支援"))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert after["SUMMARY"] == "【期間】AI実装支援(公募期間)"


WIDE: Final = with_periods(replace(CALL, label="公募（１次）"))
NARROW: Final = replace(with_periods(replace(CALL, label="公募(1次)")), title="ＡＩ導入支援")


@pytest.mark.parametrize("later", [NARROW, replace(NARROW, url="https://www.soumu.go.jp/new.html")])
def test_other_widths_are_no_further_state(later: Record) -> None:
    before, after = event(WIDE), event(WIDE, later)
    assert [after[name] for name in ("UID", "SEQUENCE", "SUMMARY")] == [
        before[name] for name in ("UID", "SEQUENCE", "SUMMARY")
    ]


def test_another_text_is_no_further_state() -> None:
    found = event(AI, replace(AI, text="別の文章"))
    assert (found["SEQUENCE"], found["LAST-MODIFIED"].dt) == (event(AI)["SEQUENCE"], SEEN)


def test_another_address_is_shown_without_a_further_sequence() -> None:
    found = event(AI, replace(AI, url="https://www.soumu.go.jp/new.html"))
    assert (found["SEQUENCE"], found["LAST-MODIFIED"].dt) == (event(AI)["SEQUENCE"], SEEN + DAY)
    assert found["URL"] == "https://www.soumu.go.jp/new.html"


def test_times_are_those_of_the_versions() -> None:
    found = event(AI, MOVED, replace(MOVED, text="別の文章"))
    assert (found["CREATED"].dt, found["LAST-MODIFIED"].dt, found["DTSTAMP"].dt) == (SEEN, SEEN + DAY, SEEN + DAY)


@pytest.mark.parametrize("gone", [None, with_periods()], ids=["record", "period"])
def test_what_the_page_no_longer_says_is_cancelled(gone: Record | None) -> None:
    found = event(AI, MOVED, gone)
    assert (found["STATUS"], found.DTEND) == ("CANCELLED", date(2024, 6, 1))
    assert found["SEQUENCE"] > event(AI, MOVED)["SEQUENCE"]
    assert found["DTSTAMP"].dt == SEEN + 2 * DAY


def test_it_stays_cancelled_while_the_record_says_other_things() -> None:
    found = event(AI, with_periods(), replace(AI, periods=(), text="別の文章"))
    assert (found["SEQUENCE"], found["DTSTAMP"].dt) == (event(AI, with_periods())["SEQUENCE"], SEEN + DAY)


@pytest.mark.parametrize(("later", "count"), [(KEPT - 2 * DAY, 1), (KEPT, 0)])
def test_a_cancelled_event_is_shown_for_a_year(later: timedelta, count: int) -> None:
    assert len(events(AI, None, later=later)) == count


def test_a_passed_deadline_stays() -> None:
    assert event(AI, later=10 * KEPT)["STATUS"] == "CONFIRMED"


def test_what_comes_back_is_confirmed_again() -> None:
    found = event(AI, None, AI)
    assert (found["STATUS"], found["CREATED"].dt) == ("CONFIRMED", SEEN)
    assert found["SEQUENCE"] > event(AI, None)["SEQUENCE"]


def test_periods_of_one_label_are_told_apart_by_their_order() -> None:
    before = events(with_periods(FIRST, SECOND))
    after = events(with_periods(FIRST, SECOND), with_periods(FIRST, replace(SECOND, end="2024-10-10")))
    assert len({item["UID"] for item in before}) == 2
    assert [item["UID"] for item in before] == [item["UID"] for item in after]
    assert [item["SEQUENCE"] > told["SEQUENCE"] for item, told in zip(after, before, strict=True)] == [False, True]


def by_day(found: list[Event]) -> dict[date, Event]:
    return {item.DTSTART: item for item in found}


@pytest.mark.parametrize("label", ["公募", None])
def test_when_the_first_of_two_goes_the_second_stays_what_it_was(label: str | None) -> None:
    first, second = (replace(period, label=label) for period in (FIRST, SECOND))
    before = by_day(events(with_periods(first, second)))
    after = by_day(events(with_periods(first, second), with_periods(second)))
    assert after[DAY_ONE]["UID"] == before[DAY_ONE]["UID"]
    assert [after[day]["STATUS"] for day in (DAY_ONE, DAY_TWO)] == ["CANCELLED", "CONFIRMED"]
    assert after[DAY_TWO] == before[DAY_TWO]


def test_a_period_put_before_another_is_a_further_event() -> None:
    before = by_day(events(with_periods(SECOND)))
    after = by_day(events(with_periods(SECOND), with_periods(FIRST, SECOND)))
    assert after[DAY_TWO] == before[DAY_TWO]
    assert after[DAY_ONE]["UID"] != before[DAY_TWO]["UID"]


def test_periods_that_change_places_stay_what_they_were() -> None:
    assert by_day(events(with_periods(FIRST, SECOND), with_periods(SECOND, FIRST))) == by_day(
        events(with_periods(FIRST, SECOND))
    )


def test_what_is_still_on_the_page_moves_before_what_was_cancelled_comes_back() -> None:
    moved = replace(SECOND, end="2024-10-10")
    before = by_day(events(with_periods(FIRST, SECOND)))
    after = by_day(events(with_periods(FIRST, SECOND), with_periods(SECOND), with_periods(moved)))
    assert after[date(2024, 10, 10)]["UID"] == before[DAY_TWO]["UID"]
    assert after[DAY_ONE]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    "other",
    [
        (replace(AI, key="other"), PAGE),
        (Document(key=AI.key, path=(), title=AI.title, periods=AI.periods), PAGE),
        (with_periods(replace(CALL, label="受付期間")), PAGE),
        (AI, replace(PAGE, id="other")),
    ],
)
def test_another_record_label_or_page_is_another_event(other: tuple[Record, PageInfo]) -> None:
    record, page = other
    assert event(AI)["UID"] != event(record, page=page)["UID"]


def test_the_uid_lasts() -> None:
    """Calendars take an event with another UID for another one; it must not change with the program."""
    assert event(AI, language="en")["UID"] == "45af0fce-2603-5c2d-b6ad-a7e287bd58d5"


def test_the_same_history_is_the_same_file() -> None:
    assert made(AI, MOVED) == made(AI, MOVED, later=DAY)


# The format

DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat)
CLOCKS = st.tuples(st.integers(0, 24), st.integers(0, 59)).map(lambda clock: f"T{clock[0]:02}:{clock[1]:02}")
SIDES = st.none() | st.builds(str.__add__, DATES, CLOCKS | st.just(""))
PERIODS = st.lists(st.builds(Period, st.none() | st.text(), SIDES, SIDES), max_size=3).map(tuple)
RECORDS = st.builds(
    Programme,
    key=st.just("key"),
    path=st.lists(st.text(), max_size=2).map(tuple),
    title=st.text(),
    url=st.none() | st.text(),
    closed=st.booleans(),
    periods=PERIODS,
)


def lines_of(document: bytes) -> Iterator[bytes]:
    assert document.endswith(b"\r\n")
    for line in document.removesuffix(b"\r\n").split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        yield line


@given(st.lists(st.none() | RECORDS, min_size=1, max_size=4), st.text())
def test_whatever_a_page_says_the_calendar_keeps_the_rules(records: list[Record | None], name: str) -> None:
    document = made(*records, page=replace(PAGE, name=name))
    lines = list(lines_of(document))
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if any(char < 32 and char != 9 for char in line) or b"\x7f" in line]
    read = Calendar.from_ical(document)
    assert (read["VERSION"], "PRODID" in read, read.errors) == ("2.0", True, [])
    uids = [item["UID"] for item in read.events]
    assert len(uids) == len(set(uids))
    for item in read.events:
        assert item.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED"} <= item.keys()
        assert 0 <= item["SEQUENCE"] < 2**31
        if "DTEND" in item:
            assert type(item.DTEND) is type(item.DTSTART)
            assert item.DTEND > item.DTSTART
    assert read.to_ical() == document


@given(st.lists(st.none() | RECORDS, min_size=2, max_size=5))
def test_a_calendar_that_was_fetched_before_learns_of_every_change(records: list[Record | None]) -> None:
    """What a client knows it takes back only for a higher SEQUENCE: none may change its times without one."""
    before = {item["UID"]: item for item in events(*records[:-1])}
    after = {item["UID"]: item for item in events(*records)}
    assert before.keys() <= after.keys()
    for uid, old in before.items():
        new = after[uid]
        said = [(item.DTSTART, item.get("DTEND"), item["SUMMARY"], item["STATUS"]) for item in (old, new)]
        assert (new["SEQUENCE"] > old["SEQUENCE"]) == (said[0] != said[1])
        assert (new["DTSTAMP"].dt > old["DTSTAMP"].dt) or new.to_ical() == old.to_ical()


ENDS = st.lists(st.sampled_from([date(2024, 5, day).isoformat() for day in range(1, 6)]), max_size=4, unique=True)


@given(st.lists(ENDS, min_size=2, max_size=5))
def test_a_period_that_stays_keeps_its_uid_whatever_comes_and_goes_around_it(ends: list[list[str]]) -> None:
    records = [with_periods(*(Period(None, None, end) for end in each)) for each in ends]
    before, after = (
        {item.DTSTART: item["UID"] for item in events(*seen) if item["STATUS"] == "CONFIRMED"}
        for seen in (records[:-1], records)
    )
    assert len(set(after.values())) == len(ends[-1])
    assert {day: after[day] for day in before.keys() & after.keys()} == {
        day: before[day] for day in before.keys() & after.keys()
    }
