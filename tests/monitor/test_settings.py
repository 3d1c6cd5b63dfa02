"""config.toml as it should be: defaults, values, secrets."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.settings import UNBUILT_KEYS, Settings, load, operator_of, subscribers_of, unbuilt_in
from monitor.settings_models import (
    FetchSettings,
    MailSettings,
    MonitorSettings,
    ScheduleSettings,
    WebSettings,
)

Loading = Callable[..., Settings]

PAGE = '[[pages]]\nid = "a"\nurl = "https://www.soumu.go.jp/"\n'


@pytest.fixture
def loading(tmp_path: Path) -> Loading:
    def write_and_load(text: str, **environ: str) -> Settings:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return load(path, environ)

    return write_and_load


def test_the_config_of_the_project_is_valid_without_any_environment() -> None:
    settings = load(Path(__file__).parents[2] / "config.toml", {})
    assert [page.id for page in settings.pages] == ["soumu-ict-support"]


def test_an_empty_file_gives_the_documented_defaults(loading: Loading, tmp_path: Path) -> None:
    settings = loading("")
    assert settings.monitor.model_dump(exclude={"heartbeat_url"}) == {
        "database": f"sqlite:///{tmp_path}/data/monitor.db",
        "timezone": "Asia/Tokyo",
        "language": "ja",
        "incident_after": 2,
        "keep_bodies": "all",
        "keep_checks": timedelta(days=90),
    }
    assert settings.fetch.model_dump() == {
        "contact": "",
        "min_interval": 2.0,
        "connections_per_host": 1,
        "timeout": 30.0,
        "max_body": 20_000_000,
        "max_document": 200_000_000,
        "respect_robots": True,
        "full_every": timedelta(hours=24),
        "allow_private": False,
    }
    assert settings.schedule.model_dump() == {
        "default": "0 9-18 * * mon-fri",
        "documents": "0 7 * * *",
        "jitter": 300,
        "business_days": False,
    }
    assert settings.mail.model_dump() == {
        "server": "localhost",
        "port": 25,
        "security": "none",
        "user": None,
        "password": None,
        "sender": None,
    }
    assert settings.web.model_dump() == {
        "host": "127.0.0.1",
        "port": 8080,
        "public_url": "",
        "path_prefix": "",
        "token": None,
        "secret": None,
    }


def test_every_key_of_the_contract_is_accepted(loading: Loading) -> None:
    settings = loading(
        """
[monitor]
database = "sqlite:////srv/monitor.db"
timezone = "Asia/Tokyo"
language = "en"
incident_after = 3
keep_bodies = "365d"
keep_checks = "90d"
heartbeat_url = "https://hc.example/ping"
[fetch]
contact = "desk@example.jp"
min_interval = 1
connections_per_host = 2
timeout = 20
max_body = "5 MiB"
max_document = 1000
respect_robots = false
full_every = "12h"
allow_private = true
[schedule]
default = "*/30 9-18 1,15 jan-mar mon-fri"
documents = "0 7 * * sun"
jitter = 0
business_days = true
[mail]
server = "smtp.example.jp"
port = 587
security = "starttls"
user = "monitor"
password = "${SMTP_PASSWORD}"
sender = "monitor@example.jp"
[[pages]]
id = "a"
url = "https://www.soumu.go.jp/"
name = "総務省"
parser = "auto"
every = "30m"
documents = true
select = "main"
ignore = [".counter"]
was = "old"
[[pages]]
id = "b"
url = "http://www.soumu.go.jp/"
schedule = "0 9 * * mon"
[[subscribers]]
name = "desk"
to = ["desk@example.jp", "slack://a/b/c"]
pages = ["*"]
kinds = ["plan"]
categories = ["A"]
programmes = ["B"]
companies = ["富士通"]
match = "富士通|日本電気"
delivery = "weekly mon 09:00"
quiet = ""
urgent = ["plan.amended"]
all_quiet = "weekly"
language = "en"
paused = true
[operator]
to = ["operator@example.jp"]
[web]
host = "0.0.0.0"
port = 80
public_url = "https://monitor.example.jp"
path_prefix = "/monitor"
token = "${MONITOR_TOKEN}"
secret = "${MONITOR_SECRET}"
""",
        SMTP_PASSWORD="p1",
        MONITOR_TOKEN="p2",
        MONITOR_SECRET="p3",
    )
    assert settings.pages[0].every == timedelta(minutes=30)
    assert settings.fetch.max_body == 5 * 1024 * 1024
    assert settings.mail.password is not None
    assert settings.mail.password.get_secret_value() == "p1"


@pytest.mark.parametrize("table", [MonitorSettings, FetchSettings, ScheduleSettings, MailSettings, WebSettings])
def test_every_plain_key_has_a_default(table: type[MonitorSettings]) -> None:
    assert not [name for name, field in table.model_fields.items() if field.is_required()]


def test_the_database_of_a_relative_path_lies_beside_the_config(loading: Loading, tmp_path: Path) -> None:
    settings = loading('[monitor]\ndatabase = "sqlite:///state/m.db"')
    assert settings.monitor.database == f"sqlite:///{tmp_path}/state/m.db"


def test_an_absolute_database_path_stays(loading: Loading) -> None:
    assert loading('[monitor]\ndatabase = "sqlite:////srv/m.db"').monitor.database == "sqlite:////srv/m.db"


def test_a_page_without_a_name_is_called_by_its_id(loading: Loading) -> None:
    assert loading(PAGE).pages[0].name == "a"


def test_a_byte_order_mark_is_no_error(loading: Loading) -> None:
    assert loading("\ufeff" + PAGE).pages[0].id == "a"


def test_the_settings_know_their_file(loading: Loading, tmp_path: Path) -> None:
    assert loading("").path == tmp_path / "config.toml"


@pytest.mark.parametrize(
    ("written", "size"),
    [('"20 MB"', 20_000_000), ('"20MB"', 20_000_000), ('"1.5 kB"', 1500), ('"2 KiB"', 2048), ("7", 7)],
)
def test_sizes_are_read_in_bytes(loading: Loading, written: str, size: int) -> None:
    assert loading(f"[fetch]\nmax_body = {written}").fetch.max_body == size


SUBSCRIBER = (
    '[[subscribers]]\nname = "desk"\nto = ["desk@example.jp", "${CHAT_URL}"]\n[operator]\nto = ["ops@example.jp"]\n'
)
CHAT = "slack://TOKENA/TOKENB/TOKENC"


def test_a_destination_is_known_by_the_text_of_the_config_not_by_the_secret(loading: Loading) -> None:
    [desk] = subscribers_of(loading(SUBSCRIBER, CHAT_URL=CHAT))
    digest = hashlib.sha256(b"${CHAT_URL}").hexdigest()[:8]
    assert desk.destinations[1].id == f"desk#{digest}"


def test_a_destination_has_the_address_from_the_environment(loading: Loading) -> None:
    [desk] = subscribers_of(loading(SUBSCRIBER, CHAT_URL=CHAT))
    assert [item.address for item in desk.destinations] == ["desk@example.jp", CHAT]


def test_secrets_do_not_show_in_the_repr_of_the_settings(loading: Loading) -> None:
    text = '[mail]\nuser = "u"\npassword = "hunter2"\n[web]\ntoken = "tok"\nsecret = "sec"\n' + SUBSCRIBER
    shown = repr(loading(text, CHAT_URL=CHAT))
    assert not [secret for secret in ("hunter2", "'tok'", "'sec'", CHAT, "ops@example.jp") if secret in shown]


def test_the_log_is_told_every_secret(loading: Loading) -> None:
    text = '[mail]\nuser = "u"\npassword = "hunter2"\n' + SUBSCRIBER
    secrets = loading(text, CHAT_URL=CHAT).secrets()
    assert set(secrets) == {"hunter2", CHAT, "desk@example.jp", "ops@example.jp"}


def test_a_subscriber_without_a_language_has_that_of_the_monitor(loading: Loading) -> None:
    [desk] = subscribers_of(loading('[monitor]\nlanguage = "en"\n' + SUBSCRIBER, CHAT_URL=CHAT))
    assert desk.language == "en"


def test_the_operator_is_a_subscriber_of_a_reserved_name(loading: Loading) -> None:
    operator = operator_of(loading(SUBSCRIBER, CHAT_URL=CHAT))
    assert operator is not None
    assert (operator.name, operator.destinations[0].address) == ("operator", "ops@example.jp")


def test_there_is_no_operator_without_an_address(loading: Loading) -> None:
    assert operator_of(loading("")) is None


def test_unbuilt_keys_exist() -> None:
    known = set()
    for table, field in Settings.model_fields.items():
        models = [field.annotation, *getattr(field.annotation, "__args__", ())]
        known |= {f"{table}.{key}" for model in models for key in getattr(model, "model_fields", ())}
    assert known >= UNBUILT_KEYS


def test_only_unbuilt_keys_that_the_file_sets_are_named(loading: Loading) -> None:
    settings = loading('[web]\nhost = "127.0.0.1"\n[monitor]\nlanguage = "ja"\n' + PAGE + 'was = "b"\n')
    assert unbuilt_in(settings) == ["pages[0].was", "web.host"]
