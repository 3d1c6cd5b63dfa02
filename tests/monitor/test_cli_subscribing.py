"""`subscribers add`, `remove`, `pause`, `preview`: who is told, kept in the database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor.audience import audience_of
from monitor.settings import Settings, load
from parsers import parse
from parsers.records import Record
from storage.changes import RecordedChange
from storage.observation import Draft, Observation, PageInfo
from storage.store import Store
from storage.thinning import KEEP_ALL, Retention
from tests.monitor.command_line import Command, command_in

URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
APRIL, NOVEMBER = datetime(2024, 4, 26, 1, 30, tzinfo=UTC), datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
CONFIG = f"""
[[pages]]
id = "ict"
name = "支援施策"
url = "{URL}"

[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in a folder with a config.toml."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")

    return command_in(tmp_path, monkeypatch, capsys)


@pytest.fixture
def settings(command: Command) -> Settings:
    return load(Path("config.toml"), {})


@pytest.fixture
def store(settings: Settings) -> Store:
    """The page of April."""
    with Store.open(settings.monitor.database) as opened:
        check(opened, APRIL, lambda page, changes: [])
        return opened


def body_of(at: datetime) -> bytes:
    return files("monitor.demo").joinpath(f"{at.astimezone(UTC):%Y-%m-%d}.html").read_bytes()


def check(
    store: Store,
    at: datetime,
    route: Callable[[PageInfo, Sequence[RecordedChange]], Sequence[Draft]],
    retention: Retention = KEEP_ALL,
    *,
    shows: datetime | None = None,
) -> None:
    body = body_of(shows or at)
    store.save(
        Observation(
            page="ict",
            url=URL,
            name="支援施策",
            at=at,
            seconds=0.1,
            http_status=200,
            final_url=URL,
            body=body,
            content=parse(body, url=URL),
        ),
        route,
        retention=retention,
    )


def named(command: Command, name: str) -> dict[str, Any] | None:
    listed = command("subscribers", "list", "--json").json["subscribers"]
    return next((item for item in listed if item["name"] == name), None)


def test_one_who_was_added_is_listed_with_its_wishes(command: Command) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", "--kinds", "plan", "--delivery", "daily 09:00")
    found = named(command, "tanaka")
    assert found is not None
    assert (found["to"], found["kinds"], found["delivery"], found["source"]) == (
        ["t…@example.jp"],
        ["plan"],
        "daily 09:00",
        "database",
    )


@pytest.mark.parametrize(
    ("wishes", "when"),
    [
        ([], "immediate"),
        (["--delivery", "daily 09:00"], "daily 09:00"),
        (["--urgent", "plan.amended", "--urgent", "text"], "immediate, urgent plan.amended text"),
        (["--quiet", "22:00-06:00"], "immediate, quiet 22:00-06:00"),
        (["--quiet", ""], "immediate, no quiet hours"),
        (["--all-quiet", "weekly"], "immediate, all quiet weekly"),
    ],
)
def test_the_list_says_when_one_is_told_as_far_as_it_is_not_usual(
    command: Command, monkeypatch: pytest.MonkeyPatch, wishes: list[str], when: str
) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", *wishes)
    monkeypatch.setenv("COLUMNS", "300")
    (line,) = [line for line in command("subscribers", "list").out.splitlines() if line.startswith(" tanaka")]
    assert [cell.strip() for cell in line.split("  ") if cell.strip()][-2:] == [when, "ja"]


def test_the_list_is_readable_in_a_hundred_columns(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = [
        "--delivery",
        "daily 09:00",
        "--urgent",
        "plan.amended",
        "--quiet",
        "22:00-06:00",
        "--all-quiet",
        "weekly",
    ]
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", "--kinds", "document.replaced", *wishes)
    monkeypatch.setenv("COLUMNS", "100")
    shown = command("subscribers", "list").out
    assert max(map(len, shown.splitlines())) <= 100
    assert "language" in shown
    assert "plan.amended" in shown
    assert "22:00-06:00" in shown


def test_a_change_found_afterwards_is_routed_to_one_who_was_added(
    store: Store, settings: Settings, command: Command
) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", "--quiet", "")
    audience = audience_of(settings, store)
    later = datetime(2099, 1, 5, 3, 0, tzinfo=UTC)
    drafts = audience.route(PageInfo(id="ict", name="ict", url=URL), [changed(store, later)])
    assert {draft.subscriber for draft in drafts} == {"desk", "tanaka"}


def test_of_what_was_found_before_one_who_was_added_does_not_hear(
    store: Store, settings: Settings, command: Command
) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp", "--quiet", "")
    audience = audience_of(settings, store)
    drafts = audience.route(PageInfo(id="ict", name="ict", url=URL), [changed(store, NOVEMBER)])
    assert {draft.subscriber for draft in drafts} == {"desk"}


def changed(store: Store, at: datetime) -> RecordedChange:
    return RecordedChange(
        id=1,
        page="ict",
        change="plan.added",
        kind="plan",
        key="導入計画|全国5G|A",
        title="A",
        path=(),
        after={"title": "A"},
        detected_at=at,
        last_seen_before=None,
        snapshot_before=None,
        snapshot_after=None,
        operators_only=False,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "nonsense"], "to[0]: must be a mail address"),
        (["--to", "slack://TOKENA/TOKENB/TOKENC"], "Put it into the environment"),
        (["--to", "${CHAT_URL}"], "the environment variable CHAT_URL is not set"),
        (["--to", "a@example.jp", "--to", "a@example.jp"], "names one address twice"),
        (["--to", "a@example.jp", "--kinds", "plann"], 'did you mean "plan"?'),
        (["--to", "a@example.jp", "--pages", "itc"], 'there is no page "itc", did you mean "ict"?'),
        (["--to", "a@example.jp", "--delivery", "hourly"], 'delivery: must be "immediate"'),
        (["--to", "a@example.jp", "--quiet", "20-7"], 'quiet: must be hours like "20:00-07:00"'),
        (["--to", "a@example.jp", "--companies", ""], 'companies[0]: must name something or be left out, not ""'),
        (["--to", "a@example.jp", "--urgent", " "], 'urgent[0]: must name something or be left out, not " "'),
        (["--to", "a@example.jp", "--match", "(富士通"], "match: must be a pattern of RE2: missing )"),
        (["--to", "a@example.jp", "--all-quiet", "daily"], "all_quiet: must be "),
        (["--to", "a@example.jp", "--language", "fr"], "language: must be "),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_added(command: Command, arguments: list[str], said: str) -> None:
    ended = command("subscribers", "add", "tanaka", *arguments)
    assert (ended.status, said in ended.err) == (2, True), ended.err
    assert named(command, "tanaka") is None


@pytest.mark.parametrize("name", ["desk", "operator", "", "two\nlines", "desk ", "\tdesk"])
def test_a_name_that_cannot_be_is_refused(command: Command, name: str) -> None:
    ended = command("subscribers", "add", name, "--to", "a@example.jp")
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert len(command("subscribers", "list", "--json").json["subscribers"]) == 1


def test_no_error_shows_the_secret_of_an_address(command: Command) -> None:
    ended = command("subscribers", "add", "tanaka", "--to", "slack://TOKENA/TOKENB/TOKENC")
    assert "TOKEN" not in ended.err


def test_an_address_of_a_chat_is_kept_as_the_variables_name(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHAT_URL", "json://127.0.0.1:9/SECRETPATH")
    assert command("subscribers", "add", "chat", "--to", "${CHAT_URL}").status == 0
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert (b"${CHAT_URL}" in held, b"SECRETPATH" in held) == (True, False)


def test_where_a_variable_is_not_set_its_messages_wait(
    command: Command, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_URL", "json://127.0.0.1:9/")
    command("subscribers", "add", "chat", "--to", "${CHAT_URL}")
    with Store.open(settings.monitor.database) as store:
        audience = audience_of(settings, store, environ={})
        (chat,) = store.subscribers()
    assert audience.held == {chat.destinations[0].id}


def test_one_name_in_both_places_is_an_error_that_says_the_way_out(command: Command) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp")
    Path("config.toml").write_text(CONFIG.replace('"desk"', '"tanaka"'), encoding="utf-8")
    ended = command("subscribers", "list")
    assert ended.status == 2
    assert "subscribers remove 'tanaka'" in ended.err
    assert command("subscribers", "remove", "tanaka").status == 0
    assert command("subscribers", "list").status == 0


def test_one_who_is_removed_is_gone_and_its_address_with_it(command: Command, tmp_path: Path) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp")
    assert command("subscribers", "remove", "tanaka").status == 0
    assert named(command, "tanaka") is None


def test_one_of_config_toml_is_removed_there(command: Command) -> None:
    ended = command("subscribers", "remove", "desk")
    assert (ended.status, "Remove it there" in ended.err) == (2, True)


@pytest.mark.parametrize("action", ["remove", "pause"])
def test_a_name_that_nobody_has_is_named_with_what_was_meant(command: Command, action: str) -> None:
    command("subscribers", "add", "tanaka", "--to", "tanaka@example.jp")
    ended = command("subscribers", action, "tanaaka")
    assert (ended.status, "Did you mean tanaka?" in ended.err) == (2, True)


def test_one_who_is_paused_is_told_nothing(store: Store, settings: Settings, command: Command) -> None:
    command("subscribers", "pause", "desk")
    audience = audience_of(settings, store)
    assert audience.route(PageInfo(id="ict", name="ict", url=URL), [changed(store, NOVEMBER)]) == []


def test_what_waits_for_one_who_is_paused_is_held(store: Store, settings: Settings, command: Command) -> None:
    command("subscribers", "pause", "desk")
    audience = audience_of(settings, store)
    assert audience.held == set(audience.destinations)


def test_the_end_of_a_pause_also_ends_that_of_an_address_that_was_refused(store: Store, command: Command) -> None:
    found = named(command, "desk")
    assert found is not None
    store.set_standing("desk", "bounced", APRIL, destination=found["destinations"][0], why="550: no such user")
    assert command("subscribers", "pause", "desk", "--off", "--json").json["subscriber"]["states"] == ["active"]


def test_one_who_unsubscribed_stays_so(store: Store, command: Command) -> None:
    found = named(command, "desk")
    assert found is not None
    store.set_standing("desk", "unsubscribed", APRIL, destination=found["destinations"][0])
    ended = command("subscribers", "pause", "desk", "--off")
    assert (ended.status, "has unsubscribed" in ended.err) == (2, True)


def test_what_waits_for_one_who_unsubscribed_is_neither_held_nor_sent(
    store: Store, settings: Settings, command: Command
) -> None:
    (destination,) = audience_of(settings, store).destinations
    store.set_standing("desk", "unsubscribed", APRIL, destination=destination)
    audience = audience_of(settings, store)
    assert (audience.held, audience.destinations) == (frozenset(), {})


def test_a_bounce_asks_for_a_person(store: Store, command: Command) -> None:
    found = named(command, "desk")
    assert found is not None
    store.set_standing("desk", "bounced", APRIL, destination=found["destinations"][0], why="550: no such user")
    ended = command("status")
    assert ended.status == 7
    assert "ministry-monitor subscribers pause --off desk" in ended.err


def test_a_message_to_one_who_is_paused_is_not_sent_by_name_either(
    store: Store, settings: Settings, command: Command
) -> None:
    check(store, NOVEMBER, audience_of(settings, store).route)
    command("subscribers", "pause", "desk")
    ended = command("deliveries", "retry", "1")
    assert (ended.status, "subscribers pause --off desk" in ended.err) == (2, True)


def test_a_bounce_of_a_former_subscriber_asks_for_nobody_and_can_be_forgotten(store: Store, command: Command) -> None:
    store.set_standing("former", "bounced", APRIL, destination="former#1", why="550: no such user")
    assert "former" not in command("status").err
    assert command("subscribers", "pause", "--off", "former").status == 0
    assert store.standings() == []


def test_a_preview_shows_what_would_have_been_told_and_when(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    command("subscribers", "add", "tanaka", "--to", "a@example.jp", "--kinds", "plan", "--delivery", "weekly mon 09:00")
    (message,) = command("subscribers", "preview", "tanaka", "--since", "2024-01-01", "--json").json["messages"]
    # Monday the 4th is a holiday: the week's digest goes on the 5th, at the very moment of the check.
    assert (message["kind"], message["at"]) == ("digest", "2024-11-05T09:00:00+09:00")
    assert {change["kind"] for change in message["changes"]} == {"plan"}


def test_a_preview_goes_by_quiet_hours(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    command(
        "subscribers", "add", "tanaka", "--to", "a@example.jp", "--quiet", "08:30-10:00", "--urgent", "plan.amended"
    )
    shown = command("subscribers", "preview", "tanaka", "--since", "2024-01-01", "--json").json["messages"]
    assert [(message["at"], len(message["changes"])) for message in shown] == [
        ("2024-11-05T09:00:00+09:00", 1),
        ("2024-11-05T10:00:00+09:00", 4),
    ]


def test_a_preview_is_sentences(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    ended = command("subscribers", "preview", "desk", "--since", "2024-01-01")
    assert (
        "富士通株式会社(全国5G・開発供給計画)の変更日が令和5年5月29日から令和6年1月23日になりました"
        in ended.out.replace("\n", "").replace(" ", "")
    )


def test_a_preview_sends_nothing(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    command("subscribers", "preview", "desk", "--since", "2024-01-01")
    assert store.deliveries() == []


def previewed(command: Command, *wishes: str, since: str = "2024-01-01") -> list[tuple[str, str, list[str]]]:
    """What would have been told to one of such wishes: when, how, and the names of the changes."""
    command("subscribers", "add", "tanaka", "--to", "a@example.jp", *wishes)
    shown = command("subscribers", "preview", "tanaka", "--since", since, "--json").json["messages"]
    return [(message["at"], message["kind"], [change["change"] for change in message["changes"]]) for message in shown]


def reread(store: Store, at: datetime, note: str | None) -> None:
    """Reads the page again: what had amended 富士通's nationwide plan by November was this note, or (None) nothing."""
    april, november = (parse(body_of(moment), url=URL) for moment in (APRIL, NOVEMBER))
    (before,) = (record for record in april.records if _is_amended(record))
    if note is not None:
        before = replace(before, note=note, date="2024-01-24")
    records = tuple(replace(before, position=item.position) if _is_amended(item) else item for item in november.records)
    first, second = store.unread("ict", "another reader")
    store.put_aside("another reader", {first: april, second: replace(november, records=records)})
    store.correct("ict", "another reader", at)


def _is_amended(record: Record) -> bool:
    return record.kind == "plan" and record.title == "富士通株式会社" and record.as_dict()["network"] == "全国5G"


AMENDED = ("--quiet", "", "--kinds", "plan.amended", "--kinds", "plan.corrected")


def test_a_preview_shows_a_correction_as_a_message_of_its_own(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(days=1), None)
    assert previewed(command, *AMENDED) == [
        ("2024-11-05T09:00:00+09:00", "immediate", ["plan.amended"]),
        ("2024-11-06T09:00:00+09:00", "correction", ["plan.corrected"]),
    ]


def test_a_preview_shows_the_correction_of_what_was_told_before_its_first_day(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(days=1), None)
    shown = previewed(command, *AMENDED, since="2024-11-06")
    assert shown == [("2024-11-06T09:00:00+09:00", "correction", ["plan.corrected"])]


def test_a_correction_waits_for_the_end_of_quiet_hours(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(hours=13), None)
    shown = previewed(command, "--kinds", "plan.amended")
    assert shown[-1] == ("2024-11-06T07:00:00+09:00", "correction", ["plan.corrected"])


def test_a_correction_that_is_urgent_does_not_wait(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(hours=13), None)
    shown = previewed(command, "--kinds", "plan.amended", "--urgent", "plan.corrected")
    assert shown[-1] == ("2024-11-05T22:00:00+09:00", "correction", ["plan.corrected"])


def test_who_would_not_have_been_told_of_a_change_is_told_of_no_correction(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(days=1), None)
    assert previewed(command, "--kinds", "plan.corrected") == []


def test_what_was_taken_back_before_its_digest_went_is_not_told_at_all(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(days=1), None)
    assert previewed(command, *AMENDED, "--delivery", "weekly fri 09:00") == []


def test_a_digest_tells_what_stands_in_the_place_of_what_was_taken_back_before(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    reread(store, NOVEMBER + timedelta(days=1), "令和6年1月24日変更")
    previewed(command, *AMENDED, "--delivery", "weekly fri 09:00")
    shown = command("subscribers", "preview", "tanaka", "--since", "2024-01-01", "--json").json["messages"]
    assert [(one["at"], one["kind"], [change["after"]["date"] for change in one["changes"]]) for one in shown] == [
        ("2024-11-08T09:00:00+09:00", "digest", ["2024-01-24"])
    ]


WEEKLY = ("--all-quiet", "weekly", "--kinds", "plan.added", "--quiet", "")
QUIET_WEEK: tuple[str, str, list[str]] = ("2024-04-30T09:00:00+09:00", "digest", [])


def test_a_preview_shows_the_digest_of_a_quiet_week(store: Store, command: Command) -> None:
    # Monday the 29th is a holiday; in no later week anything was checked.
    assert previewed(command, *WEEKLY) == [QUIET_WEEK]


def test_a_quiet_week_is_shown_though_its_checks_are_counts_by_now(store: Store, command: Command) -> None:
    nobody: Callable[..., Sequence[Draft]] = lambda page, changes: []  # noqa: E731
    check(store, NOVEMBER, nobody, Retention(checks=timedelta(days=1)), shows=APRIL)
    assert previewed(command, *WEEKLY)[0] == QUIET_WEEK


def test_a_week_with_a_change_is_not_quiet(store: Store, command: Command) -> None:
    check(store, NOVEMBER, lambda page, changes: [])
    shown = previewed(command, *WEEKLY, since="2024-05-01")
    assert shown == [("2024-11-05T09:00:00+09:00", "immediate", ["plan.added"])]


def test_who_does_not_wish_for_quiet_weeks_is_shown_none(store: Store, command: Command) -> None:
    assert previewed(command) == []


def test_the_table_says_of_a_quiet_week_since_when_nothing_changed(store: Store, command: Command) -> None:
    previewed(command, *WEEKLY)
    ended = command("subscribers", "preview", "tanaka", "--since", "2024-01-01")
    assert "no change since 2024-04-22 09:00" in ended.out
    assert ended.out.endswith("1 message, 0 changes.\n")
