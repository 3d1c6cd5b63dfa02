"""What the commands show of a store that holds two versions of a page."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor.settings import load, operator_of, subscribers_of
from notify.routing import make_route
from parsers import parse
from storage.changes import RecordedChange
from storage.observation import Draft, Observation, PageInfo, Problem
from storage.store import Store
from tests.monitor.command_line import Command, command_in

URL = "https://www.soumu.go.jp/ict/index.html"
APRIL = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
NOVEMBER = datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
FUJITSU = "plan:開発供給計画|全国5G|富士通株式会社"
CONFIG = f"""
[[pages]]
id = "ict"
name = "支援施策"
url = "{URL}"

[[pages]]
id = "press"
url = "https://www.soumu.go.jp/press/"

[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
companies = ["富士通"]
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in an empty folder."""

    return command_in(tmp_path, monkeypatch, capsys)


def nobody(page: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
    return []


def observed(at: datetime, **what: Any) -> Observation:
    return Observation(page="ict", url=URL, name="支援施策", at=at, seconds=0.1, http_status=200, final_url=URL, **what)


def demo_page(day: str) -> bytes:
    return files("monitor.demo").joinpath(f"{day}.html").read_bytes()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The page of April and that of November; what changed waits for desk@example.jp."""
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    settings = load(config, {})
    route = make_route(subscribers_of(settings), operator_of(settings))
    with Store.open(settings.monitor.database) as opened:
        for at in (APRIL, NOVEMBER):
            body = demo_page(f"{at:%Y-%m-%d}")
            opened.save(observed(at, body=body, content=parse(body, url=URL)), route)
        return opened


def test_records_shows_the_current_version(store: Store, command: Command) -> None:
    (plan,) = [item for item in command("records", "ict", "--json").json["records"] if item["key"] == FUJITSU[5:]]
    assert (plan["date"], plan["companies"]) == ("2024-01-23", ["富士通株式会社"])


def test_records_shows_the_version_of_a_day(store: Store, command: Command) -> None:
    shown = command("records", "ict", "--kind", "plan", "--as-of", "2024-11-04", "--json").json
    assert {item["date"] for item in shown["records"] if item["key"] == FUJITSU[5:]} == {"2023-05-29"}


def test_a_bare_day_is_that_days_end_in_japan(store: Store, command: Command) -> None:
    shown = command("records", "ict", "--kind", "plan", "--as-of", "2024-11-05", "--json").json
    assert (shown["as_of"], len(shown["records"])) == ("2024-11-05T23:59:59+09:00", 28)


def test_records_as_csv_has_a_row_for_each_record(store: Store, command: Command) -> None:
    rows = command("records", "ict", "--kind", "plan", "--format", "csv").csv
    assert [row["companies"] for row in rows if row["key"] == FUJITSU[5:]] == ["富士通株式会社"]


def test_records_prints_the_keys_that_history_takes(store: Store, command: Command) -> None:
    assert FUJITSU in command("records", "ict").out.replace(" ", "")


def test_records_of_a_page_never_checked_says_so(store: Store, command: Command) -> None:
    ended = command("records", "press")
    assert (ended.status, ended.err) == (
        0,
        "page press has had no good check yet: run `ministry-monitor check press`\n",
    )


def test_changes_are_sentences_in_the_order_found(store: Store, command: Command) -> None:
    lines = [line for line in command("changes").out.splitlines() if "ict" in line]
    assert len(lines) == 5
    assert "富士通株式会社(全国5G・開発供給計画)の変更日が令和5年5月29日から令和6年1月23日になりました" in lines[3]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--kind", "plan"], ["plan.amended", "plan.added"]),
        (
            ["--kind", "plan.amended", "--kind", "document.r*"],
            ["document.revised", "document.replaced", "plan.amended"],
        ),
        (["--text", "ヴルーヴ"], ["plan.added"]),
        (["--since", "2024-11-06"], []),
        (["--until", "2024-11-05", "--kind", "plan.added"], ["plan.added"]),
        (["--until", "2024-11-04"], []),
        (["--page", "press"], []),
    ],
)
def test_changes_can_be_narrowed(store: Store, command: Command, options: list[str], found: list[str]) -> None:
    assert [change["change"] for change in command("changes", "--json", *options).json["changes"]] == found


def test_a_change_in_json_has_every_promised_field(store: Store, command: Command) -> None:
    change = command("changes", "--kind", "plan.amended", "--json").json["changes"][0]
    promised = (
        "id page change also kind key title path fields flags cause before after last_seen_before detected_at "
        "snapshot_before snapshot_after summary_ja summary_en url origin superseded_by"
    )
    assert list(change) == promised.split()


def test_history_shows_every_version_of_a_record(store: Store, command: Command) -> None:
    versions = command("history", "ict", FUJITSU, "--json").json["versions"]
    assert [(version["since"], version["change"], version["record"]["date"]) for version in versions] == [
        ("2024-04-26T10:30:00+09:00", None, "2023-05-29"),
        ("2024-11-05T09:00:00+09:00", "plan.amended", "2024-01-23"),
    ]


def test_history_of_a_part_of_a_key_names_the_keys_that_hold_it(store: Store, command: Command) -> None:
    ended = command("history", "ict", "plan:富士通")
    assert ended.status == 2
    assert FUJITSU[5:] in ended.err


def test_status_of_a_sound_desk_is_zero_though_a_message_waits(store: Store, command: Command) -> None:
    ended = command("status", "--json")
    assert (ended.status, ended.json["needs_a_person"]) == (0, [])
    assert [(page["page"], page["outcome"]) for page in ended.json["pages"]] == [("ict", "changed"), ("press", None)]
    assert [(item["status"], item["subscriber"]) for item in ended.json["deliveries"]] == [("waiting", "desk")]


def test_status_asks_for_a_person_while_an_incident_is_open(store: Store, command: Command) -> None:
    save_suspect(store, demo_page("2024-11-05"))
    ended = command("status")
    assert ended.status == 7
    assert "page.suspect" in ended.err


def save_suspect(store: Store, body: bytes) -> None:
    problem = Problem(kind="suspect", reason="title_lost", message="the page has another title")
    at = datetime(2024, 11, 6, tzinfo=UTC)
    store.save(observed(at, body=body, problem=problem), nobody)


def test_accept_makes_the_suspect_body_the_current_version(store: Store, command: Command) -> None:
    save_suspect(store, demo_page("2024-04-26"))
    changes = command("accept", "ict", "--json").json["changes"]
    assert "plan.removed" in [change["change"] for change in changes]
    assert len(command("records", "ict", "--kind", "plan", "--json").json["records"]) == 27
    assert command("accept", "ict").status == 2


def test_a_notice_becomes_the_current_version_on_a_persons_word(store: Store, command: Command) -> None:
    save_suspect(store, "<html><title>移転</title><p>メンテナンスのため移転しました</p></html>".encode())
    command("accept", "ict")
    assert [record["kind"] for record in command("records", "ict", "--json").json["records"]] == ["text"]


def test_accepting_what_is_no_page_is_refused(store: Store, command: Command) -> None:
    save_suspect(store, b"%PDF-1.7 not a page at all")
    ended = command("accept", "ict")
    assert (ended.status, ended.out) == (5, "")
    assert "page ict" in ended.err


def test_subscribers_list_masks_addresses(store: Store, command: Command) -> None:
    ended = command("subscribers", "list", "--json")
    assert [item["to"] for item in ended.json["subscribers"]] == [["d…@example.jp"]]
    assert "desk@example.jp" not in ended.out


def test_deliveries_are_listed_by_status(store: Store, command: Command) -> None:
    assert len(command("deliveries", "list", "--status", "waiting", "--json").json["deliveries"]) == 1
    assert command("deliveries", "list", "--status", "dead", "--json").json == {"deliveries": []}


@pytest.mark.parametrize("arguments", [[], ["1", "--all"], ["99"]])
def test_retry_wants_to_know_which_messages(store: Store, command: Command, arguments: list[str]) -> None:
    assert command("deliveries", "retry", *arguments).status == 2


def test_migrate_makes_a_database_where_there_is_none(command: Command, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    assert command("migrate").status == 0
    assert (tmp_path / "data" / "monitor.db").exists()


def test_init_writes_the_settings_that_stand_at_the_top_of_the_project(command: Command, tmp_path: Path) -> None:
    assert command("init").status == 0
    assert (tmp_path / "config.toml").read_bytes() == (Path(__file__).parents[2] / "config.toml").read_bytes()


def test_init_leaves_what_is_there_alone(command: Command, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine", encoding="utf-8")
    assert command("init").status == 2
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "mine"


def test_the_written_settings_stay_valid_when_everything_in_them_is_switched_on(
    command: Command, tmp_path: Path
) -> None:
    command("init")
    path = tmp_path / "config.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    settings = load(path, {"CHAT_URL": "slack://a/b/c", "SMTP_PASSWORD": "x"})
    assert (len(settings.subscribers[0].to), settings.mail.port, len(settings.operator.to)) == (2, 587, 1)


def test_compare_of_saved_pages_in_two_folders_finds_what_differs_and_no_more(command: Command, tmp_path: Path) -> None:
    for name in ("2024-04-26", "2024-11-05"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_bytes(demo_page(name))
    changes = command("compare", "2024-04-26/index.html", "2024-11-05/index.html", "--json").json["changes"]
    assert [change["change"] for change in changes] == [
        "programme.changed",
        "document.revised",
        "document.replaced",
        "plan.amended",
        "plan.added",
    ]


def test_parse_gives_the_promised_document(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(demo_page("2024-11-05"))
    shown = command("parse", "page.html", "--base-url", URL, "--json").json
    assert list(shown) == ["page", "records", "warnings"]
    assert list(shown["page"]) == ["url", "title", "charset", "parser", "coverage"]
    assert (shown["page"]["url"], len(shown["records"])) == (URL, 89)


def test_no_command_at_all_shows_the_help_as_an_error(command: Command) -> None:
    ended = command()
    assert (ended.status, ended.out) == (2, "")
    assert "Commands:" in ended.err


def test_an_error_nobody_foresaw_is_one_line_that_says_how_to_see_more(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a secret")

    monkeypatch.setattr("monitor.cli.desk.load_settings", broken)
    ended = command("subscribers", "list")
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "KeyError" in ended.err
    assert "MINISTRY_MONITOR_DEBUG=1" in ended.err
    assert "a secret" not in ended.err
