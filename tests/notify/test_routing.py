"""Who hears of what."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from notify.errors import NotifyError
from notify.routing import absent_companies, deaf_filters, make_route, wants
from notify.subscribers import Destination, Subscriber
from notify.timing import Timing
from storage.changes import RecordedChange
from storage.observation import Draft, PageInfo, Window

Changes = dict[str, list[RecordedChange]]


def subscriber(*addresses: str, name: str = "desk", **values: Any) -> Subscriber:
    found = addresses or ("desk@example.jp",)
    return Subscriber(name=name, destinations=tuple(Destination.of(name, to, to) for to in found), **values)


def routed(
    subscribers: Iterable[Subscriber], found: list[RecordedChange], operator: Subscriber | None = None
) -> list[Draft]:
    page = PageInfo(id="support", name="支援施策", url="https://www.soumu.go.jp/")
    return list(make_route(list(subscribers), operator)(page, found))


def test_a_message_goes_to_each_destination_with_all_changes_of_the_check(changes: Changes) -> None:
    found = [replace(change, id=number) for number, change in enumerate(changes["programme added with a document"], 1)]
    drafts = routed([subscriber("a@example.jp", "json://hook.example.jp/x")], found)
    assert [draft.change_ids for draft in drafts] == [(1, 2), (1, 2)]
    assert len({draft.destination for draft in drafts}) == 2


def test_one_address_written_twice_is_told_once(changes: Changes) -> None:
    assert len(routed([subscriber("a@example.jp", "a@example.jp")], changes["plan added"])) == 1


def test_a_draft_names_the_destination_but_not_its_address(changes: Changes) -> None:
    (draft,) = routed([subscriber("slack://TOKEN/SECRET/PATH")], changes["plan added"])
    assert draft.destination.startswith("desk#")
    assert "SECRET" not in repr(draft) + repr(subscriber("slack://TOKEN/SECRET/PATH"))


def test_a_new_value_of_a_variable_is_the_same_destination() -> None:
    first, second = (Destination.of("desk", "${CHAT_URL}", address).id for address in ("json://one", "json://two"))
    assert first == second


@pytest.mark.parametrize(
    ("address", "label"),
    [("desk@example.jp", "d…@example.jp"), ("slack://T/S/P", "slack://…"), ("nonsense", "…")],
)
def test_a_label_masks_the_address(address: str, label: str) -> None:
    assert Destination.of("desk", address, address).label == label


def test_a_paused_subscriber_hears_nothing(changes: Changes) -> None:
    assert routed([subscriber(paused=True)], changes["plan added"]) == []


def test_incidents_go_to_the_operator_alone(changes: Changes) -> None:
    drafts = routed([subscriber()], changes["page suspect"], operator=subscriber(name="operator"))
    assert [(draft.subscriber, draft.channel) for draft in drafts] == [("operator", "operator")]


def test_changes_do_not_go_to_the_operator(changes: Changes) -> None:
    drafts = routed([subscriber()], changes["plan added"], operator=subscriber(name="operator"))
    assert [(draft.subscriber, draft.channel) for draft in drafts] == [("desk", "subscriber")]


def test_without_an_operator_incidents_go_to_nobody(changes: Changes) -> None:
    assert routed([subscriber()], changes["page suspect"]) == []


def test_the_language_of_the_subscriber_goes_along(changes: Changes) -> None:
    assert routed([subscriber(language="en")], changes["plan added"])[0].language == "en"


@pytest.mark.parametrize(
    ("filters", "case", "hears"),
    [
        ({"pages": ("support",)}, "plan added", True),
        ({"pages": ("sup*", "other")}, "plan added", True),
        ({"pages": ("other",)}, "plan added", False),
        ({"kinds": ("plan",)}, "plan added", True),
        ({"kinds": ("plan.*",)}, "plan added", True),
        ({"kinds": ("*.added",)}, "plan added", True),
        ({"kinds": ("plan.amended",)}, "plan added", False),
        ({"kinds": ("document",)}, "plan added", False),
        ({"kinds": ("plan.replaced",)}, "plan amended and replaced", True),
        ({"categories": ("地域活性化に向けた支援",)}, "plan added", True),
        ({"categories": ("その他支援",)}, "plan added", False),
        ({"categories": ("その他支援",)}, "programme moved", True),
        ({"categories": ("地域活性化に向けた支援",)}, "programme moved", True),
        ({"categories": ("その他支援",)}, "category renamed", True),
        ({"categories": ("その他の支援",)}, "category renamed", True),
        ({"programmes": ("５Ｇ導入 促進税制",)}, "plan added", True),
        ({"programmes": ("テレワーク普及展開推進事業",)}, "plan added", False),
        ({"programmes": ("テレワーク普及展開推進事業",)}, "programme closed", True),
        ({"companies": ("富士通",)}, "plan amended again", True),
        ({"companies": ("日本電気", "富士通")}, "plan amended again", True),
        ({"companies": ("日本電気",)}, "plan amended again", False),
        ({"companies": ("株式会社愛媛CATV",)}, "plan removed", True),
        ({"companies": ("富士通",)}, "document replaced", False),
        ({"companies": ("KDDI株式会社",)}, "plan renamed", True),
        ({"companies": ("ｋｄｄｉ",)}, "plan renamed", True),
        ({"companies": ("富士通",), "kinds": ("document",)}, "plan amended again", False),
        ({"companies": ("富士通",)}, "page moved", True),
        ({"kinds": ("plan",)}, "page moved", False),
        ({"kinds": ("plan",), "companies": ("富士通",)}, "page unverified", True),
        ({"kinds": ("plan",)}, "page gone", True),
        ({"pages": ("other",)}, "page unverified", False),
        ({"pages": (), "kinds": ()}, "plan added", True),
        ({"match": "楽天モバイル|富士通"}, "plan amended again", True),
        ({"match": "日本電気"}, "plan amended again", False),
        ({"match": "富士通", "kinds": ("document",)}, "plan amended again", False),
        ({"match": "令和5年5月29日"}, "plan amended again", True),
        ({"match": "富士通"}, "page moved", True),
        ({"match": "富士通"}, "page unverified", True),
    ],
)
def test_filters_decide_who_hears(filters: dict[str, Any], case: str, hears: bool, changes: Changes) -> None:
    assert wants(subscriber(**filters), "support", changes[case][0]) is hears


def test_a_subscriber_hears_only_what_is_detected_after_being_added(changes: Changes) -> None:
    (change,) = changes["plan added"]
    since = [change.detected_at + timedelta(seconds=seconds) for seconds in (-1, 0, 1)]
    assert [wants(subscriber(since=at), "support", change) for at in since] == [True, False, False]


@pytest.mark.parametrize("name", ["page.gone", "page.restored", "page.moved", "page.suspect"])
def test_the_operator_hears_what_befalls_a_page(name: str, changes: Changes) -> None:
    change = replace(changes["plan added"][0], change=name, kind="page", operators_only=name == "page.suspect")
    drafts = routed([], [change], operator=subscriber("ops@example.jp", name="operator"))
    assert [draft.channel for draft in drafts] == ["operator"]


# When


NIGHT = datetime(2026, 6, 3, 13, 0, tzinfo=UTC)
"""Wednesday, 22:00 in Japan."""
MORNING = datetime(2026, 6, 3, 22, 0, tzinfo=UTC)
DAY = datetime(2026, 6, 3, 3, 0, tzinfo=UTC)


@pytest.fixture
def two(changes: Changes) -> list[RecordedChange]:
    """A plan amended (1) and one added (2) at night."""
    both = (*changes["plan amended again"], *changes["plan added"])
    return [replace(change, id=number, detected_at=NIGHT) for number, change in enumerate(both, 1)]


def when(draft: Draft) -> tuple[tuple[int, ...], datetime | None, Window | None]:
    return draft.change_ids, draft.due, draft.window


def test_what_is_found_in_quiet_hours_is_due_when_they_end(two: list[RecordedChange]) -> None:
    (draft,) = routed([subscriber(timing=Timing.of(quiet="20:00-07:00"))], two)
    assert when(draft) == ((1, 2), MORNING, None)


def test_what_is_urgent_does_not_wait_for_the_morning_with_the_rest(two: list[RecordedChange]) -> None:
    drafts = routed([subscriber(timing=Timing.of(quiet="20:00-07:00", urgent=["plan.amended"]))], two)
    assert [when(draft) for draft in drafts] == [((1,), None, None), ((2,), MORNING, None)]


@pytest.mark.parametrize("urgent", ["plan.amended", "plan", "*.amended", "plan.replaced"])
def test_a_change_is_urgent_by_any_of_its_names(urgent: str, two: list[RecordedChange]) -> None:
    change = replace(two[0], also=("plan.replaced",))
    (draft,) = routed([subscriber(timing=Timing.of(quiet="20:00-07:00", urgent=[urgent]))], [change])
    assert draft.due is None


def test_what_is_urgent_is_no_message_of_its_own_outside_quiet_hours(two: list[RecordedChange]) -> None:
    by_day = [replace(change, detected_at=DAY) for change in two]
    (draft,) = routed([subscriber(timing=Timing.of(urgent=["plan.amended"]))], by_day)
    assert when(draft) == ((1, 2), None, None)


def test_a_digest_names_its_window_and_knows_no_quiet_hours(two: list[RecordedChange]) -> None:
    window = Window(after=datetime(2026, 6, 3, 0, 0, tzinfo=UTC), until=datetime(2026, 6, 4, 0, 0, tzinfo=UTC))
    (draft,) = routed([subscriber(timing=Timing.of("daily 09:00", quiet="20:00-07:00"))], two)
    assert when(draft) == ((1, 2), None, window)


def test_what_is_urgent_does_not_wait_for_the_digest_either(two: list[RecordedChange]) -> None:
    drafts = routed([subscriber(timing=Timing.of("daily 09:00", urgent=["plan.amended"]))], two)
    assert [(draft.change_ids, draft.window is None) for draft in drafts] == [((1,), True), ((2,), False)]


def test_that_a_page_cannot_be_verified_waits_as_other_news_does(changes: Changes) -> None:
    change = replace(changes["page unverified"][0], detected_at=NIGHT)
    (draft,) = routed([subscriber(timing=Timing.of(quiet="20:00-07:00"))], [change])
    assert draft.due == MORNING


def test_the_operator_is_told_at_once_at_any_hour(changes: Changes) -> None:
    change = replace(changes["page suspect"][0], detected_at=NIGHT)
    operator = subscriber(name="operator", timing=Timing.of("daily 09:00", quiet="20:00-07:00"))
    (draft,) = routed([], [change], operator=operator)
    assert when(draft) == ((change.id,), None, None)


def test_a_pattern_that_is_none_is_refused_before_anything_is_routed() -> None:
    with pytest.raises(NotifyError, match="missing"):
        make_route([subscriber(match="(")], None)


# Filters that nothing passes any more


TITLES = {"category": ["その他支援"], "programme": ["5G導入促進税制"], "heading": ["その他支援", "認定導入計画の概要"]}


@pytest.mark.parametrize(
    ("filters", "deaf"),
    [
        ({"categories": ("その他支援",), "programmes": ("５Ｇ導入 促進税制",)}, []),
        ({"categories": ("その他の支援",)}, ["categories: その他の支援"]),
        ({"programmes": ("その他支援", "旧制度", "5G導入促進税制")}, ["programmes: 旧制度"]),
        ({"categories": ("認定導入計画の概要",)}, []),
        ({"companies": ("富士通",)}, []),
    ],
)
def test_a_filter_is_deaf_when_nothing_stands_under_its_title(filters: dict[str, Any], deaf: list[str]) -> None:
    assert deaf_filters(subscriber(**filters), TITLES) == deaf


def test_a_company_that_no_plan_names_is_found_in_whatever_letters() -> None:
    one = subscriber(companies=("ｋｄｄｉ", "エリクソン・ジャパン株式会社"))
    assert absent_companies(one, ["KDDI株式会社", "エリクソン・ジャパン合同会社"]) == ["エリクソン・ジャパン株式会社"]


def test_nothing_is_said_of_titles_that_are_not_known() -> None:
    assert deaf_filters(subscriber(categories=("その他の支援",)), {"programme": ["5G導入促進税制"]}) == []
