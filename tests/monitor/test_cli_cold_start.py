"""The command answers quickly: heavy libraries load only where they are used."""

import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "apprise", "httpx", "jinja2", "rapidfuzz", "requests")
PROBE = f"""
import sys
from monitor.cli.app import run
status = run(sys.argv[1:])
loaded = [name for name in {HEAVY!r} if name in sys.modules]
assert not loaded, loaded
sys.exit(status)
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "--help"], ["--version"], ["parse", str(PAGE), "--base-url", "https://a.example/"]],
)
def test_a_light_command_loads_nothing_heavy(arguments: list[str]) -> None:
    ended = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.partition("warning:")[0]) == (0, "")
