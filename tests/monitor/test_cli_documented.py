"""README, settings, commands and the check script say the same."""

import re
from pathlib import Path

import typer

from monitor.cli.app import app
from monitor.errors import ExitStatus
from monitor.settings import UNBUILT_KEYS
from monitor.settings_models import OperatorSettings, PageSettings, Settings, SubscriberSettings, Table

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRY = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/ministry-monitor demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && .venv/bin/pytest"


def commands() -> dict[str, str]:
    """The help of every command by name, groups' commands as `group command`."""
    found: dict[str, str] = {}
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        for inner, sub in getattr(command, "commands", {"": command}).items():
            found[f"{name} {inner}".strip()] = sub.help
    return found


def options() -> set[str]:
    root = typer.main.get_command(app)
    found: set[str] = set()
    for command in root.commands.values():  # type: ignore[attr-defined]
        for sub in getattr(command, "commands", {"": command}).values():
            found |= {option for parameter in sub.params for option in parameter.opts if option.startswith("--")}
    return found


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    section = README.split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_readme_lists_the_commands_there_are() -> None:
    documented = {
        " ".join(word for word in row[0].strip("`").split() if word.isalpha() and word.islower())
        for row in table("## Commands")
    }
    assert documented == set(commands())


def test_every_commands_help_has_an_example_that_begins_with_it() -> None:
    missing = [name for name, text in commands().items() if f"Example: ministry-monitor {name}" not in text]
    assert missing == []


def test_every_option_is_in_the_readme() -> None:
    assert sorted(option for option in options() if option not in README) == []


def test_the_readme_lists_the_settings_there_are() -> None:
    assert {row[0].split("`")[1] for row in table("## Configuration")} == set(settings_keys())


def test_the_readme_marks_the_settings_that_do_nothing_yet() -> None:
    assert {row[0].split("`")[1] for row in table("## Configuration") if "°" in row[0]} == UNBUILT_KEYS


def settings_keys() -> list[str]:
    rows: dict[str, type[Table]] = {
        "pages": PageSettings,
        "subscribers": SubscriberSettings,
        "operator": OperatorSettings,
    }
    keys = []
    for name, field in Settings.model_fields.items():
        model = rows.get(name) or field.annotation
        assert isinstance(model, type)
        assert issubclass(model, Table)
        keys += [f"{name}.{key}" for key in model.model_fields]
    return keys


def test_the_readmes_two_commands_stand_in_blocks_of_their_own() -> None:
    blocks = re.findall(r"```console\n(.*?)\n```", README, re.DOTALL)
    assert [block for block in blocks if block.startswith("python3 -m venv")] == [TRY, TEST]


def test_the_check_script_runs_the_readmes_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("python3 -m venv")] == [f"{TEST} || exit"]


def test_the_exit_statuses_in_the_readme_are_the_programs() -> None:
    assert {int(row[0]) for row in table("### Exit status")} == {int(status) for status in ExitStatus}
