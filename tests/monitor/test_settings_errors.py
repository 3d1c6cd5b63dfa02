"""config.toml as it should not be: each finding names the key and what would be right, on one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.settings import load

Failing = Callable[..., ConfigError]

PAGE = '[[pages]]\nid = "a"\nurl = "https://www.soumu.go.jp/"\n'


@pytest.fixture
def failing(tmp_path: Path) -> Failing:
    def write_and_load(text: str | bytes, **environ: str) -> ConfigError:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ConfigError) as caught:
            load(path, environ)
        return caught.value

    return write_and_load


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[wed]\nhost = "x"', 'wed: unknown key, did you mean "web"?'),
        ('[monitor]\ndatabse = "x"', 'monitor.databse: unknown key, did you mean "database"?'),
        (
            '[[pages]]\nid = "a"\nur = "https://www.soumu.go.jp/"',
            'pages[0].ur: unknown key, did you mean "url"?',
        ),
        ('[operator]\nzzz = "x"', "operator.zzz: unknown key, known here: to"),
        ('[[pages]]\nid = "a"', 'pages[0].url: is missing, write url = "https://www.soumu.go.jp/…"'),
        ('[[subscribers]]\nname = "a"', 'subscribers[0].to: is missing, write to = ["desk@example.jp"]'),
        ('[fetch]\ntimeout = "30"', 'fetch.timeout: must be a number, not "30"'),
        ("[fetch]\ntimeout = 0", "fetch.timeout: must be more than 0, not 0"),
        ("[fetch]\nallow_private = 1", "fetch.allow_private: must be true or false, not 1"),
        ('[mail]\nport = "25"', 'mail.port: must be a whole number, not "25"'),
        ("[mail]\nport = 70000", "mail.port: must be 65535 or less, not 70000"),
        ('[mail]\nsecurity = "ssl"', 'mail.security: must be "none", "starttls" or "tls", not "ssl"'),
        ("monitor = 3", "monitor: must be a table, written [monitor]"),
        (
            '[pages]\nid = "a"',
            "pages: must be a list of tables, each written [[pages]]",
        ),
        ('[operator]\nto = "a@example.jp"', 'operator.to: must be a list, like ["…"]'),
        ('[mail]\nuser = "u"', "mail: must have both user and password for a login, or neither"),
        (
            '[mail]\nuser = ""\npassword = "geheim"',
            'mail.user: must be a name: one line, 1 to 200 characters, without control characters, not ""',
        ),
        (
            '[web]\npath_prefix = "monitor/"',
            'web.path_prefix: must be a path like "/monitor", without a slash at its end, not "monitor/"',
        ),
        ('[monitor]\ntimezone = "Tokyo"', 'monitor.timezone: must be a time zone like "Asia/Tokyo", not "Tokyo"'),
        ("[monitor]\nincident_after = 0", "monitor.incident_after: must be 1 or more, not 0"),
        (
            '[[subscribers]]\nname = "a"\nto = []',
            'subscribers[0].to: must name at least one, like ["desk@example.jp"]',
        ),
        (
            '[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\nquiet = "20:00-20:00"',
            'subscribers[0].quiet: must end at another time than it begins; "" is for none, not "20:00-20:00"',
        ),
        (
            '[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\nquiet = "２０:00-07:00"',
            'subscribers[0].quiet: must be hours like "20:00-07:00", or "" for none, not "２０:00-07:00"',
        ),
        (
            '[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\ndelivery = "daily ０９:00"',
            'subscribers[0].delivery: must be "immediate", "daily 09:00" or "weekly mon 09:00", not "daily ０９:00"',
        ),
        (
            '[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\nmatch = "(富士通"',
            'subscribers[0].match: must be a pattern of RE2: missing ), not "(富士通"',
        ),
        (
            '[mail]\nuser = "田中"\npassword = "secret"',
            'mail.user: must be ASCII letters, digits and signs: logging in by SMTP takes no others here, not "田中"',
        ),
        (
            '[[subscribers]]\nname = "[operator]"\nto = ["a@example.jp"]',
            'subscribers[0].name: must not be that of [operator], not "[operator]"',
        ),
        (
            '[[subscribers]]\nname = "operator"\nto = ["a@example.jp"]',
            'subscribers[0].name: must not be that of [operator], not "operator"',
        ),
    ],
)
def test_a_wrong_key_or_value_is_named_with_what_would_be_right(failing: Failing, text: str, problem: str) -> None:
    assert failing(text).problems == (problem,)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://www.soumu.go.jp/", "must begin with https:// or http://"),
        ("www.soumu.go.jp/", "must begin with https:// or http://"),
        ("file:///etc/passwd", "must begin with https:// or http://"),
        ("https:///index.html", "must name a host"),
        ("https://www.soumu.go.jp:port/", "must be a valid URL"),
        ("https://www.soumu.go.jp/a b", "must be a URL without white space"),
        ("https://user:pass@www.soumu.go.jp/", "must not hold a user name or password"),
    ],
)
def test_a_url_that_cannot_be_fetched_is_refused(failing: Failing, url: str, problem: str) -> None:
    [found] = failing(f'[[pages]]\nid = "a"\nurl = "{url}"').problems
    assert found.startswith(f"pages[0].url: {problem}")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("0 9 * * 1-5", "must name its week days (mon-fri)"),
        ("0 9 * * 0", "must name its week days (mon-fri)"),
        ("0 9 * *", "must be a crontab line of five fields"),
        ("60 9 * * *", "must be a crontab line, whose minute takes 0 to 59"),
        ("0 18-9 * * *", "must be a crontab line, whose hour takes the smaller end of a range first"),
        ("0 9 * foo *", "must be a crontab line, whose month takes 1 to 12 or jan to dec"),
        ("0 9 * * monday", "must be a crontab line, whose weekday takes 0 to 6 or mon to sun"),
        ("*/x 9 * * *", "must be a crontab line, whose minute takes a whole number after /"),
        ("5/10 9 * * *", "must be a crontab line, whose minute takes a range or * before /"),
    ],
)
def test_a_crontab_line_that_cannot_be_meant_is_refused(failing: Failing, line: str, problem: str) -> None:
    [found] = failing(f'[schedule]\ndefault = "{line}"').problems
    assert found.startswith(f"schedule.default: {problem}")


@pytest.mark.parametrize("size", ['"20 XB"', '"-1 MB"', "0", "true", '""', "1.5"])
def test_a_size_without_a_unit_that_is_known_is_refused(failing: Failing, size: str) -> None:
    [found] = failing(f"[fetch]\nmax_body = {size}").problems
    assert found.startswith('fetch.max_body: must be a size like "20 MB"')


@pytest.mark.parametrize("duration", ['"24"', '"0h"', "24", '"1w"', "true"])
def test_a_duration_without_a_unit_that_is_known_is_refused(failing: Failing, duration: str) -> None:
    [found] = failing(f"[fetch]\nfull_every = {duration}").problems
    assert found.startswith('fetch.full_every: must be a duration like "30m", "24h" or "90d"')


def test_a_page_has_a_schedule_or_an_interval_not_both(failing: Failing) -> None:
    error = failing(PAGE + 'every = "30m"\nschedule = "0 9 * * *"')
    assert error.problems == ("pages[0]: must have schedule or every, not both",)


def test_a_page_id_that_stands_twice_is_refused(failing: Failing) -> None:
    assert failing(PAGE + PAGE).problems == ('pages[1].id: "a" is taken by pages[0], choose another',)


def test_a_subscriber_that_stands_twice_is_refused(failing: Failing) -> None:
    one = '[[subscribers]]\nname = "desk"\nto = ["a@example.jp"]\n'
    assert failing(one + one).problems == ('subscribers[1].name: "desk" is taken by subscribers[0], choose another',)


@pytest.mark.parametrize("name", ["tanaka ", " tanaka", " tanaka "])
def test_a_name_with_a_space_at_an_end_is_refused(failing: Failing, name: str) -> None:
    error = failing(f'[[subscribers]]\nname = "{name}"\nto = ["a@example.jp"]')
    assert error.problems == (f'subscribers[0].name: must not begin or end with a space, not "{name}"',)


@pytest.mark.parametrize("name", ["\\ttanaka", "tanaka\\u200b", "tanaka\\u3000", "ta\\u0000naka", "tanaka\\n", " "])
def test_a_name_with_characters_that_nobody_sees_is_refused(failing: Failing, name: str) -> None:
    [problem] = failing(f'[[subscribers]]\nname = "{name}"\nto = ["a@example.jp"]').problems
    assert problem.startswith("subscribers[0].name: must be a name: one line, 1 to 200 characters, without control")


@pytest.mark.parametrize("key", ["pages", "kinds", "categories", "programmes", "companies", "urgent"])
@pytest.mark.parametrize("value", ["", " ", "\\u3000", "\\u200b"])
def test_a_filter_that_names_nothing_is_refused(failing: Failing, key: str, value: str) -> None:
    [problem] = failing(f'[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\n{key} = ["x", "{value}"]').problems
    assert problem.startswith(f"subscribers[0].{key}[1]: must name something or be left out, not ")


def test_one_address_twice_in_a_subscriber_is_refused(failing: Failing) -> None:
    error = failing('[[subscribers]]\nname = "desk"\nto = ["a@example.jp", "a@example.jp"]')
    assert error.problems == ("subscribers[0].to: names one address twice, remove one",)


def test_an_unset_variable_is_named_with_its_key_and_nothing_else(failing: Failing) -> None:
    error = failing('[[subscribers]]\nname = "desk"\nto = ["a@example.jp", "${CHAT_URL}"]')
    assert error.problems == (
        "subscribers[0].to[1]: the environment variable CHAT_URL is not set; set it before you start",
    )


def test_a_reference_that_names_no_variable_is_refused(failing: Failing) -> None:
    error = failing('[monitor]\ndatabase = "${my var}"')
    assert error.problems == ("monitor.database: ${…} must hold the name of an environment variable",)


@pytest.mark.parametrize("address", ["desk", "desk@", "@example.jp", "a b@example.jp", "desk@example.jp\\nBcc: x@y"])
def test_a_plain_address_that_is_none_is_refused_without_showing_it(failing: Failing, address: str) -> None:
    error = failing(f'[[subscribers]]\nname = "a"\nto = ["{address}"]')
    assert error.problems == (
        'subscribers[0].to[0]: must be a mail address like "desk@example.jp" or a URL like "slack://…"',
    )


def test_a_value_from_the_environment_is_never_shown(failing: Failing) -> None:
    error = failing('[monitor]\nlanguage = "${WRONG}"', WRONG="hunter2")
    assert "hunter2" not in str(error)


def test_a_secret_of_the_wrong_type_is_never_shown(failing: Failing) -> None:
    error = failing('[mail]\nuser = "u"\npassword = 70707\n[web]\ntoken = [80808]')
    assert [number for number in ("70707", "80808") if number in str(error)] == []


def test_all_problems_of_a_file_are_named_on_one_line(failing: Failing, tmp_path: Path) -> None:
    error = failing('[mail]\nport = 0\n[web]\nport = 0\n[fetch]\ncontct = "x"')
    assert str(error) == (
        f'{tmp_path}/config.toml: fetch.contct: unknown key, did you mean "contact"?; '
        "mail.port: must be 1 or more, not 0; web.port: must be 1 or more, not 0"
    )


def test_broken_toml_is_shown_by_line_and_column(failing: Failing) -> None:
    error = failing('[monitor]\nlanguage = ja"\n')
    assert error.problems == ("is no valid TOML, line 2, column 12: invalid value",)


def test_toml_that_breaks_off_is_no_traceback(failing: Failing) -> None:
    assert failing('[monitor]\nlanguage = "ja').problems[0].startswith("is no valid TOML, at its end: ")


def test_toml_nested_without_end_is_no_traceback(failing: Failing) -> None:
    assert failing("a = " + "[" * 100_000).problems[0].startswith("is no valid TOML")


def test_a_file_that_is_not_utf8_is_named_with_the_line(failing: Failing) -> None:
    error = failing("[monitor]\n# 総務省\n".encode("cp932"))
    assert error.problems == ("is not UTF-8 in line 2",)


def test_a_missing_file_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no such file.*ministry-monitor init"):
        load(tmp_path / "none.toml", {})


def test_a_folder_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder"):
        load(tmp_path, {})


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://x/y", "monitor.db"])
def test_a_database_that_keeps_nothing_or_is_unknown_is_refused(failing: Failing, database: str) -> None:
    [problem] = failing(f'[monitor]\ndatabase = "{database}"').problems
    assert problem.startswith('monitor.database: must be "sqlite:///" and a file\'s path')


def test_a_contact_that_would_forge_a_header_is_refused(failing: Failing) -> None:
    [problem] = failing('[fetch]\ncontact = "a\\r\\nX-Evil: 1"').problems
    assert problem.startswith("fetch.contact: must be a mail address or URL")


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        (
            'kinds = ["plan.amendd"]',
            'subscribers[0].kinds: there is no change "plan.amendd", did you mean "plan.amended"?',
        ),
        (
            'urgent = ["plan.amend"]',
            'subscribers[0].urgent: there is no change "plan.amend", did you mean "plan.amended"?',
        ),
        ('kinds = ["plann"]', 'subscribers[0].kinds: there is no change "plann", did you mean "plan"?'),
        ('kinds = ["plan", "page.stale"]', 'subscribers[0].kinds: "page.stale" is told to [operator] alone'),
        ('pages = ["b"]', 'subscribers[0].pages: there is no page "b", there are a'),
        ('pages = ["suport*"]', 'subscribers[0].pages: there is no page "suport*", there are a'),
    ],
)
def test_a_filter_that_lets_nothing_through_is_refused(filters: str, problem: str, failing: Failing) -> None:
    subscriber = f'[[subscribers]]\nname = "desk"\nto = ["desk@example.jp"]\n{filters}\n'
    assert failing(PAGE + subscriber).problems == (problem,)


@pytest.mark.parametrize(
    "kinds", ['["*"]', '["plan"]', '["plan.*", "document.replaced"]', '["*.added"]', '["page.gone"]']
)
def test_a_filter_by_kinds_may_be_a_kind_a_name_or_a_glob(kinds: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'{PAGE}[[subscribers]]\nname = "desk"\nto = ["desk@example.jp"]\nkinds = {kinds}\n', "utf-8")
    assert load(path, {}).subscribers[0].kinds
